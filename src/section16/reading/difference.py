"""Line-by-line difference of two reports, for example an amendment and its original.

Compared is what the reports say: 13334.00 and 13334 are one number, an unmarked box is an absent one, a footnote that
only got another number is the same footnote. What EDGAR inserts (names, schema version) is no change where one side
lacks it. CCCs, comments and the order of elements are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from section16.form.document import Issuer, OwnershipDocument
from section16.form.field_table import Kind
from section16.reading.alignment import Likeness, align
from section16.reading.changes import Change, ChangeKind, Difference, difference_text
from section16.reading.flat_fields import FlatField, content
from section16.reading.matched_footnotes import MatchedFootnotes
from section16.reading.matched_parts import (
    line_key,
    line_likeness,
    owner_key,
    owner_likeness,
    signature_key,
    signature_likeness,
)
from section16.reading.printed_place import box_place, column_place, sentence_start, words
from section16.reading.report_parts import (
    Part,
    header,
    meaning,
    reporting_owners,
    signatures,
    table_lines,
    unknown_markup,
)

__all__ = ["Change", "ChangeKind", "Difference", "difference", "difference_text"]

_REMARKS: Final = "/remarks"


def difference(a: OwnershipDocument, b: OwnershipDocument, *, spelling: bool = False) -> Difference:
    """Return what is different in `b`, the later report, against `a`; with `spelling` also other spellings of a value.

    Owners are matched by CIK, else name; lines and signatures by what they say; footnotes by text, else likeness, else
    id.
    """
    return Difference(tuple(_Comparison(a, b, spelling=spelling).changes()))


class _Comparison:
    """Two reports, and how to compare them."""

    def __init__(self, before: OwnershipDocument, after: OwnershipDocument, *, spelling: bool) -> None:
        self.before = before
        self.after = after
        self.spelling = spelling
        self.form = after.form or before.form
        self.footnotes = MatchedFootnotes(before, after)

    def changes(self) -> Iterator[Change]:
        """All changes, in the order of the form."""
        boxes = list(self._within(header(self.before), header(self.after)))
        yield from [change for change in boxes if not change.path.endswith(_REMARKS)]
        yield from self._parts(reporting_owners, owner_key, owner_likeness)
        for table in ("I", "II"):
            yield from self._lines(table_lines(self.before, table), table_lines(self.after, table))
        yield from self.footnotes.changes(spelling=self.spelling)
        yield from [change for change in boxes if change.path.endswith(_REMARKS)]
        yield from self._parts(signatures, signature_key, signature_likeness)

    def _parts(
        self,
        parts: Callable[[OwnershipDocument], list[Part]],
        key: Callable[[Part], Hashable],
        likeness: Callable[[Part, Part], float],
    ) -> Iterator[Change]:
        before, after = parts(self.before), parts(self.after)
        keys = [key(part) for part in before], [key(part) for part in after]
        yield from self._aligned(before, after, keys, lambda one, other: likeness(before[one], after[other]))

    def _lines(self, before: list[Part], after: list[Part]) -> Iterator[Change]:
        old, new = [part.meanings for part in before], [part.meanings for part in after]

        def likeness(one: int, other: int) -> float:
            same_kind = before[one].record.kind == after[other].record.kind
            return line_likeness(old[one], new[other]) if same_kind else 0.0

        keys = (
            [line_key(part, self.footnotes.before) for part in before],
            [line_key(part, self.footnotes.after) for part in after],
        )
        yield from self._aligned(before, after, keys, likeness)

    def _aligned(
        self,
        before: list[Part],
        after: list[Part],
        keys: tuple[Sequence[Hashable], Sequence[Hashable]],
        likeness: Likeness,
    ) -> Iterator[Change]:
        for one, other, moved in align(*keys, likeness):
            if one is not None and other is not None:
                if moved:
                    yield _moved(before[one], after[other])
                yield from self._within(before[one], after[other])
            elif one is not None:
                yield _whole(before[one], ChangeKind.REMOVED)
            elif other is not None:
                yield _whole(after[other], ChangeKind.ADDED)

    def _within(self, before: Part, after: Part) -> Iterator[Change]:
        """The changes inside a record that both reports have. Records of one kind and table have the same fields."""
        for flat in after.fields:
            place = self._place(before, after, flat)
            yield from self._value(flat, before, after, place)
            yield from self._references(flat, before, after, place)
        yield from self._beyond(before, after)

    def _place(self, before: Part, after: Part, flat: FlatField) -> str:
        if after.table is not None:
            inner = column_place(self.form, after.table, flat.field)
        else:
            inner = box_place(self.form, flat.field)
        outer = _outer_place(before, after) or ("Issuer" if flat.elements[0] == Issuer.element else "")
        return f"{outer}, {inner}" if outer else sentence_start(inner)

    def _value(self, flat: FlatField, before: Part, after: Part, place: str) -> Iterator[Change]:
        old, new = content(flat, before.record).text, content(flat, after.record).text
        if old == new or (flat.field.item.inserted and (old is None or new is None)):
            return
        same = meaning(flat, old) == meaning(flat, new)
        if not same or self.spelling:
            end = "/value" if flat.field.kind is Kind.CELL else ""
            yield _change(place, (before, after), "/".join(flat.elements) + end, (old, new), same=same)

    def _references(self, flat: FlatField, before: Part, after: Part, place: str) -> Iterator[Change]:
        old, new = content(flat, before.record).footnotes, content(flat, after.record).footnotes
        same = self.footnotes.before(old) == self.footnotes.after(new)
        if not same or (self.spelling and old != new):
            end = "/footnoteId" if flat.field.kind is Kind.CELL else ""
            shown = " ".join(old) or None, " ".join(new) or None
            yield _change(f"{place}, footnotes", (before, after), "/".join(flat.elements) + end, shown, same=same)

    def _beyond(self, before: Part, after: Part) -> Iterator[Change]:
        """What stands in one of the records beyond the official form."""
        old, new = Counter(unknown_markup(before.record)), Counter(unknown_markup(after.record))
        outer = _outer_place(before, after)
        place = f"{outer}, not on the form" if outer else "Not on the form"
        for path, markup in (old - new).elements():
            yield _change(place, (before, after), path, (markup, None), same=False)
        for path, markup in (new - old).elements():
            yield _change(place, (before, after), path, (None, markup), same=False)


def _outer_place(before: Part, after: Part) -> str:
    """Where the record stands, and which it was before if it was another."""
    return after.place if before.place == after.place else f"{after.place} (was {before.place.rpartition(' ')[2]})"


def _change(
    place: str, parts: tuple[Part, Part], below: str, texts: tuple[str | None, str | None], *, same: bool
) -> Change:
    """A change of a text; one that was blank and now isn't was added, the other way round it was removed."""
    before, after = texts
    had, has = bool(before and before.strip()), bool(after and after.strip())
    kind = ChangeKind.CHANGED if had and has else ChangeKind.REMOVED if had else ChangeKind.ADDED
    if not had and not has:
        kind = ChangeKind.REMOVED if after is None else ChangeKind.ADDED
    outer = parts[0 if after is None else 1].path
    path = f"{outer}/{below}" if below else outer
    return Change(place=place, path=path, kind=kind, before=before, after=after, same_value=same)


def _whole(part: Part, kind: ChangeKind) -> Change:
    """A record that only one of the reports has, with all that it says."""
    text = _summary(part)
    added = kind is ChangeKind.ADDED
    return Change(
        place=part.place, path=part.path, kind=kind, before=None if added else text, after=text if added else None
    )


def _summary(part: Part) -> str:
    said = []
    for flat in part.fields:
        held = content(flat, part.record)
        text = (held.text or "").strip() if meaning(flat, held.text) is not None else ""
        notes = f"({', '.join(held.footnotes)})" if held.footnotes else ""
        if text or notes:
            said.append(f"{_name(part, flat)}: {' '.join(filter(None, (text, notes)))}")
    said += [markup for _path, markup in unknown_markup(part.record)]
    return "; ".join(said)


def _name(part: Part, flat: FlatField) -> str:
    return words(flat.field.name if part.table else flat.field.attribute)


def _moved(before: Part, after: Part) -> Change:
    return Change(place=after.place, path=after.path, kind=ChangeKind.MOVED, before=before.place, after=after.place)
