"""The tables of the archive: what columns a report becomes, made from the field table.

Columns are named by the keys of the JSON, as in CSV. Numbers are exact decimals, dates are days, boxes are yes, no or
null. A text that cannot be read as its column's type leaves null there and stands, word for word, in `unread`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from section16.form.document import OwnershipDocument, OwnerSignature, ReportingOwner
from section16.form.field_table import Kind
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
)
from section16.reading.flat_fields import FlatField, flat_fields

TEXT: Final = "VARCHAR"
NUMBER: Final = "DECIMAL(38,12)"
DAY: Final = "DATE"
YES_NO: Final = "BOOLEAN"
COUNT: Final = "INTEGER"
CIK: Final = "BIGINT"
MOMENT: Final = "TIMESTAMP"

WHOLE_DIGITS: Final = 26
DECIMAL_PLACES: Final = 12
"""What a column of numbers holds without rounding; EDGAR's own documents have had at most 5 places."""

PLACE: Final = "shard_row"
"""In every table: the place of the filing in its shard. Not for readers."""

TRANSACTION_RECORDS: Final = (NonDerivativeTransaction, DerivativeTransaction)
HOLDING_RECORDS: Final = (NonDerivativeHolding, DerivativeHolding)
_TYPES: Final = {"date": DAY, "Decimal": NUMBER, "bool": YES_NO}
_CIKS: Final = frozenset({"issuer_cik", "rpt_owner_cik"})
_SECRET: Final = "rpt_owner_ccc"  # noqa: S105 - the name of the column that is left out


class Column(msgspec.Struct, frozen=True):
    """One column: name, type of the database, what it is, and whether it repeats what stands in `filings`."""

    name: str
    type: str
    says: str
    repeated: bool = False


class Table(msgspec.Struct, frozen=True):
    """One table, its columns in order; `shard_row` comes first in all of them."""

    name: str
    says: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple([column.name for column in self.columns])

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that a row brings itself."""
        return tuple([column for column in self.columns if not column.repeated])

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that readers see."""
        return self.columns[1:]


_ROW: Final = Column(PLACE, COUNT, "place of the filing in its shard")
_KEY: Final = Column("accession", TEXT, "accession number; `sha256:` and a hash for a report that came without one")
_UNREAD: Final = Column("unread", TEXT, "JSON: texts that could not be read as their column's type; null if none")
_CLOCKS: Final = (
    Column("filed_on", DAY, "filing date of the header"),
    Column("public_at", MOMENT, "UTC: acceptance, or else the end of the filing day (22:00 Eastern); null if unknown"),
)
FIRST_OWNER: Final = (
    Column("rpt_owner_cik", CIK, "CIK of the first reporting owner"),
    Column("rpt_owner_name", TEXT, "name of the first reporting owner"),
    Column("owner_count", COUNT, "how many reporting owners"),
    Column("is_director", YES_NO, "whether any owner is a director"),
    Column("is_officer", YES_NO, "whether any owner is an officer"),
    Column("is_ten_percent_owner", YES_NO, "whether any owner owns more than 10 %"),
    Column("is_other", YES_NO, "whether any owner has another relationship"),
    Column("officer_title", TEXT, "title of the first owner who has one"),
)
_CONTEXT: Final = (
    "document_type",
    "filed_on",
    "public_at",
    "period_of_report",
    "issuer_cik",
    "issuer_name",
    "issuer_trading_symbol",
    *[column.name for column in FIRST_OWNER],
    "aff10b5_one",
)
"""Facts of the filing that stand on each of its lines too, so that a screen reads one table."""

_DOUBT: Final = Column(
    "doubt",
    TEXT,
    "what isn't certain of a line from a data set: `rounded`, or `rounded, ownership` where form and nature of "
    "ownership contradict in its filing; null for what was read from the filing itself",
)
_LINE: Final = (
    Column("form_table", TEXT, "I or II"),
    Column("line", COUNT, "place in its table, from 1, transactions and holdings counted together"),
)


def _column(flat: FlatField) -> Column:
    name = flat.keys[-1]
    kind = CIK if name in _CIKS else _TYPES.get(flat.field.value_type.__name__, TEXT)
    return Column(name, kind, f"<{'/'.join(flat.elements)}>")


def _columns(flats: Iterable[FlatField]) -> tuple[Column, ...]:
    return tuple([_column(flat) for flat in flats if flat.field.kind is not Kind.NOTES and flat.keys[-1] != _SECRET])


