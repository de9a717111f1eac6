"""The SEC's business days: holidays as observed, special closings, the hour until which a day counts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from section16 import law

HOLIDAYS = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_weekdays_that_do_not_count_are_the_federal_holidays_as_observed(year: int) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split()}
    days = [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]

    assert {day for day in days if day.weekday() < 5 and not law.business_day(day)} == expected


@pytest.mark.parametrize(
    "day",
    ["2018-12-05", "2018-12-24", "2019-12-24", "2020-12-24", "2021-06-18", "2025-01-09", "2025-12-24", "2025-12-26"],
)
def test_a_day_on_which_edgar_was_closed_by_order_does_not_count(day: str) -> None:
    closed = law.closing(date.fromisoformat(day))

    assert not law.business_day(date.fromisoformat(day))
    assert closed is not None
    assert closed.cites


def test_new_year_s_day_on_a_saturday_is_kept_in_the_old_year() -> None:
    assert not law.business_day(date(2021, 12, 31))
    assert law.add_business_days(date(2021, 12, 30), 2) == date(2022, 1, 4)


def test_days_on_which_only_the_exchanges_are_closed_count() -> None:
    assert law.business_day(date(2026, 4, 3))  # Good Friday


def test_juneteenth_counted_before_it_was_a_holiday() -> None:
    assert law.business_day(date(2020, 6, 19))
    assert not law.business_day(date(2024, 6, 19))


def test_a_day_that_counts_rolls_nowhere_and_the_next_one_lies_after_it() -> None:
    assert law.roll(date(2026, 11, 23)) == date(2026, 11, 23)
    assert law.roll(date(2026, 11, 26)) == date(2026, 11, 27)
    assert law.next_business_day(date(2026, 11, 25)) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("due", "filed", "late"),
    [("2026-04-06", "2026-04-07", 1), ("2026-10-14", "2026-10-19", 3), ("2025-12-29", "2026-01-02", 3)],
)
def test_lateness_is_counted_in_business_days(due: str, filed: str, late: int) -> None:
    assert law.business_days_after(date.fromisoformat(due), date.fromisoformat(filed)) == late


def test_nothing_lies_after_a_later_day() -> None:
    assert law.business_days_after(date(2026, 4, 7), date(2026, 4, 6)) == 0


@pytest.mark.parametrize(
    ("accepted", "filed"),
    [
        ("2026-04-14T21:59:59", "2026-04-14"),
        ("2026-04-14T22:00:00", "2026-04-14"),
        ("2026-04-14T22:00:01", "2026-04-15"),
        ("2026-04-17T23:30:00", "2026-04-20"),
        ("2026-04-18T09:00:00", "2026-04-20"),
        ("2002-09-03T17:45:00", "2002-09-04"),
        ("2003-07-01T17:45:00", "2003-07-01"),
    ],
)
def test_a_report_sent_until_the_cutoff_is_filed_that_day(accepted: str, filed: str) -> None:
    assert law.filing_day(datetime.fromisoformat(accepted)) == date.fromisoformat(filed)


def test_the_calendar_says_where_it_is_not_certain() -> None:
    assert "2002 to 2035" in (law.calendar_warning(date(2040, 1, 2)) or "")
    assert "not confirmed" in (law.calendar_warning(date(2012, 12, 24)) or "")
    assert "announced after" in (law.calendar_warning(date(2030, 1, 2)) or "")
    assert law.calendar_warning(date(2024, 1, 2)) is None
    assert law.covered(date(2035, 12, 31))
    assert not law.covered(date(2036, 1, 1))


def test_the_last_day_of_the_calendar_can_be_asked_about() -> None:
    assert law.business_day(date.max)
