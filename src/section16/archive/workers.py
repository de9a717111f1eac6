"""Batches spread over processes as they come, results in their order; memory stays flat however many there are."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def prepare(preload: tuple[str, ...]) -> None:
    """Let the fork server start, with what the workers will need, while this process still gathers their work."""
    if os.name == "posix":
        from multiprocessing import forkserver  # noqa: PLC0415 - other systems have none

        multiprocessing.get_context("forkserver").set_forkserver_preload([*preload])
        forkserver.ensure_running()


@contextmanager
def processes(count: int, preload: tuple[str, ...]) -> Iterator[Executor]:
    """A pool of processes from a fork server, or begun anew where there is none: a fork with threads can hang."""
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        context.set_forkserver_preload([*preload])
    with ProcessPoolExecutor(count, mp_context=context, initializer=_leave_to_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _leave_to_parent() -> None:
    """Ctrl-C is for the process that hands out the work; a worker ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def in_order(pool: Executor, do: Callable[[T], R], work: Iterable[T], ahead: int) -> Iterator[R]:
    """Yield what `do` makes of each piece, in order; at most `ahead` are handed out and not yet yielded."""
    waiting: deque[Future[R]] = deque()
    for piece in work:
        waiting.append(pool.submit(do, piece))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
