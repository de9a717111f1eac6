"""Whether one line of a report came in time. What a report as a whole owes is `lateness`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from section16 import law
from section16.codes import transaction_code
from section16.compliance.report_times import LineLateness, ReportTimes
from section16.form.cells import Noted
from section16.law import Calendar, Dealing, LineDue, LineFacts, Timeliness, Waiting
from section16.law.fiscal_years import may_be_year_end, year_end_of
from section16.law.matching_codes import ENDS_WAITING, MAY_WAIT
from section16.positions import Applied, Status
from section16.positions.lines import Line
from section16.reading.filing import Filing

_GIFT: Final = "G"


def line_lateness(times: ReportTimes, line: Line, lines: Sequence[Line], became: Applied | None) -> LineLateness:
    """Judge a line among the lines of its report; `became` is what amendments made of it, None if that isn't known."""
    if line.kind == "holding":
        return _late_holding(line)
    facts = _facts(times, line, lines)
    due = law.line_due(facts, times.calendar)
    state, why = times.judge(due)
    if state is Timeliness.LATE:
        state, why = _doubted(times, line, due)
    if times.report.is_amendment and state is not Timeliness.ON_TIME:
        state, why = _amending(times, due, became, state, why)
    used = due.latest if state is Timeliness.LATE else due.earliest
    days, calendar_days = times.days(state, due.latest)
    mark = _mark(line)
    return LineLateness(
        place=line.place,
        state=state,
        why=why,
        cites=due.cites,
        form=due.form,
        code=line.code,
        traded=line.traded,
        deemed=line.deemed,
        due=used,
        latest=due.latest if due.latest != used else None,
        late_days=days,
        late_calendar_days=calendar_days,
        mark=mark,
        disagrees=_disagrees(times, mark, state),
        assumed_year_end=facts.year_end is not None,
        notes=_notes(times, line, state),
    )


def _facts(times: ReportTimes, line: Line, lines: Sequence[Line]) -> LineFacts:
    code = transaction_code(line.code)
    document = times.filing.document
    planned = bool(document.aff10b5_one) or line.code == "I" or "10b5-1" in _words(times.filing)
    return LineFacts(
        code=line.code,
        owed_on=None if code is None or line.traded is None else code.due_on(line.traded),
        direction=line.direction,
        traded=line.traded,
        deemed=line.deemed,
        form_type=line.form_type,
        on_form=times.report.form or "4",
        planned=planned,
        waiting=_waiting(line, lines, times.calendar),
        year_end=_year_end(times, line.traded),
        foreign=times.foreign,
    )


def _words(filing: Filing) -> str:
    document = filing.document
    return "\n".join([*document.footnote_texts.values(), document.remarks or ""]).lower()


def _waiting(line: Line, lines: Sequence[Line], calendar: Calendar) -> Waiting | None:
    """What Rule 16a-6 makes of a purchase among the trades of its report in the same class."""
    if line.code not in MAY_WAIT or line.direction != "A" or line.traded is None:
        return None
    same = [one for one in lines if one.traded is not None and _same_class(one, line)]
    acquired = [one for one in same if one.code in MAY_WAIT and one.direction == "A"]
    ends = [one for one in same if one.code in ENDS_WAITING and one.direction == "D"]
    dealings = [
        Dealing(one.traded, acquired=one in acquired, worth=_worth(one))
        for one in (*acquired, *ends)
        if one.traded is not None
    ]
    return law.waiting(dealings, calendar)[acquired.index(line)]


def _same_class(one: Line, other: Line) -> bool:
    return (one.position.table, one.position.title) == (other.position.table, other.position.title)


def _worth(line: Line) -> Decimal | None:
    if line.shares is None or line.in_dollars:
        return line.shares
    return None if line.price is None else line.shares * line.price


def _year_end(times: ReportTimes, day: date | None) -> date | None:
    """The end of the fiscal year of a trade: by a Form 5's own period, else by the issuer's part of the header."""
    if day is None or not law.countable(day):
        return None
    period = times.report.period
    if times.report.form == "5" and period is not None and period - law.LONGEST_YEAR < day <= period:
        return period if may_be_year_end(period, times.header_year_end) else None
    return year_end_of(day, times.header_year_end)


def _doubted(times: ReportTimes, line: Line, due: LineDue) -> tuple[Timeliness, str]:
    """A line about a year before its report is rather a slip of the pen, unless the footnotes name the year."""
    if line.traded is None or times.filed is None or str(line.traded.year) in _words(times.filing):
        return Timeliness.LATE, due.why
    moved = law.likely_year(line.traded, times.filed, times.calendar)
    if moved is None:
        return Timeliness.LATE, due.why
    return Timeliness.UNKNOWN, f"the year looks mistyped: {moved} would be in time or nearly so"


def _amending(
    times: ReportTimes, due: LineDue, became: Applied | None, state: Timeliness, why: str
) -> tuple[Timeliness, str]:
    """A line of an amendment: added, it runs from its own date; restated, its original was what had to be in time."""
    status = None if became is None else became.status
    if status is Status.ADDED:
        return state, f"added by the amendment; {why}"
    if status in {Status.RESTATES, Status.SUPERSEDES}:
        return Timeliness.ON_TIME, "in the original already, which is judged by itself"
    first = times.report.original_filed_on
    if state is Timeliness.LATE and first is not None and due.judge(first) is Timeliness.LATE:
        return state, f"late even if the original of {first} had it; {why}"
    return Timeliness.UNKNOWN, f"late unless the original had it, which isn't at hand; {why}"


def _late_holding(line: Line) -> LineLateness:
    """A holding that a Form 3 left out, reported on a Form 5: late, whenever the Form 3 was due."""
    return LineLateness(
        place=line.place,
        state=Timeliness.LATE,
        why="a holding that belonged on Form 3, by its own mark",
        cites="Rule 16a-3(f)(1)",
        form="3",
        mark=_mark(line),
        disagrees=_mark(line) == "E",
        notes=("when the Form 3 was due isn't known",),
    )


def _mark(line: Line) -> str:
    cell: Noted[str] | None = getattr(line.record, "timeliness", None)
    return ((cell.value if cell else None) or "").strip().upper()[:1]


def _disagrees(times: ReportTimes, mark: str, state: Timeliness) -> bool:
    """Whether the filer's mark says otherwise; a late line without one does on Form 5, on Form 4 EDGAR takes none."""
    if state is Timeliness.UNKNOWN:
        return False
    if state is Timeliness.ON_TIME:
        return mark == "L"
    return mark == "E" or (not mark and times.report.form == "5")


def _notes(times: ReportTimes, line: Line, state: Timeliness) -> tuple[str, ...]:
    said = []
    if state is Timeliness.LATE and line.code == _GIFT and line.direction == "D" and line.traded is not None:
        undisputed = law.effective("gift_dispositions_undisputed")
        if line.traded < undisputed.since and line.traded >= law.effective("gift_dispositions_on_form_4").since:
            said.append(f"gifts before {undisputed.since} are disputed: {undisputed.cites}")
    if line.traded is not None and times.filed is not None and line.traded > times.filed:
        said.append(f"dated after the filing of {times.filed}")
    return tuple(said)


def worst(parts: Sequence[LineLateness]) -> tuple[Timeliness, str]:
    """The state of all together, with the reason of the first part that has it."""
    for state in (Timeliness.LATE, Timeliness.UNKNOWN, Timeliness.ON_TIME):
        for part in parts:
            if part.state is state:
                place = f"{part.place}: " if part.place else ""
                return state, place + part.why
    return Timeliness.ON_TIME, ""
