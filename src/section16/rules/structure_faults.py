"""A fault of structure with its place: the way from the root to the element, told in print and in the XML.

Places are worked out only for faults, so a sound report pays nothing for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from section16.form.document import OwnershipDocument
from section16.form.field_table import Field, plan
from section16.reading.printed_place import box_place, column_place, sentence_start
from section16.rules.rule import Place
from section16.rules.structure_ids import rule_id


class Spot(NamedTuple):
    """An element that holds others: its parent, name, number among its like (0: the only one), field and heading.

    `heading` is the printed name of a line, owner or signature; `table` that of the table around it.
    """

    parent: Spot | None
    element: str
    number: int = 0
    field: Field | None = None
    heading: str = ""
    table: str = ""

    @property
    def path(self) -> str:
        """`ownershipDocument/nonDerivativeTable/nonDerivativeTransaction[2]`."""
        own = f"{self.element}[{self.number}]" if self.number else self.element
        return f"{self.parent.path}/{own}" if self.parent else own


ROOT = Spot(None, OwnershipDocument.element)


class Fault(NamedTuple):
    """Something wrong at a spot: with the spot itself, or with an element in it (`name`, `field` if it is known).

    `mend` is "" where the rule says it as well.
    """

    kind: str
    spot: Spot
    message: str
    mend: str
    name: str = ""
    field: Field | None = None

    @property
    def rule(self) -> str:
        """The rule it breaks."""
        return rule_id(self.kind, self.name or self.spot.element, in_table=bool(self.spot.table))

    def place(self, form: str | None) -> Place:
        """Where it is, for a finding."""
        path = f"{self.spot.path}/{self.name}" if self.name else self.spot.path
        return Place(_printed(self, form), path, f"{self.message}.", f"{self.mend}." if self.mend else None)


@cache
def _fields(table: str) -> Mapping[str, Field]:
    """The fields of a table's lines, or those outside the tables, by their elements."""
    above = plan(OwnershipDocument).by_name
    if not table:
        return {field.name: field for field in _below(OwnershipDocument)}
    lines = above["derivativeTable" if table == "II" else "nonDerivativeTable"].records
    return {field.name: field for line in lines for field in _below(line)}


def _below(record: type) -> Iterator[Field]:
    for field in plan(record).fields:
        yield field
        for inner in () if field.table else field.records:
            yield from _below(inner)


def _printed(fault: Fault, form: str | None) -> str:
    spot = fault.spot
    field = fault.field or _fields(spot.table).get(fault.name)
    while spot.parent is not None and not spot.heading:
        field = field or spot.field
        spot = spot.parent
    if field is None:
        return spot.heading or "Header"
    own = column_place(form, spot.table, field) if spot.table else box_place(form, field)
    return f"{spot.heading}, {own}" if spot.heading else sentence_start(own)
