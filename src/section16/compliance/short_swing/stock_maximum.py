"""The greatest short-swing profit where every match is worth its sale's price less its purchase's: one class of stock.

In order of their days, the k-th share chosen among the purchases can always be matched with the k-th chosen among the
sales if the chosen shares can be matched at all, because a window never ends earlier for a later day. With A(t) and
B(t), the shares chosen up to day t on either side, a choice can be matched if and only if A(t) <= B(last(t)) and
B(t) <= A(last(t)) for all days, and both sides choose equally many. The room left in these (`_ahead`, `_behind`) says
which sales a further share of a purchase can reach by moving others aside.

Purchases are taken from the lowest price on, each to the highest sale it can reach. A purchase taken later costs at
least as much, so nothing taken is ever given back, and the choice is the best one after every step (successive
shortest paths). The duals come from what each place could still reach at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from section16.compliance.short_swing.highest import NONE, Highest
from section16.compliance.short_swing.program import Match, Solution, Unit, Window
from section16.compliance.short_swing.slack import Slack
from section16.law.six_months import Reading


def stock_maximum(purchases: Sequence[Unit], sales: Sequence[Unit], reading: Reading) -> Solution:
    """The greatest profit of purchases and sales of one class, with matches and duals.

    Exact for whole numbers of any size. Time grows with n log n in practice, at worst with n times days times log days.
    """
    return _Choice(purchases, sales, reading).solution()


class _Choice:
    """What has been chosen of each trade, and what can still be reached."""

    def __init__(self, purchases: Sequence[Unit], sales: Sequence[Unit], reading: Reading) -> None:
        self._purchases, self._sales = purchases, sales
        self._window = Window([unit.day for unit in (*purchases, *sales)], reading)
        place = self._window.place
        self._bought_on = [place[unit.day] for unit in purchases]
        self._sold_on = [place[unit.day] for unit in sales]
        self._bought = [0] * len(purchases)
        self._left = [unit.amount for unit in sales]
        self._ahead, self._behind = Slack(len(place)), Slack(len(place))
        self._waiting = self._by_day()
        self._best = Highest([self._price_of_best(day) for day in range(len(place))])

    def _by_day(self) -> list[list[int]]:
        """The sales of each day that have shares left, the highest price last."""
        waiting: list[list[int]] = [[] for _ in self._window.days]
        for number in sorted(range(len(self._sales)), key=lambda number: (self._sales[number].price, -number)):
            if self._left[number]:
                waiting[self._sold_on[number]].append(number)
        return waiting

    def _price_of_best(self, day: int) -> int:
        return self._sales[self._waiting[day][-1]].price if self._waiting[day] else NONE

    def solution(self) -> Solution:
        for number in sorted(range(len(self._purchases)), key=lambda number: (self._purchases[number].price, number)):
            self._take(number)
        matches = self._matches()
        profit = sum(
            match.amount * (self._sales[match.sale].price - self._purchases[match.purchase].price) for match in matches
        )
        purchase_duals, sale_duals = self._duals()
        return Solution(
            profit=profit,
            matches=tuple(match for match in matches if self._gain(match) > 0),
            purchase_duals=tuple(purchase_duals),
            sale_duals=tuple(sale_duals),
        )

    def _gain(self, match: Match) -> int:
        return self._sales[match.sale].price - self._purchases[match.purchase].price

    def _take(self, number: int) -> None:
        """Match as much of a purchase as pays, with the highest sales in reach first."""
        purchase = self._purchases[number]
        bought = self._bought_on[number]
        while self._bought[number] < purchase.amount:
            first, last = self._reach(bought, self._window.first[bought])
            price, day = self._best.between(first, last)
            if price <= purchase.price:
                return
            sale = self._waiting[day][-1]
            amount = min(purchase.amount - self._bought[number], self._left[sale])
            amount = min([amount, *self._room(bought, day)])
            self._bought[number] += amount
            self._left[sale] -= amount
            self._move(bought, day, amount)
            if not self._left[sale]:
                self._waiting[day].pop()
                self._best.put(day, self._price_of_best(day))

    def _reach(self, ahead: int, behind: int) -> tuple[int, int]:
        """First and last day of the sales that can be reached: no full prefix may lie on the way."""
        until = self._ahead.zero_from(ahead)
        last = self._window.last[until] if until < len(self._window.days) else len(self._window.days) - 1
        return self._behind.zero_before(behind) + 1, last

    def _reach_of_purchases(self, ahead: int, behind: int) -> tuple[int, int]:
        """First and last day of the purchases that can be reached."""
        blocked = self._behind.zero_before(behind)
        return (self._window.last[blocked] if blocked >= 0 else -1) + 1, self._ahead.zero_from(ahead)

    def _room(self, bought: int, sold: int) -> list[int]:
        """How many shares can be moved aside between the two days; nothing limits it within a window."""
        rooms = (
            self._ahead.least(bought, self._window.first[sold]),
            self._behind.least(sold, self._window.first[bought]),
        )
        return [room for room in rooms if room is not None]

    def _move(self, bought: int, sold: int, amount: int) -> None:
        """Count a chosen purchase and a chosen sale."""
        sale_from, purchase_from = self._window.first[sold], self._window.first[bought]
        self._ahead.add(bought, sale_from, -amount)
        self._ahead.add(sale_from, bought, amount)
        self._behind.add(sold, purchase_from, -amount)
        self._behind.add(purchase_from, sold, amount)

    def _matches(self) -> list[Match]:
        """The chosen shares of both sides matched in order of their days."""
        matches: list[Match] = []
        sold = [unit.amount - left for unit, left in zip(self._sales, self._left, strict=True)]
        sales = iter(sorted((n for n in range(len(sold)) if sold[n]), key=lambda n: (self._sold_on[n], n)))
        sale = next(sales, 0)
        for purchase in sorted(range(len(self._bought)), key=lambda n: (self._bought_on[n], n)):
            rest = self._bought[purchase]
            while rest:
                amount = min(rest, sold[sale])
                matches.append(Match(purchase=purchase, sale=sale, amount=amount))
                rest -= amount
                sold[sale] -= amount
                if not sold[sale]:
                    sale = next(sales, 0)
        return matches

    def _duals(self) -> tuple[list[int], list[int]]:
        """What a further share is worth where it stands: the highest price it could still be brought to.

        It can be sold to a sale with shares left, or stand in for a purchase that is matched; 0 if it reaches neither.
        """
        days = len(self._window.days)
        highest = [NONE] * days
        for number, bought in enumerate(self._bought):
            if bought:
                day = self._bought_on[number]
                highest[day] = max(highest[day], self._purchases[number].price)
        matched = Highest(highest)
        of_purchases = [self._value(matched, day, self._window.first[day]) for day in range(days)]
        of_sales = [self._value(matched, self._window.first[day], day) for day in range(days)]
        return (
            [max(0, of_purchases[self._bought_on[n]] - unit.price) for n, unit in enumerate(self._purchases)],
            [max(0, unit.price - of_sales[self._sold_on[n]]) for n, unit in enumerate(self._sales)],
        )

    def _value(self, matched: Highest, ahead: int, behind: int) -> int:
        free, _ = self._best.between(*self._reach(ahead, behind))
        replaced, _ = matched.between(*self._reach_of_purchases(ahead, behind))
        return max(free, replaced, 0)