def _united(records: tuple[type, ...]) -> tuple[Column, ...]:
    """The columns of all records, each once; what only later ones have stands after what comes before it there."""
    found: list[Column] = []
    for record in records:
        at = 0
        for column in _columns(flat_fields(record)):
            known = next((place for place, one in enumerate(found) if one.name == column.name), None)
            if known is None:
                found.insert(at, column)
            at = (at if known is None else known) + 1
    return tuple(found)


def _filings() -> Table:
    return Table(
        "filings",
        "one row a filing",
        (
            _ROW,
            _KEY,
            Column("form_type", TEXT, "submission type in the header"),
            *_columns(flat_fields(OwnershipDocument)),
            *_CLOCKS,
            Column("accepted_at", MOMENT, "acceptance, Eastern time on the clock"),
            Column("changed_on", DAY, "day of the header's last correction"),
            Column("source", TEXT, "what it was read from; `dataset` for a row of the SEC's quarterly tables"),
            *FIRST_OWNER,
            Column("transaction_count", COUNT, "transactions in both tables"),
            Column("holding_count", COUNT, "holdings in both tables"),
            Column("footnote_count", COUNT, "footnotes"),
            Column("attachment_count", COUNT, "other documents in the container; null if it has no room for them"),
            _UNREAD,
        ),
    )


def _table(name: str, says: str, repeated: tuple[str, ...], *columns: Column) -> Table:
    """A table whose rows repeat columns of their filing after the key."""
    filing = {column.name: column for column in _filings().columns}
    copies = [Column(filing[each].name, filing[each].type, filing[each].says, repeated=True) for each in repeated]
    key = Column(_KEY.name, _KEY.type, _KEY.says, repeated=True)
    return Table(name, says, (_ROW, key, *copies, *columns))


@cache
def tables() -> dict[str, Table]:
    """All tables by name."""
    made = (
        _filings(),
        _table(
            "owners",
            "one row a reporting owner of a filing",
            ("document_type", "filed_on", "public_at", "issuer_cik", "issuer_name", "issuer_trading_symbol"),
            Column("ordinal", COUNT, "place among the owners, from 1"),
            *_columns(flat_fields(ReportingOwner)),
            _UNREAD,
        ),
        _table(
            "transactions",
            "one row a transaction of Table I or II",
            _CONTEXT,
            *_LINE,
            *_united(TRANSACTION_RECORDS),
            _DOUBT,
            Column("value", NUMBER, "derived: shares times price; null if one is missing"),
            _UNREAD,
        ),
        _table(
            "holdings",
            "one row a holding of Table I or II",
            _CONTEXT,
            *_LINE,
            *_united(HOLDING_RECORDS),
            _DOUBT,
            _UNREAD,
        ),
        _table(
            "footnotes",
            "one row a footnote",
            ("filed_on", "public_at", "issuer_cik"),
            Column("ordinal", COUNT, "place among the footnotes, from 1"),
            Column("footnote_id", TEXT, "F1, F2 ..."),
            Column("footnote", TEXT, "its text, word for word"),
        ),
        _table(
            "footnote_references",
            "one row a mark that refers to a footnote",
            (),
            *_LINE,
            Column("column_name", TEXT, "column of the line the mark stands in; transaction_coding for the code's"),
            Column("ordinal", COUNT, "place among the marks of that column, from 1"),
            Column("footnote_id", TEXT, "F1, F2 ..."),
        ),
        _table(
            "signatures",
            "one row a signature",
            (),
            Column("ordinal", COUNT, "place among the signatures, from 1"),
            *_columns(flat_fields(OwnerSignature)),
            _UNREAD,
        ),
        _table(
            "filers",
            "one row a party named in the header",
            ("filed_on", "public_at"),
            Column("ordinal", COUNT, "place in the header, from 1"),
            Column("role", TEXT, "issuer or reporting-owner; in old filings also subject-company, filed-by"),
            Column("cik", CIK, "CIK"),
            Column("name", TEXT, "name as EDGAR has it"),
            Column("sic", TEXT, "industry"),
            Column("state_of_incorporation", TEXT, "state"),
            Column("fiscal_year_end", TEXT, "MMDD"),
            Column("file_number", TEXT, "SEC file number"),
            Column("film_number", TEXT, "film number"),
        ),
    )
    return {table.name: table for table in made}
