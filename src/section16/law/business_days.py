"""The SEC's business days: which days count, and on which day a report counts as filed.

The data, with its sources, is `business_days.toml`; closings that a user knows of are added to a calendar of his own.
Official texts: 17 CFR 240.0-2 and 240.0-3, 17 CFR 232.13(a), 5 U.S.C. 6103.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from section16.law.calendar_table import Basis, Closing, Covers, Cutoff, Exchanges, HalfDay, calendar_table

EASTERN: Final = ZoneInfo("America/New_York")
"""EDGAR's time, daylight saving time included."""
FIRST_COUNTABLE: Final = date(1934, 6, 6)
"""The day of the Securities Exchange Act: nothing was due before."""
LAST_COUNTABLE: Final = date(2199, 12, 31)
"""Beyond it a date is a slip of the pen."""

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class ClosedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A weekday that doesn't count, and why. `exchanges` says whether stocks are traded on it; None: not known."""

    day: date
    why: str
    kind: Literal["holiday", "closing"]
    cites: str
    basis: Basis
    confirmed: bool = True
    exchanges: Exchanges | None = None


class Calendar:
    """The business days of the Commission. `added` are closings beyond those that this package knows."""

    def __init__(self, added: Iterable[Closing] = ()) -> None:
        """Take the known days, and what a user adds to them."""
        self._table = calendar_table()
        self.added = tuple(sorted(added, key=lambda closing: closing.day))
        self._closings = {closing.day: closing for closing in (*self._table.closings, *self.added)}
        self._years: dict[int, dict[date, ClosedDay]] = {}

    def business_day(self, day: date) -> bool:
        """Whether the Commission is open on `day`: a weekday, no federal holiday, no special closing."""
        return day.weekday() < _SATURDAY and day not in self._closed_in(day.year)

    def roll(self, day: date) -> date:
        """`day`, or the next business day if it is none (17 CFR 240.0-3(a))."""
        while not self.business_day(day):
            day += _DAY
        return day

    def next_business_day(self, day: date) -> date:
        """The first business day after `day`."""
        return self.roll(day + _DAY)

    def add_business_days(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`, which itself doesn't count and need not be a business day."""
        for _ in range(count):
            day = self.next_business_day(day)
        return day

    def business_days_after(self, day: date, until: date) -> int:
        """How many business days lie after `day` up to and with `until`; 0 if `until` isn't later."""
        weeks, rest = divmod(max(0, (until - day).days), 7)
        weekdays = weeks * 5 + sum((day.weekday() + number) % 7 < _SATURDAY for number in range(1, rest + 1))
        years = range(day.year, until.year + 1)
        return weekdays - sum(day < closed.day <= until for year in years for closed in self.closed_days(year))

    def closed_day(self, day: date) -> ClosedDay | None:
        """Why a weekday doesn't count; None for a business day, a Saturday or a Sunday."""
        return self._closed_in(day.year).get(day) if day.weekday() < _SATURDAY else None

    def closed_days(self, year: int) -> tuple[ClosedDay, ...]:
        """The weekdays of a year that don't count, in order."""
        days = self._closed_in(year)
        return tuple(days[day] for day in sorted(days) if day.weekday() < _SATURDAY)

    def closing(self, day: date) -> Closing | None:
        """The special closing on `day`, if there was one."""
        return self._closings.get(day)

    def half_days(self, year: int) -> tuple[HalfDay, ...]:
        """The days of a year on which the government closed early; they count."""
        return tuple(half for half in self._table.half_days if half.day.year == year)

    def filing_day(self, sent: datetime) -> date:
        """The day on which a Form 3, 4 or 5 sent at `sent` counts as filed (17 CFR 232.13(a)).

        A time with a zone is brought to Eastern time; one without is Eastern time. Up to the cut-off, the second of
        it included, a report belongs to the day.
        """
        if sent.tzinfo is not None:
            sent = sent.astimezone(EASTERN)
        day = sent.date()
        late = sent.time().replace(tzinfo=None) > self.cutoff(day).time
        return self.next_business_day(day) if late else self.roll(day)

    def cutoff(self, day: date) -> Cutoff:
        """The hour until which a report sent on `day` is filed that day."""
        return [entry for entry in self._table.cutoffs if entry.since <= day][-1]

    def covered(self, day: date) -> bool:
        """Whether `day` lies in the years whose special closings were looked up."""
        return self._table.covers.first <= day <= self._table.covers.until

    def warning(self, day: date) -> str | None:
        """Why a count that touches `day` is not certain: outside the years looked up, or a closing not confirmed."""
        covers = self._table.covers
        if not self.covered(day):
            return f"special closings are known for {covers.first.year} to {covers.until.year} only"
        closed = self.closing(day)
        if closed is not None and not closed.confirmed:
            return f"{day}: {closed.why}; whether EDGAR was closed too is not confirmed"
        if day > self._table.as_of:
            return f"special closings announced after {self._table.as_of} are not known"
        return None

    def warnings(self, first: date, last: date) -> tuple[str, ...]:
        """Why counting from `first` to `last` is not certain; each reason once, in order."""
        days = [first, *(day for day in sorted(self._closings) if first < day < last), last]
        return tuple(dict.fromkeys(said for day in days if (said := self.warning(day))))

    @property
    def as_of(self) -> date:
        """The day on which the closings were last looked up."""
        return self._table.as_of

    @property
    def covers(self) -> Covers:
        """The years whose special closings were looked up."""
        return self._table.covers

    def _closed_in(self, year: int) -> dict[date, ClosedDay]:
        """Holidays as observed in a year (next New Year's Day may be kept on its last day), and special closings."""
        if year not in self._years:
            self._years[year] = self._of(year)
        return self._years[year]

    def _of(self, year: int) -> dict[date, ClosedDay]:
        days = {}
        for each in (year, min(year + 1, date.max.year)):
            for holiday in self._table.holidays:
                day = self._table.observed(holiday, each) if holiday.held_in(each) else None
                if day is not None and day.year == year:
                    kept = "" if holiday.day is None or day.day == holiday.day else " (observed)"
                    early = day.year < each
                    days[day] = ClosedDay(
                        day=day,
                        why=f"{holiday.name}{kept}",
                        kind="holiday",
                        cites=f"{self._table.cites}; {self._table.observance['cites']}" if kept else self._table.cites,
                        basis=self._table.basis,
                        exchanges="open" if early else holiday.exchanges,
                    )
        for closing in self._closings.values():
            if closing.day.year == year and closing.day not in days:
                days[closing.day] = _closed(closing)
        return days


def _closed(closing: Closing) -> ClosedDay:
    return ClosedDay(
        day=closing.day,
        why=closing.why,
        kind="closing",
        cites=closing.cites,
        basis=closing.basis,
        confirmed=closing.confirmed,
        exchanges=closing.exchanges,
    )


@cache
def sec_calendar() -> Calendar:
    """The calendar without anything added."""
    return Calendar()


def business_day(day: date) -> bool:
    """Whether the Commission is open on `day`."""
    return sec_calendar().business_day(day)


def roll(day: date) -> date:
    """`day`, or the next business day if it is none (17 CFR 240.0-3(a))."""
    return sec_calendar().roll(day)


def next_business_day(day: date) -> date:
    """The first business day after `day`."""
    return sec_calendar().next_business_day(day)


def add_business_days(day: date, count: int) -> date:
    """The `count`-th business day after `day`, which itself doesn't count and need not be a business day."""
    return sec_calendar().add_business_days(day, count)


def business_days_after(day: date, until: date) -> int:
    """How many business days lie after `day` up to and with `until`; 0 if `until` isn't later."""
    return sec_calendar().business_days_after(day, until)


def countable(day: date) -> bool:
    """Whether a due day can be counted from `day` at all; whether every closing is known is `covered`."""
    return FIRST_COUNTABLE <= day <= LAST_COUNTABLE


def closing(day: date) -> Closing | None:
    """The special closing on `day`, if there was one."""
    return sec_calendar().closing(day)


def filing_day(sent: datetime) -> date:
    """The day on which a Form 3, 4 or 5 sent at `sent` counts as filed; see `Calendar.filing_day`."""
    return sec_calendar().filing_day(sent)


def covered(day: date) -> bool:
    """Whether `day` lies in the years whose special closings were looked up."""
    return sec_calendar().covered(day)


def calendar_warning(day: date) -> str | None:
    """Why a count that touches `day` is not certain: outside the years looked up, or a closing not confirmed."""
    return sec_calendar().warning(day)
