"""The complete way from an XML tree to a document: anything well-formed, nothing lost, nothing guessed.

What the field table does not know is kept word for word with its place (:class:`section16.form.cells.Extra`).
Of two elements that may stand only once neither is read: both are kept as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from section16.edgar.kept_markup import BLANKS, markup, namespace, text_markup, text_of
from section16.edgar.safe_xml import local_name
from section16.edgar.tree_limits import refuse_excess
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan

_REPEATED: Final = (Kind.GROUPS, Kind.NOTES)
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
    refuse_excess(root)
    document = _record(OwnershipDocument, root, None)
    before, after = _around(root)
    if not before and not after:
        return document  # type: ignore[no-any-return]
    return _with(document, prolog=before, epilog=after)  # type: ignore[no-any-return]


def _with(record: Any, **changes: Any) -> Any:
    values = {name: getattr(record, name) for name in record.__struct_fields__}
    return type(record)(**(values | changes))


def _around(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = [markup(node) for node in root.itersiblings(preceding=True)]
    return tuple(reversed(before)), tuple(markup(node) for node in root.itersiblings())


def _children(node: etree._Element) -> list[_Child]:
    """Everything inside an element in order; blanks between are left out, and around stray text too."""
    found: list[_Child] = []

    def stray(text: str | None) -> None:
        if text and (bare := text.strip(BLANKS)):
            found.append(_Child(len(found), "", None, text_markup(bare)))

    stray(node.text)
    for child in node:
        found.append(_Child(len(found), local_name(child), child, ""))
        stray(child.tail)
    return found


def _attributes(node: etree._Element, parent: etree._Element | None) -> tuple[tuple[str, str], ...]:
    """Declarations of namespaces, then attributes, each by its name with its prefix."""
    scope = node.nsmap
    if not scope and not node.attrib:
        return ()
    outer = parent.nsmap if parent is not None else {}
    declared = [(f"xmlns:{prefix}", uri) for prefix, uri in scope.items() if prefix and outer.get(prefix) != uri]
    own = namespace(node)
    if own != (namespace(parent) if parent is not None else ""):
        declared.insert(0, ("xmlns", own))
    named = [(_attribute_name(str(name), scope), str(value)) for name, value in node.attrib.items()]
    return (*declared, *named)


def _attribute_name(name: str, scope: Mapping[str | None, str]) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    if uri == _XML:
        return f"xml:{local}"
    return f"{min(prefix for prefix, declared in scope.items() if prefix and declared == uri)}:{local}"


def _is_bare(node: etree._Element) -> bool:
    """Whether an element is nothing but its text."""
    return not len(node) and not _attributes(node, node.getparent())


def _record(record: type, node: etree._Element, parent: etree._Element | None) -> Any:
    fields = plan(record).by_name
    children = _children(node)
    counts = Counter(child.name for child in children)
    values: dict[str, Any] = {}
    other: list[Other] = []
    order: list[str] = []
    for child in children:
        field = fields.get(child.name)
        if field is None or not _is_readable(field, child, counts[child.name]):
            other.append(Other(at=child.at, xml=_kept(child)))
        else:
            order.append(child.name)
            _take(field, child, values, other)
    extra = _extra(_attributes(node, parent), other, order, list(fields))
    many = {name: tuple(value) for name, value in values.items() if type(value) is list}
    return record(**values | many, extra=extra)


def _is_readable(field: Field, child: _Child, count: int) -> bool:
    """Whether a child, of `count` with its name, is what its field says."""
    if child.node is None or (count > 1 and field.kind not in _REPEATED):
        return False
    return field.kind is not Kind.NOTES or _is_reference(child.node)


def _kept(child: _Child) -> str:
    return child.xml if child.node is None else markup(child.node)


def _is_reference(node: etree._Element) -> bool:
    if len(node) or node.text:
        return False
    return [name for name, _ in _attributes(node, node.getparent())] == ["id"]


def _extra(
    attributes: tuple[tuple[str, str], ...], other: Sequence[Other], order: Sequence[str], official: Sequence[str]
) -> Extra | None:
    position = {name: index for index, name in enumerate(official)}
    unusual = sorted(order, key=position.__getitem__) != list(order)
    if not (attributes or other or unusual):
        return None
    return Extra(attributes=attributes, other=tuple(other), order=tuple(order) if unusual else None)


def _take(field: Field, child: _Child, values: dict[str, Any], other: list[Other]) -> None:
    """Read one known child into `values`; what may stand more than once is collected in a list."""
    node = child.node
    assert node is not None  # noqa: S101 - only elements come here
    if field.kind is Kind.TEXT or field.kind is Kind.PLAIN:
        text = _leaf(node, child.at, field.name, other)
        values[field.attribute] = text if field.kind is Kind.TEXT else Plain(value=field.read(text), text=text)
    elif field.kind is Kind.CELL:
        values[field.attribute] = _cell(field, node)
    elif field.kind is Kind.NOTES:
        values.setdefault(field.attribute, []).append(str(node.get("id")))
    elif field.kind is Kind.GROUP:
        values[field.attribute] = _record(field.records[0], node, node.getparent())
    elif field.kind is Kind.GROUPS:
        values.setdefault(field.attribute, []).append(_record(field.records[0], node, node.getparent()))
    else:
        values[field.attribute] = _table(field, node)


def _leaf(node: etree._Element, at: int, name: str, other: list[Other]) -> str:
    """Text of a leaf: all its pieces joined. One that is more than its text is kept whole beside it."""
    if not _is_bare(node):
        other.append(Other(at=at, xml=markup(node), of=name))
    return text_of(node)


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
    attributes = dict(_attributes(node, node.getparent()))
    if len(node) or not attributes.keys() <= {"id"}:
        other.append(Other(at=at, xml=markup(node), of="footnote"))
    return Footnote(id=attributes.get("id"), text=text_of(node))
