"""JSON Schema (2020-12) of the JSON that this package writes and reads, made from the field table.

Shapes are strict: an object has the keys listed and no other. Values are not: a report that breaks a limit, lacks what
is needed or holds words where a number belongs is still a report, so limits, needs, choices and printed places stand in
descriptions. The shape itself is `section16.form.json_shape`'s; that of the filing's facts is handed in.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from section16 import limits
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.edition import Look
from section16.form.field_table import Field, Item, Kind, Plan, plan

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FIRST_VERSION: Final = "X0201"
_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": {"type": "string"}}
_POSITION: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": limits.XML_ELEMENTS}
_WORDS: Final[Mapping[type, str]] = {
    str: "A text as filed.",
    Decimal: "A number as filed, for example 13334.00.",
    date: "A date as filed, for example 2022-09-01 or 2022-09-01-05:00.",
    bool: "A yes or no as filed: 1, true, 0 or false.",
}
_CELLS: Final[Mapping[type, str]] = {str: "TextCell", Decimal: "NumberCell", date: "DateCell", bool: "YesNoCell"}
_ATTRIBUTES: Final = "Attributes that the official form does not have, by name, declared namespaces among them."
_INNER_ATTRIBUTES: Final = " Those of a table or of footnotes stand under table/@name."
_OTHERS: Final = "Elements, comments and other markup that the official form does not have, word for word."
_ORDER: Final = "XML names of the children as they stood, where that is not the official order."


def json_schema(filing_schema: Mapping[str, Any]) -> Schema:
    """Return the schema of a whole JSON document: `{"schema": 1, "form", "edition", "look", "document", "filing"}`.

    `filing_schema` is the JSON Schema of the filing's facts; its `$defs` join those of the document. Raises ValueError
    if one of them has a name that the document's own definitions use.
    """
    filing = {key: value for key, value in filing_schema.items() if key not in {"$defs", "$schema"}}
    foreign = filing_schema.get("$defs", {})
    own = _definitions()
    if doubled := sorted(own.keys() & foreign.keys()):
        message = f"defined by the filing and by the document: {', '.join(doubled)}"
        raise ValueError(message)
    properties: Schema = {
        "schema": {"const": 1, "description": "Version of this shape."},
        "form": {"enum": ["3", "4", "5", None], "description": "The form without its amendment mark, if known."},
        "edition": {"type": ["string", "null"], "description": "The schema version as filed, for example X0508."},
        "look": {
            "enum": [look.value for look in Look],
            "description": "How the printed form looked, by its first day.",
        },
        "document": {"$ref": f"#/$defs/{OwnershipDocument.__name__}"},
        "filing": {"anyOf": [filing, {"type": "null"}], "description": "Facts of the container; null without one."},
    }
    return {
        "$schema": _DIALECT,
        "title": "Section 16 ownership report",
        "description": "A Form 3, 4 or 5 as filed, with what is known of its filing.",
        **_object(properties, list(properties)),
        "$defs": own | foreign,
    }


def _object(properties: Schema, required: list[str] | None = None) -> Schema:
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _definitions() -> Schema:
    """One definition for each record class that a document can hold, and for each kind of cell."""
    found: Schema = {}
    _define(OwnershipDocument, None, found)
    around = {"prolog": "before", "epilog": "after"}
    for name, where in around.items():
        words = f"Comments and processing instructions {where} the root element."
        found[OwnershipDocument.__name__]["properties"][f"_{name}"] = {**_TEXTS, "description": words}
    for value_type, name in _CELLS.items():
        found[name] = _cell(value_type)
    return dict(sorted(found.items()))


def _define(record: type, kind: str | None, found: Schema) -> None:
    """Add the definition of a record class and of those below it. `kind` marks the lines of a table."""
    if record.__name__ in found:
        return
    definition = found[record.__name__] = {}
    if record is Footnote:
        definition |= {"description": _docstring(record)}
        definition |= _object({"id": {**_TEXT, "description": "For example F1."}, "text": _TEXT}, ["text"])
        return
    record_plan = plan(record)
    properties: Schema = {} if kind is None else {"kind": {"const": kind}}
    for field in record_plan.fields:
        properties[field.key] = {**_shape(field), "description": _facts(field, record_plan)}
        for inner in field.records:
            _define(inner, _kind(field, inner), found)
    tables = [field.name for field in record_plan.fields if field.kind is Kind.ROWS]
    properties |= _beyond([field.name for field in record_plan.fields], tables)
    definition |= {"description": _docstring(record), **_object(properties, [] if kind is None else ["kind"])}


def _kind(field: Field, record: type) -> str | None:
    """`transaction` or `holding` for a line of a table."""
    return getattr(record, "kind", None) if field.kind is Kind.ROWS else None


def _docstring(record: type) -> str:
    return " ".join(inspect.cleandoc(record.__doc__ or "").split())


def _beyond(names: list[str], tables: list[str]) -> Schema:
    """The keys of what the field table does not know. `tables` are the list-valued children that hand theirs up."""
    attributes = _ATTRIBUTES + (_INNER_ATTRIBUTES if tables else "")
    return {
        "_attributes": {"type": "object", "additionalProperties": _TEXT, "description": attributes},
        "_other": {"type": "array", "items": _other(names, tables), "description": _OTHERS},
        "_order": {"type": "array", "items": {"enum": names}, "description": _ORDER},
    }


def _other(names: list[str], tables: list[str]) -> Schema:
    known = [*names, Footnote.element] if tables else names
    properties: Schema = {
        "at": {**_POSITION, "description": "Position among the children, from 0."},
        "xml": {**_TEXT, "description": "The markup as it stood."},
        "of": {"enum": known, "description": "The known element whose text was read from this markup."},
    }
    if tables:
        properties["in"] = {"enum": tables, "description": "The list-valued child that it stands in."}
    return _object(properties, ["at", "xml"])


def _cell(value_type: type) -> Schema:
    properties: Schema = {
        "value": {
            **_TEXT,
            "description": f"{_WORDS[value_type]} Blank if the value element is; absent if there is none.",
        },
        "footnotes": {**_TEXTS, "description": "Footnote ids in order, for example F1."},
        **_beyond(["value", "footnoteId"], []),
    }
    return {"description": "A value with footnotes.", **_object(properties)}


def _shape(field: Field) -> Schema:
    if field.kind in {Kind.TEXT, Kind.PLAIN}:
        return dict(_TEXT)
    if field.kind is Kind.CELL:
        return {"$ref": f"#/$defs/{_CELLS[field.value_type]}"}
    if field.kind is Kind.NOTES:
        return dict(_TEXTS)
    references = [{"$ref": f"#/$defs/{record.__name__}"} for record in field.records]
    if field.kind is Kind.GROUP:
        return references[0]
    return {"type": "array", "items": references[0] if len(references) == 1 else {"oneOf": references}}


def _facts(field: Field, record_plan: Plan) -> str:
    """What the official form says about a field, in sentences."""
    item = field.item
    words = _WORDS[field.value_type] if field.kind is Kind.PLAIN else ""
    several = "One entry each." if field.kind is Kind.GROUPS else ""
    table = "Lines in document order." if field.kind is Kind.ROWS and field.table is not Footnotes else ""
    facts = [
        f"XML element {item.name}.",
        words or several or table,
        *_printed(item),
        f"Needed on {_listed(item.need.split())}." if item.need else "",
        _characters(item),
        f"At most {item.most}." if item.most else "",
        f"One of {_listed([choice or 'blank' for choice in item.choices], 'or')}." if item.choices else "",
        "A footnote may stand in its place." if item.alone else "",
        _either(field, record_plan),
        "Filled in by EDGAR, not by filers." if item.inserted else "",
        _versions(item),
    ]
    return " ".join([fact for fact in facts if fact])


def _printed(item: Item) -> list[str]:
    """Where each form prints it; forms with the same place together."""
    forms: dict[str, list[str]] = {}
    for form, place in item.on.items():
        forms.setdefault(place, []).append(form)
    return [
        f"{'Form' if len(those) == 1 else 'Forms'} {_listed(those)}: {place or 'not printed'}."
        for place, those in forms.items()
    ]


def _characters(item: Item) -> str:
    if item.limit is None:
        return f"At least {item.least} characters." if item.least else ""
    return f"{item.least} to {item.limit} characters." if item.least else f"At most {item.limit} characters."


def _versions(item: Item) -> str:
    if item.since == item.until:
        return f"Only in schema version {item.since}."
    since = f"Since schema version {item.since}." if item.since != _FIRST_VERSION else ""
    return f"{since} Until schema version {item.until}.".strip() if item.until else since


def _either(field: Field, record_plan: Plan) -> str:
    group = field.item.either
    others = [one.key for one in record_plan.fields if group and one.item.either == group and one is not field]
    return f"Either this or {_listed(others, 'or')}." if others else ""


def _listed(words: list[str], conjunction: str = "and") -> str:
    return f" {conjunction} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
