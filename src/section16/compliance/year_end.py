"""Form 5 at the end of a fiscal year: what has to stand on it, by the events given and the reports filed.

Official texts: Rules 16a-3(f), 16a-6, Item 405(b) of Regulation S-K. Form 5 takes what is exempt from section 16(b) and
not due on Form 4 (acquisitions by gift or inheritance), small acquisitions that still wait, and whatever should have
been reported before and was not, of this year or an earlier one; a holding left off Form 3 too. What any Form 3, 4 or
5 already has, even late, need not stand on it again. No Form 5 is due where nothing would stand on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from section16 import law
from section16.codes import transaction_code
from section16.compliance.fiscal_year import FiscalYear
from section16.compliance.year_end_events import OMITTED_HOLDING, Event
from section16.positions import Applied, Line, ReportFacts, applied
from section16.positions.reports import distinct
from section16.positions.spelling import folded_title
from section16.reading.filing import Filing

_SMALL = frozenset({"P", "L"})
_ENDS_WAITING = frozenset({"S", "U"})


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An event that has to stand on the Form 5. `missed`: it was due before, on `was_due` where that is known.

    `certain` is False where a fact is missing that decides it: `why` names the fact.
    """

    event: Event
    why: str
    cites: str
    basis: Literal["rule", "guide", "memory"]
    missed: bool = False
    was_due: date | None = None
    earlier_year: bool = False
    certain: bool = True


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
    candidates = tuple(_candidates(missing, filed_lines, year, calendar))
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
    codes = _SMALL if event.code in _SMALL else {event.code}
    same = line.traded == event.day and line.code in codes and line.direction in {event.direction, ""}
    return same and (event.shares is None or line.shares is None or event.shares == line.shares)


def _candidates(
    missing: Sequence[Event], lines: Sequence[Line], year: FiscalYear, calendar: law.Calendar
) -> Iterator[Candidate]:
    for event in missing:
        earlier = event.day < year.first
        if event.code == OMITTED_HOLDING:
            yield Candidate(
                event=event,
                why="a holding that the Form 3 left out",
                cites="Rule 16a-3(f)(1)",
                basis="guide",
                missed=True,
                earlier_year=earlier,
            )
        elif event.code in _SMALL:
            yield _small(event, missing, lines, calendar, earlier=earlier)
        else:
            yield _by_code(event, calendar, earlier=earlier)


def _by_code(event: Event, calendar: law.Calendar, *, earlier: bool) -> Candidate:
    """What the list of codes says an event was due on."""
    code = transaction_code(event.code)
    form = law.owed_form(code.due_on(event.day) if code else None, event.direction or "")
    if form == "4":
        due = law.form_4_due(event.day, calendar=calendar)
        said = f"was due on Form 4 by {due} and was not reported; report it at once, at the latest on the Form 5"
        cites = "Rules 16a-3(f)(1) and (g)(1)"
        return Candidate(
            event=event, why=said, cites=cites, basis="guide", missed=True, was_due=due, earlier_year=earlier
        )
    if form is None:
        said = f"code {event.code} doesn't say whether Form 4 or Form 5 is due: it hangs on what happened"
        return Candidate(
            event=event,
            why=said,
            cites="Form 4, General Instruction 8",
            basis="rule",
            earlier_year=earlier,
            certain=False,
        )
    said = "due on Form 5, unless an earlier Form 4 takes it"
    if earlier:
        said = "was due on the Form 5 of an earlier year and was not reported"
    return Candidate(
        event=event, why=said, cites="Rule 16a-3(f)(1)", basis="guide", missed=earlier, earlier_year=earlier
    )


def _small(
    event: Event, missing: Sequence[Event], lines: Sequence[Line], calendar: law.Calendar, *, earlier: bool
) -> Candidate:
    """A purchase that may have waited as a small acquisition (Rule 16a-6), judged among the person's others."""
    title = folded_title(event.security)
    same = [one for one in missing if one.code in _SMALL and folded_title(one.security) == title]
    dealings = [law.Dealing(one.day, acquired=True, worth=one.worth, from_issuer=one.from_issuer) for one in same]
    ends = [
        law.Dealing(line.traded, acquired=False)
        for line in lines
        if line.traded and line.code in _ENDS_WAITING and folded_title(line.title_as_filed) == title
    ]
    ends += [
        law.Dealing(one.day, acquired=False)
        for one in missing
        if one.code in _ENDS_WAITING and folded_title(one.security) == title
    ]
    judged = law.waiting([*dealings, *ends], calendar)[same.index(event)]
    cites = "Rule 16a-6"
    if judged is None or judged.may_wait is None:
        said = "a small acquisition may wait for Form 5, but its value isn't known: give the price"
        return Candidate(event=event, why=said, cites=cites, basis="rule", earlier_year=earlier, certain=False)
    if judged.may_wait:
        total = judged.total if judged.total is not None else Decimal()
        said = f"a small acquisition that waited for Form 5 (${total:,f} in six months)"
        return Candidate(event=event, why=said, cites=cites, basis="rule", missed=earlier, earlier_year=earlier)
    said = (
        f"could not wait as a small acquisition: {judged.why}; was due on Form 4 by {judged.due} and was not reported"
    )
    return Candidate(
        event=event, why=said, cites=cites, basis="rule", missed=True, was_due=judged.due, earlier_year=earlier
    )
