"""Trades as lots that can be matched: shares and prices as of one day, in the class they belong to.

A lot's shares are underlying shares, restated for all splits after its trade (shares times the factor, price divided by
it) and reduced to the person's pecuniary interest. Lots match within a class: the stock, and derivative securities on
it. Separately traded classes are not matched with each other (Gibbons v. Malone, 703 F.3d 595 (2d Cir. 2013)).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from section16.compliance.short_swing.decisions import Decision, Reason
from section16.compliance.short_swing.trade import Insider, Kind, Trade
from section16.law.matching_codes import is_swap, leading_code
from section16.positions import Split
from section16.positions.spelling import folded_title

_NO_CLASS: Final = ""

Series = tuple[str, ...]
"""What identical derivative securities share: kind, strike, expiration, and the title where these are not given."""


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """A trade's shares as they are matched.

    `factor` is what splits after the trade multiplied its shares by. `price` and `market` are for each restated share;
    `market` is the stock's price where it is known. `series` is () for stock. `expired`: the end of a written option,
    which matches only what was written. `stage`: 0 while in office, -1 before the issuer's registration, 1 after
    leaving; one end of a match has to be 0.
    """

    trade: Trade
    is_purchase: bool
    shares: Fraction
    price: Fraction
    factor: Fraction = Fraction(1)
    market: Fraction | None = None
    series: Series = ()
    expired: bool = False
    stage: int = 0
    is_certain: bool = True


def split_factor(trade: Trade, splits: Iterable[Split]) -> Fraction:
    """What the splits after a trade multiply its shares by. On the day of a split, trades are in new shares."""
    factor = Fraction(1)
    titles = {"", folded_title(trade.security), folded_title(trade.underlying)}
    for split in splits:
        if split.day > trade.day and split.title in titles:
            factor *= split.factor
    return factor


def lot_of(decision: Decision, insider: Insider, splits: Sequence[Split]) -> Lot:
    """The lot of a trade that counts, or may count."""
    trade = decision.trade
    factor = split_factor(trade, splits)
    expired = leading_code(trade.code) == "E"
    exercised = leading_code(trade.code) == "O" and trade.direction == "A"
    stock = trade.kind is Kind.STOCK or exercised
    under = Fraction(trade.shares if stock or trade.underlying_shares is None else trade.underlying_shares)
    price = Fraction(0) if expired else _price(trade, under)
    market = trade.market_price if trade.market_price is not None else trade.price if stock else None
    return Lot(
        trade=trade,
        is_purchase=trade.kind is Kind.CALL if expired else trade.is_purchase,
        shares=under * factor * trade.pecuniary_share,
        price=price / factor,
        factor=factor,
        market=None if market is None else Fraction(market) / factor,
        series=("swap", str(trade.row)) if is_swap(trade.code) else () if stock else _series(trade, factor),
        expired=expired,
        stage=_stage(trade, insider),
        is_certain=decision.is_certain,
    )


def _price(trade: Trade, under: Fraction) -> Fraction:
    """Dollars for each underlying share."""
    if leading_code(trade.code) == "O" and trade.price is None:
        return Fraction(trade.strike or 0)
    price = Fraction(trade.price or 0)
    return price * Fraction(trade.shares) / under if trade.by_unit and trade.kind is not Kind.STOCK else price


def _series(trade: Trade, factor: Fraction) -> Series:
    strike = "" if trade.strike is None else str(Fraction(trade.strike) / factor)
    terms = (strike, trade.expires.isoformat() if trade.expires else "")
    return trade.kind, *(
        terms if any(terms) and trade.kind is not Kind.CONVERTIBLE else (*terms, folded_title(trade.security))
    )


def _stage(trade: Trade, insider: Insider) -> int:
    if insider.registered and trade.day < insider.registered:
        return -1
    return 1 if insider.left and trade.day > insider.left else 0


def classes(trades: Sequence[Trade], *, one_class: bool) -> dict[int, str | None]:
    """The class of each trade, by its place: a folded title, "" if none is named; None where it cannot be told.

    A derivative security belongs to the class of its underlying title, or to the only class there is.
    """
    named = {folded_title(trade.security) for trade in trades if trade.kind is Kind.STOCK} - {_NO_CLASS}
    named |= {folded_title(trade.underlying) for trade in trades if trade.kind is not Kind.STOCK} - {_NO_CLASS}
    only = named.pop() if len(named) == 1 else _NO_CLASS if not named or one_class else None
    if one_class:
        return dict.fromkeys(range(len(trades)), _NO_CLASS)
    return {place: _class_of(trade, named, only) for place, trade in enumerate(trades)}


def _class_of(trade: Trade, named: set[str], only: str | None) -> str | None:
    if only is not None:
        return only
    for title in (folded_title(trade.underlying), folded_title(trade.security)):
        if title in named:
            return title
    return None


NO_CLASS_SAID: Final = Reason(why="which class of securities it is of, or on: the table names several")
