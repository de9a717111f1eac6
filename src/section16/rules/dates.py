"""Dates against one another: transaction, deemed execution, period, signature, filing, exercise and expiration.

Official texts: Form 4, General Instructions 1 and 4 and box 3; Rule 16a-3(g)(2) to (4) (deemed execution date).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from section16 import law
from section16.findings import Severity, Source
from section16.form.cells import Noted
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Transaction

_BOX_3: Final = "Form 4, box 3: date of earliest transaction"
_DEEMED: Final = ("Rule 16a-3(g)(2) to (4)", "Form 4, column 2A")
_PLACEHOLDER: Final = date(1988, 8, 8)
_PART: Final = re.compile(r"\b(?:[1-9]|one|two|three|first|second|third) of (?:[2-9]|two|three|four)\b|continuation")
"""Words of reports that go on in another one, or began there."""
_LIVE: Final = frozenset({"M", "X", "O", "C"})
"""Codes that need a derivative security which hasn't expired."""


def _day(report: Report, line: Transaction, message: str) -> Place:
    return report.column(line.part, "transactionDate", message=message)


@rule(
    "L-30",
    Severity.LAW,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The transaction is dated after the report was filed.",
    mend="Correct the date in column 2 (Table II: column 3); it is mostly the year.",
    cites="Exchange Act s. 16(a)(2)(C): a report follows its transaction",
    basis="guide",
    aliases="AN-DATE-FUTURE",
)
def a_transaction_is_not_after_its_filing(report: Report) -> Iterator[Place]:
    """Lines after the filing date, but for those reported early (form type 5)."""
    filed = report.filed_on
    if filed is None:
        return
    for line in report.transactions:
        if line.day and line.day > filed and line.form_type != "5":
            yield _day(report, line, f"The transaction of {line.day} is reported in a filing of {filed}.")


@rule(
    "L-35",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The report is signed before the last transaction in it.",
    mend="Check the date beside the signature and the dates of the transactions.",
    cites="Experience: a report is signed when it is complete",
    basis="derived",
)
def a_report_is_signed_after_its_transactions(report: Report) -> Iterator[Place]:
    """Compared with the last signature; what lies after the filing date too is another rule's."""
    signed, filed = report.signed_on, report.filed_on
    if signed is None:
        return
    for line in report.transactions:
        if line.day and line.day > signed and not (filed and line.day > filed) and line.form_type != "5":
            yield _day(report, line, f"The transaction of {line.day} comes after the signature of {signed}.")
            return


@rule(
    "L-73",
    Severity.ODD,
    Source.LIKELY,
    says="The signature is dated after the filing.",
    mend="Check the date beside the signature.",
    cites="17 CFR 232.302(b): signed before or at the time of filing",
    basis="rule",
)
def a_signature_is_not_after_the_filing(report: Report) -> Iterator[Place]:
    """Each signature; the filing date is that of the header."""
    for part in report.signatures if report.filed_on else ():
        signed = part.record.date.value if part.record.date else None
        if signed and report.filed_on and signed > report.filed_on:
            said = f"Signed on {signed}, filed on {report.filed_on}."
            yield Place(f"{part.place}, date", f"{part.path}/signatureDate", said)


@rule(
    "L-34",
    Severity.LAW,
    Source.LAW,
    on="4 4/A",
    says="Box 3 isn't the date of the earliest transaction.",
    mend="Enter the earliest date of column 2 of Table I and column 3 of Table II; if the date of a line is wrong, "
    "correct that.",
    cites=_BOX_3,
    basis="guide",
    aliases="AN-PERIOD",
)
def the_period_is_the_earliest_transaction(report: Report) -> Iterator[Place]:
    """Lines reported early or late may be left out; an amendment, or a second part, may show only some lines."""
    period = report.document.period_of_report
    days = [line.day for line in report.transactions if line.day]
    if not period or not period.value or not days or period.value in _allowed(report):
        return
    earliest = min(days)
    if period.value < earliest and (report.document.is_amendment or _PART.search(report.words)):
        return
    said = f"Box 3 says {period.value}; the earliest transaction is of {earliest}."
    yield report.box("period_of_report", message=said)


def _allowed(report: Report) -> set[date]:
    """The earliest transaction of all, the earliest that was due on Form 4, and their deemed dates."""
    owed = [line for line in report.transactions if line.form_type != "5"]
    groups = [report.transactions, owed]
    traded = {min(days) for lines in groups if (days := [line.day for line in lines if line.day])}
    told = [[line.deemed or line.day for line in lines] for lines in groups]
    return traded | {min(days) for lines in told if (days := [day for day in lines if day])}


@rule(
    "L-33",
    Severity.LAW,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The deemed execution date can't be.",
    mend="Column 2A (Table II: 3A) is the day on which the insider was told of a trade whose day he didn't choose: at "
    "most three business days after it. Leave it empty for any other transaction.",
    cites=_DEEMED,
    basis="guide",
)
def a_deemed_date_follows_its_trade_closely(report: Report) -> Iterator[Place]:
    """Before the trade, or more than three business days after it."""
    for line in report.transactions:
        if line.deemed is None or line.day is None or line.deemed == line.day or not law.covered(line.day):
            continue
        latest = law.latest_deemed_date(line.day)
        if line.deemed < line.day:
            said = f"Deemed executed on {line.deemed}, before the trade of {line.day}."
        elif line.deemed > latest:
            said = f"Deemed executed on {line.deemed}; for a trade of {line.day} it can be {latest} at the latest."
        else:
            continue
        yield report.column(line.part, "deemedExecutionDate", message=said)


