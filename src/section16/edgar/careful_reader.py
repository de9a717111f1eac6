"""The complete way from an XML tree to a document: anything well-formed, nothing lost, nothing guessed.

What the field table does not know is kept word for word with its place (:class:`section16.form.cells.Extra`).
Of two elements that may stand only once neither is read: both are kept as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final, NamedTuple

from lxml import etree

from section16 import limits
from section16.errors import SourceError, excerpt
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan

_all_text: Final = etree.XPath("string()")
_REPEATED: Final = {Kind.GROUPS, Kind.NOTES}
_XML: Final = "http://www.w3.org/XML/1998/namespace"


class _Child(NamedTuple):
    """One child of an element: an element with its local name, or anything else with the name ""."""

    at: int
    name: str
    node: etree._Element | None
    xml: str


def read_careful(root: etree._Element) -> OwnershipDocument:
    """Return the document of any tree whose root is an ownershipDocument.

    Raises SourceError LIMIT_DEPTH or LIMIT_COUNT where depth, elements, attributes or names are over the limits.
    """
    _refuse_excess(root)
    document = _record(OwnershipDocument, root, None)
    before, after = _around(root)
    if not before and not after:
        return document  # type: ignore[no-any-return]
    return _with(document, prolog=before, epilog=after)  # type: ignore[no-any-return]


def local_name(node: etree._Element) -> str:
    """Name of an element without its namespace; "" for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _with(record: Any, **changes: Any) -> Any:
    values = {name: getattr(record, name) for name in record.__struct_fields__}
    return type(record)(**(values | changes))


def _refuse_excess(root: etree._Element) -> None:
    stack = [(root, 1)]
    count = 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if depth > limits.XML_DEPTH:
            message = f"elements stand deeper than {limits.XML_DEPTH} inside one another"
            raise SourceError("LIMIT_DEPTH", message, line=node.sourceline)
        if count > limits.XML_ELEMENTS:
            message = f"more than {limits.XML_ELEMENTS:,} elements"
            raise SourceError("LIMIT_COUNT", message, line=node.sourceline)
        if isinstance(node.tag, str):
            _refuse_names(node)
        stack += [(child, depth + 1) for child in node]


def _refuse_names(node: etree._Element) -> None:
    if len(node.attrib) > limits.XML_ATTRIBUTES:
        message = f"an element has {len(node.attrib):,} attributes, over the limit of {limits.XML_ATTRIBUTES}"
        raise SourceError("LIMIT_COUNT", message, line=node.sourceline, path=excerpt(local_name(node)))
    names = [local_name(node), *(str(name).rpartition("}")[2] for name in node.attrib)]
    if any(len(name) > limits.XML_NAME_CHARACTERS for name in names):
        message = f"a name is longer than {limits.XML_NAME_CHARACTERS} characters"
        raise SourceError("LIMIT_SIZE", message, line=node.sourceline)


