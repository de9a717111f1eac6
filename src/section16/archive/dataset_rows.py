"""From the tables of a quarterly data set to rows of the archive's tables, in SQL: half a million rows in seconds.

Nothing is guessed: texts that their column's type cannot hold stand in `unread`, lines with too many or too few cells
are counted, a table that is missing leaves its counts null. Every line says in `doubt` that its numbers are rounded,
and whether form and nature of ownership contradict in its filing (the data set of 2024 Q3 had them crossed).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.projection import end_of_filing
from section16.archive.shards import quoted
from section16.archive.tables import (
    CIK,
    DAY,
    DECIMAL_PLACES,
    FIRST_OWNER,
    NUMBER,
    PLACE,
    TEXT,
    WHOLE_DIGITS,
    YES_NO,
    tables,
)
from section16.edgar import data_sets as layout
from section16.edgar.data_set_files import DataSet
from section16.edgar.data_sets import MEMBERS, RELATIONSHIPS, Member, understand
from section16.form.document import OwnershipDocument, OwnerSignature, ReportingOwner
from section16.form.field_table import Kind
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
)
from section16.reading.flat_fields import flat_fields

if TYPE_CHECKING:
    import duckdb

SOURCE: Final = "dataset"
"""In `filings.source`, and the kind of such a shard."""

ROUNDED: Final = "rounded"
CROSSED: Final = "rounded, ownership"
"""What `doubt` says."""

_RECORDS: Final = {
    "SUBMISSION": OwnershipDocument,
    "REPORTINGOWNER": ReportingOwner,
    "NONDERIV_TRANS": NonDerivativeTransaction,
    "NONDERIV_HOLDING": NonDerivativeHolding,
    "DERIV_TRANS": DerivativeTransaction,
    "DERIV_HOLDING": DerivativeHolding,
    "OWNER_SIGNATURE": OwnerSignature,
}
_LINES: Final = {"I": ("NONDERIV_TRANS", "NONDERIV_HOLDING"), "II": ("DERIV_TRANS", "DERIV_HOLDING")}
_CODING: Final = "transaction_coding"
_ACCESSION: Final = r"[0-9]{10}-[0-9]{2}-[0-9]{6}"
_LONGEST_LINE: Final = 16 * 1024 * 1024
_NAMED: Final = 5
"""Examples in a message."""


class Problem(msgspec.Struct, frozen=True):
    """What a reader of the data set should know: kind, words."""

    kind: str
    message: str


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
        lines[table] = _read(connection, member, data_set.files.get(table), problems)
    problems += _keys(connection)
    _owners(connection)
    _many_lines(connection)
    _footnotes(connection)
    _signatures(connection)
    _filings(connection, frozenset(data_set.files))
    problems += _crossed(connection)
    for table in MEMBERS:
        connection.execute(f"drop table {_raw(table)}")
    present = {table: lines[table] for table in MEMBERS if table in data_set.files}
    return Loaded(lines=present, problems=tuple(problems))


def _said_of(data_set: DataSet) -> Iterable[Problem]:
    if data_set.missing:
        yield Problem("DATASET_INCOMPLETE", f"tables are missing: {', '.join(data_set.missing)}")
    if data_set.odd:
        yield Problem(
            "DATASET_ENCODING", f"bytes that are not UTF-8 were read as Windows-1252: {', '.join(data_set.odd)}"
        )


# Reading -------------------------------------------------------------------------------------------------------------


def _raw(table: str) -> str:
    return f"raw_{table.lower()}"


def _read(connection: duckdb.DuckDBPyConnection, member: Member, file: Path | None, problems: list[Problem]) -> int:
    """Make the table of texts as they stand, by the layout's names; `nth` is the line's place. Count the lines."""
    raw, names = _raw(member.table), member.header
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
    return _one(connection, f"select count(*) from {raw}")


def _keys(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
    """Give each accession number its place; what has none is left out, and what SUBMISSION doesn't list is said."""
    everywhere = " union ".join([f"select {layout.ACCESSION} as accession from {_raw(table)}" for table in MEMBERS])
    days = (
        f"select {layout.ACCESSION} as accession, min_by(FILING_DATE, nth) as day from {_raw('SUBMISSION')} group by 1"
    )
    connection.execute(
        f"create table keys as select accession, (row_number() over (order by {_day('day')}, accession) - 1)::INTEGER "
        f"as {PLACE} from ({everywhere}) left join ({days}) using (accession) "
        f"where regexp_full_match(accession, '{_ACCESSION}')"
    )
    for table in MEMBERS:
        none = _one(
            connection,
            f"select count(*) from {_raw(table)} anti join keys on accession = {layout.ACCESSION}",
        )
        if none:
            yield Problem("DATASET_LINES", f"{none:,} lines of {table} have no accession number and are left out")
    listed = f"select {layout.ACCESSION} as accession from {_raw('SUBMISSION')}"
    orphans = _one(connection, f"select count(*) from keys anti join ({listed}) using (accession)")
    if orphans:
        yield Problem("DATASET_LINES", f"{orphans:,} accession numbers of other tables are not in SUBMISSION")
    twice = _one(
        connection, f"select count(*) - count(distinct accession) from ({listed}) semi join keys using (accession)"
    )
    if twice:
        yield Problem("DATASET_LINES", f"{twice:,} lines of SUBMISSION repeat an accession number; the first counts")


