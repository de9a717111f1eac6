"""What earlier reports of the same owners at the same issuer said, as far as rules between reports ask.

Kept of each pair of issuer and owners: the last balance of each position that is open, and marks of the latest reports.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec.structs import replace

from section16.identifiers import cik
from section16.positions import Line, Position, Split
from section16.positions.joining import Known, known_after
from section16.positions.statements import Statement, statements_of
from section16.rules.report import Report

_REMEMBERED: Final = 32
"""Reports of one pair that are told apart; older ones are left."""


class Balance(msgspec.Struct, frozen=True, gc=False):
    """What is known of a position: after which report, and the how-manieth report of the pair that was."""

    known: Known
    filed: date
    seen: int


class Mark(msgspec.Struct, frozen=True, gc=False):
    """An earlier report by its day and type, a digest of what it says, and its transactions.

    `lines` are transactions by day and code, `events` with their figures and the balance after them.
    """

    day: date
    document_type: str
    digest: int
    lines: frozenset[int]
    events: frozenset[int]


class History:
    """One pair of issuer and owners. `since` is the day of the issuer's first report among the reports given."""

    def __init__(self, since: date, splits: Sequence[Split] = ()) -> None:
        """Begin with nothing known."""
        self.since = since
        self.splits = splits
        self.balances: dict[Position, Balance] = {}
        self.marks: deque[Mark] = deque(maxlen=_REMEMBERED)
        self.namesakes: tuple[str, ...] = ()
        self.has_left = False
        self.count = 0
        self._dealt_in: dict[tuple[str, str], int] = {}

    def add(self, report: Report, day: date) -> None:
        """Take a report that was filed on `day`."""
        self.count += 1
        self.marks.append(mark_of(report, day))
        self.has_left = bool(report.document.not_subject_to_section16)
        told = report.once(told_by)
        for statement in told:
            if report.document.is_amendment:
                self._amend(statement)
            else:
                self._keep(statement, day, only=_is_only(statement, told))
            if not statement.is_holding:
                self._dealt_in[_class_of(statement.position)] = self.count

    def balance(self, statement: Statement, told: Sequence[Statement]) -> Balance | None:
        """What is known of a statement's position, also under another wording of the footnotes if that is clear."""
        found = self._named(statement.position, only=_is_only(statement, told))
        return self.balances[found] if found is not None else None

    def left_out(self, told: Sequence[Statement]) -> Iterator[tuple[Position, Balance]]:
        """Indirect holdings that the last report with dealings in their class listed and these statements don't."""
        named = {_plain(statement.position) for statement in told}
        dealt = {_class_of(statement.position) for statement in told if not statement.is_holding}
        for position, balance in self.balances.items():
            last = self._dealt_in.get(_class_of(position))
            listed = balance.seen == last and _class_of(position) in dealt
            if listed and position.held == "I" and balance.known.after and _plain(position) not in named:
                yield position, balance

    def _named(self, position: Position, *, only: bool) -> Position | None:
        if position in self.balances:
            return position
        if not only:
            return None
        plain = _plain(position)
        same = [each for each in self.balances if _plain(each) == plain]
        return same[0] if len(same) == 1 else None

    def _keep(self, statement: Statement, day: date, *, only: bool) -> None:
        """A balance that isn't clear ends what was known; so does an exercise of the last derivative securities."""
        named = self._named(statement.position, only=only)
        known = self.balances.pop(named) if named is not None else None
        if known is not None and known.known.last > statement.last:
            self.balances[statement.position] = known
        elif statement.before is not None and (statement.after or statement.position.table == "I"):
            self.balances[statement.position] = Balance(known_after(statement), day, self.count)

    def _amend(self, statement: Statement) -> None:
        """An amendment of the report that is known last stands in its place; one of an older ends what was known.

        Whether the reports after an older one counted on its old or its new balance can't be known.
        """
        balance = self.balances.get(statement.position)
        if balance is None:
            return
        replaces = statement.report.original_filed_on == balance.filed and statement.last == balance.known.last
        if replaces and statement.after is not None:
            self.balances[statement.position] = Balance(known_after(statement), balance.filed, balance.seen)
        else:
            del self.balances[statement.position]


def told_by(report: Report) -> list[Statement]:
    """What a report says of each position."""
    return statements_of(report.filing)


def mark_of(report: Report, day: date) -> Mark:
    """The mark of a report."""
    digest, lines, events = report.once(_told_apart_by)
    return Mark(day, report.document_type, digest, lines, events)


def _told_apart_by(report: Report) -> tuple[int, frozenset[int], frozenset[int]]:
    """A digest of all that a report says, and those of its transactions, as a mark has them."""
    document = report.document
    said = document.period_of_report, document.non_derivative_table, document.derivative_table, document.footnotes
    dealings = [line for told in report.once(told_by) for line in told.lines if line.kind == "transaction"]
    lines = frozenset([hash((line.position, line.traded, line.code, line.direction)) for line in dealings])
    events = frozenset([event for line in dealings if (event := event_mark(line)) is not None])
    return hash(repr((said, document.remarks))), lines, events


def event_mark(line: Line) -> int | None:
    """What tells a transaction and the balance after it; None where a figure is missing."""
    if line.traded is None or line.shares is None or line.owned is None:
        return None
    figures = line.shares, line.price, line.owned
    return hash((line.position, line.traded, line.code, line.direction, *figures))


def owners_of(report: Report) -> frozenset[str]:
    """The owners' CIKs without leading zeros."""
    return frozenset([cik.compact(part.record.cik) or part.record.cik for part in report.owners if part.record.cik])


def _is_only(statement: Statement, told: Sequence[Statement]) -> bool:
    """Whether footnotes alone tell no other statement of the report from this one."""
    plain = _plain(statement.position)
    return sum(_plain(each.position) == plain for each in told) == 1


def _plain(position: Position) -> Position:
    return replace(position, noted="")


def _class_of(position: Position) -> tuple[str, str]:
    return position.table, position.title
