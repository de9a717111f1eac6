"""Column 5 of Table I, row by row: each line's balance follows from the one before it.

Official text: SEC staff, Section 16 Electronic Reporting FAQ (2003): lines of one class and form of ownership form a
running tally. Table II is left out: its column 9 may hold one grant or all of a kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Security, Transaction
from section16.rules.unread import holds_unread

_ROUNDING: Final = Decimal(1)
"""Fractional shares come and go between balances: a difference of up to one share is none."""
_APART: Final = ("unit", "award", "option", "restricted", "right")
"""Words of titles whose lots are often tallied one by one."""
_TALLY: Final = "SEC staff, Section 16 Electronic Reporting FAQ (2003): a running tally of each form of ownership"


def _tallies(report: Report) -> Iterator[list[Transaction]]:
    """Lines of Table I of one security, in the order of the form, where each has its figures.

    None on a joint form: lines that look alike may be different owners'.
    """
    if len(report.owners) != 1 or len(report.lines_1) < 2:  # noqa: PLR2004 - a balance follows from another
        return
    groups: defaultdict[Security, list[Transaction]] = defaultdict(list)
    for line in report.transactions:
        if line.table == "I":
            groups[line.security].append(line)
    for lines in groups.values():
        if len(lines) > 1 and not any(line.change is None or line.owned is None for line in lines):
            yield lines


def _follows(line: Transaction, before: Transaction, sign: int = 1) -> bool:
    """Whether the line's balance is the one before it and its own amount; `sign` -1: with A and D swapped."""
    if line.owned is None or before.owned is None or line.change is None:
        return True
    return abs(line.owned - before.owned - sign * line.change) <= _ROUNDING


def _broken_tallies(report: Report) -> list[list[Transaction]]:
    """Those that don't add up in the order of the form."""
    return [lines for lines in _tallies(report) if not all(_follows(line, before) for before, line in pairwise(lines))]


def _begins(line: Transaction, lines: Sequence[Transaction]) -> bool:
    """Whether no other line's balance leads to this one's."""
    return not any(_follows(line, other) for other in lines if other is not line)


def _ends(line: Transaction, lines: Sequence[Transaction]) -> bool:
    """Whether this line's balance leads to no other's."""
    return not any(_follows(other, line) for other in lines if other is not line)


def _explained(report: Report, lines: Sequence[Transaction]) -> bool:
    """Whether a footnote beside one of the balances or titles may say what lies between."""
    return any(report.notes_of(line.part.record.title, line.part.record.owned_after.shares_owned) for line in lines)


def _breaks(report: Report, lines: Sequence[Transaction]) -> list[Transaction]:
    """Lines whose balance follows from none, whatever the order; the first of a tally may. Empty for separate lots."""
    beginnings = [line for line in lines if _begins(line, lines)]
    if len(beginnings) < 2 or _explained(report, lines):  # noqa: PLR2004 - every tally has one beginning
        return []
    if _separate_lots(lines, alone=any(_ends(line, lines) for line in beginnings)):
        return []
    return beginnings[1:] if lines[0] is beginnings[0] else beginnings


def _separate_lots(lines: Sequence[Transaction], *, alone: bool) -> bool:
    """Whether the lines may be several holdings, each with its own tally. `alone`: some tally has only one line."""
    security = lines[0].security
    one_balance = len({line.owned for line in lines}) == 1
    if one_balance and (security.held == "I" or not lines[0].owned):
        return True
    if security.held == "I" and security.nature.startswith("see "):
        return True
    return not alone and (security.held == "I" or any(word in security.title for word in _APART))


