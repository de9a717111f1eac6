"""The archive: every report ever added, whole, with the columns made of it. The door to this room."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from section16.archive.adding import TAIL_LIMIT, Adder, Progress
from section16.archive.adopting import adopt
from section16.archive.cluster import built_by
from section16.archive.compacting import Compacted, clear_up, compact, fold_tail
from section16.archive.dataset_differences import Comparison, compare
from section16.archive.datasets import DataSetAdded, add_data_set
from section16.archive.exporting import Export, Manifest
from section16.archive.incoming import Added, Incoming
from section16.archive.index import UNINDEXED, build_index, indexed_shards, newest
from section16.archive.layout import Layout, archive_folder
from section16.archive.ledger import Ledger, make_ledger, storage_error
from section16.archive.lock import writing
from section16.archive.originals import Originals
from section16.archive.quarantine import Quarantined, quarantined, retry
from section16.archive.questions import ask, connect, related
from section16.archive.readers import Reading
from section16.archive.search import Found, behind, refresh, search
from section16.archive.shards import UNFINISHED, is_disk_error, not_written
from section16.archive.status import Status, status_of
from section16.archive.verifying import Progress as LookedAt
from section16.archive.verifying import Verified, verify
from section16.archive.verifying_shards import Depth
from section16.errors import StorageError
from section16.identifiers import cik

if TYPE_CHECKING:
    import duckdb

WAIT: Final = 600.0
"""Seconds that a writer waits for another one."""


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
        if layout.shards.is_dir() and any(not each.name.endswith(UNFINISHED) for each in layout.shards.iterdir()):
            message = "the archive has shards but no ledger"
            mend = "Rename its folder, then: section16 archive adopt RENAMED/shards"
            raise StorageError("STORE_DAMAGED", message, path=str(layout.root), mend=mend)
        try:
            layout.shards.mkdir(parents=True, exist_ok=True)
            with writing(layout.lock, wait=WAIT):
                if not layout.ledger.exists():
                    make_ledger(layout.ledger)
        except OSError as error:
            raise storage_error(error, layout.root) from None
    return Archive(layout)


class Archive:
    """An archive on a disk. Reading never waits for a writer; one process writes at a time, others wait for it."""

    def __init__(self, layout: Layout) -> None:
        """Use `open_archive`."""
        self.layout = layout
        self._ledger: Ledger | None = None
        self._kept: tuple[int, duckdb.DuckDBPyConnection] | None = None
        self._reading: Reading | None = None
        self._originals: Originals | None = None

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
        if self._originals is not None:
            self._originals.close()
            self._originals = None
        if self._kept is not None:
            self._kept[1].close()
            self._kept = None
        if self._reading is not None:
            self._reading.end()
            self._reading = None

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
        wait: float = WAIT,
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
            adder.add(incoming, jobs=count, executor=executor)
            self._settle(ledger)
            return adder.added

    def add_by_paths(
        self,
        paths: Iterable[str | os.PathLike[str]],
        executor: Executor,
        *,
        width: int | None = None,
        but: Collection[Path] = (),
        progress: Progress | None = None,
        waiting: Callable[[str], None] | None = None,
        wait: float = WAIT,
    ) -> Added:
        """Add what paths name, read and built by an executor that may be on other machines; see `cluster`.

        They must see the same paths, the archive's folder included. `width` is how many tasks run at once; files
        and folders in `but` are left out. What is known is found out after it was built, so for a second run `add` is
        cheaper. Raises as `add`.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            adder = Adder(self.layout, ledger, progress)
            shards = self.layout.shards.resolve()
            adder.take(built_by(executor, map(Path, paths), shards, width or os.cpu_count() or 1, but))
            self._settle(ledger)
            return adder.added

    def adopt(
        self,
        shards: str | os.PathLike[str],
        *,
        jobs: int | None = None,
        progress: Progress | None = None,
        waiting: Callable[[str], None] | None = None,
        wait: float = WAIT,
    ) -> Added:
        """Take in a folder of shards: built on a cluster (`cluster.write_shards`), or of an archive without its ledger.

        The folder stays as it is. Raises SourceError (no shards in it) and, as `add`, ConflictError and StorageError.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            adder = Adder(self.layout, ledger, progress)
            adopt(self.layout, ledger, Path(shards), adder, jobs=jobs or os.cpu_count() or 1)
            self._settle(ledger)
            return adder.added

    def add_dataset(
        self,
        path: str | os.PathLike[str],
        origin: str = "",
        *,
        waiting: Callable[[str], None] | None = None,
        wait: float = WAIT,
    ) -> DataSetAdded:
        """Add one of the SEC's quarterly data sets: a zip, or a folder of its tables; `origin` is where it came from.

        Rows stand for filings whose originals aren't here. Raises SourceError (it cannot be read, or is no data set),
        ConflictError and StorageError as `add`; the archive then holds what it held.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            added = add_data_set(self.layout, ledger, Path(path), origin)
            self._settle(ledger)
            return added

    @contextmanager
    def writer(self, *, wait: float = WAIT, waiting: Callable[[str], None] | None = None) -> Iterator[Ledger]:
        """Hold the archive for writing: the ledger, after what a killed run left over was taken away.

        What the system refuses in the block, to us or to the database, becomes a StorageError.
        """
        with writing(self.layout.lock, wait=wait, waiting=waiting):
            ledger = Ledger(self.layout.ledger, writable=True)
            try:
                self._clear_up(ledger)
                yield ledger
            except Exception as error:
                if is_disk_error(error):
                    raise not_written(error) from None
                raise
            finally:
                ledger.close()

    def _clear_up(self, ledger: Ledger) -> None:
        """Take away shards that do not count: never finished, or merged into others and read by nobody."""
        clear_up(self.layout, {shard.name for shard in ledger.shards()})
        for unfinished in self.layout.index.glob("*.making*"):
            with suppress(OSError):
                unfinished.unlink()

    def _settle(self, ledger: Ledger) -> None:
        """Fold a long tail into a shard, and make the index anew if much has come since it was made."""
        if ledger.tail_length() > TAIL_LIMIT:
            fold_tail(self.layout, ledger)
        shards = ledger.shards()
        known = indexed_shards(self.layout)
        newer = sum(shard.counts["filings"] for shard in shards if shard.id not in known)
        is_useless = newest(self.layout) is not None and bool(shards) and not known
        if newer > UNINDEXED or is_useless:
            self._index(ledger)

    def _index(self, ledger: Ledger) -> None:
        """Make the index anew, and the full-text index whole, so that the first who searches need not wait for it."""
        build_index(self.layout, ledger)
        refresh(self.layout, ledger)

    def compact(
        self, *, everything: bool = False, waiting: Callable[[str], None] | None = None, wait: float = WAIT
    ) -> Compacted:
        """Fold the tail, merge small shards into shards of a quarter, make the index anew.

        With `everything` all shards are written anew, with columns made of the bytes. Connections that are open go on;
        what they read leaves the disk when they are closed. Raises ConflictError and StorageError, as `add`; the
        archive then holds what it held.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            before = ledger.generation()
            done = compact(self.layout, ledger, everything=everything)
            if ledger.generation() != before or newest(self.layout) is None:
                self._index(ledger)
            return done

    def quarantined(self) -> list[Quarantined]:
        """What could not be read, with the reason, in the order of names."""
        return quarantined(self.ledger)

    def retry(self, *, waiting: Callable[[str], None] | None = None, wait: float = WAIT) -> Added:
        """Read everything in quarantine again; what can be read now is added, the rest stays with its reason.

        Raises ConflictError and StorageError, as `add`.
        """
        with self.writer(wait=wait, waiting=waiting) as ledger:
            added = retry(self.layout, ledger)
            self._settle(ledger)
            return added

    def index(self) -> None:
        """Make the index anew of what the shards hold now."""
        with self.writer() as ledger:
            self._index(ledger)

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
        if self._originals is None:
            self._originals = Originals(self.layout, self.ledger)
        return self._originals.original(accession)

    def keys(self, *, issuer: str | None = None, owner: str | None = None) -> list[str]:
        """Keys of the filings that are here with their bytes, in the order in which they were public.

        `issuer` and `owner` are CIKs. Raises IdentifierError for what is none.
        """
        wanted = [
            ("issuer_cik = ?", issuer),
            ("accession in (select accession from owners where rpt_owner_cik = ?)", owner),
        ]
        given = [(test, int(cik.validate(number))) for test, number in wanted if number is not None]
        tests = " and ".join(["source != 'dataset'", *[test for test, _ in given]])
        with self.connect() as connection:
            found = connection.execute(
                f"select accession from filings where {tests} order by public_at, accession",
                [number for _, number in given],
            )
            return [key for (key,) in found.fetchall()]

    def compare_dataset(self, path: str | os.PathLike[str] | None = None) -> Comparison:
        """Where a quarterly data set says other than the originals here; without `path` those added to this archive.

        Raises SourceError if the data set cannot be read.
        """
        return compare(self.layout, self.ledger, None if path is None else Path(path))

    def status(self) -> Status:
        """What the archive holds, counted."""
        return status_of(self)

    def verify(
        self, *, depth: Depth = Depth.USUAL, jobs: int | None = None, progress: LookedAt | None = None
    ) -> Verified:
        """Look whether all that was added is there, once, unchanged; nothing is changed, and nothing raised for faults.

        `Depth.QUICK` leaves the bytes out, `Depth.FULL` parses all filings again and compares all columns. `jobs`
        processes are used where there is much (default: one a core).
        """
        return verify(self, depth=depth, jobs=jobs, progress=progress)

    def export(
        self, folder: str | os.PathLike[str], *, as_of: datetime | None = None, overwrite: bool = False
    ) -> Manifest:
        """Write all tables as Parquet by year and quarter, with a manifest; see `exporting`.

        Raises ConflictError (`OUTPUT_EXISTS`) for a folder that is not empty, and StorageError.
        """
        target = Export(Path(folder), overwrite=overwrite)
        return target.write(self._connect(as_of, target.made), as_of)

    def note(self, key: str, value: str) -> None:
        """Keep a small text under a key, durably: how far a synchronisation has come, for example."""
        with self.writer() as ledger, ledger.change():
            ledger.note(key, value)

    def noted(self, key: str) -> str | None:
        """What `note` kept under a key."""
        return self.ledger.noted(key)

    def connect(self, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
        """A read-only connection with the documented views; see `questions.connect`.

        It answers until the archive is closed, whatever is added, indexed or compacted meanwhile.
        """
        return self._connect(as_of, None)

    def _connect(self, as_of: datetime | None, writes_to: Path | None) -> duckdb.DuckDBPyConnection:
        if self._reading is None:
            self._reading = Reading(self.layout.shards)
        before = newest(self.layout)
        try:
            return connect(self.layout, self.ledger, as_of, writes_to=writes_to)
        except StorageError:
            if newest(self.layout) == before:
                raise
            return connect(
                self.layout, self.ledger, as_of, writes_to=writes_to
            )  # a newer index came between finding and opening it

    def unsearched(self) -> int:
        """How many footnotes the next search has to enter into the full-text index before it answers."""
        return behind(self.layout, self.ledger)

    def search(self, text: str, *, limit: int = 50, as_of: datetime | None = None) -> list[Found]:
        """The newest footnotes and remarks that have some words; `words` says what may be typed.

        The full-text index is brought up to date first, where it may be written. Raises UsageError for what has no
        word in it, StorageError.
        """
        refresh(self.layout, self.ledger)
        if as_of is not None:
            with self.connect(as_of) as connection:
                return search(self.layout, self.ledger, connection, text, limit=limit, as_of=as_of)
        return search(self.layout, self.ledger, self._current(), text, limit=limit)

    def _current(self) -> duckdb.DuckDBPyConnection:
        """A connection for looking things up again and again, made anew when the archive has grown."""
        generation = self.ledger.generation()
        if self._kept is not None and self._kept[0] == generation:
            return self._kept[1]
        if self._kept is not None:
            self._kept[1].close()
        self._kept = (generation, self.connect())
        return self._kept[1]

    def sql(self, question: str, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
        """The answer to a question in SQL: `fetchall()`, `df()`, `pl()`, `to_arrow_table()` of the result.

        Raises UsageError for a question that is not understood or does not only read.
        """
        return ask(self.connect(as_of), question)

    def relation(self, question: str, as_of: datetime | None = None) -> duckdb.DuckDBPyRelation:
        """The answer as a relation, which hands its columns on without copies by the Arrow stream interface.

        `polars.DataFrame(relation)`, `pandas.DataFrame.from_arrow(relation)`, `relation.to_arrow_table()` take it.
        It is worked out when asked for, and lasts until the archive is closed. Raises UsageError, as `sql`.
        """
        return related(self.connect(as_of), question)
