"""When each of a person's trades is due, where one decides over another: small acquisitions, look-back, exit tail.

Official texts: Rules 16a-2(a) to (c), 16a-3(g), 16a-6. Trades are of one person in one issuer's equity.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from section16 import law
from section16.codes import transaction_code
from section16.compliance.due_date import DueDate, Step
from section16.compliance.due_dates_foreign import ForeignInsider, no_report_owed
from section16.compliance.due_dates_form_4 import form_4_due
from section16.compliance.due_dates_form_5 import form_5_due
from section16.compliance.due_dates_status import after_leaving, before_registration
from section16.law import Calendar, Dealing, Waiting
from section16.law.fiscal_years import year_end_after
from section16.law.matching_codes import MAY_WAIT, is_exempt
from section16.positions.spelling import folded_title


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """A trade: its day, code, direction (A or D), shares and price in dollars.

    `exempt` says whether it is exempt from s. 16(b), None: by its code. `reported` says that a Form 4 has it already.
    Trades decide over one another only within a class (`security`). `row` is the line of the table it came from.
    """

    day: date
    code: str
    direction: str
    shares: Decimal | None = None
    price: Decimal | None = None
    security: str = ""
    exempt: bool | None = None
    from_issuer: bool = False
    reported: bool = False
    plan: bool = False
    notified: date | None = None
    row: int = 0

    @property
    def worth(self) -> Decimal | None:
        """Shares times price in dollars."""
        return None if self.shares is None or self.price is None else self.shares * self.price

    @property
    def is_exempt(self) -> bool | None:
        """Whether it is exempt from s. 16(b); None: its code doesn't tell."""
        return is_exempt(self.code) if self.exempt is None else self.exempt

    @property
    def counts(self) -> bool:
        """Whether it is a non-exempt trade for certain."""
        return self.is_exempt is False


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who trades: `role`, the day he left, the day of the issuer's first registration, the end of a fiscal year."""

    role: str = "director"
    left: date | None = None
    registered: date | None = None
    year_end: date | None = None
    foreign: ForeignInsider | None = None


def dues_of(trades: Sequence[Trade], person: Person, calendar: Calendar | None = None) -> list[DueDate]:
    """When each trade is due, in the order given. Raises UsageError as `form_4_due`."""
    classes: dict[str, list[int]] = {}
    for number, trade in enumerate(trades):
        classes.setdefault(folded_title(trade.security), []).append(number)
    found: dict[int, DueDate] = {}
    for numbers in classes.values():
        same = [trades[number] for number in numbers]
        waits = law.waiting([_dealing(trade) for trade in same], calendar)
        for number, trade, wait in zip(numbers, same, waits, strict=True):
            found[number] = _due(trade, wait, same, person, calendar)
    return [found[number] for number in range(len(trades))]


def _dealing(trade: Trade) -> Dealing:
    """An acquisition that may wait, or what ends the waiting; anything else is as good as reported."""
    acquired = trade.direction == "A"
    may_wait = acquired and trade.code in MAY_WAIT and trade.counts
    ends = not acquired and trade.counts
    return Dealing(
        trade.day,
        acquired=not ends,
        worth=trade.worth,
        from_issuer=trade.from_issuer,
        reported=trade.reported or not (may_wait or ends),
    )


def _due(
    trade: Trade, wait: Waiting | None, trades: Sequence[Trade], person: Person, calendar: Calendar | None
) -> DueDate:
    if person.foreign is not None:
        subject = max(trade.day, person.registered or trade.day)
        if (unowed := no_report_owed("4", subject, person.foreign)) is not None:
            return unowed
    opposite = [one for one in trades if one.direction != trade.direction and one.counts]
    if person.left is not None:
        excused = after_leaving(
            trade.day,
            person.left,
            acquired=trade.direction == "A",
            role=person.role,
            opposite=[one.day for one in opposite],
            exempt=trade.is_exempt,
        )
        if isinstance(excused, DueDate):
            return excused
        if excused is not None:
            whole = _in_office(trade, wait, trades, person, calendar)
            return msgspec.structs.replace(whole, steps=(excused, *whole.steps))
    return _in_office(trade, wait, trades, person, calendar)


def _in_office(
    trade: Trade, wait: Waiting | None, trades: Sequence[Trade], person: Person, calendar: Calendar | None
) -> DueDate:
    """When a trade is due that has to be reported."""
    if person.registered is not None and trade.day < person.registered:
        return _before(trade, person.registered, trades, person, calendar)
    if wait is not None and not trade.reported:
        return _small(trade, wait, person, calendar)
    return form_4_due(
        trade.day,
        notified=trade.notified,
        plan=trade.plan,
        discretionary=trade.code == "I" and trade.notified is not None,
        code=trade.code,
        direction=trade.direction or None,
        year_end=_year_end(trade.day, person),
        foreign=person.foreign,
        calendar=calendar,
    )


def _before(
    trade: Trade, registered: date, trades: Sequence[Trade], person: Person, calendar: Calendar | None
) -> DueDate:
    later = [one.day for one in trades if law.owed_form(_owed_on(one), one.direction) == "4"]
    found = before_registration(trade.day, registered, role=person.role, later=later)
    if isinstance(found, DueDate):
        return found
    whole = form_4_due(found.date or trade.day, calendar=calendar)
    return msgspec.structs.replace(whole, steps=(found, *whole.steps))


def _owed_on(trade: Trade) -> str | None:
    code = transaction_code(trade.code)
    return None if code is None else code.due_on(trade.day)


def _small(trade: Trade, wait: Waiting, person: Person, calendar: Calendar | None) -> DueDate:
    limit = law.limit("small_acquisitions", trade.day)
    if wait.may_wait is False:
        whole = form_4_due(wait.failed_on or trade.day, notified=trade.notified, plan=trade.plan, calendar=calendar)
        text = f"the acquisition of {trade.day} can't wait for Form 5: {wait.why}"
        ended = Step(text=text, date=wait.failed_on, cites=limit.cites)
        return msgspec.structs.replace(whole, steps=(ended, *whole.steps))
    known = wait.may_wait is True
    text = f"a small acquisition may wait for Form 5: {wait.why}"
    if not known:
        text = f"whether it may wait for Form 5 can't be said: {wait.why}"
    steps = (
        Step(text=text, date=trade.day, cites=limit.cites),
        Step(text="the purchase still counts for s. 16(b)", date=None, cites="Rule 16a-6", basis="memory"),
    )
    cautious = form_4_due(trade.day, calendar=calendar)
    if not known:
        return msgspec.structs.replace(cautious, steps=(*steps, *cautious.steps), warnings=(text, *cautious.warnings))
    year_end = _year_end(trade.day, person)
    warning = "a disposition within six months, or more acquisitions, end the waiting: due two business days after"
    if year_end is None:
        said = "give the end of the issuer's fiscal year to have the day of Form 5"
        return DueDate(form="5", due=None, status="cannot be said", steps=steps, warnings=(warning, said))
    whole = form_5_due(year_end, calendar=calendar)
    return msgspec.structs.replace(whole, steps=(*steps, *whole.steps), warnings=(warning, *whole.warnings))


def _year_end(day: date, person: Person) -> date | None:
    """The end of the fiscal year of a trade, by the month and day of the one given."""
    return None if person.year_end is None else year_end_after(day, person.year_end.month, person.year_end.day)
