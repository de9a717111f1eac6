"""Small cases whose greatest profit is found by trying every assignment of single shares, with a clock of its own."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from section16.compliance.short_swing.mixed_maximum import mixed_maximum
from section16.compliance.short_swing.program import Unit

if TYPE_CHECKING:
    from tests.compliance.short_swing.conftest import Reckon

_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HINGES = [date(2026, 8, 31), date(2027, 2, 26), date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)]


def _matches(one: date, other: date) -> bool:
    """The narrow reading, by the months of years without a leap day."""
    earlier, later = min(one, other), max(one, other)
    month = (earlier.month + 5) % 12
    year = earlier.year + (earlier.month + 5) // 12
    return later <= date(year, month + 1, min(earlier.day, _DAYS_OF_MONTHS[month])) - timedelta(days=2)


def _tried(gains: list[list[int | None]], bought: tuple[int, ...], sold: tuple[int, ...]) -> int:
    """The best of all ways to match share by share."""

    @cache
    def best(place: int, left: tuple[int, ...]) -> int:
        if place == len(shares):
            return 0
        most = best(place + 1, left)
        for sale, amount in enumerate(left):
            gain = gains[shares[place]][sale]
            if amount and gain is not None and gain > 0:
                fewer = (*left[:sale], amount - 1, *left[sale + 1 :])
                most = max(most, gain + best(place + 1, fewer))
        return most

    shares = [purchase for purchase, amount in enumerate(bought) for _ in range(amount)]
    return best(0, sold)


def test_no_assignment_of_single_shares_brings_more(reckon: Reckon) -> None:
    chance = random.Random(16)  # noqa: S311 - cases, no secrets
    for number in range(150):
        days = [chance.choice(_HINGES) for _ in range(6)] if number % 3 == 0 else []
        days += [date(2026, 1, 5) + timedelta(days=chance.randrange(420)) for _ in range(6 - len(days))]
        trades = [(day, "P" if place % 2 else "S", chance.randint(1, 3), chance.randint(5, 12))
                  for place, day in enumerate(days)]  # fmt: skip
        purchases = [trade for trade in trades if trade[1] == "P"]
        sales = [trade for trade in trades if trade[1] == "S"]
        gains = [[sale[3] - bought[3] if _matches(bought[0], sale[0]) else None for sale in sales]
                 for bought in purchases]  # fmt: skip
        best = _tried(gains, tuple(one[2] for one in purchases), tuple(one[2] for one in sales))
        rows = [f"{day},{code},{'A' if code == 'P' else 'D'},{shares},{price}" for day, code, shares, price in trades]
        assert reckon(*rows).profit == best, rows


def test_nor_where_each_match_has_a_worth_of_its_own() -> None:
    chance = random.Random(17)  # noqa: S311
    for _ in range(150):
        bought = tuple(chance.randint(1, 3) for _ in range(chance.randint(1, 3)))
        sold = tuple(chance.randint(1, 3) for _ in range(chance.randint(1, 4)))
        gains = [[chance.choice([None, chance.randint(-3, 9)]) for _ in sold] for _ in bought]
        units = [[Unit(day=date(2026, 3, 2), amount=amount, price=0) for amount in side] for side in (bought, sold)]
        found = mixed_maximum(units[0], units[1], lambda one, other, gains=gains: gains[one][other])
        assert found.profit == _tried(gains, bought, sold)
