"""What a drafter has to know before filing: days, balances and numbers that the form or the calendar does not take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from section16 import law
from section16.compliance.fills.bands import Band
from section16.compliance.fills.lines import Carried
from section16.compliance.fills.numbers import is_exact, rounded
from section16.law.aggregation import one_line

if TYPE_CHECKING:
    from section16.compliance.fills.reports import FillReport

_SATURDAY: Final = 5


def cautions(
    reports: Sequence[FillReport], lines: Sequence[Carried], decimals: int, calendar: law.Calendar
) -> Iterator[str]:
    """One sentence each, reports first. `decimals` are those that the form takes."""
    for report in reports:
        yield from _due(report, calendar)
    positions = {one.band.position.key: one.band.position for one in reversed(lines) if one.before is None}
    for key in sorted(positions):
        yield f"what is owned before the first trade is not known: {positions[key]}; column 5 stays empty"
    for one in lines:
        yield from _numbers(one, decimals)
        yield from _day(one.band)


def _due(report: FillReport, calendar: law.Calendar) -> Iterator[str]:
    after = [line.traded for line in report.lines if line.traded > report.due]
    if after:
        said = f"report {report.number} is due on {report.due} for the trades of {report.period_of_report}"
        yield f"{said}, but holds trades of {min(after)} and later; draft a report for each day"
    for words in calendar.warnings(report.period_of_report, report.last_due):
        yield f"report {report.number}, due day: {words}"
    if any(line.plan_adopted for line in report.lines):
        said = f"report {report.number}: due days are counted from the trade; if a plan's broker chose the day,"
        yield f"{said} they run from the day on which the insider was told (Rule 16a-3(g)(2))"


def _numbers(one: Carried, decimals: int) -> Iterator[str]:
    band = one.band
    where = f"{band.traded}, {band.position}"
    if not is_exact(band.shares, rounded(band.shares, decimals)):
        yield f"{where}: {band.shares} shares have more than {decimals} decimals; rounded in drafts"
    elif one.after is not None and not is_exact(one.after, rounded(one.after, decimals)):
        yield f"{where}: the {one.after} owned after have more than {decimals} decimals; rounded in drafts"
    if band.low == band.high and not is_exact(band.low, rounded(band.low, decimals)):
        yield f"{where}: the price {band.low} has more than {decimals} decimals; rounded"


def _day(band: Band) -> Iterator[str]:
    where = f"{band.traded}, {band.position}"
    if band.traded.weekday() >= _SATURDAY:
        yield f"{where}: no exchange trades on a {band.traded:%A}"
    letter = one_line(date.max).since
    if band.traded < letter and band.low != band.high:
        yield f"{where}: the letter that lets several prices share a line is of {letter}"
