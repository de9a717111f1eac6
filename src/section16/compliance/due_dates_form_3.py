"""When a Form 3 is due, explained step by step.

Official texts: Exchange Act s. 16(a)(2)(A) and (B), 17 CFR 240.0-3(a), Release 34-104903 of 27 February 2026.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from section16 import law
from section16.compliance.due_date import DueDate, Step, answer, can_be_counted
from section16.compliance.due_dates_foreign import ForeignInsider, foreign_step, no_report_owed
from section16.compliance.due_dates_form_5 import calendar_days
from section16.law import Calendar

Registration = Literal["12b", "12g"]

ASSUMED: Final = "the issuer had a registered class already; at its first registration a Form 3 is due at once"


def form_3_due(
    event: date,
    *,
    registration: Registration | None = None,
    foreign: ForeignInsider | None = None,
    calendar: Calendar | None = None,
) -> DueDate:
    """When a Form 3 is due after `event`, on which someone became director, officer or ten-percent owner.

    `registration` says that `event` is the day on which the issuer first registers a class: by an exchange listing or
    an IPO (`12b`), or by effectiveness (`12g`). Raises UsageError for a day that can't be counted from.
    """
    calendar = calendar or law.sec_calendar()
    can_be_counted(event, "an event of")
    if foreign is not None and (excused := no_report_owed("3", event, foreign)) is not None:
        return excused
    steps = [] if foreign is None else list(foreign_step(foreign))
    due, more = _after_event(event, calendar) if registration is None else _at_registration(event, registration)
    steps += more
    if foreign is not None:
        due, more = _not_before_the_act(event, due, registration, calendar)
        steps += more
    assumptions = ["a Form 3 is owed even if nothing is owned, but no second one for another role or class"]
    if registration is None:
        assumptions.append(ASSUMED)
    warnings = _relief(due)
    if registration is not None and not calendar.business_day(due):
        warnings += (f"EDGAR is closed on {due}: it has to be on file the business day before",)
    return answer("3", due, steps, calendar, since=event, assumptions=assumptions, warnings=warnings)


def _not_before_the_act(
    event: date, due: date, registration: Registration | None, calendar: Calendar
) -> tuple[date, list[Step]]:
    """The day of a foreign issuer's insider, who reports since 18 March 2026."""
    first = law.effective("foreign_insiders")
    if event >= first.since:
        return due, []
    if registration is not None:
        due, text = max(due, first.since), "registered before foreign insiders begin to report"
    else:
        due = law.form_3_due(event, foreign=True, calendar=calendar)
        text = f"appointed before they begin to report: the later of {first.since} and ten days"
        if event <= law.effective("foreign_insiders_enacted").since:
            text = "in office when the Act was passed, and still when foreign insiders begin to report"
    return due, [Step(text=f"{text}: {due}", date=due, cites=first.cites, basis=first.basis)]


def _at_registration(event: date, registration: Registration) -> tuple[date, list[Step]]:
    limit = law.limit("first_registration", event)
    how = (
        "on an exchange (s. 12(b)): on file when it takes effect"
        if registration == "12b"
        else "(s. 12(g)): by its effectiveness"
    )
    text = f"the issuer registers its first class {how}, {event}; the day doesn't move"
    return event, [Step(text=text, date=event, cites=limit.cites, basis=limit.basis)]


def _after_event(event: date, calendar: Calendar) -> tuple[date, list[Step]]:
    limit = law.limit("form_3", event)
    return calendar_days(event, limit, "the event", calendar)


def _relief(due: date) -> tuple[str, ...]:
    """What the staff said on reports of spring 2026 that waited for a Form ID."""
    first, last = law.effective("foreign_insiders_enacted"), law.effective("foreign_relief_ends")
    if not first.since <= due <= law.effective("foreign_insiders").since:
        return ()
    said = f"late only for a pending Form ID and filed by {last.since}: no enforcement recommended ({last.cites})"
    return (said,)
