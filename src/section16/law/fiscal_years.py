"""The issuer's fiscal years: which one a day lies in, by the month and day on which they end.

EDGAR's header gives month and day (`1231`). Years of 52 or 53 weeks end on a weekday near it, so for a day that is not
a month's last one the answer is good to a week only.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_FEBRUARY: Final = 2
_LEAP: Final = 29
_NEAR: Final = timedelta(days=8)
_AFTER_MONTH_END: Final = 8
_BEFORE_MONTH_END: Final = 21
"""Between these days of a month no fiscal year ends, even one of 52 or 53 weeks."""


def year_end_after(day: date, month: int, last: int) -> date:
    """The end of the fiscal year that holds `day`, of years that end on day `last` of `month`.

    The last day of February moves with leap years. Raises ValueError for a month and day that no year has.
    """
    ends = [_in_year(year, month, last) for year in (day.year, day.year + 1)]
    return next(end for end in ends if end >= day)


def month_and_day(text: str | None) -> tuple[int, int] | None:
    """Month and day of EDGAR's `MMDD`; None for what is no day."""
    text = (text or "").strip().replace("-", "")
    if not (text.isascii() and text.isdecimal()) or len(text) != len("MMDD"):
        return None
    month, day = int(text[:2]), int(text[2:])
    try:
        date(2000, month, day)
    except ValueError:
        return None
    return month, day


def year_end_of(day: date, text: str | None) -> date | None:
    """The end of the fiscal year that holds `day`, by EDGAR's `MMDD`; None where that leaves a doubt.

    Only years that end with a month are sure: others have 52 or 53 weeks and end on a day near the one given.
    """
    known = month_and_day(text)
    if known is None:
        return None
    end = year_end_after(day, *known)
    ends_month = known[1] == monthrange(end.year, end.month)[1] or known == (_FEBRUARY, 28)
    return end if ends_month else None


def may_be_year_end(day: date, text: str | None) -> bool:
    """Whether a fiscal year can end on `day`: near a month's end, and within days of what EDGAR's `MMDD` says."""
    if _AFTER_MONTH_END < day.day < _BEFORE_MONTH_END:
        return False
    known = month_and_day(text)
    if known is None:
        return True
    ends = [_in_year(year, *known) for year in (day.year - 1, day.year, day.year + 1)]
    return any(abs(end - day) <= _NEAR for end in ends)


def _in_year(year: int, month: int, last: int) -> date:
    if month == _FEBRUARY and last >= _LEAP - 1:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, last)
