"""The answer of the short-swing engine, as it is printed and as its JSON has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that was applied or assumed: `basis` is rule, guide or memory (not read again, so an assumption)."""

    text: str
    cites: str = ""
    basis: str = ""


class End(msgspec.Struct, frozen=True, kw_only=True, rename={"day": "date"}):
    """One end of a pair. `price` is for each share, in shares as of the later trade of the pair."""

    row: int
    day: date
    code: str
    shares: Decimal
    price: Decimal
    security: str = ""
    source: str = ""


class Pair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Shares of a purchase matched with as many of a sale.

    `earlier` is the first trade date, `corresponding_day` the day six months later, `last_matching_day` two days before
    it. `measure`: price (of stock), premium (of identical derivative securities) or market (the stock's price, a cap).
    `shares_exact` is there, a fraction, where the decimals of `shares` don't end.
    """

    purchase: End
    sale: End
    shares: Decimal
    profit: Decimal
    earlier: date
    corresponding_day: date
    last_matching_day: date
    measure: str
    security: str = ""
    shares_exact: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, rename={"day": "date"}):
    """A trade that doesn't count, or may not count, with why."""

    row: int
    day: date
    code: str
    shares: Decimal
    price: Decimal | None
    why: str
    cites: str = ""
    basis: str = ""
    source: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True, rename={"day": "date"}):
    """A trade that needs a judgement: the facts that are missing, and whether `profit_if_all_count` counts it."""

    row: int
    day: date
    code: str
    shares: Decimal
    price: Decimal | None
    missing: tuple[str, ...]
    counted_if_all: bool
    cites: tuple[str, ...] = ()
    source: str = ""


class Dual(msgspec.Struct, frozen=True, kw_only=True, rename={"day": "date"}):
    """What one more share of a trade would add to the profit at most, in dollars; shares and price as matched.

    Exact as `value_exact` (a fraction) where decimals don't end.
    """

    row: int
    side: str
    day: date
    security: str
    shares: Decimal
    price: Decimal
    value: Decimal
    value_exact: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """Why no pairing brings more: for each pair that may be matched, the two duals are at least its profit a share.

    So no pairing can bring more than `bound`, the sum of all shares times their duals, and the pairs shown bring it.
    """

    says: str
    bound: Decimal
    checked: bool
    duals: tuple[Dual, ...]


class ShortSwing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The greatest profit recoverable under Section 16(b) from these trades.

    `profit` counts what matches for certain, month ends by the narrow reading; `profit_if_all_count` what may match
    too; `profit_wide` is there where the wide reading differs, `profit_at_most` where prices are averages whose range
    is known. `greedy` is what the usual recipe finds. `another_pairing`: whether other pairs reach the same profit,
    None if that was not looked through. `profit_exact` is there where the decimals of `profit` don't end.
    """

    profit: Decimal
    says: str
    pairs: tuple[Pair, ...]
    excluded: tuple[Row, ...]
    undecided: tuple[Asked, ...]
    profit_if_all_count: Decimal
    greedy: Decimal
    another_pairing: bool | None
    proof: Proof
    assumptions: tuple[Step, ...]
    warnings: tuple[str, ...]
    trades: int
    profit_wide: Decimal | None = None
    profit_at_most: Decimal | None = None
    profit_exact: str | None = None
    issuer: str = ""
    owner: str = ""
