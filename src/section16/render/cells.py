"""One cell of Table I or II, made from the field or fields that feed it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from section16.form.cells import Noted
from section16.form.rows import TransactionAmounts, TransactionCoding
from section16.render.figures import printed_date, printed_number
from section16.render.printed import PrintedCell

EMPTY: Final = PrintedCell()
_VOLUNTARY: Final = PrintedCell("V")


@lru_cache(maxsize=1024)
def marks(footnotes: tuple[str, ...]) -> tuple[str, ...]:
    """Footnote ids as the marks show them: `("F1", "F2")` -> `("1", "2")`. An id of another shape stands as it is."""
    return tuple(note[1:] if note[:1] == "F" and note[1:].isdecimal() else note for note in footnotes)


def text_cell(cell: Noted[str] | None) -> PrintedCell:
    """A title, letter or words."""
    if cell is None:
        return EMPTY
    if cell.footnotes:
        return PrintedCell(cell.text.strip() if cell.text else "", notes=marks(cell.footnotes))
    return _words(cell.text) if cell.text else EMPTY


def date_cell(cell: Noted[date] | None) -> PrintedCell:
    """A date."""
    if cell is None:
        return EMPTY
    plain = _day(cell.text) if cell.text else EMPTY
    return PrintedCell(plain.text, notes=marks(cell.footnotes)) if cell.footnotes else plain


def number_cell(cell: Noted[Decimal] | None) -> PrintedCell:
    """A number of securities."""
    if cell is None or (not cell.text and not cell.footnotes):
        return EMPTY
    text = printed_number(cell)
    return PrintedCell(text, notes=marks(cell.footnotes)) if cell.footnotes else PrintedCell(text)


def money_cell(cell: Noted[Decimal] | None) -> PrintedCell:
    """A price or value: `$` before the number; none before a lone footnote or what is no number."""
    number = number_cell(cell)
    if cell is None or cell.value is None:
        return number
    return PrintedCell(number.text, dollar=True, notes=number.notes)


@lru_cache(maxsize=2048)
def _words(text: str) -> PrintedCell:
    text = text.strip()
    return PrintedCell(text) if text else EMPTY


@lru_cache(maxsize=2048)
def _day(text: str) -> PrintedCell:
    return PrintedCell(printed_date(text))


def either_cell(shares: Noted[Decimal] | None, value: Noted[Decimal] | None) -> PrintedCell:
    """A number of securities or a value in dollars; both, where a document has both."""
    if value is None:
        return number_cell(shares)
    money = money_cell(value)
    if shares is None:
        return money
    number = number_cell(shares)
    texts = [text for text in (number.text, "$" * money.dollar + money.text) if text]
    return PrintedCell("; ".join(texts), notes=number.notes + money.notes)


def amount_cell(row: Any) -> PrintedCell:
    """The amount of a transaction."""
    amounts: TransactionAmounts | None = row.amounts
    return EMPTY if amounts is None else either_cell(amounts.shares, amounts.total_value)


def price_cell(row: Any) -> PrintedCell:
    """The price of a transaction; edition X0101 has it in `transactionValue`."""
    amounts: TransactionAmounts | None = row.amounts
    if amounts is None:
        return EMPTY
    return money_cell(amounts.price_per_share if amounts.transaction_value is None else amounts.transaction_value)


def disposed_cell(row: Any) -> PrintedCell:
    """The amount in column (D) of Table II: of a line whose code says so."""
    return _with_code_notes(row) if _direction(row) == "D" else EMPTY


def undisposed_cell(row: Any) -> PrintedCell:
    """The amount in column (A) of Table II: of every line whose code does not say (D).

    A code that is neither is shown after the amount, as filed, in parentheses; a question mark stands for none.
    """
    direction = _direction(row)
    if direction == "D":
        return EMPTY
    cell = _with_code_notes(row)
    if direction == "A" or cell is EMPTY:
        return cell
    return PrintedCell(f"{'$' * cell.dollar}{cell.text} ({direction or '?'})".lstrip(), notes=cell.notes)


def _direction(row: Any) -> str:
    amounts: TransactionAmounts | None = row.amounts
    if amounts is None or amounts.acquired_disposed is None:
        return ""
    return (amounts.acquired_disposed.text or "").strip()


def _with_code_notes(row: Any) -> PrintedCell:
    """The amount with the footnotes of its A/D code, which has no column of its own in Table II."""
    cell = amount_cell(row)
    code = row.amounts.acquired_disposed if row.amounts else None
    if code is None or not code.footnotes:
        return cell
    return PrintedCell(cell.text, cell.dollar, cell.notes + marks(code.footnotes))


def code_cell(row: Any) -> PrintedCell:
    """Form 4: the transaction code, `/K` for an equity swap, and the footnotes of the coding."""
    coding: TransactionCoding | None = row.coding
    if coding is None:
        return EMPTY
    return _plain_code(_code(coding), marks(coding.footnotes) if coding.footnotes else ())


def late_code_cell(row: Any) -> PrintedCell:
    """Form 5: the code and a digit for what came late (4, 5, on holdings 3), footnotes of coding and timeliness."""
    coding: TransactionCoding | None = row.coding
    timeliness: Noted[str] | None = row.timeliness if row.kind == "transaction" else None
    notes = marks(coding.footnotes) if coding else ()
    if timeliness is not None:
        notes += marks(timeliness.footnotes)
    if coding is None:
        return PrintedCell("", notes=notes) if notes else EMPTY
    kind = (coding.form_type or "").strip()
    late = timeliness is not None and (timeliness.text or "").strip() == "L"
    suffix = kind if kind == ("4" if row.kind == "transaction" else "3") or (kind == "5" and late) else ""
    return _plain_code(_code(coding) + suffix, notes)


def voluntary_cell(row: Any) -> PrintedCell:
    """Form 4: V for a Form 5 transaction reported early, and the footnotes of its timeliness."""
    timeliness: Noted[str] | None = row.timeliness
    early = row.coding is not None and (row.coding.form_type or "").strip() == "5"
    if timeliness is not None and timeliness.footnotes:
        return PrintedCell("V" if early else "", notes=marks(timeliness.footnotes))
    return _VOLUNTARY if early else EMPTY


def _code(coding: TransactionCoding) -> str:
    code = (coding.code or "").strip()
    return f"{code}/K" if coding.equity_swap else code


@lru_cache(maxsize=1024)
def _plain_code(text: str, notes: tuple[str, ...]) -> PrintedCell:
    return PrintedCell(text, notes=notes) if text or notes else EMPTY
