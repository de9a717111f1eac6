"""`section16 due`: when a report is due, step by step; `due_filed` says whether filed ones came in time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import msgspec

from section16.cli import due_text
from section16.cli.exits import Exit, say
from section16.cli.law_inputs import calendar_with, day, day_or_instant, text_of
from section16.cli.standard_output import joined, write_json, write_out
from section16.compliance.due_dates import (
    DueDate,
    ForeignInsider,
    after_leaving,
    before_registration,
    exit_tail,
    form_3_due,
    form_4_due,
    form_5_due,
    web_posting_due,
)
from section16.compliance.due_trades import Person, dues_of
from section16.compliance.due_trades_table import read_trades
from section16.errors import UsageError
from section16.law import Calendar
from section16.law.matching_codes import is_exempt


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The options of the command, as given; days are texts still."""

    form: str | None = None
    traded: str | None = None
    notified: str | None = None
    plan: bool = False
    discretionary: bool = False
    chose_date: bool = False
    code: str | None = None
    direction: str | None = None
    event: str | None = None
    registration: str | None = None
    year_end: str | None = None
    trades: str | None = None
    role: str = "director"
    left: str | None = None
    last_purchase: str | None = None
    last_sale: str | None = None
    registered: str | None = None
    foreign: bool = False
    jurisdiction: str | None = None
    covered: bool | None = None
    regulation_of: str | None = None
    filed: str | None = None
    closings: str | None = None
    as_json: bool = False
    as_ics: bool = False

    @property
    def about(self) -> str | None:
        """The day that the question is about, as typed."""
        return self.traded or self.event or self.year_end or self.left or self.filed

    @property
    def person(self) -> ForeignInsider | None:
        """The insider of a foreign private issuer, if it is one."""
        if not (self.foreign or self.jurisdiction or self.covered is not None or self.regulation_of):
            return None
        return ForeignInsider(
            jurisdiction=self.jurisdiction,
            covered=self.covered,
            regulation_of=self.regulation_of,
            role=self.role,
            left=day(self.left, "--left"),
        )


def due(asked: Asked) -> Exit:
    """Print when it is due. Raises UsageError for options that say too little, too much or what can't be."""
    if asked.as_json and asked.as_ics:
        raise UsageError("USAGE", "--json and --ics are two outputs: give one of them")
    calendar = calendar_with(asked.closings)
    if asked.trades:
        return _table(asked, calendar)
    answer = _answer(asked, calendar)
    filed = day_or_instant(asked.filed, "--filed")
    more = {} if filed is None else _filed(answer, filed, calendar)
    if asked.as_ics:
        write_out(due_text.ics([(due_text.summary(answer, asked.about), answer)], calendar))
    elif asked.as_json:
        write_json(due_text.as_json(answer) | more)
    else:
        write_out(joined([*due_text.headline(answer), *due_text.steps(answer), *due_text.said_of_filing(more)]))
        for line in due_text.notes(answer):
            say(line)
    return Exit.DONE


def _answer(asked: Asked, calendar: Calendar) -> DueDate:
    """The answer of the form asked for. Raises UsageError."""
    form = asked.form or _form_meant(asked)
    _refuse_other_forms_options(asked, form)
    if form == "3":
        event = _needed(asked.event, "--event", "3", "the day of becoming an insider")
        registration = asked.registration
        if registration not in {None, "12b", "12g"}:
            raise UsageError("USAGE", f"--registration is 12b or 12g, not '{registration}'")
        kind: Any = registration
        return form_3_due(event, registration=kind, foreign=asked.person, calendar=calendar)
    if form == "4":
        return _form_4(asked, calendar)
    if form == "5":
        year_end = _needed(asked.year_end, "--year-end", "5", "the end of the fiscal year")
        return form_5_due(year_end, foreign=asked.person, calendar=calendar)
    left = day(asked.left, "--left")
    if left is not None:
        return exit_tail(
            left,
            role=asked.role,
            last_purchase=day(asked.last_purchase, "--last-purchase"),
            last_sale=day(asked.last_sale, "--last-sale"),
        )
    filed = day_or_instant(asked.filed, "--filed")
    if filed is not None:
        return web_posting_due(_filing_day(filed, calendar), calendar=calendar)
    mend = "section16 due --form 4 --traded 2022-09-01; or name files: section16 due SRC..."
    raise UsageError("USAGE", "nothing to count from", mend=mend)


def _form_meant(asked: Asked) -> str | None:
    """The form by the dates given, where only one fits."""
    dates = {"4": asked.traded, "3": asked.event, "5": asked.year_end}
    given = [form for form, text in dates.items() if text]
    return given[0] if given else None


