"""When Forms 3, 4 and 5 are due."""

from __future__ import annotations

from datetime import date

import pytest

from section16 import law

FORM_4 = """
2022-09-01 2022-09-06
2026-11-25 2026-11-30
2026-10-12 2026-10-14
2026-04-02 2026-04-06
2026-02-08 2026-02-10
2026-02-14 2026-02-18
2026-06-17 2026-06-22
2026-06-18 2026-06-23
2026-07-01 2026-07-06
2026-07-02 2026-07-07
2025-01-07 2025-01-10
2025-01-08 2025-01-13
2018-12-03 2018-12-06
2018-12-04 2018-12-07
2018-12-20 2018-12-26
2020-12-22 2020-12-28
2021-06-16 2021-06-21
2021-12-31 2022-01-04
2022-12-23 2022-12-28
2024-12-23 2024-12-27
2025-12-22 2025-12-29
2027-12-30 2028-01-04
2002-08-29 2002-09-03
2002-08-28 2002-09-10
2002-07-31 2002-08-12
"""

FORM_4_OF_A_PLAN = """
2026-06-15 2026-06-15 2026-06-17
2026-06-15 2026-06-17 2026-06-22
2026-06-15 2026-06-18 2026-06-23
2026-06-15 2026-06-25 2026-06-23
2026-11-20 2026-12-04 2026-11-30
2026-06-15 2026-06-13 2026-06-17
"""

FORM_3 = """
2026-11-11 2026-11-23
2026-11-16 2026-11-27
2026-12-15 2026-12-28
2026-02-05 2026-02-17
2026-05-15 2026-05-26
"""

FORM_5 = """
2024-12-31 2025-02-14
2025-12-31 2026-02-17
2026-12-31 2027-02-16
2026-09-30 2026-11-16
"""


def _days(table: str) -> list[list[date]]:
    return [[date.fromisoformat(day) for day in line.split()] for line in table.split("\n") if line]


@pytest.mark.parametrize(("traded", "due"), _days(FORM_4))
def test_a_form_4_is_due_two_business_days_after_the_trade(traded: date, due: date) -> None:
    assert law.form_4_due(traded) == due


@pytest.mark.parametrize(("traded", "told", "due"), _days(FORM_4_OF_A_PLAN))
def test_a_plan_s_trade_counts_from_the_notice_but_not_for_ever(traded: date, told: date, due: date) -> None:
    assert law.form_4_due(traded, deemed=told) == due


@pytest.mark.parametrize(("event", "due"), _days(FORM_3))
def test_a_form_3_is_due_ten_days_after_the_event(event: date, due: date) -> None:
    assert law.form_3_due(event) == due


@pytest.mark.parametrize(("event", "due"), _days("2025-06-01 2026-03-18\n2026-03-01 2026-03-18\n2026-03-12 2026-03-23"))
def test_insiders_of_foreign_issuers_owe_nothing_before_18_march_2026(event: date, due: date) -> None:
    assert law.form_3_due(event, foreign=True) == due


@pytest.mark.parametrize(("year_end", "due"), _days(FORM_5))
def test_a_form_5_is_due_45_days_after_the_fiscal_year(year_end: date, due: date) -> None:
    assert law.form_5_due(year_end) == due


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("two_business_days", date(2002, 8, 29)),
        ("gift_dispositions_on_form_4", date(2023, 2, 27)),
        ("plan_box", date(2023, 4, 1)),
        ("foreign_insiders", date(2026, 3, 18)),
    ],
)
def test_a_rule_holds_from_its_day_and_says_why(name: str, since: date) -> None:
    assert law.effective(name).since == since
    assert law.effective(name).cites


def test_an_unknown_rule_has_no_day() -> None:
    with pytest.raises(KeyError):
        law.effective("no_such_rule")
