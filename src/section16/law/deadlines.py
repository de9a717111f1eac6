"""When a report is due. The figures, with their citations, are `deadlines.toml`.

Official texts: Exchange Act s. 16(a)(2), Rules 16a-3(f) and (g), 17 CFR 240.0-3(a), Release 34-104903.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import msgspec

from section16.law.business_days import Calendar, sec_calendar
from section16.law.calendar_table import Basis
from section16.law.dated_table import on, read_table


class Due(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time limit in force since `since`: business days, calendar days, or a day of the next month.

    `dollars` is the sum that a limit speaks of, if it does.
    """

    cites: str
    basis: Basis = "rule"
    since: date = date.min
    business_days: int | None = None
    calendar_days: int | None = None
    next_month_day: int | None = None
    rolls: bool = True
    dollars: Decimal | None = None

    def after(self, day: date, calendar: Calendar | None = None) -> date:
        """The last day in time for an event on `day`; a day on which the Commission is open, unless it doesn't roll."""
        calendar = calendar or sec_calendar()
        if self.business_days is not None:
            return calendar.add_business_days(day, self.business_days)
        nominal = self.nominal(day)
        return calendar.roll(nominal) if self.rolls else nominal

    def nominal(self, day: date) -> date:
        """The day that the limit names before it moves to a business day; of business days, the event's."""
        if self.next_month_day is not None:
            month = day.year * 12 + day.month
            return date(month // 12, month % 12 + 1, self.next_month_day)
        return day + timedelta(days=self.calendar_days or 0)


class Effective(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day on which a rule holds, and the text that says so."""

    since: date
    cites: str
    basis: Basis = "rule"


def limit(name: str, day: date) -> Due:
    """The time limit of that name in `deadlines.toml` for what happens on `day`. A KeyError: there is none."""
    return on(_limits(name), day)


def form_4_due(executed: date, *, deemed: date | None = None, calendar: Calendar | None = None) -> date:
    """The last day for a Form 4 of a transaction executed on `executed`.

    `deemed` is the deemed execution date of a plan's trade; it counts at most up to the third business day after the
    trade, and not if it lies before it (Rule 16a-3(g)(2) to (4)).
    """
    return limit("form_4", executed).after(execution(executed, deemed, calendar), calendar)


def execution(executed: date, told: date | None, calendar: Calendar | None = None) -> date:
    """The day from which a trade's two business days run, if the insider was `told` of it on another day."""
    if told is None or told <= executed:
        return executed
    return min(told, latest_deemed_date(executed, calendar))


def latest_deemed_date(executed: date, calendar: Calendar | None = None) -> date:
    """The last day that may be the deemed execution date of a trade of `executed`."""
    return limit("deemed_execution", executed).after(executed, calendar)


def form_3_due(event: date, *, foreign: bool = False, calendar: Calendar | None = None) -> date:
    """The last day for a Form 3 after becoming a director, officer or ten-percent owner of a registered issuer.

    At an issuer's first registration it is due earlier, on that day. `foreign`: of a director or officer of a foreign
    private issuer, who owes no report before 18 March 2026 (Release 34-104903).
    """
    due = limit("form_3", event).after(event, calendar)
    if not foreign:
        return due
    first = effective("foreign_insiders").since
    return first if event <= effective("foreign_insiders_enacted").since else max(due, first)


def form_5_due(year_end: date, *, calendar: Calendar | None = None) -> date:
    """The last day for a Form 5 after the end of the issuer's fiscal year."""
    return limit("form_5", year_end).after(year_end, calendar)


def effective(name: str) -> Effective:
    """Since when a rule holds; `name` as in `deadlines.toml`. A KeyError says that no rule has that name."""
    return _effective()[name]


@cache
def _limits(name: str) -> tuple[Due, ...]:
    return msgspec.convert(read_table("deadlines")[name], tuple[Due, ...], strict=True)


@cache
def _effective() -> dict[str, Effective]:
    return msgspec.convert(read_table("deadlines")["effective"], dict[str, Effective], strict=True)
