"""One fiscal year of an issuer: its first and its last day."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from section16.errors import UsageError
from section16.law.fiscal_years import year_end_after


class FiscalYear(msgspec.Struct, frozen=True, kw_only=True):
    """A fiscal year, named by the calendar year in which it ends; both days belong to it."""

    year: int
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def fiscal_year(year: int, month: int = 12, day: int = 31) -> FiscalYear:
    """The fiscal year that ends in `year` on that month and day; the last of February moves with leap years.

    Raises UsageError for a day that no year has.
    """
    try:
        before = year_end_after(date(year - 1, month, 1), month, day)
        last = year_end_after(date(year, month, 1), month, day)
    except ValueError:
        message = f"there is no fiscal year {year} that ends on {month:02}-{day:02}"
        raise UsageError("USAGE", message, mend="Give the month and day, such as 12-31") from None
    return FiscalYear(year=year, first=before + timedelta(days=1), last=last)