@rule(
    "L-74",
    Severity.NOTE,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="A deemed execution date stands without a reason.",
    mend="Leave column 2A (Table II: 3A) empty unless a trading plan's or employee plan's administrator chose the day; "
    "then say so in a footnote.",
    cites=_DEEMED,
    basis="guide",
)
def a_deemed_date_has_a_reason(report: Report) -> Iterator[Place]:
    """Lines with a deemed date in reports that speak of no plan, box included."""
    deemed = [line for line in report.transactions if line.deemed is not None and line.code != "I"]
    if deemed and not report.document.aff10b5_one and "plan" not in report.words and "10b5" not in report.words:
        for line in deemed:
            yield report.column(line.part, "deemedExecutionDate")


@rule(
    "L-13",
    Severity.ODD,
    Source.LIKELY,
    says="The derivative security expired before the transaction.",
    mend="Check the expiration date in column 6 of Table II and the date in column 3.",
    cites="Experience: an expired right can't be granted, exercised or sold",
    basis="derived",
)
def a_derivative_security_has_not_expired(report: Report) -> Iterator[Place]:
    """Grants and purchases of any security, exercises of options, warrants and rights: units outlive their period."""
    for line in report.transactions:
        if line.table != "II" or not (line.code in {"A", "P"} or (line.code in _LIVE and _has_a_term(line))):
            continue
        expires = line.part.record.expiration_date
        if expires and expires.value and line.day and expires.value < line.day and _is_meant(expires):
            said = f"It expired on {expires.value}; the transaction is of {line.day}."
            yield report.column(line.part, "expirationDate", message=said)


def _is_meant(day: Noted[date]) -> bool:
    """Whether a date stands for itself: until 2008 many wrote 8 August 1988, or any day, beside a footnote."""
    return day.value != _PLACEHOLDER and not day.footnotes


def _has_a_term(line: Transaction) -> bool:
    return any(word in line.security.title for word in ("option", "warrant", "right"))


@rule(
    "L-75",
    Severity.ODD,
    Source.LIKELY,
    says="The derivative security expires before it can be exercised.",
    mend="Check both dates in column 6 of Table II (Form 3: column 2).",
    cites="Experience: swapped or mistyped dates",
    basis="derived",
)
def a_derivative_security_is_exercisable_before_it_expires(report: Report) -> Iterator[Place]:
    """Lines of Table II with both dates."""
    for line in report.lines_2:
        first, last = line.record.exercise_date, line.record.expiration_date
        if first and last and first.value and last.value and last.value < first.value and _is_meant(last):
            said = f"Exercisable from {first.value}, but it expires on {last.value}."
            yield report.column(line, "expirationDate", message=said)


@rule(
    "L-76",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The derivative security was exercised before it became exercisable.",
    mend="Check the date exercisable in column 6 of Table II; if vesting was brought forward, say so in a footnote.",
    cites="Form 4, Table II, column 6",
    basis="derived",
)
def an_exercise_comes_when_exercisable(report: Report) -> Iterator[Place]:
    """M, X, O and C lines before the date exercisable, with no footnote beside it."""
    for line in report.transactions:
        if line.table != "II" or line.code not in _LIVE:
            continue
        first = line.part.record.exercise_date
        if first and first.value and line.day and line.day < first.value and not first.footnotes:
            said = f"Exercised on {line.day}, exercisable from {first.value}."
            yield report.column(line.part, "exerciseDate", message=said)


@rule(
    "L-31",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The same transaction stands under two years.",
    mend="Check the year in column 2 (Table II: column 3).",
    cites="Experience: mistyped years",
    basis="guide",
)
def the_same_day_is_of_one_year(report: Report) -> Iterator[Place]:
    """Lines equal in code, amount, price and day of the year, one year apart."""
    if len({line.day.year for line in report.transactions if line.day}) < 2:  # noqa: PLR2004 - years to compare
        return
    seen: defaultdict[object, list[date]] = defaultdict(list)
    for line in report.transactions:
        if line.day is None or not line.shares or not line.price:
            continue
        key = (line.security, line.code, line.direction, line.shares, line.price, line.day.month, line.day.day)
        others = [day for day in seen[key] if day.year != line.day.year]
        if others:
            yield _day(report, line, f"{line.day}: the same transaction is also dated {others[0]}.")
        seen[key].append(line.day)


@rule(
    "L-56",
    Severity.ODD,
    Source.LAW,
    on="3/A 4/A 5/A",
    says="The date of the original is later than the amendment.",
    mend="Enter the date on which the original was filed.",
    cites="Form 4, box 4: date of original filed",
    basis="guide",
)
def an_original_comes_before_its_amendment(report: Report) -> Iterator[Place]:
    """Against the filing date, else the last signature."""
    original = report.document.date_of_original_submission
    handed_in = report.filed_on or report.signed_on
    if original and original.value and handed_in and original.value > handed_in:
        said = f"Original of {original.value}, but the amendment is of {handed_in}."
        yield report.box("date_of_original_submission", message=said)


@rule(
    "L-90",
    Severity.NOTE,
    Source.LAW,
    on="3/A 4/A 5/A",
    says="The amendment doesn't say what it changes.",
    mend="Say in a footnote or in the remarks what is corrected and why.",
    cites="Practice on amendments of Section 16 reports",
    basis="guide",
)
def an_amendment_says_what_it_changes(report: Report) -> Iterator[Place]:
    """No footnote and no remark at all."""
    if not report.footnotes and not report.remarks:
        yield report.box("document_type")
