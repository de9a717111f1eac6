"""Reports that come late, by the SEC's calendar.

Official texts: Exchange Act s. 16(a)(2), Rule 16a-3(f) and (g), 17 CFR 240.0-3(a), 17 CFR 232.13(a). Where no filing
date is known, the last signature stands for it: a report isn't filed before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from section16 import law
from section16.codes import transaction_code
from section16.findings import Severity, Source
from section16.law import Dealing, LineDue, LineFacts, Timeliness, Waiting
from section16.law.fiscal_years import year_end_of
from section16.law.matching_codes import ENDS_WAITING, MAY_WAIT
from section16.rules.forms_3_and_5 import is_another_day
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Transaction

_NEVER_LATE: Final = timedelta(days=2)
_AFTER_MONTH_END: Final = 8
_BEFORE_MONTH_END: Final = 21
"""Between these days of a month no fiscal year ends, even one of 52 or 53 weeks."""


def _handed_in(report: Report) -> tuple[date, str] | None:
    """The day of filing, of a report to be sent the day of judgement, or else of the last signature; with its verb."""
    if report.filed_on:
        return report.filed_on, "filed"
    if report.submitted and report.as_of:
        return report.as_of, "sent"
    return (report.signed_on, "signed") if report.signed_on else None


def _due(report: Report, line: Transaction) -> LineDue:
    """When the line was due, by its facts and its report's; the same for lateness reports."""
    code = transaction_code(line.code)
    ends = [filer.fiscal_year_end for filer in report.filing.filers if filer.role == "issuer"]
    facts = LineFacts(
        code=line.code,
        owed_on=None if code is None or line.day is None else code.due_on(line.day),
        direction=line.direction,
        traded=line.day,
        deemed=line.deemed,
        form_type=line.form_type,
        planned=_is_planned(report, line),
        waiting=_waiting(report, line),
        year_end=year_end_of(line.day, ends[0]) if ends and line.day and law.countable(line.day) else None,
        foreign=bool(report.document.issuer and (report.document.issuer.foreign_trading_symbol or "").strip()),
    )
    return law.line_due(facts)


def _waiting(report: Report, line: Transaction) -> Waiting | None:
    """What Rule 16a-6 makes of a purchase among the trades of its report in the same class."""
    if line.code not in MAY_WAIT or line.direction != "A" or line.day is None:
        return None
    same = [one for one in report.transactions if (one.table, one.security.title) == (line.table, line.security.title)]
    acquired = [one for one in same if one.code in MAY_WAIT and one.direction == "A" and one.day]
    ends = [one for one in same if one.code in ENDS_WAITING and one.direction == "D" and one.day]
    dealings = [Dealing(one.day, acquired=True, worth=_worth(one)) for one in acquired if one.day]
    dealings += [Dealing(one.day, acquired=False) for one in ends if one.day]
    return law.waiting(dealings)[acquired.index(line)]


def _worth(line: Transaction) -> Decimal | None:
    return line.shares if line.in_dollars else line.worth


def _is_planned(report: Report, line: Transaction) -> bool:
    return bool(report.document.aff10b5_one) or "10b5-1" in report.words or line.code == "I"


def _mistyped_year(report: Report, line: Transaction, handed_in: date) -> date | None:
    """The day a year later that would put a very late transaction in time, if there is one.

    None if the footnotes name the year: then it is meant.
    """
    if line.day is None or str(line.day.year) in report.words:
        return None
    return law.likely_year(line.day, handed_in)


def _late_days(report: Report) -> Iterator[tuple[Transaction, LineDue, date, str]]:
    """The first line of each day that was not surely in time: with its due days, the day handed in, and the verb."""
    handed_in = _handed_in(report)
    if handed_in is None or not law.covered(handed_in[0]):
        return
    day, verb = handed_in
    seen = set()
    for line in report.transactions:
        if line.day is None or day - line.day <= _NEVER_LATE or not law.covered(line.day):
            continue
        due = _due(report, line)
        if due.judge(day) is Timeliness.ON_TIME or (line.day, due.earliest, due.latest) in seen:
            continue
        seen.add((line.day, due.earliest, due.latest))
        if _mistyped_year(report, line, day) is None:
            yield line, due, day, verb


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
    """Lines due on Form 4, or on a Form 5 that is past too; each day once."""
    for line, due, day, verb in _late_days(report):
        if due.judge(day) is Timeliness.LATE and due.latest is not None:
            late = law.business_days_after(due.latest, day)
            form = " on Form 5" if due.form == "5" else ""
            said = (
                f"The transaction of {line.day} was due{form} on {due.latest}; the report was {verb} on {day}, {late} "
            )
            yield report.column(line.part, "transactionDate", message=f"{said}business day{'s' * (late != 1)} late.")


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
        if line.deemed is not None or due.form != "4" or line.form_type != "4" or not _is_planned(report, line):
            continue
        if line.day is not None and day <= law.form_4_due(line.day, deemed=law.latest_deemed_date(line.day)):
            said = f"The transaction of {line.day} was due on {due.earliest} and the report was {verb} on {day}"
            message = f"{said}: in time only if the insider learned of it after the trade."
            yield report.column(line.part, "transactionDate", message=message)


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
    """The period of a Form 5 is the issuer's fiscal year end: near the end of a month, and what the header says."""
    year_end = report.document.period_of_report
    handed_in = _handed_in(report)
    if not year_end or not year_end.value or handed_in is None or not law.covered(year_end.value):
        return
    if _AFTER_MONTH_END < year_end.value.day < _BEFORE_MONTH_END or is_another_day(report):
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
