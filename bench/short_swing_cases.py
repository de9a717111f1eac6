"""Random short-swing problems, and their answers by independent solvers: a linear program over all pairs, OR-tools.

Numbers are whole, as fractions of shares and cents are once they are scaled. scipy and ortools are imported when asked
for.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from section16.compliance.short_swing.program import Unit, Window
from section16.law.six_months import Reading, within_six_months

Problem = tuple[list[Unit], list[Unit], Reading]


def problem(seed: int, number: int, most: int = 40) -> Problem:
    """Problem `number` of a seed, always the same: up to `most` on each side, with ties and month ends."""
    chance = random.Random(f"{seed}:{number}")
    span = chance.choice((20, 150, 400, 800, 1500))
    dearest = chance.choice((4, 25, 1000, 1_000_000))
    largest = chance.choice((1, 5, 100, 1_000_000))
    first = date(chance.randint(2003, 2030), chance.randint(1, 12), 1)

    def unit() -> Unit:
        day = first + timedelta(days=chance.randint(0, span))
        if chance.random() < 0.3:
            day = month_end(day) - timedelta(days=chance.randint(0, 2))
        return Unit(day=day, amount=chance.randint(1, largest), price=chance.randint(0, dearest))

    counts = chance.randint(0, most), chance.randint(0, most)
    return [unit() for _ in range(counts[0])], [unit() for _ in range(counts[1])], chance.choice(list(Reading))


def month_end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def large(count: int, seed: int) -> Problem:
    """`count` purchases and as many sales of three years."""
    chance = random.Random(seed)
    first = date(2021, 1, 4)

    def unit() -> Unit:
        day = first + timedelta(days=chance.randint(0, 1095))
        return Unit(day=day, amount=chance.randint(1, 5000), price=chance.randint(1000, 6000))

    return [unit() for _ in range(count)], [unit() for _ in range(count)], Reading.NARROW


def paying_pairs(given: Problem) -> list[tuple[int, int]]:
    """Purchases and sales that may be matched at a profit, each pair looked at by the clock itself."""
    purchases, sales, reading = given
    return [
        (number, other)
        for number, purchase in enumerate(purchases)
        for other, sale in enumerate(sales)
        if sale.price > purchase.price and within_six_months(purchase.day, sale.day, reading)
    ]


def paying_pairs_by_day(given: Problem) -> list[tuple[int, int]]:
    """The same, faster: days compared once."""
    purchases, sales, reading = given
    window = Window([unit.day for unit in (*purchases, *sales)], reading)
    sold: list[list[int]] = [[] for _ in window.days]
    for other, sale in enumerate(sales):
        sold[window.place[sale.day]].append(other)
    found = []
    for number, purchase in enumerate(purchases):
        place = window.place[purchase.day]
        for day in range(window.first[place], window.last[place] + 1):
            found += [(number, other) for other in sold[day] if sales[other].price > purchase.price]
    return found


def linear_program(given: Problem, pairs: Sequence[tuple[int, int]], worths: Sequence[int] | None = None) -> int:
    """The greatest profit by HiGHS (through scipy) over all pairs; `worths` of the pairs, else sale less purchase."""
    optimize: Any = importlib.import_module("scipy.optimize")
    sparse: Any = importlib.import_module("scipy.sparse")
    purchases, sales, _ = given
    if not pairs:
        return 0
    rows = [number for number, _ in pairs] + [len(purchases) + other for _, other in pairs]
    columns = [*range(len(pairs)), *range(len(pairs))]
    shape = (len(purchases) + len(sales), len(pairs))
    matrix = sparse.coo_matrix(([1.0] * len(rows), (rows, columns)), shape=shape)
    gains = worths or [sales[other].price - purchases[number].price for number, other in pairs]
    amounts = [unit.amount for unit in (*purchases, *sales)]
    found = optimize.linprog([-gain for gain in gains], A_ub=matrix.tocsr(), b_ub=amounts, method="highs-ds")
    return sum(gain * round(flow) for gain, flow in zip(gains, found.x, strict=True))


def ortools_all_pairs(given: Problem, pairs: Sequence[tuple[int, int]]) -> int:
    """The greatest profit by OR-tools' min-cost flow over all pairs; flows are summed here, since costs overflow."""
    module: Any = importlib.import_module("ortools.graph.python.min_cost_flow")
    purchases, sales, _ = given
    flow = module.SimpleMinCostFlow()
    source, sink = len(purchases) + len(sales), len(purchases) + len(sales) + 1
    for number, purchase in enumerate(purchases):
        flow.add_arc_with_capacity_and_unit_cost(source, number, purchase.amount, 0)
    for other, sale in enumerate(sales):
        flow.add_arc_with_capacity_and_unit_cost(len(purchases) + other, sink, sale.amount, 0)
    arcs = {}
    for number, other in pairs:
        capacity = min(purchases[number].amount, sales[other].amount)
        cost = purchases[number].price - sales[other].price
        arcs[flow.add_arc_with_capacity_and_unit_cost(number, len(purchases) + other, capacity, cost)] = -cost
    total = min(sum(unit.amount for unit in purchases), sum(unit.amount for unit in sales))
    flow.add_arc_with_capacity_and_unit_cost(source, sink, total, 0)
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-tools found no optimum")
    return sum(gain * flow.flow(arc) for arc, gain in arcs.items())
