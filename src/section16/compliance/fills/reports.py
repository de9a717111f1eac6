"""Fills drafted as reports: the fewest lines, in forms of at most thirty, each with its due day and footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import msgspec

from section16 import law
from section16.compliance.fills.bands import Band, bands
from section16.compliance.fills.cautions import cautions
from section16.compliance.fills.fill import Fill
from section16.compliance.fills.lines import Balances, Carried, FillLine, carried, form_line
from section16.law.aggregation import form_limits, one_line


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote drafted for one report: id (`F1`) and text."""

    id: str
    text: str


class FillReport(msgspec.Struct, frozen=True, kw_only=True):
    """One Form 4: at most thirty lines, the footnotes they need, and when it is due.

    `due` is the last day for the earliest trade in it, `last_due` for the latest one. `plan_box` says that a line is
    of a plan for which the form has a box.
    """

    number: int
    of: int
    period_of_report: date
    due: date
    last_due: date
    lines: tuple[FillLine, ...]
    footnotes: tuple[Note, ...]
    plan_box: bool
    remarks: str | None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that was used, with its source; `basis` is rule, guide or memory."""

    text: str
    cites: str
    basis: str


class FillAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The drafted reports, and what has to be known about them."""

    reports: tuple[FillReport, ...]
    fills: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]

    @property
    def lines(self) -> tuple[FillLine, ...]:
        """All lines of all reports, in order."""
        return tuple(line for report in self.reports for line in report.lines)


_AGGREGATION: Final = (
    "One line holds open-market trades of one day and one direction, in one security held in one way, at prices no "
    "more than ${width} apart; its price is the average weighted by shares, and a footnote gives the range and "
    "undertakes to give each price on request."
)


def form_lines(
    fills: Iterable[Fill],
    balances: Balances | None = None,
    *,
    decimals: int | None = None,
    each_day: bool = False,
    calendar: law.Calendar | None = None,
) -> FillAnswer:
    """Draft the fewest lines for fills, in as few reports as take them; `each_day` begins a new one with each day.

    `balances` says what is owned before the first trade, by position key. `decimals` are those of the price, four
    unless fewer are asked for. `calendar` counts the due days. Raises UsageError if more is sold than was owned.
    """
    drawn = bands(fills)
    most = form_limits()
    kept = most.decimals if decimals is None else decimals
    lines = list(carried(drawn, balances or {}))
    parts = list(_parts(lines, most.rows, each_day=each_day))
    days = calendar or law.sec_calendar()
    reports = tuple(_report(part, number, len(parts), kept, days) for number, part in enumerate(parts, start=1))
    return FillAnswer(
        reports=reports,
        fills=sum(len(band.fills) for band in drawn),
        steps=_steps(drawn, len(reports)),
        warnings=tuple(cautions(reports, lines, most.decimals, days)),
    )


def _parts(lines: Sequence[Carried], rows: int, *, each_day: bool) -> Iterator[Sequence[Carried]]:
    """Lines divided into reports."""
    days = [list(part) for _, part in groupby(lines, key=lambda one: one.band.traded)] if each_day else [lines]
    for part in days:
        yield from (part[first : first + rows] for first in range(0, len(part), rows))


def _report(part: Sequence[Carried], number: int, of: int, decimals: int, calendar: law.Calendar) -> FillReport:
    notes: dict[str, str] = {}
    lines = tuple(form_line(one, number, place, decimals, notes) for place, one in enumerate(part, start=1))
    days = [line.traded for line in lines]
    boxed = law.effective("plan_conditions").since
    return FillReport(
        number=number,
        of=of,
        period_of_report=min(days),
        due=law.form_4_due(min(days), calendar=calendar),
        last_due=law.form_4_due(max(days), calendar=calendar),
        lines=lines,
        footnotes=tuple(Note(id=name, text=text) for text, name in notes.items()),
        plan_box=any(line.plan_adopted is not None and line.plan_adopted >= boxed for line in lines),
        remarks=f"This is Form {number} of {of} filed for these transactions." if of > 1 else None,
    )


def _steps(drawn: Sequence[Band], reports: int) -> tuple[Step, ...]:
    rules = {one_line(band.traded).cites: one_line(band.traded) for band in drawn}
    steps = [
        Step(text=_AGGREGATION.format(width=rule.width), cites=rule.cites, basis=rule.basis) for rule in rules.values()
    ]
    if drawn:
        said = "A Form 4 is due on the second business day after the trade."
        steps.append(Step(text=said, cites="Exchange Act s. 16(a)(2)(C); Rule 16a-3(g)(1)", basis="rule"))
    if reports > 1:
        limits = form_limits()
        said = f"A table takes {limits.rows} lines; what is more stands on another form that repeats the data."
        steps.append(Step(text=said, cites=limits.cites, basis=limits.basis))
    return tuple(steps)
