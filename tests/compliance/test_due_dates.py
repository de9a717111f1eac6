"""Due days explained: each case of the rules, with the steps and citations that lead there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from section16.compliance.due_dates import (
    DueDate,
    ForeignInsider,
    Step,
    after_leaving,
    exit_tail,
    form_3_due,
    form_4_due,
    form_5_due,
    web_posting_due,
)
from section16.errors import UsageError
from section16.law import Calendar, Closing


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(answer: DueDate) -> str | None:
    return None if answer.due is None else answer.due.isoformat()


def said(answer: DueDate) -> str:
    return "\n".join(f"{step.text} [{step.cites}]" for step in answer.steps)


def test_the_answer_has_its_hour_and_every_step_a_citation() -> None:
    answer = form_4_due(day("2022-09-01"))

    assert due(answer) == "2022-09-06"
    assert answer.cutoff == "22:00 America/New_York"
    assert answer.due_at is not None
    assert answer.due_at.isoformat() == "2022-09-06T22:00:00-04:00"
    assert all(step.text and step.cites for step in answer.steps)
    assert "2022-09-05 Labor Day" in said(answer)
    assert "16(a)(2)(C)" in said(answer)


def test_the_hour_follows_the_clock_of_winter() -> None:
    answer = form_4_due(day("2026-01-14"))
    assert answer.due_at_utc is not None
    assert answer.due_at_utc.isoformat() == "2026-01-17T03:00:00+00:00"


def test_a_special_closing_is_cited() -> None:
    assert "SEC announcement of January 2025" in said(form_4_due(day("2025-01-07")))


def test_a_trade_of_a_day_that_doesn_t_count_is_counted_all_the_same_and_said_to_be_from_memory() -> None:
    answer = form_4_due(day("2026-02-08"))
    assert due(answer) == "2026-02-10"
    assert any(step.basis == "memory" for step in answer.steps)
    assert any("from memory" in text for text in answer.assumptions)


@pytest.mark.parametrize("kind", [{"plan": True}, {"discretionary": True}, {}])
def test_the_day_of_the_notice_counts_where_the_insider_didn_t_choose(kind: dict[str, Any]) -> None:
    assert due(form_4_due(day("2026-06-15"), notified=day("2026-06-17"), **kind)) == "2026-06-22"
    capped = form_4_due(day("2026-06-15"), notified=day("2026-06-25"), **kind)
    assert due(capped) == "2026-06-23"
    assert "third business day" in said(capped)


def test_a_notice_alone_is_taken_for_a_plan_s_and_said() -> None:
    assert any("plan" in text for text in form_4_due(day("2026-06-15"), notified=day("2026-06-17")).assumptions)


def test_an_insider_who_chose_the_day_has_no_deemed_date() -> None:
    assert due(form_4_due(day("2026-06-15"), notified=day("2026-06-17"), plan=True, chose_day=True)) == "2026-06-17"


def test_a_plan_without_a_notice_has_an_outer_limit() -> None:
    answer = form_4_due(day("2026-06-15"), plan=True)
    assert due(answer) == "2026-06-17"
    assert answer.latest == day("2026-06-23")
    assert any("2026-06-23" in text for text in answer.warnings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"traded": date(2026, 6, 15), "notified": date(2026, 6, 13)},
        {"traded": date(202, 6, 15)},
        {"traded": date(9999, 12, 31)},
        {"traded": date(2026, 6, 15), "notified": date(9999, 12, 31)},
        {"traded": date(2026, 6, 15), "code": "Q"},
        {"traded": date(2026, 6, 15), "code": "V"},
        {"traded": date(2026, 6, 15), "direction": "B"},
        {"traded": date(2026, 6, 15), "code": "W", "year_end": date(2026, 3, 31)},
    ],
)
def test_what_can_t_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        form_4_due(**wrong)


@pytest.mark.parametrize(
    ("traded", "direction", "form", "expected"),
    [
        ("2023-02-26", "D", "5", "2024-02-14"),
        ("2023-02-27", "D", "4", "2023-03-01"),
        ("2023-02-27", "A", "5", "2024-02-14"),
    ],
)
def test_gifts_changed_forms_on_27_february_2023(traded: str, direction: str, form: str, expected: str) -> None:
    answer = form_4_due(day(traded), code="G", direction=direction, year_end=day("2023-12-31"))
    assert (answer.form, due(answer)) == (form, expected)


def test_a_gift_between_the_two_dates_is_said_to_be_disputed() -> None:
    answer = form_4_due(day("2023-03-15"), code="G", direction="D")
    assert any("2023-04-01" in text for text in answer.warnings)
    assert not form_4_due(day("2023-04-03"), code="G", direction="D").warnings


def test_without_a_year_end_a_form_5_has_no_day() -> None:
    answer = form_4_due(day("2026-03-02"), code="W", direction="A")
    assert (answer.form, answer.due, answer.status) == ("5", None, "cannot be said")


def test_an_open_code_counts_as_due_on_form_4() -> None:
    answer = form_4_due(day("2026-03-02"), code="j")
    assert due(answer) == "2026-03-04"
    assert any("leaves open" in text for text in answer.assumptions)


def test_before_29_august_2002_it_was_the_tenth_of_the_next_month() -> None:
    assert due(form_4_due(day("2002-07-31"))) == "2002-08-12"


def test_a_first_registration_has_no_ten_days_and_doesn_t_move() -> None:
    answer = form_3_due(day("2026-11-11"), registration="12b")
    assert due(answer) == "2026-11-11"
    assert any("closed" in text for text in answer.warnings)
    assert due(form_3_due(day("2026-11-12"), registration="12g")) == "2026-11-12"


def test_a_form_3_after_leap_day() -> None:
    assert due(form_3_due(day("2024-02-19"))) == "2024-02-29"
    assert due(form_3_due(day("2024-02-29"))) == "2024-03-11"


def test_a_form_5_names_the_statement_that_none_is_due() -> None:
    answer = form_5_due(day("2024-02-29"))
    assert due(answer) == "2024-04-15"
    assert "Item 405" in said(answer)


def test_the_website_has_the_report_on_the_next_business_day() -> None:
    assert due(web_posting_due(day("2026-07-02"))) == "2026-07-06"


def test_an_added_closing_moves_the_due_day_and_is_cited() -> None:
    added = Closing(day=day("2026-12-24"), why="closed", cites="Order of ours", basis="user")
    answer = form_4_due(day("2026-12-22"), calendar=Calendar([added]))
    assert due(answer) == "2026-12-28"
    assert "Order of ours" in said(answer)


def test_beyond_what_is_known_there_is_a_warning() -> None:
    assert form_4_due(day("2040-01-02")).warnings
    assert not form_4_due(day("2026-01-05")).warnings


# Foreign private issuers


@pytest.mark.parametrize(
    ("event", "registration", "expected"),
    [
        ("2020-01-02", None, "2026-03-18"),
        ("2025-12-18", None, "2026-03-18"),
        ("2025-12-19", None, "2026-03-18"),
        ("2026-03-09", None, "2026-03-19"),
        ("2026-03-17", None, "2026-03-27"),
        ("2026-03-18", None, "2026-03-30"),
        ("2026-02-02", "12b", "2026-03-18"),
        ("2026-05-04", "12b", "2026-05-04"),
    ],
)
def test_foreign_insiders_begin_on_18_march_2026(event: str, registration: Any, expected: str) -> None:
    assert due(form_3_due(day(event), registration=registration, foreign=ForeignInsider())) == expected


def test_trades_before_are_not_reported() -> None:
    assert form_4_due(day("2026-03-17"), foreign=ForeignInsider()).status == "not owed"
    assert due(form_4_due(day("2026-03-18"), foreign=ForeignInsider())) == "2026-03-20"


def test_mere_ten_percent_owners_of_foreign_issuers_owe_nothing() -> None:
    answer = form_4_due(day("2026-06-15"), foreign=ForeignInsider(role="ten-percent"))
    assert (answer.status, answer.due) == ("not owed", None)


@pytest.mark.parametrize(
    ("jurisdiction", "covered", "traded", "owed"),
    [
        ("CA", True, "2026-06-15", False),
        ("canada", True, "2026-06-15", False),
        ("DE", True, "2026-06-15", False),
        ("NO", True, "2026-06-15", False),
        ("CA", False, "2026-06-15", True),
        ("CA", None, "2026-06-15", True),
        ("IL", True, "2026-06-15", True),
        ("JP", True, "2026-06-15", True),
        ("AU", True, "2026-05-19", True),
        ("AU", True, "2026-05-20", False),
        (None, True, "2026-06-15", True),
    ],
)
def test_the_orders_exempt_a_person_not_an_issuer(
    jurisdiction: str | None, covered: bool | None, traded: str, owed: bool
) -> None:
    person = ForeignInsider(jurisdiction=jurisdiction, covered=covered)
    assert (form_4_due(day(traded), foreign=person).due is not None) is owed


def test_a_regulation_of_another_listed_jurisdiction_will_do() -> None:
    person = ForeignInsider(jurisdiction="CA", covered=True, regulation_of="DE")
    answer = form_4_due(day("2026-06-15"), foreign=person)
    assert answer.status == "not owed"
    assert "Market Abuse" in said(answer)
    late = ForeignInsider(jurisdiction="CA", covered=True, regulation_of="AU")
    assert form_4_due(day("2026-05-19"), foreign=late).status == "owed"
    assert form_4_due(
        day("2026-06-15"), foreign=ForeignInsider(jurisdiction="CA", covered=True, regulation_of="JP")
    ).due


@pytest.mark.parametrize("place", ["UK", "gb", "Great Britain", "South Korea", "Germany", "iceland", "Czechia"])
def test_a_jurisdiction_goes_by_its_names(place: str) -> None:
    person = ForeignInsider(jurisdiction=place, covered=True)
    assert form_4_due(day("2026-06-15"), foreign=person).status == "not owed"


def test_form_5_of_foreign_insiders() -> None:
    person = ForeignInsider()
    assert form_5_due(day("2026-03-17"), foreign=person).status == "not owed"
    assert form_5_due(day("2026-03-18"), foreign=person).due == day("2026-05-04")
    exempt = ForeignInsider(jurisdiction="CH", covered=True)
    assert form_5_due(day("2026-06-30"), foreign=exempt).status == "not owed"


def test_who_left_before_it_began_owes_no_form_3() -> None:
    assert form_3_due(day("2020-01-02"), foreign=ForeignInsider(left=day("2026-03-17"))).status == "not owed"
    assert form_3_due(day("2020-01-02"), foreign=ForeignInsider(left=day("2026-03-18"))).status == "owed"


# After leaving


def test_the_tail_runs_to_the_last_matching_day() -> None:
    answer = exit_tail(day("2026-06-30"), last_sale=day("2026-05-11"), last_purchase=day("2026-01-05"))
    found = {one.what: one.until.isoformat() for one in answer.report_until}
    assert found == {"purchases": "2026-11-09", "sales": "2026-07-03"}


def test_a_tail_that_ended_in_office_is_none() -> None:
    assert exit_tail(day("2026-06-30"), last_sale=day("2025-11-11")).status == "not owed"
    assert exit_tail(day("2026-06-30"), role="ten-percent", last_sale=day("2026-05-11")).status == "not owed"


def test_a_month_s_end_gives_a_day_of_caution() -> None:
    (until,) = exit_tail(day("2026-09-30"), last_sale=day("2026-08-31")).report_until
    assert (until.until, until.caution) == (day("2027-02-26"), day("2027-02-27"))


def test_without_the_last_trades_the_tail_is_not_known() -> None:
    assert exit_tail(day("2026-06-30")).status == "cannot be said"
    unknown = after_leaving(day("2026-09-14"), day("2026-06-30"), acquired=True, role="director", opposite=None)
    assert isinstance(unknown, DueDate)
    assert (unknown.status, unknown.due) == ("cannot be said", None)


def test_a_month_s_end_leaves_a_trade_to_be_reported() -> None:
    sold = [day("2026-08-31")]
    for traded, reported in (("2027-02-26", True), ("2027-02-27", True), ("2027-02-28", False)):
        found = after_leaving(day(traded), day("2026-09-30"), acquired=True, role="officer", opposite=sold)
        assert isinstance(found, Step) is reported
        assert ("wider reading" in found.text if isinstance(found, Step) else False) is (traded == "2027-02-27")


def test_a_last_trade_after_leaving_is_refused() -> None:
    with pytest.raises(UsageError, match="after leaving"):
        exit_tail(day("2026-06-30"), last_sale=day("2026-06-30") + timedelta(days=1))


# Further days, counted by hand


@pytest.mark.parametrize(
    ("traded", "due"),
    [
        ("2002-08-29", "2002-09-03"),
        ("2004-06-10", "2004-06-15"),
        ("2006-12-29", "2007-01-04"),
        ("2010-12-29", "2011-01-03"),
        ("2024-02-28", "2024-03-01"),
        ("2025-11-11", "2025-11-13"),
        ("2020-06-17", "2020-06-19"),
        ("2032-12-30", "2033-01-04"),
    ],
)
def test_two_business_days_over_closings_and_leap_days(traded: str, due: str) -> None:
    assert form_4_due(day(traded)).due == day(due)


@pytest.mark.parametrize(
    ("event", "due"),
    [("2024-02-19", "2024-02-29"), ("2024-02-20", "2024-03-01"), ("2025-12-14", "2025-12-29")],
)
def test_ten_days_over_leap_days_and_closings(event: str, due: str) -> None:
    assert form_3_due(day(event)).due == day(due)


@pytest.mark.parametrize(
    ("traded", "notified", "due"),
    [
        ("2025-12-22", "2025-12-24", "2025-12-30"),
        ("2025-12-22", "2026-01-09", "2026-01-02"),
        ("2026-10-08", "2026-10-30", "2026-10-16"),
        ("2026-06-12", "2026-06-14", "2026-06-16"),
    ],
)
def test_deemed_days_over_closings(traded: str, notified: str, due: str) -> None:
    assert form_4_due(day(traded), notified=day(notified), plan=True).due == day(due)
