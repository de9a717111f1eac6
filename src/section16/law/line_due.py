"""When a reported transaction was due, and whether it came in time, by the facts of its line.

A line seldom says all that the law asks: when the insider was told, whether a small purchase could wait. So a line has
an earliest and a latest last day; a report by the earliest is in time, one after the latest is late, and in between it
can't be said. Official texts: Exchange Act s. 16(a)(2)(C), Rules 16a-3(f) and (g), 16a-6.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from section16.law.business_days import Calendar, countable, sec_calendar
from section16.law.deadlines import effective, form_4_due, form_5_due, latest_deemed_date, limit
from section16.law.small_acquisitions import Waiting

LONGEST_YEAR: Final = timedelta(days=371)
"""A fiscal year of 53 weeks."""
_YEAR_TYPO: Final = timedelta(days=300)
_PROMPT: Final = 10
"""Business days within which a report with the right year would have come."""


class Timeliness(StrEnum):
    """Whether something came in time."""

    ON_TIME = "on time"
    LATE = "late"
    UNKNOWN = "unknown"


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a line and its report say.

    `owed_on` is the form a line of its code and direction is normally due on, as the list of codes words it. `planned`:
    the report speaks of a trading plan. `waiting` is what Rule 16a-6 makes of an acquisition among the report's own
    lines. `year_end` is the end of the fiscal year of the trade, where it is known. `foreign`: the issuer is a
    foreign private issuer.
    """

    code: str
    owed_on: str | None
    direction: str
    traded: date | None
    deemed: date | None = None
    form_type: str = "4"
    on_form: str = "4"
    planned: bool = False
    waiting: Waiting | None = None
    year_end: date | None = None
    foreign: bool = False


class LineDue(msgspec.Struct, frozen=True, kw_only=True):
    """The last day for a line: `earliest` and `latest` are equal where the line says all. None: no day can be named.

    `form` is the form it was due on, None where that is open. `owed` is False for what nobody had to report.
    """

    form: str | None
    earliest: date | None
    latest: date | None
    why: str
    cites: str
    owed: bool = True

    def judge(self, filed: date) -> Timeliness:
        """Whether a report filed on `filed` has it in time."""
        if not self.owed or (self.earliest is not None and filed <= self.earliest):
            return Timeliness.ON_TIME
        if self.latest is not None and filed > self.latest:
            return Timeliness.LATE
        return Timeliness.UNKNOWN


def line_due(line: LineFacts, calendar: Calendar | None = None) -> LineDue:
    """When a line was due, as far as its facts tell."""
    calendar = calendar or sec_calendar()
    if line.traded is None:
        return LineDue(form=None, earliest=None, latest=None, why="the line gives no date", cites=_TWO_DAYS)
    if not countable(line.traded):
        said = f"no due day can be counted from {line.traded}"
        return LineDue(form=None, earliest=None, latest=None, why=said, cites=_TWO_DAYS)
    if line.foreign and line.traded < effective("foreign_insiders").since:
        rule = effective("foreign_insiders")
        said = f"insiders of foreign private issuers report trades from {rule.since} on"
        return LineDue(form=None, earliest=None, latest=None, why=said, cites=rule.cites, owed=False)
    form = owed_form(line.owed_on, line.direction)
    if form == "4":
        return _due_on_form_4(line, line.traded, calendar)
    if form == "5":
        return _due_on_form_5(line, line.traded, calendar)
    return LineDue(
        form=None,
        earliest=form_4_due(line.traded, deemed=line.deemed, calendar=calendar),
        latest=_form_5_days(line, line.traded, calendar)[1],
        why=f"code {line.code or '(none)'} doesn't say whether Form 4 or Form 5 was due",
        cites="Form 4, General Instruction 4 and 8",
    )


def owed_form(owed_on: str | None, direction: str) -> str | None:
    """`4` or `5`, by the words of the list of codes; None where the code leaves it open."""
    words = owed_on or ""
    for part in words.split(";") if ";" in words else ():
        name, _, rest = part.strip().partition(" ")
        if name[:1].upper() == direction:
            return rest[:1]
    return words[:1] if words[:1] in {"4", "5"} else None


_TWO_DAYS: Final = "Exchange Act s. 16(a)(2)(C); Rule 16a-3(g)(1)"


def _due_on_form_4(line: LineFacts, traded: date, calendar: Calendar) -> LineDue:
    due = form_4_due(traded, deemed=line.deemed, calendar=calendar)
    said, cites, latest = "two business days after the trade", limit("form_4", traded).cites, due
    if line.deemed is not None and line.deemed > traded:
        said, cites = "two business days after the deemed execution date", limit("deemed_execution", traded).cites
    elif line.planned and line.deemed != traded:
        told = latest_deemed_date(traded, calendar)
        latest = form_4_due(traded, deemed=told, calendar=calendar)
        said = f"two business days, or up to {latest} if the plan's administrator chose the day and told it later"
        cites = limit("deemed_execution", traded).cites
    if line.form_type == "5" and line.on_form == "4":
        latest = _form_5_days(line, traded, calendar)[1]
        said, cites = f"marked as due on Form 5, but code {line.code} is due on Form 4", _TWO_DAYS
    elif line.waiting is not None and line.waiting.may_wait is not False:
        latest = _form_5_days(line, traded, calendar)[1]
        said = f"a small acquisition may have waited for Form 5 ({line.waiting.why})"
        cites = limit("small_acquisitions", traded).cites
    elif line.waiting is not None and line.waiting.due is not None and line.waiting.due > latest:
        due = latest = line.waiting.due
        said = f"two business days after it could no longer wait ({line.waiting.why})"
        cites = limit("small_acquisitions", traded).cites
    return LineDue(form="4", earliest=due, latest=latest, why=said, cites=cites)


def _due_on_form_5(line: LineFacts, traded: date, calendar: Calendar) -> LineDue:
    if line.waiting is not None and line.waiting.due is not None:
        due, cites = line.waiting.due, limit("small_acquisitions", traded).cites
        said = f"two business days after it could no longer wait ({line.waiting.why})"
        return LineDue(form="4", earliest=due, latest=due, why=said, cites=cites)
    earliest, latest = _form_5_days(line, traded, calendar)
    said = f"due on Form 5, for the fiscal year that ended {line.year_end}"
    if line.year_end is None:
        said = "due on Form 5, 45 days after a fiscal year end that the report doesn't give"
    return LineDue(form="5", earliest=earliest, latest=latest, why=said, cites=limit("form_5", traded).cites)


def _form_5_days(line: LineFacts, traded: date, calendar: Calendar) -> tuple[date, date]:
    """The last day for a Form 5 if the fiscal year ended with the trade, and if it had just begun; equal if known."""
    if line.year_end is not None:
        due = form_5_due(line.year_end, calendar=calendar)
        return due, due
    return form_5_due(traded, calendar=calendar), form_5_due(traded + LONGEST_YEAR, calendar=calendar)


def likely_year(traded: date, filed: date, calendar: Calendar | None = None) -> date | None:
    """The day a year later that would put a very late transaction in time: its year looks mistyped. None if not."""
    if filed - traded <= _YEAR_TYPO or not countable(filed):
        return None
    try:
        moved = traded.replace(year=traded.year + 1)
    except ValueError:  # 29 February
        return None
    late = filed - moved
    days = (calendar or sec_calendar()).business_days_after
    return moved if not moved > filed and late < _YEAR_TYPO and days(moved, filed) < _PROMPT else None
