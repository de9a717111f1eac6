"""A table of trades as CSV text, read into trades; every fault with its row and column.

Columns: `date,code,acquired_disposed,shares,price`, and if wanted `exempt`, `from_issuer`, `reported`, `plan` (yes or
no) and `notified` (a day). Others are passed over. Rows are counted as lines of the file, the header being row 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from section16.codes import transaction_code
from section16.compliance.due_trades import Trade
from section16.compliance.fills.cells import read_amount, read_day
from section16.errors import SourceError, excerpt

_NEEDED: Final = ("date", "code", "acquired_disposed")
_MEND: Final = "Begin with: date,code,acquired_disposed,shares,price"
_YES: Final = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def read_trades(text: str, name: str) -> list[Trade]:
    """Read the trades of CSV text; `name` is what an error calls it. Raises SourceError TABLE_INVALID."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), skipinitialspace=True, strict=True)
    header: list[str] = []
    trades = []
    for number, cells in _numbered(rows, name):
        if not header:
            header = [cell.strip().lower().replace(" ", "_") for cell in cells]
            _refuse_missing(header, number, name)
            continue
        trades.append(_Row(dict(zip(header, cells, strict=False)), header, number, name).trade())
    if not header:
        raise SourceError("TABLE_INVALID", "there is no header", path=name, mend=_MEND)
    return trades


def _numbered(rows: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    line = 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise SourceError("TABLE_INVALID", f"no CSV: {excerpt(str(error))}", line=line, path=name) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]
        line = rows.line_num + 1


def _refuse_missing(header: list[str], number: int, name: str) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        message = f"there is no column {missing[0]} among {excerpt(', '.join(header))}"
        raise SourceError("TABLE_INVALID", message, line=number, path=name, mend=_MEND)


class _Row:
    """The cells of a row by column."""

    def __init__(self, cells: Mapping[str, str], header: list[str], number: int, name: str) -> None:
        self._cells = cells
        self._header = header
        self._number = number
        self._name = name

    def trade(self) -> Trade:
        day: date | None = self._read("date", read_day)
        if day is None:
            raise self._fault("date", "is blank")
        notified = self._read("notified", read_day)
        if notified is not None and notified < day:
            raise self._fault("notified", f"comes before the trade of {day}")
        return Trade(
            day=day,
            code=self._read("code", _code) or self._blank("code"),
            direction=self._read("acquired_disposed", _direction) or self._blank("acquired_disposed"),
            shares=self._read("shares", read_amount),
            price=self._read("price", lambda cell: read_amount(cell, dollars=True, zero=True)),
            exempt=self._read("exempt", _yes_or_no),
            from_issuer=bool(self._read("from_issuer", _yes_or_no)),
            reported=bool(self._read("reported", _yes_or_no)),
            plan=bool(self._read("plan", _yes_or_no)),
            notified=notified,
            row=self._number,
        )

    def _read(self, column: str, reader: Callable[[str], Any]) -> Any:
        """What a cell says; None where it is blank or there is no such column."""
        cell = self._cells.get(column, "")
        try:
            return reader(cell) if cell else None
        except ValueError as error:
            raise self._fault(column, str(error)) from None

    def _blank(self, column: str) -> str:
        raise self._fault(column, "is blank")

    def _fault(self, column: str, why: str) -> SourceError:
        cell = self._cells.get(column, "")
        said = f"{column} '{excerpt(cell)}' {why}" if cell else f"{column} {why}"
        at = self._header.index(column) + 1
        return SourceError("TABLE_INVALID", said, line=self._number, column=at, path=self._name)


def _code(cell: str) -> str:
    """The transaction code. Raises ValueError."""
    known = transaction_code(cell.upper())
    if known is None or not known.in_xml:
        raise ValueError("is no transaction code (section16 codes lists them)")
    return known.code


def _direction(cell: str) -> str:
    """A or D. Raises ValueError."""
    letter = cell[:1].upper()
    if cell.lower() not in {"a", "d", "acquired", "disposed"}:
        raise ValueError("is neither A (acquired) nor D (disposed of)")
    return letter


def _yes_or_no(cell: str) -> bool:
    """An answer. Raises ValueError."""
    if cell.lower() not in _YES:
        raise ValueError("is neither yes nor no")
    return _YES[cell.lower()]
