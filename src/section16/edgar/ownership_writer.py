"""A document to ownership XML, in one canonical spelling that EDGAR's schemas accept.

Fields stand in the official order unless the document was read in another; what the field table does not know
goes back to its place. Official text: EDGAR Ownership XML Technical Specification 5.5, lexical rules: start tag,
value and end tag on one line; `<`, `>`, `&`, `"` escaped; declaration first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice
from typing import Any, Final

from section16.edgar.kept_markup import escaped, outside_root, quoted, sound, still_says
from section16.edgar.safe_xml import parse
from section16.errors import SourceError, excerpt
from section16.form.cells import Extra, Noted, Other
from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan

_INDENT: Final = "    "
_NAME: Final = re.compile(r"""[^\s<>"'=/&]++""")


def write_ownership_xml(document: OwnershipDocument) -> bytes:
    """Return the document as it stands, with a declaration, in ASCII.

    Only where a kept name, comment or instruction holds other characters is it UTF-8: XML has no other spelling there.
    Raises SourceError XML_NOT_WELL_FORMED if a kept fragment, or a character of a text, cannot stand in XML.
    """
    before, after = ([outside_root(xml) for xml in place] for place in (document.prolog, document.epilog))
    lines = ['<?xml version="1.0"?>', *before, *_record("", document.element, document), *after]
    data = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
    _refuse_unreadable(data)
    return data


def _refuse_unreadable(data: bytes) -> None:
    """What was built from Python or JSON may hold characters that no XML can."""
    try:
        parse(data, limit=len(data))
    except SourceError as error:
        message = f"the document cannot be written as XML: {excerpt(error.message)}"
        raise SourceError("XML_NOT_WELL_FORMED", message, line=error.line, column=error.column) from None


def _start(name: str, attributes: tuple[tuple[str, str], ...] = ()) -> str:
    """Inside of a start tag. Raises SourceError XML_NOT_WELL_FORMED if an attribute's name is none."""
    for attribute, _ in attributes:
        if _NAME.fullmatch(attribute) is None:
            raise SourceError("XML_NOT_WELL_FORMED", f"not the name of an attribute: {excerpt(attribute)}")
    return " ".join([name, *(f'{attribute}="{quoted(value)}"' for attribute, value in attributes)])


def _record(indent: str, name: str, record: Any) -> list[str]:
    """Lines of one record: start tag, children, end tag."""
    extra: Extra | None = record.extra
    start = _start(name, extra.attributes) if extra else name
    inner = indent + _INDENT
    if extra is None:
        pieces = [piece for field in plan(type(record)).fields for piece in _pieces(inner, field, record, None)]
    else:
        pieces = _placed(inner, _in_order(inner, record, extra), extra.other)
    return _around(indent, start, name, pieces)


def _in_order(inner: str, record: Any, extra: Extra) -> list[str]:
    """The known children, one piece each, in the order in which they were read."""
    raw = {other.of: other for other in extra.other if other.of}
    pieces: dict[str, list[str]] = {}
    for field in plan(type(record)).fields:
        pieces[field.name] = _pieces(inner, field, record, raw.get(field.name))
    return _ordered(pieces, extra.order)


def _ordered(pieces: dict[str, list[str]], order: tuple[str, ...] | None) -> list[str]:
    """`pieces` by `order`; what the order doesn't name follows in the official one."""
    if order is None:
        return [piece for group in pieces.values() for piece in group]
    rest = {name: iter(group) for name, group in pieces.items()}
    first = [piece for name in order if name in rest for piece in islice(rest[name], 1)]
    return first + [piece for group in rest.values() for piece in group]


def _placed(inner: str, pieces: list[str], others: tuple[Other, ...]) -> list[str]:
    """Put the unknown things back at their places among the children."""
    result: list[str] = []
    known = iter(pieces)
    for other in sorted((other for other in others if not other.of), key=lambda other: other.at):
        result += islice(known, max(0, min(other.at - len(result), len(pieces))))
        result.append(f"{inner}{sound(other.xml)}")
    return [*result, *known]


def _pieces(inner: str, field: Field, record: Any, raw: Other | None) -> list[str]:
    """The children of one field, one piece (maybe of several lines) for each element."""
    value = getattr(record, field.attribute)
    name = field.name
    if value is None:
        return []
    if field.kind in {Kind.TEXT, Kind.PLAIN}:
        text = value if field.kind is Kind.TEXT else value.text
        return [f"{inner}{_leaf(name, text, raw)}"]
    if field.kind is Kind.NOTES:
        return [f"{inner}{_reference(note)}" for note in value]
    if field.kind is Kind.CELL:
        return ["\n".join(_cell(inner, name, value))]
    if field.kind is Kind.GROUP:
        return ["\n".join(_record(inner, name, value))]
    if field.kind is Kind.GROUPS:
        return ["\n".join(_record(inner, name, one)) for one in value]
    return ["\n".join(_table(inner, name, value))]


def _leaf(name: str, text: str, raw: Other | None) -> str:
    """A leaf; with the markup it was read from, as long as that still says the same."""
    if raw is not None and still_says(raw.xml, name, text) is not None:
        return sound(raw.xml)
    return f"<{name}>{escaped(text)}</{name}>"


def _reference(note: str) -> str:
    return f'<footnoteId id="{quoted(note)}"/>'


def _cell(indent: str, name: str, cell: Noted[Any]) -> list[str]:
    extra = cell.extra
    inner = indent + _INDENT
    raw = next((other for other in extra.other if other.of == "value"), None) if extra else None
    value = [] if cell.text is None else [f"{inner}{_leaf('value', cell.text, raw)}"]
    notes = [f"{inner}{_reference(note)}" for note in cell.footnotes]
    start = name
    pieces = value + notes
    if extra is not None:
        start = _start(name, extra.attributes)
        pieces = _placed(inner, _ordered({"value": value, "footnoteId": notes}, extra.order), extra.other)
    return _around(indent, start, name, pieces)


def _table(indent: str, name: str, table: Any) -> list[str]:
    """Lines of a table or of the footnotes."""
    extra: Extra | None = table.extra
    inner = indent + _INDENT
    raw = {other.at: other for other in extra.other if other.of} if extra else {}
    pieces = [
        f"{inner}{_footnote(row, raw.get(at))}"
        if isinstance(row, Footnote)
        else "\n".join(_record(inner, row.element, row))
        for at, row in zip(_places(extra), table.rows, strict=False)
    ]
    start = name
    if extra is not None:
        start = _start(name, extra.attributes)
        pieces = _placed(inner, pieces, extra.other)
    return _around(indent, start, name, pieces)


def _places(extra: Extra | None) -> Iterator[int]:
    """Where the lines of a table stand among its children: the places that unknown things leave free."""
    taken = {other.at for other in extra.other if not other.of} if extra else set()
    return (at for at in count() if at not in taken)


def _footnote(footnote: Footnote, raw: Other | None) -> str:
    """A footnote; with the markup it was read from, as long as that still says the same."""
    if raw is not None:
        node = still_says(raw.xml, "footnote", footnote.text)
        if node is not None and node.get("id") == footnote.id:
            return sound(raw.xml)
    start = "footnote" if footnote.id is None else _start("footnote", (("id", footnote.id),))
    return f"<{start}>{escaped(footnote.text)}</footnote>"


def _around(indent: str, start: str, name: str, pieces: list[str]) -> list[str]:
    """The lines of an element: on one line if nothing stands in it."""
    if not pieces:
        return [f"{indent}<{start}></{name}>"]
    return [f"{indent}<{start}>", *pieces, f"{indent}</{name}>"]