# Texts to types ------------------------------------------------------------------------------------------------------


def _text(cell: str) -> str:
    return f"nullif(trim({cell}, ' \u00a0'), '')"


def _day(cell: str) -> str:
    return f"coalesce(try_strptime({cell}, '%d-%b-%Y'), try_strptime({cell}, '%Y-%m-%d'))::DATE"


_DIGITS: Final = rf"-?[0-9]{{1,{WHOLE_DIGITS}}}([.][0-9]{{1,{DECIMAL_PLACES}}})?([eE][+]?[0-9]{{1,2}})?"


def _typed(kind: str, cell: str) -> str:
    """SQL of a text as its column's type, null if it cannot be read so."""
    text = _text(cell)
    if kind == NUMBER:
        return f"case when regexp_full_match({text}, '{_DIGITS}') then try_cast({text} as {NUMBER}) end"
    if kind == DAY:
        return _day(text)
    if kind == YES_NO:
        return f"case when lower({text}) in ('1', 'true') then true when lower({text}) in ('0', 'false') then false end"
    if kind == CIK:
        return f"case when regexp_full_match({text}, '[0-9]{{1,10}}') then {text}::BIGINT end"
    return text


class _Cell(msgspec.Struct, frozen=True):
    """A column of the archive, what the data set calls it, its type; `notes` is the column of its footnotes."""

    name: str
    said: str
    type: str
    notes: str = ""


@cache
def cells(table: str) -> tuple[_Cell, ...]:
    """Which columns of the archive a table of the data set fills, from the places that the layout names."""
    flats = {".".join(flat.attributes): flat for flat in flat_fields(_RECORDS[table])}
    found = []
    for column in MEMBERS[table].columns:
        notes = column.names[-1] if column.footnotes else ""
        flat = flats.get(column.place)
        if column.place == "filed_on":
            found.append(_Cell("filed_on", column.name, DAY))
        elif flat is not None and flat.field.kind is not Kind.NOTES:
            name = flat.keys[-1]
            noted = "" if column.footnotes.endswith(".footnotes") else notes
            found.append(_Cell(name, column.name, _type_of(table, name), noted))
        if column.footnotes.endswith(".footnotes"):
            found.append(_Cell(_CODING, "", TEXT, notes))
    return tuple(found)


@cache
def table_of(member: str) -> str:
    """The archive's table of a table of the data set."""
    fixed = {
        "SUBMISSION": "filings",
        "REPORTINGOWNER": "owners",
        "OWNER_SIGNATURE": "signatures",
        "FOOTNOTES": "footnotes",
    }
    return fixed.get(member) or ("transactions" if member.endswith("TRANS") else "holdings")


def _type_of(member: str, name: str) -> str:
    return next(column.type for column in tables()[table_of(member)].columns if column.name == name)


