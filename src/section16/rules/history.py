"""What earlier reports of the same owners at the same issuer said, as far as rules between reports ask.

Kept of each pair of issuer and owners: the last balance of each line that is open, and marks of the latest reports.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

import msgspec

from section16.identifiers import cik
from section16.rules.report import Report
from section16.rules.transactions import Security, Transaction

_REMEMBERED: Final = 32
"""Reports of one pair that are told apart; older ones are left."""
_ROUNDING: Final = Decimal(1)


class Balance(msgspec.Struct, frozen=True):
    """What was owned on a day by an earlier report's last line."""

    amount: Decimal
    day: date


class Mark(msgspec.Struct, frozen=True):
    """An earlier report by its day and type, a digest of what it says, and its lines' identities."""

    day: date
    document_type: str
    digest: int
    lines: frozenset[int]


class History:
    """One pair of issuer and owners. `since` is the day of the issuer's first report among the reports given."""

    def __init__(self, since: date) -> None:
        """Begin with nothing known."""
        self.since = since
        self.balances: dict[Security, Balance] = {}
        self.marks: deque[Mark] = deque(maxlen=_REMEMBERED)
        self.namesakes: tuple[str, ...] = ()
        self.has_left = False

    def add(self, report: Report, day: date) -> None:
        """Take a report that was filed on `day`."""
        self.marks.append(mark_of(report, day))
        self.has_left = bool(report.document.not_subject_to_section16)
        if len(report.owners) != 1:
            return
        for security, lines in tallies(report).items():
            self._keep(security, lines, amends=report.document_type.endswith("/A"))

    def _keep(self, security: Security, lines: list[Transaction], *, amends: bool) -> None:
        """A balance that isn't clear, or an amendment's, which may be of any day, ends what was known."""
        last, known = lines[-1], self.balances.get(security)
        if amends or not in_order(lines) or last.owned is None or last.day is None:
            self.balances.pop(security, None)
        elif known is None or known.day <= last.day:
            self.balances[security] = Balance(last.owned, last.day)


def tallies(report: Report) -> dict[Security, list[Transaction]]:
    """Lines of Table I held directly, by security, in the order of the form."""
    found: dict[Security, list[Transaction]] = {}
    for line in report.transactions:
        if line.table == "I" and line.security.held == "D" and not line.owned_in_dollars:
            found.setdefault(line.security, []).append(line)
    return found


def opening(line: Transaction) -> Decimal | None:
    """What was owned before a line, by its own figures."""
    return None if line.owned is None or line.change is None else line.owned - line.change


def in_order(lines: list[Transaction]) -> bool:
    """Whether days and balances follow from line to line."""
    for before, line in pairwise(lines):
        start = opening(line)
        if start is None or before.owned is None or abs(start - before.owned) > _ROUNDING:
            return False
        if before.day is None or line.day is None or before.day > line.day:
            return False
    return opening(lines[0]) is not None


def mark_of(report: Report, day: date) -> Mark:
    """The mark of a report."""
    document = report.document
    said = document.period_of_report, document.non_derivative_table, document.derivative_table, document.footnotes
    lines = frozenset([hash((line.security, line.day, line.code, line.direction)) for line in report.transactions])
    return Mark(day, report.document_type, hash(repr((said, document.remarks))), lines)


def owners_of(report: Report) -> frozenset[str]:
    """The owners' CIKs without leading zeros."""
    return frozenset([cik.compact(part.record.cik) or part.record.cik for part in report.owners if part.record.cik])
