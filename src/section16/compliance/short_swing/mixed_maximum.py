"""The greatest short-swing profit where each match has a worth of its own: derivative securities beside stock.

A derivative security is matched with an identical one at actual prices, with another or with stock by the market price
of the stock, and after a person has left, two late trades are not matched with each other at all. So worth is asked for
pair by pair, and the matching is found by successive shortest paths over the pairs that pay: exact for whole numbers of
any size, for hundreds of trades rather than thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final

from section16.compliance.short_swing.program import Match, Solution, Unit, Worth

_END: Final = -1
"""Beyond the sales with shares left: where every way ends. Its height is the last one kept."""


def mixed_maximum(purchases: Sequence[Unit], sales: Sequence[Unit], worth: Worth) -> Solution:
    """The greatest profit of purchases and sales, with matches and duals, `worth` saying what a match brings."""
    return _Flow([unit.amount for unit in purchases], [unit.amount for unit in sales], worth).solution()


class _Flow:
    """What is matched so far. Purchases are nodes 0 to n - 1, sales nodes from n on."""

    def __init__(self, bought: list[int], sold: list[int], worth: Worth) -> None:
        self._count = len(bought)
        self._left = [*bought, *sold]
        gains = {
            (purchase, sale + self._count): gain
            for purchase in range(len(bought))
            for sale in range(len(sold))
            if bought[purchase] and sold[sale] and (gain := worth(purchase, sale)) is not None and gain > 0
        }
        self._gains = gains
        self._after: list[list[int]] = [[] for _ in self._left]
        for purchase, sale in gains:
            self._after[purchase].append(sale)
            self._after[sale].append(purchase)
        self._flow = dict.fromkeys(gains, 0)
        self._dearest = max(gains.values(), default=0)
        self._height = [0] * (len(self._left) + 1)

    def solution(self) -> Solution:
        while self._enlarge():
            pass
        values = self._values()
        matches = [
            Match(purchase=purchase, sale=sale - self._count, amount=amount)
            for (purchase, sale), amount in self._flow.items()
            if amount
        ]
        return Solution(
            profit=sum(self._gains[pair] * amount for pair, amount in self._flow.items()),
            matches=tuple(matches),
            purchase_duals=tuple(max(0, value) for value in values[: self._count]),
            sale_duals=tuple(max(0, -value) for value in values[self._count :]),
        )

    def _arcs(self, node: int) -> Iterator[tuple[int, int]]:
        """Where shares of a node can go, with what that loses against the dearest match: on to a sale, or back."""
        for other in self._after[node]:
            if node < self._count:
                yield other, self._dearest - self._gains[node, other]
            elif self._flow[other, node]:
                yield other, self._gains[other, node] - self._dearest

    def _enlarge(self) -> bool:
        """Match more along the path that loses least; False if no path pays any more."""
        distance, came, end = self._path()
        if end is None:
            return False
        furthest = distance[_END]
        for node in range(_END, len(self._height) - 1):
            self._height[node] += min(distance.get(node, furthest), furthest)
        if self._height[_END] >= self._dearest:
            return False
        path = [end]
        while (before := came[path[-1]]) is not None:
            path.append(before)
        self._send(path[::-1])
        return True

    def _path(self) -> tuple[dict[int, int], dict[int, int | None], int | None]:
        """The way from any purchase with shares left to any sale with shares left that loses least.

        How much each node on the way loses, counted above its height, where it was come from, and the last node.
        """
        found: dict[int, int] = {}
        came: dict[int, int | None] = {}
        height = self._height
        heap: list[tuple[int, int, int]] = [
            (0, node, _END) for node in range(self._count) if self._left[node] and self._after[node]
        ]
        while heap:
            distance, node, before = heappop(heap)
            if node in found:
                continue
            found[node] = distance
            if node == _END:
                return found, came, before
            came[node] = None if before == _END else before
            if node >= self._count and self._left[node]:
                heappush(heap, (distance + height[node] - height[_END], _END, node))
            for other, cost in self._arcs(node):
                if other not in found:
                    heappush(heap, (distance + cost + height[node] - height[other], other, node))
        return found, came, None

    def _send(self, path: list[int]) -> None:
        steps = list(pairwise(path))
        backward = [self._flow[other, node] for node, other in steps if node >= self._count]
        amount = min([self._left[path[0]], self._left[path[-1]], *backward])
        for node, other in steps:
            if node < self._count:
                self._flow[node, other] += amount
            else:
                self._flow[other, node] -= amount
        self._left[path[0]] -= amount
        self._left[path[-1]] -= amount

    def _values(self) -> list[int]:
        """What a further share at each node would bring at most.

        It is sold to what is left of a sale, or stands in for a matched purchase; where it reaches neither, nothing.
        """
        matched = {purchase for (purchase, _), amount in self._flow.items() if amount}
        values: list[int | None] = [
            0 if (node in matched if node < self._count else self._left[node]) else None
            for node in range(len(self._left))
        ]
        changed = True
        while changed:
            changed = False
            for node in range(len(values)):
                for other, cost in self._arcs(node):
                    beyond = values[other]
                    gain = self._dearest - cost if node < self._count else -cost - self._dearest
                    own = values[node]
                    if beyond is not None and (own is None or gain + beyond > own):
                        values[node] = gain + beyond
                        changed = True
        return [value or 0 for value in values]
