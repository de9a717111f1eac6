"""Questions: one read-only connection in which every table is whole, wherever its rows stand.

A view of each table joins the index, the shards that are newer than it, and the newest filings in the ledger's tail.
With an as-of time every view shows what was public then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.archive import amendment_links, quarters
from section16.archive.index import BY_OWNER, CLUSTERED, facts, newest, rows_of
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.shards import load, quoted
from section16.archive.tables import PLACE, tables
from section16.archive.views import AMENDMENTS
from section16.errors import StorageError, UsageError, excerpt

if TYPE_CHECKING:
    import duckdb

_MEMORY: Final = "1GB"
_UNPACK: Final = msgspec.msgpack.Decoder(dict[str, list[list[Any]]])
_READS: Final = {"SELECT", "EXPLAIN", "RELATION"}


def connect(
    layout: Layout, ledger: Ledger, as_of: datetime | None = None, *, writes_to: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection with a view of each table; nothing outside the archive can be read through it, or written.

    `as_of`, with its zone, leaves out what became public later; `writes_to` is a folder that may be written to.
    Raises StorageError.
    """
    import duckdb  # noqa: PLC0415 - see shards

    connection = duckdb.connect(config={"memory_limit": _MEMORY})
    try:
        _open(connection, layout, ledger, as_of, writes_to)
    except duckdb.Error as error:
        connection.close()
        message = f"the archive's index could not be read: {excerpt(str(error))}"
        mend = "Delete the folder `index` of the archive; it is made anew"
        raise StorageError("STORE_DAMAGED", message, path=str(layout.index), mend=mend) from None
    return connection


class _Parts(msgspec.Struct, frozen=True, kw_only=True):
    """Where rows stand: in the index, if it can be used, less those gone since; in newer shards; in the tail."""

    layout: Layout
    indexed: bool
    gone: bool
    newer: list[Shard]
    retired: bool
    tail: bool
    as_of: datetime | None

    def of(self, table: str) -> list[str]:
        """SQL of each part of a table."""
        columns = ", ".join([column for column in tables()[table].names if column != PLACE])
        parts = [f"select {columns} from memory.held.{table}"]
        if self.indexed:
            parts.append(f"select {columns} from idx.{table}{self._gone}")
        if self.newer:
            parts.append(self.newer_rows(table))
        return parts

    def newer_rows(self, table: str) -> str:
        """SQL of the rows in shards that are newer than the index."""
        return rows_of(self.layout, self.newer, table, retired="memory.held.retired" if self.retired else None)

    def clustered(self, name: str) -> list[str]:
        """SQL of each part of a copy of the transactions."""
        parts = [f"select * from idx.{name}{self._gone}"] if self.indexed else []
        sources = [("memory.held.transactions", "memory.held.owners")]
        if self.newer:
            sources.append((f"({self.newer_rows('transactions')})", f"({self.newer_rows('owners')})"))
        columns = ", ".join([column for column in tables()["transactions"].names if column != PLACE])
        for transactions, owners in sources:
            plain = f"(select {columns} from {transactions} t)"
            by_owner = name == "transactions_by_owner"
            parts.append(BY_OWNER.format(transactions=plain, owners=owners) if by_owner else f"select * from {plain}")
        return parts

    def _since(self, table: str) -> list[str]:
        """SQL of each part of a table that came since the index was made."""
        return ["memory.held." + table] + ([f"({self.newer_rows(table)})"] if self.newer else [])

    def quarters(self, name: str) -> str:
        """SQL of a summary by quarter."""
        if self.as_of is not None or not self.indexed:
            return quarters.summary(name, "transactions")
        less = ["(from idx.transactions semi join memory.held.gone using (accession))"] if self.gone else []
        more = self._since("transactions") if self.newer or self.tail else []
        return quarters.adjusted(name, f"idx.{name}", more=more, less=less)

    def pairs(self) -> list[str]:
        """SQL of each part of the pairs of an amendment and what may be its original."""
        if not self.indexed:
            return [amendment_links.pairs("filings", "filings", "owners")]
        kept = f"select accession, original from idx.{amendment_links.PAIRS}{self._gone}"
        if self.gone:
            kept += " where original not in (select accession from memory.held.gone)"
        found = [kept]
        for new in self._since("filings") if self.newer or self.tail else []:
            found.append(amendment_links.pairs(new, "filings", "owners"))
            found.append(amendment_links.pairs("idx.filings", new, "owners"))
        return found

    @property
    def _gone(self) -> str:
        return " anti join memory.held.gone using (accession)" if self.gone else ""


