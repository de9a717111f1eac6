"""Quarterly data sets of the SEC in the archive: rows for filings whose originals aren't there.

A data set becomes one shard of source `dataset`. Its rows stand for a filing until the original comes; where that is
there already they are kept aside, to be compared. Of two data sets with the same filing the one added last stands.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.dataset_lines import Problem
from section16.archive.dataset_rows import SOURCE, Loaded, load_data_set
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.projection import DERIVATION
from section16.archive.shards import UNFINISHED, finish, flushed, is_disk_error, not_written, quoted
from section16.archive.tables import PLACE, tables
from section16.edgar.data_set_files import DataSet, is_data_set, unpack

if TYPE_CHECKING:
    import duckdb

_MEMORY: Final = "512MB"
_LEVEL: Final = 3
_ASKED: Final = 1000
_ORDERS: Final = {
    "filings": "",
    "owners": ", r.ordinal",
    "transactions": ", r.form_table, r.line",
    "holdings": ", r.form_table, r.line",
    "footnotes": ", r.ordinal",
    "footnote_references": ", r.form_table, r.line, r.column_name, r.ordinal",
    "signatures": ", r.ordinal",
    "filers": ", r.ordinal",
}


class DataSetAdded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a data set: its filings by whether they are `new`, have their `originals`, or are `renewed`.

    `renewed` filings stood as rows of another data set before. `is_known` says that this very data set was there;
    nothing else is counted then. `lines` counts what each of its tables held; `problems` says what is wrong with it.
    """

    name: str
    is_known: bool = False
    new: int = 0
    originals: int = 0
    renewed: int = 0
    lines: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()

    @property
    def filings(self) -> int:
        """All filings in it."""
        return self.new + self.originals + self.renewed


def data_sets_below(path: Path) -> list[Path]:
    """The data sets that a path names: itself, or the zips and folders of tables below it, in order of their names."""
    if not path.is_dir() or is_data_set(path):
        return [path] if is_data_set(path) else []
    found: list[Path] = []
    for parent, folders, names in os.walk(path):
        folders.sort()
        here = Path(parent)
        inside = [here / folder for folder in folders if not folder.startswith(".") and is_data_set(here / folder)]
        folders[:] = [folder for folder in folders if not folder.startswith(".") and here / folder not in inside]
        found += inside
        found += [here / name for name in sorted(names) if name.lower().endswith(".zip") and is_data_set(here / name)]
    return sorted(found)


def add_data_set(layout: Layout, ledger: Ledger, path: Path, origin: str = "") -> DataSetAdded:
    """Add a data set; the writer's lock is held by the caller.

    Raises SourceError as `section16.edgar.data_set_files.unpack`, and StorageError; nothing has changed then.
    """
    with _work(layout.shards) as work:
        data_set = unpack(path, work)
        if ledger.connection.execute("select 1 from datasets where sha256 = ?", (data_set.sha256,)).fetchone():
            return DataSetAdded(name=data_set.name, is_known=True)
        name = f"s{ledger.last_shard() + 1:08}-{os.urandom(4).hex()}"
        try:
            with loaded(data_set, work) as (connection, found):
                made = _write(connection, layout.shards / (name + UNFINISHED))
        except Exception as error:
            if is_disk_error(error):
                raise not_written(error) from None
            raise
        return _commit(layout, ledger, data_set, origin or str(path), found, made)


