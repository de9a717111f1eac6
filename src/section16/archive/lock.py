"""One writer at a time: a lock on a file of the archive, freed by the system when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from section16.archive.ledger import storage_error
from section16.errors import ConflictError


@contextmanager
def writing(path: Path, *, wait: float, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock at `path` for the block; up to `wait` seconds for who holds it, said once through `waiting`.

    Raises ConflictError (another process still writes) and StorageError (the folder cannot be written).
    """
    lock = filelock.FileLock(path)
    try:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            holder = _holder(path)
            if waiting is not None and wait > 0:
                waiting(holder)
            lock.acquire(timeout=wait)
    except filelock.Timeout:
        message = f"another process ({_holder(path)}) is writing to the archive"
        raise ConflictError("ARCHIVE_BUSY", message, mend="Wait until it is done, then run again") from None
    except OSError as error:
        raise storage_error(error, path) from None
    try:
        _say_holder(path)
        yield
    finally:
        lock.release()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")


def _say_holder(path: Path) -> None:
    try:
        _beside(path).write_text(str(os.getpid()), encoding="ascii")
    except OSError as error:
        raise storage_error(error, path) from None


def _holder(path: Path) -> str:
    try:
        return f"process {int(_beside(path).read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "a process"
