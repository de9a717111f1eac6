"""Transactions that two reports tell of, counted once.

The economic event of a line is its issuer, table, day, class, code, direction, shares and price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from section16.positions.applied import Applied, Status
from section16.positions.lines import Line


def without_repeats(entries: Sequence[Applied]) -> list[Applied]:
    """Take out of force what an earlier report of the same owners has in every figure, the balance after it included.

    A second transaction like the first leaves another balance. Lines that are alike within one report all stay.
    """
    seen: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    first: dict[tuple[object, ...], Line] = {}
    result = []
    for one in entries:
        line, counted = one.line, seen[_told(one.line)]
        known = None not in {line.traded, line.shares, line.owned} and line.kind == "transaction"
        if not one.counts or not known or one.status is Status.AMENDMENT_UNMATCHED:
            result.append(one)
            continue
        before = counted.get(one.original.id, 0)
        repeated = any(number > before for report, number in counted.items() if report != one.original.id)
        counted[one.original.id] = before + 1
        if repeated:
            other = first[_told(line)]
            why = f"The same transaction with the same balance is reported by {other.report.id}."
            result.append(replace(one, status=Status.REPEATS, counts=False, other=other, why=why))
        else:
            first.setdefault(_told(line), line)
            result.append(one)
    return result


def _told(line: Line) -> tuple[object, ...]:
    """What makes two lines of two reports the same: all of the event, the position, and the balance after it."""
    return line.position, *event_of(line), line.owned


def events_once(entries: Sequence[Applied]) -> list[Applied]:
    """Lines of unmatched amendments don't count where an equal event of a common owner is in force already."""
    known: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for one in entries:
        if one.counts and one.status is not Status.AMENDMENT_UNMATCHED:
            known[event_of(one.line)].append(one.line)
    result = []
    for one in entries:
        if one.status is Status.AMENDMENT_UNMATCHED and one.line.kind == "transaction":
            event = event_of(one.line)
            same = next((line for line in known[event] if _is_another_report_s(line, one.line)), None)
            if same is not None:
                why = f"{one.why} An equal transaction is reported by {same.report.id}."
                one = replace(one, counts=False, other=same, why=why)  # noqa: PLW2901 - the same line
            else:
                known[event].append(one.line)
        result.append(one)
    return result


def event_of(line: Line) -> tuple[object, ...]:
    """The economic event of a transaction: issuer, table, day, class, code, direction, shares and price."""
    position = line.position
    amounts = line.shares, line.price
    return position.issuer, position.table, line.traded, position.title, line.code, line.direction, *amounts


def _is_another_report_s(one: Line, other: Line) -> bool:
    """Whether two lines of equal events are of two reports of a common owner, and say day and shares at all."""
    known = one.traded is not None and one.shares is not None
    return known and one.report.id != other.report.id and not set(one.report.owners).isdisjoint(other.report.owners)
