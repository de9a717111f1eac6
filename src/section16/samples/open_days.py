"""Days on which the fictional filers trade and file, and the days that the law counts between the two.

Business days are the law's own (`section16.law`). On days on which the exchanges were closed, surely or maybe, and on
those around Christmas on which an order may still close EDGAR, nobody trades or files.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Final

from section16 import law
from section16.law.exchanges import good_friday

FIRST_DAY: Final = date(2003, 5, 6)
"""The day from which EDGAR took ownership XML."""
LAST_DAY: Final = date(2026, 10, 30)
"""The last day on which a fictional filing is accepted."""


class OpenDays:
    """The business days of the years that the samples cover, in order, and which of them are fit for trading."""

    def __init__(self) -> None:
        """Lay out every day from a year before the first to some months after the last."""
        days = [date(2002, 1, 1) + timedelta(days=number) for number in range(366 * 26)]
        self._business = [day for day in days if law.business_day(day)]
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
    """Say whether exchanges are closed on a business day, or EDGAR may have been."""
    around_christmas = (day.month, day.day) in {(12, 24), (12, 26), (12, 31), (6, 18), (6, 19)}
    return around_christmas or day == good_friday(day.year)
