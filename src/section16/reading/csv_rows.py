"""The lines of a report as CSV: one row a line of Table I and II, every report with the same columns.

Columns come from the field table, named by the keys of the JSON. RFC 4180: UTF-8, commas, CRLF. Numbers stand as filed
(`13334.00`), dates as `2022-09-01`, boxes as `true` or `false`; an empty cell is absent or blank, which only XML and
JSON tell apart. A spreadsheet must not take a text for a formula, so one that begins with `=`, `+`, `-` or `@`, or a
twin of them, gets a `'` before it; characters that do not show stand as escapes. Addresses, signatures and CCCs are
left out.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from section16.form.document import (
    Issuer,
    OwnershipDocument,
    ReportingOwner,
    ReportingOwnerId,
    ReportingOwnerRelationship,
)
from section16.form.field_table import Field, Kind
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
    Row,
    is_transaction,
)
from section16.reading.flat_fields import FlatField, content, flat_fields
from section16.render.visible import shown

_CONTAINER: Final = ("accession", "filed_on", "accepted_at")
_LINE: Final = ("table", "line", "kind")
_LAST: Final = ("footnote_texts", "remarks")
_REMARKS: Final = "remarks"
_SECRET: Final = "ccc"  # noqa: S105 - the name of the field that is left out
_BETWEEN_OWNERS: Final = "; "
_FORMULA_STARTS: Final = frozenset("=+-@")
_RECORDS: Final = (DerivativeTransaction, DerivativeHolding, NonDerivativeTransaction, NonDerivativeHolding)


def csv_rows(
    document: OwnershipDocument,
    *,
    accession: str | None = None,
    filed_on: date | None = None,
    accepted_at: datetime | None = None,
    header: bool = True,
) -> bytes:
    """Return the lines of a report, Table I then II, in document order; no rows if it has no lines.

    With several reporting owners, each of the owners' columns holds all of theirs joined by "; ", in document order.
    `footnote_texts` has the footnotes that the line refers to, one after the other on lines of their own. Without
    `header` the first row is left out, so that reports can be put into one file.
    """
    container = (
        guarded(accession or ""),
        filed_on.isoformat() if filed_on else "",
        accepted_at.isoformat() if accepted_at else "",
    )
    report = (*container, *_report_cells(document))
    remarks = guarded(document.remarks or "")
    texts = document.footnote_texts
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    if header:
        writer.writerow(csv_header())
    for table, rows in (("I", document.table_one), ("II", document.table_two)):
        for line, row in enumerate(rows, 1):
            notes = _footnote_texts(row, texts)
            kind = "transaction" if is_transaction(row) else "holding"
            writer.writerow((*report, table, line, kind, *_row_cells(row), notes, remarks))
    return target.getvalue().encode("utf-8", "backslashreplace")


@cache
def csv_header() -> tuple[str, ...]:
    """The names of the columns, the same for every report."""
    report = [flat.keys[-1] for flat in (*_plain(OwnershipDocument), *_plain(Issuer), *_owner_fields())]
    return (*_CONTAINER, *report, *_LINE, *[name for flat in _row_fields() for name in _names(flat)], *_LAST)


def guarded(text: str) -> str:
    r"""A text for a spreadsheet: no formula, and nothing in it that does not show, tabs and line ends apart."""
    visible = shown(text.strip()).replace("\r\n", "\n").replace("\r", "\\r")
    if visible and unicodedata.normalize("NFKC", visible[0])[0] in _FORMULA_STARTS:
        return f"'{visible}"
    return visible


def _plain(record: type) -> tuple[FlatField, ...]:
    """The bare fields of a record itself, not those of its groups; without remarks, which come last."""
    return tuple([flat for flat in flat_fields(record) if len(flat.keys) == 1 and flat.keys != (_REMARKS,)])


@cache
def _owner_fields() -> tuple[FlatField, ...]:
    """Who reports and in what relationship; not the confirmation code, which is secret."""
    shown_groups = {ReportingOwnerId.element, ReportingOwnerRelationship.element}
    return tuple(
        [
            flat
            for flat in flat_fields(ReportingOwner)
            if flat.elements[0] in shown_groups and flat.field.attribute != _SECRET
        ]
    )


@cache
def _row_fields() -> tuple[FlatField, ...]:
    """The places of all kinds of lines; what only some have stands where their official order puts it."""
    found = list(flat_fields(_RECORDS[0]))
    for record in _RECORDS[1:]:
        at = 0
        for flat in flat_fields(record):
            known = next((place for place, one in enumerate(found) if one.keys == flat.keys), None)
            if known is None:
                found.insert(at, flat)
            at = (at if known is None else known) + 1
    return tuple(found)


def _names(flat: FlatField) -> tuple[str, ...]:
    """The columns of a place: its value, and its footnotes where it can have them."""
    if flat.field.kind is Kind.NOTES:
        return ("_".join(flat.keys),)
    key = flat.keys[-1]
    return (key, f"{key}_footnotes") if flat.field.kind is Kind.CELL else (key,)


def _report_cells(document: OwnershipDocument) -> Iterator[str]:
    for flat in _plain(OwnershipDocument):
        yield _typed(flat.field, content(flat, document).text)
    for flat in _plain(Issuer):
        yield _typed(flat.field, content(flat, document.issuer).text)
    for flat in _owner_fields():
        yield _joined([_typed(flat.field, content(flat, owner).text) for owner in document.reporting_owners])


def _joined(cells: Sequence[str]) -> str:
    """The cells of all owners, none left out, so that the n-th belongs to the n-th owner; nothing if none has any."""
    return _BETWEEN_OWNERS.join(cells) if any(cells) else ""


def _row_cells(row: Row) -> Iterator[str]:
    for flat in _row_fields():
        held = content(flat, row) if _has(row, flat) else None
        if flat.field.kind is not Kind.NOTES:
            yield _typed(flat.field, held.text if held else None)
        if flat.field.kind in {Kind.NOTES, Kind.CELL}:
            yield guarded(" ".join(held.footnotes)) if held else ""


def _has(row: Row, flat: FlatField) -> bool:
    return flat.attributes[0] in row.__struct_fields__


def _typed(field: Field, text: str | None) -> str:
    """A value as its type writes it; a text, and what cannot be read as its type, guarded."""
    if text is None:
        return ""
    value: Any = field.read(text)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return text.strip().removeprefix("+")
    return value.isoformat() if isinstance(value, date) else guarded(text)


def _footnote_texts(row: Row, texts: Any) -> str:
    """The footnotes that a line refers to, in the order in which it does, each once."""
    ids = dict.fromkeys([note for flat in flat_fields(type(row)) for note in content(flat, row).footnotes])
    return guarded("\n".join([f"{note}: {texts[note].strip()}" for note in ids if note in texts]))
