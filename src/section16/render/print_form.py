"""From document to printed form: every field in its box or column, as the form prints it.

Nothing of a line is lost silently: an amount of Table II whose A/D code is missing or unreadable stands in column (A)
with the code as filed, or a question mark, in parentheses after it; where both of two alternatives stand (a number of
shares and a value) both are printed; a Form 3 that holds transactions is printed with Form 4's columns.
Source of the marks: EDGAR Ownership XML Technical Specification 5.5, stylesheets 3_X07, 4_X09 and 5_X09.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from section16.form.cells import Plain
from section16.form.document import OwnershipDocument
from section16.form.edition import Look, look_of
from section16.form.rows import Row, is_transaction
from section16.render import columns
from section16.render.cells import (
    EMPTY,
    amount_cell,
    code_cell,
    date_cell,
    disposed_cell,
    either_cell,
    late_code_cell,
    marks,
    money_cell,
    price_cell,
    text_cell,
    undisposed_cell,
    voluntary_cell,
)
from section16.render.figures import format_date
from section16.render.layouts import layout
from section16.render.parties import printed_issuer, printed_owner
from section16.render.printed import (
    FormLayout,
    PrintedCell,
    PrintedFootnote,
    PrintedForm,
    PrintedSignature,
    PrintedTable,
    TableLayout,
)

CellMaker = Callable[[Any], PrintedCell]


def _owned(row: Any) -> PrintedCell:
    owned = row.owned_after
    return EMPTY if owned is None else either_cell(owned.shares_owned, owned.value_owned)


def _underlying_title(row: Any) -> PrintedCell:
    return EMPTY if row.underlying is None else text_cell(row.underlying.title)


def _underlying_amount(row: Any) -> PrintedCell:
    underlying = row.underlying
    return EMPTY if underlying is None else either_cell(underlying.shares, underlying.value)


def _ownership(row: Any) -> PrintedCell:
    return EMPTY if row.ownership is None else text_cell(row.ownership.direct_or_indirect)


def _nature(row: Any) -> PrintedCell:
    return EMPTY if row.ownership is None else text_cell(row.ownership.nature)


_OF_A_HOLDING: Final[Mapping[str, CellMaker]] = {
    "title": lambda row: text_cell(row.title),
    "conversion": lambda row: money_cell(row.conversion_or_exercise_price),
    "exercisable": lambda row: date_cell(row.exercise_date),
    "expiration": lambda row: date_cell(row.expiration_date),
    "underlying_title": _underlying_title,
    "underlying_amount": _underlying_amount,
    "owned": _owned,
    "ownership": _ownership,
    "nature": _nature,
}
_OF_A_TRANSACTION: Final[Mapping[str, CellMaker]] = {
    **_OF_A_HOLDING,
    "date": lambda row: date_cell(row.transaction_date),
    "deemed": lambda row: date_cell(row.deemed_execution_date),
    "early": voluntary_cell,
    "amount": amount_cell,
    "acquired_disposed": lambda row: EMPTY if row.amounts is None else text_cell(row.amounts.acquired_disposed),
    "acquired": undisposed_cell,
    "disposed": disposed_cell,
    "price": price_cell,
}


@cache
def _cell_makers(table: TableLayout, kind: str) -> tuple[CellMaker | None, ...]:
    """The makers of a line's cells from left to right; `None` for a cell that lines of this kind leave empty."""
    makers = dict(_OF_A_TRANSACTION if kind == "transaction" else _OF_A_HOLDING)
    keys = [column.key for column in table.columns]
    makers["code"] = code_cell if "early" in keys else late_code_cell
    return tuple(makers.get(key) for key in keys)


def _print_table(table: TableLayout, full: TableLayout, rows: Sequence[Row]) -> PrintedTable:
    """The rows in the columns of `table`, or of `full` where a table without transactions holds some."""
    if table is not full and any(is_transaction(row) for row in rows):
        table = full
    printed = []
    for row in rows:
        makers = _cell_makers(table, "transaction" if is_transaction(row) else "holding")
        printed.append(tuple([EMPTY if maker is None else maker(row) for maker in makers]))
    return PrintedTable(layout=table, rows=tuple(printed))


def print_form(document: OwnershipDocument, look: Look | None = None, *, filed_on: date | None = None) -> PrintedForm:
    """The form as printed, in `look` or in the look that the document had when it was filed.

    `filed_on` helps to find the look of a document without schema version. A document that names no form 3, 4 or 5
    is drawn in the layout of Form 4, which has a place for everything.
    """
    sheet = layout(document.form, look or look_of(document, filed_on))
    form_3 = sheet.form == "3"
    return PrintedForm(
        layout=sheet,
        name=sheet.name if document.form else f"FORM {(document.document_type or '').strip() or '?'}",
        owners=tuple([printed_owner(owner, sheet) for owner in document.reporting_owners]),
        issuer=printed_issuer(document.issuer),
        period=_day(document.period_of_report),
        amendment_date=_day(document.date_of_original_submission),
        table1=_print_table(sheet.table1, columns.FORM_4_TABLE_I if form_3 else sheet.table1, document.table_one),
        table2=_print_table(sheet.table2, columns.FORM_4_TABLE_II if form_3 else sheet.table2, document.table_two),
        no_securities_owned=form_3 and bool(document.no_securities_owned),
        footnotes=_footnotes(document),
        remarks=None if document.remarks is None else document.remarks.strip(),
        signatures=_signatures(document),
        **_boxes(document, sheet),
    )


def _day(plain: Plain[date] | None) -> str:
    if plain is None:
        return ""
    return plain.text.strip() if plain.value is None else format_date(plain.value)


def _boxes(document: OwnershipDocument, sheet: FormLayout) -> dict[str, bool]:
    """The boxes of the layout, and whether each is marked. What the document does not say is not marked."""
    marked = {
        "exit_box": document.not_subject_to_section16,
        "form3_holdings": document.form3_holdings_reported,
        "form4_transactions": document.form4_transactions_reported,
        "plan": document.aff10b5_one,
    }
    return {key: bool(marked[key]) for key in _box_keys(sheet)}


@cache
def _box_keys(sheet: FormLayout) -> tuple[str, ...]:
    block = () if sheet.plan_block is None else (sheet.plan_block,)
    return tuple(box.key for box in (*sheet.boxes, *block))


def _footnotes(document: OwnershipDocument) -> tuple[PrintedFootnote, ...]:
    if document.footnotes is None:
        return ()
    return tuple(
        [
            PrintedFootnote("" if note.id is None else marks((note.id,))[0], note.text.strip())
            for note in document.footnotes.rows
        ],
    )


def _signatures(document: OwnershipDocument) -> tuple[PrintedSignature, ...]:
    return tuple(
        [PrintedSignature((signature.name or "").strip(), _day(signature.date)) for signature in document.signatures],
    )
