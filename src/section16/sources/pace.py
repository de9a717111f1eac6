"""How fast requests may go out: one pace for all processes of a user, kept in a small file with a lock.

Two bounds. Requests leave evenly, `per_second` of them (8 unless set). And at no moment do more than ten count, where a
request counts from its leave until one second after its answer began: it reached EDGAR somewhere in between, so within
any second at most ten can arrive there, however long some were under way. SQLite gives the lock, on every system.

A hold, after EDGAR has blocked, stops all processes until it ends. Source of the bound of ten: SEC, "Accessing EDGAR
Data", fair access.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from section16.errors import StorageError, UsageError
from section16.sources.clock import Clock, SystemClock

USUAL_PER_SECOND: Final = 8.0
MOST_PER_SECOND: Final = 10

_WINDOW: Final = 1.0
_SETTLING: Final = 0.005
"""Seconds put on top of each bound, for clocks that are read a moment apart."""
_LONGEST_TURN: Final = 120.0
"""Seconds after which a turn counts as over whatever its process says; a request's time limits are shorter."""
_LOCK_WAIT: Final = 30.0
_TABLES: Final = """
create table if not exists turns (id integer primary key, began real not null, ended real, process integer not null);
create table if not exists hold (id integer primary key check (id = 1), until real not null);
"""


class Pace:
    """The pace of one user's requests. `file` is shared by all processes; it and its folder are made where missing."""

    def __init__(self, file: Path, per_second: float = USUAL_PER_SECOND, clock: Clock | None = None) -> None:
        """Raises UsageError for a pace that is not above 0 and at most 10 a second, StorageError."""
        if not 0 < per_second <= MOST_PER_SECOND:
            raise UsageError(
                "USAGE", f"{per_second:g} requests a second", mend=f"At most {MOST_PER_SECOND} are allowed"
            )
        self._spacing = 1 / per_second + _SETTLING
        self._clock = clock or SystemClock()
        self._turn = threading.Lock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store = sqlite3.connect(file, timeout=_LOCK_WAIT, isolation_level=None, check_same_thread=False)
            self._store.execute("pragma synchronous = off")  # a lost pace is a pause, not a loss
            self._store.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise _failed(error, file) from None
        self._file = file

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and hold it until the block ends: leave the block when the answer begins."""
        number = self._begin()
        try:
            yield
        finally:
            with self._writing() as store:
                store.execute("update turns set ended = ? where id = ?", (self._clock.monotonic(), number))

    def hold(self, seconds: float) -> None:
        """Let no request of any process begin for so many seconds; a longer hold that stands remains."""
        until = self._clock.monotonic() + seconds
        with self._writing() as store:
            store.execute(
                "insert into hold values (1, ?1) on conflict (id) do update set until = max(until, ?1)", (until,)
            )

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _begin(self) -> int:
        while True:
            with self._writing() as store:
                now = self._clock.monotonic()
                wait = self._wait(store, now)
                if wait <= 0:
                    found = store.execute("insert into turns (began, process) values (?, ?)", (now, os.getpid()))
                    return int(found.lastrowid or 0)
            self._clock.sleep(wait)

    def _wait(self, store: sqlite3.Connection, now: float) -> float:
        """Seconds until a turn may begin, as far as can be told now."""
        self._forget(store, now)
        row = store.execute("select until from hold").fetchone()
        held = row[0] - now if row else 0.0
        last = store.execute("select max(began) from turns").fetchone()[0]
        spaced = last + self._spacing - now if last is not None else 0.0
        counting = store.execute("select ended from turns order by ended is null, ended").fetchall()
        full = 0.0
        if len(counting) >= MOST_PER_SECOND:
            ended = counting[len(counting) - MOST_PER_SECOND][0]
            full = self._spacing if ended is None else ended + _WINDOW + _SETTLING - now
        return float(max(held, spaced, full))

    def _forget(self, store: sqlite3.Connection, now: float) -> None:
        """Let go of turns that no longer count, of a hold that is over, and of all that a restart made meaningless."""
        store.execute("delete from hold where until <= ?1 or until > ?1 + 86400", (now,))
        store.execute("delete from turns where began > ?", (now,))
        under_way = store.execute("select id, process, began from turns where ended is null").fetchall()
        for number, process, began in under_way:
            if now - began > _LONGEST_TURN or not _runs(process):
                store.execute("update turns set ended = ? where id = ?", (now, number))
        store.execute("delete from turns where ended < ?", (now - _WINDOW - _SETTLING,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            try:
                self._store.execute("begin immediate")
                try:
                    yield self._store
                finally:
                    self._store.execute("commit")
            except sqlite3.Error as error:
                raise _failed(error, self._file) from None


def _runs(process: int) -> bool:
    """Whether a process may still run. Only POSIX can be asked without harm; elsewhere the time limit decides."""
    if os.name != "posix" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _failed(error: Exception, file: Path) -> StorageError:
    words = f"the file that keeps the pace of requests cannot be used: {error}"
    return StorageError("STORAGE_FAILED", words, path=str(file), mend="Set SECTION16_STATE to a folder of your own")
