"""A drafted report as the document that everything else reads: checked, drawn, converted like any other.

Issuer, reporting persons and signatures are not the broker's to know: they come from an earlier report of the person,
where one is given, and stay away where none is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

import msgspec

from section16.compliance.fills.lines import FillLine
from section16.compliance.fills.numbers import rounded, shares_text
from section16.compliance.fills.reports import FillReport
from section16.form.cells import Noted, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument, ReportingOwner
from section16.form.rows import (
    NonDerivativeTable,
    NonDerivativeTransaction,
    OwnershipNature,
    PostTransactionAmounts,
    TransactionAmounts,
    TransactionCoding,
)
from section16.law.aggregation import form_limits

T = TypeVar("T")


def draft(report: FillReport, like: OwnershipDocument | None = None) -> OwnershipDocument:
    """The report as a Form 4, unsigned; issuer and reporting persons are those of `like`."""
    notes = tuple(Footnote(id=note.id, text=note.text) for note in report.footnotes)
    return OwnershipDocument(
        document_type="4",
        period_of_report=Plain(value=report.period_of_report, text=str(report.period_of_report)),
        issuer=like.issuer if like else None,
        reporting_owners=tuple(_without_code(owner) for owner in like.reporting_owners) if like else (),
        aff10b5_one=Plain(value=True, text="1") if report.plan_box else None,
        non_derivative_table=NonDerivativeTable(rows=tuple(_row(line) for line in report.lines)),
        footnotes=Footnotes(rows=notes) if notes else None,
        remarks=report.remarks,
    )


def _without_code(owner: ReportingOwner) -> ReportingOwner:
    """A reporting person without the confirmation code, which no draft carries on."""
    if owner.id is None or owner.id.ccc is None:
        return owner
    return msgspec.structs.replace(owner, id=msgspec.structs.replace(owner.id, ccc=None))


def _row(line: FillLine) -> NonDerivativeTransaction:
    price = Noted(value=Decimal(line.price), text=line.price, footnotes=line.price_footnotes)
    owned = None if line.owned_after is None else PostTransactionAmounts(shares_owned=_number(line.owned_after))
    return NonDerivativeTransaction(
        title=_cell(line.security, line.security),
        transaction_date=_cell(line.traded, str(line.traded)),
        coding=TransactionCoding(
            form_type="4", code=line.code, equity_swap=Plain(value=False, text="0"), footnotes=line.code_footnotes
        ),
        amounts=TransactionAmounts(
            shares=_number(line.shares),
            price_per_share=price,
            acquired_disposed=_cell(line.acquired_disposed, line.acquired_disposed),
        ),
        owned_after=owned,
        ownership=OwnershipNature(
            direct_or_indirect=_cell(line.ownership, line.ownership),
            nature=_cell(line.nature, line.nature) if line.nature else None,
        ),
    )


def _number(number: Decimal) -> Noted[Decimal]:
    kept = rounded(number, form_limits().decimals)
    return Noted(value=kept, text=shares_text(kept))


def _cell(value: T, text: str) -> Noted[T]:
    return Noted(value=value, text=text)
