"""Reports made for the engines: only what a test is about has to be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest

from section16.edgar.containers import Filer
from section16.form.cells import Noted, Plain
from section16.form.document import Issuer, OwnershipDocument, ReportingOwner, ReportingOwnerId
from section16.form.rows import (
    DerivativeTable,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTable,
    NonDerivativeTransaction,
    OwnershipNature,
    PostTransactionAmounts,
    TransactionAmounts,
    TransactionCoding,
)
from section16.reading import Filing, SourceKind

Line = NonDerivativeTransaction | NonDerivativeHolding | DerivativeTransaction
MakeLine = Callable[..., Line]
MakeFiling = Callable[..., Filing]


def _day(text: str) -> Noted[date]:
    return Noted(value=date.fromisoformat(text), text=text)


def _number(text: str) -> Noted[Decimal]:
    return Noted(value=Decimal(text), text=text)


def _word(text: str) -> Noted[str]:
    return Noted(value=text, text=text)


def _line(  # noqa: PLR0913 - a line has as many cells
    traded: str,
    code: str = "S",
    shares: str = "100",
    *,
    direction: str = "",
    price: str = "10",
    table: str = "I",
    form_type: str = "4",
    timeliness: str = "",
    title: str = "Common Stock",
) -> Line:
    kind = NonDerivativeTransaction if table == "I" else DerivativeTransaction
    return kind(
        title=_word(title),
        transaction_date=_day(traded),
        coding=TransactionCoding(form_type=form_type, code=code, equity_swap=Plain(value=False, text="0")),
        timeliness=_word(timeliness) if timeliness else None,
        amounts=TransactionAmounts(
            shares=_number(shares),
            price_per_share=_number(price),
            acquired_disposed=_word(direction or ("A" if code in {"P", "A", "M", "L", "W"} else "D")),
        ),
        owned_after=PostTransactionAmounts(shares_owned=_number("1000")),
        ownership=OwnershipNature(direct_or_indirect=_word("D")),
    )


def _holding(shares: str = "1000", *, form_type: str = "") -> Line:
    return NonDerivativeHolding(
        title=_word("Common Stock"),
        coding=TransactionCoding(form_type=form_type) if form_type else None,
        owned_after=PostTransactionAmounts(shares_owned=_number(shares)),
        ownership=OwnershipNature(direct_or_indirect=_word("D")),
    )


def _filing(
    *lines: Line,
    filed: str | None,
    form: str = "4",
    period: str | None = None,
    original: str | None = None,
    owners: Sequence[tuple[str, str]] = (("0009990002", "MERROW ADA T"),),
    issuer: tuple[str, str, str] = ("0009990001", "Lantern & Quay Corp", "LNQY"),
    number: int = 1,
    year_end: str | None = "1231",
) -> Filing:
    ones = tuple(line for line in lines if not isinstance(line, DerivativeTransaction))
    twos = tuple(line for line in lines if isinstance(line, DerivativeTransaction))
    traded = [line.transaction_date.text for line in lines if getattr(line, "transaction_date", None)]  # type: ignore[union-attr]
    said = period or min((one for one in traded if one), default="2025-12-31")
    document = OwnershipDocument(
        document_type=form,
        period_of_report=Plain(value=date.fromisoformat(said), text=said),
        date_of_original_submission=Plain(value=date.fromisoformat(original), text=original) if original else None,
        issuer=Issuer(cik=issuer[0], name=issuer[1], trading_symbol=issuer[2]),
        reporting_owners=tuple(ReportingOwner(id=ReportingOwnerId(cik=cik, name=name)) for cik, name in owners),
        non_derivative_table=NonDerivativeTable(rows=ones) if ones else None,
        derivative_table=DerivativeTable(rows=twos) if twos else None,
    )
    return Filing(
        document=document,
        kind=SourceKind.FULL_TEXT,
        accession=f"0009990001-25-{number:06}",
        form_type=form,
        filed_on=date.fromisoformat(filed) if filed else None,
        filers=(Filer(role="issuer", cik=issuer[0], fiscal_year_end=year_end),),
    )


@pytest.fixture(scope="session")
def line() -> MakeLine:
    """A transaction line: `line("2025-03-03", "S", "100")`."""
    return _line


@pytest.fixture(scope="session")
def holding() -> Callable[..., Line]:
    """A holding line of Table I."""
    return _holding


@pytest.fixture(scope="session")
def filing() -> MakeFiling:
    """A filing of lines: `filing(line, filed="2025-03-05")`; a Form 4 of one person unless told."""
    return _filing
