"""Lines of Table I and Table II: transactions and holdings, with the groups inside them.

Official text: EDGAR Ownership XML Technical Specification 5.5, tables of nonDerivativeTable and
derivativeTable, and the six ownership*Document.xsd.xml. Printed columns are those of the form as the SEC's
site shows it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import msgspec

from section16.form.cells import Extra, Noted, Plain
from section16.form.field_table import Item, plan

TRANSACTION_CODES = ("A", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "O", "P", "S", "U", "W", "X", "Z")


class TransactionCoding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Form type, code and equity swap mark; its footnotes annotate the code as a whole.

    On a holding of Form 5 only `form_type` may stand: `3` marks a late Form 3 holding.
    """

    element: ClassVar[str] = "transactionCoding"

    form_type: Annotated[
        str | None,
        Item("transactionFormType", {"4": "V", "5": ""}, need="4 5", choices=("4", "5"), late=("3", "")),
    ] = None
    code: Annotated[
        str | None,
        Item(
            "transactionCode",
            {"4": "Code", "5": "Code"},
            need="4 5",
            choices=TRANSACTION_CODES,
            within="transaction",
        ),
    ] = None
    equity_swap: Annotated[
        Plain[bool] | None,
        Item("equitySwapInvolved", {"4": "Code", "5": "Code"}, need="4 5", within="transaction"),
    ] = None
    footnotes: Annotated[tuple[str, ...], Item("footnoteId", {"4": "Code", "5": "Code"}, most=99)] = ()
    extra: Extra | None = None


class TransactionAmounts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How much, at what price, acquired or disposed of. Table II may give a total value instead of shares."""

    element: ClassVar[str] = "transactionAmounts"

    shares: Annotated[
        Noted[Decimal] | None,
        Item("transactionShares", {"4": "Amount", "5": "Amount"}, need="4 5", either="amount"),
    ] = None
    total_value: Annotated[
        Noted[Decimal] | None,
        Item("transactionTotalValue", {"4": "Amount", "5": "Amount"}, either="amount", within="II"),
    ] = None
    price_per_share: Annotated[
        Noted[Decimal] | None,
        Item("transactionPricePerShare", {"4": "Price", "5": "Price"}, need="4 5", alone=True),
    ] = None
    transaction_value: Annotated[
        Noted[Decimal] | None, Item("transactionValue", {"4": "Price", "5": "Price"}, since="X0101", until="X0101")
    ] = None
    acquired_disposed: Annotated[
        Noted[str] | None,
        Item(
            "transactionAcquiredDisposedCode",
            {"4": "(A) or (D)", "5": "(A) or (D)"},
            need="4 5",
            choices=("A", "D"),
            bare="II",
        ),
    ] = None
    extra: Extra | None = None


class UnderlyingSecurity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a derivative security converts into: title, and a number of shares or a value in dollars."""

    element: ClassVar[str] = "underlyingSecurity"

    title: Annotated[
        Noted[str] | None,
        Item("underlyingSecurityTitle", {"3": "Title", "4": "Title", "5": "Title"}, need="3 4 5", limit=60, least=1),
    ] = None
    shares: Annotated[
        Noted[Decimal] | None,
        Item(
            "underlyingSecurityShares",
            {"3": "Amount or Number of Shares", "4": "Amount or Number of Shares", "5": "Amount or Number of Shares"},
            alone=True,
            either="underlying",
        ),
    ] = None
    value: Annotated[
        Noted[Decimal] | None,
        Item(
            "underlyingSecurityValue",
            {"3": "Amount or Number of Shares", "4": "Amount or Number of Shares", "5": "Amount or Number of Shares"},
            alone=True,
            either="underlying",
        ),
    ] = None
    extra: Extra | None = None


