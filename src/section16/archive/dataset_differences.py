"""Where a quarterly data set says other than the originals in the archive: per accession, line and column.

Rounding to two decimals is no difference, nor are blanks. Lines are matched by their turn among the transactions or the
holdings of their table, owners by CIK, footnotes by id: what order the data set has beyond that is not the filing's.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.dataset_cells import cells, table_of
from section16.archive.dataset_rows import SOURCE
from section16.archive.datasets import loaded, table_sql
from section16.archive.index import rows_of
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.questions import load_tail
from section16.archive.shards import database
from section16.archive.tables import CIK, DAY, NUMBER, PLACE, TEXT, YES_NO, tables
from section16.edgar.data_set_files import unpack
from section16.edgar.data_sets import DECIMAL_PLACES, MEMBERS, OPTIONAL, RELATIONSHIPS

if TYPE_CHECKING:
    import duckdb

_COMPARED: Final = (
    "filings",
    "owners",
    "transactions",
    "holdings",
    "footnotes",
    "footnote_references",
    "signatures",
)
_HALF: Final = f"0.{'0' * DECIMAL_PLACES}5"
_THERE: Final = "a row"
"""Stands for a row that only one side has."""

_KEYS: Final = {
    "filings": "''",
    "owners": "'owner ' || coalesce(rpt_owner_cik::VARCHAR, '?')",
    "transactions": "form_table",
    "holdings": "form_table",
    "footnotes": "coalesce(footnote_id, '?')",
    "signatures": "coalesce(regexp_replace(signature_name, '\\s+', ' ', 'g'), '')",
}
_ORDERS: Final = {"transactions": "line", "holdings": "line"}


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One cell in which a data set and the original differ; `column` is empty for a row that only one side has."""

    accession: str
    table: str
    line: str
    column: str
    archived: str | None
    data_set: str | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What comparing showed: filings that both sides have, those of which the archive has no original, differences."""

    compared: int
    without_original: int
    differences: tuple[Difference, ...]


def compare(layout: Layout, ledger: Ledger, path: Path | None = None) -> Comparison:
    """Compare a data set with the archive's originals; without `path` the rows of data sets in the archive itself.

    Raises SourceError as `section16.edgar.data_set_files.unpack`.
    """
    with TemporaryDirectory(prefix="section16-") as folder:
        work = Path(folder)
        if path is None:
            with closing(database()) as connection:
                shards = [shard for shard in ledger.shards() if shard.source == SOURCE]
                for name in _COMPARED:
                    rows = rows_of(layout, shards, name, retired=None)
                    connection.execute(f"create table said_{name} as {rows}")
                return _compared(connection, layout, ledger, everything=False)
        with loaded(unpack(path, work), work) as (connection, _):
            for name in _COMPARED:
                connection.execute(f"create table said_{name} as {table_sql(name)}")
            for name in tables():
                connection.execute(f"drop table {name}")
            return _compared(connection, layout, ledger, everything=True)


def _compared(connection: duckdb.DuckDBPyConnection, layout: Layout, ledger: Ledger, *, everything: bool) -> Comparison:
    _originals(connection, layout, ledger)
    filings = _one(connection, "select count(distinct accession) from said_filings")
    shared = "said_filings semi join held_filings using (accession)"
    both = _one(connection, f"select count(distinct accession) from {shared}")
    found: list[Difference] = []
    for name in _COMPARED:
        if name == "footnote_references":
            found += _references(connection)
        else:
            found += _rows(connection, name)
    found.sort(key=lambda one: (one.accession, one.table, one.line, one.column))
    return Comparison(compared=both, without_original=filings - both if everything else 0, differences=tuple(found))


def _originals(connection: duckdb.DuckDBPyConnection, layout: Layout, ledger: Ledger) -> None:
    """Tables `held_...`: the rows of originals, of the filings that the data set has."""
    with ledger.steady():
        shards, retired, tail = ledger.shards(), ledger.retired(), ledger.tail_rows()
    connection.execute("create schema held; create table held.retired (shard integer, place integer)")
    connection.execute(
        "insert into held.retired select unnest(?::INTEGER[]), unnest(?::INTEGER[])",
        [[row.shard for row in retired], [row.place for row in retired]],
    )
    load_tail(connection, "held.", tail)
    originals = [shard for shard in shards if shard.source != SOURCE]
    for name in _COMPARED:
        columns = ", ".join([column for column in tables()[name].names if column != PLACE])
        parts = (
            f"select {columns} from held.{name} union all {rows_of(layout, originals, name, retired='held.retired')}"
        )
        connection.execute(
            f"create table held_{name} as select * from ({parts}) "
            "semi join (select accession from said_filings) using (accession)"
        )


# Rows ----------------------------------------------------------------------------------------------------------------


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[Difference]:
    """Differences of a table of rows. A table that the data set does not have is passed over."""
    members = [member for member in MEMBERS if table_of(member) == name]
    if not _one(connection, f"select count(*) from said_{name}"):
        return []
    joined = f"both_{name}"
    sides = [
        f"(select *, {_KEYS[name]} as which, row_number() over (partition by accession, {_KEYS[name]} "
        f"order by {_ORDERS.get(name, '1')}) as turn from {side}_{name} "
        f"semi join (select accession from {'held' if side == 'said' else 'said'}_filings) using (accession))"
        for side in ("held", "said")
    ]
    connection.execute(
        f"create temp table {joined} as select coalesce(h.accession, s.accession) as accession, "
        f"coalesce(h.which, s.which) as which, coalesce(h.turn, s.turn) as turn, "
        f"h.turn is not null as in_held, s.turn is not null as in_said, h, s from {sides[0]} h "
        f"full join {sides[1]} s on h.accession = s.accession and h.which = s.which and h.turn = s.turn"
    )
    line = _line(name)
    asked = [
        f"select accession, {line}, '', case when in_held then '{_THERE}' end, "  # noqa: ISC004 - one question
        f"case when in_said then '{_THERE}' end from {joined} where in_held is distinct from in_said"
    ]
    for column, kind in _columns(connection, name, members):
        asked.append(
            f"select accession, {line}, '{column}', h.{column}::VARCHAR, s.{column}::VARCHAR from {joined} "
            f"where in_held and in_said and ({_differs(name, column, kind)})"
        )
    answer = connection.execute(" union all ".join(asked)).fetchall()
    connection.execute(f"drop table {joined}")
    return [_difference(name, row) for row in answer]


def _line(name: str) -> str:
    if name in _ORDERS:
        return f"which || ' {name.removesuffix('s')} ' || turn"
    return "case when turn > 1 then which || ' (' || turn || ')' else which end"


def _difference(table: str, row: Sequence[str | None]) -> Difference:
    accession, line, column, archived, data_set = row
    return Difference(
        accession=accession or "",
        table=table,
        line=line or "",
        column=column or "",
        archived=archived,
        data_set=data_set,
    )


def _columns(connection: duckdb.DuckDBPyConnection, name: str, members: Sequence[str]) -> list[tuple[str, str]]:
    """The columns to compare, with their types: those that the data set fills."""
    types = {column.name: column.type for column in tables()[name].columns}
    if name == "footnotes":
        return [("footnote", TEXT)]
    found: dict[str, str] = {}
    for member in members:
        for cell in cells(member):
            if cell.said and (cell.said not in OPTIONAL or _is_filled(connection, name, cell.name)):
                found[cell.name] = types[cell.name]
    if name == "owners":
        found |= {attribute: YES_NO for attribute, _ in RELATIONSHIPS}
    return list(found.items())


def _is_filled(connection: duckdb.DuckDBPyConnection, name: str, column: str) -> bool:
    return _one(connection, f"select count({column}) from said_{name}") > 0


def _differs(name: str, column: str, kind: str) -> str:
    held, said = f"h.{column}", f"s.{column}"
    if kind == NUMBER:
        return f"({held} is null) != ({said} is null) or abs({held} - {said}) > {_HALF}"
    if kind in {DAY, CIK}:
        return f"{held} is distinct from {said}"
    if kind == YES_NO:
        if name == "owners":  # a box that isn't ticked is no word of the data set
            held, said = f"coalesce({held}, false)", f"coalesce({said}, false)"
        return f"{held} is distinct from {said}"
    return f"{_folded(held)} is distinct from {_folded(said)}"


def _folded(text: str) -> str:
    return f"nullif(trim(regexp_replace({text}, '[\\s\u00a0]+', ' ', 'g')), '')"


_TURN: Final = "row_number() over (partition by accession, form_table order by line)"
_NUMBER: Final = "try_cast(regexp_extract(footnote_id, '[0-9]+') as BIGINT)"


# Footnote marks ------------------------------------------------------------------------------------------------------


def _references(connection: duckdb.DuckDBPyConnection) -> list[Difference]:
    """Differences of the footnotes that cells refer to; the order of a cell's marks is not compared."""
    names = {cell.name for member in MEMBERS if table_of(member) in _ORDERS for cell in cells(member) if cell.notes}
    columns = ", ".join([f"'{name}'" for name in sorted(names)])
    sides = []
    for side in ("held", "said"):
        lines = " union all ".join(
            [
                f"select accession, form_table, line, '{name}' as kind, {_TURN} as turn from {side}_{name}"
                for name in _ORDERS
            ]
        )
        sides.append(
            f"(select accession, form_table || ' ' || rtrim(kind, 's') || ' ' || turn as line, column_name, "
            f"string_agg(footnote_id, ', ' order by {_NUMBER}, footnote_id) as marks "
            f"from {side}_footnote_references join ({lines}) l using (accession, form_table, line) "
            f"where column_name in ({columns}) group by all)"
        )
    both = " union all ".join(
        [
            f"select accession, form_table || ' {name.removesuffix('s')} ' || turn as line from ("
            f"select accession, form_table, {_TURN} as turn from held_{name} intersect "
            f"select accession, form_table, {_TURN} as turn from said_{name})"
            for name in _ORDERS
        ]
    )
    answer = connection.execute(
        "select coalesce(h.accession, s.accession) as accession, coalesce(h.line, s.line) as line, "
        f"coalesce(h.column_name, s.column_name), h.marks, s.marks from {sides[0]} h full join {sides[1]} s "
        f"on h.accession = s.accession and h.line = s.line and h.column_name = s.column_name "
        f"where h.marks is distinct from s.marks and (coalesce(h.accession, s.accession), coalesce(h.line, s.line)) "
        f"in (select (accession, line) from ({both}))"
    ).fetchall()
    return [_difference("footnote_references", row) for row in answer]


def _one(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0
