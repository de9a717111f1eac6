"""`section16 calendar`: the days on which the SEC is closed, with reasons, and where exchanges differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from section16 import law
from section16.cli.exits import Exit, say
from section16.cli.law_inputs import calendar_with
from section16.cli.standard_output import joined, write_json, write_out
from section16.compliance.calendar_file import Event, calendar_file
from section16.errors import UsageError
from section16.law import Calendar, ClosedDay, HalfDay
from section16.law.business_days import FIRST_COUNTABLE, LAST_COUNTABLE
from section16.law.exchanges import differences

_TRADED: Final = {"open": "exchanges open", "closed": "exchanges closed", None: "exchanges not known"}


def calendar(years: Sequence[int], *, closings: str | None, as_json: bool, as_ics: bool) -> Exit:
    """Print the closed days of some years, else of this one; as iCalendar of all years known, unless some are given."""
    if as_json and as_ics:
        raise UsageError("USAGE", "--json and --ics are two outputs: give one of them")
    days = calendar_with(closings)
    chosen = list(dict.fromkeys(years)) or _default(days, all_known=as_ics)
    for year in chosen:
        if not FIRST_COUNTABLE.year <= year <= LAST_COUNTABLE.year:
            raise UsageError("USAGE", f"there is no calendar of {year}", mend="Give a year from 1934 to 2199")
    if as_ics:
        closed = [one for year in chosen for one in days.closed_days(year)]
        write_out(calendar_file(map(_event, closed), name="SEC closed days", stamp=days.as_of))
    elif as_json:
        write_json([_as_json(days, year) for year in chosen])
    else:
        write_out(joined(line for year in chosen for line in _lines(days, year)))
    for warning in dict.fromkeys(_warnings(days, chosen)):
        say(f"note: {warning}")
    return Exit.DONE


def _default(days: Calendar, *, all_known: bool) -> list[int]:
    if all_known:
        return list(range(days.covers.first.year, days.covers.until.year + 1))
    return [datetime.now(law.EASTERN).year]


def _warnings(days: Calendar, years: Sequence[int]) -> Iterator[str]:
    for year in years:
        yield from days.warnings(date(year, 1, 1), date(year, 12, 31))


def _lines(days: Calendar, year: int) -> Iterator[str]:
    yield f"{year}: days on which the SEC is closed and no business day counts, Saturdays and Sundays aside"
    yield ""
    closed = days.closed_days(year)
    widest = max(len(one.why) for one in closed)
    for one in closed:
        doubt = "" if one.confirmed else "; not confirmed for EDGAR"
        yield f"{one.day}  {one.day:%a}  {one.why:<{widest}}  {one.cites} ({one.basis}{doubt})"
    yield from ("", "Where the stock exchanges differ:")
    for day, said in differences(days, year):
        yield f"{day}  {day:%a}  {said}"
    for half in days.half_days(year):
        yield f"{half.day}  {half.day:%a}  {half.why}: a business day all the same"
    yield ""


def _as_json(days: Calendar, year: int) -> dict[str, Any]:
    return {
        "year": year,
        "closed": [_closed(one) for one in days.closed_days(year)],
        "differences": [{"date": day, "says": said} for day, said in differences(days, year)],
        "half_days": [_half(one) for one in days.half_days(year)],
        "hours": f"until {days.cutoff(date(year, 12, 31)).time:%H:%M} America/New_York",
        "warnings": days.warnings(date(year, 1, 1), date(year, 12, 31)),
    }


def _closed(one: ClosedDay) -> dict[str, Any]:
    return {
        "date": one.day,
        "weekday": f"{one.day:%A}",
        "why": one.why,
        "kind": one.kind,
        "cites": one.cites,
        "basis": one.basis,
        "confirmed": one.confirmed,
        "exchanges": one.exchanges,
    }


def _half(one: HalfDay) -> dict[str, Any]:
    return {"date": one.day, "why": one.why, "cites": one.cites, "basis": one.basis}


def _event(one: ClosedDay) -> Event:
    return Event(
        uid=f"closed-{one.day:%Y%m%d}@section16",
        summary=f"SEC closed: {one.why}",
        description=f"No business day for Forms 3, 4 and 5. {_TRADED[one.exchanges]}. {one.cites}",
        day=one.day,
    )
