"""One report as Item 405 sees it from a fiscal year: what in it was late, how many transactions, what stays open.

Official text: 17 CFR 229.405. Which year a late line belongs to, and how lines are counted, is said in `item_405`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from section16 import law
from section16.compliance.fiscal_year import FiscalYear
from section16.compliance.lateness import ReportLateness
from section16.compliance.report_times import LineLateness
from section16.law import Timeliness

BOTH_TABLES: Final = frozenset({"M", "C", "O", "X"})
_RELIEF_CITES: Final = "SEC staff FAQs 6 and 7 of 12 March 2026"


class When(StrEnum):
    """Where a late line belongs, seen from one fiscal year."""

    THIS_YEAR = "this year"
    EARLIER = "earlier year"
    """Due in an earlier year and filed in this one or later: named unless an earlier disclosure did."""
    OUTSIDE = "outside"
    """Of another year's disclosure."""


class LateLine(msgspec.Struct, frozen=True, kw_only=True):
    """One late line, or one that could not be judged; `place` is "" for a report as a whole."""

    place: str
    code: str
    traded: date | None
    due: date | None
    late_days: int | None
    when: When
    why: str
    notes: tuple[str, ...] = ()


class LateReport(msgspec.Struct, frozen=True, kw_only=True):
    """One late report of a person, with its late lines; or one with lines that could not be judged.

    `accession` is the accession number, or the digest of the bytes where there is none. `transactions` counts those
    that were not reported on a timely basis.
    """

    accession: str
    document_type: str
    filed_on: date | None
    due: date | None
    late_days: int | None
    transactions: int
    lines: tuple[LateLine, ...]
    notes: tuple[str, ...] = ()


def _when(line: LineLateness, one: ReportLateness, year: FiscalYear) -> When:
    """What a late line has to do with a year."""
    day = line.due
    if line.form == "5" and not line.place:
        day = one.report.period
    elif line.form == "5":
        day = line.traded
    elif line.form == "3" and day is None:
        day = one.report.period
    if day is None or day > year.last:
        return When.OUTSIDE
    if day >= year.first:
        return When.THIS_YEAR
    return When.EARLIER if one.filed is not None and one.filed >= year.first else When.OUTSIDE


def _parts(one: ReportLateness, calendar: law.Calendar) -> list[LineLateness]:
    """A report's lines; before them the report as a whole, where it has a due day of its own (Forms 3 and 5)."""
    form, period = one.report.form, one.report.period
    if form == "4" or one.report.is_amendment or period is None or not law.countable(period):
        return list(one.lines)
    whole = LineLateness(place="", state=one.state, why=one.why, cites="", form=form, due=one.due)
    if form == "5":
        due = law.form_5_due(period, calendar=calendar)
        state = _by(one, due)
        said = f"45 days after the fiscal year end of {period}"
        whole = LineLateness(place="", state=state, why=said, cites="Rule 16a-3(f)", form=form, due=due)
    if whole.state is Timeliness.LATE and whole.due is not None and one.filed is not None:
        whole = msgspec.structs.replace(whole, late_days=calendar.business_days_after(whole.due, one.filed))
    return [whole, *one.lines]


def _by(one: ReportLateness, due: date) -> Timeliness:
    """Whether a report came by a day; a signature only proves that it did not come before."""
    if one.filed is None:
        return Timeliness.UNKNOWN
    if one.filed > due:
        return Timeliness.LATE
    return Timeliness.UNKNOWN if one.filed_basis == "signature" else Timeliness.ON_TIME


def late_report(one: ReportLateness, year: FiscalYear, calendar: law.Calendar) -> LateReport | None:
    """What a report adds to a year's late ones; None if nothing."""
    late = [(line, _when(line, one, year)) for line in _parts(one, calendar) if line.state is Timeliness.LATE]
    kept = [(line, when) for line, when in late if when is not When.OUTSIDE]
    return _report(one, kept) if kept else None


def open_report(one: ReportLateness, year: FiscalYear, calendar: law.Calendar) -> LateReport | None:
    """What could not be judged in a report that may belong to the year; None if nothing."""
    unknown = [line for line in _parts(one, calendar) if line.state is Timeliness.UNKNOWN]
    if not unknown and not one.lines and one.state is Timeliness.UNKNOWN:
        unknown = [LineLateness(place="", state=one.state, why=one.why, cites="", form=one.report.form)]
    kept = [line for line in unknown if _may_belong(line, one, year)]
    return _report(one, [(line, When.THIS_YEAR) for line in kept]) if kept else None


def _may_belong(line: LineLateness, one: ReportLateness, year: FiscalYear) -> bool:
    """Whether a line of unknown lateness may be the year's: not traded after it, not filed before it."""
    day = line.traded or one.report.period
    return (day is None or day <= year.last) and (one.filed is None or one.filed >= year.first)


def _report(one: ReportLateness, lines: Sequence[tuple[LineLateness, When]]) -> LateReport:
    days = [line.late_days for line, _ in lines if line.late_days is not None]
    dues = [line.due for line, _ in lines if line.due is not None]
    return LateReport(
        accession=one.report.id,
        document_type=one.report.document_type,
        filed_on=one.filed,
        due=min(dues, default=None),
        late_days=max(days, default=None),
        transactions=_transactions([line for line, _ in lines if line.state is Timeliness.LATE]),
        lines=tuple(
            LateLine(
                place=line.place,
                code=line.code,
                traded=line.traded,
                due=line.due,
                late_days=line.late_days,
                when=when,
                why=line.why,
                notes=line.notes,
            )
            for line, when in lines
        ),
        notes=tuple(_relief(one)),
    )


def _transactions(lines: Sequence[LineLateness]) -> int:
    """How many transactions late lines are; an exercise or conversion that stands in both tables is one."""
    traded = [line for line in lines if line.place and line.code]
    sides: dict[tuple[str, date | None], Counter[bool]] = {}
    for line in traded:
        if line.code in BOTH_TABLES:
            sides.setdefault((line.code, line.traded), Counter())[line.place.startswith("Table II ")] += 1
    return len(traded) - sum(min(side[False], side[True]) for side in sides.values())


def _relief(one: ReportLateness) -> Iterator[str]:
    """The staff's word on reports of spring 2026 that waited for a Form ID; domestic issuers list them all the same."""
    first, last = law.effective("foreign_insiders_enacted").since, law.effective("foreign_insiders").since
    until = law.effective("foreign_relief_ends").since
    if one.due is not None and one.filed is not None and first <= one.due <= last and one.filed <= until:
        yield f"no enforcement recommended if only a pending Form ID made it late; still to be listed ({_RELIEF_CITES})"
