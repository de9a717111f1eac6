"""By what a line, a reporting owner or a signature of one report is known again in another.

Two with one key say the same; the likeness of others, 0 to 1, decides which of them is which.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from section16.identifiers import cik
from section16.reading.flat_fields import content
from section16.reading.matched_footnotes import likeness_words, word_likeness
from section16.reading.report_parts import Meaning, Part, fold_blanks, unknown_markup

_IDENTITY: Final = {
    "securityTitle": 4,
    "transactionDate": 4,
    "transactionCode": 4,
    "directOrIndirectOwnership": 2,
    "natureOfOwnership": 2,
}
"""How many other fields each of these counts for, when it is asked whether two lines are one."""


def line_key(part: Part, footnotes: Callable[[Sequence[str]], tuple[str, ...]]) -> Hashable:
    """All that a line says: two with one key are equal."""
    notes = [(flat.elements, content(flat, part.record).footnotes) for flat in part.fields]
    return (
        part.record.kind,
        tuple(part.meanings.items()),
        tuple([(elements, footnotes(ids)) for elements, ids in notes if ids]),
        tuple(sorted(unknown_markup(part.record))),
    )


def line_likeness(one: dict[tuple[str, ...], Meaning], other: dict[tuple[str, ...], Meaning]) -> float:
    """The share of fields with the same value among those that either line fills in, by their weights."""
    all_of_it = shared = 0
    for elements in one.keys() | other.keys():
        weight = _IDENTITY.get(elements[-1], 1)
        all_of_it += weight
        shared += weight * (one.get(elements) == other.get(elements))
    return shared / all_of_it if all_of_it else 1.0


def owner_key(part: Part) -> Hashable:
    """The CIK, else the name."""
    number = cik.compact(part.record.cik or "")
    return number or _folded_name(part)


def owner_likeness(one: Part, other: Part) -> float:
    """Those of one name are one, if a CIK was mended or is missing."""
    return 1.0 if _folded_name(one) and _folded_name(one) == _folded_name(other) else 0.0


def _folded_name(part: Part) -> str:
    return fold_blanks(part.record.name or "").casefold()


def signature_key(part: Part) -> Hashable:
    """The name that stands under it."""
    return _folded_name(part)


def signature_likeness(one: Part, other: Part) -> float:
    """Signatures are not tied to owners, so those at one place are one; the likest first."""
    return 0.5 + word_likeness(likeness_words(one.record.name or ""), likeness_words(other.record.name or "")) / 2
