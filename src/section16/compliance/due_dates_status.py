"""Trades before becoming and after ceasing to be an insider: which of them have to be reported.

Official texts: Rule 16a-2(a) to (c). "Within six months" is the period of s. 16(b), less than six months, as
`section16.law.six_months` counts it; where a month's end leaves a doubt, the later day is given as a caution.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from section16.compliance.due_date import DueDate, Step, Until, can_be_counted, nothing_owed
from section16.errors import UsageError
from section16.law.six_months import CITES, Reading, corresponding_day, last_matching_day, within_six_months


def reported_until(*, last_purchase: date | None = None, last_sale: date | None = None) -> tuple[Until, ...]:
    """Until when a director or officer who left reports sales (after a purchase in office) and purchases.

    The days are those of the last non-exempt trades in office; a later opposite trade counts only within less than six
    months (Rule 16a-2(b)).
    """
    found = []
    for what, day in (("sales", last_purchase), ("purchases", last_sale)):
        if day is not None:
            can_be_counted(day, "a trade of")
            until, caution = last_matching_day(day), last_matching_day(day, Reading.WIDE)
            found.append(Until(what=what, until=until, caution=caution, because_of=day))
    return tuple(found)


def exit_tail(
    left: date,
    *,
    role: str = "director",
    last_purchase: date | None = None,
    last_sale: date | None = None,
) -> DueDate:
    """What someone who left on `left` still reports, with "report until" days. Raises UsageError."""
    can_be_counted(left, "leaving on")
    for day in (last_purchase, last_sale):
        if day is not None and day > left:
            raise UsageError(
                "USAGE", f"the trade of {day} comes after leaving on {left}", mend="Give the last one in office"
            )
    if role == "ten-percent":
        return nothing_owed(None, [_no_tail()])
    steps = [
        Step(
            text=f"left on {left}: a later trade is reported only if it is non-exempt and lies less than six months "
            "after an opposite non-exempt one in office",
            date=left,
            cites="Rule 16a-2(b)",
            basis="guide",
        )
    ]
    untils = tuple(one for one in reported_until(last_purchase=last_purchase, last_sale=last_sale) if one.until > left)
    for one in untils:
        opposite = "purchase" if one.what == "sales" else "sale"
        doubt = "" if one.caution == one.until else f" ({one.caution} by the wider reading of month ends)"
        text = f"{one.what} are reported until {one.until}{doubt}, after the {opposite} of {one.because_of}"
        steps.append(Step(text=text, date=one.until, cites=CITES))
    steps.append(
        Step(text="a Form 5 may still be due for the year of leaving", date=None, cites="Rule 16a-3(f)", basis="guide")
    )
    known = last_purchase is not None or last_sale is not None
    return DueDate(
        form=None,
        due=None,
        status="owed" if untils else "not owed" if known else "cannot be said",
        steps=tuple(steps),
        report_until=untils,
        warnings=() if known else ("give the last non-exempt purchase and sale in office to have the days",),
    )


def after_leaving(
    traded: date,
    left: date,
    *,
    acquired: bool | None,
    role: str,
    opposite: Iterable[date] | None,
    exempt: bool | None = False,
) -> DueDate | Step | None:
    """Whether a trade after leaving is reported: the step that says so, else the answer; None if made in office.

    `opposite` are the days of opposite-way non-exempt trades in office, None if they aren't known. `exempt`: whether
    the trade itself is exempt from s. 16(b), None if that isn't known. The wider reading of month ends decides: it is
    better to report a trade that nobody owed.
    """
    if traded <= left:
        return None
    if role == "ten-percent":
        return nothing_owed("4", [_no_tail()])
    way = {True: "sale", False: "purchase", None: "opposite trade"}[acquired]
    after = f"traded after leaving on {left}"
    if exempt:
        return _unreported(f"{after}; exempt trades after leaving are never reported", left)
    if opposite is None:
        step = _step(f"{after}: reported only if a non-exempt {way} in office lies less than six months before", left)
        said = f"give the last non-exempt {way} in office"
        return DueDate(form="4", due=None, status="cannot be said", steps=(step,), warnings=(said,))
    days = sorted(day for day in opposite if day <= left)
    until = last_matching_day(days[-1], Reading.WIDE) if days else None
    if until is not None and traded <= until and exempt is None:
        step = _step(f"{after}, less than six months after the {way} of {days[-1]}: reported if it is not exempt", left)
        said = "say whether the trade is exempt from s. 16(b)"
        return DueDate(form="4", due=None, status="cannot be said", steps=(step,), warnings=(said,))
    if until is not None and traded <= until:
        doubt = "" if traded <= last_matching_day(days[-1]) else ", by the wider reading of month ends"
        return _step(f"{after}, less than six months after the {way} of {days[-1]}{doubt}: reported", left)
    known = f"; after that of {days[-1]} it would be until {until}" if days else ""
    return _unreported(f"{after}, and no non-exempt {way} in office lies less than six months before it{known}", left)


def _step(text: str, day: date) -> Step:
    return Step(text=text, date=day, cites="Rule 16a-2(b)", basis="guide")


def _unreported(text: str, left: date) -> DueDate:
    return nothing_owed("4", [_step(text, left)])


def before_registration(traded: date, registered: date, *, role: str, later: Iterable[date]) -> DueDate | Step:
    """Whether a trade before the issuer's first registration is reported: the step that says so, else the answer.

    It is, on the first Form 4, only if a later trade that itself needs a Form 4 falls within six months of it, and only
    for someone who is director or officer at the registration (Rule 16a-2(a)).
    """
    back = corresponding_day(registered, back=True)
    if role == "ten-percent":
        text = "a ten-percent owner has no look-back: trades before he became one are not reported"
        return nothing_owed("4", [Step(text=text, date=registered, cites="Rule 16a-2(c)", basis="guide")])
    if traded < back:
        text = f"more than six months before the first registration of {registered}"
        return nothing_owed("4", [Step(text=text, date=back, cites="Rule 16a-2(a)", basis="guide")])
    days = sorted(day for day in later if day >= registered and within_six_months(traded, day, Reading.WIDE))
    if not days:
        until = last_matching_day(traded, Reading.WIDE)
        text = (
            f"before the first registration of {registered}: reported only if a trade that needs a Form 4 follows by "
            f"{until}"
        )
        assumed = ["no such trade follows: none was given"]
        return nothing_owed(
            "4", [Step(text=text, date=until, cites="Rule 16a-2(a)", basis="guide")], assumptions=assumed
        )
    text = (
        f"before the first registration of {registered}, within six months of the trade of {days[0]}: reported with it"
    )
    return Step(text=text, date=days[0], cites="Rule 16a-2(a)", basis="guide")


def _no_tail() -> Step:
    text = "a ten-percent owner reports only trades made while above ten percent: nothing after"
    return Step(text=text, date=None, cites="Rule 16a-2(c)", basis="guide")
