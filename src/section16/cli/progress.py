"""A progress bar on stderr: on a terminal only, and only for work of more than a few pieces."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_FEW = 20


def progress(pieces: Iterable[T], total: int, words: str, *, quiet: bool = False) -> Iterator[T]:
    """Yield the pieces, drawing how many of `total` are done."""
    if quiet or total < _FEW or not sys.stderr.isatty():
        yield from pieces
        return
    from rich.console import Console  # noqa: PLC0415 - only long work on a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        for piece in pieces:
            yield piece
            bar.advance(task)
