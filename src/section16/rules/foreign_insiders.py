"""Insiders of foreign private issuers, who report since 18 March 2026.

Official texts: Holding Foreign Insiders Accountable Act; Release 34-104903 of 27 February 2026. A report doesn't say
whether its issuer is one; a foreign trading symbol (box 2a) is the only sign, so all this is said as a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from section16 import law
from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_ACT: Final = ("Holding Foreign Insiders Accountable Act", "Release 34-104903")


def _may_be_foreign(report: Report) -> bool:
    issuer = report.document.issuer
    return bool(issuer and (issuer.foreign_trading_symbol or "").strip())


@rule(
    "L-100",
    Severity.NOTE,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="Insiders of a foreign private issuer don't report transactions before 18 March 2026.",
    mend="Take the line out if the issuer was a foreign private issuer with a registered class then.",
    cites=_ACT,
    basis="guide",
)
def foreign_insiders_report_from_18_march_2026(report: Report) -> Iterator[Place]:
    """Issuers with a foreign symbol, lines before the day the Act took effect."""
    if not _may_be_foreign(report):
        return
    since = law.effective("foreign_insiders").since
    for line in report.transactions:
        if line.day and line.day < since:
            said = f"The transaction of {line.day} comes before {since}."
            yield report.column(line.part, "transactionDate", message=said)


@rule(
    "L-101",
    Severity.NOTE,
    Source.LAW,
    says="A mere ten-percent owner of a foreign private issuer owes no report.",
    mend="Nothing, unless the issuer isn't a foreign private issuer; check box 5 otherwise.",
    cites=("Rule 16a-2", *_ACT),
    basis="guide",
)
def a_ten_percent_owner_of_a_foreign_issuer_owes_no_report(report: Report) -> Iterator[Place]:
    """Issuers with a foreign symbol, owners with no other tie."""
    for owner in report.owners if _may_be_foreign(report) else ():
        tie = owner.record.relationship
        if tie and tie.is_ten_percent_owner and not (tie.is_director or tie.is_officer or tie.is_other):
            yield report.owner(owner, "reportingOwnerRelationship", "isTenPercentOwner")
