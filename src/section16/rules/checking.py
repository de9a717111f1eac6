"""All rules over one report: judged as what, by which edition, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Literal

from section16.errors import UsageError, excerpt
from section16.findings import Finding, Severity, Source
from section16.form.edition import Look
from section16.reading import Filing, SourceKind
from section16.rules.catalogue import rules
from section16.rules.lines import Lines
from section16.rules.report import CURRENT_SCHEMA, Report
from section16.rules.rule import Place, Rule
from section16.rules.structure_plan import Era


class Judged(StrEnum):
    """As what a report is judged."""

    SUBMISSION = "submission"
    DISSEMINATED = "disseminated"


_KNOWN_SINCE = date(2008, 6, 23)
"""The day on which version 2 of EDGAR's specification of ownership documents took effect."""
_PUBLISHED = frozenset({SourceKind.FULL_TEXT, SourceKind.NC, SourceKind.HTML})
_VERSION_OF_LOOK = {Look.Y2003: "X0306", Look.Y2023_03: "X0407", Look.Y2023_07: "X0508"}


def judged_as(filing: Filing) -> Judged:
    """Disseminated: full submissions, `.nc`, the SEC's HTML, and what has a schema version, which EDGAR inserts."""
    if filing.kind is SourceKind.SUBMISSION_FILE:
        return Judged.SUBMISSION
    published = filing.kind in _PUBLISHED or filing.edition is not None or _says_version_twice(filing)
    return Judged.DISSEMINATED if published else Judged.SUBMISSION


def _says_version_twice(filing: Filing) -> bool:
    """Of two schema versions the reader keeps both as they stand, and knows none."""
    extra = filing.document.extra
    return extra is not None and any(other.xml.startswith("<schemaVersion") for other in extra.other)


def report_of(filing: Filing, as_: str | None = None, edition: str | None = None, as_of: date | None = None) -> Report:
    """The report under judgement. `edition` is `own` (default for disseminated) or `current` (default otherwise).

    Raises UsageError for other words.
    """
    judged = judged_as(filing) if as_ is None else next((one for one in Judged if one.value == as_), None)
    if judged is None:
        raise UsageError("USAGE", f"{excerpt(str(as_))!r} is neither submission nor disseminated")
    chosen = edition or ("own" if judged is Judged.DISSEMINATED else "current")
    if chosen not in {"own", "current"}:
        raise UsageError("USAGE", f"{excerpt(chosen)!r} is neither own nor current")
    version = CURRENT_SCHEMA if chosen == "current" else _own_version(filing)
    return Report(filing, submitted=judged is Judged.SUBMISSION, schema_version=version, as_of=as_of)


def _own_version(filing: Filing) -> str:
    """The schema version a report was made by; of one that doesn't say, the last one of its shape and look."""
    if filing.edition is not None:
        return filing.edition
    if filing.document.non_derivative_securities or filing.document.derivative_securities:
        return "X0101"
    look = filing.drawn_look()
    if look is Look.Y2003 and filing.document.form == "3":
        return "X0206"
    return _VERSION_OF_LOOK.get(look, CURRENT_SCHEMA)


def check(
    filing: Filing, *, as_: str | None = None, edition: str | None = None, as_of: date | None = None
) -> list[Finding]:
    """Return all findings of one report, in the order of the catalogue and then of the document.

    `as_`: `submission` or `disseminated`; `edition`: `own` or `current`; the defaults follow from the source (see
    `judged_as`). `as_of`: the day on which what is still to be sent is judged: whether it is late, or speaks of the
    future. Raises UsageError for other words.
    """
    return findings_of(report_of(filing, as_, edition, as_of), _alone())


@cache
def _alone() -> tuple[Rule, ...]:
    """The rules that need no other report."""
    return tuple(rule for rule in rules() if not rule.between)


def findings_of(report: Report, judged_by: Iterable[Rule]) -> list[Finding]:
    """Return what some rules find in a report."""
    lines = Lines(report.filing)
    return [
        _finding(rule, place, lines, report)
        for rule in judged_by
        if _speaks_of(rule, report)
        for place in rule.find(report)
    ]


def _speaks_of(rule: Rule, report: Report) -> bool:
    if rule.submitted and not report.submitted:
        return False
    return report.form is None or report.document_type in rule.on


def _finding(rule: Rule, place: Place, lines: Lines, report: Report) -> Finding:
    source = place.source or rule.source
    doubtful = source is Source.EDGAR and rule.severity is Severity.SUSPEND and _is_of_the_first_years(report)
    return Finding(
        rule=rule.id,
        severity=Severity.ODD if doubtful else rule.severity,
        source=source,
        where=place.where,
        path=place.path,
        line=lines.of(place.path) if place.path else None,
        message=place.message or rule.says,
        mend=place.mend or rule.mend,
        basis=rule.basis,
        cites=rule.cites,
    )


def _is_of_the_first_years(report: Report) -> bool:
    """Whether a published report is judged by an edition of before June 2008: what EDGAR refused then isn't known."""
    if report.submitted or report.era > Era.X0201:
        return False
    period = report.document.period_of_report
    day = report.filed_on or report.signed_on or (period.value if period else None)
    return report.era is Era.X0101 or (day is not None and day < _KNOWN_SINCE)


def verdict(findings: Iterable[Finding]) -> Literal["accept", "suspend"]:
    """`suspend` if EDGAR would refuse the report."""
    return "suspend" if any(finding.severity is Severity.SUSPEND for finding in findings) else "accept"
