"""From the tables of a quarterly data set to rows of the archive's tables, in SQL: half a million rows in seconds.

Nothing is guessed: texts that their column's type cannot hold stand in `unread`, lines with too many or too few cells
are counted, a table that is missing leaves its counts null. Every line says in `doubt` that its numbers are rounded,
and whether form and nature of ownership contradict in its filing (the data set of 2024 Q3 had them crossed).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.dataset_cells import cells, day_sql, own_columns, table_of, text_sql, typed_sql
from section16.archive.dataset_lines import Problem, number_filings, raw_table, read_lines
from section16.archive.projection import end_of_filing
from section16.archive.tables import CIK, FIRST_OWNER, NUMBER, PLACE, tables
from section16.edgar import data_sets as layout
from section16.edgar.data_set_files import DataSet
from section16.edgar.data_sets import MEMBERS, RELATIONSHIPS

if TYPE_CHECKING:
    import duckdb

SOURCE: Final = "dataset"
"""In `filings.source`, and the kind of such a shard."""

ROUNDED: Final = "rounded"
CROSSED: Final = "rounded, ownership"
"""What `doubt` says."""

_LINES: Final = {"I": ("NONDERIV_TRANS", "NONDERIV_HOLDING"), "II": ("DERIV_TRANS", "DERIV_HOLDING")}


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A data set whose rows stand in the connection's tables, named as the archive's.

    `lines` counts the lines of each table of the data set.
    """

    lines: dict[str, int]
    problems: tuple[Problem, ...]


def load_data_set(connection: duckdb.DuckDBPyConnection, data_set: DataSet) -> Loaded:
    """Make the archive's tables of a data set; rows stand in the order of filing date and accession number."""
    problems = [*_said_of(data_set)]
    lines: dict[str, int] = {}
    for table, member in MEMBERS.items():
        lines[table] = read_lines(connection, member, data_set.files.get(table), problems)
    problems += number_filings(connection)
    _owners(connection)
    _many_lines(connection)
    _footnotes(connection)
    _signatures(connection)
    _filings(connection, frozenset(data_set.files))
    problems += _crossed(connection)
    for table in MEMBERS:
        connection.execute(f"drop table {raw_table(table)}")
    present = {table: lines[table] for table in MEMBERS if table in data_set.files}
    return Loaded(lines=present, problems=tuple(problems))


def _said_of(data_set: DataSet) -> Iterable[Problem]:
    if data_set.missing:
        yield Problem("DATASET_INCOMPLETE", f"tables are missing: {', '.join(data_set.missing)}")
    if data_set.odd:
        yield Problem(
            "DATASET_ENCODING", f"bytes that are not UTF-8 were read as Windows-1252: {', '.join(data_set.odd)}"
        )


def _from(member: str) -> str:
    return f"from {raw_table(member)} r join keys k on k.accession = r.{layout.ACCESSION}"


def _in_order(order: str) -> str:
    return f"row_number() over (partition by {PLACE} order by {order})"


def _owners(connection: duckdb.DuckDBPyConnection) -> None:
    said = "list_transform(string_split(lower(RPTOWNER_RELATIONSHIP), ','), lambda x: replace(trim(x), ' ', ''))"
    is_said = f"{text_sql('RPTOWNER_RELATIONSHIP')} is not null"
    boxes = {
        attribute: f"case when {is_said} then list_contains({said}, '{word.lower()}') end"
        for attribute, word in RELATIONSHIPS
    }
    own = own_columns("REPORTINGOWNER", {PLACE: PLACE, "ordinal": _in_order("nth"), **boxes})
    connection.execute(f"create table owners as select {own} {_from('REPORTINGOWNER')}")
    blank = {column.name: "null" for column in tables()["filers"].own}
    known = {
        **blank,
        PLACE: PLACE,
        "ordinal": _in_order("nth"),
        "role": "'reporting-owner'",
        "cik": typed_sql(CIK, "RPTOWNERCIK"),
        "file_number": text_sql("FILE_NUMBER"),
    }
    columns = ", ".join([f"({known[c.name]})::{c.type} as {c.name}" for c in tables()["filers"].own])
    connection.execute(
        f"create table filers as select {columns} {_from('REPORTINGOWNER')} where {text_sql('FILE_NUMBER')} is not null"
    )


