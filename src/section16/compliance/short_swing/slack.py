"""A row of whole numbers that is changed by stretches and asked for its least and for its zeros, each in log time."""

from __future__ import annotations


class Slack:
    """`length` numbers, all 0 at first: how much more each prefix may take. None of them ever goes below 0.

    A binary tree over the places: `_least` holds the least number below a node, what was added at the node or below
    included; `_added` what was added to all places below it at once.
    """

    def __init__(self, length: int) -> None:
        """Take the number of places."""
        self._size = 1 << max(length - 1, 0).bit_length()
        self._least = [0] * (2 * self._size)
        self._added = [0] * (2 * self._size)

    def add(self, start: int, stop: int, change: int) -> None:
        """Add `change` to the places from `start` up to but not with `stop`."""
        if start >= stop:
            return
        least, added = self._least, self._added
        left, right = start + self._size, stop + self._size
        lowest, highest = left, right - 1
        while left < right:
            if left & 1:
                least[left] += change
                added[left] += change
                left += 1
            if right & 1:
                right -= 1
                least[right] += change
                added[right] += change
            left >>= 1
            right >>= 1
        self._lift(lowest)
        self._lift(highest)

    def _lift(self, node: int) -> None:
        """Bring the least of all nodes above `node` up to date."""
        least, added = self._least, self._added
        node >>= 1
        while node:
            one, other = least[2 * node], least[2 * node + 1]
            least[node] = (one if one < other else other) + added[node]  # noqa: FURB136 - a call costs
            node >>= 1

    def least(self, start: int, stop: int) -> int | None:
        """The least number from `start` up to but not with `stop`; None of no places."""
        if start >= stop:
            return None
        return self._least_below(1, 0, self._size, start, stop)

    def _least_below(self, node: int, low: int, high: int, start: int, stop: int) -> int:
        if start <= low and high <= stop:
            return self._least[node]
        middle = (low + high) // 2
        if stop <= middle:
            found = self._least_below(2 * node, low, middle, start, stop)
        elif start >= middle:
            found = self._least_below(2 * node + 1, middle, high, start, stop)
        else:
            found = min(
                self._least_below(2 * node, low, middle, start, stop),
                self._least_below(2 * node + 1, middle, high, start, stop),
            )
        return found + self._added[node]

    def zero_from(self, start: int) -> int:
        """The first place from `start` on that is 0; the number of places of the tree if there is none."""
        return self._search(1, 0, self._size, start, 0)

    def _search(self, node: int, low: int, high: int, start: int, above: int) -> int:
        if high <= start or self._least[node] + above > 0:
            return self._size
        if high - low == 1:
            return low
        middle = (low + high) // 2
        above += self._added[node]
        found = self._search(2 * node, low, middle, start, above)
        if found < self._size:
            return found
        return self._search(2 * node + 1, middle, high, start, above)

    def zero_before(self, stop: int) -> int:
        """The last place before `stop` that is 0; -1 if there is none."""
        return self._search_back(1, 0, self._size, stop, 0)

    def _search_back(self, node: int, low: int, high: int, stop: int, above: int) -> int:
        if low >= stop or self._least[node] + above > 0:
            return -1
        if high - low == 1:
            return low
        middle = (low + high) // 2
        above += self._added[node]
        found = self._search_back(2 * node + 1, middle, high, stop, above)
        if found >= 0:
            return found
        return self._search_back(2 * node, low, middle, stop, above)
