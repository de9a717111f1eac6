"""Which footnote of one report is which of another: by its text, then by likeness and its id.

A footnote that only got another number is the same one, and so are the references to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from section16.form.document import Footnote, OwnershipDocument
from section16.reading.alignment import ALIKE, align
from section16.reading.changes import Change, ChangeKind
from section16.reading.report_parts import fold_blanks

_MOST_CHARACTERS: Final = 2_000


class MatchedFootnotes:
    """The footnotes of two reports, matched."""

    def __init__(self, before: OwnershipDocument, after: OwnershipDocument) -> None:
        """Match them."""
        self._before = before.footnotes.rows if before.footnotes else ()
        self._after = after.footnotes.rows if after.footnotes else ()
        self._root = f"{after.element}/footnotes/footnote"
        self._pairs = _pairs(self._before, self._after)
        self._known = (before.footnote_texts.keys(), after.footnote_texts.keys())
        self._same: dict[str, str] = {}
        for one, other in self._pairs:
            if one is not None and other is not None:
                old, new = self._before[one].id, self._after[other].id
                if old is not None and new is not None:
                    self._same.setdefault(old, new)

    def before(self, ids: Iterable[str]) -> tuple[str, ...]:
        """What the first report refers to, by the names that the second has for it, sorted."""
        had, has = self._known
        named = [self._same.get(note, f"{note} removed" if note in had or note in has else note) for note in ids]
        return tuple(sorted(named))

    def after(self, ids: Iterable[str]) -> tuple[str, ...]:
        """What the second report refers to, sorted. A footnote that neither has is the same in both."""
        had, has = self._known
        return tuple(sorted([f"{note} missing" if note in had and note not in has else note for note in ids]))

    def changes(self, *, spelling: bool) -> Iterator[Change]:
        """What was added, removed or reworded; with `spelling` also other blanks and other ids."""
        for one, other in self._pairs:
            old = None if one is None else self._before[one]
            new = None if other is None else self._after[other]
            shown = new if new is not None else old
            number = (other if other is not None else one or 0) + 1
            change = Change(
                place=f"Footnote {(shown.id if shown else None) or f'without an id, number {number}'}",
                path=f"{self._root}[{number}]",
                kind=ChangeKind.ADDED if old is None else ChangeKind.REMOVED if new is None else ChangeKind.CHANGED,
                before=None if old is None else old.text,
                after=None if new is None else new.text,
            )
            if old is None or new is None or fold_blanks(old.text) != fold_blanks(new.text):
                yield change
            elif spelling:
                yield from _respelled(old, new, change)


def _respelled(old: Footnote, new: Footnote, change: Change) -> Iterator[Change]:
    if old.text != new.text:
        yield msgspec.structs.replace(change, same_value=True)
    if old.id != new.id:
        path = f"{change.path}/@id"
        yield msgspec.structs.replace(change, path=path, before=old.id, after=new.id, same_value=True)


def _pairs(before: tuple[Footnote, ...], after: tuple[Footnote, ...]) -> list[tuple[int | None, int | None]]:
    """Positions of the footnotes that are one; equal texts first, else the likest, at least half, or of one id."""
    old = [likeness_words(note.text) for note in before]
    new = [likeness_words(note.text) for note in after]

    def likeness(one: int, other: int) -> float:
        shared = word_likeness(old[one], new[other])
        return max(shared, ALIKE) if before[one].id is not None and before[one].id == after[other].id else shared

    keys = [[fold_blanks(note.text) for note in notes] for notes in (before, after)]
    return [(pair.before, pair.after) for pair in align(keys[0], keys[1], likeness)]


def likeness_words(text: str) -> frozenset[str]:
    """The words by which a text is compared: those of its first 2,000 characters, twice what a footnote may have."""
    return frozenset(text[:_MOST_CHARACTERS].casefold().split())


def word_likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words of two texts are in both: 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
