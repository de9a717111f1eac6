"""What a cell of a quarterly data set becomes: SQL that reads it as its column's type, and which column that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from section16.archive.filling import CODING
from section16.archive.tables import CIK, DAY, DECIMAL_PLACES, NUMBER, TEXT, WHOLE_DIGITS, YES_NO, tables
from section16.edgar.data_sets import MEMBERS
from section16.form.document import OwnershipDocument, OwnerSignature, ReportingOwner
from section16.form.field_table import Kind
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
)
from section16.reading.flat_fields import flat_fields

_RECORDS: Final = {
    "SUBMISSION": OwnershipDocument,
    "REPORTINGOWNER": ReportingOwner,
    "NONDERIV_TRANS": NonDerivativeTransaction,
    "NONDERIV_HOLDING": NonDerivativeHolding,
    "DERIV_TRANS": DerivativeTransaction,
    "DERIV_HOLDING": DerivativeHolding,
    "OWNER_SIGNATURE": OwnerSignature,
}


def text_sql(cell: str) -> str:
    """SQL of a text without blanks around it; null for an empty one."""
    return f"nullif(trim({cell}, ' \u00a0'), '')"


def day_sql(cell: str) -> str:
    """SQL of a text as a day, null if it cannot be read so."""
    return f"coalesce(try_strptime({cell}, '%d-%b-%Y'), try_strptime({cell}, '%Y-%m-%d'))::DATE"


_DIGITS: Final = rf"-?[0-9]{{1,{WHOLE_DIGITS}}}([.][0-9]{{1,{DECIMAL_PLACES}}})?([eE][+]?[0-9]{{1,2}})?"


def typed_sql(kind: str, cell: str) -> str:
    """SQL of a text as its column's type, null if it cannot be read so."""
    text = text_sql(cell)
    if kind == NUMBER:
        return f"case when regexp_full_match({text}, '{_DIGITS}') then try_cast({text} as {NUMBER}) end"
    if kind == DAY:
        return day_sql(text)
    if kind == YES_NO:
        return f"case when lower({text}) in ('1', 'true') then true when lower({text}) in ('0', 'false') then false end"
    if kind == CIK:
        return f"case when regexp_full_match({text}, '[0-9]{{1,10}}') then {text}::BIGINT end"
    return text


class Cell(msgspec.Struct, frozen=True):
    """A column of the archive, what the data set calls it, its type; `notes` is the column of its footnotes."""

    name: str
    said: str
    type: str
    notes: str = ""


@cache
def cells(table: str) -> tuple[Cell, ...]:
    """Which columns of the archive a table of the data set fills, from the places that the layout names."""
    flats = {".".join(flat.attributes): flat for flat in flat_fields(_RECORDS[table])}
    found = []
    for column in MEMBERS[table].columns:
        notes = column.names[-1] if column.footnotes else ""
        flat = flats.get(column.place)
        if column.place == "filed_on":
            found.append(Cell("filed_on", column.name, DAY))
        elif flat is not None and flat.field.kind is not Kind.NOTES:
            name = flat.keys[-1]
            noted = "" if column.footnotes.endswith(".footnotes") else notes
            found.append(Cell(name, column.name, _type_of(table, name), noted))
        if column.footnotes.endswith(".footnotes"):
            found.append(Cell(CODING, "", TEXT, notes))
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


def own_columns(member: str, more: Mapping[str, str]) -> str:
    """SQL of a table's own columns, typed, from the texts of a table of the data set; `more` are made elsewhere."""
    by_name = {cell.name: cell for cell in cells(member) if cell.said}
    made = []
    for column in tables()[table_of(member)].own:
        if column.name in more:
            made.append(f"({more[column.name]})::{column.type} as {column.name}")
        elif column.name == "unread":
            made.append(f"{_unread(by_name.values())} as unread")
        elif column.name in by_name:
            made.append(f"{typed_sql(column.type, by_name[column.name].said)} as {column.name}")
        else:
            made.append(f"null::{column.type} as {column.name}")
    return ", ".join(made)


def _unread(held: Iterable[Cell]) -> str:
    """SQL of the JSON of texts that their type cannot hold."""
    parts = [
        f"case when {text_sql(cell.said)} is not null and {typed_sql(cell.type, cell.said)} is null "
        f"then '\"{cell.name}\": ' || to_json({cell.said}) end"
        for cell in held
        if cell.type != TEXT
    ]
    return f"'{{' || nullif(concat_ws(', ', {', '.join(parts)}), '') || '}}'"
