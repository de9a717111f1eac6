"""Reports that come late, by the SEC's calendar.

Official texts: Exchange Act s. 16(a)(2), Rule 16a-3(f) and (g), 17 CFR 240.0-3(a), 17 CFR 232.13(a). Where no filing
date is known, the last signature stands for it: a report isn't filed before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from section16 import law
from section16.codes import transaction_code
from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import SMALL_ACQUISITION, Transaction

_YEAR_TYPO: Final = timedelta(days=300)
"""How far a date must be off before a mistyped year is thought of."""
_PROMPT: Final = 10
"""Business days within which a report with the right year would have come."""
_NEVER_LATE: Final = timedelta(days=2)


def _handed_in(report: Report) -> tuple[date, str] | None:
    """The day of filing, of a report to be sent the day of judgement, or else of the last signature; with its verb."""
    if report.filed_on:
        return report.filed_on, "filed"
    if report.submitted and report.as_of:
        return report.as_of, "sent"
    return (report.signed_on, "signed") if report.signed_on else None


def _owed_on_form_4(line: Transaction) -> bool:
    """Whether the line had to be on a Form 4; not what is reported early, nor where the code leaves it open.

    A purchase of up to $10,000 may have been deferred as a small acquisition (Rule 16a-6).
    """
    code = transaction_code(line.code)
    if line.form_type != "4" or code is None or line.day is None or code.due_on(line.day)[:1] != "4":
        return False
    return line.code != "P" or line.worth is None or line.worth > SMALL_ACQUISITION


def _mistyped_year(report: Report, line: Transaction, handed_in: date) -> date | None:
    """The day a year later that would put a very late transaction in time, if there is one.

    None if the footnotes name the year: then it is meant.
    """
    if line.day is None or handed_in - line.day <= _YEAR_TYPO or str(line.day.year) in report.words:
        return None
    try:
        moved = line.day.replace(year=line.day.year + 1)
    except ValueError:  # 29 February
        return None
    late = handed_in - moved
    prompt = not moved > handed_in and late < _YEAR_TYPO and law.business_days_after(moved, handed_in) < _PROMPT
    return moved if prompt else None


def _late_days(report: Report) -> Iterator[tuple[Transaction, date, date, str]]:
    """The first line of each day that was reported late: with its due day, the day handed in, and the verb."""
    handed_in = _handed_in(report)
    if handed_in is None or not law.covered(handed_in[0]):
        return
    day, verb = handed_in
    seen = set()
    for line in report.transactions:
        if line.day is None or day - line.day <= _NEVER_LATE or (line.day, line.deemed) in seen:
            continue
        if not _owed_on_form_4(line) or not law.covered(line.day):
            continue
        seen.add((line.day, line.deemed))
        due = law.form_4_due(line.day, deemed=line.deemed)
        if day > due and _mistyped_year(report, line, day) is None:
            yield line, due, day, verb


def _told_later(report: Report, line: Transaction, day: date) -> bool:
    """Whether the report is in time if the administrator of a trading plan told the insider days after the trade."""
    planned = bool(report.document.aff10b5_one) or "10b5-1" in report.words or line.code == "I"
    if line.day is None or line.deemed is not None or not planned:
        return False
    return day <= law.form_4_due(line.day, deemed=law.latest_deemed_date(line.day))


@rule(
    "L-32",
    Severity.LAW,
    Source.LAW,
    on="4",
    says="The transaction is reported after its due day.",
    mend="Nothing in the report can be changed for that; the issuer names it under Item 405 of Regulation S-K. If the "
    "insider didn't choose the day of a plan's trade, give the deemed execution date in column 2A (Table II: 3A).",
    cites=("Exchange Act s. 16(a)(2)(C)", "Rule 16a-3(g)", "17 CFR 240.0-2"),
    basis="rule",
)
def a_transaction_is_reported_within_two_business_days(report: Report) -> Iterator[Place]:
    """Lines due on Form 4, each day once."""
    for line, due, day, verb in _late_days(report):
        if not _told_later(report, line, day):
            late = law.business_days_after(due, day)
            said = f"The transaction of {line.day} was due on {due}; the report was {verb} on {day}, {late} business "
            yield report.column(line.part, "transactionDate", message=f"{said}day{'s' * (late != 1)} late.")


@rule(
    "L-70",
    Severity.NOTE,
    Source.LAW,
    on="4",
    says="The transaction is reported in time only if the insider learned of it after the trade.",
    mend="If the plan's broker chose the day, give the day he told the insider as deemed execution date in column 2A "
    "(Table II: 3A).",
    cites="Rule 16a-3(g)(2) to (4)",
    basis="guide",
)
def a_plan_trade_reported_later_has_a_deemed_date(report: Report) -> Iterator[Place]:
    """Late lines that a notice of the plan's administrator would excuse."""
    for line, due, day, verb in _late_days(report):
        if _told_later(report, line, day):
            said = (
                f"The transaction of {line.day} was due on {due} and the report was {verb} on {day}: in time only if "
            )
            yield report.column(
                line.part, "transactionDate", message=f"{said}the insider learned of it after the trade."
            )


