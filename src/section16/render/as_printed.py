"""Whether two documents are the same as printed, and where not.

Equal as printed: the same rows, cells, footnote marks and words in the same elements, numbers equal as numbers, boxes
marked or not, blanks folded, absent and empty alike but for `remarks`. What no form prints is left out: see `UNPRINTED`
and :func:`printed_facts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from section16.form.cells import Noted, Plain
from section16.form.document import OwnershipDocument
from section16.form.field_table import Field, Kind, plan
from section16.form.rows import DerivativeTable, NonDerivativeTable

UNPRINTED: Final = frozenset(
    {"schemaVersion", "rptOwnerCcc", "rptOwnerStateDescription", "rptOwnerGoodAddress"},
)
"""Elements whose words no form prints."""

CIKS: Final = frozenset({"issuerCik", "rptOwnerCik"})
"""Printed only as the address of a link, which Markdown does not have."""


def as_printed_differences(
    first: OwnershipDocument, second: OwnershipDocument, *, ciks: bool = True
) -> tuple[str, ...]:
    """Return one line for each element in which two documents differ as printed; none if they are equal.

    Without `ciks` these are not compared.
    """
    one, other = printed_facts(first, ciks=ciks), printed_facts(second, ciks=ciks)
    paths = [*one, *(path for path in other if path not in one)]
    return tuple(
        f"{path}: {one.get(path)!r}, {other.get(path)!r}" for path in paths if one.get(path) != other.get(path)
    )


def printed_facts(document: OwnershipDocument, *, ciks: bool = True) -> Mapping[str, str]:
    """Return what a document says on paper: element by element its value, and apart its footnote marks.

    Not among it: relationships of all owners but the first; form type and timeliness of a transaction where no mark
    beside its code tells them; edition X0101's own names: its rows count as those of a table, its `transactionValue`
    as the price.
    """
    left_out = UNPRINTED if ciks else UNPRINTED | CIKS
    facts = {path: said for path, said in _record(_modern(document), "") if said}
    for path in [path for path in facts if _is(path, left_out) or _is_untold(path, facts, document.form)]:
        del facts[path]
    if document.remarks is not None:
        facts["remarks"] = _folded(document.remarks)
    return facts


def _is_untold(path: str, facts: Mapping[str, str], form: str | None) -> bool:
    """Whether a value is printed in other documents, but not in this place of this one."""
    if path.startswith("reportingOwner[") and "Relationship/" in path:
        return not path.startswith("reportingOwner[1]")
    row, _, name = path.rpartition("/")
    if name == "transactionTimeliness":
        kind = facts.get(f"{row}/transactionCoding/transactionFormType")
        return (form, kind, facts[path]) != ("5", "5", "L")
    if name == "transactionFormType":
        marked = {("4", "5"), ("3", "5"), ("5", "4"), ("5", "3")}
        return (form, facts[path]) not in marked
    return False


def _is(path: str, names: frozenset[str]) -> bool:
    return path.rpartition("/")[2] in names


def _modern(document: OwnershipDocument) -> OwnershipDocument:
    """Return a document of edition X0101 with its rows in tables."""
    changes: dict[str, Any] = {}
    if document.non_derivative_securities:
        changes["non_derivative_table"] = NonDerivativeTable(rows=document.table_one)
    if document.derivative_securities:
        changes["derivative_table"] = DerivativeTable(rows=document.table_two)
    if not changes:
        return document
    return msgspec.structs.replace(document, non_derivative_securities=(), derivative_securities=(), **changes)


def _record(record: Any, path: str) -> Iterator[tuple[str, str]]:
    for field in plan(type(record)).fields:
        held = getattr(record, field.attribute)
        if held is not None:
            yield from _field(field, held, f"{path}/{field.name}" if path else field.name)


def _field(field: Field, held: Any, path: str) -> Iterator[tuple[str, str]]:
    if field.kind is Kind.TEXT:
        yield path, _folded(held)
    elif field.kind is Kind.PLAIN:
        yield path, _plain(held)
    elif field.kind is Kind.CELL:
        path = path.replace("transactionValue", "transactionPricePerShare")
        yield path, _value(held)
        yield f"{path}/footnoteId", " ".join(held.footnotes)
    elif field.kind is Kind.NOTES:
        yield path, " ".join(held)
    elif field.kind is Kind.GROUP:
        yield from _record(held, path)
    else:
        yield from _members(field, held, path)


def _members(field: Field, held: Any, path: str) -> Iterator[tuple[str, str]]:
    for index, member in enumerate(held if field.kind is Kind.GROUPS else held.rows, start=1):
        place = f"{path}[{index}]"
        if hasattr(member, "id") and isinstance(member.id, str | None) and hasattr(member, "text"):
            yield place, f"{member.id or ''} {_folded(member.text)}"
            continue
        if field.kind is Kind.ROWS:
            yield place, member.kind
        yield from _record(member, place)


def _folded(text: str) -> str:
    """Fold blanks of every kind, as a reader of paper does."""
    return " ".join(text.split())


def _plain(held: Plain[Any]) -> str:
    if isinstance(held.value, date):
        return held.value.isoformat()
    if held.value is None:
        return _folded(held.text)
    return "1" if held.value else ""


def _value(held: Noted[Any]) -> str:
    if isinstance(held.value, Decimal):
        return f"{held.value.normalize():f}"
    return held.value.isoformat() if isinstance(held.value, date) else _folded(held.text or "")
