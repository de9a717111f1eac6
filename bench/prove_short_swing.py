"""Proof of the short-swing maximum: equal to an independent linear program, proved by its duals, whatever the order.

    python bench/prove_short_swing.py --cases 6000 --seed 16

Each case has up to 40 purchases and 40 sales with ties, fractions (scaled to whole numbers) and month ends, by either
reading. Both of our methods solve it, the one for derivative securities also at random worths of the pairs; each
certificate is checked pair by pair; the greedy recipe must not find more; a shuffled input must give the same profit.
Needs scipy. Figures go to results/short_swing_random.json. Exit status 1 at the first difference.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from collections import Counter

import machine
from section16.compliance.short_swing.certificate import adds_up, covers_every_pair, covers_every_window, stock_worth
from section16.compliance.short_swing.mixed_maximum import mixed_maximum
from section16.compliance.short_swing.stock_maximum import stock_maximum
from short_swing_cases import Problem, linear_program, paying_pairs, problem


def faults(given: Problem, seed: int) -> list[str]:
    """What is wrong with our answer to a problem."""
    purchases, sales, reading = given
    pairs = paying_pairs(given)
    worth = stock_worth(purchases, sales, reading)
    found = stock_maximum(purchases, sales, reading)
    wrong = []
    if found.profit != linear_program(given, pairs):
        wrong.append("differs from the linear program")
    if not (adds_up(found, purchases, sales, worth) and covers_every_pair(found, purchases, sales, worth)):
        wrong.append("its certificate fails")
    if not covers_every_window(found, purchases, sales, reading):
        wrong.append("its certificate fails by windows")
    if greedy(given) > found.profit:
        wrong.append("the greedy recipe finds more")
    chance = random.Random(seed)
    shuffled = chance.sample(purchases, len(purchases)), chance.sample(sales, len(sales))
    if stock_maximum(*shuffled, reading).profit != found.profit:
        wrong.append("depends on the order of input")
    other = mixed_maximum(purchases, sales, worth)
    if other.profit != found.profit or not covers_every_pair(other, purchases, sales, worth):
        wrong.append("the other method differs")
    if not own_worths_agree(given, chance):
        wrong.append("matches with a worth of their own differ from the linear program, or their certificate fails")
    return wrong


def own_worths_agree(given: Problem, chance: random.Random) -> bool:
    """Whether the method for derivative securities finds what the linear program does, at random worths of pairs."""
    purchases, sales, _ = given
    table = {
        (number, other): chance.randint(1, 10 ** chance.randint(1, 5))
        for number in range(len(purchases))
        for other in range(len(sales))
        if chance.random() < 0.6
    }

    def worth(purchase: int, sale: int) -> int | None:
        return table.get((purchase, sale))

    found = mixed_maximum(purchases, sales, worth)
    proved = adds_up(found, purchases, sales, worth) and covers_every_pair(found, purchases, sales, worth)
    return proved and found.profit == linear_program(given, list(table), list(table.values()))


def greedy(given: Problem) -> int:
    """Lowest in, highest out, in the plainest words."""
    purchases, sales, reading = given
    worth = stock_worth(purchases, sales, reading)
    left = [unit.amount for unit in sales]
    total = 0
    for number in sorted(range(len(purchases)), key=lambda number: purchases[number].price):
        rest = purchases[number].amount
        for other in sorted(range(len(sales)), key=lambda other: -sales[other].price):
            gain = worth(number, other)
            if gain is None or gain <= 0:
                continue
            amount = min(rest, left[other])
            total += amount * gain
            rest -= amount
            left[other] -= amount
    return total


def main() -> None:
    """Prove, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    if importlib.util.find_spec("scipy") is None:
        print("scipy is not installed here: nothing to compare with")
        return
    begun, short, sizes = time.perf_counter(), 0, Counter[str]()
    for number in range(options.cases):
        given = problem(options.seed, number)
        wrong = faults(given, number)
        if wrong:
            print(f"case {options.seed}:{number}: {'; '.join(wrong)}")
            sys.exit(1)
        best = stock_maximum(*given).profit
        short += greedy(given) < best
        sizes["with a profit"] += best > 0
    figures = {
        "cases": options.cases,
        "seed": options.seed,
        "differences": 0,
        "with_a_profit": sizes["with a profit"],
        "greedy_falls_short": short,
        "seconds": round(time.perf_counter() - begun, 1),
        "versions": machine.versions("scipy"),
    }
    for name, figure in figures.items():
        print(f"{name:<22} {figure}")
    machine.keep("short_swing_random", figures)


if __name__ == "__main__":
    main()
