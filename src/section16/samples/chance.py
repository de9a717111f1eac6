"""Chance that falls alike on every machine and every version of Python.

Python promises the same sequence from the same whole-number seed only for `random()`, `getrandbits()` and `seed()`
(documentation of the module `random`, "Notes on Reproducibility"); `choice`, `shuffle` and `gauss` may change. So all
draws here are made of `random()`, with arithmetic that IEEE 754 settles: no logarithms, no powers.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Mix(Generic[T]):
    """Things with their weights, to be drawn from. Weights are whole numbers or fractions, in any unit."""

    __slots__ = ("_bounds", "_things", "_total")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        """Keep the things in their order; one of weight 0 is never drawn."""
        pairs = [(thing, weight) for thing, weight in weighted if weight]
        self._things = tuple(thing for thing, _ in pairs)
        self._bounds = tuple(accumulate(weight for _, weight in pairs))
        self._total = self._bounds[-1]

    def at(self, fraction: float) -> T:
        """Return the thing that stands at a fraction (0 to below 1) of the whole weight."""
        return self._things[min(bisect_right(self._bounds, fraction * self._total), len(self._things) - 1)]


class Chance:
    """One stream of draws. The same seed and words give the same stream."""

    __slots__ = ("fraction",)

    def __init__(self, seed: int, *words: object) -> None:
        """Begin the stream that `seed` and `words` name, independent of all others."""
        name = " ".join([str(seed), *map(str, words)])
        number = int.from_bytes(hashlib.sha256(name.encode("ascii")).digest()[:16], "big")
        self.fraction = Random(number).random  # noqa: S311 - fiction wants to be repeatable, not secret
        """A number from 0 to below 1."""

    def happens(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.fraction() < probability

    def below(self, count: int) -> int:
        """Return a whole number from 0 to `count - 1`."""
        return int(self.fraction() * count)

    def between(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both included."""
        return least + int(self.fraction() * (most - least + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of the things, all equally likely."""
        return things[int(self.fraction() * len(things))]

    def drawn(self, mix: Mix[T]) -> T:
        """Return one of the things of a mix, by weight."""
        return mix.at(self.fraction())

    def decimal(self, least: int, most: int, places: int = 0) -> Decimal:
        """Return a number from `least` to `most`, both given in units of the last of `places` decimal places."""
        return decimal(self.between(least, most), places)


_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(5))


def decimal(units: int, places: int) -> Decimal:
    """Return `units` of the last of `places` decimal places: 66903 with 3 places is 66.903."""
    return Decimal(units) * _UNITS[places]
