"""The SEC's business days: which days count, and on which day a report counts as filed.

The data, with its sources, is `business_days.toml`. Official texts: 17 CFR 240.0-2 and 240.0-3, 17 CFR 232.13(a).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import msgspec

from section16.law.dated_table import read_table

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A federal holiday: a day of a month, or the `nth` weekday (Monday is 0) of it, -1 for the last."""

    name: str
    month: int
    day: int | None = None
    weekday: int = 0
    nth: int = 1
    since: int | None = None


class Closing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weekday on which the Commission was closed by order. `confirmed`: EDGAR's own notice is known."""

    day: date
    why: str
    cites: str
    confirmed: bool = True


class _Cutoff(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    time: time
    cites: str
    since: date = date.min


class _Covers(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from"}):
    first: date
    until: date


class _Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    as_of: date
    cites: str
    covers: _Covers
    observance: dict[str, Any]
    holidays: tuple[Holiday, ...]
    closings: tuple[Closing, ...]
    cutoffs: tuple[_Cutoff, ...]


def business_day(day: date) -> bool:
    """Whether the Commission is open on `day`: a weekday, no federal holiday, no special closing."""
    return day.weekday() < _SATURDAY and day not in _closed_days(day.year)


def roll(day: date) -> date:
    """`day`, or the next business day if it is none (17 CFR 240.0-3(a))."""
    while not business_day(day):
        day += _DAY
    return day


def next_business_day(day: date) -> date:
    """The first business day after `day`."""
    return roll(day + _DAY)


def add_business_days(day: date, count: int) -> date:
    """The `count`-th business day after `day`, which itself doesn't count and need not be a business day."""
    for _ in range(count):
        day = next_business_day(day)
    return day


def business_days_after(day: date, until: date) -> int:
    """How many business days lie after `day` up to and with `until`; 0 if `until` isn't later."""
    return sum(business_day(day + timedelta(days=number)) for number in range(1, (until - day).days + 1))


def closing(day: date) -> Closing | None:
    """The special closing on `day`, if there was one."""
    return _closings().get(day)


def filing_day(accepted_at: datetime) -> date:
    """The day on which a Form 3, 4 or 5 sent at `accepted_at` (Eastern time) counts as filed (17 CFR 232.13(a))."""
    day = accepted_at.date()
    cutoff = [entry.time for entry in _calendar().cutoffs if entry.since <= day][-1]
    late = accepted_at.time().replace(tzinfo=None) > cutoff
    return next_business_day(day) if late else roll(day)


def covered(day: date) -> bool:
    """Whether `day` lies in the years whose special closings were looked up."""
    covers = _calendar().covers
    return covers.first <= day <= covers.until


def calendar_warning(day: date) -> str | None:
    """Why a count that touches `day` is not certain: outside the years looked up, or a closing not confirmed."""
    covers = _calendar().covers
    if not covered(day):
        return f"special closings are known for {covers.first.year} to {covers.until.year} only"
    closed = closing(day)
    if closed is not None and not closed.confirmed:
        return f"{day}: {closed.why}; whether EDGAR was closed too is not confirmed"
    if day > _calendar().as_of:
        return f"special closings announced after {_calendar().as_of} are not known"
    return None


@cache
def _calendar() -> _Calendar:
    return msgspec.convert(read_table("business_days"), _Calendar, strict=True)


@cache
def _closings() -> dict[date, Closing]:
    return {entry.day: entry for entry in _calendar().closings}


@cache
def _closed_days(year: int) -> frozenset[date]:
    """Holidays as observed in a year (next New Year's Day may be kept on its last day), and its special closings."""
    days = {
        _observed(holiday, each)
        for each in (year, min(year + 1, date.max.year))
        for holiday in _calendar().holidays
        if _held(holiday, each)
    }
    return frozenset(day for day in {*days, *_closings()} if day.year == year)


def _held(holiday: Holiday, year: int) -> bool:
    return holiday.since is None or year >= holiday.since


def _observed(holiday: Holiday, year: int) -> date:
    if holiday.day is None:
        return _nth_weekday(year, holiday)
    day = date(year, holiday.month, holiday.day)
    shift = _calendar().observance.get(day.strftime("%A").lower(), 0)
    return day + timedelta(days=int(shift))


def _nth_weekday(year: int, holiday: Holiday) -> date:
    first = date(year, holiday.month, 1)
    days = [
        day
        for day in (first + timedelta(days=number) for number in range(31))
        if day.month == holiday.month and day.weekday() == holiday.weekday
    ]
    return days[holiday.nth - 1 if holiday.nth > 0 else holiday.nth]
