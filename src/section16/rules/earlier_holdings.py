"""What a report says is held, against what the earlier reports of the same owners at the same issuer left.

Official texts: Form 4, General Instruction 4(a) (each form of ownership on a line of its own; all that is owned of a
class in which there were transactions) and column 5 (amount owned after them). The reports at hand may not be all, and
some changes need no report, so these rules only note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from section16.findings import Severity, Source
from section16.positions import Continuity, Link, Position
from section16.positions.joining import joined
from section16.positions.statements import Reading, Statement
from section16.rules.earlier_reports import same_as, stood_in
from section16.rules.history import Balance, told_by
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_SPLITS: Final = tuple(Decimal(up) / down for up in range(1, 31) for down in (1, 2, 3) if up != down)
"""Factors by which splits multiply shares; reverse splits divide by them."""
_NEAR: Final = Decimal("0.0005")
_LOTS: Final = ("unit", "award", "option", "restricted", "right")
_ACCOUNTS: Final = ("401", "plan", "esop", "ksop", "savings", "retirement", "drip", "reinvest", "purchase", "deferred")
"""Words of accounts whose balance grows by contributions and dividends that need no report."""
_A_NAME: Final = 5
_NO_NAMES: Final = frozenset(
    {"trust", "trustee", "family", "spouse", "footnote", "shares", "foundation", "partnership"}
)
_OWNED: Final = ("postTransactionAmounts", "sharesOwnedFollowingTransaction")


@rule(
    "L-02",
    Severity.NOTE,
    Source.LIKELY,
    on="4 5",
    says="The amount owned doesn't follow from the last report.",
    mend="Look for a report between the two that is missing; if something exempt changed the balance, such as a "
    "dividend plan or a split, say so in a footnote of column 5.",
    cites="Form 4, Table I, column 5: amount owned following reported transactions",
    basis="guide",
    between=True,
)
def balances_follow_from_report_to_report(report: Report) -> Iterator[Place]:
    """Each position by itself; a footnote in the line, a split, or an equal and opposite change elsewhere explains."""
    gaps = _gaps(report)
    for link, day in gaps:
        if link.gap is None or link.expected is None or _is_transfer(link, [each for each, _ in gaps], report):
            continue
        statement, split = link.statement, " (split counted)" if link.applied else ""
        said = f"{_figure(link.expected)} were owned after {day}{split}; before this line there were "
        said += f"{_figure(statement.before or Decimal())}."
        disposed = -sum((line.signed or Decimal() for line in statement.lines if line.direction == "D"), Decimal())
        if disposed > link.expected and statement.change == -disposed:
            said += f" {_figure(disposed)} are disposed of, more than were known to be owned."
        part = next(part for part in report.lines if part.path == statement.lines[0].path)
        yield report.column(part, *_OWNED, message=said)


def _gaps(report: Report) -> list[tuple[Link, date]]:
    """Positions whose balance doesn't follow and where no line says why, each with the day of what was known."""
    history = report.earlier
    if history is None or same_as(report, history) is not None:
        return []
    told = report.once(told_by)
    found = []
    for statement in told:
        balance = history.balance(statement, told)
        if balance is None or not _can_be_followed(statement) or statement.first < balance.known.last:
            continue
        if any(stood_in(line, history) for line in statement.lines):
            continue
        splits = [split for split in history.splits if split.touches(statement.position)]
        link = joined(balance.known, statement, splits)
        is_gap = link.status is Continuity.GAP and link.expected is not None and statement.before is not None
        if is_gap and not _split(link.expected or Decimal(), statement.before or Decimal()):
            found.append((link, balance.known.last))
    return found


def _can_be_followed(statement: Statement) -> bool:
    """Whether its balance is of one thing that changes only by transactions, and no footnote stands in its lines."""
    position = statement.position
    lots = position.table == "I" and any(word in position.title for word in _LOTS)
    series = position.table == "I" or bool(position.strike and position.expires)
    account = any(word in f"{position.title} {position.nature}" for word in _ACCOUNTS)
    noted = any(line.notes or line.owned_in_dollars for line in statement.lines)
    return series and not (lots or account or noted) and statement.reading is not Reading.UNCLEAR