def _around(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = [_markup(node) for node in root.itersiblings(preceding=True)]
    return tuple(reversed(before)), tuple(_markup(node) for node in root.itersiblings())


def _markup(node: etree._Element) -> str:
    return etree.tostring(node, with_tail=False, encoding="unicode")


def _children(node: etree._Element) -> list[_Child]:
    found: list[_Child] = []

    def stray(text: str | None) -> None:
        if text and not text.isspace():
            found.append(_Child(len(found), "", None, escape(text, quote=False)))

    stray(node.text)
    for child in node:
        name = local_name(child)
        found.append(_Child(len(found), name, child, ""))
        stray(child.tail)
    return found


def _declarations(node: etree._Element, parent: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Namespaces that begin at this element, and its own namespace if that is not its parent's."""
    outer = parent.nsmap if parent is not None else {}
    own = etree.QName(node).namespace
    if own != (etree.QName(parent).namespace if parent is not None else None):
        yield "xmlns", own or ""
    for prefix, uri in node.nsmap.items():
        if prefix is not None and outer.get(prefix) != uri and prefix != "xml":
            yield f"xmlns:{prefix}", uri


def _attributes(node: etree._Element, parent: etree._Element | None) -> tuple[tuple[str, str], ...]:
    named = tuple((str(name), str(value)) for name, value in node.attrib.items())
    return (*_declarations(node, parent), *named)


def _is_bare(node: etree._Element) -> bool:
    """Whether an element is nothing but its text."""
    parent = node.getparent()
    return not len(node) and not _attributes(node, parent)


def _record(record: type, node: etree._Element, parent: etree._Element | None) -> Any:
    fields = plan(record).by_name
    children = _children(node)
    counts = Counter(child.name for child in children)
    values: dict[str, Any] = {}
    other: list[Other] = []
    order: list[str] = []
    for child in children:
        field = fields.get(child.name)
        if child.node is None or field is None or (counts[child.name] > 1 and field.kind not in _REPEATED):
            other.append(Other(at=child.at, xml=child.xml or _kept(child)))
            continue
        if field.kind is Kind.NOTES and not _is_reference(child.node):
            other.append(Other(at=child.at, xml=_kept(child)))
            continue
        order.append(child.name)
        _take(field, child, values, other)
    extra = _extra(_attributes(node, parent), other, order, list(fields))
    return record(**values, extra=extra)


def _kept(child: _Child) -> str:
    return child.xml if child.node is None else _markup(child.node)


def _is_reference(node: etree._Element) -> bool:
    return not len(node) and list(node.attrib) == ["id"] and not (node.text or "").strip()


def _extra(
    attributes: tuple[tuple[str, str], ...], other: Sequence[Other], order: Sequence[str], official: Sequence[str]
) -> Extra | None:
    position = {name: index for index, name in enumerate(official)}
    unusual = sorted(order, key=position.__getitem__) != list(order)
    if not (attributes or other or unusual):
        return None
    return Extra(attributes=attributes, other=tuple(other), order=tuple(order) if unusual else None)


def _take(field: Field, child: _Child, values: dict[str, Any], other: list[Other]) -> None:
    """Read one known child into `values`."""
    node = child.node
    assert node is not None  # noqa: S101 - only elements come here
    if field.kind in {Kind.TEXT, Kind.PLAIN}:
        text = _leaf(node, child.at, field.name, other)
        values[field.attribute] = text if field.kind is Kind.TEXT else Plain(value=field.read(text), text=text)
    elif field.kind is Kind.CELL:
        values[field.attribute] = _cell(field, node)
    elif field.kind is Kind.NOTES:
        values[field.attribute] = (*values.get(field.attribute, ()), str(node.get("id")))
    elif field.kind is Kind.GROUP:
        values[field.attribute] = _record(field.records[0], node, node.getparent())
    elif field.kind is Kind.GROUPS:
        one = _record(field.records[0], node, node.getparent())
        values[field.attribute] = (*values.get(field.attribute, ()), one)
    else:
        values[field.attribute] = _table(field, node)


def _leaf(node: etree._Element, at: int, name: str, other: list[Other], within: str | None = None) -> str:
    """Text of a leaf: all its pieces joined. One that is more than its text is kept whole beside it."""
    if not _is_bare(node):
        other.append(Other(at=at, xml=_markup(node), of=name, within=within))
    return str(_all_text(node))


def _cell(field: Field, node: etree._Element) -> Noted[Any]:
    children = _children(node)
    doubled = sum(child.name == "value" for child in children) > 1
    other: list[Other] = []
    order: list[str] = []
    notes: list[str] = []
    text: str | None = None
    for child in children:
        if child.name == "value" and child.node is not None and not doubled:
            text = _leaf(child.node, child.at, "value", other)
        elif child.name == "footnoteId" and child.node is not None and _is_reference(child.node):
            notes.append(str(child.node.get("id")))
        else:
            other.append(Other(at=child.at, xml=_kept(child)))
            continue
        order.append(child.name)
    extra = _extra(_attributes(node, node.getparent()), other, order, ["value", "footnoteId"])
    value = None if text is None else field.read(text)
    return Noted(value=value, text=text, footnotes=tuple(notes), extra=extra)


def _table(field: Field, node: etree._Element) -> Any:
    """Lines of a table, or footnotes, in document order; anything else between them is kept."""
    records = {plan(record).element: record for record in field.records}
    rows: list[Any] = []
    other: list[Other] = []
    for child in _children(node):
        record = records.get(child.name)
        if child.node is None or record is None:
            other.append(Other(at=child.at, xml=_kept(child)))
        elif record is Footnote:
            rows.append(_footnote(child.node, child.at, other))
        else:
            rows.append(_record(record, child.node, node))
    extra = _extra(_attributes(node, node.getparent()), other, (), ())
    assert field.table is not None  # noqa: S101 - only tables come here
    return field.table(rows=tuple(rows), extra=extra)


def _footnote(node: etree._Element, at: int, other: list[Other]) -> Footnote:
    usual = not len(node) and set(node.attrib) <= {"id"} and not list(_declarations(node, node.getparent()))
    if not usual:
        other.append(Other(at=at, xml=_markup(node), of="footnote"))
    footnote_id = node.get("id")
    return Footnote(id=None if footnote_id is None else str(footnote_id), text=str(_all_text(node)))