class PostTransactionAmounts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is owned after the reported transactions: a number of shares or a value in dollars."""

    element: ClassVar[str] = "postTransactionAmounts"

    shares_owned: Annotated[
        Noted[Decimal] | None,
        Item(
            "sharesOwnedFollowingTransaction",
            {"3": "I.2", "4": "Owned", "5": "Owned"},
            need="3 4 5",
            either="owned",
        ),
    ] = None
    value_owned: Annotated[
        Noted[Decimal] | None,
        Item("valueOwnedFollowingTransaction", {"3": "I.2", "4": "Owned", "5": "Owned"}, either="owned"),
    ] = None
    extra: Extra | None = None


class OwnershipNature(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Direct (D) or indirect (I), and the nature of indirect ownership."""

    element: ClassVar[str] = "ownershipNature"

    direct_or_indirect: Annotated[
        Noted[str] | None,
        Item(
            "directOrIndirectOwnership",
            {"3": "Ownership Form", "4": "Ownership Form", "5": "Ownership Form"},
            need="3 4 5",
            choices=("D", "I"),
        ),
    ] = None
    nature: Annotated[
        Noted[str] | None,
        Item("natureOfOwnership", {"3": "Nature", "4": "Nature", "5": "Nature"}, limit=100),
    ] = None
    extra: Extra | None = None


_TITLE = Item("securityTitle", {"3": "1", "4": "1", "5": "1"}, need="3 4 5", limit=60, least=1)
_CONVERSION = Item("conversionOrExercisePrice", {"3": "II.4", "4": "II.2", "5": "II.2"}, need="3 4 5", alone=True)
_DEEMED = Item("deemedExecutionDate", {"4": "Deemed", "5": "Deemed"}, alone=True, spare=True)
_CODING = Item("transactionCoding", {"4": "Code", "5": "Code"})
_LATE_HOLDING = Item("transactionCoding", {"5": "Code"})
_TIMELINESS = Item(
    "transactionTimeliness", {"4": "V", "5": "Code"}, choices=("E", "L", ""), folded=True, spare=True, bare="5"
)
_AMOUNTS = Item("transactionAmounts", {"4": "Amount", "5": "Amount"}, need="4 5")
_EXERCISABLE = Item(
    "exerciseDate",
    {"3": "Date Exercisable", "4": "Date Exercisable", "5": "Date Exercisable"},
    need="3 4 5",
    alone=True,
)
_EXPIRATION = Item(
    "expirationDate", {"3": "Expiration Date", "4": "Expiration Date", "5": "Expiration Date"}, need="3 4 5", alone=True
)
_UNDERLYING = Item("underlyingSecurity", {"3": "II.3", "4": "II.7", "5": "II.7"}, need="3 4 5")
_OWNED = Item("postTransactionAmounts", {"3": "I.2", "4": "Owned", "5": "Owned"}, need="3 4 5")
_OWNED_II = Item("postTransactionAmounts", {"4": "II.9", "5": "II.9"}, need="4 5")
_NATURE = Item("ownershipNature", {"3": "Ownership", "4": "Ownership", "5": "Ownership"}, need="3 4 5")


class NonDerivativeTransaction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One transaction line of Table I (Forms 4 and 5)."""

    element: ClassVar[str] = "nonDerivativeTransaction"
    kind: ClassVar[str] = "transaction"
    on: ClassVar[str] = "4 5"

    title: Annotated[Noted[str] | None, _TITLE] = None
    transaction_date: Annotated[Noted[date] | None, Item("transactionDate", {"4": "I.2", "5": "I.2"}, need="4 5")] = (
        None
    )
    deemed_execution_date: Annotated[Noted[date] | None, _DEEMED] = None
    coding: Annotated[TransactionCoding | None, _CODING] = None
    timeliness: Annotated[Noted[str] | None, _TIMELINESS] = None
    amounts: Annotated[TransactionAmounts | None, _AMOUNTS] = None
    owned_after: Annotated[PostTransactionAmounts | None, _OWNED] = None
    ownership: Annotated[OwnershipNature | None, _NATURE] = None
    extra: Extra | None = None


class NonDerivativeHolding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One holding line of Table I."""

    element: ClassVar[str] = "nonDerivativeHolding"
    kind: ClassVar[str] = "holding"
    on: ClassVar[str] = "3 4 5"

    title: Annotated[Noted[str] | None, _TITLE] = None
    coding: Annotated[TransactionCoding | None, _LATE_HOLDING] = None
    owned_after: Annotated[PostTransactionAmounts | None, _OWNED] = None
    ownership: Annotated[OwnershipNature | None, _NATURE] = None
    extra: Extra | None = None


