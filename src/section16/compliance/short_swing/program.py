"""The problem in whole numbers: purchases and sales with amounts and prices, and which may be matched.

Every transportation problem here is one group of securities whose trades match each other: a class of stock, with the
derivative securities on it. Amounts and prices are scaled to whole numbers, so that nothing is ever rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec

from section16.law.six_months import Reading, last_matching_day


class Unit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One side of possible matches: a purchase or a sale. `amount` and `price` are scaled whole numbers, price >= 0."""

    day: date
    amount: int
    price: int


class Match(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`amount` of purchase number `purchase` matched with sale number `sale`."""

    purchase: int
    sale: int
    amount: int


class Solution(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The greatest profit, one way to reach it, and its proof.

    `duals` has a price for each purchase and each sale: what one more unit of it would add to the profit at most. No
    matching can bring more than the sum of amounts times duals, and this one brings that much.
    """

    profit: int
    matches: tuple[Match, ...]
    purchase_duals: tuple[int, ...]
    sale_duals: tuple[int, ...]


class Worth(Protocol):
    """What a unit of one purchase matched with one sale brings; None where the two may not be matched."""

    def __call__(self, purchase: int, sale: int) -> int | None:
        """Of the purchase and the sale with these numbers."""


class Window:
    """Which days match which: days in order, and for each the first and the last day that match it."""

    def __init__(self, days: Sequence[date], reading: Reading) -> None:
        """Take the days that occur, in any order and any number of times."""
        self.days = sorted(set(days))
        self.place = {day: number for number, day in enumerate(self.days)}
        self.last = self._last(reading)
        self.first = self._first()

    def _last(self, reading: Reading) -> list[int]:
        """For each day the last one that matches it, going forward; it never moves back as days go on."""
        last: list[int] = []
        number = 0
        for place, day in enumerate(self.days):
            end = last_matching_day(day, reading)
            number = max(number, place)
            while number + 1 < len(self.days) and self.days[number + 1] <= end:
                number += 1
            last.append(number)
        return last

    def _first(self) -> list[int]:
        """For each day the first one that matches it, going back."""
        first: list[int] = []
        number = 0
        for place in range(len(self.days)):
            while self.last[number] < place:
                number += 1
            first.append(number)
        return first
