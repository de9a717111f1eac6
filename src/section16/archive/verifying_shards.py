"""One shard verified: its files against their hashes, its bytes and rows against the ledger and against each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.contents import entry_of
from section16.archive.incoming import Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.projection import DERIVATION, DERIVED, Projection
from section16.archive.shards import ORIGINALS, database, load, quoted
from section16.archive.tables import PLACE, tables
from section16.errors import excerpt

if TYPE_CHECKING:
    import duckdb

_CHUNK: Final = 1024
"""Places looked at at a time, so that memory stays flat."""

_SAMPLE: Final = 64
"""One filing of so many is parsed again; others with every generation of the archive."""

_SPREAD: Final = 2_654_435_761
_LISTED: Final = 20
_PIECE: Final = 1 << 20
_RESTORE: Final = "Restore the shard's folder from a backup"
_REMAKE: Final = "Run: section16 archive compact --all, which makes the columns anew from the bytes"
_COUNTED: Final = {
    "transactions": "transaction_count",
    "holdings": "holding_count",
    "footnotes": "footnote_count",
    "owners": "owner_count",
}


class Depth(StrEnum):
    """How closely to look: without the bytes; all bytes and a sample of the columns; all bytes and all columns."""

    QUICK = "quick"
    USUAL = "usual"
    FULL = "full"


class Fault(msgspec.Struct, frozen=True):
    """Something that is wrong: the record, what, and what to do about it."""

    record: str
    message: str
    mend: str


class ShardTask(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to look at; the filings and containers that the ledger lists in it; `turn` moves the sample on."""

    root: str
    shard: Shard
    depth: Depth
    filings: int
    containers: int
    turn: int


class Checked(msgspec.Struct, kw_only=True):
    """What was found in a shard."""

    faults: list[Fault] = []
    filings: int = 0
    containers: int = 0
    rows: int = 0
    compared: int = 0
    bytes: int = 0


def check_shard(task: ShardTask) -> Checked:
    """Look at one shard. Never raises for what is wrong with it."""
    return _ShardChecker(task).check()


