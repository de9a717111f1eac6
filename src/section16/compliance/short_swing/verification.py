"""An answer checked by anyone: its pairs and duals held against the trades, without solving anything again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from section16.compliance.short_swing.answer import Pair, ShortSwing
from section16.compliance.short_swing.engine import Terms, sort_out
from section16.compliance.short_swing.lots import Lot
from section16.compliance.short_swing.matching import is_proved, scaled, whole_gain
from section16.compliance.short_swing.money import money
from section16.compliance.short_swing.program import Match, Solution
from section16.compliance.short_swing.trade import Trade
from section16.law.six_months import Reading

_Key = tuple[int, str, bool]


def verify(answer: ShortSwing, trades: Sequence[Trade], terms: Terms = Terms()) -> bool:  # noqa: B008
    """Whether an answer is right: its pairs may be matched, bring its profit, and its duals allow no more.

    The duals must be 0 or more, cover each pair that may be matched, and sum to the profit with the trades' shares.
    Nothing is taken from the solver: what is checked are the answer's own figures.
    """
    groups = sort_out(trades, terms).groups(all_count=False)
    duals = {
        (dual.row, str(dual.day), dual.side == "purchase"): Fraction(dual.value_exact) for dual in answer.proof.duals
    }
    lots = {_key(lot): name for name, group in groups.items() for lot in group}
    if duals.keys() != lots.keys() or len(lots) != sum(map(len, groups.values())):
        return False
    reached = Fraction(0)
    for name, group in groups.items():
        pairs = [one for one in answer.pairs if lots.get((one.purchase.row, str(one.purchase.day), True)) == name]
        profit = _proved(group, pairs, duals)
        if profit is None:
            return False
        reached += profit
    known = {(one.purchase.row, str(one.purchase.day), True) for one in answer.pairs} <= lots.keys()
    return known and money(reached) == answer.profit == answer.proof.bound


def _proved(lots: Sequence[Lot], pairs: Sequence[Pair], duals: dict[_Key, Fraction]) -> Fraction | None:
    """The profit of a class's pairs, if its duals prove it."""
    group = scaled(lots, [duals[_key(lot)] for lot in lots])
    bought = {_key(lot): number for number, lot in enumerate(group.purchases)}
    sold = {_key(lot): number for number, lot in enumerate(group.sales)}
    matches = []
    for pair in pairs:
        sale = sold.get((pair.sale.row, str(pair.sale.day), False))
        if sale is None:
            return None
        purchase = bought[pair.purchase.row, str(pair.purchase.day), True]
        later = max((group.purchases[purchase], group.sales[sale]), key=lambda lot: lot.trade.day)
        amount = Fraction(pair.shares_exact or pair.shares) * later.factor * group.per_share
        if amount.denominator != 1:
            return None
        matches.append(Match(purchase=purchase, sale=sale, amount=int(amount)))
    worth = whole_gain(group, Reading.NARROW)
    profit = sum(one.amount * (worth(one.purchase, one.sale) or 0) for one in matches)
    solution = Solution(
        profit=profit,
        matches=tuple(matches),
        purchase_duals=tuple(int(duals[_key(lot)] * group.per_dollar) for lot in group.purchases),
        sale_duals=tuple(int(duals[_key(lot)] * group.per_dollar) for lot in group.sales),
    )
    return group.dollars(solution.profit) if is_proved(group, solution, Reading.NARROW) else None


def _key(lot: Lot) -> _Key:
    return lot.trade.row, str(lot.trade.day), lot.is_purchase
