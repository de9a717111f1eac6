"""Lines of X0101 (May to July 2003): one element for transactions and holdings."""

from __future__ import annotations

import pytest

from section16.form.cells import Noted
from section16.form.rows import (
    DerivativeSecurity,
    NonDerivativeHolding,
    NonDerivativeSecurity,
    NonDerivativeTransaction,
    TransactionAmounts,
    TransactionCoding,
    is_transaction,
)


@pytest.mark.parametrize(
    "row",
    [
        NonDerivativeSecurity(),
        NonDerivativeSecurity(transaction_date=Noted(text=" "), coding=TransactionCoding(code="")),
        NonDerivativeSecurity(amounts=TransactionAmounts(shares=Noted())),
        DerivativeSecurity(exercise_date=Noted(text="2003-06-01"), coding=TransactionCoding(form_type="3")),
        NonDerivativeHolding(),
    ],
)
def test_a_line_with_empty_transaction_cells_is_a_holding(
    row: NonDerivativeSecurity | DerivativeSecurity | NonDerivativeHolding,
) -> None:
    assert not is_transaction(row)


@pytest.mark.parametrize(
    "row",
    [
        NonDerivativeSecurity(transaction_date=Noted(text="soon")),
        NonDerivativeSecurity(coding=TransactionCoding(code="S")),
        NonDerivativeSecurity(amounts=TransactionAmounts(transaction_value=Noted(footnotes=("F1",)))),
        DerivativeSecurity(timeliness=Noted(text="L")),
        NonDerivativeTransaction(),
    ],
)
def test_a_line_with_anything_of_a_transaction_is_one(
    row: NonDerivativeSecurity | DerivativeSecurity | NonDerivativeTransaction,
) -> None:
    assert is_transaction(row)
