"""Our two methods, the certificate and an independent linear program, on seeded cases; `make prove` runs thousands."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from section16.compliance.short_swing.certificate import adds_up, covers_every_pair, covers_every_window, stock_worth
from section16.compliance.short_swing.mixed_maximum import mixed_maximum
from section16.compliance.short_swing.program import Solution, Unit
from section16.compliance.short_swing.stock_maximum import stock_maximum
from section16.law.six_months import Reading
from short_swing_cases import Problem, large, linear_program, paying_pairs, paying_pairs_by_day, problem

SEED = 7


def proved(found: Solution, given: Problem) -> bool:
    purchases, sales, reading = given
    worth = stock_worth(purchases, sales, reading)
    return adds_up(found, purchases, sales, worth) and covers_every_pair(found, purchases, sales, worth)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_the_maximum_is_that_of_an_independent_linear_program(start: int) -> None:
    pytest.importorskip("scipy")
    for number in range(start, start + 50):
        given = problem(SEED, number)
        assert stock_maximum(*given).profit == linear_program(given, paying_pairs(given)), number


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_both_methods_agree_and_prove_themselves(start: int) -> None:
    for number in range(start, start + 100):
        given = problem(SEED, number, most=12)
        found, other = stock_maximum(*given), mixed_maximum(given[0], given[1], stock_worth(*given))
        assert found.profit == other.profit, number
        assert proved(found, given), number
        assert proved(other, given), number
        assert covers_every_window(found, *given)
        assert covers_every_window(other, *given)


def test_worth_without_any_order_is_matched_as_well() -> None:
    chance = random.Random(SEED)  # noqa: S311 - cases, no secrets
    for _ in range(150):
        purchases, sales, _ = problem(chance.randint(0, 10**6), 0, most=7)
        table = {
            (one, two): chance.choice([None, chance.randint(-9, 20)])
            for one in range(len(purchases))
            for two in range(len(sales))
        }

        def worth(purchase: int, sale: int, table: dict[tuple[int, int], int | None] = table) -> int | None:
            return table[purchase, sale]

        found = mixed_maximum(purchases, sales, worth)
        assert adds_up(found, purchases, sales, worth)
        assert covers_every_pair(found, purchases, sales, worth)


def test_a_wrong_certificate_is_refused() -> None:
    given = large(40, 3)
    found = stock_maximum(*given)
    assert proved(found, given)
    assert covers_every_window(found, *given)
    duals = found.purchase_duals
    lowered = replace(found, purchase_duals=tuple(max(0, dual - 1) for dual in duals))
    assert not proved(lowered, given)
    assert not covers_every_window(lowered, *given)
    assert not proved(replace(found, profit=found.profit + 1), given)
    assert not proved(replace(found, matches=found.matches[1:]), given)
    assert not proved(replace(found, matches=found.matches * 2), given)
    assert not proved(replace(found, sale_duals=tuple(-dual for dual in found.sale_duals)), given)


def test_a_thousand_on_each_side_are_solved_and_proved() -> None:
    given = large(1000, 5)
    found = stock_maximum(*given)
    assert adds_up(found, given[0], given[1], stock_worth(*given))
    assert covers_every_window(found, *given)


def test_nothing_to_match_brings_nothing() -> None:
    unit = Unit(day=date(2026, 3, 2), amount=5, price=7)
    for purchases, sales in (([], []), ([unit], []), ([], [unit]), ([unit], [unit])):
        found = stock_maximum(purchases, sales, Reading.NARROW)
        assert (found.profit, found.matches) == (0, ())


def test_numbers_of_any_size_stay_exact() -> None:
    day, huge = date(2026, 3, 2), 10**30
    purchase = Unit(day=day, amount=huge + 1, price=huge)
    sale = Unit(day=day + timedelta(days=1), amount=huge, price=huge + 1)
    assert stock_maximum([purchase], [sale], Reading.NARROW).profit == huge


def test_pairs_found_by_day_are_those_of_the_clock() -> None:
    for number in range(20):
        given = problem(SEED, number)
        assert sorted(paying_pairs_by_day(given)) == sorted(paying_pairs(given))


def test_hundreds_with_a_worth_of_their_own_are_solved_and_proved() -> None:
    given = large(300, 11)
    found = mixed_maximum(given[0], given[1], stock_worth(*given))
    assert found.profit == stock_maximum(*given).profit
    assert proved(found, given)
