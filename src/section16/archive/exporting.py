"""The archive for any engine: Parquet files by year and quarter of the filing date, one folder a table, and a manifest.

manifest.json                                tables, columns, rows, and the SHA-256 of every file
transactions/year=2024/quarter=3/data_0.parquet ...

Filings without a filing date stand below `year=__HIVE_DEFAULT_PARTITION__`. The folder is written under another name
and renamed, so that it is there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16 import __version__
from section16.archive.shards import flush_folder, flushed, not_written, quoted
from section16.archive.tables import tables
from section16.errors import ConflictError, excerpt

if TYPE_CHECKING:
    import duckdb

MANIFEST: Final = "manifest.json"
VERSION: Final = 1
"""Of the manifest and the layout of the folder."""

_LEVEL: Final = 6
_FILED: Final = "filed_on"


class ExportedColumn(msgspec.Struct, frozen=True):
    """A column: its name, its type, what it is."""

    name: str
    type: str
    says: str


class ExportedFile(msgspec.Struct, frozen=True):
    """A file below the folder: its path, with `/`, its bytes, its SHA-256."""

    path: str
    bytes: int
    sha256: str


class ExportedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table: what a row is, how many there are, its columns, its files."""

    name: str
    says: str
    rows: int
    columns: list[ExportedColumn]
    files: list[ExportedFile]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export holds: `as_of` is the moment what is in it was public at, UTC; None for all there was."""

    format: int
    made_by: str
    made_at: str
    as_of: str | None
    partitions: list[str]
    tables: list[ExportedTable]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def bytes(self) -> int:
        """Bytes of all files of rows."""
        return sum(file.bytes for table in self.tables for file in table.files)


class Export:
    """An export to a folder; `made` is the name under which it is written."""

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        """Raises ConflictError if the folder is there and not empty, unless `overwrite` and it is an export."""
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow a link and replace its end
        _prove_free(self._folder, overwrite=overwrite)
        self.made = self._folder.with_name(f".{self._folder.name[:100]}.{os.urandom(4).hex()}")

    def write(self, connection: duckdb.DuckDBPyConnection, as_of: datetime | None) -> Manifest:
        """Write what a connection's views show; the connection is closed. Raises StorageError."""
        try:
            self.made.mkdir(parents=True)
            with closing(connection):
                manifest = Manifest(
                    format=VERSION,
                    made_by=f"section16 {__version__}",
                    made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    as_of=as_of.astimezone(UTC).isoformat() if as_of else None,
                    partitions=["year", "quarter"],
                    tables=[_write(connection, self.made, name) for name in tables()],
                )
            (self.made / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            flushed(self.made / MANIFEST)
            _put_in_place(self.made, self._folder)
        except OSError as error:
            raise not_written(error) from None
        finally:
            shutil.rmtree(self.made, ignore_errors=True)
        return manifest


def _prove_free(folder: Path, *, overwrite: bool) -> None:
    """Raise ConflictError if something is there that may not be replaced, or is no export."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not folder.is_dir() or (overwrite and not (folder / MANIFEST).is_file()):
        message = f"{excerpt(str(folder))} is there and is no export"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Name another folder")
    if not overwrite:
        message = f"the folder {excerpt(str(folder))} is not empty"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Give --overwrite to replace it")


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> ExportedTable:
    """Write one table."""
    import duckdb  # noqa: PLC0415 - see shards

    table = tables()[name]
    columns = [ExportedColumn(column.name, column.type, column.says) for column in table.shown]
    names = ", ".join([f"t.{column.name}" for column in columns])
    filed = f"t.{_FILED}" if _FILED in table.names else f"f.{_FILED}"
    source = f"{name} t" if _FILED in table.names else f"{name} t join filings f using (accession)"
    target = folder / name
    try:
        connection.execute(
            f"copy (select {names}, year({filed}) as year, quarter({filed}) as quarter from {source} "
            f"order by {filed}, t.accession) to {quoted(target)} "
            f"(format parquet, compression zstd, compression_level {_LEVEL}, partition_by (year, quarter))"
        )
    except duckdb.IOException as error:
        raise not_written(error) from None
    target.mkdir(exist_ok=True)
    files = [_file(folder, file) for file in sorted(target.rglob("*.parquet"))]
    (rows,) = connection.execute(f"select count(*) from {source}").fetchone() or (0,)
    return ExportedTable(name=name, says=table.says, rows=rows, columns=columns, files=files)


def _file(folder: Path, file: Path) -> ExportedFile:
    return ExportedFile(file.relative_to(folder).as_posix(), file.stat().st_size, flushed(file))


def _put_in_place(made: Path, folder: Path) -> None:
    """Give the folder its name; what stood there goes only then."""
    old = made.with_name(f"{made.name}.old")
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
    flush_folder(folder.parent)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, to be compared with the manifest's."""
    made = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            made.update(piece)
    return made.hexdigest()
