from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.compliance.short_swing import Reading, last_matching_day, within_six_months

DAYS = st.dates(date(1934, 6, 6), date(2100, 1, 1))
LAST = [
    ("2026-01-01", "2026-06-29", "2026-06-29"),
    ("2026-01-02", "2026-06-30", "2026-06-30"),
    ("2026-01-15", "2026-07-13", "2026-07-13"),
    ("2026-02-28", "2026-08-26", "2026-08-26"),
    ("2024-02-29", "2024-08-27", "2024-08-27"),
    ("2026-03-01", "2026-08-30", "2026-08-30"),
    ("2026-03-30", "2026-09-28", "2026-09-28"),
    ("2026-03-31", "2026-09-28", "2026-09-29"),
    ("2026-05-31", "2026-11-28", "2026-11-29"),
    ("2026-06-30", "2026-12-28", "2026-12-28"),
    ("2026-08-28", "2027-02-26", "2027-02-26"),
    ("2026-08-29", "2027-02-26", "2027-02-27"),
    ("2026-08-31", "2027-02-26", "2027-02-27"),
    ("2026-09-01", "2027-02-27", "2027-02-27"),
    ("2026-10-31", "2027-04-28", "2027-04-29"),
    ("2026-12-31", "2027-06-28", "2027-06-29"),
    ("2027-08-30", "2028-02-27", "2028-02-28"),
    ("2027-08-31", "2028-02-27", "2028-02-28"),
]


@pytest.mark.parametrize(("earlier", "narrow", "wide"), LAST)
def test_the_last_matching_day_is_two_days_before_the_corresponding_one(earlier: str, narrow: str, wide: str) -> None:
    day = date.fromisoformat(earlier)
    assert last_matching_day(day) == date.fromisoformat(narrow)
    assert last_matching_day(day, Reading.WIDE) == date.fromisoformat(wide)


def test_the_decided_cases_match_as_decided(vectors: dict[str, Any]) -> None:
    for one, other, matches in vectors["match"]:
        days = date.fromisoformat(one), date.fromisoformat(other)
        assert within_six_months(*days) is within_six_months(*days[::-1]) is matches, days


def test_month_ends_by_both_readings(vectors: dict[str, Any]) -> None:
    for one, other, narrow, wide in vectors["match_month_end"]:
        days = date.fromisoformat(one), date.fromisoformat(other)
        assert within_six_months(*days, Reading.NARROW) is narrow, days
        assert within_six_months(*days, Reading.WIDE) is wide, days


@given(DAYS)
def test_the_window_is_179_to_182_days_and_never_moves_back(day: date) -> None:
    for reading in Reading:
        assert 179 <= (last_matching_day(day, reading) - day).days <= 182
        assert last_matching_day(day, reading) <= last_matching_day(day + timedelta(days=1), reading)


@given(DAYS)
def test_the_wide_reading_differs_on_days_29_to_31_only_and_by_one_day(day: date) -> None:
    more = (last_matching_day(day, Reading.WIDE) - last_matching_day(day)).days
    assert more in ({0, 1} if day.day > 28 else {0})
