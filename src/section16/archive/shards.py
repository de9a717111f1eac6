"""Shards: folders of Parquet files that are written once. One holds the bytes as they came, one each table's rows.

A shard is made whole under a temporary name, read back with every hash compared, flushed to the disk and renamed; it
counts once the ledger says so. What is left over of a killed run counts for nothing and is taken away by the next.
"""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.archive.contents import Entry, entry_of
from section16.archive.incoming import Incoming
from section16.archive.projection import Projection, Rows
from section16.archive.row_lines import lines_of
from section16.archive.tables import PLACE, YES_NO, tables
from section16.errors import StorageError, excerpt

if TYPE_CHECKING:
    import duckdb

ORIGINALS: Final = "originals"
"""The file of the bytes: place, key, SHA-256, kind, name, origin, bytes."""

UNFINISHED: Final = ".unfinished"
"""Ends the name of a folder that is being written."""

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of the system that more room would mend."""

_LEVEL: Final = 3
_GROUP_ROWS: Final = 2048
_GROUP_BYTES: Final = 8 * 1024 * 1024
_LOADED: Final = {YES_NO: YES_NO, "INTEGER": "INTEGER", "BIGINT": "BIGINT"}


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A shard as a worker leaves it: folder name, what became of each file, rows by table, SHA-256 of each file.

    `size` is that of its files, in bytes; `refused` holds the bytes of what could not be read, by their SHA-256.
    """

    name: str
    entries: tuple[Entry, ...]
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    size: int = 0
    refused: dict[bytes, bytes] = {}


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Files for one shard, its name, and the folder of shards."""

    name: str
    shards: str
    files: tuple[Incoming, ...] = ()


def build(batch: Batch) -> Built:
    """Make the shard of a batch; its folder stays under the temporary name until `finish`.

    Raises StorageError if it cannot be written, or does not read back as it was written.
    """
    with _no_collecting():
        return _build(batch)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing made in the block stands in a circle: to look for circles in it takes an eighth of its time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _build(batch: Batch) -> Built:
    projection, entries, kept = Projection(), list[Entry](), list[tuple[Entry, bytes]]()
    refused: dict[bytes, bytes] = {}
    for incoming in batch.files:
        entry, filing = entry_of(incoming)
        entries.append(entry)
        if filing is None:
            refused[entry.sha256] = incoming.data
            continue
        projection.add(len(kept), entry.key, filing)
        kept.append((entry, incoming.data))
    if not kept:
        return Built(name=batch.name, entries=tuple(entries), refused=refused)
    folder = Path(batch.shards, batch.name + UNFINISHED)
    digests = write(folder, projection.rows, kept)
    counts = {name: len(rows) for name, rows in projection.rows.items()}
    size = sum(file.stat().st_size for file in folder.iterdir())
    return Built(name=batch.name, entries=tuple(entries), counts=counts, digests=digests, size=size, refused=refused)


def write(folder: Path, rows: Rows, kept: Sequence[tuple[Entry, bytes]]) -> dict[str, str]:
    """Write a shard's files and read them back; return the SHA-256 of each by its table's name.

    Raises StorageError.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with database() as connection:
            if kept:
                _write_originals(connection, folder, kept)
            for name in tables():
                _write_table(connection, folder, name, rows[name])
        return {file.stem: flushed(file) for file in sorted(folder.iterdir())}
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if is_disk_error(error):
            raise not_written(error) from None
        raise


def is_disk_error(error: BaseException) -> bool:
    """Whether the system failed to read or write a file, in our hands or in the database's."""
    import duckdb  # noqa: PLC0415 - see `database`

    return isinstance(error, (OSError, duckdb.IOException)) or (isinstance(error, duckdb.Error) and _says_full(error))


def _says_full(error: BaseException) -> bool:
    """Whether the system's words for a full disk stand in an error."""
    return any(os.strerror(number) in str(error) for number in _FULL)


def not_written(error: BaseException) -> StorageError:
    """What to say of a shard or index that could not be written."""
    words = getattr(error, "strerror", None) or str(error)
    if getattr(error, "errno", None) in _FULL or _says_full(error):
        return StorageError("DISK_FULL", "the disk of the archive is full", mend="Make room, run again")
    return StorageError("STORAGE_FAILED", f"the archive could not be written: {excerpt(words, 160)}")


