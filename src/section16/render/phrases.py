"""What a line of Table I or II says in plain words, by its transaction code, table and A/D alone.

`{}` stands for the amount with its unit ("719 shares", "1,000 Stock Option"). Meanings: General Instruction 8 to
Form 4.
A code with the other direction than the words imply has no phrase and is said as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_BOTH: Final[Mapping[tuple[str, str], str]] = {
    ("P", "A"): "bought {}",
    ("S", "D"): "sold {}",
    ("F", "D"): "{} withheld for tax",
    ("A", "A"): "was granted {}",
    ("D", "D"): "returned {} to the issuer",
    ("G", "A"): "received {} as a gift",
    ("G", "D"): "gave away {}",
    ("W", "A"): "received {} by will or inheritance",
    ("W", "D"): "passed on {} by will or inheritance",
    ("L", "A"): "acquired {} in a small acquisition",
    ("U", "D"): "tendered {} in a change of control",
    ("Z", "A"): "acquired {} through a voting trust",
    ("Z", "D"): "disposed of {} through a voting trust",
    ("I", "A"): "acquired {} in a discretionary plan transaction",
    ("I", "D"): "disposed of {} in a discretionary plan transaction",
}

_TABLE_I: Final[Mapping[tuple[str, str], str]] = {
    **_BOTH,
    ("M", "A"): "acquired {} on exercise or conversion",
    ("C", "A"): "acquired {} on conversion",
    ("C", "D"): "converted {}",
    ("X", "A"): "acquired {} on exercise",
    ("O", "A"): "acquired {} on exercise",
}

_TABLE_II: Final[Mapping[tuple[str, str], str]] = {
    **_BOTH,
    ("M", "D"): "exercised or converted {}",
    ("C", "D"): "converted {}",
    ("X", "D"): "exercised {}",
    ("O", "D"): "exercised {}",
    ("E", "D"): "saw {} expire, held short",
    ("H", "D"): "saw {} expire or be cancelled for value",
}

TRADES: Final = frozenset({"P", "S"})
"""Codes whose lines are trades, and whose price is missed when it is not there."""


def phrase(table: str, code: str, direction: str) -> str:
    """The words of a line; of a code or direction without words of its own those of the direction and the code."""
    known = (_TABLE_I if table == "I" else _TABLE_II).get((code, direction))
    if known is not None:
        return known
    verb = {"A": "acquired {}", "D": "disposed of {}"}.get(direction, "reports {}")
    return f"{verb} ({f'code {code}' if code else 'no code given'})"
