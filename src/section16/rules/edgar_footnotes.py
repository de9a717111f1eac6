"""EDGAR's business rules for footnotes: referenced, once a field, not too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from section16.findings import Severity, Source
from section16.rules.citations import specification
from section16.rules.footnote_references import kept_references
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_LONGEST: Final = 1_000


@rule(
    "R-FN-4",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The footnote is not referred to.",
    mend="Refer to it from the column it explains, put its words into the remarks, or take it out.",
    cites=specification("footnotes: every footnote is referenced"),
    basis="spec",
)
def footnotes_are_referred_to(report: Report) -> Iterator[Place]:
    """Every footnote with an id has a reference somewhere, be it misspelt or in a part that could not be read."""
    footnotes = report.document.footnotes
    if footnotes is None:
        return
    known = {name.strip().upper() for reference in report.footnote_references for name in reference.identifiers}
    named = [(number, one.id) for number, one in enumerate(footnotes.rows, start=1) if one.id is not None]
    idle = [(number, name) for number, name in named if name.strip().upper() not in known]
    unread = frozenset(kept_references(report.document)) if idle else frozenset[str]()
    for number, name in idle:
        if name not in unread:
            yield _place(number, name, f"No column refers to footnote {name[:10]}.")


@rule(
    "R-FN-5",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A column refers to the same footnote twice.",
    mend="Refer to it once.",
    cites=specification("footnoteId: once in a field"),
    basis="spec",
)
def column_refers_to_a_footnote_once(report: Report) -> Iterator[Place]:
    """No id twice in one field."""
    for reference in report.footnote_references:
        ids = reference.identifiers
        if len(ids) > 1 and len(set(ids)) < len(ids):
            twice = next(one for one in ids if ids.count(one) > 1)
            message = f"The column refers to footnote {twice[:10]} twice."
            yield report.column(reference.line, *reference.elements, message=message)


def footnotes_too_long(report: Report) -> Iterator[Place]:
    """Footnotes over 1,000 characters, blanks among them: EDGAR's half of R-FN-6."""
    for number, footnote in enumerate(report.document.footnotes.rows if report.document.footnotes else (), start=1):
        if len(footnote.text) > _LONGEST:
            message = (
                f"Footnote {(footnote.id or '')[:10]} has {len(footnote.text):,} characters; EDGAR takes {_LONGEST:,}."
            )
            mend = "Shorten it, or go on in a second footnote and refer to both."
            place = _place(number, footnote.id, message)
            yield Place(place.where, place.path, place.message, mend, Source.EDGAR)


def _place(number: int, identifier: str | None, message: str) -> Place:
    where = f"Explanation, footnote {(identifier or '')[:10] or number}"
    return Place(where, f"ownershipDocument/footnotes/footnote[{number}]", message)
