"""Filings brought together: each report once, in an order that doesn't depend on how they came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from section16.positions.lines import ReportFacts, report_facts
from section16.reading.filing import Filing

_UNKNOWN: Final = "sha256:"


def distinct(filings: Iterable[Filing]) -> list[tuple[ReportFacts, Filing]]:
    """Each report once, in the order of `ReportFacts.order`.

    The same accession number is the same report; the copy that tells more of its filing is kept. What has no accession
    number is the same report as any that says the same in every element. Reports of no issuer or owner are left out:
    they belong to nobody's position.
    """
    given = sorted(((report_facts(filing), filing) for filing in filings), key=_fullest_first)
    kept: dict[str, tuple[ReportFacts, Filing]] = {}
    documents = set()
    for report, filing in given:
        if not report.issuer or not report.owners or report.id in kept:
            continue
        if report.accession is None and filing.document in documents:
            continue
        documents.add(filing.document)
        kept[report.id] = report, filing
    return sorted(kept.values(), key=lambda one: one[0].order)


def _fullest_first(one: tuple[ReportFacts, Filing]) -> tuple[bool, bool, bool, str, str]:
    """With accession number, acceptance and filing date first; copies of one report by their bytes."""
    report, filing = one
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL; a single report needs no digest

    unsaid = report.accession is None, report.accepted_at is None, report.filed_on is None
    return *unsaid, report.id, report.id if report.id.startswith(_UNKNOWN) else sha256(filing.content).hexdigest()
