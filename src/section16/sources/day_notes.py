"""What the archive remembers of each day of EDGAR: fetched or not, for which forms, and by which list.

A day is marked only when every filing of its index was handed to the archive, so that a process killed at any moment
leaves days unmarked, never marked too early. The mark holds the hash of the list of filings, for `verify`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from typing import Final

import msgspec

from section16.edgar.filing_index import IndexedFiling
from section16.sources.keeper import Keeper

_DAY: Final = "edgar.day."
_QUARTER: Final = "edgar.dataset."


class DayNote(msgspec.Struct, frozen=True, kw_only=True):
    """A day fetched: its forms, how many filings the index has of them, the hash of their list, what EDGAR lacks.

    `missing` are filings that the index names and EDGAR does not have; they are asked for again by each later sync.
    """

    forms: tuple[str, ...]
    filings: int
    digest: str
    missing: tuple[str, ...] = ()


def day_note(keeper: Keeper, day: date) -> DayNote | None:
    """What is remembered of a day."""
    text = keeper.noted(f"{_DAY}{day}")
    try:
        return msgspec.json.decode(text, type=DayNote) if text else None
    except msgspec.MsgspecError:
        return None


def is_fetched(keeper: Keeper, day: date, forms: Collection[str]) -> bool:
    """Whether a day is done for all of these forms."""
    note = day_note(keeper, day)
    return note is not None and not note.missing and set(forms) <= set(note.forms)


def mark_fetched(
    keeper: Keeper, day: date, forms: Collection[str], filings: Iterable[IndexedFiling], missing: Iterable[str]
) -> None:
    """Remember that a day is done."""
    listed = tuple(filings)
    note = DayNote(
        forms=tuple(sorted(forms)),
        filings=len(listed),
        digest=list_digest(listed),
        missing=tuple(sorted(missing)),
    )
    keeper.note(f"{_DAY}{day}", msgspec.json.encode(note).decode())


def list_digest(filings: Iterable[IndexedFiling]) -> str:
    """The hash of a day's list: its accession numbers and forms, in order, whichever index named them."""
    lines = sorted(f"{filing.accession} {filing.form}\n" for filing in filings)
    return sha256("".join(lines).encode()).hexdigest()


def dataset_is_loaded(keeper: Keeper, year: int, quarter: int) -> bool:
    """Whether a quarter's data set was taken into the archive."""
    return keeper.noted(f"{_QUARTER}{year}q{quarter}") is not None


def mark_dataset(keeper: Keeper, year: int, quarter: int, digest: str) -> None:
    """Remember that a quarter's data set was taken, by the hash of its zip."""
    keeper.note(f"{_QUARTER}{year}q{quarter}", digest)
