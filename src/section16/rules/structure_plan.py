"""The field table as checks: for one form, edition, table and kind of line, what each element of a record must be.

Compiled once per record class and setting. What stands where, how often and with which values is said by the field
table; this module only turns it into one flat list per record for `structure_walk` to go through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from section16.form.document import OwnershipDocument
from section16.form.edition import Look, look_of_version
from section16.form.field_table import Field, Item, Kind, plan
from section16.rules.structure_values import Judge, judge_of


class Era(IntEnum):
    """Schema versions between which nothing changed in the structure; each named by its first."""

    X0101 = 0
    X0201 = 1
    X0407 = 2
    X0609 = 3


_VERSION: Final = re.compile(r"X[0-9]{4}")
_ERAS: Final = {era.name: era for era in Era}


def era_of(version: str, form: str | None) -> Era:
    """The era of a schema version. Form 3 counts by itself: from X0307 on it has the elements of X0609.

    What is no version is judged as the newest.
    """
    if _VERSION.fullmatch(version) is None or look_of_version(version, form) is Look.Y2026_03:
        return Era.X0609
    return max((era for era in Era if version >= era.name), default=Era.X0101)


class Setting(NamedTuple):
    """Where a record stands. `document_type` is "" if unknown; `table` and `line` are "" outside the tables."""

    document_type: str
    era: Era
    table: str = ""
    line: str = ""

    @property
    def form(self) -> str:
        """`3`, `4`, `5`, or ""."""
        return self.document_type.removesuffix("/A")

    def has(self, item: Item) -> bool:
        """Whether a field exists here. X0101 and a document of no known form are taken to have every field."""
        if self.era is Era.X0101 or not self.document_type:
            return True
        if self.form not in item.on or (item.amends and not self.document_type.endswith("/A")):
            return False
        if item.within and item.within not in {self.table, self.line}:
            return False
        since = _ERAS.get(item.since, Era.X0201)
        return since <= self.era and (item.until is None or self.era <= _ERAS[item.until])

    def needs(self, item: Item) -> bool:
        """Whether the schema demands a field here; of a document of no known form, what every form demands."""
        if self.era is Era.X0101 or (item.late and self.line == "holding"):
            return False
        needed = item.need.split()
        if not self.document_type:
            return needed == ["3", "4", "5"]
        return (self.form in needed or self.document_type in needed) and self.has(item)


class Check(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One element of a record: whether it exists here, is needed, and what its text and footnotes must be.

    `many`: absent is an empty tuple. `inner` are the checks of a group's record, or of each class of a table's or
    repeated group's records.
    """

    attribute: str
    field: Field
    kind: Kind
    many: bool
    exists: bool
    needed: bool
    judge: Judge
    value_needed: bool = False
    value_or_note: bool = False
    bare: bool = False
    most: int = 99
    inner: Mapping[type, RecordChecks] = {}


class RecordChecks(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A record class in one setting; `exists`: the form has such lines.

    `either` are groups of which at most one stands, and whether one must.
    """

    record: type
    setting: Setting
    exists: bool
    checks: tuple[Check, ...]
    either: tuple[tuple[tuple[Check, ...], bool], ...] = ()


@cache
def document_checks(document_type: str, era: Era) -> RecordChecks:
    """The checks of a whole document of one type ("" if unknown)."""
    return _record(OwnershipDocument, Setting(document_type, era))


def _record(record: type, setting: Setting) -> RecordChecks:
    fields = plan(record).fields
    groups: dict[str, list[Field]] = {}
    for field in fields:
        if field.item.either and setting.has(field.item):
            groups.setdefault(field.item.either, []).append(field)
    grouped = {field.name for group in groups.values() if len(group) > 1 for field in group}
    checks = {field.name: _check(field, setting, in_group=field.name in grouped) for field in fields}
    either = [
        (tuple(checks[field.name] for field in group), any(setting.needs(field.item) for field in group))
        for group in groups.values()
        if len(group) > 1 and setting.era is not Era.X0101
    ]
    return RecordChecks(
        record=record,
        setting=setting,
        exists=setting.era is Era.X0101 or _exists(record, setting),
        checks=tuple(checks.values()),
        either=tuple(either),
    )


def _exists(record: type, setting: Setting) -> bool:
    """Whether a kind of line exists on the form: Form 3 has no transactions."""
    forms = getattr(record, "on", "")
    return not forms or not setting.form or setting.form in forms.split()


def _check(field: Field, setting: Setting, *, in_group: bool) -> Check:
    item = field.item
    unknown = setting.era is Era.X0101  # its schema isn't known: cells may stand empty
    judge = judge_of(item, field.value_type, holding=setting.line == "holding", all_places=setting.era < Era.X0609)
    return Check(
        attribute=field.attribute,
        field=field,
        kind=field.kind,
        many=field.kind in {Kind.GROUPS, Kind.NOTES},
        exists=setting.has(item),
        needed=setting.needs(item) and not in_group,
        judge=_but_for_blanks(judge) if unknown else judge,
        value_needed=field.kind is Kind.CELL and not item.alone and not item.spare and not unknown,
        value_or_note=item.alone and not item.spare and not unknown,
        bare=bool(item.bare) and item.bare in {setting.table, setting.form},
        most=item.most or 99,
        inner=_inner(field, setting),
    )


def _but_for_blanks(judge: Judge) -> Judge:
    """A judge to whom a blank is no fault."""
    return lambda text: judge(text) if text.strip() else None


def _inner(field: Field, setting: Setting) -> Mapping[type, RecordChecks]:
    records: dict[type, Any] = {}
    for record in field.records:
        if not hasattr(record, "element") or not plan(record).fields:
            continue
        inside = setting
        if hasattr(record, "kind"):
            table = "II" if record.element.startswith("derivative") else "I"
            inside = setting._replace(table=table, line=record.kind)
        records[record] = _record(record, inside)
    return records
