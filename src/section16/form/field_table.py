"""The field table: what the official form says about each of its fields, and plans compiled from it.

A record class states its fields as annotations with an :class:`Item`; :func:`plan` turns them into a
:class:`Plan` once per class, and readers, writers, JSON, the JSON Schema and the printed form follow the
plan. Printed layout, cross-field rules and law stay out of it.
"""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import msgspec

from section16.form.cells import Extra, Noted, Plain
from section16.form.values import read_boolean, read_date, read_decimal, read_text


class Item(msgspec.Struct, frozen=True):
    """The official facts of one field.

    `name` is the XML element. `on` maps a form (`"3"`, `"4"`, `"5"`) to the printed box or column, "" if it is
    not printed; a form that is absent does not have the field. `need` names the forms and amendments whose
    schema demands it. `limit` and `least` bound the characters, blanks included. `choices` lists the values
    allowed, `late` those on a holding line, `places` the official list of place codes (`us`, `foreign`); `pattern`
    is a regular expression for the whole text. `folded`: blanks around the value don't count.
    `alone` tells that a footnote may stand in place of the value, `spare` that neither has to be there, `bare` names
    the form or table on which no footnote may stand. `inserted` marks what EDGAR fills in and filers do not send.
    `either` names a group of which at most one stands, and exactly one if one of them is needed. `within` names the
    table (`I`, `II`) or the kind of line (`transaction`, `holding`) outside of which it doesn't exist; `amends` the
    same of amendments. `since` and `until` are schema versions. `most` bounds how many there may be.
    """

    name: str
    on: Mapping[str, str]
    need: str = ""
    limit: int | None = None
    least: int = 0
    choices: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    places: str = ""
    pattern: str | None = None
    folded: bool = False
    alone: bool = False
    spare: bool = False
    bare: str = ""
    inserted: bool = False
    either: str | None = None
    within: str = ""
    amends: bool = False
    since: str = "X0201"
    until: str | None = None
    most: int | None = None


class Kind(enum.Enum):
    """The shape a field has in the XML."""

    TEXT = "plain text"
    PLAIN = "plain date or yes/no"
    CELL = "value with footnotes"
    GROUP = "group"
    GROUPS = "repeated group"
    ROWS = "table"
    NOTES = "footnote references"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field as engines meet it: attribute of the record, key in JSON, element in XML.

    `records` are the record classes of a group, repeated group or table's lines; `table` is the class that
    holds the lines of a table.
    """

    attribute: str
    key: str
    item: Item
    kind: Kind
    read: Callable[[str], Any]
    value_type: type
    records: tuple[type, ...]
    table: type | None = None

    @property
    def name(self) -> str:
        """The XML element."""
        return self.item.name


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A record class, field by field, in the official order."""

    record: type
    element: str
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field]
    by_key: Mapping[str, Field]
    position: Mapping[str, int]


_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_READERS: Final[Mapping[type, Callable[[str], Any]]] = {
    str: read_text,
    Decimal: read_decimal,
    date: read_date,
    bool: read_boolean,
}


def snake_case(name: str) -> str:
    """`rptOwnerNonUSAddressFlag` -> `rpt_owner_non_us_address_flag`."""
    return _WORDS.sub("_", name).lower()


def plan(record: type) -> Plan:
    """The plan of a record class. Every field but `extra` carries an :class:`Item` in its annotation."""
    return _compiled(record)


@cache
def _compiled(record: type) -> Plan:
    hints = get_type_hints(record, include_extras=True)
    fields = tuple(_field(attribute, hint) for attribute, hint in hints.items() if get_origin(hint) is Annotated)
    return Plan(
        record=record,
        element=record.element,  # type: ignore[attr-defined]
        fields=fields,
        by_name={field.name: field for field in fields},
        by_key={field.key: field for field in fields},
        position={field.name: index for index, field in enumerate(fields)},
    )


def _field(attribute: str, hint: Any) -> Field:
    inner, item = get_args(hint)[:2]
    bare = _without_none(inner)
    kind, value_type, records = _shape(bare, item)
    return Field(
        attribute=attribute,
        key=_key(item, kind),
        item=item,
        kind=kind,
        read=_READERS.get(value_type, read_text),
        value_type=value_type,
        records=records,
        table=bare if kind is Kind.ROWS else None,
    )


def _key(item: Item, kind: Kind) -> str:
    return "footnotes" if kind is Kind.NOTES else snake_case(item.name)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (types.UnionType, typing.Union):
        (only,) = [arg for arg in get_args(hint) if arg is not type(None)]
        return only
    return hint


def _shape(hint: Any, item: Item) -> tuple[Kind, type, tuple[type, ...]]:
    origin, args = get_origin(hint), get_args(hint)
    if hint is str:
        return Kind.TEXT, str, ()
    if origin is Plain:
        return Kind.PLAIN, args[0], ()
    if origin is Noted:
        return Kind.CELL, args[0], ()
    if origin is tuple and args[0] is str:
        return Kind.NOTES, str, ()
    if origin is tuple:
        return Kind.GROUPS, object, _members(args[0])
    rows = get_type_hints(hint, include_extras=True).get("rows")
    if rows is not None:
        return Kind.ROWS, object, _members(get_args(rows)[0])
    if not hasattr(hint, "element"):
        message = f"{item.name}: a field is text, Plain, Noted, a group, or a tuple of them, not {hint!r}"
        raise TypeError(message)
    return Kind.GROUP, object, (hint,)


def _members(hint: Any) -> tuple[type, ...]:
    return get_args(hint) if get_origin(hint) in (types.UnionType, typing.Union) else (hint,)


def extra_of(record: Any) -> Extra | None:
    """What the record holds beyond the official form."""
    return typing.cast("Extra | None", record.extra)
