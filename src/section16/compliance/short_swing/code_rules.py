"""What a transaction code says of Section 16(b): `codes.toml`, with the cases that a code alone doesn't settle."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

Counts = Literal["yes", "no", "ask"]

ACQUIRED: Final = frozenset("PLO")
"""Codes of what can only be acquired; of a put or a written option the security itself is."""
DISPOSED: Final = frozenset("SFDU")
PLAN_CODES: Final = frozenset("ADFI")
"""Codes whose exemption is Rule 16b-3, which is for officers and directors."""


class CodeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One code: whether it counts, why, and for a person who is only a ten-percent owner."""

    counts: Counts
    why: str
    cites: str
    basis: Literal["rule", "guide", "memory"]
    owner: Counts | None = None


@cache
def code_rules() -> dict[str, CodeRule]:
    """The rules by code."""
    table = tomllib.loads(files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))
    del table["as_of"]
    return msgspec.convert(table, dict[str, CodeRule], strict=True)


def leading_code(code: str) -> str:
    """The code itself, of `P/K` and `S/K` (with an equity swap) and of `P V` (reported early) the leading letter."""
    letters = [letter for letter in code.upper() if letter.isalnum()]
    return letters[0] if len(letters) > 1 and letters[1] in {"K", "V"} and len(letters) == 2 else "".join(letters)  # noqa: PLR2004


def is_swap(code: str) -> bool:
    """Whether an equity swap comes with the code: `P/K`."""
    return len(code) > 1 and code.upper().endswith("K")
