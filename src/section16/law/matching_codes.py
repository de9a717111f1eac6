"""What a transaction code says of Section 16(b), and of the waiting of Rule 16a-6. The data is `matching_codes.toml`.

A code says yes, no, or that a fact is needed which it doesn't tell. Official texts: Exchange Act s. 16(b), Rules 16a-6,
16b-3, 16b-5, 16b-6, 16b-8.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

import msgspec

from section16.law.calendar_table import Basis
from section16.law.dated_table import read_table

Counts = Literal["yes", "no", "ask"]

ACQUIRED: Final = frozenset("PLO")
"""Codes of what can only be acquired; of a put or a written option the security itself is."""
DISPOSED: Final = frozenset("SFDU")
PLAN_CODES: Final = frozenset("ADFI")
"""Codes whose exemption is Rule 16b-3, which is for officers and directors."""
MAY_WAIT: Final = frozenset("PL")
"""Codes of acquisitions that may be small ones (Rule 16a-6)."""
ENDS_WAITING: Final = frozenset("SUH")
"""Codes of non-exempt dispositions, which end the waiting."""


class CodeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One code: whether it counts, why, and for a person who is only a ten-percent owner."""

    counts: Counts
    why: str
    cites: str
    basis: Basis
    owner: Counts | None = None


@cache
def code_rules() -> dict[str, CodeRule]:
    """The rules by code."""
    table = read_table("matching_codes")
    del table["as_of"]
    return msgspec.convert(table, dict[str, CodeRule], strict=True)


def leading_code(code: str) -> str:
    """The code itself, of `P/K` and `S/K` (with an equity swap) and of `P V` (reported early) the leading letter."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return letters[0] if letters[1:] in {"K", "V"} else letters


def is_swap(code: str) -> bool:
    """Whether an equity swap comes with the code: `P/K`."""
    return len(code) > 1 and code.upper().endswith("K")


def is_exempt(code: str) -> bool | None:
    """Whether a director's or officer's transaction of that code is exempt from Section 16(b).

    Those of Rule 16b-3 are taken to meet its conditions. None: the code doesn't tell.
    """
    letter = leading_code(code)
    if letter in PLAN_CODES:
        return True
    rule = code_rules().get(letter)
    return None if rule is None or rule.counts == "ask" else rule.counts == "no"
