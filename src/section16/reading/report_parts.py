"""A report in parts that can be compared: its header, reporting owners, lines and signatures, each with its place.

Also what a text means, so that two spellings of one value are one: numbers as numbers, dates as days, boxes as marked
or not, CIKs without their leading zeros, other texts with their blanks folded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

import msgspec

from section16.form.cells import Extra
from section16.form.document import OwnershipDocument
from section16.form.field_table import Kind, plan
from section16.identifiers import cik
from section16.reading.flat_fields import FlatField, content, flat_fields

_SECRET: Final = "ccc"  # noqa: S105 - the name of the field that is left out
_SCHEMA_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_NOT_CONTENT: Final = ("<!--", "<?")

Meaning = Hashable
"""What a text says, None if it says nothing."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a report with its place in print ("" for the header) and in the XML; `table` is that of a line."""

    record: Any
    place: str
    path: str
    table: str | None = None

    @property
    def fields(self) -> tuple[FlatField, ...]:
        """Its fields in the official order, CCCs left out: they are secret, and no part of the report."""
        record: type = type(self.record)
        return tuple([flat for flat in flat_fields(record) if flat.field.attribute != _SECRET])

    @property
    def meanings(self) -> dict[tuple[str, ...], Meaning]:
        """What each field with a value says, by its elements."""
        said = {flat.elements: meaning(flat, content(flat, self.record).text) for flat in self.fields}
        return {elements: value for elements, value in said.items() if value is not None}


def header(document: OwnershipDocument) -> Part:
    """The boxes of the report and its issuer."""
    return Part(record=document, place="", path=document.element)


def reporting_owners(document: OwnershipDocument) -> list[Part]:
    """The reporting persons, without CCCs."""
    return _numbered(document, document.reporting_owners, "Reporting owner")


def signatures(document: OwnershipDocument) -> list[Part]:
    """The signatures."""
    return _numbered(document, document.signatures, "Signature")


def table_lines(document: OwnershipDocument, table: str) -> list[Part]:
    """The lines of Table `I` or `II` in document order."""
    rows = document.table_one if table == "I" else document.table_two
    holder = document.non_derivative_table if table == "I" else document.derivative_table
    loose = len(document.non_derivative_securities if table == "I" else document.derivative_securities)
    inside = f"{document.element}/{holder.element}" if holder else document.element
    counts: Counter[str] = Counter()
    parts: list[Part] = []
    for line, row in enumerate(rows, 1):
        counts[row.element] += 1
        around = document.element if line <= loose else inside
        path = f"{around}/{row.element}[{counts[row.element]}]"
        parts.append(Part(record=row, place=f"Table {table} line {line}", path=path, table=table))
    return parts


def _numbered(document: OwnershipDocument, records: Sequence[Any], name: str) -> list[Part]:
    return [
        Part(record=record, place=f"{name} {number}", path=f"{document.element}/{record.element}[{number}]")
        for number, record in enumerate(records, 1)
    ]


def meaning(flat: FlatField, text: str | None) -> Meaning:
    """What a text says, None if there is none or it is blank.

    A box that is not marked says as much as one that is absent, unless the form demands an answer (10b5-1, equity
    swap). A text that cannot be read as its type says its words.
    """
    if text is None or not (folded := fold_blanks(text)):
        return None
    if flat.field.attribute == "cik":
        return cik.compact(folded) or folded
    value = flat.field.read(text)
    if value is None or isinstance(value, str):
        return folded
    return None if value is False and not flat.field.item.need else value


def fold_blanks(text: str) -> str:
    """The words of a text with one blank between them."""
    return " ".join(text.split())


def unknown_markup(record: Any) -> Iterator[tuple[str, str]]:
    """What a record holds beyond the official form: the path below it ("" for itself), and the markup or attribute.

    Comments, processing instructions and what belongs to XML itself (namespaces, schema locations) are no content.
    """
    yield from [("", markup) for markup in _markup(record.extra)]
    for field in plan(type(record)).fields:
        value = getattr(record, field.attribute)
        if value is None or field.kind not in {Kind.GROUP, Kind.CELL, Kind.ROWS}:
            continue
        if field.kind is Kind.GROUP:
            yield from [(f"{field.name}/{path}".rstrip("/"), markup) for path, markup in unknown_markup(value)]
        else:
            yield from [(field.name, markup) for markup in _markup(value.extra)]


def _markup(extra: Extra | None) -> Iterator[str]:
    if extra is None:
        return
    for name, value in extra.attributes:
        if not name.startswith(("xmlns", _SCHEMA_INSTANCE)):
            yield f'{name}="{value}"'
    for other in extra.other:
        if other.of is None and not other.xml.startswith(_NOT_CONTENT):
            yield other.xml
