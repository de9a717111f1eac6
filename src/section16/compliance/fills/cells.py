"""The cells of a broker's table that no other table has, read: times beside the date, and sides.

Each reader takes the text of a cell that is not blank and raises ValueError with words that go behind the cell's place.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from section16.compliance.cells import begins_with_day, split_day
from section16.compliance.fills.fill import Side, folded
from section16.law import EASTERN

_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)? ?(?P<zone>[A-Za-z]{1,3}|[+-][0-9]{2}:?[0-9]{2})?"
)
_EASTERN_NAMES: Final = frozenset({"ET", "EST", "EDT"})
_UTC_NAMES: Final = frozenset({"Z", "UTC", "GMT"})
_NOON: Final = 12
_SIDES: Final[dict[str, Side]] = {
    **dict.fromkeys(("p", "b", "buy", "bot", "bought", "purchase", "purchased", "buy to open", "a"), "P"),
    **dict.fromkeys(("s", "sell", "sld", "sold", "sale", "sell to close", "d"), "S"),
}
_SHORT: Final = frozenset({"ss", "short", "sell short", "short sale", "sold short", "sse", "sell short exempt"})


def read_side(text: str) -> Side:
    """P for a purchase, S for a sale. A short sale, and every other code of the form, is refused in so many words."""
    word = folded(text).rstrip(".")
    if word in _SHORT:
        raise ValueError("is a short sale, which section 16(c) forbids; no line is drafted for it")
    side = _SIDES.get(word)
    if side is None:
        raise ValueError("is neither a purchase (buy, B, P) nor a sale (sell, S); only codes P and S share a line")
    return side


def read_moment(text: str, clock: str | None = None) -> tuple[date, datetime | None]:
    """The trade date, and the moment if a time stands beside it or in a cell of its own (`clock`).

    A time with a zone or an offset from UTC is brought to New York, and the trade date is the day there; a time
    without one is New York's already. Without a time, or where the cell of times has a date of its own, the date is
    taken as it stands.
    """
    day, rest = split_day(text)
    if clock and begins_with_day(clock):
        return day, read_moment(clock)[1]
    if not rest and not clock:
        return day, None
    clocked, zone = _clock(rest or clock or "")
    moment = datetime.combine(day, clocked, zone or EASTERN).astimezone(EASTERN)
    return moment.date(), moment


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
