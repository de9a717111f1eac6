"""A document as plain dicts, lists and strings, ready for JSON, and back; driven by the field table.

Keys are the XML names in snake case. A plain element is a string. A cell is an object with `value` (the text as
filed) and `footnotes`. A table is a list in document order. What the field table does not know stands in `_other` and
`_attributes` of the object that holds it (of a table or `footnotes`, which are lists, in the object around it, with
`in`); `_order` gives the XML names of the children where their order is not the official one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final

from section16 import limits
from section16.errors import SourceError, excerpt
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.checked_json import Json, list_at, nothing_left, object_at, refuse, text_at, texts_at
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.field_table import Field, Kind, Plan, plan


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
    given = object_at(path, value)
    around = {name: texts_at(f"{path}._{name}", given.pop(f"_{name}", [])) for name in ("prolog", "epilog")}
    return OwnershipDocument(**_record_from_json(plan(OwnershipDocument), given, path) | around)


def _record_to_json(record_plan: Plan, record: Any) -> Json:
    result: Json = {}
    hoisted: list[tuple[str, Extra]] = []
    for field, get, write, is_table in _writers(record_plan.record):
        value = get(record)
        if value is None or value == ():
            continue
        result[field.key] = write(field, value)
        if is_table and value.extra is not None:
            hoisted.append((field.name, value.extra))
    if record.extra is not None or hoisted:
        _extra_to_json(result, record.extra, hoisted)
    return result


@cache
def _writers(record: type) -> tuple[tuple[Field, Callable[[Any], Any], Callable[[Field, Any], Any], bool], ...]:
    """For each field of a record class: how its value is got, how it is written, and whether it is a table."""
    return tuple(
        [
            (field, attrgetter(field.attribute), _WRITE[field.kind], field.kind is Kind.ROWS)
            for field in plan(record).fields
        ]
    )


def _extra_to_json(result: Json, extra: Extra | None, hoisted: Sequence[tuple[str, Extra]] = ()) -> None:
    """Add to `result` what a record and its tables (`hoisted`, by name) hold beyond the official form."""
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


def _record_from_json(record_plan: Plan, given: Json, path: str) -> dict[str, Any]:
    """Arguments of a record. `given` is used up; what is left of it is unknown."""
    tables = [field.name for field in record_plan.fields if field.kind is Kind.ROWS]
    extras = _extras_from_json(given, path, list(record_plan.by_name), tables)
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
    missing = extras.keys() - {"", *(name for name in tables if record_plan.by_name[name].key in given)}
    if missing:
        refuse(path, "a table for what stands in it", min(missing))
    return arguments


def _extras_from_json(given: Json, path: str, names: Sequence[str], tables: Sequence[str] = ()) -> dict[str, Extra]:
    """What is beyond the official form, by the table that holds it ("" for the record itself).

    `names` are those of the record's children: only they have an order, and markup they were read from.
    """
    attributes: dict[str, list[tuple[str, str]]] = {}
    for name, value in object_at(f"{path}._attributes", given.pop("_attributes", {})).items():
        within, _, attribute = name.rpartition("/@")
        text = text_at(f"{path}._attributes.{name}", value)
        attributes.setdefault(_among(tables, within, path), []).append((attribute, text))
    others: dict[str, list[Other]] = {}
    for index, one in enumerate(list_at(f"{path}._other", given.pop("_other", []))):
        within, other = _other_from_json(one, f"{path}._other[{index}]", names)
        others.setdefault(_among(tables, within, path), []).append(other)
    order = None
    if "_order" in given:
        order = texts_at(f"{path}._order", given.pop("_order"))
        for name in order:
            _among(names, name, f"{path}._order")
    return {
        key: Extra(
            attributes=tuple(attributes.get(key, ())),
            other=tuple(others.get(key, ())),
            order=None if key else order,
        )
        for key in {*attributes, *others, *([] if order is None else [""])}
    }


def _among(names: Sequence[str], name: str, path: str) -> str:
    if name and name not in names:
        refuse(path, f"one of {', '.join(names)}" if names else "no table", name)
    return name


def _other_from_json(value: object, path: str, names: Sequence[str]) -> tuple[str, Other]:
    given = object_at(path, value)
    at = given.pop("at", None)
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at <= limits.XML_ELEMENTS:
        refuse(f"{path}.at", f"a position from 0 to {limits.XML_ELEMENTS:,}", at)
    xml = text_at(f"{path}.xml", given.pop("xml", None))
    within = text_at(f"{path}.in", given.pop("in", ""))
    of = text_at(f"{path}.of", given.pop("of")) if "of" in given else None
    if of is not None:
        _among((*names, Footnote.element), of, f"{path}.of")
    nothing_left(path, given, "at, xml, in, of")
    return within, Other(at=at, xml=xml, of=of)


def _cell_from_json(field: Field, value: object, path: str) -> Noted[Any]:
    given = object_at(path, value)
    extra = _extras_from_json(given, path, ("value", "footnoteId")).get("")
    text = text_at(f"{path}.value", given.pop("value")) if "value" in given else None
    notes = texts_at(f"{path}.footnotes", given.pop("footnotes", []))
    nothing_left(path, given, "value and footnotes")
    return Noted(value=None if text is None else field.read(text), text=text, footnotes=notes, extra=extra)


def _rows_from_json(field: Field, value: object, path: str, extra: Extra | None) -> Any:
    assert field.table is not None  # noqa: S101 - only tables come here
    lines = [(f"{path}[{index}]", one) for index, one in enumerate(list_at(path, value))]
    read = _footnote_from_json if field.table is Footnotes else _row_from_json
    return field.table(rows=tuple([read(field, object_at(where, one), where) for where, one in lines]), extra=extra)


def _row_from_json(field: Field, given: Json, path: str) -> Any:
    kinds: dict[object, Any] = {record.kind: record for record in field.records}  # type: ignore[attr-defined]
    kind = given.pop("kind", None)
    if not isinstance(kind, str) or kind not in kinds:
        refuse(f"{path}.kind", " or ".join(map(repr, kinds)), kind)
    return kinds[kind](**_record_from_json(plan(kinds[kind]), given, path))


def _footnote_from_json(_field: Field, given: Json, path: str) -> Footnote:
    footnote_id = text_at(f"{path}.id", given.pop("id")) if "id" in given else None
    text = text_at(f"{path}.text", given.pop("text", None))
    nothing_left(path, given, "id and text")
    return Footnote(id=footnote_id, text=text)


def _plain_from_json(field: Field, value: object, path: str) -> Plain[Any]:
    text = text_at(path, value)
    return Plain(value=field.read(text), text=text)


def _group_from_json(field: Field, value: object, path: str) -> Any:
    (record,) = field.records
    return record(**_record_from_json(plan(record), object_at(path, value), path))


_READ: Final[Mapping[Kind, Callable[[Field, object, str], Any]]] = {
    Kind.TEXT: lambda _field, value, path: text_at(path, value),
    Kind.PLAIN: _plain_from_json,
    Kind.CELL: _cell_from_json,
    Kind.NOTES: lambda _field, value, path: texts_at(path, value),
    Kind.GROUP: _group_from_json,
    Kind.GROUPS: lambda field, value, path: tuple(
        [_group_from_json(field, one, f"{path}[{index}]") for index, one in enumerate(list_at(path, value))]
    ),
}