def _many_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Transactions, holdings and the marks on them.

    A line's place in its table: transactions by their number, then holdings by theirs. How the two were mixed in the
    filing is not in the data set.
    """
    parts: dict[str, list[str]] = {"transactions": [], "holdings": [], "footnote_references": []}
    for number, members in _LINES.items():
        before = ""
        for member in members:
            key = MEMBERS[member].number
            order = f"try_cast({key} as BIGINT), nth"
            line = _in_order(order) + (" + coalesce(before, 0)" if before else "")
            source = f"numbered_{member.lower()}"
            connection.execute(
                f"create temp table {source} as select r.*, k.{PLACE}, ({line})::INTEGER as line, "
                f"bool_or({_CONTRADICTS}) over (partition by {PLACE}) as crossed {_from(member)}{before}"
            )
            table = table_of(member)
            more = {PLACE: PLACE, "form_table": f"'{number}'", "line": "line"}
            more["doubt"] = f"case when crossed then '{CROSSED}' else '{ROUNDED}' end"
            if table == "transactions":
                more["value"] = _product(typed_sql(NUMBER, "TRANS_SHARES"), typed_sql(NUMBER, "TRANS_PRICEPERSHARE"))
            parts[table].append(f"select {own_columns(member, more)} from {source}")
            parts["footnote_references"] += [
                f"select {PLACE}, '{number}' as form_table, line, '{cell.name}' as column_name, {_marks(cell.notes)} "
                f"from {source} where {cell.notes} is not null"
                for cell in cells(member)
                if cell.notes
            ]
            counted = f"select {PLACE}, count(*) as before from numbered_{member.lower()} group by 1"
            before = f" left join ({counted}) using ({PLACE})"
    for table, selects in parts.items():
        connection.execute(f"create table {table} as {' union all '.join(selects)}")
    for members in _LINES.values():
        for member in members:
            connection.execute(f"drop table numbered_{member.lower()}")


_CONTRADICTS: Final = (
    f"({text_sql('DIRECT_INDIRECT_OWNERSHIP')} = 'I' and {text_sql('NATURE_OF_OWNERSHIP')} is null "
    f"and NATURE_OF_OWNERSHIP_FN is null) "
    f"or ({text_sql('DIRECT_INDIRECT_OWNERSHIP')} = 'D' and {text_sql('NATURE_OF_OWNERSHIP')} is not null)"
)
"""An indirect line must name its nature, a direct one must not: EDGAR suspends reports that say otherwise."""


def _marks(column: str) -> str:
    ids = f"list_filter(string_split_regex({column}, '[, ]+'), lambda x: x <> '')"
    return f"unnest(range(1, len({ids}) + 1))::INTEGER as ordinal, unnest({ids}) as footnote_id"


def _product(one: str, other: str) -> str:
    """SQL of the exact product of two numbers of up to four places; null beyond 10^18 shares or a price of 10^12."""
    exact = [f"try_cast({text} as DECIMAL({digits},4))" for text, digits in ((one, 22), (other, 16))]
    same = f"{exact[0]} = {one} and {exact[1]} = {other}"
    return f"case when {same} then {exact[0]} * {exact[1]} end"


def _footnotes(connection: duckdb.DuckDBPyConnection) -> None:
    order = "try_cast(regexp_extract(FOOTNOTE_ID, '[0-9]+') as BIGINT), nth"
    connection.execute(
        f"create table footnotes as select {PLACE}, {_in_order(order)}::INTEGER as ordinal, "
        f"{text_sql('FOOTNOTE_ID')} as footnote_id, coalesce(FOOTNOTE_TXT, '') as footnote {_from('FOOTNOTES')}"
    )


def _signatures(connection: duckdb.DuckDBPyConnection) -> None:
    own = own_columns("OWNER_SIGNATURE", {PLACE: PLACE, "ordinal": _in_order("nth")})
    connection.execute(f"create table signatures as select {own} {_from('OWNER_SIGNATURE')}")


_ANY: Final = "case when bool_or({0}) then true when count(*) = count({0}) then false end as {0}"


def _filings(connection: duckdb.DuckDBPyConnection, present: frozenset[str]) -> None:
    """The filings last, since they tell what the others hold."""
    submission = f"(select * {_from('SUBMISSION')} qualify {_in_order('nth')} = 1)"
    owners = (
        f"select {PLACE}, min_by(rpt_owner_cik, ordinal) filter (ordinal = 1) as rpt_owner_cik, "
        "min_by(rpt_owner_name, ordinal) filter (ordinal = 1) as rpt_owner_name, count(*)::INTEGER as owner_count, "
        + ", ".join([_ANY.format(attribute) for attribute, _ in RELATIONSHIPS])
        + ", min_by(officer_title, ordinal) filter (officer_title is not null) as officer_title from owners group by 1"
    )
    more = {PLACE: f"k.{PLACE}", "accession": "k.accession", "source": f"'{SOURCE}'", "public_at": "d.public_at"}
    for column in FIRST_OWNER:
        more[column.name] = f"o.{column.name}"
    more["owner_count"] = "coalesce(o.owner_count, 0)" if "REPORTINGOWNER" in present else "null"
    joins = [f"left join {submission} s on s.{PLACE} = k.{PLACE}", f"left join ({owners}) o on o.{PLACE} = k.{PLACE}"]
    for name, needed in _COUNTED.items():
        table = name.removesuffix("_count") + "s"
        joins.append(
            f"left join (select {PLACE}, count(*) as n from {table} group by 1) {table} on {table}.{PLACE} = k.{PLACE}"
        )
        more[name] = f"coalesce({table}.n, 0)" if needed <= present else "null"
    connection.execute("create temp table days (day date, public_at timestamp)")
    days = connection.execute(
        f"select distinct {day_sql(text_sql('FILING_DATE'))} as day from {raw_table('SUBMISSION')} "
        "where day is not null"
    )
    held: list[date] = [day for (day,) in days.fetchall()]
    connection.execute(
        "insert into days select unnest(?::DATE[]), unnest(?::VARCHAR[])::TIMESTAMP",
        [held, [end_of_filing(day) for day in held]],
    )
    joins.append(f"left join days d on d.day = {day_sql(text_sql('s.FILING_DATE'))}")
    connection.execute(
        f"create table filings as select {own_columns('SUBMISSION', more)} from keys k {' '.join(joins)} "
        f"order by k.{PLACE}"
    )
    connection.execute("drop table days")


_COUNTED: Final = {
    "transaction_count": frozenset({"NONDERIV_TRANS", "DERIV_TRANS"}),
    "holding_count": frozenset({"NONDERIV_HOLDING", "DERIV_HOLDING"}),
    "footnote_count": frozenset({"FOOTNOTES"}),
}
"""Counts of a filing, known only where all the tables they count are there."""


def _crossed(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
    lines = " union all ".join(
        [f"select {PLACE} from {name} where doubt = '{CROSSED}'" for name in ("transactions", "holdings")]
    )
    row = connection.execute(f"select count(*), count(distinct {PLACE}) from ({lines})").fetchone()
    if row and row[0]:
        yield Problem(
            "DATASET_CROSSED",
            f"form and nature of ownership contradict in {row[1]:,} filings; {row[0]:,} lines are marked in `doubt`",
        )
