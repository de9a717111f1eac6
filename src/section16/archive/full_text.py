"""The full-text index over footnotes and remarks: one SQLite file beside the index, to be thrown away at will.

It holds words and where they stand, no texts; these come from the tables. A row's number says when the filing became
public, which filing it is, and which footnote (0: the remarks), so that the newest come first without sorting. What
came since it was last written is added to it, or, where nothing may be written, to a small one in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from section16.archive.index import rows_of
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard, storage_error
from section16.archive.shards import database
from section16.archive.tables import tables

if TYPE_CHECKING:
    import duckdb

FILE: Final = "words.sqlite"
_VERSION: Final = 1
_WAITS: Final = 120.0
_AT_ONCE: Final = 100_000
"""Footnotes of some shards that are sorted and entered together."""

_FETCHED: Final = 5000
_EPOCH: Final = datetime(1990, 1, 1)  # noqa: DTZ001 - UTC without a mark, as in the tables
_FILING_BITS, _PLACE_BITS = 24, 8
_LAST_PLACE: Final = (1 << _PLACE_BITS) - 1
_MOMENT_SHIFT: Final = _FILING_BITS + _PLACE_BITS
_UNPACK: Final = msgspec.msgpack.Decoder(dict[str, list[list[Any]]])

_TABLES: Final = f"""
create table if not exists filings (
    number integer primary key autoincrement, accession text not null unique, source text not null
) strict;
create table if not exists shards (id integer primary key, name text not null) strict;
create virtual table if not exists words using fts5 (
    text, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
);
pragma user_version = {_VERSION};
"""

_NOTES: Final = (
    "select n.accession, n.place, n.text, n.public_at, f.source from ("
    "select accession, least(ordinal, {last}) as place, footnote as text, public_at from ({footnotes}) "
    "where footnote is not null union all "
    "select accession, 0, remarks, public_at from ({filings}) where remarks is not null) n "
    "join ({filings}) f using (accession) order by n.public_at nulls first, n.accession, n.place"
)

Note = tuple[str, int, str, datetime | None, str]
"""Accession number, place, text, when it was public, source."""


class Hit(msgspec.Struct, frozen=True):
    """A place that has the words: when it was public (seconds, 0: unknown), accession number, place (0: remarks)."""

    seconds: int
    accession: str
    place: int

    @property
    def moment(self) -> datetime | None:
        """When it was public, UTC without a mark."""
        return _EPOCH + timedelta(seconds=self.seconds) if self.seconds else None


def bring_up_to_date(layout: Layout, ledger: Ledger) -> None:
    """Add what came since to the file. Raises StorageError, if it cannot be written for example."""
    layout.index.mkdir(exist_ok=True)
    path = layout.index / FILE
    try:
        connection = _opened(path)
        with contextlib.closing(connection):
            shards = ledger.shards()
            if not _missing(connection, shards):
                return
            connection.execute("begin immediate")
            try:
                _add_shards(connection, layout, ledger, _missing(connection, shards))
                _forget(connection, shards)
                connection.execute("commit")
            except BaseException:
                connection.execute("rollback")
                raise
    except (sqlite3.Error, OSError) as error:
        raise storage_error(error, path) from None


def behind(layout: Layout, ledger: Ledger) -> int:
    """How many footnotes in shards are not in the file yet."""
    path, missing = layout.index / FILE, ledger.shards()
    if path.exists():
        with contextlib.suppress(sqlite3.Error), contextlib.closing(_to_read(path)) as connection:
            missing = _missing(connection, missing)
    return sum(shard.counts.get("footnotes", 0) for shard in missing)


def _to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAITS)


def _opened(path: Path) -> sqlite3.Connection:
    """The file, made if need be, and made anew if it is of another version or no such file."""
    try:
        connection = sqlite3.connect(path, timeout=_WAITS, isolation_level=None)
        (found,) = connection.execute("pragma user_version").fetchone()
        if found not in {0, _VERSION}:
            _is_of_another_version()
        if found == 0:
            connection.executescript(_TABLES)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.unlink()
        connection = sqlite3.connect(path, timeout=_WAITS, isolation_level=None)
        connection.executescript(_TABLES)
    return connection


def _is_of_another_version() -> NoReturn:
    message = "the full-text index is of another version"
    raise sqlite3.DatabaseError(message)


@contextlib.contextmanager
def searched(layout: Layout, ledger: Ledger) -> Iterator[list[sqlite3.Connection]]:
    """The indexes to be asked: the file as far as it goes, one in memory for what is not in it, the tail for instance.

    Raises StorageError.
    """
    path = layout.index / FILE
    with contextlib.ExitStack() as stack:
        found: list[sqlite3.Connection] = []
        missing = shards = ledger.shards()
        if path.exists():
            kept = stack.enter_context(contextlib.closing(_to_read(path)))
            with contextlib.suppress(sqlite3.Error):
                missing = _missing(kept, shards)
                found.append(kept)
        tail = ledger.tail_rows()
        if tail or missing:
            fresh = stack.enter_context(contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)))
            fresh.executescript(_TABLES)
            fresh.execute("begin")
            _add_shards(fresh, layout, ledger, missing)
            _enter(fresh, _tail_notes(tail))
            fresh.execute("commit")
            found.append(fresh)
        yield found


def hits(connection: sqlite3.Connection, match: str, as_of: datetime | None = None) -> Iterator[Hit]:
    """Where the words stand, the newest first; `as_of` is UTC without a mark.

    Raises sqlite3.Error.
    """
    low, high = (0, (1 << 63) - 1) if as_of is None else (1 << _MOMENT_SHIFT, (_seconds(as_of) + 1) << _MOMENT_SHIFT)
    rows = connection.execute(
        "select rowid from words where words match ? and rowid >= ? and rowid < ? order by rowid desc",
        (match, low, high),
    )
    for (row,) in rows:
        number, place = (row >> _PLACE_BITS) & ((1 << _FILING_BITS) - 1), row & _LAST_PLACE
        known = connection.execute("select accession from filings where number = ?", (number,)).fetchone()
        if known is not None:
            yield Hit(row >> _MOMENT_SHIFT, known[0], place)


def _missing(connection: sqlite3.Connection, shards: Sequence[Shard]) -> list[Shard]:
    known = set(connection.execute("select id, name from shards"))
    return [shard for shard in shards if (shard.id, shard.name) not in known]


def _forget(connection: sqlite3.Connection, shards: Sequence[Shard]) -> None:
    """Forget shards whose filings others hold now; the words stay, as the filings do."""
    names = {(shard.id, shard.name) for shard in shards}
    gone = [row for row in connection.execute("select id, name from shards").fetchall() if row not in names]
    connection.executemany("delete from shards where id = ? and name = ?", gone)


def _add_shards(connection: sqlite3.Connection, layout: Layout, ledger: Ledger, shards: Sequence[Shard]) -> None:
    retired = [[row.shard, row.place] for row in ledger.retired()]
    for some in _groups(shards):
        with contextlib.closing(database()) as asked:
            asked.execute("create table retired (shard integer, place integer)")
            if retired:
                asked.execute(
                    "insert into retired select unnest(?), unnest(?)", [list(x) for x in zip(*retired, strict=True)]
                )
            _enter(connection, _shard_notes(asked, layout, some, "retired" if retired else None))
        connection.executemany("insert or replace into shards values (?, ?)", [(each.id, each.name) for each in some])


def _groups(shards: Sequence[Shard]) -> Iterator[list[Shard]]:
    some: list[Shard] = []
    for shard in shards:
        some.append(shard)
        if sum(each.counts.get("footnotes", 0) for each in some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _shard_notes(
    asked: duckdb.DuckDBPyConnection, layout: Layout, shards: Sequence[Shard], retired: str | None
) -> Iterator[Note]:
    footnotes, filings = [rows_of(layout, shards, name, retired=retired) for name in ("footnotes", "filings")]
    asked.execute(_NOTES.format(last=_LAST_PLACE, footnotes=footnotes, filings=filings))
    while rows := asked.fetchmany(_FETCHED):
        yield from rows


def _tail_notes(tail: Iterable[bytes]) -> list[Note]:
    """Of the newest filings, by the places of the columns that `projection` fills."""
    names = [column.name for column in tables()["filings"].own]
    at = {name: names.index(name) for name in ("accession", "remarks", "public_at", "source")}
    notes: list[Note] = []
    for rows in tail:
        filing = _UNPACK.decode(rows)
        for row in filing["filings"]:
            key, source = row[at["accession"]], row[at["source"]]
            moment = datetime.fromisoformat(row[at["public_at"]]) if row[at["public_at"]] else None
            texts = [(0, row[at["remarks"]])] + [(min(note[1], _LAST_PLACE), note[3]) for note in filing["footnotes"]]
            notes += [(key, place, text, moment, source) for place, text in texts if text]
    return sorted(notes, key=lambda note: (note[3] or _EPOCH, note[0], note[1]))


def _enter(connection: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Enter notes in order of their moments; of a filing that is there from the same source nothing is entered."""
    known: dict[str, int | None] = {}

    def rows() -> Iterator[tuple[int, str]]:
        for accession, place, text, moment, source in notes:
            if accession not in known:
                known[accession] = _numbered(connection, accession, source)
            number = known[accession]
            if number is not None:
                seconds = 0 if moment is None else _seconds(moment)
                yield (seconds << _MOMENT_SHIFT) | (number << _PLACE_BITS) | place, text

    connection.executemany("insert into words (rowid, text) values (?, ?)", rows())


def _numbered(connection: sqlite3.Connection, accession: str, source: str) -> int | None:
    """A number for a filing, None if its words are there. One read from elsewhere gets a new one, the old is dead."""
    found = connection.execute("select source from filings where accession = ?", (accession,)).fetchone()
    if found is not None and found[0] == source:
        return None
    connection.execute("delete from filings where accession = ?", (accession,))
    return connection.execute("insert into filings (accession, source) values (?, ?)", (accession, source)).lastrowid


def _seconds(moment: datetime) -> int:
    """Since 1990, at least 1: 0 is for what has no moment."""
    return max(1, int((moment - _EPOCH).total_seconds()))
