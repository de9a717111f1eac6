"""From printed line to row: the cells of Tables I and II back into the elements that feed them.

A line without a date, code, mark, amount, direction or price is a holding. On Form 5 a digit after the code tells what
came late: 4 a Form 4 transaction, 5 a Form 5 transaction, 3 alone a Form 3 holding; on Form 4 a V tells a Form 5
transaction reported early. A `$` tells a value from a number of securities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from section16.form.cells import Noted, Plain
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTransaction,
    OwnershipNature,
    PostTransactionAmounts,
    TransactionAmounts,
    TransactionCoding,
    UnderlyingSecurity,
)
from section16.form.values import read_decimal
from section16.render.printed import PrintedCell, TableLayout

Cells = Mapping[str, PrintedCell]

_EMPTY: Final = PrintedCell()
_DATE: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_CODE: Final = re.compile(r"([A-Za-z]*)(/K)?")
_LATE_CODE: Final = re.compile(r"([A-Za-z]*)(/K)?([45]?)")
_NUMBER: Final = re.compile(r"[0-9,]+(?:\.[0-9]*)?|\.[0-9]+")
_BOTH: Final = re.compile(r"([0-9,.]+); \$([0-9,.]+)")
_NO_DIRECTION: Final = re.compile(r"(\$?)(.*?) ?\(([^()]*)\)")
_OF_TRANSACTIONS: Final = ("date", "deemed", "early", "amount", "acquired_disposed", "acquired", "disposed", "price")


def footnote_id(number: str) -> str:
    """Return the id that a mark shows: `1` -> `F1`. A mark that is no number is the id itself."""
    return f"F{number}" if number.isdecimal() else number


def read_printed_date(text: str) -> tuple[date | None, str]:
    """Return the day and its text as XML has it: `09/01/2022` -> `2022-09-01`; a text that is no day stays."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None, text
    try:
        day = date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None, text
    return day, day.isoformat()


def read_printed_number(text: str) -> tuple[Decimal | None, str]:
    """Return the number and its text without thousands separators; a text that is no number stays."""
    bare = text.replace(",", "") if _NUMBER.fullmatch(text) else text
    value = read_decimal(bare)
    return (None, text) if value is None else (value, bare)


def non_derivative_row(
    row: Sequence[PrintedCell], layout: TableLayout, form: str
) -> NonDerivativeTransaction | NonDerivativeHolding:
    """Return the row of Table I that a line shows, printed on Form `form` in the columns of `layout`."""
    cells = _by_key(row, layout)
    title, owned, ownership = _text(cells, "title"), _owned(cells), _ownership(cells)
    if _is_holding(cells):
        return NonDerivativeHolding(title=title, coding=_late_holding(cells), owned_after=owned, ownership=ownership)
    return NonDerivativeTransaction(
        title=title,
        transaction_date=_date(cells, "date"),
        deemed_execution_date=_date(cells, "deemed"),
        coding=_coding(cells, form),
        timeliness=_timeliness(cells),
        amounts=_amounts(cells),
        owned_after=owned,
        ownership=ownership,
    )


def derivative_row(
    row: Sequence[PrintedCell], layout: TableLayout, form: str
) -> DerivativeTransaction | DerivativeHolding:
    """Return the row of Table II that a line shows, printed on Form `form` in the columns of `layout`."""
    cells = _by_key(row, layout)
    if _is_holding(cells):
        return DerivativeHolding(
            title=_text(cells, "title"),
            conversion_or_exercise_price=_number(cells, "conversion"),
            coding=_late_holding(cells),
            exercise_date=_date(cells, "exercisable"),
            expiration_date=_date(cells, "expiration"),
            underlying=_underlying(cells),
            owned_after=_owned(cells),
            ownership=_ownership(cells),
        )
    return DerivativeTransaction(
        title=_text(cells, "title"),
        conversion_or_exercise_price=_number(cells, "conversion"),
        transaction_date=_date(cells, "date"),
        deemed_execution_date=_date(cells, "deemed"),
        coding=_coding(cells, form),
        timeliness=_timeliness(cells),
        amounts=_derivative_amounts(cells),
        exercise_date=_date(cells, "exercisable"),
        expiration_date=_date(cells, "expiration"),
        underlying=_underlying(cells),
        owned_after=_owned(cells),
        ownership=_ownership(cells),
    )


def _by_key(row: Sequence[PrintedCell], layout: TableLayout) -> Cells:
    return {column.key: cell for column, cell in zip(layout.columns, row, strict=True)}


def _is_holding(cells: Cells) -> bool:
    if any(cells.get(key, _EMPTY) != _EMPTY for key in _OF_TRANSACTIONS):
        return False
    return cells.get("code", _EMPTY).text in {"", "3"}


def _late_holding(cells: Cells) -> TransactionCoding | None:
    code = cells.get("code", _EMPTY)
    if code == _EMPTY:
        return None
    return TransactionCoding(form_type=code.text or None, footnotes=_ids(code))


def _ids(cell: PrintedCell) -> tuple[str, ...]:
    return tuple(footnote_id(note) for note in cell.notes)


