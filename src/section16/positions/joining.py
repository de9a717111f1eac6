"""How one report of a position joins what was known before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec
from msgspec.structs import replace

from section16.positions.adjustments import Change, Split
from section16.positions.links import Continuity, Link
from section16.positions.stated_numbers import number_stated
from section16.positions.statements import Reading, Statement

_ROUNDING: Final = Decimal(1)
_ROUNDING_SHARE: Final = Decimal("0.0001")


class Known(msgspec.Struct, frozen=True, gc=False):
    """What a report leaves known of a position: what was owned after it, on which day, its change, when made public."""

    after: Decimal | None
    last: date
    change: Decimal | None
    made_known: tuple[date, float, bool, str]


def known_after(statement: Statement) -> Known:
    """What is known after a statement."""
    return Known(statement.after, statement.last, statement.change, statement.made_known)


def joined(before: Known | None, now: Statement, adjustments: Sequence[Split | Change]) -> Link:
    """Join a statement to what was known before it. `adjustments` are of its position, in order of their days."""
    if now.before is None:
        why = "Several lines have one name." if now.reading is Reading.UNCLEAR else "A figure is missing."
        return Link(statement=now, status=Continuity.UNKNOWN, why=why)
    if before is None or before.after is None:
        why = "" if before is None else "The report before it gives no clear balance."
        return Link(statement=now, status=Continuity.START, why=why)
    between = tuple([one for one in adjustments if before.last < one.day <= now.first])
    expected = _adjusted(before.after, between)
    gap = now.before - expected
    link = Link(statement=now, status=Continuity.GAP, expected=expected, gap=gap, applied=between)
    if gap == 0:
        return replace(link, status=_even(before, now, between))
    if _is_rounding(gap, expected, now.before, before.after):
        return replace(link, status=Continuity.ROUNDING)
    said = number_stated(abs(gap), [note for line in now.lines for note in line.notes])
    if said:
        return replace(link, status=Continuity.EXPLAINED_NOTE, why=f"A footnote says: {said}")
    return link


def _even(before: Known, now: Statement, between: Sequence[Split | Change]) -> Continuity:
    """How a report joins that leaves no gap."""
    if any(isinstance(one, Change) for one in between):
        return Continuity.EXPLAINED_CHANGE
    if any(one.factor != 1 for one in between):
        return Continuity.EXPLAINED_SPLIT
    late = before.made_known > now.made_known and before.change != 0
    return Continuity.LATE_OR_AMENDED if late else Continuity.CONTINUOUS


def _adjusted(amount: Decimal, between: Sequence[Split | Change]) -> Decimal:
    for one in between:
        amount = amount * one.factor.numerator / one.factor.denominator
        if isinstance(one, Change):
            amount += one.shares
    return amount


def _is_rounding(gap: Decimal, expected: Decimal, *amounts: Decimal) -> bool:
    """At most one share, or 0.01 % where a fraction of a share is at hand."""
    fractional = any(amount != amount.to_integral_value() for amount in (expected, *amounts))
    return abs(gap) <= _ROUNDING or (fractional and abs(gap) <= _ROUNDING_SHARE * expected)