@rule(
    "L-71",
    Severity.LAW,
    Source.LAW,
    on="3",
    says="The Form 3 is later than ten days after the event.",
    mend="Check box 2: it holds the day on which the person became a director, officer or ten-percent owner. If it is "
    "right, the report is late.",
    cites=("Exchange Act s. 16(a)(2)(A) and (B)", "17 CFR 240.0-3(a)", "Release 34-104903"),
    basis="rule",
)
def a_form_3_comes_within_ten_days(report: Report) -> Iterator[Place]:
    """Judged by the longest time there is; at an issuer's first registration it is due at once."""
    event = report.document.period_of_report
    handed_in = _handed_in(report)
    if not event or not event.value or handed_in is None or not law.covered(event.value):
        return
    issuer = report.document.issuer
    due = law.form_3_due(event.value, foreign=bool(issuer and issuer.foreign_trading_symbol))
    day, verb = handed_in
    if day > due and law.covered(day):
        said = f"The event of {event.value} had to be reported by {due}; the report was {verb} on {day}."
        yield report.box("period_of_report", message=said)


@rule(
    "L-72",
    Severity.LAW,
    Source.LAW,
    on="5",
    says="The Form 5 is later than 45 days after the end of the fiscal year.",
    mend="Check box 3: it holds the last day of the issuer's fiscal year. If it is right, the report is late.",
    cites=("Rule 16a-3(f)", "17 CFR 240.0-3(a)"),
    basis="guide",
)
def a_form_5_comes_within_45_days(report: Report) -> Iterator[Place]:
    """The period of a Form 5 is the issuer's fiscal year end."""
    year_end = report.document.period_of_report
    handed_in = _handed_in(report)
    if not year_end or not year_end.value or handed_in is None or not law.covered(year_end.value):
        return
    due = law.form_5_due(year_end.value)
    day, verb = handed_in
    if day > due and law.covered(day):
        said = f"For the fiscal year that ended {year_end.value} the report was due on {due}; it was {verb} on {day}."
        yield report.box("period_of_report", message=said)


@rule(
    "AN-DATE-YEAR",
    Severity.ODD,
    Source.LIKELY,
    on="4",
    says="The year of the transaction looks mistyped.",
    mend="Check the year in column 2 (Table II: column 3).",
    cites="Experience: lag over 300 days that a year's change makes under ten business days",
    basis="derived",
)
def the_year_of_a_transaction_is_right(report: Report) -> Iterator[Place]:
    """Transactions about a year before the report."""
    handed_in = _handed_in(report)
    if handed_in is None or not law.covered(handed_in[0]):
        return
    for line in report.transactions:
        moved = _mistyped_year(report, line, handed_in[0]) if line.form_type == "4" else None
        if moved is not None:
            said = f"{line.day} is over 300 days away from the report; {moved} would fit."
            yield report.column(line.part, "transactionDate", message=said)


@rule(
    "L-38",
    Severity.NOTE,
    Source.LAW,
    says="Filing date and acceptance time don't agree.",
    mend="A Form 3, 4 or 5 counts as filed on the day it is sent until 22:00 Eastern time, later on the next business "
    "day; ask EDGAR Filer Support if the filing date is wrong.",
    cites="17 CFR 232.13(a)",
    basis="rule",
)
def the_filing_date_follows_from_the_time_of_acceptance(report: Report) -> Iterator[Place]:
    """Only where the container gives both."""
    if report.filed_on is None or report.accepted_at is None:
        return
    if not law.covered(report.filed_on) or not law.covered(report.accepted_at.date()):
        return
    expected = law.filing_day(report.accepted_at)
    if expected != report.filed_on:
        accepted = report.accepted_at.strftime("%Y-%m-%d %H:%M")
        said = f"Accepted {accepted} Eastern time, it counts as filed on {expected}; the header says {report.filed_on}."
        yield Place("Filing date", None, said)