def _text(cells: Cells, key: str) -> Noted[str] | None:
    cell = cells.get(key, _EMPTY)
    return None if cell == _EMPTY else Noted(value=cell.text or None, text=cell.text or None, footnotes=_ids(cell))


def _date(cells: Cells, key: str) -> Noted[date] | None:
    cell = cells.get(key, _EMPTY)
    if cell == _EMPTY:
        return None
    value, text = read_printed_date(cell.text)
    return Noted(value=value, text=text or None, footnotes=_ids(cell))


def _number(cells: Cells, key: str) -> Noted[Decimal] | None:
    return _noted_number(cells.get(key, _EMPTY))


def _noted_number(cell: PrintedCell) -> Noted[Decimal] | None:
    if cell == _EMPTY:
        return None
    value, text = read_printed_number(cell.text)
    return Noted(value=value, text=text or None, footnotes=_ids(cell))


def _shares_or_value(cell: PrintedCell) -> tuple[Noted[Decimal] | None, Noted[Decimal] | None]:
    """Return the number of securities and the value of a cell that shows one of them, or both as `5; $10`."""
    both = _BOTH.fullmatch(cell.text)
    if both is not None and not cell.dollar:
        return (
            _noted_number(PrintedCell(both[1], notes=cell.notes)),
            _noted_number(PrintedCell(both[2], dollar=True)),
        )
    number = _noted_number(cell)
    return (None, number) if cell.dollar else (number, None)


def _coding(cells: Cells, form: str) -> TransactionCoding | None:
    """The coding. Form types: 4 or 5 as the marks tell on Forms 4 and 5; Form 3 has none but V's."""
    cell, early = cells.get("code", _EMPTY), cells.get("early", _EMPTY)
    with_v_column = "early" in cells
    found = (_CODE if with_v_column else _LATE_CODE).fullmatch(cell.text)
    voluntary = early.text == "V"
    if cell == _EMPTY and not voluntary:
        return None
    late = found[3] if found and not with_v_column else ""
    return TransactionCoding(
        form_type=late or "5" if not with_v_column else "5" if voluntary else "4" if form != "3" else None,
        code=(found[1] if found else cell.text) or None,
        equity_swap=_SWAP if found and found[2] else _NO_SWAP,
        footnotes=_ids(cell),
    )


_SWAP: Final = Plain(value=True, text="1")
_NO_SWAP: Final = Plain(value=False, text="0")


def _timeliness(cells: Cells) -> Noted[str] | None:
    """Late (L) beside a code that ends in 5 on Form 5; on Form 4 the footnotes in the V column."""
    early = cells.get("early", _EMPTY)
    if early.notes:
        return Noted(footnotes=_ids(early))
    code = _LATE_CODE.fullmatch(cells.get("code", _EMPTY).text)
    late = "early" not in cells and code is not None and code[3] == "5"
    return Noted(value="L", text="L") if late else None


def _amounts(cells: Cells) -> TransactionAmounts | None:
    shares, value = _shares_or_value(cells.get("amount", _EMPTY))
    amounts = TransactionAmounts(
        shares=shares,
        total_value=value,
        price_per_share=_number(cells, "price"),
        acquired_disposed=_text(cells, "acquired_disposed"),
    )
    return None if amounts == TransactionAmounts() else amounts


def _derivative_amounts(cells: Cells) -> TransactionAmounts | None:
    """The amount in column (A) or (D) tells the direction; a code that is neither follows it in parentheses."""
    cell, direction = cells.get("disposed", _EMPTY), "D"
    if cell == _EMPTY:
        cell, direction = cells.get("acquired", _EMPTY), "A"
    stray = _NO_DIRECTION.fullmatch(cell.text)
    if stray is not None and not cell.dollar:
        cell, direction = PrintedCell(stray[2], dollar=bool(stray[1]), notes=cell.notes), stray[3].removeprefix("?")
    shares, value = _shares_or_value(cell)
    amounts = TransactionAmounts(
        shares=shares,
        total_value=value,
        price_per_share=_number(cells, "price"),
        acquired_disposed=Noted(value=direction, text=direction) if cell != _EMPTY and direction else None,
    )
    return None if amounts == TransactionAmounts() else amounts


def _underlying(cells: Cells) -> UnderlyingSecurity | None:
    shares, value = _shares_or_value(cells.get("underlying_amount", _EMPTY))
    underlying = UnderlyingSecurity(title=_text(cells, "underlying_title"), shares=shares, value=value)
    return None if underlying == UnderlyingSecurity() else underlying


def _owned(cells: Cells) -> PostTransactionAmounts | None:
    shares, value = _shares_or_value(cells.get("owned", _EMPTY))
    return None if shares is None and value is None else PostTransactionAmounts(shares_owned=shares, value_owned=value)


def _ownership(cells: Cells) -> OwnershipNature | None:
    direct, nature = _text(cells, "ownership"), _text(cells, "nature")
    return None if direct is None and nature is None else OwnershipNature(direct_or_indirect=direct, nature=nature)
