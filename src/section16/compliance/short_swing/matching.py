"""Lots of one class matched for the greatest profit, in whole numbers, with the proof that there is no greater one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from math import lcm

import msgspec

from section16.compliance.short_swing.certificate import adds_up, covers_every_pair, covers_every_window
from section16.compliance.short_swing.highest import NONE, Highest
from section16.compliance.short_swing.lots import Lot
from section16.compliance.short_swing.mixed_maximum import mixed_maximum
from section16.compliance.short_swing.program import Solution, Unit, Window, Worth
from section16.compliance.short_swing.stock_maximum import stock_maximum
from section16.compliance.short_swing.trade import Kind
from section16.law.six_months import Reading, last_matching_day, within_six_months


class Scaled(msgspec.Struct, frozen=True, kw_only=True):
    """Lots in whole numbers: shares times `per_share`, dollars times `per_dollar`."""

    purchases: tuple[Lot, ...]
    sales: tuple[Lot, ...]
    bought: tuple[Unit, ...]
    sold: tuple[Unit, ...]
    per_share: int
    per_dollar: int

    def dollars(self, amount: int) -> Fraction:
        """Whole-number profit in dollars."""
        return Fraction(amount, self.per_share * self.per_dollar)


def scaled(lots: Sequence[Lot], more: Sequence[Fraction] = ()) -> Scaled:
    """Lots in whole numbers, nothing rounded; `more` are other amounts of dollars that have to be whole."""
    per_share = lcm(*[lot.shares.denominator for lot in lots])
    prices = [price for lot in lots for price in (lot.price, lot.market) if price is not None]
    per_dollar = lcm(*[price.denominator for price in (*prices, *more)])
    purchases = tuple(lot for lot in lots if lot.is_purchase)
    sales = tuple(lot for lot in lots if not lot.is_purchase)

    def unit(lot: Lot) -> Unit:
        return Unit(day=lot.trade.day, amount=int(lot.shares * per_share), price=int(lot.price * per_dollar))

    return Scaled(
        purchases=purchases,
        sales=sales,
        bought=tuple(map(unit, purchases)),
        sold=tuple(map(unit, sales)),
        per_share=per_share,
        per_dollar=per_dollar,
    )


def is_plain(group: Scaled) -> bool:
    """Whether every match is worth sale less purchase wherever the window allows it: stock only, no two late trades."""
    outside = all(any(lot.stage for lot in side) for side in (group.purchases, group.sales))
    return not outside and not any(lot.series for lot in (*group.purchases, *group.sales))


class Measure(Enum):
    """What a match is measured by."""

    PRICE = 1
    PUT = 2
    MARKET = 3


def gain(purchase: Lot, sale: Lot, reading: Reading) -> Fraction | None:
    """What a share of one matched with a share of the other brings; None where they may not be matched."""
    measure = _measure(purchase, sale)
    if measure is None or not within_six_months(purchase.trade.day, sale.trade.day, reading):
        return None
    if measure is Measure.MARKET:
        return (sale.market or Fraction(0)) - (purchase.market or Fraction(0))
    return sale.price - purchase.price if measure is Measure.PRICE else purchase.price - sale.price


def whole_gain(group: Scaled, reading: Reading) -> Worth:
    """`gain` in whole numbers, by the numbers of purchase and sale."""
    bought = _whole(group, group.purchases, group.bought, reading)
    sold = _whole(group, group.sales, group.sold, reading)

    def worth(purchase: int, sale: int) -> int | None:
        lot, last, price, market = bought[purchase]
        other, other_last, other_price, other_market = sold[sale]
        if other.trade.day > last or lot.trade.day > other_last:
            return None
        measure = _measure(lot, other)
        if measure is Measure.MARKET:
            return other_market - market
        return None if measure is None else other_price - price if measure is Measure.PRICE else price - other_price

    return worth


def _whole(
    group: Scaled, lots: Sequence[Lot], units: Sequence[Unit], reading: Reading
) -> list[tuple[Lot, date, int, int]]:
    """Lots with their last matching day, their price and the stock's market price, in whole numbers."""
    return [
        (lot, last_matching_day(unit.day, reading), unit.price, int((lot.market or 0) * group.per_dollar))
        for lot, unit in zip(lots, units, strict=True)
    ]


