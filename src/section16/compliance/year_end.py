"""Form 5 at the end of a fiscal year: what has to stand on it, by the events given and the reports filed.

Official texts: Rules 16a-3(f), 16a-6, Item 405(b) of Regulation S-K. Form 5 takes what is exempt from section 16(b) and
not due on Form 4 (acquisitions by gift or inheritance), small acquisitions that still wait, and whatever should have
been reported before and was not, of this year or an earlier one; a holding left off Form 3 too. What any Form 3, 4 or
5 already has, even late, need not stand on it again. No Form 5 is due where nothing would stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from section16 import law
from section16.compliance.fiscal_year import FiscalYear
from section16.compliance.year_end_candidates import Candidate, form_5_candidates
from section16.compliance.year_end_events import OMITTED_HOLDING, Event
from section16.law.matching_codes import MAY_WAIT
from section16.positions import Applied, Line, ReportFacts, applied
from section16.positions.reports import distinct
from section16.positions.spelling import folded_title
from section16.reading.filing import Filing


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a report already has, and where."""

    event: Event
    accession: str
    document_type: str
    place: str


class PersonYearEnd(msgspec.Struct, frozen=True, kw_only=True):
    """What one person owes at the year's end.

    `form_5` is `due`, `open` (it hangs on a fact that is missing) or `none found` in what was given, or `filed`: then
    `filed` names the report. `later` are events after the fiscal year.
    """

    cik: str
    name: str
    form_5: Literal["due", "open", "none found", "filed"]
    candidates: tuple[Candidate, ...]
    reported: tuple[Reported, ...]
    filed: str | None
    later: int


class YearEnd(msgspec.Struct, frozen=True, kw_only=True):
    """All persons of one issuer; `due` is the last day for a Form 5."""

    issuer: str
    issuer_name: str
    fiscal_year: FiscalYear
    due: date
    persons: tuple[PersonYearEnd, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def year_end(
    filings: Iterable[Filing],
    year: FiscalYear,
    events: Sequence[Event] = (),
    *,
    calendar: law.Calendar | None = None,
) -> YearEnd:
    """What every person in the filings and events of one issuer owes on Form 5. Order makes no difference."""
    calendar = calendar or law.sec_calendar()
    given = list(filings)
    reports = [report for report, _ in distinct(given)]
    lines = applied(given)
    names = _names(reports, events)
    due = law.form_5_due(year.last, calendar=calendar)
    newest = reports[-1] if reports else None
    form_5 = [one for one in reports if one.form == "5" and one.period == year.last]
    return YearEnd(
        issuer=newest.issuer if newest else "",
        issuer_name=newest.issuer_name if newest else "",
        fiscal_year=year,
        due=due,
        persons=tuple(
            _person(key, names, lines, form_5, events, year, calendar)
            for key in sorted(names, key=lambda one: (names[one], one))
        ),
        assumptions=(
            "the reports and events given are all there are",
            "no limit of years is taken for what was missed (practice; Rule 16a-3(f)(1)(iv) names two years)",
        ),
        warnings=calendar.warnings(year.last, due),
    )


def _names(reports: Sequence[ReportFacts], events: Sequence[Event]) -> dict[str, str]:
    """Names by CIK, by name where an event gives no CIK and no report has the name."""
    names: dict[str, str] = {}
    for report in reports:
        names |= {owner: name or owner for owner, name in zip(report.owners, report.owner_names, strict=True)}
    for event in sorted(events, key=lambda one: not one.cik):
        key = _key(event, names)
        names.setdefault(key, event.name or event.cik)
    return names


def _key(event: Event, names: dict[str, str]) -> str:
    said = event.name.casefold().split()
    return event.cik or next((key for key, name in names.items() if name.casefold().split() == said), event.name)


def _person(
    key: str,
    names: dict[str, str],
    lines: Sequence[Applied],
    form_5: Sequence[ReportFacts],
    events: Sequence[Event],
    year: FiscalYear,
    calendar: law.Calendar,
) -> PersonYearEnd:
    own = [event for event in events if _key(event, names) == key]
    own.sort(key=lambda event: (event.day, event.code, event.security, event.shares or 0, event.line or 0))
    filed_lines = [one.line for one in lines if key in one.line.report.owners and one.counts]
    own_form_5 = [report for report in form_5 if key in report.owners]
    reported, missing = _matched([event for event in own if event.day <= year.last], filed_lines)
    candidates = tuple(form_5_candidates(missing, filed_lines, year, calendar))
    state: Literal["due", "open", "none found", "filed"] = "none found"
    if candidates:
        state = "due" if any(one.certain for one in candidates) else "open"
    elif own_form_5:
        state = "filed"
    return PersonYearEnd(
        cik=key if key.isdecimal() else "",
        name=names[key],
        form_5=state,
        candidates=candidates,
        reported=tuple(reported),
        filed=own_form_5[0].id if own_form_5 else None,
        later=sum(event.day > year.last for event in own),
    )


def _matched(events: Sequence[Event], lines: Sequence[Line]) -> tuple[list[Reported], list[Event]]:
    """Events with the line that reports each, every line used once; and those that no line reports."""
    free = list(lines)
    reported: list[Reported] = []
    missing: list[Event] = []
    for event in events:
        line = next((line for line in free if _reports(line, event)), None)
        if line is None:
            missing.append(event)
            continue
        free.remove(line)
        report = line.report
        reported.append(
            Reported(event=event, accession=report.id, document_type=report.document_type, place=line.place)
        )
    return reported, missing


def _reports(line: Line, event: Event) -> bool:
    """Whether a line tells of an event: security, amount where both say one, and for transactions day, code, A or D."""
    if folded_title(line.title_as_filed) != folded_title(event.security):
        return False
    if event.code == OMITTED_HOLDING:
        held = event.ownership == line.position.held and (event.shares is None or event.shares == line.owned)
        return line.kind == "holding" and held
    codes = MAY_WAIT if event.code in MAY_WAIT else {event.code}
    same = line.traded == event.day and line.code in codes and line.direction in {event.direction, ""}
    return same and (event.shares is None or line.shares is None or event.shares == line.shares)
