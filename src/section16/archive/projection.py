"""From reports to rows of the tables. Pure; nothing is rounded, guessed or dropped without being named in `unread`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, localcontext
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from section16.archive.filling import Fill, Member, compile_fill
from section16.archive.tables import (
    CIK,
    DAY,
    DECIMAL_PLACES,
    FIRST_OWNER,
    NUMBER,
    TEXT,
    WHOLE_DIGITS,
    tables,
)
from section16.form.cells import Plain
from section16.form.document import OwnershipDocument, OwnerSignature, ReportingOwner
from section16.form.field_table import Kind
from section16.form.rows import Row, is_transaction
from section16.reading.filing import Filing, SourceKind

Rows = dict[str, list[list[Any]]]
"""Rows of each table: lists of values in the order of its own columns, numbers and days as text, boxes as bool."""

DERIVATION: Final = 1
"""Version of the rules by which derived columns (`value`, `public_at`) are made."""

DERIVED: Final = frozenset({"value", "public_at"})
"""The derived columns."""

_EASTERN: Final = ZoneInfo("America/New_York")
_END_OF_FILING: Final = time(22)
"""Forms 3, 4 and 5 are filed the same day until 22:00 Eastern: 17 CFR 232.13(a)(4)."""

_FITS: Final = re.compile(rf"[0-9]{{1,{WHOLE_DIGITS}}}(?:\.[0-9]{{1,{DECIMAL_PLACES}}})?")
_SHORT: Final = 12
_PRECISION: Final = 90
_CIK_DIGITS: Final = re.compile(r"[0-9]{1,10}")
_ISO_DAY: Final = len("2022-09-01")


@cache
def _fill(record: type, table: str) -> Fill:
    """The code that fills a table's row from a record."""
    return compile_fill(record, table, {"typed": _typed, "fits": _FITS.fullmatch})


