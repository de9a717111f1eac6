"""The cells of tables that people give, read: days, numbers, yes or no, directions, codes, ownership.

Each reader takes the text of a cell that is not blank and raises ValueError with words that go behind the cell's
place. Numbers are exact; nothing is guessed from the machine's locale.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from section16.codes import transaction_code

Direction = Literal["A", "D"]
Ownership = Literal["D", "I"]

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
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WHOLE, _DECIMALS = 12, 10
"""Digits of a number: before the point what the form takes, behind it what any broker gives. Sums stay exact."""
_FIRST_YEAR, _LAST_YEAR = 1934, 2100
"""From the Exchange Act to what no draft outlives."""
_YES: Final = {**dict.fromkeys(("yes", "y", "true", "1"), True), **dict.fromkeys(("no", "n", "false", "0"), False)}
_DIRECTIONS: Final[dict[str, Direction]] = {
    **dict.fromkeys(("a", "acquired", "(a)", "buy"), "A"),
    **dict.fromkeys(("d", "disposed", "disposed of", "(d)", "sell"), "D"),
}
_OWNERSHIPS: Final[dict[str, Ownership]] = {"d": "D", "direct": "D", "i": "I", "indirect": "I"}


def read_ownership(text: str) -> Ownership:
    """D or I."""
    ownership = _OWNERSHIPS.get(" ".join(text.split()).casefold())
    if ownership is None:
        raise ValueError("is neither D (direct) nor I (indirect)")
    return ownership


def read_direction(text: str) -> Direction:
    """A or D."""
    try:
        return _DIRECTIONS[text.lower()]
    except KeyError:
        raise ValueError("is neither A (acquired) nor D (disposed of)") from None


def read_yes(text: str) -> bool:
    """An answer."""
    try:
        return _YES[text.lower()]
    except KeyError:
        raise ValueError("is neither yes nor no") from None


def read_code(text: str) -> str:
    """The code of a transaction, as a line of a report may have it."""
    known = transaction_code(text.upper())
    if known is None or not known.in_xml:
        raise ValueError("is no transaction code (section16 codes lists them)")
    return known.code


def read_money(text: str) -> Decimal:
    """Dollars, zero or more."""
    return read_amount(text, dollars=True, zero=True)


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
    day, rest = split_day(text)
    if rest:
        raise ValueError("is no date")
    return day


def begins_with_day(text: str) -> bool:
    """Whether a text begins like a day."""
    return any(pattern.match(text) for pattern in _DAYS)


def split_day(text: str) -> tuple[date, str]:
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
