"""When a Form 5 is due, and until when an issuer posts any report on its website, explained step by step.

Official texts: Rule 16a-3(f) and (k), 17 CFR 240.0-3(a), Regulation S-K Item 405.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from section16 import law
from section16.compliance.due_date import DueDate, Step, answer, can_be_counted, cited, passed_over
from section16.compliance.due_dates_foreign import ForeignInsider, no_report_owed
from section16.law import Calendar

ROLL: Final = "17 CFR 240.0-3(a)"


def form_5_due(year_end: date, *, foreign: ForeignInsider | None = None, calendar: Calendar | None = None) -> DueDate:
    """When a Form 5 is due for the issuer's fiscal year that ends on `year_end`. Raises UsageError."""
    calendar = calendar or law.sec_calendar()
    can_be_counted(year_end, "a fiscal year end of")
    if foreign is not None and (excused := no_report_owed("5", year_end, foreign)) is not None:
        return excused
    due, steps = calendar_days(year_end, law.limit("form_5", year_end), "the fiscal year end", calendar)
    steps.append(
        Step(
            text="no Form 5 is due if everything that would go on it has been reported; keep a written statement",
            date=None,
            cites="Regulation S-K Item 405(b)",
        )
    )
    return answer("5", due, steps, calendar, since=year_end)


def web_posting_due(filed: date, *, calendar: Calendar | None = None) -> DueDate:
    """Until when an issuer with a website posts or links a report filed on `filed`; it stays up twelve months."""
    calendar = calendar or law.sec_calendar()
    can_be_counted(filed, "a filing of")
    limit = law.limit("web_posting", filed)
    due = limit.after(filed, calendar)
    text = f"by the end of the business day after the filing: {due}{passed_over(filed, due, calendar)}"
    months = Step(text="kept there for at least twelve months", date=None, cites="Rule 16a-3(k)", basis="memory")
    steps = (Step(text=text, date=due, cites=limit.cites, basis=limit.basis), months)
    return DueDate(form=None, due=due, steps=steps, warnings=calendar.warnings(min(filed, due), due))


def calendar_days(event: date, limit: law.Due, what: str, calendar: Calendar) -> tuple[date, list[Step]]:
    """A limit in days after `event`, and the steps of counting it."""
    nominal, due = limit.nominal(event), limit.after(event, calendar)
    text = f"{limit.calendar_days} days after {what} of {event}: {nominal:%A}, {nominal}"
    steps = [Step(text=text, date=nominal, cites=limit.cites.partition(";")[0], basis=limit.basis)]
    if due != nominal:
        before = date.fromordinal(nominal.toordinal() - 1)
        skipped = passed_over(before, due, calendar)
        text = f"moved to the next business day, {due}{skipped}"
        steps.append(Step(text=text, date=due, cites=cited(ROLL, before, due, calendar)))
    return due, steps
