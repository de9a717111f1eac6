"""The six months of Section 16: which two trades lie within "any period of less than six months".

Official texts: Exchange Act s. 16(b); Colonial Realty v. MacWilliams, 381 F. Supp. 26 (S.D.N.Y. 1974), affirmed 512
F.2d 1187 (2d Cir. 1975). Counted forward from the earlier trade date e. Let c be the day with the same number six
calendar months later. The day e counts as a whole day, so six full months run through c - 1, and "less than six months"
is at most one day less: a trade matches through c - 2. Weekends and holidays do not matter, nothing moves.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

CITES: Final = "Exchange Act s. 16(b); Colonial Realty v. MacWilliams, 512 F.2d 1187 (2d Cir. 1975)"
_MONTHS: Final = 6
_TWO_DAYS: Final = timedelta(days=2)


class Reading(StrEnum):
    """How to count from a day that the sixth month after it doesn't have (29 to 31 August: "31 February").

    `narrow` takes the last day of that month; it is the reading with an authority behind it. `wide` takes the first
    day of the next month, one day more: a caution.
    """

    NARROW = "narrow"
    WIDE = "wide"


def corresponding_day(day: date, reading: Reading = Reading.NARROW, *, back: bool = False) -> date:
    """c: the day with the same number six calendar months after `day`, or before it if `back`.

    `date.max` beyond the calendar's end.
    """
    month = day.year * 12 + day.month - 1 + (-_MONTHS if back else _MONTHS)
    year, number = divmod(month, 12)
    if year > date.max.year:
        return date.max
    last = monthrange(year, number + 1)[1]
    if day.day <= last:
        return date(year, number + 1, day.day)
    end = date(year, number + 1, last)
    return end if reading is Reading.NARROW else end + timedelta(days=1)


def last_matching_day(earlier: date, reading: Reading = Reading.NARROW) -> date:
    """The last day on which an opposite trade matches one of `earlier`: c - 2."""
    return corresponding_day(earlier, reading) - _TWO_DAYS


def within_six_months(one: date, other: date, reading: Reading = Reading.NARROW) -> bool:
    """Whether two trade dates lie within a period of less than six months, whichever is the earlier."""
    earlier, later = sorted((one, other))
    return later <= last_matching_day(earlier, reading)
