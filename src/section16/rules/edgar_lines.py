"""EDGAR's business rules for the lines of Tables I and II."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from section16.findings import Severity, Source
from section16.form.cells import Noted
from section16.form.rows import is_transaction
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.unread import holds_unread

_NATURE: Final = ("ownershipNature", "natureOfOwnership")
_TIMELINESS: Final = "transactionTimeliness"


@rule(
    "R-ROW-9",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The line does not say how much of the underlying security the derivative stands for.",
    mend="Give underlyingSecurityShares or underlyingSecurityValue: a number, or a footnote that explains it.",
    cites=specification("underlyingSecurity: exactly one of shares and value"),
    basis="spec",
)
def derivative_has_underlying_shares_or_value(report: Report) -> Iterator[Place]:
    """Neither shares nor value inside `underlyingSecurity`."""
    for line in report.lines_2:
        underlying = line.record.underlying
        if underlying and underlying.shares is None and underlying.value is None:
            yield report.column(line, "underlyingSecurity", "underlyingSecurityShares")


@rule(
    "R-ROW-11",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The line is held directly (D), but names a nature of indirect ownership.",
    mend="Clear the nature of indirect ownership, or set the ownership form to I.",
    cites=specification("ownershipNature: natureOfOwnership carries no value if direct"),
    basis="spec",
)
def direct_ownership_names_no_nature(report: Report) -> Iterator[Place]:
    """D with a nature that is not blank."""
    for line in report.lines:
        ownership = line.record.ownership
        if ownership and _value(ownership.direct_or_indirect) == "D" and _value(ownership.nature):
            yield report.column(line, *_NATURE)


@rule(
    "R-ROW-12",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The line is held indirectly (I), but the nature of indirect ownership is empty.",
    mend='Write through whom it is held (for example "By spouse"), or set the ownership form to D.',
    cites=specification("ownershipNature: natureOfOwnership is mandatory if indirect"),
    basis="spec",
    aliases="L-40 DQ-INDIRECT-NATURE",
)
def indirect_ownership_names_its_nature(report: Report) -> Iterator[Place]:
    """I without a nature, or with a blank one; where something there could not be read, that is the fault."""
    for line in report.lines:
        ownership = line.record.ownership
        if ownership is None or holds_unread(ownership) or holds_unread(ownership.nature):
            continue
        if _value(ownership.direct_or_indirect) == "I" and not _value(ownership.nature):
            yield report.column(line, *_NATURE)


@rule(
    "R-ROW-14",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The transaction has no code.",
    mend="Add transactionCoding with transactionFormType, transactionCode and equitySwapInvolved.",
    cites=specification("transactionCoding: mandatory on a transaction"),
    basis="spec",
    on="4 4/A 5 5/A",
)
def transaction_has_a_coding(report: Report) -> Iterator[Place]:
    """The group as a whole; the schema lets it be missing. A misspelt or misplaced one is found by its name."""
    for line in report.lines:
        if is_transaction(line.record) and line.record.coding is None and not holds_unread(line.record):
            yield report.column(line, "transactionCoding")


def unfit_timeliness(report: Report) -> Iterator[Place]:
    """E on Form 4, L on Form 5, nothing else: EDGAR's half of R-TIM. The schema's pattern takes `|`, EDGAR doesn't."""
    usual = "E" if report.form == "4" else "L"
    for line in report.lines:
        said = _value(line.record.timeliness) if is_transaction(line.record) else ""
        if said and said != usual:
            message = f"Timeliness {said[:10]!r} is not taken on Form {report.form}."
            mend = f"Write {usual}, or leave it empty if the line is on time."
            place = report.column(line, _TIMELINESS, message=message, mend=mend)
            yield msgspec.structs.replace(place, source=Source.EDGAR)


@rule(
    "R-TIM-2",
    Severity.ODD,
    Source.EDGAR,
    says="The line is due on Form 4 and so on time, but is marked early.",
    mend="Clear the timeliness, or set the form type to 5 if the line is reported early of free will.",
    cites=specification("transactionTimeliness: should be empty for form type 4 on Form 4"),
    basis="spec",
    on="4 4/A",
)
def line_due_on_form_4_is_not_early(report: Report) -> Iterator[Place]:
    """E beside form type 4; EDGAR is seen to take it."""
    for line in report.lines:
        if not is_transaction(line.record) or line.record.coding is None:
            continue
        if line.record.coding.form_type == "4" and _value(line.record.timeliness) == "E":
            yield report.column(line, _TIMELINESS)


def _value(cell: Noted[str] | None) -> str:
    return (cell.text or "").strip() if cell else ""