@contextmanager
def _work(shards: Path) -> Iterator[Path]:
    """A folder that lasts as long as the block; of a killed run, the next takes it away."""
    folder = shards / f"loading-{os.urandom(4).hex()}{UNFINISHED}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def loaded(data_set: DataSet, work: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Loaded]]:
    """A connection with the archive's tables, made of a data set; kept on the disk, so that memory stays flat."""
    import duckdb  # noqa: PLC0415 - see shards

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "temp_directory": str(work / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with closing(duckdb.connect(str(work / "rows.duckdb"), config=config)) as connection:
        yield connection, load_data_set(connection, data_set)


class DataSetShard(msgspec.Struct, frozen=True, kw_only=True):
    """A shard of a data set: folder, its filings in order, their days, rows by table, SHA-256 of the files, size."""

    name: str
    keys: list[str]
    days: list[str]
    counts: dict[str, int]
    digests: dict[str, str]
    size: int


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> DataSetShard:
    """Write the tables of a shard. Raises StorageError or what the database or disk says."""
    folder.mkdir()
    try:
        counts: dict[str, int] = {}
        for name in tables():
            row = connection.execute(
                f"copy ({table_sql(name)}) to {quoted(folder / f'{name}.parquet')} "
                f"(format parquet, compression zstd, compression_level {_LEVEL})"
            ).fetchone()
            counts[name] = row[0] if row else 0
        held = connection.execute("select accession, filed_on from filings order by shard_row").fetchall()
        digests = {file.stem: flushed(file) for file in sorted(folder.iterdir())}
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return DataSetShard(
        name=folder.name.removesuffix(UNFINISHED),
        keys=[key for key, _ in held],
        days=[day.isoformat() for _, day in held if day is not None],
        counts=counts,
        digests=digests,
        size=sum(file.stat().st_size for file in folder.iterdir()),
    )


def table_sql(name: str) -> str:
    """SQL of a table as shards hold it: with what it repeats of its filing, in order."""
    table = tables()[name]
    columns = ", ".join([f"{'f' if column.repeated else 'r'}.{column.name}" for column in table.columns])
    return f"select {columns} from {name} r join filings f on f.{PLACE} = r.{PLACE} order by r.{PLACE}{_ORDERS[name]}"


def _commit(
    layout: Layout, ledger: Ledger, data_set: DataSet, origin: str, found: Loaded, made: DataSetShard
) -> DataSetAdded:
    """The rows count from here on, or nothing of them does."""

    def note(connection: sqlite3.Connection) -> None:
        for problem in found.problems:
            digest = sha256(data_set.sha256 + f"{problem.kind}\0{problem.message}".encode()).digest()
            connection.execute(
                "insert or ignore into problems (key, kind, message, sha256) values (?, ?, ?, ?)",
                (data_set.name, problem.kind, problem.message, digest),
            )
        connection.execute(
            "insert into datasets values (?, ?, ?, ?, ?)",
            (data_set.sha256, data_set.name, origin, datetime.now(UTC).isoformat(), json.dumps(found.lines)),
        )

    new, originals, renewed = enter(layout, ledger, made, note)
    return DataSetAdded(
        name=data_set.name,
        new=new,
        originals=originals,
        renewed=renewed,
        lines=found.lines,
        problems=found.problems,
    )


def enter(
    layout: Layout, ledger: Ledger, made: DataSetShard, note: Callable[[sqlite3.Connection], None] | None = None
) -> tuple[int, int, int]:
    """Let a shard of a data set count, in one change with what `note` writes.

    Returns how many of its filings are new, how many have their originals, how many stood as rows of another one.
    """
    if made.keys:
        finish(layout.shards, [made.name])
    else:
        shutil.rmtree(layout.shards / (made.name + UNFINISHED), ignore_errors=True)
    with ledger.change() as connection:
        held = standing(connection, made.keys)
        if made.keys:
            _stand(connection, ledger, made, held)
        if note is not None:
            note(connection)
        ledger.grow()
    originals = sum(is_original for _, _, is_original in held.values())
    return len(made.keys) - len(held), originals, len(held) - originals


def _stand(
    connection: sqlite3.Connection, ledger: Ledger, made: DataSetShard, held: dict[str, tuple[int | None, int, bool]]
) -> None:
    """Let rows stand for the filings whose originals aren't there."""
    number = ledger.list_shard(
        name=made.name,
        source=SOURCE,
        days=made.days,
        counts=made.counts,
        digests=made.digests,
        size=made.size,
        derivation=DERIVATION,
    )
    rows = []
    for place, key in enumerate(made.keys):
        shard, its_place, is_original = held.get(key, (None, 0, False))
        if is_original:
            ledger.retire(number, place, key)
        else:
            ledger.retire(shard, its_place, key)
            rows.append((key, number, place))
    connection.executemany("insert or replace into filings values (?, ?, ?, x'', null, 0)", rows)


def standing(connection: sqlite3.Connection, keys: list[str]) -> dict[str, tuple[int | None, int, bool]]:
    """Which filings are there: shard, place, and whether as an original."""
    found: dict[str, tuple[int | None, int, bool]] = {}
    for at in range(0, len(keys), _ASKED):
        asked = keys[at : at + _ASKED]
        rows = connection.execute(
            f"select key, shard, place, length(document) > 0 from filings where key in ({','.join('?' * len(asked))})",
            asked,
        )
        found.update({key: (shard, place, bool(original)) for key, shard, place, original in rows})
    return found
