"""Structure of footnotes and the references to them."""

from __future__ import annotations

from collections.abc import Iterator

from section16.findings import Severity, Source
from section16.rules.citations import specification
from section16.rules.edgar_footnotes import footnotes_too_long
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.structure_places import structure


@rule(
    "R-FN-1",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A footnote id, or a reference to one, is not F1 to F99.",
    mend="Write a capital F and a number from 1 to 99 without leading zeros.",
    cites=specification("footnote ids: F1 to F99"),
    basis="spec",
)
def footnote_ids_are_f1_to_f99(report: Report) -> Iterator[Place]:
    """Ids of footnotes and of references."""
    yield from structure(report, "R-FN-1")


@rule(
    "R-FN-2",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="Two footnotes have the same id.",
    mend="Give the second one a number of its own, and mend the references to it.",
    cites=specification("footnote: id is unique"),
    basis="spec",
)
def footnote_ids_are_not_doubled(report: Report) -> Iterator[Place]:
    """Ids of footnotes."""
    yield from structure(report, "R-FN-2")


@rule(
    "R-FN-3",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A column refers to a footnote that does not exist.",
    mend="Write the footnote, refer to another one, or remove the reference.",
    cites=specification("footnoteId: refers to a footnote"),
    basis="spec",
)
def references_have_a_footnote(report: Report) -> Iterator[Place]:
    """Every reference against the ids of the footnotes."""
    yield from structure(report, "R-FN-3")


@rule(
    "R-FN-6",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="There are more than 99 footnotes, or one of them is longer than 1,000 characters.",
    mend="Join footnotes, shorten the long one, or use the remarks.",
    cites=specification("footnotes: at most 99, each of at most 1,000 characters"),
    basis="spec",
)
def footnotes_are_neither_too_many_nor_too_long(report: Report) -> Iterator[Place]:
    """At most 99 (schema), each of at most 1,000 characters (EDGAR)."""
    yield from structure(report, "R-FN-6")
    yield from footnotes_too_long(report)


@rule(
    "R-FN-8",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A column refers to more footnotes than allowed.",
    mend="Join footnotes; 99 may stand in a column, 98 beside a value that a footnote could replace.",
    cites=specification("footnoteId: 0 to 99, 0 to 98 beside a value"),
    basis="spec",
)
def column_has_99_footnotes_at_most(report: Report) -> Iterator[Place]:
    """Number of references of one column."""
    yield from structure(report, "R-FN-8")


@rule(
    "R-FN-9",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="A footnote stands in a column that may carry none.",
    mend="Move the footnote to another column of the line.",
    cites=specification("transactionAcquiredDisposedCode in Table II, transactionTimeliness on Form 5: no footnotes"),
    basis="spec",
)
def footnotes_stand_where_they_may(report: Report) -> Iterator[Place]:
    """The two columns without footnotes."""
    yield from structure(report, "R-FN-9")
