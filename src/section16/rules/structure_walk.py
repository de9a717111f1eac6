"""Goes through a document beside its checks and gathers the faults of its structure.

Official text: EDGAR Ownership XML Technical Specification 5.5 and the six ownership*Document.xsd.xml. The judge that
tests compare with is libxml2; beyond it, footnote references without a footnote are found here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from section16.errors import excerpt
from section16.form.cells import Noted
from section16.form.document import Footnotes, OwnershipDocument
from section16.form.field_table import Kind, plan
from section16.rules.structure_faults import ROOT, Fault, Spot
from section16.rules.structure_ids import (
    BARE,
    CROWDED_NOTES,
    DANGLING,
    EITHER,
    MISSING,
    NO_VALUE,
    NOT_HERE,
    NOTE_ID,
    NOTE_TWICE,
    NOTHING,
    TOO_MANY,
)
from section16.rules.structure_neighbours import absent_from, names_of, place_of, shape_of
from section16.rules.structure_oddities import Oddities
from section16.rules.structure_plan import Check, Era, RecordChecks, document_checks
from section16.rules.structure_values import EMPTY, Problem

_NOTE_ID: Final = re.compile(r"F[1-9][0-9]?").fullmatch
_ID_MEND: Final = "Ids are F1 to F99: a capital F and a number without leading zeros"
_BLANKS: Final = " \t\r\n"
_NONE: Final[frozenset[str]] = frozenset()
_A_CELL, _A_TEXT, _A_PLAIN = Kind.CELL, Kind.TEXT, Kind.PLAIN
_CELL: Final[Mapping[str, int]] = {"value": 0, "footnoteId": 1}
_HEADINGS: Final[Mapping[str, str]] = {"reportingOwner": "Reporting owner", "ownerSignature": "Signature"}


def structural_faults(document: OwnershipDocument, document_type: str, era: Era) -> list[Fault]:
    """Return the faults of a document's structure in document order, the footnotes' own and dangling ones last.

    `document_type` is one of the six, or "" if unknown: then only values, counts and footnotes are judged.
    """
    walk = _Walk(document)
    walk.record(document, document_checks(document_type, era), ROOT)
    walk.dangling()
    return walk.faults


def _id_mend(note: str) -> str:
    bare = note.strip(_BLANKS).upper()
    return f"Write {bare}: the capital F belongs to the id" if _NOTE_ID(bare) else _ID_MEND


class _Walk:
    def __init__(self, document: OwnershipDocument) -> None:
        self.faults: list[Fault] = []
        self._document = document
        self._prefixes: set[str] = set()
        self._references: list[tuple[Spot, Check, tuple[str, ...]]] = []
        self._footnotes_unread = False

    def record(self, record: Any, checks: RecordChecks, spot: Spot) -> None:
        """Judge one record and all below it."""
        unread = self._oddities(record, checks, spot) if record.extra is not None else _NONE
        for check in checks.checks:
            value = getattr(record, check.attribute)
            if value is None or (check.many and not value):
                if check.needed and check.field.name not in unread:
                    self._missing(record, check, spot, checks)
            elif not check.exists:
                self._not_here(check, spot, checks)
            elif check.kind is _A_CELL:
                self._cell(value, check, spot)
            elif check.kind is _A_TEXT or check.kind is _A_PLAIN:
                problem = check.judge(value if check.kind is _A_TEXT else value.text)
                if problem is not None:
                    self._wrong(problem, check, spot)
            else:
                self._inner(value, check, spot)
        for group, needed in checks.either:
            self._either(record, group, spot, unread, needed=needed)

    def _inner(self, value: Any, check: Check, spot: Spot) -> None:
        field = check.field
        if check.kind is Kind.GROUP:
            self.record(value, check.inner[type(value)], Spot(spot, field.name, 0, field, "", spot.table))
        elif check.kind is Kind.NOTES:
            self._notes(value, check, spot, check.most)
        elif check.kind is Kind.GROUPS:
            self._too_many(len(value), check, spot)
            self._many(value, check, spot, 0)
        elif field.table is Footnotes:
            self._footnotes(value, check, spot)
        else:
            self._table(value, check, spot)

    def _many(self, records: Sequence[Any], check: Check, spot: Spot, before: int) -> None:
        """Judge lines, owners or signatures, each with its number among its like; `before` lines stand above them."""
        counts: Counter[str] = Counter()
        for number, record in enumerate(records, before + 1):
            inner = check.inner[type(record)]
            name = record.element
            counts[name] += 1
            table = inner.setting.table
            heading = f"Table {table} line {number}" if table else f"{_HEADINGS[name]} {number}"
            inside = Spot(spot, name, counts[name], None, heading, table)
            if inner.exists:
                self.record(record, inner, inside)
            else:
                message = f"{name} does not exist on Form {inner.setting.document_type}, which has holdings only"
                self.faults.append(Fault(NOT_HERE, inside, message, ""))

    def _table(self, table: Any, check: Check, spot: Spot) -> None:
        number = "II" if check.field.name.startswith("derivative") else "I"
        inside = Spot(spot, check.field.name, 0, check.field, f"Table {number}")
        if table.extra is not None:
            self._odd(table.extra, inside, {}, absent=[plan(row).element for row in check.inner])
        self._too_many(len(table.rows), check, spot)
        loose = self._document.non_derivative_securities if number == "I" else self._document.derivative_securities
        self._many(table.rows, check, inside, len(loose))

    def _too_many(self, count: int, check: Check, spot: Spot) -> None:
        if count > check.most:
            several = "lines" if check.kind is Kind.ROWS and check.field.table is not Footnotes else check.field.name
            message = f"there are {count:,} {several}; {check.most} may stand"
            self._fault(TOO_MANY, spot, message, "", check)

    def _fault(self, kind: str, spot: Spot, message: str, mend: str, check: Check) -> None:
        self.faults.append(Fault(kind, spot, message, mend, check.field.name, check.field))

    def _missing(self, record: Any, check: Check, spot: Spot, checks: RecordChecks) -> None:
        form = checks.setting.document_type
        message = f"{check.field.name} is missing; {f'on Form {form}' if form else 'on every form'} it is needed"
        self._fault(MISSING, spot, message, f"Add it {place_of(record, check, checks)}{shape_of(check)}", check)

    def _not_here(self, check: Check, spot: Spot, checks: RecordChecks) -> None:
        where = checks.setting.line and f"a {checks.setting.line} line of Table {checks.setting.table} of "
        message = f"{check.field.name} does not exist on {where}Form {checks.setting.document_type}"
        if check.field.item.since > checks.setting.era.name:
            message += " in this edition"
        self._fault(NOT_HERE, spot, message, "", check)

    def _wrong(self, problem: Problem, check: Check, spot: Spot) -> None:
        mend = problem.mend
        if problem.kind == EMPTY and (check.needed or check.value_needed):
            mend = "Fill it in"
            mend += ", or leave out value and give a footnote" if check.value_or_note else ""
        elif check.field.item.inserted:
            mend = "Leave it out: EDGAR fills it in"
        self._fault(problem.kind, spot, f"{check.field.name}: {problem.message}", mend, check)

    def _cell(self, cell: Noted[Any], check: Check, spot: Spot) -> None:
        notes = cell.footnotes
        unread = _NONE
        if cell.extra is not None:
            inside = Spot(spot, check.field.name, 0, check.field, "", spot.table)
            present = ["value"] * (cell.text is not None) + ["footnoteId"] * len(notes)
            absent = () if cell.text is not None else ("value",)
            unread, more = self._odd(cell.extra, inside, _CELL, present, absent)
            notes = (*notes, *more)
        if cell.text is not None:
            problem = check.judge(cell.text)
            if problem is not None:
                self._wrong(problem, check, spot)
        elif "value" not in unread:
            self._no_value(check, spot, noted=bool(notes))
        if notes:
            self._notes(notes, check, spot, check.most - (check.value_or_note and cell.text is not None))

    def _no_value(self, check: Check, spot: Spot, *, noted: bool) -> None:
        name = check.field.name
        if check.value_needed:
            message = f"{name} has a footnote but no value" if noted else f"{name} has no value"
            self._fault(NO_VALUE, spot, message, "Give the value; here a footnote cannot stand in its place", check)
        elif check.value_or_note and not noted:
            message = f"{name} has neither a value nor a footnote"
            self._fault(NOTHING, spot, message, "Give the value, or a footnote that explains why there is none", check)

    def _notes(self, notes: tuple[str, ...], check: Check, spot: Spot, most: int) -> None:
        name = check.field.name
        self._references.append((spot, check, notes))
        if check.bare:
            mend = "Move the footnote to another column of the line"
            self._fault(BARE, spot, f"{name} may carry no footnote here", mend, check)
        elif len(notes) > most:
            self._fault(CROWDED_NOTES, spot, f"{len(notes):,} footnotes; {most} may stand", "Join some", check)
        for note in notes:
            if _NOTE_ID(note) is None and _NOTE_ID(note.strip(_BLANKS)) is None:
                self._fault(NOTE_ID, spot, f"'{excerpt(note)}' is not a footnote's id", _id_mend(note), check)

    def _either(
        self, record: Any, group: tuple[Check, ...], spot: Spot, unread: frozenset[str], *, needed: bool
    ) -> None:
        there = [check for check in group if getattr(record, check.attribute) is not None]
        names = " and ".join(check.field.name for check in group)
        if len(there) > 1:
            self._fault(EITHER, spot, f"{names} stand both", "Keep the one that applies", group[0])
        elif needed and not there and not any(check.field.name in unread for check in group):
            message = f"neither of {names} is there"
            self._fault(EITHER, spot, message, "Give the number of shares, or the value in dollars", group[0])

    def _oddities(self, record: Any, checks: RecordChecks, spot: Spot) -> frozenset[str]:
        """Judge what a record holds beyond the form; return the known elements that could not be read."""
        record_plan = plan(checks.record)
        notes = next((check for check in checks.checks if check.kind is Kind.NOTES), None)
        present = list(record.extra.order or names_of(record, checks)) if notes is not None else []
        unread, more = self._odd(record.extra, spot, record_plan.position, present, absent_from(record, checks))
        if notes is not None and more:
            self._notes((*getattr(record, notes.attribute), *more), notes, spot, notes.most)
        if spot is ROOT:
            self._footnotes_unread = "footnotes" in unread
        return unread

    def _odd(
        self,
        extra: Any,
        spot: Spot,
        position: Mapping[str, int],
        present: Sequence[str] = (),
        absent: Collection[str] = (),
    ) -> tuple[frozenset[str], tuple[str, ...]]:
        odd = Oddities(extra, spot, position, self._prefixes, absent)
        odd.in_order(extra.order or present, extra.other)
        self.faults += odd.faults
        return frozenset(odd.names), tuple(odd.references)

    def _footnotes(self, footnotes: Footnotes, check: Check, spot: Spot) -> None:
        inside = Spot(spot, check.field.name, 0, check.field, "Footnotes")
        if footnotes.extra is not None:
            self._odd(footnotes.extra, inside, {})
        self._too_many(len(footnotes.rows), check, spot)
        seen: set[str] = set()
        for number, footnote in enumerate(footnotes.rows, 1):
            note = (footnote.id or "").strip(_BLANKS)
            here = Spot(inside, "footnote", number, None, f"Footnote {excerpt(note) or number}")
            if footnote.id is None:
                self.faults.append(Fault(NOTE_ID, here, "the footnote has no id", _ID_MEND))
            elif _NOTE_ID(note) is None:
                self.faults.append(Fault(NOTE_ID, here, f"'{excerpt(footnote.id)}' is not a footnote's id", _ID_MEND))
            elif note in seen:
                mend = "Give the second one a number of its own, and mend the references to it"
                self.faults.append(Fault(NOTE_TWICE, here, f"two footnotes have the id {note}", mend))
            seen.add(note)

    def dangling(self) -> None:
        """Find references without a footnote (xs:IDREF, which libxml2 does not resolve)."""
        footnotes = self._document.footnotes
        defined = {(footnote.id or "").strip(_BLANKS) for footnote in footnotes.rows} if footnotes else _NONE
        if self._footnotes_unread:
            return
        for spot, check, notes in self._references:
            for note in dict.fromkeys(notes):
                bare = note.strip(_BLANKS)
                if bare not in defined and _NOTE_ID(bare) is not None:
                    message = f"{check.field.name} refers to footnote {bare}, which does not exist"
                    mend = f"Write footnote {bare}, refer to another one, or remove the reference"
                    self._fault(DANGLING, spot, message, mend, check)
