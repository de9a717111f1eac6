"""Columns of Tables I and II as each form prints them, and the fields that feed them.

Headings and widths are those of the forms as sec.gov shows them; they have been the same in every look since 2003.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from section16.render.printed import Align, Column, TableLayout

_DAY = "(Month/Day/Year)"
_CODE = "Transaction Code (Instr. 8)"
_ACQUIRED = "Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)"
_DERIVATIVE_ACQUIRED = "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)"
_DATES = f"Date Exercisable and Expiration Date {_DAY}"
_UNDERLYING = "Title and Amount of Securities Underlying Derivative Security"
_OWNERSHIP = "Ownership Form: Direct (D) or Indirect (I)"
_NATURE = "Nature of Indirect Beneficial Ownership"
_OWNED = "Securities Beneficially Owned"
_FOLLOWING = "Following Reported Transaction(s)"
_EXAMPLES = "(e.g., puts, calls, warrants, options, convertible securities)"
_TITLE_I = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"
_TITLE_II = "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned"


def _column(key: str, width: int, heading: str, group: str | None = None) -> Column:
    align: Align = "left" if key in {"title", "nature"} else "center"
    return Column(key=key, heading=heading, width=width, align=align, group=group)


FORM_3_TABLE_I: Final = TableLayout(
    number="I",
    title=("Table I - Non-Derivative Securities Beneficially Owned",),
    columns=(
        _column("title", 44, "1. Title of Security (Instr. 4)"),
        _column("owned", 19, f"2. Amount of {_OWNED} (Instr. 4)"),
        _column("ownership", 11, f"3. {_OWNERSHIP} (Instr. 5)"),
        _column("nature", 26, f"4. {_NATURE} (Instr. 5)"),
    ),
)

FORM_3_TABLE_II: Final = TableLayout(
    number="II",
    title=("Table II - Derivative Securities Beneficially Owned", _EXAMPLES),
    columns=(
        _column("title", 35, "1. Title of Derivative Security (Instr. 4)"),
        _column("exercisable", 4, "Date Exercisable", f"2. {_DATES}"),
        _column("expiration", 5, "Expiration Date", f"2. {_DATES}"),
        _column("underlying_title", 20, "Title", f"3. {_UNDERLYING} (Instr. 4)"),
        _column("underlying_amount", 6, "Amount or Number of Shares", f"3. {_UNDERLYING} (Instr. 4)"),
        _column("conversion", 7, "4. Conversion or Exercise Price of Derivative Security"),
        _column("ownership", 8, f"5. {_OWNERSHIP} (Instr. 5)"),
        _column("nature", 15, f"6. {_NATURE} (Instr. 5)"),
    ),
)

FORM_4_TABLE_I: Final = TableLayout(
    number="I",
    title=(_TITLE_I,),
    columns=(
        _column("title", 36, "1. Title of Security (Instr. 3)"),
        _column("date", 6, f"2. Transaction Date {_DAY}"),
        _column("deemed", 5, f"2A. Deemed Execution Date, if any {_DAY}"),
        _column("code", 4, "Code", f"3. {_CODE}"),
        _column("early", 3, "V", f"3. {_CODE}"),
        _column("amount", 8, "Amount", f"4. {_ACQUIRED}"),
        _column("acquired_disposed", 5, "(A) or (D)", f"4. {_ACQUIRED}"),
        _column("price", 6, "Price", f"4. {_ACQUIRED}"),
        _column("owned", 11, f"5. Amount of {_OWNED} {_FOLLOWING} (Instr. 3 and 4)"),
        _column("ownership", 9, f"6. {_OWNERSHIP} (Instr. 4)"),
        _column("nature", 8, f"7. {_NATURE} (Instr. 4)"),
    ),
)

FORM_4_TABLE_II: Final = TableLayout(
    number="II",
    title=(_TITLE_II, _EXAMPLES),
    columns=(
        _column("title", 13, "1. Title of Derivative Security (Instr. 3)"),
        _column("conversion", 5, "2. Conversion or Exercise Price of Derivative Security"),
        _column("date", 5, f"3. Transaction Date {_DAY}"),
        _column("deemed", 5, f"3A. Deemed Execution Date, if any {_DAY}"),
        _column("code", 4, "Code", f"4. {_CODE}"),
        _column("early", 4, "V", f"4. {_CODE}"),
        _column("acquired", 5, "(A)", _DERIVATIVE_ACQUIRED),
        _column("disposed", 5, "(D)", _DERIVATIVE_ACQUIRED),
        _column("exercisable", 5, "Date Exercisable", f"6. {_DATES}"),
        _column("expiration", 4, "Expiration Date", f"6. {_DATES}"),
        _column("underlying_title", 10, "Title", f"7. {_UNDERLYING} (Instr. 3 and 4)"),
        _column("underlying_amount", 7, "Amount or Number of Shares", f"7. {_UNDERLYING} (Instr. 3 and 4)"),
        _column("price", 6, "8. Price of Derivative Security (Instr. 5)"),
        _column("owned", 6, f"9. Number of derivative {_OWNED} {_FOLLOWING} (Instr. 4)"),
        _column("ownership", 6, f"10. {_OWNERSHIP} (Instr. 4)"),
        _column("nature", 7, f"11. {_NATURE} (Instr. 4)"),
    ),
)

FORM_5_TABLE_I: Final = TableLayout(
    number="I",
    title=(_TITLE_I,),
    columns=(
        _column("title", 28, "1. Title of Security (Instr. 3)"),
        _column("date", 7, f"2. Transaction Date {_DAY}"),
        _column("deemed", 6, f"2A. Deemed Execution Date, if any {_DAY}"),
        _column("code", 6, f"3. {_CODE}"),
        _column("amount", 10, "Amount", f"4. {_ACQUIRED}"),
        _column("acquired_disposed", 5, "(A) or (D)", f"4. {_ACQUIRED}"),
        _column("price", 9, "Price", f"4. {_ACQUIRED}"),
        _column("owned", 11, f"5. Amount of {_OWNED} at end of Issuer's Fiscal Year (Instr. 3 and 4)"),
        _column("ownership", 8, f"6. {_OWNERSHIP} (Instr. 4)"),
        _column("nature", 9, f"7. {_NATURE} (Instr. 4)"),
    ),
)

FORM_5_TABLE_II: Final = TableLayout(
    number="II",
    title=(_TITLE_II, _EXAMPLES),
    columns=(
        _column("title", 13, "1. Title of Derivative Security (Instr. 3)"),
        _column("conversion", 6, "2. Conversion or Exercise Price of Derivative Security"),
        _column("date", 6, f"3. Transaction Date {_DAY}"),
        _column("deemed", 6, f"3A. Deemed Execution Date, if any {_DAY}"),
        _column("code", 6, f"4. {_CODE}"),
        _column("acquired", 6, "(A)", _DERIVATIVE_ACQUIRED),
        _column("disposed", 6, "(D)", _DERIVATIVE_ACQUIRED),
        _column("exercisable", 5, "Date Exercisable", f"6. {_DATES}"),
        _column("expiration", 5, "Expiration Date", f"6. {_DATES}"),
        _column("underlying_title", 12, "Title", f"7. {_UNDERLYING} (Instr. 3 and 4)"),
        _column("underlying_amount", 6, "Amount or Number of Shares", f"7. {_UNDERLYING} (Instr. 3 and 4)"),
        _column("price", 5, "8. Price of Derivative Security (Instr. 5)"),
        _column("owned", 7, f"9. Number of derivative {_OWNED} {_FOLLOWING} (Instr. 4)"),
        _column("ownership", 6, f"10. {_OWNERSHIP} (Instr. 4)"),
        _column("nature", 7, f"11. {_NATURE} (Instr. 4)"),
    ),
)

FEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("securityTitle",),
    "conversion": ("conversionOrExercisePrice",),
    "date": ("transactionDate",),
    "deemed": ("deemedExecutionDate",),
    "code": ("transactionCode", "equitySwapInvolved", "transactionFormType", "footnoteId", "transactionTimeliness"),
    "early": ("transactionFormType", "transactionTimeliness"),
    "amount": ("transactionShares", "transactionTotalValue"),
    "acquired_disposed": ("transactionAcquiredDisposedCode",),
    "acquired": ("transactionShares", "transactionTotalValue", "transactionAcquiredDisposedCode"),
    "disposed": ("transactionShares", "transactionTotalValue", "transactionAcquiredDisposedCode"),
    "price": ("transactionPricePerShare", "transactionValue"),
    "exercisable": ("exerciseDate",),
    "expiration": ("expirationDate",),
    "underlying_title": ("underlyingSecurityTitle",),
    "underlying_amount": ("underlyingSecurityShares", "underlyingSecurityValue"),
    "owned": ("sharesOwnedFollowingTransaction", "valueOwnedFollowingTransaction"),
    "ownership": ("directOrIndirectOwnership",),
    "nature": ("natureOfOwnership",),
}
"""The XML elements that a column shows, by the column's key."""