def _measure(purchase: Lot, sale: Lot) -> Measure | None:
    """By what two lots are matched, their days aside; None where they may not be.

    Stock with stock: the prices. Identical derivative securities: what was paid and received for them (Rule
    16b-6(c)(1)); of a put, the purchase of the stock is where it was sold: its premium is what came in. Others: at most
    the difference in the stock's market price (Rule 16b-6(c)(2)). An expiration matches what was written before it.
    """
    if purchase.stage and sale.stage:
        return None
    if purchase.series != sale.series:
        priced = purchase.market is not None and sale.market is not None
        return Measure.MARKET if priced and not purchase.expired and not sale.expired else None
    if purchase.expired or sale.expired:
        end, written = (purchase, sale) if purchase.expired else (sale, purchase)
        if written.expired or written.trade.day > end.trade.day:
            return None
    return Measure.PUT if purchase.series and purchase.series[0] == Kind.PUT else Measure.PRICE


def solved(group: Scaled, reading: Reading) -> Solution:
    """The greatest profit of a class."""
    if is_plain(group):
        return stock_maximum(group.bought, group.sold, reading)
    return mixed_maximum(group.bought, group.sold, whole_gain(group, reading))


def is_proved(group: Scaled, solution: Solution, reading: Reading) -> bool:
    """Whether matches and duals prove each other."""
    worth = whole_gain(group, reading)
    if not adds_up(solution, group.bought, group.sold, worth):
        return False
    if is_plain(group):
        return covers_every_window(solution, group.bought, group.sold, reading)
    return covers_every_pair(solution, group.bought, group.sold, worth)


def greedy(group: Scaled, reading: Reading) -> int:
    """What the usual recipe finds: the lowest purchase with the highest sale in its window, and so on. Never more."""
    return _greedy_of_stock(group, reading) if is_plain(group) else _greedy_of_pairs(group, reading)


def _greedy_of_stock(group: Scaled, reading: Reading) -> int:
    window = Window([unit.day for unit in (*group.bought, *group.sold)], reading)
    order = sorted(range(len(group.sold)), key=lambda number: (group.sold[number].day, number))
    places = [window.place[group.sold[number].day] for number in order]
    left = [group.sold[number].amount for number in order]
    prices = Highest([group.sold[number].price for number in order])
    starts = _starts(places, len(window.days))
    total = 0
    for unit in sorted(group.bought, key=lambda unit: (unit.price, unit.day, unit.amount)):
        day, rest = window.place[unit.day], unit.amount
        while rest:
            price, place = prices.between(starts[window.first[day]], starts[window.last[day] + 1] - 1)
            if price <= unit.price or place == NONE:
                break
            amount = min(rest, left[place])
            total += amount * (price - unit.price)
            rest -= amount
            left[place] -= amount
            if not left[place]:
                prices.put(place, NONE)
    return total


def _starts(places: Sequence[int], days: int) -> list[int]:
    """How many sales lie before each day."""
    counts = [0] * (days + 1)
    for place in places:
        counts[place + 1] += 1
    for day in range(days):
        counts[day + 1] += counts[day]
    return counts


def _greedy_of_pairs(group: Scaled, reading: Reading) -> int:
    worth = whole_gain(group, reading)
    bought, sold = [unit.amount for unit in group.bought], [unit.amount for unit in group.sold]
    found = [
        (-gained, purchase, sale)
        for purchase in range(len(bought))
        for sale in range(len(sold))
        if (gained := worth(purchase, sale)) is not None and gained > 0
    ]
    total = 0
    for loss, purchase, sale in sorted(found):
        amount = min(bought[purchase], sold[sale])
        total -= loss * amount
        bought[purchase] -= amount
        sold[sale] -= amount
    return total
