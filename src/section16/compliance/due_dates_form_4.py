"""When a transaction is due on Form 4, or may wait for Form 5, explained step by step.

Official texts: Exchange Act s. 16(a)(2)(C), Rule 16a-3(f) and (g), Form 4, General Instructions 1, 4 and 8.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from section16 import law
from section16.codes import transaction_code
from section16.compliance.due_date import DueDate, Step, answer, can_be_counted, cited, passed_over
from section16.compliance.due_dates_foreign import ForeignInsider, foreign_step, no_report_owed
from section16.compliance.due_dates_form_5 import form_5_due
from section16.errors import UsageError, excerpt
from section16.law import Calendar

_ROLL: Final = "17 CFR 240.0-3(a)"
_OUTSIDE: Final = "the insider did not choose the day of execution"
_LONGEST_YEAR: Final = law.LONGEST_YEAR.days


def form_4_due(  # noqa: PLR0913 - the facts of a trade, all given by name
    traded: date,
    *,
    notified: date | None = None,
    plan: bool = False,
    discretionary: bool = False,
    chose_day: bool = False,
    code: str | None = None,
    direction: str | None = None,
    year_end: date | None = None,
    foreign: ForeignInsider | None = None,
    calendar: Calendar | None = None,
) -> DueDate:
    """When a transaction of `traded` has to be reported.

    `notified` is the day on which the plan's broker or administrator told the insider of a trade under a Rule 10b5-1
    plan (`plan`) or of a discretionary transaction under an employee plan (`discretionary`); it counts unless the
    insider chose the day himself (`chose_day`). `code` and `direction` (A or D) tell what goes on Form 5, and
    `year_end`, the end of the issuer's fiscal year, when that is. Raises UsageError for a notice before the trade,
    an unknown code, and days that can't be counted from.
    """
    calendar = calendar or law.sec_calendar()
    can_be_counted(traded, "a trade of")
    if notified is not None and notified < traded:
        raise UsageError(
            "USAGE", f"the notice of {notified} comes before the trade of {traded}", mend="Check the dates"
        )
    if notified is not None:
        can_be_counted(notified, "a notice of")
    owed_on = _form_owed(traded, code, direction)
    if foreign is not None and (excused := no_report_owed("4", traded, foreign)) is not None:
        return excused
    if owed_on == "5":
        return _waits_for_form_5(traded, code or "", year_end, calendar)
    steps = [] if foreign is None else list(foreign_step(foreign))
    assumptions = _assumed(notified, code, owed_on, plan=plan or discretionary, chose_day=chose_day)
    outside = (plan or discretionary or notified is not None) and not chose_day
    steps.append(_trade_step(traded, calendar))
    start = traded
    if outside and notified is not None:
        start = law.execution(traded, notified, calendar)
        steps += _deemed_steps(traded, notified, calendar, discretionary=discretionary)
    due = law.form_4_due(traded, deemed=notified if outside else None, calendar=calendar)
    limit = law.limit("form_4", traded)
    steps.append(
        Step(
            text=_counted(start, due, limit, calendar),
            date=due,
            cites=cited(limit.cites, start, due, calendar),
            basis=limit.basis,
        )
    )
    latest = None
    warnings = _gift_warning(traded, code, direction)
    if outside and notified is None:
        latest = law.form_4_due(traded, deemed=law.latest_deemed_date(traded, calendar), calendar=calendar)
        warnings += (f"the day of the notice isn't given: if {_OUTSIDE}, it is due {latest} at the latest",)
    return answer("4", due, steps, calendar, since=traded, latest=latest, assumptions=assumptions, warnings=warnings)


def _form_owed(traded: date, code: str | None, direction: str | None) -> str | None:
    """`4`, `5`, or None where code and direction leave it open. Raises UsageError."""
    if direction not in {None, "A", "D"}:
        raise UsageError("USAGE", f"'{excerpt(str(direction))}' is neither A (acquired) nor D (disposed of)")
    if code is None:
        return "4"
    known = transaction_code(code.strip().upper())
    if known is None or not known.in_xml:
        message = f"'{excerpt(code)}' is no transaction code"
        raise UsageError("CODE_UNKNOWN", message, mend="section16 codes lists them")
    return law.owed_form(known.due_on(traded), direction or "")


def _assumed(
    notified: date | None, code: str | None, owed_on: str | None, *, plan: bool, chose_day: bool
) -> tuple[str, ...]:
    said: tuple[str, ...] = ()
    if notified is not None and not plan and not chose_day:
        said += (f"a notice is given, so {_OUTSIDE}: a plan's trade (Rule 16a-3(g)(2))",)
    if owed_on is None:
        said += (
            f"code {(code or '').upper()} leaves open which form it goes on; counted as due on Form 4, the earlier",
        )
    return said


def _trade_step(traded: date, calendar: Calendar) -> Step:
    if calendar.business_day(traded):
        return Step(text=f"traded on {traded:%A}, {traded}; the day itself doesn't count", date=traded, cites=_ROLL)
    why = calendar.closed_day(traded)
    text = f"traded on {traded:%A}, {traded}, no business day ({why.why if why else f'{traded:%A}'}); counted from it"
    return Step(text=text, date=traded, cites="17 CFR 240.0-2; Exchange Act s. 16(a)(2)(C)", basis="memory")


def _deemed_steps(traded: date, notified: date, calendar: Calendar, *, discretionary: bool) -> list[Step]:
    limit = law.limit("deemed_execution", traded)
    latest = law.latest_deemed_date(traded, calendar)
    paragraph = "Rule 16a-3(g)(3) and (4)" if discretionary else "Rule 16a-3(g)(2) and (4)"
    told = Step(
        text=f"{_OUTSIDE}; told of the trade on {notified}, which becomes the deemed execution date",
        date=notified,
        cites=paragraph,
        basis=limit.basis,
    )
    if notified <= latest:
        return [told]
    text = f"at most the third business day after the trade: {latest}{passed_over(traded, latest, calendar)}"
    return [told, Step(text=text, date=latest, cites=paragraph, basis=limit.basis)]


def _counted(start: date, due: date, limit: law.Due, calendar: Calendar) -> str:
    if limit.business_days is None:
        return f"due on day {limit.next_month_day} of the next month, {due}"
    return f"second business day after {start}: {due}{passed_over(start, due, calendar)}"


def _gift_warning(traded: date, code: str | None, direction: str | None) -> tuple[str, ...]:
    rule, undisputed = law.effective("gift_dispositions_on_form_4"), law.effective("gift_dispositions_undisputed")
    if (code or "").strip().upper() != "G" or direction == "A" or not rule.since <= traded < undisputed.since:
        return ()
    return (f"{undisputed.cites} ({undisputed.since}); the rule itself holds since {rule.since}",)


def _waits_for_form_5(traded: date, code: str, year_end: date | None, calendar: Calendar) -> DueDate:
    """What Form 4 doesn't ask for: due on Form 5, or on any earlier Form 4."""
    known = transaction_code(code.strip().upper())
    meaning = known.meaning if known else "this"
    cites = "Rule 16a-6" if code.strip().upper() == "L" else "Rule 16a-3(f) and (g)(1)"
    steps = [
        Step(text=f"code {code.strip().upper()} ({meaning}) goes on Form 5", date=traded, cites=cites, basis="guide"),
        Step(text="it may be reported earlier, on any Form 4", date=None, cites="Rule 16a-3(a)", basis="rule"),
    ]
    if year_end is None:
        said = "give the end of the issuer's fiscal year (year_end) to have the day"
        return DueDate(form="5", due=None, status="cannot be said", steps=tuple(steps), warnings=(said,))
    if not year_end.toordinal() - _LONGEST_YEAR < traded.toordinal() <= year_end.toordinal():
        message = f"the trade of {traded} isn't in the fiscal year that ends {year_end}"
        raise UsageError("USAGE", message, mend="Give the end of the fiscal year of the trade")
    whole = form_5_due(year_end, calendar=calendar)
    small = ("it falls due on Form 4 earlier if the conditions of Rule 16a-6 fail: give all trades",)
    return DueDate(
        form="5",
        due=whole.due,
        cutoff=whole.cutoff,
        steps=(*steps, *whole.steps),
        assumptions=whole.assumptions,
        warnings=(*(small if code.strip().upper() == "L" else ()), *whole.warnings),
    )
