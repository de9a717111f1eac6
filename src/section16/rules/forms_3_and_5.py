"""Form 3 and Form 5 as a whole: what the boxes of the header say against the lines, and against the issuer's year.

Official texts: Form 3, explanation of responses ("no securities are beneficially owned"); Form 5, box 3 (statement for
the issuer's fiscal year ended); Rule 16a-3(f)(1).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.unread import holds_unread

_WEEKS: Final = timedelta(days=10)
"""How far a year of 52 or 53 weeks may end from the day that EDGAR's header names."""


@rule(
    "L-36",
    Severity.ODD,
    Source.LIKELY,
    on="3 3/A",
    says="The report says that no securities are owned, but it lists holdings.",
    mend="Take the holdings away, or the mark; EDGAR sets the mark itself where both tables are empty.",
    cites="Form 3, explanation of responses: no securities are beneficially owned",
    basis="seen",
)
def no_securities_owned_lists_none(report: Report) -> Iterator[Place]:
    """The mark beside lines in either table."""
    mark = report.document.no_securities_owned
    if mark and mark.value and report.lines:
        count = len(report.lines)
        said = f"'No securities are beneficially owned' is marked beside {count} line{'s' * (count > 1)} of holdings."
        yield report.box("no_securities_owned", message=said)


@rule(
    "L-122",
    Severity.ODD,
    Source.LIKELY,
    on="3 3/A",
    says="The report lists no holding and doesn't say that no securities are owned.",
    mend="Add the lines of Tables I and II; if the person owns nothing, the mark noSecuritiesOwned is 1.",
    cites="Form 3, explanation of responses: no securities are beneficially owned",
    basis="derived",
)
def an_empty_form_3_says_so(report: Report) -> Iterator[Place]:
    """Published with the mark at no; a draft leaves the mark to EDGAR, which sets it where both tables are empty."""
    document = report.document
    mark = document.no_securities_owned
    if report.submitted or report.lines or mark is None or mark.value is not False:
        return
    parts = (document, document.non_derivative_table, document.derivative_table)
    if not any(holds_unread(part) for part in parts):
        said = "No line in Table I or II, but 'no securities are beneficially owned' isn't marked."
        yield report.box("no_securities_owned", message=said)


@rule(
    "L-37",
    Severity.ODD,
    Source.LAW,
    on="5 5/A",
    says="Box 3 isn't the end of the issuer's fiscal year.",
    mend="Enter the last day of the issuer's fiscal year, not that of a transaction. If the issuer changed its year, "
    "leave it.",
    cites=("Form 5, box 3: statement for issuer's fiscal year ended", "Rule 16a-3(f)(1)"),
    basis="guide",
)
def a_form_5_ends_with_the_fiscal_year(report: Report) -> Iterator[Place]:
    """Against the year end in the header of a published submission; a year of 52 or 53 weeks ends some days off."""
    period = report.document.period_of_report
    if period and is_another_day(report):
        end = _known_year_ends(report)[1]
        said = f"Box 3 says {period.value}; by EDGAR's header the issuer's fiscal year ends on {end.day} {end:%B}."
        yield report.box("period_of_report", message=said)


def is_another_day(report: Report) -> bool:
    """Whether the period of report is known not to be the end of the issuer's fiscal year."""
    period, ends = report.document.period_of_report, _known_year_ends(report)
    return bool(period and period.value and ends and all(abs(end - period.value) > _WEEKS for end in ends))


def _known_year_ends(report: Report) -> list[date]:
    """The ends of the fiscal years around the period, by the header's `MMDD`; empty if there is no such day."""
    period = report.document.period_of_report
    issuer = next((filer for filer in report.filing.filers if filer.role == "issuer"), None)
    if period is None or period.value is None or issuer is None or not issuer.fiscal_year_end:
        return []
    month_and_day, year = issuer.fiscal_year_end, period.value.year
    try:
        month, day = int(month_and_day[:2]), int(month_and_day[2:])
        return [date(each, month, 28 if (month, day) == (2, 29) else day) for each in (year - 1, year, year + 1)]
    except ValueError:
        return []
