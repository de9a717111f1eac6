"""Fills that may stand on one line, gathered into the fewest such lines, with the exact average price of each.

A line takes trades of one day, one direction, one security held in one way, within one dollar (`section16.law`'s
`aggregation`). Trades of a Rule 10b5-1 plan do not share a line with others, nor with another plan's: a footnote has
to say which lines are the plan's. The fewest bands come of beginning each at the lowest price that has no place yet;
where other bands would be as few, it is these that are drawn, so the answer does not depend on the order of the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from section16.compliance.fills.fill import Fill, Position, Side
from section16.law.aggregation import one_line

_DIVIDING: Final = 4
"""Parts of a fill's place that divide: day, position, side, plan."""


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """The fills of one line, by price; where prices are equal in the order in which they were made."""

    fills: tuple[Fill, ...]

    @property
    def traded(self) -> date:
        """The trade date of all of them."""
        return self.fills[0].traded

    @property
    def side(self) -> Side:
        """P or S."""
        return self.fills[0].side

    @property
    def position(self) -> Position:
        """Which security, held how; of several spellings the first in the alphabet."""
        return min((fill.position for fill in self.fills), key=lambda one: (one.security, one.nature or ""))

    @property
    def plan_adopted(self) -> date | None:
        """When the plan was adopted that made the trades."""
        return self.fills[0].plan_adopted

    @property
    def low(self) -> Decimal:
        """The lowest price."""
        return self.fills[0].price

    @property
    def high(self) -> Decimal:
        """The highest price."""
        return self.fills[-1].price

    @property
    def shares(self) -> Decimal:
        """All shares."""
        return sum((fill.shares for fill in self.fills), Decimal(0))

    @property
    def price(self) -> Fraction:
        """The average price, weighted by shares, exact."""
        worth = sum((Fraction(fill.shares) * Fraction(fill.price) for fill in self.fills), Fraction(0))
        return worth / Fraction(self.shares)


def bands(fills: Iterable[Fill]) -> list[Band]:
    """The fewest bands that hold all fills, each fill in one.

    In order of day, security, direct before indirect, nature, purchases before sales, the plan's after others, price:
    whatever the order of the fills.
    """
    groups: dict[tuple[object, ...], list[Fill]] = {}
    for fill in sorted(fills, key=_place):
        groups.setdefault(_place(fill)[:_DIVIDING], []).append(fill)
    return [band for group in groups.values() for band in _banded(group)]


def _place(fill: Fill) -> tuple[object, ...]:
    """What divides fills, then the price, then what orders fills of one price: time, size, the broker's marks."""
    moment = fill.executed_at.isoformat() if fill.executed_at else ""
    marks = (moment, fill.shares, fill.order or "", fill.account or "", fill.line or 0)
    plan = fill.plan_adopted or date.min
    return (fill.traded, fill.position.key, fill.side, plan, fill.price, *marks)


def _banded(group: Sequence[Fill]) -> list[Band]:
    """Bands of fills that differ in price only, given from the lowest on."""
    width = one_line(group[0].traded).width
    found: list[list[Fill]] = []
    for fill in group:
        if found and fill.price - found[-1][0].price <= width:
            found[-1].append(fill)
        else:
            found.append([fill])
    return [Band(fills=tuple(band)) for band in found]