class Projection:
    """Rows of any number of filings. `rows` grows by what `add` is given."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self.rows: Rows = {name: [] for name in tables()}
        self._references = self.rows["footnote_references"]

    def add(self, place: int, key: str, filing: Filing) -> None:
        """Take a filing; `place` is its place in the shard, `key` its accession number or hash."""
        document = filing.document
        report = self._report(place, key, filing)
        self._owners(place, document)
        transactions, holdings = len(self.rows["transactions"]), len(self.rows["holdings"])
        for number, lines in (("I", document.table_one), ("II", document.table_two)):
            for line, row in enumerate(lines, 1):
                self._line(place, number, line, row)
        self._footnotes(place, document)
        self._signatures(place, document)
        self._filers(place, filing)
        at = _places("filings")
        report[at["transaction_count"]] = len(self.rows["transactions"]) - transactions
        report[at["holding_count"]] = len(self.rows["holdings"]) - holdings

    def _report(self, place: int, key: str, filing: Filing) -> list[Any]:
        document, at = filing.document, _places("filings")
        row = _blank("filings", place)
        row[1] = key
        unread: dict[str, str] = {}
        _fill(OwnershipDocument, "filings")(row, document, unread, None)
        accepted = filing.accepted_at
        row[at["form_type"]] = filing.form_type
        row[at["filed_on"]] = _day_text(filing.filed_on)
        row[at["public_at"]] = public_at(filing)
        row[at["accepted_at"]] = accepted.replace(tzinfo=None).isoformat() if accepted else None
        row[at["changed_on"]] = _day_text(filing.changed_on)
        row[at["source"]] = filing.kind.value
        first = at["rpt_owner_cik"]
        row[first : first + len(FIRST_OWNER)] = _first_owner(document.reporting_owners)
        row[at["footnote_count"]] = len(document.footnotes.rows) if document.footnotes else 0
        row[at["attachment_count"]] = None if filing.kind is SourceKind.OWNERSHIP_XML else len(filing.attachments)
        row[at["unread"]] = _said(unread)
        self.rows["filings"].append(row)
        return row

    def _owners(self, place: int, document: OwnershipDocument) -> None:
        fill = _fill(ReportingOwner, "owners")
        for ordinal, owner in enumerate(document.reporting_owners, 1):
            row = _blank("owners", place)
            row[1] = ordinal
            unread: dict[str, str] = {}
            fill(row, owner, unread, None)
            row[-1] = _said(unread)
            self.rows["owners"].append(row)

    def _line(self, place: int, number: str, line: int, record: Row) -> None:
        table = "transactions" if is_transaction(record) else "holdings"
        row = _blank(table, place)
        row[1:3] = number, line
        unread: dict[str, str] = {}
        references = self._references

        def refer(name: str, notes: Sequence[str]) -> None:
            for ordinal, note in enumerate(notes, 1):
                references.append([place, number, line, name, ordinal, note])

        _fill(type(record), table)(row, record, unread, refer)
        if table == "transactions":
            at = _places(table)
            row[-2] = _value(row[at["transaction_shares"]], row[at["transaction_price_per_share"]])
        row[-1] = _said(unread)
        self.rows[table].append(row)

    def _footnotes(self, place: int, document: OwnershipDocument) -> None:
        if document.footnotes is not None:
            self.rows["footnotes"] += [
                [place, ordinal, footnote.id, footnote.text]
                for ordinal, footnote in enumerate(document.footnotes.rows, 1)
            ]

    def _signatures(self, place: int, document: OwnershipDocument) -> None:
        for ordinal, signature in enumerate(document.signatures, 1):
            row = _blank("signatures", place)
            row[1] = ordinal
            unread: dict[str, str] = {}
            _fill(OwnerSignature, "signatures")(row, signature, unread, None)
            row[-1] = _said(unread)
            self.rows["signatures"].append(row)

    def _filers(self, place: int, filing: Filing) -> None:
        self.rows["filers"] += [
            [
                place,
                ordinal,
                filer.role,
                _cik(filer.cik),
                filer.name,
                filer.sic,
                filer.state_of_incorporation,
                filer.fiscal_year_end,
                filer.file_number,
                filer.film_number,
            ]
            for ordinal, filer in enumerate(filing.filers, 1)
        ]


def public_at(filing: Filing) -> str | None:
    """The moment a filing was public, UTC without a mark; unknown acceptance counts as the end of its filing day."""
    moment = filing.accepted_at
    if moment is None:
        return None if filing.filed_on is None else end_of_filing(filing.filed_on)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()


def end_of_filing(day: date) -> str:
    """The moment until which a report counts as filed on a day, UTC without a mark."""
    return datetime.combine(day, _END_OF_FILING, _EASTERN).astimezone(UTC).replace(tzinfo=None).isoformat()


def number_text(value: Decimal) -> str | None:
    """A number as the columns take it, or None if they would round it."""
    text = format(value, "f")
    return text if _FITS.fullmatch(text.removeprefix("-")) else None


def _typed(member: Member, text: str, value: Any, unread: dict[str, str]) -> Any:
    """What goes into the column; a text that its type can't hold goes to `unread`."""
    kind = member.type
    made: Any = value
    if kind == NUMBER:
        if value is not None:
            made = text if len(text) <= _SHORT and _FITS.fullmatch(text) else number_text(value)
    elif kind == DAY:
        made = text if value is not None and len(text) == _ISO_DAY else _day_text(value)
    elif kind == CIK:
        made = _cik(text)
    elif kind == TEXT:
        return text.strip() if member.kind is not Kind.TEXT or text[0] <= " " or text[-1] <= " " else text
    if made is None and text.strip():
        unread[member.name] = text
    return made


def _cik(text: str | None) -> int | None:
    found = text.strip() if text else ""
    return int(found) if _CIK_DIGITS.fullmatch(found) else None


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _said(unread: dict[str, str]) -> str | None:
    return json.dumps(unread) if unread else None


def _value(shares: str | None, price: str | None) -> str | None:
    """Shares times price, exact; None if one is missing or the column would round the product."""
    if shares is None or price is None:
        return None
    with localcontext() as context:
        context.prec = _PRECISION
        return number_text((Decimal(shares) * Decimal(price)).normalize())


@cache
def _places(table: str) -> dict[str, int]:
    return {column.name: at for at, column in enumerate(tables()[table].own)}


@cache
def _template(table: str) -> list[None]:
    return [None] * len(tables()[table].own)


def _blank(table: str, place: int) -> list[Any]:
    row: list[Any] = _template(table).copy()
    row[0] = place
    return row


_ANY_OF: Final = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


def _first_owner(owners: Sequence[ReportingOwner]) -> list[Any]:
    """CIK and name of the first owner, how many there are, what any of them is, the first title."""
    if not owners:
        return [None, None, 0, None, None, None, None, None]
    relationships = [owner.relationship for owner in owners if owner.relationship is not None]
    titles = (each.officer_title.strip() for each in relationships if each.officer_title)
    return [
        _cik(owners[0].cik),
        (owners[0].name or "").strip() or None,
        len(owners),
        *[_any([getattr(each, name) for each in relationships]) for name in _ANY_OF],
        next((title for title in titles if title), None),
    ]


def _any(boxes: list[Plain[bool] | None]) -> bool | None:
    """Whether a box is ticked for anybody; unknown if none is, and not all could be read."""
    said = [box.value for box in boxes if box is not None]
    return True if True in said else False if said and None not in said else None
