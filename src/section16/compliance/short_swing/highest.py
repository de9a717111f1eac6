"""The highest of a row of whole numbers between two places, with the place, in log time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NONE: Final = -1
"""Of a place that holds nothing; numbers are 0 or more."""


class Highest:
    """A row of numbers; among equal ones the first place wins."""

    def __init__(self, numbers: Sequence[int]) -> None:
        """Take the numbers, `NONE` where a place holds nothing."""
        self._length = max(len(numbers), 1)
        self._size = 1 << (self._length - 1).bit_length()
        keys = [self._key(place, number) for place, number in enumerate(numbers)]
        self._keys = [NONE] * self._size + keys + [NONE] * (self._size - len(keys))
        for node in range(self._size - 1, 0, -1):
            self._keys[node] = max(self._keys[2 * node], self._keys[2 * node + 1])

    def _key(self, place: int, number: int) -> int:
        """Number and place in one number, so that comparing one compares both."""
        return NONE if number == NONE else number * self._length + self._length - 1 - place

    def put(self, place: int, number: int) -> None:
        """Replace the number at a place."""
        keys = self._keys
        node = place + self._size
        keys[node] = self._key(place, number)
        node >>= 1
        while node:
            one, other = keys[2 * node], keys[2 * node + 1]
            keys[node] = one if one > other else other  # noqa: FURB136 - a call costs more than the rest of the loop
            node >>= 1

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The highest number from place `first` through `last`, and its place; (NONE, NONE) if they hold nothing."""
        keys = self._keys
        left, right = max(first, 0) + self._size, min(last, self._length - 1) + self._size + 1
        best = NONE
        while left < right:
            if left & 1:
                best = max(best, keys[left])
                left += 1
            if right & 1:
                right -= 1
                best = max(best, keys[right])
            left >>= 1
            right >>= 1
        if best == NONE:
            return NONE, NONE
        number, back = divmod(best, self._length)
        return number, self._length - 1 - back
