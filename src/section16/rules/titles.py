"""Words in the wrong box: titles in the wrong table, natures, officers' titles and other texts.

Official texts: Form 4, Tables I and II, column 1 (title of security), columns 6, 7 and 10, 11 (ownership), box 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import folded

_DERIVATIVE: Final = re.compile(
    r"\b(?:stock options?|options? \(right to buy\)|right to buy|call options?|put options?|warrants? \(right to buy\)|"
    r"stock appreciation rights?|warrants?)\b"
)
_NOT_DERIVATIVE: Final = re.compile(r"\b(?:units?|and|exercise|underlying|upon|plan|issued|\+)\b")
_STOCK: Final = re.compile(
    r"(?:common (?:stock|shares?)|ordinary shares?)(?:,? (?:\$ ?)?[0-9.]+ ?par value(?: per share)?)?"
)
_DIRECT: Final = re.compile(r"direct(?:ly)?(?: ownership| owned| held)?\.?")
_OFFICE: Final = re.compile(
    r"\b(?:ceo|cfo|coo|cto|chief [a-z]+ officer|president|treasurer|secretary|general counsel|controller|officer)\b"
)
_FORMER: Final = re.compile(
    r"\b(?:former|fmr|ex|retired|past|advis\w+|emeritus|nominee|of (?!the (?:issuer|company)))\b"
)
_BOX_5: Final = "Form 4, box 5 (Form 3: box 4): relationship of reporting person to issuer"


@rule(
    "L-20",
    Severity.ODD,
    Source.LIKELY,
    says="A derivative security stands in Table I.",
    mend="Report options, warrants and other rights in Table II.",
    cites="Form 4, Table II: derivative securities acquired, disposed of, or beneficially owned",
    basis="guide",
)
def derivative_securities_stand_in_table_two(report: Report) -> Iterator[Place]:
    """Titles of Table I that name options, warrants and rights and nothing else."""
    for line in report.lines_1:
        title = folded(line.record.title)
        if _DERIVATIVE.search(title) and not _NOT_DERIVATIVE.search(title):
            yield report.column(line, "securityTitle", message=f"'{line.record.title.value}' is a derivative security.")


@rule(
    "L-93",
    Severity.ODD,
    Source.LIKELY,
    says="Table II shows plain common stock.",
    mend="Name the derivative security in column 1; the stock it is for goes into column 7 (Form 3: column 3).",
    cites="Form 4, Table II, columns 1 and 7",
    basis="guide",
)
def plain_stock_stands_in_table_one(report: Report) -> Iterator[Place]:
    """Titles of Table II that are common stock by name, of the same class as what underlies them."""
    for line in report.lines_2:
        title = folded(line.record.title)
        underlying = folded(line.record.underlying.title) if line.record.underlying else ""
        if _STOCK.fullmatch(title) and (not underlying or _STOCK.fullmatch(underlying)):
            yield report.column(
                line, "securityTitle", message=f"'{line.record.title.value}' is no derivative security."
            )


@rule(
    "L-94",
    Severity.ODD,
    Source.LIKELY,
    says="The nature of an indirect holding says that it is direct.",
    mend="Say in column 7 (Table II: 11) through whom it is held, or mark the holding D.",
    cites="Form 4, columns 6 and 7",
    basis="derived",
)
def an_indirect_nature_is_not_direct(report: Report) -> Iterator[Place]:
    """Natures that say 'direct' and no more."""
    for line in report.lines:
        ownership = line.record.ownership
        if ownership and ownership.nature and _DIRECT.fullmatch(folded(ownership.nature)):
            yield report.column(line, "ownershipNature", "natureOfOwnership")


@rule(
    "L-95",
    Severity.ODD,
    Source.LIKELY,
    says="An officer's title stands beside an officer box that isn't ticked.",
    mend="Tick the officer box, or take the title away.",
    cites=_BOX_5,
    basis="derived",
)
def an_officer_s_title_belongs_to_an_officer(report: Report) -> Iterator[Place]:
    """Titles of persons who are neither officer nor other; a blank one is none."""
    for owner in report.owners:
        tie = owner.record.relationship
        title = " ".join((tie.officer_title or "").split()) if tie else ""
        if tie and not tie.is_officer and not tie.is_other and _OFFICE.search(title.lower()):
            said = f"'{title}' is given, but the officer box isn't ticked."
            yield report.owner(owner, "reportingOwnerRelationship", "officerTitle", message=said)


@rule(
    "L-96",
    Severity.NOTE,
    Source.LIKELY,
    says="The text beside 'Other' names an office of the issuer.",
    mend="Tick Officer and give the title there.",
    cites=_BOX_5,
    basis="derived",
)
def an_office_is_not_other(report: Report) -> Iterator[Place]:
    """Other texts with the name of an office, of persons who aren't ticked as officers."""
    for owner in report.owners:
        tie = owner.record.relationship
        text = " ".join((tie.other_text or "").lower().split()) if tie else ""
        if tie and tie.is_other and not tie.is_officer and _OFFICE.search(text) and not _FORMER.search(text):
            said = f"'{tie.other_text}' is an office."
            yield report.owner(owner, "reportingOwnerRelationship", "otherText", message=said)


@rule(
    "L-42",
    Severity.ODD,
    Source.LIKELY,
    says="A text says 'See Remarks', but there are no remarks.",
    mend="Write what it refers to into the remarks.",
    cites=_BOX_5,
    basis="guide",
)
def see_remarks_leads_to_remarks(report: Report) -> Iterator[Place]:
    """Officer titles and other texts."""
    if report.remarks:
        return
    for owner in report.owners:
        tie = owner.record.relationship
        for element, text in (("officerTitle", tie.officer_title), ("otherText", tie.other_text)) if tie else ():
            if text and "remark" in text.lower() and not _footnoted(report):
                yield report.owner(owner, "reportingOwnerRelationship", element)


def _footnoted(report: Report) -> bool:
    """Whether a footnote gives what stands for the remarks."""
    return any(_OFFICE.search(text) for text in report.footnotes.values())


@rule(
    "L-55",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The person is called a former insider, but the exit box isn't ticked.",
    mend="Tick the box 'no longer subject to Section 16'.",
    cites="Form 4, exit box",
    basis="guide",
)
def a_former_insider_ticks_the_exit_box(report: Report) -> Iterator[Place]:
    """Titles and other texts that begin with 'former', of persons with no other tie."""
    if report.document.not_subject_to_section16:
        return
    for owner in report.owners:
        tie = owner.record.relationship
        for element, text in (("officerTitle", tie.officer_title), ("otherText", tie.other_text)) if tie else ():
            words = (text or "").strip().lower()
            if (
                words.startswith("former")
                and not (tie.is_director or tie.is_ten_percent_owner)
                and "current" not in words
            ):
                said = f"'{text}', but the exit box isn't ticked."
                yield report.owner(owner, "reportingOwnerRelationship", element, message=said)
