"""When a report is due. The figures, with their citations, are `deadlines.toml`.

Official texts: Exchange Act s. 16(a)(2), Rules 16a-3(f) and (g), 17 CFR 240.0-3(a), Release 34-104903.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import msgspec

from section16.law.business_days import add_business_days, roll
from section16.law.dated_table import on, read_table


class Due(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time limit in force since `since`: business days, calendar days, or a day of the next month."""

    cites: str
    since: date = date.min
    business_days: int | None = None
    calendar_days: int | None = None
    next_month_day: int | None = None

    def after(self, day: date) -> date:
        """The last day in time for an event on `day`; never a day on which the Commission is closed."""
        if self.business_days is not None:
            return add_business_days(day, self.business_days)
        if self.next_month_day is not None:
            month = day.year * 12 + day.month
            return roll(date(month // 12, month % 12 + 1, self.next_month_day))
        return roll(day + timedelta(days=self.calendar_days or 0))


class Effective(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day on which a rule holds, and the text that says so."""

    since: date
    cites: str


def form_4_due(executed: date, *, deemed: date | None = None) -> date:
    """The last day for a Form 4 of a transaction executed on `executed`.

    `deemed` is the deemed execution date of a plan's trade; it counts at most up to the third business day after the
    trade, and not if it lies before it (Rule 16a-3(g)(2) to (4)).
    """
    start = executed
    if deemed is not None and deemed > executed:
        start = min(deemed, latest_deemed_date(executed))
    return on(_limits("form_4"), executed).after(start)


def latest_deemed_date(executed: date) -> date:
    """The last day that may be the deemed execution date of a trade of `executed`."""
    return on(_limits("deemed_execution"), executed).after(executed)


def form_3_due(event: date, *, foreign: bool = False) -> date:
    """The last day for a Form 3 after becoming a director, officer or ten-percent owner of a registered issuer.

    At an issuer's first registration it is due earlier, on that day. `foreign`: of a director or officer of a foreign
    private issuer, who owes no report before 18 March 2026 (Release 34-104903).
    """
    due = on(_limits("form_3"), event).after(event)
    if not foreign:
        return due
    first = effective("foreign_insiders").since
    return first if event <= effective("foreign_insiders_enacted").since else max(due, first)


def form_5_due(year_end: date) -> date:
    """The last day for a Form 5 after the end of the issuer's fiscal year."""
    return on(_limits("form_5"), year_end).after(year_end)


def effective(name: str) -> Effective:
    """Since when a rule holds; `name` as in `deadlines.toml`. A KeyError says that no rule has that name."""
    return _effective()[name]


@cache
def _limits(name: str) -> tuple[Due, ...]:
    return msgspec.convert(read_table("deadlines")[name], tuple[Due, ...], strict=True)


@cache
def _effective() -> dict[str, Effective]:
    return msgspec.convert(read_table("deadlines")["effective"], dict[str, Effective], strict=True)
