"""The references to footnotes in the lines of both tables, each with the field it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import msgspec

from section16.form.document import OwnershipDocument
from section16.form.field_table import Kind, plan
from section16.reading.report_parts import Part

_KEPT: Final = re.compile(r"<(?:[^\s/>:]+:)?footnoteId\s[^>]*?\bid\s*=\s*[\"']\s*([^\"']*?)\s*[\"']")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A field of a line, named by its XML elements, and the ids of the footnotes it refers to, in order."""

    line: Part
    elements: tuple[str, ...]
    identifiers: tuple[str, ...]


def references(lines: Iterable[Part]) -> Iterator[Reference]:
    """Every field of `lines` that refers to a footnote, in document order."""
    for line in lines:
        yield from _inside(line, line.record, ())


def kept_references(document: OwnershipDocument) -> Iterator[str]:
    """Ids that stand in what the reader kept word for word: unknown, doubled and misplaced parts of a report."""
    for xml in _kept(document):
        yield from _KEPT.findall(_COMMENT.sub("", xml))


def _kept(part: Any) -> Iterator[str]:
    extra = getattr(part, "extra", None)
    if extra is not None:
        yield from (other.xml for other in extra.other)
    for inner in _parts(part):
        yield from _kept(inner)


def _parts(part: Any) -> Iterator[Any]:
    """What stands in a record or a table; nothing in a cell."""
    if hasattr(part, "rows"):
        yield from part.rows
    elif hasattr(part, "element"):
        for field in plan(type(part)).fields:
            value = getattr(part, field.attribute)
            if field.kind is Kind.GROUPS:
                yield from value
            elif value is not None and field.kind in {Kind.GROUP, Kind.ROWS, Kind.CELL}:
                yield value


def _inside(line: Part, record: Any, above: tuple[str, ...]) -> Iterator[Reference]:
    record_class: type = type(record)
    for attribute, element, kind in _fields(record_class):
        value = getattr(record, attribute)
        if not value:
            continue
        if kind is Kind.GROUP:
            yield from _inside(line, value, (*above, element))
        elif kind is Kind.NOTES:
            yield Reference(line, (*above, element), value)
        elif value.footnotes:
            yield Reference(line, (*above, element), value.footnotes)


@cache
def _fields(record: type) -> tuple[tuple[str, str, Kind], ...]:
    """Attribute, element and kind of the fields that can refer to footnotes, or hold such fields."""
    kinds = {Kind.GROUP, Kind.NOTES, Kind.CELL}
    return tuple((field.attribute, field.name, field.kind) for field in plan(record).fields if field.kind in kinds)
