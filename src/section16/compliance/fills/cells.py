"""The cells of a broker's table, read: dates with or without a time, sides, numbers, ownership.

Each reader takes the text of a cell that is not blank and raises ValueError with words that go behind the cell's
place. Numbers are exact; nothing is guessed from the machine's locale.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from section16.compliance.fills.fill import Ownership, Side, folded

EASTERN: Final = ZoneInfo("America/New_York")

_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_DOLLARS: Final = re.compile(r"(?:US ?)?\$ ?|USD ?| ?USD$", re.IGNORECASE)
_DAYS: Final = (
    re.compile(r"(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<day>[0-9]{1,2})[- ](?P<name>[A-Za-z]{3,9})[- ](?P<year>[0-9]{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9}) (?P<day>[0-9]{1,2}), ?(?P<year>[0-9]{4})"),
)
"""Year first with dashes, slashes or neither; month/day/year; 2 Mar 2026; March 2, 2026."""
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)? ?(?P<zone>[A-Za-z]{1,3}|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EASTERN_NAMES: Final = frozenset({"ET", "EST", "EDT"})
_UTC_NAMES: Final = frozenset({"Z", "UTC", "GMT"})
_NOON: Final = 12
_WHOLE, _DECIMALS = 12, 10
"""Digits of a number: before the point what the form takes, behind it what any broker gives. Sums stay exact."""
_FIRST_YEAR, _LAST_YEAR = 1934, 2100
"""From the Exchange Act to what no draft outlives."""
_SIDES: Final[dict[str, Side]] = {
    **dict.fromkeys(("p", "b", "buy", "bot", "bought", "purchase", "purchased", "buy to open", "a"), "P"),
    **dict.fromkeys(("s", "sell", "sld", "sold", "sale", "sell to close", "d"), "S"),
}
_SHORT: Final = frozenset({"ss", "short", "sell short", "short sale", "sold short", "sse", "sell short exempt"})
_OWNERSHIPS: Final[dict[str, Ownership]] = {"d": "D", "direct": "D", "i": "I", "indirect": "I"}


def read_side(text: str) -> Side:
    """P for a purchase, S for a sale. A short sale, and every other code of the form, is refused in so many words."""
    word = folded(text).rstrip(".")
    if word in _SHORT:
        raise ValueError("is a short sale, which section 16(c) forbids; no line is drafted for it")
    side = _SIDES.get(word)
    if side is None:
        raise ValueError("is neither a purchase (buy, B, P) nor a sale (sell, S); only codes P and S share a line")
    return side


def read_ownership(text: str) -> Ownership:
    """D or I."""
    ownership = _OWNERSHIPS.get(folded(text))
    if ownership is None:
        raise ValueError("is neither D (direct) nor I (indirect)")
    return ownership


def read_amount(text: str, *, dollars: bool = False, zero: bool = False) -> Decimal:
    """A number above zero, thousands by comma, with a dollar sign where `dollars`; exact, zero only where `zero`."""
    bare = _DOLLARS.sub("", text, count=1).strip() if dollars else text
    if bare.startswith(("-", "−", "(")):
        raise ValueError("is negative")
    if not _NUMBER.fullmatch(bare):
        raise ValueError("is no number")
    digits = bare.replace(",", "")
    whole, _, decimals = digits.partition(".")
    if len(whole.lstrip("0")) > _WHOLE or len(decimals.rstrip("0")) > _DECIMALS:
        raise ValueError(f"has over {_WHOLE} digits before or {_DECIMALS} behind the point")
    amount = Decimal(digits)
    if not amount and not zero:
        raise ValueError("is zero")
    return amount


def read_day(text: str) -> date:
    """A day, without a time."""
    day, rest = _split_day(text)
    if rest:
        raise ValueError("is no date")
    return day


def read_moment(text: str, clock: str | None = None) -> tuple[date, datetime | None]:
    """The trade date, and the moment if a time stands beside it or in a cell of its own (`clock`).

    A time with a zone or an offset from UTC is brought to New York, and the trade date is the day there; a time
    without one is New York's already. Without a time, or where the cell of times has a date of its own, the date is
    taken as it stands.
    """
    day, rest = _split_day(text)
    if clock and any(pattern.match(clock) for pattern in _DAYS):
        return day, read_moment(clock)[1]
    if not rest and not clock:
        return day, None
    clocked, zone = _clock(rest or clock or "")
    moment = datetime.combine(day, clocked, zone or EASTERN).astimezone(EASTERN)
    return moment.date(), moment


def _split_day(text: str) -> tuple[date, str]:
    """The day that a text begins with, and the rest of the text."""
    for pattern in _DAYS:
        found = pattern.match(text)
        if found is None:
            continue
        rest = text[found.end() :]
        if rest and rest[0] not in "T ":
            continue
        return _day(found), rest.lstrip("T ").strip()
    raise ValueError("is no date; write it as 2026-03-02")


def _day(found: re.Match[str]) -> date:
    parts = found.groupdict()
    name = parts.get("name")
    if name is not None and name[:3].lower() not in _MONTHS:
        raise ValueError("is no date; write it as 2026-03-02")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"])
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        raise ValueError("is no day of the calendar (slashes are month/day/year)") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def _clock(text: str) -> tuple[time, tzinfo | None]:
    """A time of day, and its zone if it has one other than New York's."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("holds no time of day; write it as 14:30:05 or 14:30:05-05:00")
    half = (found["half"] or "").lower()[:1]
    hour = int(found["hour"])
    if half:
        if not 1 <= hour <= _NOON:
            raise ValueError("holds no time of day")
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    fraction = (found["fraction"] or "").ljust(6, "0")[:6]
    try:
        clocked = time(hour, int(found["minute"]), int(found["second"] or 0), int(fraction))
    except ValueError:
        raise ValueError("holds no time of day") from None
    return clocked, _zone(found["zone"])


def _zone(name: str | None) -> tzinfo | None:
    """The zone of a time; None is New York. Other names than New York's and UTC's are ambiguous, and refused."""
    if name is None or name.upper() in _EASTERN_NAMES:
        return None
    if name.upper() in _UTC_NAMES:
        return UTC
    if name[0] not in "+-":
        raise ValueError(f"has the time zone {name}; known are ET, UTC and offsets such as -05:00")
    try:
        return datetime.strptime(name, "%z").tzinfo
    except ValueError:
        raise ValueError(f"has no offset from UTC in {name}") from None
