"""The calendar of 2002 to 2035: against a public list, with what users add, and hours over changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import law
from section16.errors import UsageError
from section16.law import Calendar, closings_from_toml
from section16.law.exchanges import differences, good_friday

DAYS = st.dates(date(2002, 1, 1), date(2035, 12, 31))
NOT_IN_THE_LIST = {date(2012, 10, 29), date(2012, 10, 30)}
"""Hurricane Sandy closed Washington's offices without an order of the President; the public list has no weather."""


def test_closed_days_are_those_of_a_public_list_of_government_holidays() -> None:
    holidays = pytest.importorskip("holidays")
    listed = holidays.US(categories=("government",), years=range(2002, 2036))
    ours = {one.day for year in range(2002, 2036) for one in law.sec_calendar().closed_days(year)}

    halves = {half.day for year in range(2002, 2036) for half in law.sec_calendar().half_days(year)}

    assert {day for day in listed if day.weekday() < 5} - halves == ours - NOT_IN_THE_LIST
    assert all("half" in listed[day] for day in halves)
    assert ours > NOT_IN_THE_LIST


def test_each_closed_day_says_why_and_by_which_text() -> None:
    for year in range(2002, 2036):
        for one in law.sec_calendar().closed_days(year):
            assert one.why
            assert one.cites
            assert one.basis in {"rule", "guide", "memory"}
            assert one.exchanges in {"open", "closed"}
            assert not law.business_day(one.day)


def test_a_day_of_half_closing_is_a_business_day() -> None:
    halves = [half for year in range(2002, 2036) for half in law.sec_calendar().half_days(year)]

    assert [half.day for half in halves] == [date(2002, 12, 24), date(2009, 12, 24), date(2015, 12, 24)]
    assert all(law.business_day(half.day) for half in halves)


@given(DAYS, st.integers(0, 400))
def test_business_days_are_counted_as_one_by_one(day: date, length: int) -> None:
    until = day + timedelta(days=length)
    counted = sum(law.business_day(day + timedelta(days=number)) for number in range(1, length + 1))

    assert law.business_days_after(day, until) == counted
    assert law.business_days_after(until, day) == 0


@given(DAYS, st.integers(0, 20))
def test_adding_business_days_and_counting_them_agree(day: date, count: int) -> None:
    later = law.add_business_days(day, count)
    assert law.business_days_after(day, later) == count


@given(DAYS)
def test_a_due_day_is_a_business_day_in_the_week_after_the_trade(day: date) -> None:
    due = law.form_4_due(max(day, date(2002, 8, 29)))
    assert law.business_day(due)
    assert 2 <= (due - max(day, date(2002, 8, 29))).days <= 9


ADDED = """
[[closings]]
date = 2026-12-24
why = "government closed by order"
source = "Executive order of 17 December 2026"
"""


def test_a_user_adds_a_closing() -> None:
    calendar = Calendar(closings_from_toml(ADDED, "ours.toml"))

    assert law.form_4_due(date(2026, 12, 22)) == date(2026, 12, 24)
    assert law.form_4_due(date(2026, 12, 22), calendar=calendar) == date(2026, 12, 28)
    closed = calendar.closed_day(date(2026, 12, 24))
    assert closed is not None
    assert (closed.basis, closed.cites) == ("user", "Executive order of 17 December 2026")
    assert law.business_day(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[closings", "not TOML"),
        ("closed = 1", r"\[\[closings\]\] and nothing else"),
        ("closings = 3", r"\[\[closings\]\] and nothing else"),
        ("[[closings]]\ndate = 2026-12-24\nwhy = 'x'", "date, why and source"),
        ("[[closings]]\ndate = 2026-12-26\nwhy = 'x'\nsource = 'y'", "Saturday"),
        ("[[closings]]\ndate = '2026-02-30'\nwhy = 'x'\nsource = 'y'", "not a day"),
        ("[[closings]]\ndate = 2026-12-24T10:00:00\nwhy = 'x'\nsource = 'y'", "not a day"),
        ("[[closings]]\ndate = 2026-12-24\nwhy = ' '\nsource = 'y'", "why is not a text"),
    ],
)
def test_a_file_of_closings_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        closings_from_toml(text, "ours.toml")
    assert "ours.toml" in str(caught.value)


def test_no_closings_are_no_closings() -> None:
    assert closings_from_toml("", "ours.toml") == ()


@pytest.mark.parametrize(
    ("instant", "filed"),
    [
        (datetime(2026, 3, 7, 3, 0, tzinfo=UTC), "2026-03-06"),  # Friday 22:00:00 EST
        (datetime(2026, 3, 7, 3, 0, 1, tzinfo=UTC), "2026-03-09"),
        (datetime(2026, 3, 10, 2, 0, tzinfo=UTC), "2026-03-09"),  # Monday 22:00:00 EDT, the clock is an hour ahead
        (datetime(2026, 3, 10, 2, 0, 1, tzinfo=UTC), "2026-03-10"),
        (datetime(2026, 11, 3, 3, 0, tzinfo=UTC), "2026-11-02"),  # Monday 22:00:00 EST again
        (datetime(2026, 11, 3, 3, 0, 1, tzinfo=UTC), "2026-11-03"),
        (datetime(2026, 7, 3, 4, 0, tzinfo=ZoneInfo("Europe/Berlin")), "2026-07-02"),
        (datetime(2026, 7, 3, 4, 0, 1, tzinfo=ZoneInfo("Europe/Berlin")), "2026-07-06"),
    ],
)
def test_an_instant_of_any_zone_belongs_to_a_filing_day(instant: datetime, filed: str) -> None:
    assert law.filing_day(instant) == date.fromisoformat(filed)


def test_exchanges_differ_on_the_known_days() -> None:
    def days(year: int) -> list[str]:
        return [day.isoformat() for day, _ in differences(law.sec_calendar(), year)]

    assert days(2026) == ["2026-04-03", "2026-10-12", "2026-11-11"]
    assert days(2027) == ["2027-03-26", "2027-10-11", "2027-11-11", "2027-12-31"]
    assert "2010-12-31" in days(2010)
    assert "2021-12-31" in days(2021)


@pytest.mark.parametrize("day", ["2002-03-29", "2018-03-30", "2024-03-29", "2025-04-18", "2026-04-03", "2035-03-23"])
def test_good_friday_is_before_easter(day: str) -> None:
    assert good_friday(int(day[:4])) == date.fromisoformat(day)


def test_what_the_calendar_is_unsure_of_is_said_once() -> None:
    calendar = law.sec_calendar()

    assert calendar.warnings(date(2024, 2, 1), date(2024, 2, 6)) == ()
    assert ["not confirmed" in said for said in calendar.warnings(date(2012, 12, 20), date(2012, 12, 27))] == [True]
    assert len(calendar.warnings(date(2036, 1, 1), date(2036, 3, 1))) == 1


def test_a_due_day_is_counted_only_within_the_life_of_the_act() -> None:
    assert law.countable(date(1934, 6, 6))
    assert not law.countable(date(202, 9, 1))
    assert not law.countable(date(9999, 12, 31))
