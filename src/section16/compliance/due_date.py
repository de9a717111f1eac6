"""The answer to "when is it due": the day, the hour, and the steps that lead there, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final, Literal

import msgspec

from section16 import law
from section16.errors import UsageError
from section16.law import Basis, Calendar

ZONE: Final = "America/New_York"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of counting: what was done, the day it led to, and by which text.

    `basis` says how the text is known: `rule` (read), `guide` (as quoted by others), `memory` (not read again: an
    assumption), `user` (given by the user).
    """

    text: str
    date: date | None
    cites: str
    basis: Basis = "rule"


class Until(msgspec.Struct, frozen=True, kw_only=True):
    """How long `what` has to be reported after leaving. `caution` is a day later where a month's end leaves a doubt."""

    what: str
    until: date
    caution: date
    because_of: date


class DueDate(msgspec.Struct, frozen=True, kw_only=True):
    """When a report is due.

    `due` is the last day in time, `cutoff` the hour of it in Eastern time; both None where nothing is owed or no day
    can be named (`status` says which). `latest` is the outer limit where a fact is missing that may give more time.
    `assumptions` lists what was taken for granted, `warnings` what is not certain.
    """

    form: str | None
    due: date | None
    status: Literal["owed", "not owed", "cannot be said"] = "owed"
    cutoff: str | None = None
    steps: tuple[Step, ...] = ()
    latest: date | None = None
    report_until: tuple[Until, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """The last second in time, with its offset; None if there is no due day."""
        if self.due is None or self.cutoff is None:
            return None
        hour, minute = map(int, self.cutoff.split()[0].split(":"))
        return datetime(self.due.year, self.due.month, self.due.day, hour, minute, tzinfo=law.EASTERN)

    @property
    def due_at_utc(self) -> datetime | None:
        """The same in UTC."""
        at = self.due_at
        return None if at is None else at.astimezone(UTC)


def answer(
    form: str,
    due: date,
    steps: Sequence[Step],
    calendar: Calendar,
    *,
    since: date | None = None,
    latest: date | None = None,
    assumptions: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> DueDate:
    """An answer with its hour; what the calendar is unsure of between `since` and the due day is added to warnings."""
    hour = calendar.cutoff(due)
    hours = f"{hour.time:%H:%M}"
    sent = Step(text=f"filed that day if sent by {hours} Eastern time", date=due, cites=hour.cites, basis=hour.basis)
    first = min(since or due, due)
    doubts = calendar.warnings(first, latest or due)
    remembered = [
        f"from memory, not read again: {step.text} ({step.cites})" for step in steps if step.basis == "memory"
    ]
    return DueDate(
        form=form,
        due=due,
        cutoff=f"{hours} {ZONE}",
        steps=(*steps, sent),
        latest=latest,
        assumptions=(*assumptions, *remembered),
        warnings=(*warnings, *doubts),
    )


def nothing_owed(form: str | None, steps: Sequence[Step], *, assumptions: Sequence[str] = ()) -> DueDate:
    """An answer that says why nothing is owed."""
    return DueDate(form=form, due=None, status="not owed", steps=tuple(steps), assumptions=tuple(assumptions))


def passed_over(after: date, due: date, calendar: Calendar) -> str:
    """The days between that don't count, each with its reason; "" if there are none."""
    days = [date.fromordinal(number) for number in range(after.toordinal() + 1, due.toordinal() + 1)]
    named = [f"{day} {_why(day, calendar)}" for day in days if not calendar.business_day(day)]
    return f"; not counted: {', '.join(named)}" if named else ""


def cited(cites: str, after: date, due: date, calendar: Calendar) -> str:
    """A citation, with those of the special closings between."""
    days = [date.fromordinal(number) for number in range(after.toordinal() + 1, due.toordinal() + 1)]
    closings = [closed.cites for day in days if (closed := calendar.closed_day(day)) and closed.kind == "closing"]
    return "; ".join([cites, *dict.fromkeys(closings)])


def _why(day: date, calendar: Calendar) -> str:
    closed = calendar.closed_day(day)
    return f"{day:%A}" if closed is None else closed.why


def can_be_counted(day: date, what: str) -> date:
    """The day itself. Raises UsageError if no due day can be counted from it."""
    if not law.countable(day):
        raise UsageError(
            "USAGE", f"{what} {day} is before the Exchange Act of 1934 or beyond 2199", mend="Check the year"
        )
    return day
