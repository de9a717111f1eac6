"""Whether another pairing reaches the same profit: courts need not choose the one that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from section16.compliance.short_swing.matching import Scaled, is_plain, whole_gain
from section16.compliance.short_swing.program import Match, Solution
from section16.law.six_months import Reading, within_six_months

_MOST_PAIRS: Final = 250_000
"""Pairs that are looked at one by one; beyond them only exchanges between two matches are looked for."""

_OUTSIDE: Final = -1
"""Where shares that are not matched are, in the graph of changes that cost nothing."""


def another_pairing(group: Scaled, solution: Solution, reading: Reading) -> bool | None:
    """Whether shares can be matched otherwise for the same profit; None if so many pairs cannot be looked through."""
    if is_plain(group) and _exchange(group, solution.matches, reading):
        return True
    if len(group.bought) * len(group.sold) > _MOST_PAIRS:
        return None
    return _has_free_change(group, solution, reading)


def _exchange(group: Scaled, matches: Sequence[Match], reading: Reading) -> bool:
    """Whether two matches can exchange their sales. It suffices to look at neighbours in order of days."""
    order = sorted(matches, key=lambda match: (_day_bought(group, match), _day_sold(group, match)))
    for place, match in enumerate(order):
        other = _next_apart(order, place)
        if (
            other is not None
            and within_six_months(group.bought[match.purchase].day, group.sold[other.sale].day, reading)
            and within_six_months(group.bought[other.purchase].day, group.sold[match.sale].day, reading)
        ):
            return True
    return False


def _next_apart(order: Sequence[Match], place: int) -> Match | None:
    """The next match of another purchase with another sale."""
    match = order[place]
    for number in range(place + 1, len(order)):
        other = order[number]
        if other.purchase != match.purchase and other.sale != match.sale:
            return other
    return None


def _day_bought(group: Scaled, match: Match) -> tuple[object, int]:
    return group.bought[match.purchase].day, match.purchase


def _day_sold(group: Scaled, match: Match) -> tuple[object, int]:
    return group.sold[match.sale].day, match.sale


def _has_free_change(group: Scaled, solution: Solution, reading: Reading) -> bool:
    """Whether a round of changes that cost nothing leads to other matches.

    Only pairs whose two duals are just what they bring can be matched in a best pairing. Going from a purchase to such
    a sale matches more, going back unmatches; a purchase or sale with dual 0 need not be matched whole.
    """
    count = len(group.bought)
    flow = {(match.purchase, match.sale + count): match.amount for match in solution.matches}
    used = [0] * (count + len(group.sold))
    for (purchase, sale), amount in flow.items():
        used[purchase] += amount
        used[sale] += amount
    tight = list(_tight_pairs(group, solution, reading))
    after: dict[int, list[int]] = {node: [] for node in range(_OUTSIDE, len(used))}
    for purchase, sale in tight:
        after[purchase].append(sale)
    for purchase, sale in flow:
        after[sale].append(purchase)
    entering, leaving = _at_the_edge(group, solution, used)
    after[_OUTSIDE] += entering
    for node in leaving:
        after[node].append(_OUTSIDE)
    component = _components(after)
    if any(pair not in flow and component[pair[0]] == component[pair[1]] for pair in tight):
        return True
    return _two_ends(flow, set(entering), set(leaving))


def _tight_pairs(group: Scaled, solution: Solution, reading: Reading) -> Iterator[tuple[int, int]]:
    worth, count = whole_gain(group, reading), len(group.bought)
    for purchase, of_purchase in enumerate(solution.purchase_duals):
        for sale, of_sale in enumerate(solution.sale_duals):
            gained = worth(purchase, sale)
            if gained is not None and gained > 0 and of_purchase + of_sale == gained:
                yield purchase, sale + count


def _at_the_edge(group: Scaled, solution: Solution, used: Sequence[int]) -> tuple[list[int], list[int]]:
    """Nodes of dual 0 that shares can come to from outside, and that they can go from to the outside."""
    entering, leaving = [], []
    count = len(group.bought)
    duals = (*solution.purchase_duals, *solution.sale_duals)
    for node, unit in enumerate((*group.bought, *group.sold)):
        if duals[node]:
            continue
        more, less = used[node] < unit.amount, used[node] > 0
        if more if node < count else less:
            entering.append(node)
        if less if node < count else more:
            leaving.append(node)
    return entering, leaving


def _two_ends(flow: dict[tuple[int, int], int], entering: set[int], leaving: set[int]) -> bool:
    """Whether shares can come in at one place of what is matched together, and go out at another."""
    joined: dict[int, list[int]] = {}
    for purchase, sale in flow:
        joined.setdefault(purchase, []).append(sale)
        joined.setdefault(sale, []).append(purchase)
    component = _components(joined)
    coming: dict[int, set[int]] = {}
    for node in entering & set(joined):
        coming.setdefault(component[node], set()).add(node)
    return any(coming.get(component[node], set()) - {node} for node in leaving & set(joined))


def _components(after: dict[int, list[int]]) -> dict[int, int]:
    """Strongly connected components (Kosaraju, without recursion): a number for each node."""
    order = _by_finish(after)
    before: dict[int, list[int]] = {node: [] for node in after}
    for node, others in after.items():
        for other in others:
            before[other].append(node)
    component: dict[int, int] = {}
    for start in reversed(order):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in component:
                component[node] = start
                waiting += [other for other in before[node] if other not in component]
    return component


def _by_finish(after: dict[int, list[int]]) -> list[int]:
    order: list[int] = []
    seen: set[int] = set()
    for start, following in after.items():
        stack: list[tuple[int, Iterator[int]]] = []
        if start not in seen:
            seen.add(start)
            stack.append((start, iter(following)))
        while stack:
            node, others = stack[-1]
            other = next((one for one in others if one not in seen), None)
            if other is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(other)
                stack.append((other, iter(after[other])))
    return order
