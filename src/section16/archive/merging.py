"""Shards merged into shards of one quarter each, in the order of filing dates; every container's bytes go along.

Rows are moved, not made again, unless the rules of derived columns have changed or a file of columns is damaged: then
they are made of the bytes. Work is done on the disk, so that memory stays flat however many filings there are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.merging_sources import Sources
from section16.archive.projection import DERIVATION
from section16.archive.shards import ORIGINALS, UNFINISHED, finish, flushed, not_written, quoted
from section16.archive.tables import PLACE, tables
from section16.errors import StorageError

if TYPE_CHECKING:
    import duckdb

TARGET_FILINGS: Final = 16_384
TARGET_BYTES: Final = 96 * 1024 * 1024
"""Where a shard of a quarter ends: containers, and bytes before packing."""

_MEMORY: Final = "300MB"
_LEVEL: Final = 6
_GROUP_ROWS: Final = 2048
_GROUP_BYTES: Final = 8 * 1024 * 1024
_CHUNK: Final = 1024
_LOADED: Final = 50_000
_ORIGINALS: Final = (PLACE, "accession", "sha256", "kind", "name", "origin", "bytes")


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Shards made, and filings' rows left out that counted no longer."""

    made: int = 0
    dropped: int = 0


class _Target(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to be made."""

    number: int
    name: str
    source: str
    containers: int
    standing: int
    days: list[str]


class Merger:
    """One merging of some shards. The writer's lock is held by who makes it."""

    def __init__(self, layout: Layout, ledger: Ledger, shards: Sequence[Shard], *, remake: bool) -> None:
        """`remake` makes all columns of the bytes."""
        self._layout, self._ledger, self._shards, self._remake = layout, ledger, shards, remake
        self._work = layout.shards / f"merging-{os.urandom(4).hex()}{UNFINISHED}"
        self._sources = Sources(layout, ledger, shards, self._work)

    def merge(self) -> Merged:
        """Put shards of one quarter each in the place of those given. Raises StorageError; nothing has changed then."""
        import duckdb  # noqa: PLC0415 - see shards

        self._work.mkdir(parents=True)
        try:
            self._sources.prove(remake=self._remake)
            with self._database() as connection:
                self._plan(connection)
                targets = self._targets(connection)
                for name in (ORIGINALS, *tables()):
                    self._split(connection, name)
                made = [self._make(connection, target) for target in targets]
                dropped = sum(shard.counts["filings"] for shard in self._shards) - sum(one.standing for one in targets)
                finish(self._layout.shards, [target.name for target in targets])
                self._commit(connection, list(zip(targets, made, strict=True)))
        except duckdb.Error as error:
            raise not_written(error) from None
        finally:
            shutil.rmtree(self._work, ignore_errors=True)
        return Merged(made=len(targets), dropped=dropped)

    @contextmanager
    def _database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        import duckdb  # noqa: PLC0415 - see shards

        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": str(self._work / "spill"),
        }
        with closing(duckdb.connect(str(self._work / "plan.duckdb"), config=config)) as connection:
            connection.execute("set autoinstall_known_extensions=false; set autoload_known_extensions=false")
            yield connection

    # What is to become of it -----------------------------------------------------------------------------------------

    def _plan(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Table `plan`: each container or filing with its old place, its new shard and place."""
        taken = {shard.id for shard in self._shards}
        ask = self._ledger.connection.execute
        connection.execute("create table kept (shard integer, place integer, sha256 blob, key varchar, size bigint)")
        _load(connection, "kept", ask("select shard, place, sha256, key, size from containers"), taken)
        connection.execute("create table standing (shard integer, place integer, key varchar)")
        _load(connection, "standing", ask("select shard, place, key from filings"), taken)
        sources = ", ".join([f"({shard.id}, '{shard.source}')" for shard in self._shards])
        connection.execute(
            f"create table dated as select shard, {PLACE} as place, filed_on from "
            f"{self._sources.rows('filings', f'r.{PLACE}, r.filed_on')}"
        )
        connection.execute(
            "create table plan as "
            "with held as (select shard, place, k.sha256, coalesce(s.key, k.key) as key, k.size, s.key is not null as "
            "stands from kept k full join standing s using (shard, place)), "
            "by_key as (select s.key, any_value(d.filed_on) as filed_on from standing s "
            "join dated d using (shard, place) group by s.key), "
            "known as (select h.*, v.source, coalesce(d.filed_on, b.filed_on) as filed_on from held h "
            f"join (values {sources}) v (shard, source) using (shard) "
            "left join dated d using (shard, place) left join by_key b using (key)), "
            "counted as (select *, date_trunc('quarter', filed_on) as quarter, "
            "row_number() over running - 1 as nth, coalesce(sum(size) over running, 0) as before from known "
            "window running as (partition by source, date_trunc('quarter', filed_on) "
            "order by filed_on, key, shard, place rows unbounded preceding)), "
            "grouped as (select *, dense_rank() over (order by source, quarter nulls first, "
            f"nth // {TARGET_FILINGS} + (before - coalesce(size, 0)) // {TARGET_BYTES}) as target from counted) "
            "select shard, place, sha256, key, stands, filed_on, source, target::integer as target, "
            "(row_number() over (partition by target order by nth) - 1)::integer as new_place from grouped"
        )

    def _targets(self, connection: duckdb.DuckDBPyConnection) -> list[_Target]:
        rows = connection.execute(
            "select target, source, count(sha256), count(*) filter (stands), min(filed_on), max(filed_on) from plan "
            "group by target, source order by target"
        ).fetchall()
        first = self._ledger.last_shard()
        return [
            _Target(
                number=number,
                name=f"s{first + number:08}-{os.urandom(4).hex()}",
                source=source,
                containers=containers,
                standing=standing,
                days=[day.isoformat() for day in (earliest, latest) if day is not None],
            )
            for number, source, containers, standing, earliest, latest in rows
        ]

    # The new shards --------------------------------------------------------------------------------------------------

    def _split(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        """Part a table's rows by the shard they go to, each source read once.

        What is parted at once is held in memory whole, so it goes a portion at a time.
        """
        names = _ORIGINALS if table == ORIGINALS else tables()[table].names
        columns = ", ".join([f"r.{name}" for name in names])
        moved = ", ".join([f"p.new_place as {PLACE}", *[f"r.{name}" for name in names[1:]]])
        which = "p.sha256 is not null" if table == ORIGINALS else "p.stands"
        for portion in self._sources.portions(table):
            connection.execute(
                f"copy (select {moved}, p.target from {self._sources.rows(table, columns, portion)} r "
                f"join plan p on p.shard = r.shard and p.place = r.{PLACE} and {which}) to "
                f"{quoted(self._work / table)} (format parquet, compression zstd, partition_by (target), append)"
            )

    def _make(
        self, connection: duckdb.DuckDBPyConnection, target: _Target
    ) -> tuple[dict[str, int], dict[str, str], int]:
        """Write a shard; return its rows by table, the SHA-256 of its files, its size. Raises StorageError."""
        folder = self._layout.shards / (target.name + UNFINISHED)
        try:
            folder.mkdir()
            counts: dict[str, int] = {}
            for name, table in tables().items():
                empty = ", ".join([f"null::{column.type} as {column.name}" for column in table.columns])
                counts[name] = self._copy(connection, target, name, f"select {empty} where false", "", folder)
            if target.containers:
                bounds = f", row_group_size {_GROUP_ROWS}, row_group_size_bytes {_GROUP_BYTES}"
                self._copy(connection, target, ORIGINALS, "", bounds, folder)
                self._prove(connection, target, folder)
            if counts["filings"] != target.standing:
                raise StorageError("STORE_DAMAGED", "rows of filings are missing in a shard; nothing was changed")
            digests = {file.stem: flushed(file) for file in sorted(folder.iterdir())}
            return counts, digests, sum(file.stat().st_size for file in folder.iterdir())
        except OSError as error:
            raise not_written(error) from None

    def _copy(
        self, connection: duckdb.DuckDBPyConnection, target: _Target, name: str, empty: str, more: str, folder: Path
    ) -> int:
        """Write one file in order; return its rows."""
        parts = self._work / name / f"target={target.number}"
        order = PLACE if name in {ORIGINALS, "filings"} else ", ".join([PLACE, *_order(name)])
        files = quoted(parts / "*.parquet")
        source = (
            f"select * from read_parquet({files}, hive_partitioning=false) order by {order}"
            if parts.is_dir()
            else empty
        )
        copied = connection.execute(
            f"copy ({source}) to {quoted(folder / f'{name}.parquet')} "
            f"(format parquet, compression zstd, compression_level {_LEVEL}{more})"
        ).fetchone()
        shutil.rmtree(parts, ignore_errors=True)
        return int(copied[0]) if copied else 0

    def _prove(self, connection: duckdb.DuckDBPyConnection, target: _Target, folder: Path) -> None:
        """Read the bytes back: those of every container that was planned, unchanged. Raises StorageError."""
        file = quoted(folder / f"{ORIGINALS}.parquet")
        seen = 0
        for start in range(0, target.containers, _CHUNK):
            rows = connection.execute(
                f"select r.bytes, p.sha256 from read_parquet({file}) r join plan p on p.target = {target.number} "
                f"and p.new_place = r.{PLACE} where r.{PLACE} between {start} and {start + _CHUNK - 1}"
            ).fetchall()
            seen += sum(sha256(data).digest() == digest for data, digest in rows)
        if seen != target.containers:
            raise StorageError("STORE_DAMAGED", "bytes are missing in a merged shard; nothing was changed")

    # The change ------------------------------------------------------------------------------------------------------

    def _commit(
        self,
        plan: duckdb.DuckDBPyConnection,
        made: Sequence[tuple[_Target, tuple[dict[str, int], dict[str, str], int]]],
    ) -> None:
        """The new shards count from here on, the old ones no longer. Raises StorageError."""
        old = [(shard.id,) for shard in self._shards]
        self._ledger.connection.execute("pragma foreign_keys=off")  # each deletion would read all containers
        try:
            with self._ledger.change() as connection:
                numbers = {
                    target.number: self._ledger.list_shard(
                        name=target.name,
                        source=target.source,
                        days=target.days,
                        counts=counts,
                        digests=digests,
                        size=size,
                        derivation=min([DERIVATION, *self._kept_derivations(target.source)]),
                    )
                    for target, (counts, digests, size) in made
                }
                plan.execute("select target, new_place, sha256, key, stands from plan")
                while rows := plan.fetchmany(_LOADED):
                    connection.executemany(
                        "update containers set shard = ?, place = ? where sha256 = ?",
                        [
                            (numbers[target], place, digest)
                            for target, place, digest, _, _ in rows
                            if digest is not None
                        ],
                    )
                    connection.executemany(
                        "update filings set shard = ?, place = ? where key = ?",
                        [(numbers[target], place, key) for target, place, _, key, stands in rows if stands],
                    )
                connection.executemany("delete from retired where shard = ?", old)
                connection.executemany("delete from shards where id = ?", old)
                for table in ("containers", "filings"):
                    question = f"select 1 from {table} where shard is not null and shard not in (select id from shards)"
                    if connection.execute(f"{question} limit 1").fetchone():
                        raise StorageError("STORE_DAMAGED", "the ledger lists what no shard holds; nothing was changed")
                self._ledger.grow()
        finally:
            self._ledger.connection.execute("pragma foreign_keys=on")

    def _kept_derivations(self, source: str) -> list[int]:
        """Derivations of rows that could not be made again."""
        return [shard.derivation for shard in self._shards if shard.source == source and ORIGINALS not in shard.digests]


def _order(table: str) -> list[str]:
    """Columns by which rows of a filing stand in order."""
    wanted = ("form_table", "line", "column_name", "ordinal", "role")
    return [name for name in wanted if name in tables()[table].names]


def _load(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterator[tuple[int, ...]], taken: set[int]) -> None:
    """Put the ledger's rows of some shards, the first column, into a table."""
    batch: list[tuple[int, ...]] = []

    def put() -> None:
        columns = [list(column) for column in zip(*batch, strict=True)]
        types = [row[1] for row in connection.execute(f"describe {table}").fetchall()]
        parts = ", ".join([f"unnest(?::{kind}[])" for kind in types])
        connection.execute(f"insert into {table} select {parts}", columns)
        batch.clear()

    for row in rows:
        if row[0] in taken:
            batch.append(row)
            if len(batch) == _LOADED:
                put()
    if batch:
        put()
