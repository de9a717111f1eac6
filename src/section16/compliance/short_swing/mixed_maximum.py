"""The greatest short-swing profit where each match has a worth of its own: derivative securities beside stock.

A derivative security is matched with an identical one at actual prices, with another or with stock by the market price
of the stock, and after a person has left, two late trades are not matched with each other at all. So worth is asked for
pair by pair, and the matching is found by the network simplex method over the pairs that pay: exact for whole numbers
of any size.

Purchases, sales and a root for what stays unmatched are nodes of a tree, whose arcs carry all flow: shares go from a
purchase to a sale, or to the root, and from the root to a sale. A purchase's arc to its parent therefore leads up and a
sale's down. The leaving arc is the last that blocks on the cycle, seen from its top (Cunningham), so that sales always
have flow on their arc and no step is ever repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from section16.compliance.short_swing.program import Match, Solution, Unit, Worth

_NO_PARENT: Final = -1


def mixed_maximum(purchases: Sequence[Unit], sales: Sequence[Unit], worth: Worth) -> Solution:
    """The greatest profit of purchases and sales, with matches and duals, `worth` saying what a match brings."""
    tree = _Tree([unit.amount for unit in purchases], [unit.amount for unit in sales])
    rows = [
        [
            (gain, tree.count + sale)
            for sale in range(len(sales))
            if sales[sale].amount and (gain := worth(purchase, sale)) is not None and gain > 0
        ]
        if purchases[purchase].amount
        else []
        for purchase in range(len(purchases))
    ]
    tree.optimize(rows)
    matched = tree.matched()
    gains = {(purchase, sale): gain for purchase, row in enumerate(rows) for gain, sale in row}
    return Solution(
        profit=sum(gains[pair] * amount for pair, amount in matched.items()),
        matches=tuple(
            Match(purchase=purchase, sale=sale - tree.count, amount=amount)
            for (purchase, sale), amount in sorted(matched.items())
        ),
        purchase_duals=tuple(tree.dual[: tree.count]),
        sale_duals=tuple(tree.dual[tree.count : tree.root]),
    )


class _Tree:
    """A spanning tree with its flow. Purchases are nodes 0 to `count` - 1, then come the sales, then the root.

    `flow` and `parent` are of the arc from a node towards the root. Along each arc of the tree the duals of both ends
    add up to the arc's gain; the root's is 0, and so are the gains of its arcs.
    """

    def __init__(self, bought: list[int], sold: list[int]) -> None:
        self.count = len(bought)
        self.root = self.count + len(sold)
        self.flow = [*bought, *sold, 0]
        self.parent = [*([self.root] * self.root), _NO_PARENT]
        self.depth = [*([1] * self.root), 0]
        self.children: list[set[int]] = [*(set[int]() for _ in range(self.root)), set(range(self.root))]
        self.dual = [0] * (self.root + 1)

    def optimize(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Let arcs enter that gain, row by row, until none does; `rows` are a purchase's gains with their sales."""
        row, idle = 0, 0
        places = len(rows) + 1
        while idle < places:
            idle = 0 if self._enter_from(row, rows) else idle + 1
            row = (row + 1) % places

    def _enter_from(self, row: int, rows: Sequence[Sequence[tuple[int, int]]]) -> bool:
        """Let the arc of a row that gains most enter; the row behind the purchases' has the root's arcs to sales."""
        dual = self.dual
        if row == self.count:
            sale = min(range(self.count, self.root), key=dual.__getitem__, default=self.root)
            if dual[sale] >= 0:
                return False
            self._enter(self.root, sale, -dual[sale])
            return True
        gain, sale = max(((gain - dual[sale], sale) for gain, sale in rows[row]), default=(0, self.root))
        if gain <= 0:
            gain, sale = 0, self.root
        if gain <= dual[row]:
            return False
        self._enter(row, sale, gain - dual[row])
        return True

    def _enter(self, start: int, end: int, gain: int) -> None:
        """Push flow around the cycle that the arc from `start` to `end` closes, and hang the part cut off on it."""
        from_start, from_end = self._sides(start, end)
        lesser = [node for node in from_start if node < self.count]
        blocking = [node for node in from_end if node >= self.count]
        amount = min(self.flow[node] for node in (*lesser, *blocking))
        for side, is_start in ((from_start, True), (from_end, False)):
            for node in side:
                self.flow[node] += -amount if (node < self.count) is is_start else amount
        at_end = next((node for node in reversed(blocking) if not self.flow[node]), None)
        if at_end is not None:
            self._hang(at_end, end, start, amount)
            self._raise(end, gain)
        else:
            self._hang(next(node for node in lesser if not self.flow[node]), start, end, amount)
            self._raise(start, gain)

    def _sides(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """The nodes from either end of an arc up to where the ways meet, that one left out."""
        from_start: list[int] = []
        from_end: list[int] = []
        while start != end:
            if self.depth[start] >= self.depth[end]:
                from_start.append(start)
                start = self.parent[start]
            else:
                from_end.append(end)
                end = self.parent[end]
        return from_start, from_end

    def _hang(self, cut: int, top: int, parent: int, amount: int) -> None:
        """Cut the arc above `cut`, and hang the part below it, with `top` as its top, on `parent`."""
        node, above, flow = top, parent, amount
        while True:
            before, flow_before = self.parent[node], self.flow[node]
            self.children[before].discard(node)
            self.parent[node], self.flow[node] = above, flow
            self.children[above].add(node)
            if node == cut:
                return
            node, above, flow = before, node, flow_before

    def _raise(self, top: int, gain: int) -> None:
        """Restore depths and duals of a part that was hung up elsewhere: its top's dual rises by `gain`."""
        side = top < self.count
        nodes = [top]
        for node in nodes:
            self.depth[node] = self.depth[self.parent[node]] + 1
            self.dual[node] += gain if (node < self.count) is side else -gain
            nodes.extend(self.children[node])

    def matched(self) -> dict[tuple[int, int], int]:
        """Shares by purchase and sale."""
        arcs = [(node, self.parent[node]) for node in range(self.root) if self.parent[node] != self.root]
        return {(min(arc), max(arc)): self.flow[arc[0]] for arc in arcs if self.flow[arc[0]]}
