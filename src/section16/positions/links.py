"""What following a position gives: a chain of reports, each with how it joins the one before it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec

from section16.positions.adjustments import Change, Split
from section16.positions.lines import Position
from section16.positions.statements import Statement


class Continuity(StrEnum):
    """How a report joins the one before it."""

    START = "start"
    CONTINUOUS = "continuous"
    ROUNDING = "rounding"
    EXPLAINED_SPLIT = "explained_split"
    EXPLAINED_CHANGE = "explained_change"
    """By a change that was given as data."""
    EXPLAINED_NOTE = "explained_note"
    EXPLAINED_TRANSFER = "explained_transfer"
    LATE_OR_AMENDED = "late_or_amended"
    GAP = "gap"
    UNKNOWN = "unknown"
    """A figure is missing, or the lines don't tell which balance is meant."""


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report in a chain. `expected` is what should have been owned before it, `gap` how much more was.

    `applied` are the splits and changes between it and the report before. `why` is a sentence for people.
    """

    statement: Statement
    status: Continuity
    expected: Decimal | None = None
    gap: Decimal | None = None
    applied: tuple[Split | Change, ...] = ()
    why: str = ""


class Chain(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A position with its reports, oldest first."""

    position: Position
    links: tuple[Link, ...]

    @property
    def is_series(self) -> bool:
        """Whether its balance is of one thing: Table I, or derivative securities told apart by price and expiration.

        Grants of one title without them have balances of their own, or one of all: which, the form doesn't say.
        """
        position = self.position
        return position.table == "I" or bool(position.strike and position.expires)