class _ShardChecker:
    """One look at one shard."""

    def __init__(self, task: ShardTask) -> None:
        self._task, self._shard = task, task.shard
        self._layout = Layout(Path(task.root))
        self._folder = self._layout.shards / task.shard.name
        self.found = Checked()
        self._sound: set[str] = set()

    def check(self) -> Checked:
        import duckdb  # noqa: PLC0415 - see shards

        self._files()
        with closing(Ledger(self._layout.ledger, writable=False)) as ledger, closing(database()) as connection:
            self._ledger = ledger.connection
            retired = {place for (place,) in self._ask("select place from retired where shard = ?", self._shard.id)}
            try:
                if self._sound >= self._shard.digests.keys() - {ORIGINALS}:
                    self._count(connection)
                    self._keys(connection, retired)
                if ORIGINALS in self._sound:
                    self._containers(connection, retired)
                    if self._task.depth is not Depth.QUICK:
                        self._originals(connection)
            except duckdb.Error as error:
                self._fault("", f"it cannot be read: {excerpt(str(error))}", _RESTORE)
            except sqlite3.Error as error:
                self._fault("", f"the ledger cannot be asked about it: {excerpt(str(error))}", _RESTORE)
        return self.found

    def _fault(self, what: str, message: str, mend: str) -> None:
        record = f"shards/{self._shard.name}" + (f"/{what}" if what else "")
        self.found.faults.append(Fault(record, message, mend))

    def _ask(self, question: str, *values: object) -> list[tuple[int, ...]]:
        return self._ledger.execute(question, values).fetchall()

    def _file(self, name: str) -> str:
        return f"read_parquet({quoted(self._folder / f'{name}.parquet')})"

    # Files -----------------------------------------------------------------------------------------------------------

    def _files(self) -> None:
        """Which files are there, and unchanged."""
        if not self._folder.is_dir():
            self._fault("", "the folder is missing", _RESTORE)
            return
        expected = {f"{name}.parquet" for name in self._shard.digests}
        for path in sorted(self._folder.iterdir()):
            if path.name not in expected:
                self._fault(path.name, "the file is no part of the shard", "Take it away")
        for name, digest in self._shard.digests.items():
            mend = _RESTORE if name == ORIGINALS or ORIGINALS not in self._shard.digests else _REMAKE
            try:
                right = self._task.depth is Depth.QUICK or self._digest(name) == digest
                size = (self._folder / f"{name}.parquet").stat().st_size
            except FileNotFoundError:
                self._fault(f"{name}.parquet", "the file is missing", mend)
            except OSError as error:
                self._fault(f"{name}.parquet", f"the file cannot be read: {error.strerror}", mend)
            else:
                if right and size:
                    self._sound.add(name)
                else:
                    self._fault(f"{name}.parquet", "its SHA-256 is not the one in the ledger", mend)

    def _digest(self, name: str) -> str:
        made = sha256()
        with (self._folder / f"{name}.parquet").open("rb") as file:
            while piece := file.read(_PIECE):
                made.update(piece)
                self.found.bytes += len(piece)
        return made.hexdigest()

    # Rows ------------------------------------------------------------------------------------------------------------

    def _count(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Rows of each table: as many as the ledger says, and as each filing says it has, where it can say."""
        for name, listed in self._shard.counts.items():
            (there,) = connection.execute(f"select count(*) from {self._file(name)}").fetchone() or (0,)
            self.found.rows += there
            if there != listed:
                self._fault(f"{name}.parquet", f"it has {there:,} rows, the ledger says {listed:,}", _REMAKE)
        for name, column in _COUNTED.items():
            if name not in self._sound:
                continue
            wrong = connection.execute(
                f"select f.accession from {self._file('filings')} f full join (select {PLACE}, count(*) n "
                f"from {self._file(name)} group by {PLACE}) r using ({PLACE}) "
                f"where coalesce(f.{column}, 0) != coalesce(r.n, 0) "
                f"and (f.accession is null or f.{column} is not null) limit {_LISTED}"
            ).fetchall()
            for (accession,) in wrong:
                message = f"the filing says it has another number of rows of {name} than are there"
                self._fault(accession or name, message, _REMAKE)

    def _keys(self, connection: duckdb.DuckDBPyConnection, retired: set[int]) -> None:
        """Each row of `filings` that counts stands for the filing the ledger lists at its place, and all of them do."""
        rows = connection.execute(f"select {PLACE}, accession from {self._file('filings')}").fetchall()
        live = [(place, key) for place, key in rows if place not in retired]
        listed = dict(
            self._places("select key, place from filings where shard = ? and key in", [key for _, key in live])
        )
        for place, key in [(place, key) for place, key in live if listed.get(key) != place][:_LISTED]:
            self._fault(key, f"its rows at place {place} are not those the ledger lists", _RESTORE)
        self.found.filings += len(live)
        if len(live) != self._task.filings:
            message = f"{len(live):,} filings are in it, the ledger lists {self._task.filings:,}"
            self._fault("filings.parquet", message, _RESTORE)

    def _containers(self, connection: duckdb.DuckDBPyConnection, retired: set[int]) -> None:
        """Bytes and containers, one to one; bytes that stand elsewhere a second time are listed as not counting."""
        rows = connection.execute(f"select {PLACE}, sha256 from {self._file(ORIGINALS)}").fetchall()
        listed = dict(
            self._places("select sha256, place from containers where shard = ? and sha256 in", [row[1] for row in rows])
        )
        doubled = 0
        for place, digest in rows:
            if listed.get(digest) != place:
                doubled += 1
                if place not in retired and doubled <= _LISTED:
                    self._fault(f"{ORIGINALS} {place}", "the bytes belong to no container in the ledger", _RESTORE)
        self.found.containers += len(rows) - doubled
        if len(rows) - doubled != self._task.containers:
            message = f"{len(rows) - doubled:,} containers are in it, the ledger lists {self._task.containers:,}"
            self._fault(f"{ORIGINALS}.parquet", message, _RESTORE)

    def _places(self, question: str, values: Sequence[str | bytes]) -> Iterator[tuple[str | bytes, int]]:
        for at in range(0, len(values), 500):
            some = values[at : at + 500]
            marks = ",".join("?" * len(some))
            yield from self._ledger.execute(f"{question} ({marks})", (self._shard.id, *some))

    # Bytes -----------------------------------------------------------------------------------------------------------

    def _originals(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Every container's bytes against their hash; of some, or all, the columns against the bytes."""
        file = self._file(ORIGINALS)
        (last,) = connection.execute(f"select coalesce(max({PLACE}), -1) from {file}").fetchone() or (-1,)
        full = self._task.depth is Depth.FULL
        chosen: list[tuple[int, bytes]] = []
        for start in range(0, last + 1, _CHUNK):
            rows = connection.execute(
                f"select {PLACE}, accession, sha256, bytes from {file} "
                f"where {PLACE} between {start} and {start + _CHUNK - 1}"
            ).fetchall()
            for place, key, digest, data in rows:
                self.found.bytes += len(data)
                if sha256(data).digest() != digest:
                    self._fault(key, "its bytes are not those that were added", _RESTORE)
                elif full or (place * _SPREAD + self._task.turn) % _SAMPLE == 0:
                    chosen.append((place, data))
            if len(chosen) >= _CHUNK // 4 or (chosen and start + _CHUNK > last):
                if self._sound >= tables().keys():
                    self._compare(connection, chosen)
                chosen = []

    def _compare(self, connection: duckdb.DuckDBPyConnection, chosen: Sequence[tuple[int, bytes]]) -> None:
        """Parse again, and compare the columns cell by cell."""
        places = [place for place, _ in chosen]
        between = f"{PLACE} between {min(places)} and {max(places)}"
        keys = dict(
            connection.execute(
                f"select {PLACE}, accession from {self._file('filings')} where {between} "
                f"and {PLACE} in (select unnest(?::INTEGER[]))",
                [places],
            ).fetchall()
        )
        projection = Projection()
        for place, data in chosen:
            if place not in keys:
                continue
            entry, filing = entry_of(Incoming(name="", data=data))
            if filing is None:
                self._fault(keys[place], f"its bytes can no longer be read: {entry.message}", "Report this")
                continue
            projection.add(place, keys[place], filing)
            self.found.compared += 1
        connection.execute("create schema made")
        for name, table in tables().items():
            load(connection, "made.", name, projection.rows[name])
            left = DERIVED if self._shard.derivation < DERIVATION else frozenset[str]()
            columns = ", ".join([column for column in table.names if column not in left])
            theirs = f"select {columns} from {self._file(name)} where {between} and {PLACE} in (from made.chosen)"
            if name == "filings":
                connection.execute(f"create table made.chosen as select {PLACE} from made.filings")
            ours = f"select {columns} from made.{name}"
            wrong = connection.execute(
                f"select distinct accession from (({ours} except all {theirs}) union all "
                f"({theirs} except all {ours})) order by 1 limit {_LISTED}"
            ).fetchall()
            for (accession,) in wrong:
                self._fault(accession, f"its rows of {name} are not what its bytes say", _REMAKE)
        connection.execute("drop schema made cascade")
