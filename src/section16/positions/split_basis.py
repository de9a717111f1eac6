"""Exercise prices put on the basis of the last split, so that a series of options is one before and after it.

A two-for-one split doubles the options and halves their price. Prices are compared to the cent, as plans round them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from typing import Final

from msgspec.structs import replace

from section16.positions.adjustments import Split
from section16.positions.statements import Statement

_CENT: Final = Decimal("0.01")
_WIDE: Final = Context(prec=80)
"""Prices of 40 digits are nonsense, but no reason to stop."""


def on_one_basis(given: Sequence[Statement], splits: Sequence[Split]) -> Sequence[Statement]:
    """The statements, with the exercise price that each series has after the last split that touches it."""
    return [_restated(statement, splits) for statement in given] if splits else given


def _restated(statement: Statement, splits: Sequence[Split]) -> Statement:
    position = statement.position
    touching = [split for split in splits if split.factor != 1 and split.touches(position)]
    if not position.strike or not touching:
        return statement
    price = Decimal(position.strike)
    for split in touching:
        if split.day > statement.last:
            price = price * split.factor.denominator / split.factor.numerator
    strike = format(price.quantize(_CENT, context=_WIDE).normalize(), "f")
    return replace(statement, position=replace(position, strike=strike))
