"""What an element that the form does not know was probably meant to be: a misspelt name, or a part put elsewhere.

Guesses only choose the words of a finding, and spare the reader a second one for the element that seems to be missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from section16.form.document import OwnershipDocument
from section16.form.field_table import Kind, plan

_CLOSE: Final = 0.8
_LONGEST: Final = 60
"""Characters; the longest name of the form has half as many."""
_SHORTEST: Final = 4
"""Characters of a name that is only the end of one: `title` for `securityTitle`."""
_HOMES: Final = 3
"""An element with more homes than these could belong anywhere."""


class Guess(NamedTuple):
    """What is probably meant: the known name ("" if none), and how to mend it."""

    name: str
    mend: str


def guess(name: str, element: str, absent: Collection[str]) -> Guess:
    """Guess what an unknown `name` in `element` stands for; `absent` are the names that could stand there."""
    homes = _homes().get(name, ())
    twin = element.replace("Holding", "Transaction")
    if twin != element and twin in homes:
        mend = f"If the line is a transaction, name it {twin} instead of {element}; if it is a holding, remove {name}"
        return Guess("", mend)
    if homes and element not in homes and len(homes) <= _HOMES:
        return Guess("", f"Move it into {' or '.join(homes)}, where it belongs, or remove it")
    meant = "" if homes else _misspelt(name, absent)
    if meant:
        return Guess(meant, f"Write {meant}, if that is meant: names are case-sensitive")
    return Guess("", "Remove it, or correct its name: names are case-sensitive")


def _misspelt(name: str, absent: Collection[str]) -> str:
    if len(name) > _LONGEST:
        return ""
    folded = {known.lower(): known for known in absent}
    close = get_close_matches(name.lower(), folded, 1, _CLOSE)
    if not close and len(name) >= _SHORTEST:
        ends = [known for known in folded if known.endswith(name.lower())]
        close = ends if len(ends) == 1 else []
    return folded[close[0]] if close else ""


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    """The elements in which each element of the form stands, by its name."""
    found: dict[str, dict[str, None]] = {}
    for home, name in _pairs(OwnershipDocument, OwnershipDocument.element):
        found.setdefault(name, {})[home] = None
    return {name: tuple(homes) for name, homes in found.items()}


def _pairs(record: type, element: str) -> Iterator[tuple[str, str]]:
    for field in plan(record).fields:
        if field.kind is Kind.NOTES:
            continue
        if field.kind is not Kind.ROWS:
            yield element, field.name
        for inner in field.records:
            if not hasattr(inner, "element"):
                continue
            inside = inner.element if field.kind in {Kind.ROWS, Kind.GROUPS} else field.name
            if field.kind is Kind.ROWS:
                yield element, field.name
                yield field.name, inside
            yield from _pairs(inner, inside)