def _is_transfer(link: Link, gaps: Sequence[Link], report: Report) -> bool:
    """Whether what is missing here is in another position of the class, or the other way round."""
    if link.gap is None:
        return False
    mine = link.statement.position
    if any(other.gap == -link.gap and _is_same_class(mine, other.statement.position) for other in gaps):
        return True
    new = [one for one in report.once(told_by) if one.before == -link.gap and _is_new(one, report)]
    return any(_is_same_class(mine, one.position) for one in new)


def _is_new(statement: Statement, report: Report) -> bool:
    return report.earlier is not None and report.earlier.balance(statement, report.once(told_by)) is None


def _is_same_class(one: Position, other: Position) -> bool:
    return (one.table, one.title, one.strike, one.expires) == (other.table, other.title, other.strike, other.expires)


def _split(before: Decimal, after: Decimal) -> bool:
    """Whether one amount is the other times the factor of a split."""
    if before <= 0 or after <= 0:
        return False
    factor = max(before, after) / min(before, after)
    return any(abs(factor / split - 1) < _NEAR for split in _SPLITS)


@rule(
    "L-41",
    Severity.NOTE,
    Source.LIKELY,
    on="4 5",
    says="The nature of ownership is worded differently from the last report.",
    mend="If it is the same holder, use the same words in each report, so that the holding can be followed.",
    cites="Form 4, Table I, column 7: nature of indirect beneficial ownership",
    basis="derived",
    between=True,
)
def a_holder_keeps_its_name(report: Report) -> Iterator[Place]:
    """A holding of the last report is missing, and one of the same class and number stands under another nature."""
    for statement, position, balance in _renamed(report):
        part = next(part for part in report.lines if part.path == statement.lines[0].path)
        said = f"The last report listed {_figure(balance.known.after or Decimal())} as held by {position.nature!r}, "
        said += f"this one the same number as held by {statement.position.nature!r}."
        yield report.column(part, "ownershipNature", "natureOfOwnership", message=said)


def _renamed(report: Report) -> Iterator[tuple[Statement, Position, Balance]]:
    """New indirect holdings, each with the missing one of the same class and number."""
    history = report.earlier
    if history is None or same_as(report, history) is not None:
        return
    told = report.once(told_by)
    missing = list(history.left_out(told))
    for statement in told:
        position = statement.position
        if position.held != "I" or not statement.before or not _is_new(statement, report):
            continue
        same = [
            each for each in missing if each[1].known.after == statement.before and _is_same_class(position, each[0])
        ]
        if len(same) == 1 and same[0][0].nature != position.nature:
            yield statement, *same[0]


@rule(
    "L-46",
    Severity.NOTE,
    Source.LIKELY,
    on="4 5",
    says="An indirect holding of the last report is missing.",
    mend="List all that is owned of a class in which there were transactions, each form of ownership on its own line; "
    "if the holding has ended, a footnote says so.",
    cites="Form 4, General Instruction 4(a): total beneficial ownership of each class with transactions",
    basis="derived",
    between=True,
)
def holdings_known_before_are_listed(report: Report) -> Iterator[Place]:
    """Table I, one owner: held through somebody else, listed by the last report with transactions in the class."""
    history = report.earlier
    if history is None or len(report.owners) != 1 or same_as(report, history) is not None:
        return
    renamed = {position for _, position, _ in _renamed(report)}
    for position, balance in history.left_out(report.once(told_by)):
        account = any(word in position.nature for word in _ACCOUNTS)
        if position.table == "I" and not (account or position in renamed or _is_spoken_of(position, report.words)):
            held = position.nature or "nature not given"
            said = f"The report of {balance.filed} listed {_figure(balance.known.after or Decimal())} held indirectly "
            said += f"({held}); this one doesn't, though it reports transactions in the class."
            yield Place("Table I", "ownershipDocument/nonDerivativeTable", said)


def _is_spoken_of(position: Position, words: str) -> bool:
    """Whether footnotes or remarks name the holder."""
    names = [word for word in position.nature.split() if len(word) >= _A_NAME and word not in _NO_NAMES]
    return any(name in words for name in names)


def _figure(amount: Decimal) -> str:
    """A number as people write it: without exponent and idle zeros."""
    return format(amount.normalize(), "f")