def _open(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    ledger: Ledger,
    as_of: datetime | None,
    writes_to: Path | None,
) -> None:
    index = newest(layout)
    generation, known = 0, set[int]()
    if index is not None:
        connection.execute(f"attach {quoted(index)} as idx (read_only)")
        generation, known = facts(connection, "idx.")
    with ledger.steady():
        shards, retired, tail = ledger.shards(), ledger.retired(), ledger.tail_rows()
    if not known or known - {shard.id for shard in shards}:  # a compaction has put others in their place
        known = set()
    connection.execute("create schema memory.held")
    gone = [row.key for row in retired if row.shard in known and row.generation > generation]
    _load(connection, "retired (shard integer, place integer)", [[row.shard, row.place] for row in retired])
    _load(connection, "gone (accession varchar)", [[key] for key in gone])
    load_tail(connection, "memory.held.", tail)
    newer = [shard for shard in shards if shard.id not in known]
    parts = _Parts(
        layout=layout,
        indexed=bool(known),
        gone=bool(gone),
        newer=newer,
        retired=bool(retired),
        tail=bool(tail),
        as_of=as_of,
    )
    for name in tables():
        _view(connection, name, parts.of(name), as_of)
    for name in CLUSTERED:
        _view(connection, name, parts.clustered(name), as_of)
    for name in quarters.KEYS:
        connection.execute(f"create view {name} as {parts.quarters(name)}")
    found = amendment_links.view(parts.pairs(), only_public=as_of is not None)
    connection.execute(f"create view {AMENDMENTS} as {found}")
    folders = [layout.shards / shard.name for shard in newer] + ([writes_to] if writes_to else [])
    allowed = ", ".join(map(quoted, folders))
    connection.execute(f"set allowed_directories=[{allowed}]")
    connection.execute("set enable_external_access=false")
    connection.execute("set lock_configuration=true")


def _load(connection: duckdb.DuckDBPyConnection, shape: str, rows: list[list[Any]]) -> None:
    connection.execute(f"create table memory.held.{shape}")
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        name = shape.split(" ", 1)[0]
        connection.execute(f"insert into memory.held.{name} select {', '.join(['unnest(?)'] * len(columns))}", columns)


def load_tail(connection: duckdb.DuckDBPyConnection, schema: str, tail: Sequence[bytes]) -> None:
    """Make tables of the rows in the tail."""
    unpacked = [_UNPACK.decode(rows) for rows in tail]
    for name in tables():
        rows = [row for filing in unpacked for row in filing[name]]
        load(connection, schema, name, rows)


def _view(connection: duckdb.DuckDBPyConnection, name: str, parts: Sequence[str], as_of: datetime | None) -> None:
    rows = " union all ".join(parts)
    if as_of is not None:
        moment = as_of.astimezone(UTC).replace(tzinfo=None).isoformat()
        public = f"public_at <= timestamp '{moment}'"
        if "public_at" not in (tables()["transactions"] if name in CLUSTERED else tables()[name]).names:
            public = f"accession in (select accession from filings where {public})"
        rows = f"select * from ({rows}) where {public}"
    connection.execute(f"create view {name} as {rows}")


def ask(connection: duckdb.DuckDBPyConnection, question: str) -> duckdb.DuckDBPyConnection:
    """Run one question in SQL that only reads; the connection then holds the answer.

    Raises UsageError for anything but one reading statement, and for what the database says is wrong with it.
    """
    import duckdb  # noqa: PLC0415 - see shards

    try:
        return connection.execute(_reading(connection, question))
    except duckdb.Error as error:
        raise not_understood(error) from None


def related(connection: duckdb.DuckDBPyConnection, question: str) -> duckdb.DuckDBPyRelation:
    """The answer to one question that only reads, as a relation that hands on Arrow. Raises UsageError, as `ask`."""
    import duckdb  # noqa: PLC0415 - see shards

    try:
        return connection.sql(_reading(connection, question).query)
    except duckdb.Error as error:
        raise not_understood(error) from None


def _reading(connection: duckdb.DuckDBPyConnection, question: str) -> duckdb.Statement:
    """The one statement of a question. Raises UsageError."""
    statements = connection.extract_statements(question)
    if len(statements) != 1:
        raise UsageError("USAGE", f"one statement is asked for, not {len(statements)}")
    if statements[0].type.name not in _READS:
        message = f"only questions that read are answered, not {statements[0].type.name}"
        raise UsageError("USAGE", message, mend="Begin with select, with, describe, show or explain")
    return statements[0]


def not_understood(error: duckdb.Error) -> UsageError:
    """What to say of a question that failed, in the database's words without its drawings."""
    drawn = ("LINE ", "^")
    lines = [line.strip() for line in str(error).splitlines()]
    words = " ".join([line for line in lines if line and not line.startswith(drawn)])
    return UsageError("USAGE", f"the question failed: {excerpt(words, 220)}")
