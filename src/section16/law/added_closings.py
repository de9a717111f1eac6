"""Closings that a user adds: a TOML text with entries of date, reason and source.

[[closings]]
date = 2026-12-24
why = "government closed by order"
source = "Executive order of 17 December 2026"
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from typing import Any, Final

from section16.errors import UsageError, excerpt
from section16.law.calendar_table import Closing

_KEYS: Final = {"date", "why", "source"}
_MEND: Final = 'Each entry: [[closings]] with date = 2026-12-24, why = "...", source = "..."'
_SATURDAY: Final = 5


def closings_from_toml(text: str, name: str) -> tuple[Closing, ...]:
    """The closings of a TOML text. Raises UsageError, with `name` and the entry's number, for what is none."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("USAGE", f"this is not TOML: {excerpt(str(error))}", path=name, mend=_MEND) from None
    entries = given.get("closings", [])
    if set(given) - {"closings"} or not isinstance(entries, list):
        raise UsageError("USAGE", "a file of closings holds [[closings]] and nothing else", path=name, mend=_MEND)
    return tuple([_closing(entry, f"{name}, closing {number}") for number, entry in enumerate(entries, 1)])


def _closing(entry: Any, place: str) -> Closing:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise UsageError("USAGE", "a closing has date, why and source", path=place, mend=_MEND)
    day, why, source = _day(entry["date"], place), entry["why"], entry["source"]
    for word, said in (("why", why), ("source", source)):
        if not isinstance(said, str) or not said.strip():
            raise UsageError("USAGE", f"{word} is not a text", path=place, mend=_MEND)
    if day.weekday() >= _SATURDAY:
        raise UsageError("USAGE", f"{day} is a {day:%A}, which never counts", path=place, mend="Check the date")
    return Closing(day=day, why=why.strip(), cites=source.strip(), basis="user")


def _day(value: Any, place: str) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UsageError("USAGE", "date is not a day such as 2026-12-24", path=place, mend=_MEND)
    return value
