"""A report against the earlier ones of the same owners at the same issuer, where several reports are checked together.

Official texts: Rule 16a-3(a) (initial statement on Form 3); Form 4, box 4 (date of original filed). The reports at
hand may not be all. What they left as owned is judged in `earlier_holdings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from section16.findings import Severity, Source
from section16.positions import Line
from section16.rules.history import History, Mark, event_mark, mark_of, told_by
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_FULL: Final = 30
"""Lines of a full table."""
_YEAR: Final = timedelta(days=365)
_SIGNED_BEFORE: Final = timedelta(days=5)
"""How long before its filing a report may be signed, where only the signature is at hand."""
_OF_AMENDING: Final = (
    *("amend", "correct", "restat", "revis", "replac", "supplement", "clarif", "delet", "updat", "conform", "refil"),
    *("error", "erroneous", "inadvert", "omit", "mistak", "misstat", "incomplete", "original", "previous", "exhibit"),
    *("attorney", "instead of", "should have", "was reported", "in addition", "withdraw"),
)
_AMENDMENTS: Final = "Form 4, box 4: date of original filed"


@rule(
    "L-102",
    Severity.ODD,
    Source.LIKELY,
    on="3 4 5",
    says="The report repeats an earlier one.",
    mend="Don't file it a second time; to change what was filed, file an amendment.",
    cites=_AMENDMENTS,
    basis="derived",
    between=True,
)
def a_report_is_filed_once(report: Report) -> Iterator[Place]:
    """Both tables, the footnotes, the remarks and the date of the event are the same, and there are lines."""
    mark = same_as(report, report.earlier) if report.earlier else None
    if mark is not None and report.lines:
        said = f"It says in every line and footnote what the Form {mark.document_type} of {mark.day} said."
        yield report.box("document_type", said)


def same_as(report: Report, history: History) -> Mark | None:
    """The earlier report that says the same."""
    if not history.marks:
        return None
    mine = mark_of(report, history.since)
    same = (each for each in history.marks if (each.document_type, each.digest) == (mine.document_type, mine.digest))
    return next(same, None)


@rule(
    "L-108",
    Severity.ODD,
    Source.LIKELY,
    on="4 5",
    says="The transaction was reported before.",
    mend="Take it out if it is the same transaction; if there were two alike, give the balance after this one.",
    cites="Form 4, General Instruction 4(a)",
    basis="derived",
    between=True,
)
def a_transaction_is_reported_in_one_report(report: Report) -> Iterator[Place]:
    """Security, day, code, direction, shares, price and balance after it are those of a line in an earlier report.

    A report that is the same in all is L-102's; a full table goes on in another report, which may repeat lines.
    """
    history = report.earlier
    if history is None or same_as(report, history) is not None or len(report.lines) >= _FULL:
        return
    for statement in report.once(told_by):
        for line in statement.lines:
            mark = stood_in(line, history)
            if mark is not None:
                yield Place(line.place, line.path, f"{line.place} stands in the Form 4 or 5 of {mark.day} already.")


def stood_in(line: Line, history: History) -> Mark | None:
    """The earlier report, no amendment, that has an equal transaction with an equal balance after it."""
    event = event_mark(line) if line.kind == "transaction" else None
    marks = (mark for mark in history.marks if not mark.document_type.endswith("/A"))
    return None if event is None else next((mark for mark in marks if event in mark.events), None)


@rule(
    "L-103",
    Severity.NOTE,
    Source.LAW,
    on="3/A 4/A 5/A",
    says="No report was filed on the date of the original.",
    mend="Enter the date on which the original was filed, not that of its transactions.",
    cites=_AMENDMENTS,
    basis="guide",
    between=True,
)
def an_amendment_names_the_date_of_its_original(report: Report) -> Iterator[Place]:
    """Only where an earlier report of the same owners is at hand from before that date; all may not be."""
    day = report.document.date_of_original_submission
    if report.earlier is None or day is None or day.value is None:
        return
    days = [mark.day for mark in report.earlier.marks]
    late = _SIGNED_BEFORE if report.filed_on is None else timedelta()
    if days and min(days) <= day.value and not any(timedelta() <= day.value - each <= late for each in days):
        said = f"Among the earlier reports at hand none was filed on {day.value}; the last was on {days[-1]}."
        yield report.box("date_of_original_submission", said)


@rule(
    "L-107",
    Severity.NOTE,
    Source.LIKELY,
    on="4/A 5/A",
    says="The amendment leaves out transactions of its original.",
    mend="An amendment may show only the lines it corrects; if the others are withdrawn, say so in a footnote.",
    cites=_AMENDMENTS,
    basis="derived",
    between=True,
)
def an_amendment_keeps_the_lines_of_its_original(report: Report) -> Iterator[Place]:
    """The original is the one report at hand that was filed on the date in box 4."""
    day = report.document.date_of_original_submission
    if report.earlier is None or day is None or day.value is None:
        return
    originals = [mark for mark in report.earlier.marks if mark.day == day.value]
    if len(originals) != 1:
        return
    lost = originals[0].lines - mark_of(report, originals[0].day).lines
    if lost:
        said = f"{len(lost)} of {len(originals[0].lines)} transactions of the report of {day.value} aren't in it."
        yield report.box("document_type", said)


@rule(
    "L-104",
    Severity.NOTE,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="No Form 3 of these owners comes before their first report.",
    mend="Check that Form 3 was filed; it may be older than the reports at hand, or filed by other owners jointly.",
    cites="Rule 16a-3(a): initial statement on Form 3",
    basis="rule",
    between=True,
)
def form_3_comes_first(report: Report) -> Iterator[Place]:
    """Only where reports at the issuer are at hand from more than a year before."""
    day = report.filed_on or report.signed_on
    if report.earlier is None or report.earlier.marks or day is None or day - report.earlier.since <= _YEAR:
        return
    since = report.earlier.since
    said = f"It is their first report at hand, though reports at this issuer go back to {since}."
    yield report.box("document_type", said)


@rule(
    "L-105",
    Severity.NOTE,
    Source.LAW,
    on="3",
    says="Form 3 comes after reports of a person who is an insider already.",
    mend="File Form 3 only on becoming an insider, or again after having left; use Form 4 or 5 for later changes.",
    cites="Rule 16a-3(a): initial statement on Form 3",
    basis="rule",
    between=True,
)
def form_3_is_not_filed_by_who_is_an_insider(report: Report) -> Iterator[Place]:
    """Unless the last report said that the person left; a Form 3 filed on the same day is only late in the list."""
    if report.earlier is None or report.earlier.has_left:
        return
    before = _last_before(report, report.earlier)
    if before:
        yield report.box("document_type", f"These owners had filed Form {before} before.")


def _last_before(report: Report, history: History) -> str:
    """Type and day of the last report of another day; "" if there is none."""
    day = report.filed_on or report.signed_on
    marks = [mark for mark in history.marks if day is not None and mark.day < day]
    return f"{marks[-1].document_type} on {marks[-1].day}" if marks else ""


@rule(
    "L-106",
    Severity.NOTE,
    Source.LIKELY,
    says="Another CIK reported at this issuer under the same name.",
    mend="If it is one person, use one CIK for all reports; two persons of one name need nothing.",
    cites="EDGAR Filer Manual, Volume I: one CIK for each filer",
    basis="memory",
    between=True,
)
def a_person_has_one_cik(report: Report) -> Iterator[Place]:
    """A hint: names alone don't tell persons apart."""
    for number in report.earlier.namesakes if report.earlier else ():
        yield Place("Box 1", "ownershipDocument/reportingOwner", f"CIK {number} has reported here under this name.")


@rule(
    "L-109",
    Severity.NOTE,
    Source.LAW,
    on="3/A 4/A 5/A",
    says="The amendment doesn't say what it corrects.",
    mend="Add a footnote or a remark that says what was wrong, or what is added.",
    cites=_AMENDMENTS,
    basis="guide",
)
def an_amendment_says_what_it_corrects(report: Report) -> Iterator[Place]:
    """No word of correcting, adding or repeating stands in any footnote or remark."""
    if not any(word in report.words for word in _OF_AMENDING):
        yield report.box("remarks")
