"""Lines said twice, footnotes that skip a number, and empty ones.

Official text: Form 4, General Instruction 4(a): each transaction on a line of its own, holdings of a class once for
each form of ownership.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Holding, Security, Transaction, folded

_LINES: Final = "Form 4, General Instruction 4(a)"
_ALL: Final = tuple(f"F{number}" for number in range(1, 100))


@rule(
    "L-57",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The same transaction stands on two lines.",
    mend="Take one away; if there were two alike, give each the balance after it.",
    cites=_LINES,
    basis="derived",
    aliases="AN-DUPLICATE-LINE",
)
def a_transaction_is_reported_once(report: Report) -> Iterator[Place]:
    """Table I: direct lines equal in every column, balance and footnotes included, one right after the other.

    Grants of one day in Table II, and what is held for two children or trusts, may well look the same.
    """
    if len(report.transactions) < 2 or len(report.owners) != 1:  # noqa: PLR2004 - one can't be doubled
        return
    before: dict[Security, Transaction] = {}
    for line in report.transactions:
        if line.table != "I":
            break
        same = before.get(line.security)
        if same and line.security.held == "D" and line.part.record == same.part.record:
            yield Place(line.part.place, line.part.path, f"{line.part.place} repeats {same.part.place}.")
        before[line.security] = line


@rule(
    "L-45",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="Lines of a joint report look like one position, repeated for each of several owners.",
    mend="Show securities that several owners report together on one line, with the others' interest in a footnote: "
    "whoever adds up the lines would count them more than once.",
    cites="Form 4, General Instruction 4(b)(v): joint reports of the same securities",
    basis="guide",
    aliases="J-2",
)
def a_joint_position_is_reported_once(report: Report) -> Iterator[Place]:
    """Transactions equal in every figure, balance included, held in other ways; one direct, or told apart by footnotes.

    Not more lines than owners, and not natures that name one holder here and another there: children's trusts are
    often alike.
    """
    owners = len(report.owners)
    if owners < 2 or len(report.transactions) < 2:  # noqa: PLR2004 - a joint report, and lines to repeat
        return
    alike: dict[tuple[object, ...], list[Transaction]] = {}
    for line in report.transactions:
        if line.shares and line.owned is not None:
            kind = line.table, line.security.title, line.security.terms, line.day, line.code, line.direction
            alike.setdefault((*kind, line.shares, line.price, line.owned), []).append(line)
    for lines in alike.values():
        if 1 < len(lines) <= owners and _one_holder(lines):
            said = f"{lines[-1].part.place} has the figures of {lines[0].part.place}, held in another way."
            yield Place(lines[-1].part.place, lines[-1].part.path, said)


def _one_holder(lines: Sequence[Transaction]) -> bool:
    """Whether each line is held in its own way, while the words name no more than one holder."""
    if any(line.security.held not in {"D", "I"} for line in lines):
        return False
    ways = {(line.security.held, line.security.nature) for line in lines}
    natures = [line.part.record.ownership.nature for line in lines if line.security.held == "I"]
    return len(ways) == len(lines) and len({folded(nature) for nature in natures}) == 1


@rule(
    "L-98",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="A holding line repeats what a transaction line shows as owned.",
    mend="Take the holding line away: the balance after the last transaction says it already.",
    cites=_LINES,
    basis="derived",
)
def a_holding_is_not_said_twice(report: Report) -> Iterator[Place]:
    """Table I: a holding of the same class and ownership with the last balance of its transactions."""
    if not report.transactions or len(report.owners) != 1:
        return
    last = {line.security: line for line in report.transactions if line.table == "I"}
    for holding in report.holdings:
        line = last.get(holding.security)
        if line is not None and holding.amount and holding.amount == line.owned:
            said = f"{holding.part.place} repeats the {line.owned} owned after {line.part.place}."
            yield Place(holding.part.place, holding.part.path, said)


@rule(
    "L-99",
    Severity.NOTE,
    Source.LIKELY,
    says="The same holding stands on two lines.",
    mend="Take one away; if there are two, say in column 7 how they differ.",
    cites=_LINES,
    basis="derived",
)
def a_holding_is_reported_once(report: Report) -> Iterator[Place]:
    """Direct holdings of one owner equal in every column, footnotes included."""
    if len(report.holdings) < 2 or len(report.owners) != 1:  # noqa: PLR2004 - one can't be doubled
        return
    seen: list[Holding] = []
    for holding in report.holdings:
        if holding.security.held != "D":
            continue
        same = next((other for other in seen if other.part.record == holding.part.record), None)
        if same is not None and holding.amount:
            yield Place(holding.part.place, holding.part.path, f"{holding.part.place} repeats {same.part.place}.")
        seen.append(holding)


@rule(
    "L-54",
    Severity.NOTE,
    Source.LIKELY,
    says="The footnotes skip a number.",
    mend="Number them without gaps, and check that none is missing.",
    cites="EDGAR Ownership XML Technical Specification: numbers need not be consecutive",
    basis="derived",
)
def footnotes_are_numbered_without_gaps(report: Report) -> Iterator[Place]:
    """Ids from F1 to the number of footnotes; not the ids that a column refers to, which R-FN-3 finds."""
    names = report.footnotes
    referred = {name for reference in report.footnote_references for name in reference.identifiers}
    missing = [name for name in _ALL[: len(names)] if name not in names and name not in referred]
    if missing:
        said = f"{len(names)} footnotes, but no {', '.join(missing)}."
        yield Place("Explanation of Responses", "ownershipDocument/footnotes", said)


@rule(
    "L-121",
    Severity.ODD,
    Source.LIKELY,
    says="The footnote is empty.",
    mend="Write the footnote, or take it and the references to it out.",
    cites="Form 3, 4 or 5, Explanation of Responses",
    basis="derived",
)
def a_footnote_says_something(report: Report) -> Iterator[Place]:
    """Footnotes with an id and no text."""
    footnotes = report.document.footnotes
    for number, footnote in enumerate(footnotes.rows if footnotes else (), start=1):
        if footnote.id and not footnote.text.strip():
            said = f"Footnote {footnote.id[:10]} has no words."
            yield Place(
                f"Explanation, footnote {footnote.id[:10]}", f"ownershipDocument/footnotes/footnote[{number}]", said
            )