def _own(member: str, more: Mapping[str, str]) -> str:
    """SQL of a table's own columns, typed, from the texts of a table of the data set; `more` are made elsewhere."""
    by_name = {cell.name: cell for cell in cells(member) if cell.said}
    made = []
    for column in tables()[table_of(member)].own:
        if column.name in more:
            made.append(f"({more[column.name]})::{column.type} as {column.name}")
        elif column.name == "unread":
            made.append(f"{_unread(by_name.values())} as unread")
        elif column.name in by_name:
            made.append(f"{_typed(column.type, by_name[column.name].said)} as {column.name}")
        else:
            made.append(f"null::{column.type} as {column.name}")
    return ", ".join(made)


def _unread(held: Iterable[_Cell]) -> str:
    """SQL of the JSON of texts that their type cannot hold."""
    parts = [
        f"case when {_text(cell.said)} is not null and {_typed(cell.type, cell.said)} is null "
        f"then '\"{cell.name}\": ' || to_json({cell.said}) end"
        for cell in held
        if cell.type != TEXT
    ]
    return f"'{{' || nullif(concat_ws(', ', {', '.join(parts)}), '') || '}}'"


# Tables --------------------------------------------------------------------------------------------------------------


def _from(member: str) -> str:
    return f"from {_raw(member)} r join keys k on k.accession = r.{layout.ACCESSION}"


def _in_order(order: str) -> str:
    return f"row_number() over (partition by {PLACE} order by {order})"


def _owners(connection: duckdb.DuckDBPyConnection) -> None:
    said = "list_transform(string_split(lower(RPTOWNER_RELATIONSHIP), ','), lambda x: replace(trim(x), ' ', ''))"
    is_said = f"{_text('RPTOWNER_RELATIONSHIP')} is not null"
    boxes = {
        attribute: f"case when {is_said} then list_contains({said}, '{word.lower()}') end"
        for attribute, word in RELATIONSHIPS
    }
    own = _own("REPORTINGOWNER", {PLACE: PLACE, "ordinal": _in_order("nth"), **boxes})
    connection.execute(f"create table owners as select {own} {_from('REPORTINGOWNER')}")
    blank = {column.name: "null" for column in tables()["filers"].own}
    known = {
        **blank,
        PLACE: PLACE,
        "ordinal": _in_order("nth"),
        "role": "'reporting-owner'",
        "cik": _typed(CIK, "RPTOWNERCIK"),
        "file_number": _text("FILE_NUMBER"),
    }
    columns = ", ".join([f"({known[c.name]})::{c.type} as {c.name}" for c in tables()["filers"].own])
    connection.execute(
        f"create table filers as select {columns} {_from('REPORTINGOWNER')} where {_text('FILE_NUMBER')} is not null"
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
                more["value"] = _product(_typed(NUMBER, "TRANS_SHARES"), _typed(NUMBER, "TRANS_PRICEPERSHARE"))
            parts[table].append(f"select {_own(member, more)} from {source}")
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
    f"({_text('DIRECT_INDIRECT_OWNERSHIP')} = 'I' and {_text('NATURE_OF_OWNERSHIP')} is null "
    f"and NATURE_OF_OWNERSHIP_FN is null) "
    f"or ({_text('DIRECT_INDIRECT_OWNERSHIP')} = 'D' and {_text('NATURE_OF_OWNERSHIP')} is not null)"
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
        f"{_text('FOOTNOTE_ID')} as footnote_id, coalesce(FOOTNOTE_TXT, '') as footnote {_from('FOOTNOTES')}"
    )


def _signatures(connection: duckdb.DuckDBPyConnection) -> None:
    own = _own("OWNER_SIGNATURE", {PLACE: PLACE, "ordinal": _in_order("nth")})
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
        f"select distinct {_day(_text('FILING_DATE'))} as day from {_raw('SUBMISSION')} where day is not null"
    )
    held: list[date] = [day for (day,) in days.fetchall()]
    connection.execute(
        "insert into days select unnest(?::DATE[]), unnest(?::VARCHAR[])::TIMESTAMP",
        [held, [end_of_filing(day) for day in held]],
    )
    joins.append(f"left join days d on d.day = {_day(_text('s.FILING_DATE'))}")
    connection.execute(
        f"create table filings as select {_own('SUBMISSION', more)} from keys k {' '.join(joins)} order by k.{PLACE}"
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


def _one(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0
