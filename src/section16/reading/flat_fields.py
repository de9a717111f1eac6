"""The fields of a record laid side by side, its groups opened: one entry for each place that can be filled in.

Made from the field table. Tables and repeated groups (lines, reporting owners, signatures) are records of their own
and are left out.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from section16.form.field_table import Field, Kind, plan


class FlatField(msgspec.Struct, frozen=True, kw_only=True):
    """One place: the way to it by attributes of the record, by keys of the JSON and by XML elements, and its facts."""

    attributes: tuple[str, ...]
    keys: tuple[str, ...]
    elements: tuple[str, ...]
    field: Field

    def of(self, record: Any) -> Any:
        """What stands there, None if a group on the way or the field itself is absent."""
        value = record
        for attribute in self.attributes:
            if value is None:
                return None
            value = getattr(value, attribute)
        return value


class Content(msgspec.Struct, frozen=True):
    """What a place holds, whatever its shape: the text as filed (None: no value) and the ids of its footnotes."""

    text: str | None = None
    footnotes: tuple[str, ...] = ()


_NOTHING = Content()


@cache
def flat_fields(record: type) -> tuple[FlatField, ...]:
    """The places of a record class in the official order."""
    found: list[FlatField] = []
    for field in plan(record).fields:
        if field.kind is Kind.GROUP:
            found += [_inside(field, flat) for flat in flat_fields(field.records[0])]
        elif field.kind not in {Kind.ROWS, Kind.GROUPS}:
            found.append(
                FlatField(attributes=(field.attribute,), keys=(field.key,), elements=(field.name,), field=field)
            )
    return tuple(found)


def _inside(group: Field, flat: FlatField) -> FlatField:
    return FlatField(
        attributes=(group.attribute, *flat.attributes),
        keys=(group.key, *flat.keys),
        elements=(group.name, *flat.elements),
        field=flat.field,
    )


def content(flat: FlatField, record: Any) -> Content:
    """What `record` holds at a place."""
    value = flat.of(record)
    kind = flat.field.kind
    if value is None:
        return _NOTHING
    if kind is Kind.TEXT:
        return Content(value)
    if kind is Kind.NOTES:
        return Content(None, value)
    return Content(value.text, value.footnotes if kind is Kind.CELL else ())
