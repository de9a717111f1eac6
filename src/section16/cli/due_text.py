"""The answers of `due` as text, JSON and iCalendar."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from section16.compliance.calendar_file import Event, calendar_file
from section16.compliance.due_dates import DueDate
from section16.compliance.due_trades import Trade
from section16.errors import UsageError
from section16.law import Calendar

_WIDTH: Final = 100


def as_json(answer: DueDate) -> dict[str, Any]:
    """The JSON of an answer; `due` is null where nothing is owed or no day can be named."""
    return {
        "form": answer.form,
        "due": answer.due,
        "cutoff": answer.cutoff,
        "due_at": answer.due_at,
        "due_at_utc": answer.due_at_utc,
        "status": answer.status,
        "steps": [msgspec.to_builtins(step) for step in answer.steps],
        "latest": answer.latest,
        "report_until": [msgspec.to_builtins(until) for until in answer.report_until],
        "assumptions": answer.assumptions,
        "warnings": answer.warnings,
    }


def headline(answer: DueDate) -> Iterator[str]:
    """The first line: the form, the day, the hour."""
    form = f"Form {answer.form}" if answer.form else "Report"
    if answer.due is not None and answer.form is None:
        yield f"On the website by the end of {answer.due:%A}, {answer.due}"
    elif answer.due is not None:
        hour = (answer.cutoff or "").split()[0]
        yield f"{form} due {answer.due:%A}, {answer.due}, until {hour} Eastern time"
    elif answer.report_until:
        yield from [f"Report {one.what} until {one.until:%A}, {one.until}" for one in answer.report_until]
    elif answer.status == "not owed":
        yield f"{form}: nothing is due"
    else:
        yield f"{form}: the day cannot be said"


def steps(answer: DueDate) -> Iterator[str]:
    """The steps, numbered, each with its text."""
    yield ""
    for number, step in enumerate(answer.steps, 1):
        yield from textwrap.wrap(
            f"{number}. {step.text}", _WIDTH, subsequent_indent="   ", break_long_words=False, break_on_hyphens=False
        )
        yield f"   [{step.cites}; {step.basis}]"


def said_of_filing(more: dict[str, Any]) -> Iterator[str]:
    """What is said of a filing at a certain time."""
    if not more:
        return
    yield ""
    yield f"Filed {more['filed']}: counts as filed on {more['filing_day']}"
    if "late" in more:
        days = more["late_days"]
        words = {
            True: f"late by {days} business day{'s' * (days != 1)}",
            False: "in time",
            None: "in time only if the insider was told of the trade after it",
        }
        yield words[more["late"]]
    yield f"On the issuer's website by the end of {more['web_posting_due']}"


def notes(answer: DueDate) -> Iterator[str]:
    """What was assumed, and what has to be known."""
    yield from [f"assumed: {text}" for text in answer.assumptions]
    yield from [f"note: {text}" for text in answer.warnings]


def summary(answer: DueDate, about: str | None) -> str:
    """What an event of a calendar is called."""
    return f"Form {answer.form} due ({about})" if answer.form else f"Website posting or report ({about})"


def ics(answers: list[tuple[str, DueDate]], calendar: Calendar) -> bytes:
    """The due days as iCalendar. Raises UsageError if there is none."""
    events = [event for summary, answer in answers for event in _events(summary, answer)]
    if not events:
        raise UsageError("USAGE", "there is no due day to put into a calendar")
    return calendar_file(events, name="Section 16 due days", stamp=calendar.as_of)


def _events(summary: str, answer: DueDate) -> Iterator[Event]:
    described = "\n".join(f"{step.text} [{step.cites}]" for step in answer.steps)
    key = "".join(character for character in summary if character.isalnum()).lower()
    if answer.due is not None:
        uid = f"due-{key}-{answer.due:%Y%m%d}@section16"
        yield Event(uid=uid, summary=summary, description=described, day=answer.due, until=answer.due_at)
    for until in answer.report_until:
        uid = f"until-{key}-{until.what}-{until.until:%Y%m%d}@section16"
        yield Event(uid=uid, summary=f"Last day to report {until.what}", description=described, day=until.until)


def trade_json(trade: Trade) -> dict[str, Any]:
    """The JSON of a trade of a table."""
    return {
        "row": trade.row,
        "traded": trade.day,
        "code": trade.code,
        "acquired_disposed": trade.direction,
        "worth": None if trade.worth is None else f"{trade.worth:f}",
    }


def rows(trades: list[Trade], answers: list[DueDate]) -> Iterator[str]:
    """A table of trades with their due days."""
    yield "row  traded      code  form  due         why"
    for trade, one in zip(trades, answers, strict=True):
        said = str(one.due) if one.due else {"not owed": "nothing", "cannot be said": "?"}.get(one.status, "?")
        why = one.steps[0].text if one.steps else ""
        if one.due is not None and one.form == "4" and len(one.steps) > 1:
            why = one.steps[0].text if "traded on" not in one.steps[0].text else one.steps[-2].text
        place = f"{trade.row:>3}  {trade.day}  {trade.code}/{trade.direction}   {one.form or '-':<4}"
        yield f"{place}  {said:<10}  {why}"
