"""One line of Table I or II as the generator thinks of it: facts and footnote texts, not yet spelled as a record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from section16.samples.stakes import Derivative, Sort, Stake

NotedCell = Literal[
    "title", "coding", "shares", "price", "owned", "nature", "strike", "exercisable", "expires", "underlying"
]
"""Cells that a footnote can stand at. A price without a value is told by its footnote alone."""


class Line(msgspec.Struct, kw_only=True):
    """A transaction (it has a code) or a holding.

    `owned` is the amount after the transaction, `shares` the transaction's own (in dollars where `in_dollars`); `price`
    is None where only a footnote tells it. `derivative` is set in Table II. `form_type` is `5` for what is due on
    Form 5, `3` for a holding that Form 3 forgot. `notes` are footnote texts by cell, besides those that the stake and
    the derivative bring.
    """

    title: str
    nature: str | None
    owned: Decimal
    about: str | None = None
    derivative: Derivative | None = None
    code: str | None = None
    traded_on: date | None = None
    deemed_on: date | None = None
    form_type: str = ""
    timeliness: str = ""
    swap: bool = False
    shares: Decimal = Decimal(0)
    price: Decimal | None = None
    acquired: bool = True
    notes: dict[NotedCell, str] = {}

    @property
    def in_dollars(self) -> bool:
        """Whether its amounts are dollars and not shares."""
        return self.derivative is not None and self.derivative.sort is Sort.SWAP

    @property
    def key(self) -> tuple[object, ...]:
        """What tells which running balance the line belongs to."""
        lot = self.derivative
        return (self.title, self.nature, lot and (lot.strike, lot.exercisable_on, lot.expires_on))


def holding(stake: Stake) -> Line:
    """Return the holding line of a stake as it is now."""
    return Line(title=stake.title, nature=stake.nature, owned=stake.shares, about=stake.about)


def derivative_holding(derivative: Derivative) -> Line:
    """Return the holding line of a derivative security as it is now."""
    return Line(
        title=derivative.title,
        nature=derivative.nature,
        owned=derivative.shares,
        about=derivative.about,
        derivative=derivative,
    )
