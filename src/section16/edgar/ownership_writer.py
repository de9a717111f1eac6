"""A document to ownership XML, in one canonical spelling that EDGAR's schemas accept.

Fields stand in the official order unless the document was read in another; what the field table does not know
goes back to its place. Official text: EDGAR Ownership XML Technical Specification 5.5, lexical rules: start tag,
value and end tag on one line; `<`, `>`, `&`, `"` escaped; declaration first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from lxml import etree

from section16.edgar.safe_xml import parse
from section16.errors import SourceError, excerpt
from section16.form.cells import Extra, Noted, Other
from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan

_INDENT: Final = "    "
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_SPECIAL: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def write_ownership_xml(document: OwnershipDocument) -> bytes:
    """Return the document as it stands, as ASCII bytes with a declaration.

    Raises SourceError XML_NOT_WELL_FORMED if a kept fragment, or a character of a text, cannot stand in XML.
    """
    lines = ['<?xml version="1.0"?>', *document.prolog, *_record("", document.element, document), *document.epilog]
    data = ("\n".join(lines) + "\n").encode("ascii", "xmlcharrefreplace")
    _refuse_unreadable(data)
    return data


def _refuse_unreadable(data: bytes) -> None:
    """What was built from Python or JSON may hold characters or fragments that no XML can."""
    try:
        parse(data, limit=len(data))
    except SourceError as error:
        message = f"the document cannot be written as XML: {excerpt(error.message)}"
        raise SourceError("XML_NOT_WELL_FORMED", message, line=error.line, column=error.column) from None


def escaped(text: str) -> str:
    """Text for the inside of an element."""
    return text.translate(_SPECIAL)


def _start(name: str, attributes: tuple[tuple[str, str], ...] = ()) -> str:
    parts = [name]
    for number, (attribute, value) in enumerate(attributes):
        quoted = value.translate(_IN_ATTRIBUTE)
        if attribute.startswith(_XML):
            parts.append(f'xml:{attribute.removeprefix(_XML)}="{quoted}"')
        elif attribute.startswith("{"):
            uri, _, local = attribute[1:].partition("}")
            parts.append(f'xmlns:a{number}="{uri.translate(_IN_ATTRIBUTE)}" a{number}:{local}="{quoted}"')
        else:
            parts.append(f'{attribute}="{quoted}"')
    return " ".join(parts)


def _record(indent: str, name: str, record: Any) -> list[str]:
    """Lines of one record: start tag, children, end tag."""
    extra: Extra | None = record.extra
    start = _start(name, extra.attributes) if extra else name
    inner = indent + _INDENT
    if extra is None:
        pieces = [piece for field in plan(type(record)).fields for piece in _pieces(inner, field, record, None)]
    else:
        pieces = _placed(inner, _in_order(inner, record, extra), extra.other)
    if not pieces:
        return [f"{indent}<{start}></{name}>"]
    return [f"{indent}<{start}>", *pieces, f"{indent}</{name}>"]


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
    rest = {name: list(group) for name, group in pieces.items()}
    first = [rest[name].pop(0) for name in order if rest.get(name)]
    return first + [piece for group in rest.values() for piece in group]


def _placed(inner: str, pieces: list[str], others: tuple[Other, ...]) -> list[str]:
    """Put the unknown things back at their places among the children."""
    result = list(pieces)
    for other in sorted((other for other in others if not other.of), key=lambda other: other.at):
        result.insert(other.at, f"{inner}{other.xml}")
    return result


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
    if raw is not None and _says(raw.xml, text):
        return raw.xml
    return f"<{name}>{escaped(text)}</{name}>"


def _says(xml: str, text: str) -> bool:
    try:
        return str(etree.XPath("string()")(parse(xml.encode("utf-8")))) == text
    except SourceError:
        return False


def _reference(note: str) -> str:
    return f'<footnoteId id="{note.translate(_IN_ATTRIBUTE)}"/>'


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
    if not pieces:
        return [f"{indent}<{start}></{name}>"]
    return [f"{indent}<{start}>", *pieces, f"{indent}</{name}>"]


def _table(indent: str, name: str, table: Any) -> list[str]:
    extra: Extra | None = table.extra
    inner = indent + _INDENT
    raw: defaultdict[int, Other | None] = defaultdict(lambda: None)
    if extra is not None:
        raw.update({other.at: other for other in extra.other if other.of})
    pieces = []
    for at, row in enumerate(table.rows):
        if isinstance(row, Footnote):
            pieces.append(f"{inner}{_footnote(row, raw, at, extra)}")
        else:
            pieces.append("\n".join(_record(inner, row.element, row)))
    start = name
    if extra is not None:
        start = _start(name, extra.attributes)
        pieces = _placed(inner, pieces, extra.other)
    if not pieces:
        return [f"{indent}<{start}></{name}>"]
    return [f"{indent}<{start}>", *pieces, f"{indent}</{name}>"]


def _footnote(footnote: Footnote, raw: defaultdict[int, Other | None], at: int, extra: Extra | None) -> str:
    before = sum(1 for other in extra.other if not other.of and other.at <= at) if extra else 0
    kept = raw[at + before]
    if kept is not None and _says(kept.xml, footnote.text):
        return kept.xml
    start = "footnote" if footnote.id is None else _start("footnote", (("id", footnote.id),))
    return f"<{start}>{escaped(footnote.text)}</footnote>"
