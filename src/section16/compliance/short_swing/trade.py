"""A trade as the short-swing engine takes it, and the person whose trades they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import msgspec


class Kind(StrEnum):
    """What was traded: the stock itself, or a right to it. A warrant, a right or a stock unit is a call."""

    STOCK = "stock"
    CALL = "call"
    PUT = "put"
    CONVERTIBLE = "convertible"


class Status(StrEnum):
    """Why the person is subject to Section 16. A director or officer who also owns ten percent is a director."""

    DIRECTOR = "director"
    OFFICER = "officer"
    TEN_PERCENT = "ten-percent"


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """One trade.

    `row` names it to the user: the row of a table (the header is row 1), or a running number. `direction` is A
    (acquired), D (disposed of) or "" where it isn't known. `price` is in dollars for each share; of a call or put for
    each underlying share, as premiums are quoted, or `by_unit` for each derivative security. `owned_before` are the
    shares owned just before (the 13(d) count), `outstanding` those of the class. `market_price` is the stock's on that
    day. `pecuniary_share` is the person's part of the profit. `low` and `high` bound the prices of a weighted average.
    None is not known.
    """

    row: int
    day: date
    code: str
    direction: str
    shares: Decimal
    price: Decimal | None = None
    security: str = ""
    underlying: str = ""
    owned_before: Decimal | None = None
    outstanding: Decimal | None = None
    exempt: bool | None = None
    kind: Kind = Kind.STOCK
    underlying_shares: Decimal | None = None
    strike: Decimal | None = None
    expires: date | None = None
    market_price: Decimal | None = None
    pecuniary_share: Fraction = Fraction(1)
    by_unit: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    source: str = ""

    @property
    def is_purchase(self) -> bool:
        """Whether it counts as a purchase of the stock: puts the other way round (Rule 16b-6(a))."""
        return (self.direction == "A") is not (self.kind is Kind.PUT)

    @property
    def content(self) -> tuple[str, ...]:
        """All it says but the row, to put trades in an order that doesn't depend on how they came."""
        values = [getattr(self, name) for name in self.__struct_fields__ if name != "row"]
        return self.day.isoformat(), *map(_plain, values)


def _plain(value: object) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def in_order(trades: tuple[Trade, ...] | list[Trade]) -> list[Trade]:
    """Trades by day and content; of equal ones the lower row first."""
    return sorted(trades, key=lambda trade: (trade.content, trade.row))


class Insider(msgspec.Struct, frozen=True, kw_only=True):
    """Whose trades they are.

    `status` None is taken for a director or officer, and said. `became` and `left`: first and last day as an insider.
    `registered`: the day on which the issuer first registered a class, by which alone the person became subject.
    `foreign`: the issuer is a foreign private issuer.
    """

    status: Status | None = None
    became: date | None = None
    left: date | None = None
    registered: date | None = None
    foreign: bool = False

    @property
    def only_owns(self) -> bool:
        """Whether the person is subject as a ten-percent owner only."""
        return self.status is Status.TEN_PERCENT
