"""The archive for any engine: Parquet files by year and quarter of the filing date, one folder a table, and a manifest.

manifest.json                                tables, columns, rows, and the SHA-256 of every file
transactions/year=2024/quarter=3/data_0.parquet ...

Sums by quarter are one file a table. Filings without a filing date stand below `year=__HIVE_DEFAULT_PARTITION__`. The
folder is written under another name and renamed, so that it is there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16 import __version__
from section16.archive.shards import flush_folder, flushed, not_written, quoted
from section16.archive.views import View, views
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
    """A table: what a row is, how many there are, its columns, what its files are parted by, its files."""

    name: str
    says: str
    rows: int
    partitions: list[str]
    columns: list[ExportedColumn]
    files: list[ExportedFile]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export holds: `as_of` is the moment what is in it was public at, UTC; None for all there was."""

    format: int
    made_by: str
    made_at: str
    as_of: str | None
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
                    tables=[_write(connection, self.made, view) for view in views().values() if not view.copy],
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


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, view: View) -> ExportedTable:
    """Write one table, by the filing's year and quarter where its rows belong to a filing.

    Without rows it is one empty file, so that its columns are there all the same.
    """
    import duckdb  # noqa: PLC0415 - see shards

    names = [column.name for column in view.columns]
    target = folder / view.name
    target.mkdir()
    partitions: list[str] = []
    source = f"{view.name} t"
    (rows,) = connection.execute(f"select count(*) from {view.name}").fetchone() or (0,)
    if rows and "accession" in names:
        filed = f"t.{_FILED}" if _FILED in names else f"f.{_FILED}"
        source += "" if _FILED in names else " join filings f using (accession)"
        partitions = ["year", "quarter"]
        made = f", year({filed}) as year, quarter({filed}) as quarter from {source} order by {filed}, t.accession"
        where, more = target, f", partition_by ({', '.join(partitions)})"
    else:
        made, where, more = f" from {source} order by all", target / "data_0.parquet", ""
    try:
        connection.execute(
            f"copy (select {', '.join([f't.{name}' for name in names])}{made}) to {quoted(where)} "
            f"(format parquet, compression zstd, compression_level {_LEVEL}{more})"
        )
    except duckdb.IOException as error:
        raise not_written(error) from None
    return ExportedTable(
        name=view.name,
        says=view.says,
        rows=rows,
        partitions=partitions,
        columns=[ExportedColumn(column.name, column.type, column.says) for column in view.columns],
        files=[_file(folder, file) for file in sorted(target.rglob("*.parquet"))],
    )


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
