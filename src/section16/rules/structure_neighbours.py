"""What stands around an element: the names of its neighbours, where a missing one goes and how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from section16.form.field_table import Kind, plan
from section16.rules.structure_plan import Check, RecordChecks

_NOTHING: Final = (None, ())
_SHAPES: Final[Mapping[type, str]] = {date: "YYYY-MM-DD", bool: "1 or 0", Decimal: "a number"}


def names_of(record: Any, checks: RecordChecks) -> Iterator[str]:
    """Names of the children of a record that has footnote references of its own, in the official order."""
    for check in checks.checks:
        value = getattr(record, check.attribute)
        if check.kind is Kind.NOTES:
            yield from ["footnoteId"] * len(value)
        elif value is not None:
            yield check.field.name


def place_of(record: Any, check: Check, checks: RecordChecks) -> str:
    """Where a missing element goes: after the last one of the official order that is there."""
    before = ""
    for other in checks.checks:
        if other is check:
            break
        value = getattr(record, other.attribute)
        if value is not None and value != ():
            before = other.field.name
    return f"after {before}" if before else f"as the first element of {plan(checks.record).element}"


def absent_from(record: Any, checks: RecordChecks) -> Sequence[str]:
    """Names of the children that a record could have here and does not have."""
    return [
        check.field.name
        for check in checks.checks
        if check.exists and check.kind is not Kind.NOTES and getattr(record, check.attribute) in _NOTHING
    ]


def shape_of(check: Check) -> str:
    """How a missing element is written, as the end of a sentence; "" for plain words."""
    if check.kind is Kind.GROUP or check.kind is Kind.GROUPS:
        return _parts(check)
    shape = _SHAPES.get(check.field.value_type, "")
    if check.kind is Kind.CELL:
        words = " or ".join(check.field.item.choices) or shape or "..."
        shape = f", as <{check.field.name}><value>{words}</value></{check.field.name}>"
        return f"{shape}, or with a footnote that explains why there is none" if check.value_or_note else shape
    return f", as {shape}" if shape else ""


def _parts(check: Check) -> str:
    """What a missing group must hold."""
    for inner in check.inner.values():
        names = [part.field.name for part in inner.checks if part.needed]
        names += [f"either {' or '.join(part.field.name for part in group)}" for group, _ in inner.either]
        if names:
            return f", with {' and '.join(names)} in it"
    return ""
