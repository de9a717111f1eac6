"""A document as plain dicts, lists and strings, ready for JSON, and back; driven by the field table.

Keys are the XML names in snake case. A plain element is a string. A cell is an object with `value` (the text as
filed) and `footnotes`. A table is a list in document order. What the field table does not know stands in `_other` and
`_attributes` of the object that holds it (of a table or `footnotes`, which are lists, in the object around it, with
`in`); `_order` gives the XML names of the children where their order is not the official one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from section16.errors import SourceError, excerpt
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.field_table import Field, Kind, Plan, plan

Json = dict[str, Any]


def to_json(document: OwnershipDocument) -> Json:
    """Return the document as JSON values."""
    result = _record_to_json(plan(OwnershipDocument), document)
    if document.prolog:
        result["_prolog"] = list(document.prolog)
    if document.epilog:
        result["_epilog"] = list(document.epilog)
    return result


def from_json(value: object, path: str = "document") -> OwnershipDocument:
    """Return the document that JSON values say. Raises SourceError JSON_INVALID with the path of the fault."""
    given = _object(value, path)
    around = {name: tuple(_texts(given.pop(f"_{name}", []), f"{path}._{name}")) for name in ("prolog", "epilog")}
    arguments = _record_from_json(plan(OwnershipDocument), given, path)
    return OwnershipDocument(**arguments, **around)


def _record_to_json(record_plan: Plan, record: Any) -> Json:
    result: Json = {}
    hoisted: list[tuple[str, Extra]] = []
    for field in record_plan.fields:
        value = getattr(record, field.attribute)
        if value is None or value == ():
            continue
        result[field.key] = _WRITE[field.kind](field, value)
        if field.kind is Kind.ROWS and value.extra is not None:
            hoisted.append((field.name, value.extra))
    _extra_to_json(result, record.extra, hoisted)
    return result


def _extra_to_json(result: Json, extra: Extra | None, hoisted: list[tuple[str, Extra]] = []) -> None:  # noqa: B006
    if extra is None and not hoisted:
        return
    own = extra or Extra()
    attributes = dict(own.attributes)
    others = [_other_to_json(other, None) for other in own.other]
    for name, inner in hoisted:
        attributes |= {f"{name}/@{attribute}": value for attribute, value in inner.attributes}
        others += [_other_to_json(other, name) for other in inner.other]
    if attributes:
        result["_attributes"] = attributes
    if others:
        result["_other"] = others
    if own.order is not None:
        result["_order"] = list(own.order)


def _other_to_json(other: Other, within: str | None) -> Json:
    result: Json = {"at": other.at, "xml": other.xml}
    if within is not None:
        result["in"] = within
    if other.of is not None:
        result["of"] = other.of
    return result


def _cell_to_json(_field: Field, cell: Noted[Any]) -> Json:
    result: Json = {}
    if cell.text is not None:
        result["value"] = cell.text
    if cell.footnotes:
        result["footnotes"] = list(cell.footnotes)
    if cell.extra is not None:
        _extra_to_json(result, cell.extra)
    return result


def _rows_to_json(field: Field, table: Any) -> list[Json]:
    if field.table is Footnotes:
        return [_footnote_to_json(footnote) for footnote in table.rows]
    return [{"kind": row.kind, **_record_to_json(plan(type(row)), row)} for row in table.rows]


def _footnote_to_json(footnote: Footnote) -> Json:
    return {"text": footnote.text} if footnote.id is None else {"id": footnote.id, "text": footnote.text}


_WRITE: Final[Mapping[Kind, Callable[[Field, Any], Any]]] = {
    Kind.TEXT: lambda _field, value: value,
    Kind.PLAIN: lambda _field, value: value.text,
    Kind.CELL: _cell_to_json,
    Kind.NOTES: lambda _field, value: list(value),
    Kind.GROUP: lambda field, value: _record_to_json(plan(field.records[0]), value),
    Kind.GROUPS: lambda field, value: [_record_to_json(plan(field.records[0]), one) for one in value],
    Kind.ROWS: _rows_to_json,
}


def _fault(path: str, wanted: str, value: object) -> SourceError:
    message = f"{wanted} expected, not {excerpt(repr(value))}"
    return SourceError("JSON_INVALID", message, path=path, mend="See section16 schema for the shape")


def _object(value: object, path: str) -> Json:
    if not isinstance(value, dict):
        raise _fault(path, "an object", value)
    return dict(value)


def _list(value: object, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise _fault(path, "a list", value)
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise _fault(path, "a text", value)
    return value


def _texts(value: object, path: str) -> list[str]:
    return [_text(one, f"{path}[{index}]") for index, one in enumerate(_list(value, path))]


def _record_from_json(record_plan: Plan, given: Json, path: str) -> dict[str, Any]:
    """Arguments of a record. `given` is used up; what is left of it is unknown."""
    hoisted = [field.name for field in record_plan.fields if field.kind is Kind.ROWS]
    extras = _extras_from_json(given, path, hoisted)
    arguments: dict[str, Any] = {"extra": extras.get("")}
    for key, value in given.items():
        field = record_plan.by_key.get(key)
        if field is None:
            message = f"unknown key {excerpt(key)!r}"
            raise SourceError("JSON_INVALID", message, path=path, mend="Remove it, or put the XML into _other")
        where = f"{path}.{key}"
        if field.kind is Kind.ROWS:
            arguments[field.attribute] = _rows_from_json(field, value, where, extras.get(field.name))
        else:
            arguments[field.attribute] = _READ[field.kind](field, value, where)
    return arguments


def _extras_from_json(given: Json, path: str, hoisted: list[str]) -> dict[str, Extra]:
    """What is beyond the official form, by the list-valued child that holds it ("" for the record itself)."""
    attributes: dict[str, list[tuple[str, str]]] = {}
    for name, value in _object(given.pop("_attributes", {}), f"{path}._attributes").items():
        within, _, attribute = name.rpartition("/@")
        text = _text(value, f"{path}._attributes.{name}")
        attributes.setdefault(_known(within, hoisted, path), []).append((attribute, text))
    others: dict[str, list[Other]] = {}
    for index, one in enumerate(_list(given.pop("_other", []), f"{path}._other")):
        within, other = _other_from_json(one, f"{path}._other[{index}]")
        others.setdefault(_known(within, hoisted, path), []).append(other)
    order = given.pop("_order", None)
    names = None if order is None else tuple(_texts(order, f"{path}._order"))
    keys = {*attributes, *others, *([""] if names is not None else [])}
    return {
        key: Extra(
            attributes=tuple(attributes.get(key, ())),
            other=tuple(others.get(key, ())),
            order=names if key == "" else None,
        )
        for key in keys
    }


def _known(within: str, hoisted: list[str], path: str) -> str:
    if within and within not in hoisted:
        raise _fault(path, f"one of {', '.join(hoisted) or 'no tables here'}", within)
    return within


def _other_from_json(value: object, path: str) -> tuple[str, Other]:
    given = _object(value, path)
    at = given.pop("at", None)
    if not isinstance(at, int) or isinstance(at, bool) or at < 0:
        raise _fault(f"{path}.at", "a position from 0", at)
    xml = _text(given.pop("xml", None), f"{path}.xml")
    within = _text(given.pop("in", ""), f"{path}.in")
    of = given.pop("of", None)
    if given:
        raise _fault(path, "only at, xml, in, of", next(iter(given)))
    return within, Other(at=at, xml=xml, of=None if of is None else _text(of, f"{path}.of"))


def _cell_from_json(field: Field, value: object, path: str) -> Noted[Any]:
    given = _object(value, path)
    extra = _extras_from_json(given, path, []).get("")
    text = given.pop("value", None)
    text = None if text is None else _text(text, f"{path}.value")
    notes = tuple(_texts(given.pop("footnotes", []), f"{path}.footnotes"))
    if given:
        raise _fault(path, "only value and footnotes", next(iter(given)))
    return Noted(value=None if text is None else field.read(text), text=text, footnotes=notes, extra=extra)


def _rows_from_json(field: Field, value: object, path: str, extra: Extra | None) -> Any:
    rows = []
    kinds = {record.kind: record for record in field.records if record is not Footnote}  # type: ignore[attr-defined]
    for index, one in enumerate(_list(value, path)):
        where = f"{path}[{index}]"
        given = _object(one, where)
        if field.table is Footnotes:
            rows.append(_footnote_from_json(given, where))
            continue
        record = kinds.get(kind) if isinstance(kind := given.pop("kind", None), str) else None
        if record is None:
            raise _fault(f"{where}.kind", " or ".join(kinds), kind)
        rows.append(record(**_record_from_json(plan(record), given, where)))
    assert field.table is not None  # noqa: S101 - only tables come here
    return field.table(rows=tuple(rows), extra=extra)


def _footnote_from_json(given: Json, path: str) -> Footnote:
    footnote_id = given.pop("id", None)
    text = _text(given.pop("text", None), f"{path}.text")
    if given:
        raise _fault(path, "only id and text", next(iter(given)))
    return Footnote(id=None if footnote_id is None else _text(footnote_id, f"{path}.id"), text=text)


def _plain_from_json(field: Field, value: object, path: str) -> Plain[Any]:
    text = _text(value, path)
    return Plain(value=field.read(text), text=text)


def _group_from_json(field: Field, value: object, path: str) -> Any:
    (record,) = field.records
    return record(**_record_from_json(plan(record), _object(value, path), path))


_READ: Final[Mapping[Kind, Callable[[Field, object, str], Any]]] = {
    Kind.TEXT: lambda _field, value, path: _text(value, path),
    Kind.PLAIN: _plain_from_json,
    Kind.CELL: _cell_from_json,
    Kind.NOTES: lambda _field, value, path: tuple(_texts(value, path)),
    Kind.GROUP: _group_from_json,
    Kind.GROUPS: lambda field, value, path: tuple(
        _group_from_json(field, one, f"{path}[{index}]") for index, one in enumerate(_list(value, path))
    ),
}
