"""The tables of a quarterly data set as they stand: lines of texts in the database, and a place for each filing."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.dataset_cells import day_sql
from section16.archive.shards import quoted
from section16.archive.tables import PLACE
from section16.edgar import data_sets as layout
from section16.edgar.data_sets import MEMBERS, Member, understand

if TYPE_CHECKING:
    import duckdb

_ACCESSION: Final = r"[0-9]{10}-[0-9]{2}-[0-9]{6}"
_LONGEST_LINE: Final = 16 * 1024 * 1024
_NAMED: Final = 5
"""Examples in a message."""


class Problem(msgspec.Struct, frozen=True):
    """What a reader of the data set should know: kind, words."""

    kind: str
    message: str


def raw_table(table: str) -> str:
    """The name of the table that holds the texts of a table of the data set."""
    return f"raw_{table.lower()}"


def read_lines(
    connection: duckdb.DuckDBPyConnection, member: Member, file: Path | None, problems: list[Problem]
) -> int:
    """Make the table of texts as they stand, by the layout's names; `nth` is the line's place. Count the lines."""
    raw, names = raw_table(member.table), member.header
    if file is None:
        connection.execute(f"create table {raw} (nth bigint, {', '.join([f'{name} varchar' for name in names])})")
        return 0
    with file.open(encoding="utf-8", newline="") as opened:
        first = next(csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE), [])
    header = understand(member, first)
    if header.missing:
        problems.append(Problem("DATASET_COLUMNS", f"{member.table} has no column {', '.join(header.missing)}"))
    if header.unknown:
        problems.append(
            Problem("DATASET_COLUMNS", f"{member.table} has columns not known: {', '.join(header.unknown)}")
        )
    columns = ", ".join([f"'c{at}': 'VARCHAR'" for at in range(len(first))])
    picked = ", ".join(
        [f"{f'c{header.positions[name]}' if name in header.positions else 'null::varchar'} as {name}" for name in names]
    )
    connection.execute(
        f"create table {raw} as select row_number() over () as nth, {picked} from read_csv({quoted(file)}, "
        f"columns={{{columns}}}, auto_detect=false, header=false, skip=1, delim='\\t', quote='', escape='', "
        f"new_line='\\n', nullstr='', max_line_size={_LONGEST_LINE}, store_rejects=true, rejects_limit=0, "
        f"rejects_table='faults', rejects_scan='scans', parallel=false)"
    )
    faults = connection.execute("select line from faults order by line").fetchall()
    if faults:
        named = ", ".join([str(line) for (line,) in faults[:_NAMED]])
        words = f"{len(faults):,} lines of {member.table} have other than {len(first)} cells: line {named}"
        problems.append(Problem("DATASET_LINES", words + (" ..." if len(faults) > _NAMED else "")))
    connection.execute("drop table faults; drop table scans")
    return one_number(connection, f"select count(*) from {raw}")


def number_filings(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
    """Give each accession number its place; what has none is left out, and what SUBMISSION doesn't list is said."""
    everywhere = " union ".join(
        [f"select {layout.ACCESSION} as accession from {raw_table(table)}" for table in MEMBERS]
    )
    days = (
        f"select {layout.ACCESSION} as accession, min_by(FILING_DATE, nth) as day from {raw_table('SUBMISSION')} "
        "group by 1"
    )
    connection.execute(
        f"create table keys as select accession, "
        f"(row_number() over (order by {day_sql('day')}, accession) - 1)::INTEGER as {PLACE} "
        f"from ({everywhere}) left join ({days}) using (accession) "
        f"where regexp_full_match(accession, '{_ACCESSION}')"
    )
    for table in MEMBERS:
        none = one_number(
            connection,
            f"select count(*) from {raw_table(table)} anti join keys on accession = {layout.ACCESSION}",
        )
        if none:
            yield Problem("DATASET_LINES", f"{none:,} lines of {table} have no accession number and are left out")
    listed = f"select {layout.ACCESSION} as accession from {raw_table('SUBMISSION')}"
    orphans = one_number(connection, f"select count(*) from keys anti join ({listed}) using (accession)")
    if orphans:
        yield Problem("DATASET_LINES", f"{orphans:,} accession numbers of other tables are not in SUBMISSION")
    twice = one_number(
        connection, f"select count(*) - count(distinct accession) from ({listed}) semi join keys using (accession)"
    )
    if twice:
        yield Problem("DATASET_LINES", f"{twice:,} lines of SUBMISSION repeat an accession number; the first counts")


def one_number(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    """The number that is the answer to a question."""
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0