@rule(
    "L-01",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The amount owned doesn't follow from the line before it.",
    mend="Give each line the balance after it: the one before, plus what is acquired or less what is disposed of. If "
    "something else changed the balance, say so in a footnote of column 5.",
    cites=_TALLY,
    basis="guide",
)
def balances_follow_from_line_to_line(report: Report) -> Iterator[Place]:
    """One place for each break; one only where all lines repeat the last balance. None while a line is half read."""
    if any(holds_unread(line.record) for line in report.lines_1):
        return
    for lines in report.once(_broken_tallies):
        breaks = [line for line in _breaks(report, lines) if not _swapped(line, lines) and not _closed_out(line)]
        if all(line.part.record == lines[0].part.record for line in lines) and lines[0].security.held == "D":
            continue  # the same line twice: L-57
        if len({line.owned for line in lines}) == 1:
            if breaks:
                said = f"All {len(lines)} lines of this security show {lines[0].owned} owned, whatever they report."
                yield _owned(report, breaks[0], said)
            continue
        for line in breaks:
            before = lines[lines.index(line) - 1] if line is not lines[0] else lines[1]
            yield _owned(report, line, _arithmetic(line, before))


def _closed_out(line: Transaction) -> bool:
    """Whether the line ends a holding in a merger or tender, where each lot is often shown as the last."""
    return not line.owned and line.code in {"D", "U", "J"}


def _owned(report: Report, line: Transaction, said: str) -> Place:
    element = "valueOwnedFollowingTransaction" if line.owned_in_dollars else "sharesOwnedFollowingTransaction"
    return report.column(line.part, "postTransactionAmounts", element, message=said)


def _arithmetic(line: Transaction, before: Transaction) -> str:
    change = line.change or Decimal(0)
    expected = (before.owned or Decimal(0)) + change
    word = "plus" if change >= 0 else "less"
    where = before.part.place
    return f"{before.owned} owned after {where}, {word} {abs(change)}, is {expected}; the line says {line.owned}."


def _swapped(line: Transaction, lines: Sequence[Transaction]) -> bool:
    """Whether the line would follow from the line before it if A and D were swapped."""
    position = next(number for number, each in enumerate(lines) if each is line)
    if position == 0 or not line.change:
        return False
    before = lines[position - 1]
    return not _follows(line, before) and _follows(line, before, -1)


@rule(
    "L-03",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The balance moves the other way than the A/D column says.",
    mend="If the balance is right, swap A and D in column 4.",
    cites=_TALLY,
    basis="guide",
)
def the_balance_moves_as_acquired_or_disposed_says(report: Report) -> Iterator[Place]:
    """Lines whose amount fits exactly with the other letter."""
    for lines in report.once(_broken_tallies):
        for line in _breaks(report, lines):
            if _swapped(line, lines):
                where = "went up" if line.direction == "D" else "went down"
                said = f"The line says {line.direction}, but the balance {where} by exactly its {line.shares}."
                place = "transactionAmounts", "transactionAcquiredDisposedCode"
                yield report.column(line.part, *place, message=said)


@rule(
    "L-06",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="Less is owned after the acquisition than was acquired.",
    mend="Check the amount, A or D, and the amount owned afterwards, which includes what was just acquired. If "
    "something else changed it, say so in a footnote beside it.",
    cites="Form 4, Table I column 5 and Table II column 9: amount owned following the reported transaction",
    basis="derived",
    aliases="DQ-AFTER-NEGATIVE",
)
def what_was_acquired_is_owned_afterwards(report: Report) -> Iterator[Place]:
    """The only line of a security, of one owner, acquired but not by an exercise, with no footnote at its balance."""
    if len(report.owners) != 1:
        return
    lines = Counter(line.security for line in report.transactions)
    for line in report.transactions:
        if line.code not in _KEPT or line.direction != "A" or lines[line.security] > 1 or line.in_dollars:
            continue
        if line.shares is None or line.owned is None or line.owned_in_dollars or line.owned + _ROUNDING >= line.shares:
            continue
        if not _explained(report, [line]) and not any(word in line.security.title for word in _SHORT):
            yield _owned(report, line, f"{line.shares} were acquired, but only {line.owned} are owned afterwards.")


_KEPT: Final = frozenset({"A", "P", "G", "L", "W", "J", "I"})
"""Codes of acquisitions that don't use up what they acquire."""
_SHORT: Final = ("swap", "put", "call", "short", "forward", "contract", "future")
"""Words of titles of positions that may be closed by acquiring."""
