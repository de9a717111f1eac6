"""What one report says of one position: what was owned before its lines and after them.

The column "owned following" is filled in two ways where a position has several lines in one report: running from line
to line, or with the closing figure on each. For both, what was owned before is the last figure less all changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

import msgspec

from section16.positions.applied import Applied, Status
from section16.positions.lines import Line, Position, ReportFacts, lines_of, report_facts
from section16.reading.filing import Filing


class Reading(StrEnum):
    """How the column "owned following" is filled."""

    SINGLE = "single"
    RUNNING = "running"
    FINAL = "final"
    UNCLEAR = "unclear"
    """Neither: several lots, or a mistake. The last line's figure is used."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report's lines of one position. `report` is the original's head where amendments stand in its lines.

    `first` and `last` are the days of its first and last change (of a holding the day it speaks of); `change` is the
    sum of its changes. `before`, `after` and `change` are None where a figure is missing or in dollars.
    """

    position: Position
    report: ReportFacts
    lines: tuple[Line, ...]
    reading: Reading
    first: date
    last: date
    before: Decimal | None
    change: Decimal | None
    after: Decimal | None

    @property
    def is_holding(self) -> bool:
        """Whether it only says what is held."""
        return self.lines[0].kind == "holding"

    @property
    def order(self) -> tuple[date, tuple[date, float, bool, str], int]:
        """Day of the first change, then the order of filing, then the first line's number."""
        return self.first, self.report.order, self.lines[0].number

    @property
    def made_known(self) -> tuple[date, float, bool, str]:
        """When the last of its lines was made public; an amendment's line later than its original."""
        return max(line.report.order for line in self.lines)


def statements(entries: Iterable[Applied]) -> list[Statement]:
    """The statements of lines in force; what doesn't count is left out, and so is what has no day at all."""
    by_report: dict[str, list[Applied]] = defaultdict(list)
    for one in entries:
        if one.counts:
            by_report[one.original.id].append(one)
    return [statement for group in by_report.values() for statement in _of_report(group)]


def statements_of(filing: Filing) -> list[Statement]:
    """The statements of one report taken alone, as filed."""
    report = report_facts(filing)
    lines = lines_of(filing, report)
    return statements([Applied(line=line, status=Status.STAYS, counts=True, original=report) for line in lines])


def _of_report(entries: Sequence[Applied]) -> list[Statement]:
    report = entries[0].original
    traded = [one.line.traded for one in entries if one.line.traded is not None]
    day = max([*traded, report.period or report.public or date.min])
    if report.form == "3":
        day = report.period or day
    groups: dict[Position, list[Applied]] = defaultdict(list)
    for one in sorted(entries, key=_as_on_the_form):
        groups[one.line.position].append(one)
    return [_statement([one.line for one in group], report, day) for group in groups.values()]


def _as_on_the_form(one: Applied) -> tuple[str, int, tuple[date, float, bool, str]]:
    """An amendment's line stands where the line stood that it supersedes; added ones stand last."""
    placed = one.other if one.other is not None else one.line
    added = placed.report.id != one.original.id
    return placed.position.table, placed.number + (1000 if added else 0), one.line.report.order


def _statement(lines: list[Line], report: ReportFacts, day: date) -> Statement:
    changes = [line for line in lines if line.kind == "transaction"]
    if not changes:
        same = {line.owned for line in lines}
        reading = Reading.SINGLE if len(lines) == 1 else Reading.UNCLEAR
        after = _owned(lines[0]) if len(same) == 1 and len(lines) == 1 else None
        return _made(lines, report, reading, (day, day), Decimal(), after)
    reading, changes = _read(changes)
    days = [line.traded or day for line in changes]
    amounts = [line.signed for line in changes]
    known = [amount for amount in amounts if amount is not None]
    total = sum(known, Decimal()) if len(known) == len(amounts) else None
    return _made(changes, report, reading, (min(days), max(days)), total, _owned(changes[-1]))


def _made(
    lines: list[Line],
    report: ReportFacts,
    reading: Reading,
    days: tuple[date, date],
    change: Decimal | None,
    after: Decimal | None,
) -> Statement:
    return Statement(
        position=lines[0].position,
        report=report,
        lines=tuple(lines),
        reading=reading,
        first=days[0],
        last=days[1],
        before=None if after is None or change is None else after - change,
        change=change,
        after=after,
    )


def _owned(line: Line) -> Decimal | None:
    """Shares owned after; None where it is a value in dollars but the change is not, or the other way round."""
    if line.kind == "transaction" and line.in_dollars != line.owned_in_dollars:
        return None
    return line.owned


def _read(lines: list[Line]) -> tuple[Reading, list[Line]]:
    """How the balances are to be read, and the lines in the order in which they run."""
    if len(lines) == 1:
        return Reading.SINGLE, lines
    by_day = sorted(lines, key=lambda line: line.traded or date.min)
    for order in (lines, by_day, lines[::-1]):
        if all(_follows(before, line) for before, line in pairwise(order)):
            return Reading.RUNNING, order
    if len({line.owned for line in lines}) == 1:
        return Reading.FINAL, lines
    return Reading.UNCLEAR, lines


def _follows(before: Line, line: Line) -> bool:
    """Whether a line's balance runs on from that of the line before it."""
    if before.owned is None or line.owned is None or line.signed is None:
        return False
    return before.owned + line.signed == line.owned
