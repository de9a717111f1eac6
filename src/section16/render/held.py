"""What a report says is held after it, in words.

Every holding line is a position of its own and is added. Of transaction lines of one position the latest counts, by
date and then by order. Where it is not certain which lines are one position (lines of Table I with the same nature and
different footnotes, several lines of one derivative security) nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from section16.form.cells import Noted
from section16.form.document import OwnershipDocument
from section16.form.rows import (
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
    Row,
    is_transaction,
)
from section16.render.figures import format_dollars, format_number
from section16.render.visible import one_line

_MOST: Final = 3
_HOW: Final = {"D": " directly", "I": " indirectly"}


class _Position(NamedTuple):
    """Shares or dollars of one security, held directly (D) or indirectly (I)."""

    form: str
    title: str
    money: bool


class _Line(NamedTuple):
    """What one line says is held. `day` is `None` on a holding line."""

    position: _Position
    nature: str
    notes: tuple[str, ...]
    day: date | None
    value: Decimal


def holdings(document: OwnershipDocument) -> list[str]:
    """Return `["holds 24,059 directly"]`: of Table I, and of Table II where Table I is empty or the form is a 3."""
    totals = _totals(_lines(document.table_one))
    if document.form == "3" or not document.table_one:
        totals |= _totals(_lines(document.table_two))
    if not totals:
        return []
    named = len({position.title for position in totals}) > 1 or not document.table_one
    told = [_told(position, value, named=named) for position, value in sorted(totals.items(), key=_direct_first)]
    if len(told) > _MOST:
        rest = len(told) - _MOST + 1
        told = [*told[: _MOST - 1], f"{rest} more positions"]
    *first, last = told
    return [f"holds {', '.join(first)} and {last}" if first else f"holds {last}"]


def _direct_first(item: tuple[_Position, Decimal]) -> bool:
    return item[0].form != "D"


def _told(position: _Position, value: Decimal, *, named: bool) -> str:
    number = (format_dollars if position.money else format_number)(value) if value else "none"
    title = f" {'of ' if position.money or not value else ''}{position.title}" if named and position.title else ""
    return f"{number}{title}{_HOW.get(position.form, '')}"


def _totals(lines: Iterable[_Line]) -> dict[_Position, Decimal]:
    natures: dict[_Position, dict[str, list[_Line]]] = {}
    for line in lines:
        natures.setdefault(line.position, {}).setdefault(line.nature, []).append(line)
    totals = {position: [_held(lines) for lines in groups.values()] for position, groups in natures.items()}
    return {
        position: sum((value for value in values if value is not None), Decimal())
        for position, values in totals.items()
        if None not in values
    }


def _held(lines: Sequence[_Line]) -> Decimal | None:
    """What is held of one nature; `None` if it is not certain."""
    held = sum((line.value for line in lines if line.day is None), Decimal())
    traded = [line for line in lines if line.day is not None]
    if not traded:
        return held
    if len({line.notes for line in traded}) > 1:
        return None
    latest = max(line.day for line in traded if line.day is not None)
    return held + [line.value for line in traded if line.day == latest][-1]


def _lines(rows: Iterable[Row]) -> list[_Line]:
    lines = []
    for number, row in enumerate(rows):
        found = _amount(row)
        if found is None:
            continue
        cell, money = found
        if cell.value is None:
            continue
        ownership = row.ownership
        nature = ownership.nature if ownership else None
        form = one_line((ownership.direct_or_indirect.text or "") if ownership and ownership.direct_or_indirect else "")
        # Each line of Table II is its own position as far as anybody can tell: two of them make it uncertain.
        series = (str(number),) if isinstance(row, DerivativeTransaction) and is_transaction(row) else ()
        lines.append(
            _Line(
                position=_Position(form, one_line((row.title.text or "") if row.title else ""), money),
                nature=one_line((nature.text or "") if nature else ""),
                notes=(*(nature.footnotes if nature else ()), *series),
                day=_day(row),
                value=cell.value,
            ),
        )
    return lines


def _amount(row: Row) -> tuple[Noted[Decimal], bool] | None:
    """The amount held after a line, and whether it is dollars. Form 3 has that of Table II as underlying shares."""
    owned = row.owned_after
    if owned is not None:
        if owned.shares_owned is not None:
            return owned.shares_owned, False
        return None if owned.value_owned is None else (owned.value_owned, True)
    if isinstance(row, NonDerivativeTransaction | NonDerivativeHolding) or is_transaction(row):
        return None
    underlying = row.underlying
    return None if underlying is None or underlying.shares is None else (underlying.shares, False)


def _day(row: Row) -> date | None:
    if not isinstance(row, NonDerivativeTransaction | DerivativeTransaction) or not is_transaction(row):
        return None
    return row.transaction_date.value or date.min if row.transaction_date else date.min
