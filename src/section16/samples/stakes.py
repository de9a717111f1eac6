"""What a fictional insider owns between two reports: lines of shares, and derivative securities grant by grant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec


class Stake(msgspec.Struct, kw_only=True, gc=False):
    """Shares of one title, held in one way: directly (`nature` is None) or through someone.

    `about` is the footnote that explains the nature.
    """

    title: str
    nature: str | None
    shares: Decimal
    about: str | None = None


class Sort(Enum):
    """What a derivative security is, which decides what can happen to it."""

    UNITS = "restricted stock units"
    OPTION = "stock option"
    PHANTOM = "phantom stock"
    CLASS = "convertible class of shares"
    WARRANT = "warrant"
    SWAP = "total return swap, told in dollars"


class Derivative(msgspec.Struct, kw_only=True, gc=False):
    """One derivative security of Table II. A fact that is None is told by the footnote beside it.

    `strike` is the conversion or exercise price in dollars a share. `granted_on` is known to the generator alone.
    """

    sort: Sort
    title: str
    shares: Decimal
    granted_on: date
    underlying: str
    strike: Decimal | None = None
    exercisable_on: date | None = None
    expires_on: date | None = None
    strike_note: str | None = None
    exercisable_note: str | None = None
    expires_note: str | None = None
    underlying_note: str | None = None
    nature: str | None = None
    about: str | None = None

    def is_the_same_as(self, other: Derivative) -> bool:
        """Say whether a reader of Table II could not tell the two apart: then they are one line."""
        facts = ("title", "strike", "exercisable_on", "expires_on", "nature")
        return all(getattr(self, fact) == getattr(other, fact) for fact in facts)


class Portfolio:
    """Everything that one insider, or one group that reports together, owns of one issuer."""

    __slots__ = ("derivatives", "stakes")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stakes: list[Stake] = []
        self.derivatives: list[Derivative] = []

    def stake(self, title: str, nature: str | None = None, about: str | None = None) -> Stake:
        """Return the line of a title and nature, begun with no shares if it is not there yet."""
        for stake in self.stakes:
            if stake.title == title and stake.nature == nature:
                return stake
        begun = Stake(title=title, nature=nature, shares=Decimal(0), about=about)
        self.stakes.append(begun)
        return begun

    def add(self, granted: Derivative) -> Derivative:
        """Put a grant to the line it belongs to, or begin a new one; return the line."""
        for derivative in self.derivatives:
            if derivative.is_the_same_as(granted):
                derivative.shares += granted.shares
                return derivative
        self.derivatives.append(granted)
        return granted

    def of_sort(self, sort: Sort, least: int = 1) -> list[Derivative]:
        """Return the lines of a sort that still have at least so many shares."""
        return [derivative for derivative in self.derivatives if derivative.sort is sort and derivative.shares >= least]
