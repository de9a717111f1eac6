"""Work spread over processes, its results in the order of the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Final, TypeVar

from section16.archive.workers import prepare, processes
from section16.cli.interruption import deaf

T = TypeVar("T")
R = TypeVar("R")

_PRELOAD: Final = ("section16.cli.convert",)
_AHEAD = 4
"""Batches handed out for each worker before the first has come back: enough to keep it busy, and memory flat."""


def spread(
    work: Sequence[T], do: Callable[[T], R], workers: int, batch: int, stopping: Callable[[], bool]
) -> Iterator[R]:
    """Yield what `do` makes of each piece of work, in order; batches not yet handed out are dropped once `stopping`.

    Processes come from a fork server, or anew where there is none: a fork of a process with threads can hang.
    """
    with deaf():  # a worker that is still starting must not die of Ctrl-C
        prepare(_PRELOAD)
    with processes(workers, _PRELOAD) as pool:
        batches = (work[start : start + batch] for start in range(0, len(work), batch))
        waiting: deque[Future[list[R]]] = deque()
        for pieces in batches:
            waiting.append(pool.submit(_all, do, pieces))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
            if stopping():
                break
        yield from _rest(waiting, stopping)


def _all(do: Callable[[T], R], pieces: Sequence[T]) -> list[R]:
    return [do(piece) for piece in pieces]


def _rest(waiting: deque[Future[list[R]]], stopping: Callable[[], bool]) -> Iterator[R]:
    """What is still handed out; once `stopping`, only of what a worker has begun."""
    while waiting:
        future = waiting.popleft()
        if not (stopping() and future.cancel()):
            yield from future.result()