class DerivativeTransaction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One transaction line of Table II (Forms 4 and 5)."""

    element: ClassVar[str] = "derivativeTransaction"
    kind: ClassVar[str] = "transaction"
    on: ClassVar[str] = "4 5"

    title: Annotated[Noted[str] | None, _TITLE] = None
    conversion_or_exercise_price: Annotated[Noted[Decimal] | None, _CONVERSION] = None
    transaction_date: Annotated[Noted[date] | None, Item("transactionDate", {"4": "II.3", "5": "II.3"}, need="4 5")] = (
        None
    )
    deemed_execution_date: Annotated[Noted[date] | None, _DEEMED] = None
    coding: Annotated[TransactionCoding | None, _CODING] = None
    timeliness: Annotated[Noted[str] | None, _TIMELINESS] = None
    amounts: Annotated[TransactionAmounts | None, _AMOUNTS] = None
    exercise_date: Annotated[Noted[date] | None, _EXERCISABLE] = None
    expiration_date: Annotated[Noted[date] | None, _EXPIRATION] = None
    underlying: Annotated[UnderlyingSecurity | None, _UNDERLYING] = None
    owned_after: Annotated[PostTransactionAmounts | None, _OWNED_II] = None
    ownership: Annotated[OwnershipNature | None, _NATURE] = None
    extra: Extra | None = None


class DerivativeHolding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One holding line of Table II. Form 3 has no amount owned here: it is the underlying shares."""

    element: ClassVar[str] = "derivativeHolding"
    kind: ClassVar[str] = "holding"
    on: ClassVar[str] = "3 4 5"

    title: Annotated[Noted[str] | None, _TITLE] = None
    conversion_or_exercise_price: Annotated[Noted[Decimal] | None, _CONVERSION] = None
    coding: Annotated[TransactionCoding | None, _LATE_HOLDING] = None
    exercise_date: Annotated[Noted[date] | None, _EXERCISABLE] = None
    expiration_date: Annotated[Noted[date] | None, _EXPIRATION] = None
    underlying: Annotated[UnderlyingSecurity | None, _UNDERLYING] = None
    owned_after: Annotated[PostTransactionAmounts | None, _OWNED_II] = None
    ownership: Annotated[OwnershipNature | None, _NATURE] = None
    extra: Extra | None = None


class NonDerivativeSecurity(NonDerivativeTransaction, frozen=True, kw_only=True, gc=False):
    """One line of Table I as X0101 (May to July 2003) has it: directly under the root, price in transactionValue."""

    element: ClassVar[str] = "nonDerivativeSecurity"


class DerivativeSecurity(DerivativeTransaction, frozen=True, kw_only=True, gc=False):
    """One line of Table II as X0101 (May to July 2003) has it: directly under the root."""

    element: ClassVar[str] = "derivativeSecurity"


class NonDerivativeTable(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Table I: transactions and holdings in document order; may be empty."""

    element: ClassVar[str] = "nonDerivativeTable"

    rows: tuple[NonDerivativeTransaction | NonDerivativeHolding, ...] = ()
    extra: Extra | None = None


class DerivativeTable(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Table II: transactions and holdings in document order; may be empty."""

    element: ClassVar[str] = "derivativeTable"

    rows: tuple[DerivativeTransaction | DerivativeHolding, ...] = ()
    extra: Extra | None = None


Row = NonDerivativeTransaction | NonDerivativeHolding | DerivativeTransaction | DerivativeHolding


def is_transaction(row: Row) -> bool:
    """Whether a line tells of a transaction.

    X0101 has one element for transactions and holdings: a line of it is a holding if its transaction cells are empty.
    """
    if not isinstance(row, NonDerivativeSecurity | DerivativeSecurity):
        return row.kind == "transaction"
    cells: list[Noted[Any] | None] = [row.transaction_date, row.deemed_execution_date, row.timeliness]
    if row.amounts is not None:
        cells += [getattr(row.amounts, field.attribute) for field in plan(TransactionAmounts).fields]
    coded = row.coding is not None and (row.coding.code or "").strip() != ""
    return coded or any(cell is not None and ((cell.text or "").strip() or cell.footnotes) for cell in cells)
