"""The archive: every report ever added, whole, with the columns made of it. The door to this room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

from section16.archive.adding import TAIL_LIMIT, Adder, Progress
from section16.archive.compacting import fold_tail
from section16.archive.incoming import Added, Incoming
from section16.archive.index import build_index, indexed_shards
from section16.archive.layout import Layout, archive_folder
from section16.archive.ledger import Ledger, storage_error
from section16.archive.lock import writing
from section16.archive.originals import original
from section16.archive.questions import ask, connect
from section16.archive.status import Status, status_of
from section16.errors import StorageError

if TYPE_CHECKING:
    import duckdb

_WAIT: Final = 600.0
_UNINDEXED_SHARE: Final = 0.05
"""Of the filings in shards: the part that may stand outside the index before it is made anew."""


def open_archive(path: str | os.PathLike[str] | None = None, *, create: bool = True) -> Archive:
    """Open the archive in a folder: `path`, else `$SECTION16_ARCHIVE`, else the user's data directory.

    With `create` a folder without one gets an empty one, else that is a StorageError (`ARCHIVE_MISSING`). Also raises
    StorageError if it cannot be read, ConflictError if a newer section16 made it.
    """
    layout = Layout(archive_folder(path))
    if not layout.ledger.exists():
        if not create:
            message = "there is no archive here"
            mend = "Make one: section16 archive add FILE..."
            raise StorageError("ARCHIVE_MISSING", message, path=str(layout.root), mend=mend)
        try:
            layout.shards.mkdir(parents=True, exist_ok=True)
            with writing(layout.lock, wait=_WAIT):
                Ledger(layout.ledger, writable=True).close()
        except OSError as error:
            raise storage_error(error, layout.root) from None
    return Archive(layout)


class Archive:
    """An archive on a disk. Reading never waits for a writer; one process writes at a time, others wait for it."""

    def __init__(self, layout: Layout) -> None:
        """Use `open_archive`."""
        self.layout = layout
        self._ledger: Ledger | None = None

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the ledger; a closed archive opens it again when asked."""
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    @property
    def ledger(self) -> Ledger:
        """The ledger, open for reading."""
        if self._ledger is None:
            self._ledger = Ledger(self.layout.ledger, writable=False)
        return self._ledger

    # Adding ----------------------------------------------------------------------------------------------------------

    def add(
        self,
        incoming: Iterable[Incoming],
        *,
        jobs: int | None = None,
        executor: Executor | None = None,
        progress: Progress | None = None,
        waiting: Callable[[str], None] | None = None,
        wait: float = _WAIT,
    ) -> Added:
        """Add files; what is said to be added is on the disk when this returns. Adding it again changes nothing.

        `jobs` worker processes (default: one a core) are used for many files, or an `executor` of the caller's.
        `progress` is called with the numbers so far; `waiting` once, with words for who holds the archive, if another
        process writes: up to `wait` seconds are spent waiting for it.

        Raises ConflictError (another process still writes), StorageError (disk full, not writable, damaged). What was
        committed before stays.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            adder = Adder(self.layout, ledger, progress)
            count = jobs or os.cpu_count() or 1
            try:
                adder.add(incoming, jobs=count, executor=executor)
                self._settle(ledger)
            except OSError as error:
                raise storage_error(error, self.layout.root) from None
            return adder.added

    @contextmanager
    def writer(self, *, wait: float = _WAIT, waiting: Callable[[str], None] | None = None) -> Iterator[Ledger]:
        """Hold the archive for writing: the ledger, after what a killed run left over was taken away."""
        with writing(self.layout.lock, wait=wait, waiting=waiting):
            ledger = Ledger(self.layout.ledger, writable=True)
            try:
                self._clear_up(ledger)
                yield ledger
            finally:
                ledger.close()

    def _clear_up(self, ledger: Ledger) -> None:
        """Take away shards that never came to count."""
        listed = {shard.name for shard in ledger.shards()}
        if self.layout.shards.is_dir():
            for folder in self.layout.shards.iterdir():
                if folder.name not in listed:
                    shutil.rmtree(folder, ignore_errors=True)

    def _settle(self, ledger: Ledger) -> None:
        """Fold a long tail into a shard, and make the index anew if much has come since it was made."""
        if ledger.tail_length() > TAIL_LIMIT:
            fold_tail(self.layout, ledger)
        shards = ledger.shards()
        known = indexed_shards(self.layout)
        newer = sum(shard.counts["filings"] for shard in shards if shard.id not in known)
        if newer > _UNINDEXED_SHARE * sum(shard.counts["filings"] for shard in shards):
            build_index(self.layout, ledger)

    def index(self) -> None:
        """Make the index anew of what the shards hold now."""
        with self.writer() as ledger:
            build_index(self.layout, ledger)

    # Reading ---------------------------------------------------------------------------------------------------------

    def has(self, accessions: Iterable[str]) -> set[str]:
        """Which of these accession numbers are there as originals; rows of a data set alone don't count."""
        execute = self.ledger.connection.execute
        found = (
            (key, execute("select 1 from filings where key = ? and length(document) > 0", (key,)).fetchone())
            for key in accessions
        )
        return {key for key, row in found if row}

    def original(self, accession: str) -> bytes:
        """The bytes of a filing as they came; of several containers the one whose rows stand for it.

        Raises UsageError `NOT_FOUND` if there is no such filing, or only rows of a data set, and StorageError if its
        bytes are damaged.
        """
        return original(self.layout, self.ledger, accession)

    def status(self) -> Status:
        """What the archive holds, counted."""
        return status_of(self)

    def note(self, key: str, value: str) -> None:
        """Keep a small text under a key, durably: how far a synchronisation has come, for example."""
        with self.writer() as ledger, ledger.change():
            ledger.note(key, value)

    def noted(self, key: str) -> str | None:
        """What `note` kept under a key."""
        return self.ledger.noted(key)

    def connect(self, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
        """A read-only connection with the documented views; see `questions.connect`."""
        return connect(self.layout, self.ledger, as_of)

    def sql(self, question: str, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
        """The answer to a question in SQL: `fetchall()`, `df()`, `pl()`, `to_arrow_table()` of the result.

        Raises UsageError for a question that is not understood or does not only read.
        """
        return ask(self.connect(as_of), question)
