"""Who reads shards: while somebody does, shards that no longer count stay on the disk.

A shared lock of the system on the folder of shards is held while an archive answers questions; it ends with its
process, however that ends. Where the system has no such locks, nobody is known to read.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

if sys.platform != "win32":  # which keeps files that are open by itself
    import fcntl

    def _lock(handle: int, *, alone: bool) -> None:
        """Lock a folder, shared and waiting, or alone and at once. Raises OSError."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
else:

    def _lock(handle: int, *, alone: bool) -> None:
        """There is no lock on a folder."""


class Reading:
    """A shared lock on a folder, held until `end`."""

    def __init__(self, folder: Path) -> None:
        """Take it; a folder that cannot be locked is read all the same."""
        self._handle: int | None = None
        with contextlib.suppress(OSError):
            self._handle = os.open(folder, os.O_RDONLY)
            _lock(self._handle, alone=False)

    def end(self) -> None:
        """Give it back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.end()


@contextlib.contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Read shards in the block."""
    with Reading(folder):
        yield


@contextlib.contextmanager
def nobody_reads(folder: Path) -> Iterator[bool]:
    """Whether nobody reads shards; if so, nobody begins to in the block."""
    if sys.platform == "win32":
        yield True
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        try:
            _lock(handle, alone=True)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
