"""The six months of Section 16: which two trades lie within "any period of less than six months".

Official texts: Exchange Act s. 16(b); Colonial Realty v. MacWilliams, 381 F. Supp. 26 (S.D.N.Y. 1974), affirmed 512
F.2d 1187 (2d Cir. 1975). The day of the earlier trade counts as a whole day, so six months run through the day before
its corresponding day six months later, and "less than" ends a day before that. Where no such day exists, the `narrow`
reading takes the last day of that month, the `wide` one the first of the next; only the narrow has an authority.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

CITES: Final = "Exchange Act s. 16(b); Colonial Realty v. MacWilliams, 512 F.2d 1187 (2d Cir. 1975)"
_MONTHS: Final = 6


def corresponding_day(day: date, *, wide: bool = False, back: bool = False) -> date:
    """The day with the same number six calendar months later, or earlier if `back`; see above where there is none."""
    month = day.year * 12 + day.month - 1 + (-_MONTHS if back else _MONTHS)
    year, index = divmod(month, 12)
    length = monthrange(year, index + 1)[1]
    if day.day <= length:
        return date(year, index + 1, day.day)
    last = date(year, index + 1, length)
    return last + timedelta(days=1) if wide else last


def last_match(earlier: date, *, wide: bool = False) -> date:
    """The last day on which a trade lies less than six months after one of `earlier`; weekends make no difference."""
    return corresponding_day(earlier, wide=wide) - timedelta(days=2)


def matches(one: date, other: date, *, wide: bool = False) -> bool:
    """Whether two trades, in whatever order, lie within less than six months of one another."""
    earlier, later = sorted((one, other))
    return later <= last_match(earlier, wide=wide)
