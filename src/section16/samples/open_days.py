"""Days on which the fictional filers trade and file, and the days that the law counts between the two.

Business days are weekdays but federal holidays (17 CFR 240.0-2; 5 U.S.C. 6103 with its observed days), enough to keep a
fictional report in time or to make it late beyond doubt. Days on which the exchanges or EDGAR were closed for
other reasons, surely or maybe, are counted as the law counts an ordinary day, but nobody trades or files on them. The
calendar of record, with its special closings, is the law's own business, not this module's.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Final

FIRST_DAY: Final = date(2003, 5, 6)
"""The day from which EDGAR took ownership XML."""
LAST_DAY: Final = date(2026, 10, 30)
"""The last day on which a fictional filing is accepted."""

_SATURDAY: Final = 5
_SUNDAY: Final = 6
_FIRST_JUNETEENTH: Final = 2021
_CLOSED_NOW_AND_THEN: Final = frozenset(
    {
        date(2004, 6, 11),
        date(2007, 1, 2),
        date(2012, 10, 29),
        date(2012, 10, 30),
        date(2018, 12, 5),
        date(2025, 1, 9),
    }
)


class OpenDays:
    """The business days of the years that the samples cover, in order, and which of them are fit for trading."""

    def __init__(self) -> None:
        """Lay out every day from a year before the first to some months after the last."""
        days = [date(2002, 1, 1) + timedelta(days=number) for number in range(366 * 26)]
        holidays = {holiday for year in range(2002, 2029) for holiday in _federal_holidays(year)}
        self._business = [day for day in days if day.weekday() < _SATURDAY and day not in holidays]
        self._busy = [day for day in self._business if not _quiet(day)]
        self._busy_set = frozenset(self._busy)

    def busy_from(self, day: date) -> date:
        """Return `day`, or the next day on which people trade and file."""
        return day if day in self._busy_set else self._busy[bisect_right(self._busy, day)]

    def busy_until(self, day: date) -> date:
        """Return `day`, or the last day before it on which people trade and file."""
        return self._busy[bisect_right(self._busy, day) - 1]

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th business day after `day`, not counting `day` itself."""
        return self._business[bisect_right(self._business, day) + count - 1] if count else day

    def due(self, day: date) -> date:
        """Return `day`, or the next business day: a due day never falls on another (17 CFR 240.0-3)."""
        return self._business[bisect_right(self._business, day - timedelta(days=1))]


@cache
def open_days() -> OpenDays:
    """Return the calendar, made when first asked for."""
    return OpenDays()


def _quiet(day: date) -> bool:
    """Say whether exchanges or EDGAR are, or may be, closed on a business day."""
    around_christmas = (day.month, day.day) in {(12, 24), (12, 26), (12, 31), (6, 18), (6, 19)}
    return around_christmas or day in _CLOSED_NOW_AND_THEN or day == _easter(day.year) - timedelta(days=2)


def _federal_holidays(year: int) -> list[date]:
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    if year >= _FIRST_JUNETEENTH:
        fixed.append(date(year, 6, 19))
    last_monday_of_may = _weekday(year, 6, 0, 1) - timedelta(days=7)
    moving = [
        _weekday(year, 1, 0, 3),
        _weekday(year, 2, 0, 3),
        last_monday_of_may,
        _weekday(year, 9, 0, 1),
        _weekday(year, 10, 0, 2),
        _weekday(year, 11, 3, 4),
    ]
    return [*map(_observed, fixed), *moving]


def _observed(holiday: date) -> date:
    """Saturday's holiday is observed on Friday, Sunday's on Monday."""
    shift = {_SATURDAY: -1, _SUNDAY: 1}.get(holiday.weekday(), 0)
    return holiday + timedelta(days=shift)


def _weekday(year: int, month: int, weekday: int, number: int) -> date:
    """Return the `number`-th `weekday` (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian reckoning), two days after Good Friday."""
    century = year // 100
    leap = (8 * century + 13) // 25
    moon = (19 * (year % 19) + century - century // 4 - leap + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - year % 19) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - sunday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
