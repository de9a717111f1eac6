"""Where the calendar of the stock exchanges differs from the SEC's.

Trades happen on days that don't count, and days count on which nobody trades.
What is said of exchanges decides nothing here; it is for people who check a due date by a trading calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from section16.law.business_days import Calendar


def differences(calendar: Calendar, year: int) -> Iterator[tuple[date, str]]:
    """The days of a year on which only one of the two is open, in order, each with a sentence."""
    friday = good_friday(year)
    found = {
        one.day: f"{one.why}: exchanges open, the SEC closed: not a business day, but trades happen"
        for one in calendar.closed_days(year)
        if one.exchanges == "open"
    }
    if calendar.business_day(friday):
        found[friday] = "Good Friday: exchanges closed, the SEC open: a business day"
    yield from sorted(found.items())


def good_friday(year: int) -> date:
    """The Friday before Easter Sunday (the anonymous Gregorian reckoning)."""
    century = year // 100
    leap = (8 * century + 13) // 25
    moon = (19 * (year % 19) + century - century // 4 - leap + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - year % 19) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - sunday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4)) - timedelta(days=2)
