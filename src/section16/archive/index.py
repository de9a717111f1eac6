"""The index: one DuckDB file made from the shards, to be thrown away at will, read by any number of processes.

It holds every table without the rows that no longer count, transactions three times: by date, by issuer, by reporting
owner (a joint report once for each owner), so that a screen and a look-up both read little. It is written under a
temporary name and renamed; nobody ever writes to one that others read.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from section16.archive import amendment_links, quarters
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.shards import quoted
from section16.archive.tables import PLACE, tables

if TYPE_CHECKING:
    import duckdb

UNINDEXED: Final = 20_000
"""Filings in shards that may stand outside the index before it is made anew: questions read their files directly."""

_MEMORY: Final = "240MB"
_SUFFIX: Final = ".duckdb"
_ORDERED: Final = frozenset({"filings", "transactions", "holdings", "footnotes"})
"""Tables whose rows stand in the order in which they became public."""

_SORTED_AT_ONCE: Final = 500_000
"""Rows."""

CLUSTERED: Final = {"transactions_by_issuer": "issuer_cik", "transactions_by_owner": "by_owner_cik"}
"""Copies of `transactions` and the column whose rows stand together in them."""

BY_OWNER: Final = (
    "select o.rpt_owner_cik as by_owner_cik, t.* from {transactions} t "
    "join (select distinct accession, rpt_owner_cik from {owners}) o using (accession)"
)
"""Transactions once for each reporting owner."""


def newest(layout: Layout) -> Path | None:
    """The newest index that is whole."""
    found = [file for file in layout.index.glob(f"*{_SUFFIX}") if file.stem.isdigit()]
    return max(found, key=lambda file: int(file.stem), default=None)


def indexed_shards(layout: Layout) -> set[int]:
    """The numbers of the shards that the newest index was made of; none if there is no index that can be read."""
    import duckdb  # noqa: PLC0415 - see shards

    index = newest(layout)
    if index is None:
        return set()
    try:
        with contextlib.closing(duckdb.connect(str(index), read_only=True)) as connection:
            return facts(connection, "")[1]
    except duckdb.Error:
        return set()


def facts(connection: duckdb.DuckDBPyConnection, schema: str) -> tuple[int, set[int]]:
    """The generation and the shards that an index was made of; no shards if it has other tables than this version's.

    Raises duckdb.Error for a file that is no index.
    """
    known = {
        name for (name,) in connection.execute(f"select column_name from (describe {schema}index_facts)").fetchall()
    }
    if "shape" not in known:
        return 0, set()
    found = connection.execute(f"select generation, shard, shape from {schema}index_facts").fetchall()
    if not found:
        return 0, set()
    return found[0][0], {shard for _, shard, shape in found if shard is not None and shape == _shape()}


@cache
def _shape() -> str:
    """A hash of all that decides which tables and columns an index has."""
    columns = [(table.name, column.name, column.type) for table in tables().values() for column in table.columns]
    said = repr((columns, CLUSTERED, BY_OWNER, quarters.COLUMNS, amendment_links.PAIRS)) + "".join(
        [quarters.summary(name, "") for name in quarters.KEYS] + [amendment_links.pairs("", "", "")]
    )
    return blake2b(said.encode(), digest_size=8).hexdigest()


def rows_of(layout: Layout, shards: Sequence[Shard], table: str, *, retired: str | None) -> str:
    """SQL for the rows of a table in shards that still count; `retired` names a table of those that don't."""
    held = [shard for shard in shards if table in shard.digests]
    names = [column for column in tables()[table].names if column != PLACE]
    if not held:
        columns = ", ".join(
            [f"null::{column.type} as {column.name}" for column in tables()[table].columns if column.name != PLACE]
        )
        return f"select {columns} where false"
    files = ", ".join([quoted(layout.shards / shard.name / f"{table}.parquet") for shard in held])
    if retired is None:
        return f"select {', '.join(names)} from read_parquet([{files}])"
    numbers = ", ".join([f"({quoted(layout.shards / shard.name / f'{table}.parquet')}, {shard.id})" for shard in held])
    return (
        f"select {', '.join('r.' + name for name in names)} from read_parquet([{files}], filename=true) r "
        f"join (values {numbers}) s (filename, shard) on r.filename = s.filename "
        f"anti join {retired} x on x.shard = s.shard and x.place = r.{PLACE}"
    )


