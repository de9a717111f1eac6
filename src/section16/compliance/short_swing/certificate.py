"""The proof that no matching brings more, checked without asking how it was found.

A certificate has a dual for each purchase and each sale, none below 0. If for every purchase and sale that may be
matched the two duals together are at least what a match of them brings, then no matching can bring more than the sum
of all amounts times their duals: each matched share is paid for by its two duals. If the matching shown brings that
sum, it is a greatest one (duality of linear programs).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from section16.compliance.short_swing.highest import NONE, Highest
from section16.compliance.short_swing.program import Solution, Unit, Worth
from section16.law.six_months import Reading, last_matching_day


def stock_worth(purchases: Sequence[Unit], sales: Sequence[Unit], reading: Reading) -> Worth:
    """A match of stock with stock: the sale's price less the purchase's, within the window."""

    def worth(purchase: int, sale: int) -> int | None:
        bought, sold = purchases[purchase], sales[sale]
        if max(bought.day, sold.day) > last_matching_day(min(bought.day, sold.day), reading):
            return None
        return sold.price - bought.price

    return worth


def adds_up(solution: Solution, purchases: Sequence[Unit], sales: Sequence[Unit], worth: Worth) -> bool:
    """Whether the matches keep to amounts and windows, bring the profit, and the duals sum to it, none below 0."""
    bought, sold, gained = [0] * len(purchases), [0] * len(sales), 0
    for match in solution.matches:
        gain = worth(match.purchase, match.sale)
        if gain is None or match.amount <= 0:
            return False
        gained += gain * match.amount
        bought[match.purchase] += match.amount
        sold[match.sale] += match.amount
    duals = (*solution.purchase_duals, *solution.sale_duals)
    units = (*purchases, *sales)
    return (
        len(duals) == len(units)
        and min(duals, default=0) >= 0
        and all(used <= unit.amount for used, unit in zip((*bought, *sold), units, strict=True))
        and gained == solution.profit
        and solution.profit == sum(dual * unit.amount for dual, unit in zip(duals, units, strict=True))
    )


def covers_every_pair(solution: Solution, purchases: Sequence[Unit], sales: Sequence[Unit], worth: Worth) -> bool:
    """Whether the two duals pay for every match that is allowed, looking at each pair."""
    return all(
        (gain := worth(purchase, sale)) is None or solution.purchase_duals[purchase] + solution.sale_duals[sale] >= gain
        for purchase in range(len(purchases))
        for sale in range(len(sales))
    )


def covers_every_window(solution: Solution, purchases: Sequence[Unit], sales: Sequence[Unit], reading: Reading) -> bool:
    """The same for stock, without looking at each pair: the dearest sale after its dual in each purchase's window.

    The window of a day is one stretch of days, since the last matching day never moves back.
    """
    order = sorted(range(len(sales)), key=lambda number: sales[number].day)
    days = [sales[number].day for number in order]
    ends = [last_matching_day(day, reading) for day in days]
    lowest = min((unit.price - dual for unit, dual in zip(sales, solution.sale_duals, strict=True)), default=0)
    uncovered = Highest([sales[number].price - solution.sale_duals[number] - lowest for number in order])
    for number, unit in enumerate(purchases):
        first = bisect_left(ends, unit.day)
        last = bisect_right(days, last_matching_day(unit.day, reading)) - 1
        dearest, _ = uncovered.between(first, last)
        if dearest != NONE and dearest + lowest > unit.price + solution.purchase_duals[number]:
            return False
    return True
