"""What an event that no report has yet makes of the Form 5: due on it, missed on Form 4, or hanging on a fact.

Official texts: Rules 16a-3(f) and (g), 16a-6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from section16 import law
from section16.codes import transaction_code
from section16.compliance.fiscal_year import FiscalYear
from section16.compliance.year_end_events import OMITTED_HOLDING, Event
from section16.law.matching_codes import ENDS_WAITING, MAY_WAIT
from section16.positions import Line
from section16.positions.spelling import folded_title


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


def form_5_candidates(
    missing: Sequence[Event], lines: Sequence[Line], year: FiscalYear, calendar: law.Calendar
) -> Iterator[Candidate]:
    """The candidates among `missing` events of one person, whose reports have `lines`."""
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
        elif event.code in MAY_WAIT:
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
    same = [one for one in missing if one.code in MAY_WAIT and folded_title(one.security) == title]
    dealings = [law.Dealing(one.day, acquired=True, worth=one.worth, from_issuer=one.from_issuer) for one in same]
    ends = [
        law.Dealing(line.traded, acquired=False)
        for line in lines
        if line.traded and line.code in ENDS_WAITING and folded_title(line.title_as_filed) == title
    ]
    ends += [
        law.Dealing(one.day, acquired=False)
        for one in missing
        if one.code in ENDS_WAITING and folded_title(one.security) == title
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