def build_index(layout: Layout, ledger: Ledger) -> Path:
    """Make the index of what the shards hold now; take older ones away.

    Raises StorageError.
    """
    import duckdb  # noqa: PLC0415 - see shards

    generation, shards, retired = ledger.generation(), ledger.shards(), ledger.retired()
    layout.index.mkdir(exist_ok=True)
    target = layout.index / f"{generation}{_SUFFIX}"
    made = target.with_name(f"{generation}-{os.getpid()}.making")
    made.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "temp_directory": str(layout.index / "spill"),
        "preserve_insertion_order": False,
    }
    with contextlib.closing(duckdb.connect(str(made), config=config)) as connection:
        connection.execute("create table index_facts (generation integer, shard integer, shape varchar)")
        connection.execute(
            "insert into index_facts select ?, unnest(?::INTEGER[]), ?",
            [generation, [shard.id for shard in shards], _shape()],
        )
        connection.execute("create temp table retired (shard integer, place integer)")
        connection.execute(
            "insert into retired select unnest(?::INTEGER[]), unnest(?::INTEGER[])",
            [[row.shard for row in retired], [row.place for row in retired]],
        )
        _fill(connection, layout, shards, "retired" if retired else None)
    made.replace(target)
    for other in layout.index.iterdir():
        if other.suffix == _SUFFIX and other.stem.isdigit() and int(other.stem) < generation:
            with contextlib.suppress(OSError):  # some systems keep a file that is being read
                other.unlink()
    return target


def _fill(connection: duckdb.DuckDBPyConnection, layout: Layout, shards: Sequence[Shard], retired: str | None) -> None:
    for name in tables():
        rows = rows_of(layout, shards, name, retired=retired)
        count = sum(shard.counts.get(name, 0) for shard in shards)
        if name in _ORDERED:
            _in_order(connection, name, rows, "public_at", "public_at", count)
        else:
            connection.execute(f"create table {name} as {rows}")
    count = sum(shard.counts.get("transactions", 0) for shard in shards)
    by_owner = BY_OWNER.format(transactions="transactions", owners="owners")
    _in_order(connection, "transactions_by_issuer", "from transactions", "issuer_cik", "issuer_cik, public_at", count)
    _in_order(connection, "transactions_by_owner", by_owner, "by_owner_cik", "by_owner_cik, public_at", count)
    links = amendment_links.pairs("filings", "filings", "owners")
    connection.execute(f"create table {amendment_links.PAIRS} as {links}")
    for name in quarters.KEYS:
        connection.execute(f"create table {name} as {quarters.summary(name, 'transactions')} order by quarter")


def _in_order(
    connection: duckdb.DuckDBPyConnection, name: str, rows: str, key: str, order: str, count: int
) -> None:  # a piece of the rows at a time: to sort all of them at once would take memory or disk for all of them
    pieces = max(1, -(-count // _SORTED_AT_ONCE))
    bounds = ""
    if pieces > 1:
        shares = [number / pieces for number in range(1, pieces)]
        found = connection.execute(f"select approx_quantile({key}, {shares}) from ({rows})").fetchone()
        bounds = ", ".join([f"'{bound}'" for bound in sorted(set(found[0]))] if found and found[0] else [])
    if not bounds:
        connection.execute(f"create table {name} as select * from ({rows}) order by {order}")
        return
    connection.execute(f"create table {name} as select * from ({rows}) limit 0")
    limits = [None, *bounds.split(", "), None]
    for low, high in pairwise(limits):
        within = " and ".join([*([f"{key} >= {low}"] if low else []), *([f"{key} < {high}"] if high else [])])
        missing = f" or {key} is null" if high is None else ""
        connection.execute(f"insert into {name} select * from ({rows}) where ({within}){missing} order by {order}")
