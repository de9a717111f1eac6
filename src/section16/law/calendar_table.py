"""The records of `business_days.toml`: holidays, special closings, hours, and the years that were looked up."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache
from typing import Any, Literal

import msgspec

from section16.law.dated_table import read_table

Exchanges = Literal["open", "closed"]
Basis = Literal["rule", "guide", "memory", "user"]


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A federal holiday: a day of a month, or the `nth` weekday (Monday is 0) of it, -1 for the last.

    `exchanges` says whether the stock exchanges trade on it.
    """

    name: str
    month: int
    day: int | None = None
    weekday: int = 0
    nth: int = 1
    since: int | None = None
    exchanges: Exchanges = "closed"

    def held_in(self, year: int) -> bool:
        """Whether it was a holiday in that year."""
        return self.since is None or year >= self.since


class Closing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weekday on which the Commission was closed by order. `confirmed`: EDGAR's own notice is known.

    `basis` is `user` where a user added it; `exchanges` is None where it isn't known.
    """

    day: date
    why: str
    cites: str
    confirmed: bool = True
    basis: Basis = "guide"
    exchanges: Exchanges | None = None


class HalfDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day on which the government closed for some hours only: it is a business day."""

    day: date
    why: str
    cites: str
    basis: Basis = "guide"


class Cutoff(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The Eastern time until which a Form 3, 4 or 5 counts as filed on the day it is sent."""

    time: time
    cites: str
    basis: Basis = "rule"
    since: date = date.min


class Covers(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from"}):
    """The first and the last day whose special closings were looked up."""

    first: date
    until: date


class CalendarTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as a whole. `observance` shifts a fixed holiday by its weekday, in days."""

    as_of: date
    cites: str
    basis: Basis
    covers: Covers
    observance: dict[str, Any]
    holidays: tuple[Holiday, ...]
    closings: tuple[Closing, ...]
    half_days: tuple[HalfDay, ...]
    cutoffs: tuple[Cutoff, ...]

    def observed(self, holiday: Holiday, year: int) -> date:
        """The day on which a year's holiday is kept; New Year's Day may be kept in the year before."""
        if holiday.day is None:
            return nth_weekday(year, holiday.month, holiday.weekday, holiday.nth)
        day = date(year, holiday.month, holiday.day)
        shift = self.observance.get(day.strftime("%A").lower(), 0)
        return day + timedelta(days=int(shift))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` weekday (Monday is 0) of a month, -1 for the last."""
    days = [
        day
        for day in (date(year, month, 1) + timedelta(days=number) for number in range(31))
        if day.month == month and day.weekday() == weekday
    ]
    return days[nth - 1 if nth > 0 else nth]


@cache
def calendar_table() -> CalendarTable:
    """The file's contents."""
    return msgspec.convert(read_table("business_days"), CalendarTable, strict=True)