def database() -> duckdb.DuckDBPyConnection:
    """A database in memory for one piece of work on one core."""
    import duckdb  # noqa: PLC0415 - takes a fifth of a second; only who works on shards needs it

    connection = duckdb.connect(config={"threads": 1, "memory_limit": "256MB", "preserve_insertion_order": True})
    connection.execute("set autoinstall_known_extensions=false; set autoload_known_extensions=false")
    return connection


def _write_originals(connection: duckdb.DuckDBPyConnection, folder: Path, kept: Sequence[tuple[Entry, bytes]]) -> None:
    columns: list[list[Any]] = [
        list(range(len(kept))),
        [entry.key for entry, _ in kept],
        [entry.sha256 for entry, _ in kept],
        [entry.kind for entry, _ in kept],
        [entry.name for entry, _ in kept],
        [entry.origin for entry, _ in kept],
        [data for _, data in kept],
    ]
    connection.execute(
        f"create table {ORIGINALS} as select unnest(?::INTEGER[]) as {PLACE}, unnest(?::VARCHAR[]) as accession, "
        "unnest(?::BLOB[]) as sha256, unnest(?::VARCHAR[]) as kind, unnest(?::VARCHAR[]) as name, "
        "unnest(?::VARCHAR[]) as origin, unnest(?::BLOB[]) as bytes",
        columns,
    )
    target = folder / f"{ORIGINALS}.parquet"
    _copy(connection, ORIGINALS, target, f", row_group_size_bytes {_GROUP_BYTES}")
    connection.execute(f"drop table {ORIGINALS}")
    back = connection.execute(f"select sha256, bytes from read_parquet({quoted(target)}) order by {PLACE}")
    for (entry, _), (digest, data) in zip(kept, back.fetchall(), strict=True):
        if digest != entry.sha256 or sha256(data).digest() != entry.sha256:
            raise StorageError("STORE_DAMAGED", "bytes read back from the disk are not those written to it")


def _write_table(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, rows: list[list[Any]]) -> None:
    """`filings` stays in the database, since the rows of the others repeat columns of it."""
    table, file = tables()[name], folder / f"{name}.rows"
    with lines_of(table, rows, file) as lines:
        source = lines
        if name == "filings":
            connection.execute(f"create table {name} as select {', '.join(table.names)} from {lines}")
            source = name
        elif len(table.own) < len(table.columns):
            columns = ", ".join([f"{'f' if column.repeated else 'r'}.{column.name}" for column in table.columns])
            source = f"(select {columns} from {lines} r join filings f on f.{PLACE} = r.{PLACE})"
        _copy(connection, source, folder / f"{name}.parquet", "")


def load(connection: duckdb.DuckDBPyConnection, schema: str, name: str, rows: list[list[Any]]) -> None:
    """Make a table of its rows, typed; `filings` first, since the others repeat columns of it."""
    table = tables()[name]
    parts = ", ".join(
        [
            f"unnest(?::{_LOADED.get(column.type, 'VARCHAR')}[])"
            + ("" if column.type in _LOADED or column.type == "VARCHAR" else f"::{column.type}")
            + f" as {column.name}"
            for column in table.own
        ]
    )
    values = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in table.own]
    if len(table.own) == len(table.columns):
        connection.execute(f"create table {schema}{name} as select {parts}", values)
        return
    columns = ", ".join([f"{'f' if column.repeated else 'r'}.{column.name}" for column in table.columns])
    connection.execute(
        f"create table {schema}{name} as select {columns} from (select {parts}) r "
        f"join {schema}filings f on f.{PLACE} = r.{PLACE}",
        values,
    )


def _copy(connection: duckdb.DuckDBPyConnection, table: str, target: Path, more: str) -> None:
    connection.execute(
        f"copy {table} to {quoted(target)} (format parquet, compression zstd, compression_level {_LEVEL}, "
        f"row_group_size {_GROUP_ROWS if more else 122880}{more})"
    )


def quoted(path: Path | str) -> str:
    """A path as a text in SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def flushed(file: Path) -> str:
    """Flush a file to the disk; return its SHA-256."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
        digest = sha256()
        while piece := opened.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def finish(shards: Path, names: Iterable[str]) -> None:
    """Give finished folders their names, durably."""
    for name in names:
        (shards / (name + UNFINISHED)).rename(shards / name)
    flush_folder(shards)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
