"""What stands around an element: the names of its neighbours, where a missing one goes and how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from section16.form.field_table import Kind, plan
from section16.rules.structure_plan import Check, RecordChecks

_SHAPES: Final[Mapping[type, str]] = {date: ", as YYYY-MM-DD", bool: ", as 1 or 0", Decimal: ", as a number"}


def names_of(record: Any, checks: RecordChecks) -> Iterator[str]:
    """Names of the children of a record that has footnote references of its own, in the official order."""
    for check in checks.checks:
        value = getattr(record, check.attribute)
        if check.kind is Kind.NOTES:
            yield from ["footnoteId"] * len(value)
        elif value is not None:
            yield check.field.name


def place_of(record: Any, check: Check, checks: RecordChecks) -> str:
    """Where a missing element goes: behind the last one of the official order that is there."""
    before = ""
    for other in checks.checks:
        if other is check:
            break
        value = getattr(record, other.attribute)
        if value is not None and value != ():
            before = other.field.name
    return f"behind {before}" if before else f"as the first element of {plan(checks.record).element}"


def shape_of(check: Check) -> str:
    """How a missing element is written, as the end of a sentence; "" for groups and words."""
    shape = _SHAPES.get(check.field.value_type, "")
    return f"{shape}, or with a footnote that explains why there is none" if check.value_or_note else shape