_OF_FORM: Final = {
    "3": ("event", "registration"),
    "4": (
        "traded", "notified", "plan", "discretionary", "chose_date", "code", "direction", "registered",
        "last_purchase", "last_sale", "year_end",
    ),
    "5": ("year_end",),
}  # fmt: skip


def _refuse_other_forms_options(asked: Asked, form: str | None) -> None:
    """Options of another form. Raises UsageError."""
    if form not in {None, *_OF_FORM}:
        raise UsageError("USAGE", f"--form is 3, 4 or 5, not '{form}'")
    for other, names in _OF_FORM.items():
        for name in names:
            if form is None or other == form or name in _OF_FORM[form] or not getattr(asked, name):
                continue
            option = name.replace("_", "-").replace("direction", "acquired or --disposed")
            raise UsageError("USAGE", f"--{option} goes with Form {other}, not Form {form}")


def _needed(text: str | None, option: str, form: str, what: str) -> date:
    found = day(text, option)
    if found is None:
        raise UsageError("USAGE", f"Form {form} is counted from {what}", mend=f"Give it: {option} 2022-09-01")
    return found


def _form_4(asked: Asked, calendar: Calendar) -> DueDate:
    traded = _needed(asked.traded, "--traded", "4", "the day of the trade")
    left, registered = day(asked.left, "--left"), day(asked.registered, "--registered")
    purchase, sale = day(asked.last_purchase, "--last-purchase"), day(asked.last_sale, "--last-sale")
    acquired = None if asked.direction is None else asked.direction == "A"
    tail = None
    if left is not None:
        given = {True: (sale,), False: (purchase,), None: (purchase, sale)}[acquired]
        opposite = [one for one in given if one is not None]
        exempt = is_exempt(asked.code) if asked.code else False
        tail = after_leaving(traded, left, acquired=acquired, role=asked.role, opposite=opposite or None, exempt=exempt)
        if isinstance(tail, DueDate):
            return tail
    answer = form_4_due(
        traded,
        notified=day(asked.notified, "--notified"),
        plan=asked.plan,
        discretionary=asked.discretionary,
        chose_day=asked.chose_date,
        code=asked.code,
        direction=asked.direction,
        year_end=day(asked.year_end, "--year-end"),
        foreign=asked.person,
        calendar=calendar,
    )
    if tail is not None:
        answer = msgspec.structs.replace(answer, steps=(tail, *answer.steps))
    if registered is not None and traded < registered:
        later = [one for one in (purchase, sale) if one is not None]
        found = before_registration(traded, registered, role=asked.role, later=later)
        if isinstance(found, DueDate):
            return found
        first = form_4_due(found.date or traded, foreign=asked.person, calendar=calendar)
        return msgspec.structs.replace(first, steps=(found, *first.steps))
    return answer


def _filing_day(filed: date | datetime, calendar: Calendar) -> date:
    return calendar.filing_day(filed) if isinstance(filed, datetime) else calendar.roll(filed)


def _filed(answer: DueDate, filed: date | datetime, calendar: Calendar) -> dict[str, Any]:
    """What is to be said of a filing at `filed`, beside the answer."""
    counted = _filing_day(filed, calendar)
    said: dict[str, Any] = {
        "filed": filed.isoformat(),
        "filing_day": counted,
        "web_posting_due": web_posting_due(counted, calendar=calendar).due,
    }
    if answer.due is None or answer.form is None:
        return said
    late = counted > answer.due
    if late and answer.latest is not None and counted <= answer.latest:
        return said | {"late": None, "late_days": None, "late_calendar_days": None}
    return said | {
        "late": late,
        "late_days": calendar.business_days_after(answer.due, counted),
        "late_calendar_days": max(0, (counted - answer.due).days),
    }


def _table(asked: Asked, calendar: Calendar) -> Exit:
    """The due day of each trade of a table."""
    trades = read_trades(text_of(asked.trades or ""), asked.trades or "")
    if not trades:
        raise UsageError("USAGE", "the table has no trades", path=asked.trades)
    person = Person(
        role=asked.role,
        left=day(asked.left, "--left"),
        registered=day(asked.registered, "--registered"),
        year_end=day(asked.year_end, "--year-end"),
        foreign=asked.person,
    )
    answers = dues_of(trades, person, calendar)
    if asked.as_ics:
        named = [
            (f"Form {one.form or ''} due: row {trade.row}", one) for trade, one in zip(trades, answers, strict=True)
        ]
        write_out(due_text.ics(named, calendar))
    elif asked.as_json:
        found = [due_text.trade_json(trade) | due_text.as_json(one) for trade, one in zip(trades, answers, strict=True)]
        write_json({"trades": found})
    else:
        write_out(joined(due_text.rows(trades, answers)))
        notes = dict.fromkeys(line for one in answers for line in due_text.notes(one))
        for line in notes:
            say(line)
    return Exit.DONE
