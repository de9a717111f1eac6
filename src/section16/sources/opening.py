"""Opens the EDGAR client with what belongs to this user: the pace shared by all processes, and a folder for an archive.

The folder keeps lists and parts of large files between runs. One sync or watch at a time uses it, held by a lock that
the system frees when its holder ends, however it ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

import filelock

from section16.errors import ConflictError
from section16.sources.client import EdgarClient
from section16.sources.edgar_host import edgar_host
from section16.sources.pace import USUAL_PER_SECOND, Pace
from section16.sources.page_cache import storage_failed

STATE_VARIABLE: Final = "SECTION16_STATE"
_PACE_FILE: Final = "edgar-pace.sqlite"


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the user's state is kept: `$SECTION16_STATE`, else the system's place for it."""
    if named := environment.get(STATE_VARIABLE):
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only where nothing else is said

    return platformdirs.user_state_path("section16", appauthor=False)


@contextmanager
def filing_client(
    contact: str, *, edgar: str | None = None, environment: Mapping[str, str] = os.environ
) -> Iterator[EdgarClient]:
    """Give a client for single filings while the block runs; any number of processes may have one, at one pace.

    Raises UsageError (CONTACT_MISSING, URL_SCHEME, URL_NOT_ALLOWED, USAGE), StorageError.
    """
    state = state_folder(environment)
    folder = state / "edgar" / "filings"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise storage_failed(error, folder) from None
    pace = Pace(state / _PACE_FILE, USUAL_PER_SECOND)
    with EdgarClient(contact, pace=pace, folder=folder, host=edgar_host(edgar)) as client:
        yield client


@contextmanager
def edgar_client(
    contact: str,
    archive: Path,
    *,
    edgar: str | None = None,
    per_second: float = USUAL_PER_SECOND,
    waiting: Callable[[str, float], None] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[EdgarClient]:
    """Give a client for one archive's folder while the block runs. `edgar` is a base address, the SEC's without one.

    Raises UsageError (CONTACT_MISSING, URL_SCHEME, URL_NOT_ALLOWED, USAGE), ConflictError SYNC_BUSY, StorageError.
    """
    host = edgar_host(edgar)
    state = state_folder(environment)
    name = sha256(f"{archive.resolve()}\n{host.web}".encode()).hexdigest()[:32]
    folder = state / "edgar" / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = filelock.FileLock(folder / "lock")
        lock.acquire(timeout=0)
    except filelock.Timeout:
        message = "another process fetches for this archive"
        raise ConflictError("SYNC_BUSY", message, mend="Wait until it is done, or stop it") from None
    except OSError as error:
        raise storage_failed(error, folder) from None
    try:
        pace = Pace(state / _PACE_FILE, per_second)
        with EdgarClient(contact, pace=pace, folder=folder, host=host) as client:
            if waiting is not None:
                client.waiting = waiting
            yield client
    finally:
        lock.release()
