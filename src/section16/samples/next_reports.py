"""The Form 4, and now and then the Form 5, that an insider files next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from section16.samples import dealings
from section16.samples.chance import Chance
from section16.samples.editions import (
    GIFTS_ON_FORM_4_SINCE,
    PLAN_RULE_ADOPTED,
    PLAN_RULE_APPLIES,
    TABLES_SINCE,
)
from section16.samples.faults import LATE
from section16.samples.insiders import Insider
from section16.samples.lines import Line, derivative_holding, holding
from section16.samples.open_days import open_days
from section16.samples.reports import Report
from section16.samples.scenarios import fill
from section16.samples.trading_days import Day
from section16.samples.vocabulary import footnote

_MOST_LISTED: Final = 10
_LEAVES: Final = 0.31
"""How many of the last reports of an insider have the exit box."""
_LEAVES_SILENTLY: Final = 0.08
"""How many of those tell nothing else."""
_SECOND_DAY: Final = 0.16
_REMARKS: Final = 0.055


def next_form_4(insider: Insider, on: date, chance: Chance) -> Report:
    """Let the insider deal on a day, sometimes on the next one too, and return the Form 4 that reports it."""
    company = insider.company
    leaves = insider.reports_left <= 1 and chance.happens(_LEAVES)
    if leaves and chance.happens(_LEAVES_SILENTLY):
        remarks = company.say("departed", on)
        return Report(insider=insider, form="4", period=on, one=[], two=[], exit=True, remarks=remarks)
    day = Day(insider=insider, on=on, chance=chance)
    fill(day)
    sold_by_plan = day.sold_by_plan
    following = open_days().busy_from(on + timedelta(days=1))
    if chance.happens(_SECOND_DAY) and day.deemed_on is None and following <= open_days().after(on, 2):
        company.trade_on(chance)
        second = Day(insider=insider, on=following, chance=chance, one=day.one, two=day.two)
        fill(second)
        sold_by_plan = sold_by_plan or second.sold_by_plan
    adopted = insider.plan_adopted
    return Report(
        insider=insider,
        form="4",
        period=on,
        one=day.one,
        two=day.two,
        exit=leaves,
        by_plan=sold_by_plan and adopted is not None and on >= PLAN_RULE_APPLIES and adopted >= PLAN_RULE_ADOPTED,
        remarks=_remarks(insider, chance),
    )


def _remarks(insider: Insider, chance: Chance) -> str:
    """Say the office where it does not fit into its box, and now and then something else."""
    company = insider.company
    said = [
        footnote("office", company.variant, {"office": boxes.long_title}) for boxes in insider.boxes if boxes.long_title
    ]
    if chance.happens(_REMARKS):
        said.append(footnote("remark", chance.below(10)))
    return " ".join(said)


def list_holdings(report: Report, chance: Chance) -> None:
    """Add what else is held: all other lines of a title that Table I trades, derivatives where the filer lists them."""
    insider, portfolio = report.insider, report.insider.portfolio
    if report.filed_on < TABLES_SINCE or not report.lines:
        return
    traded = {line.title for line in report.one}
    if not traded and chance.happens(0.2):
        traded = {insider.company.title}
    told = {line.key for line in report.lines}
    others = [holding(stake) for stake in portfolio.stakes if stake.shares and stake.title in traded]
    report.one += [line for line in others if line.key not in told][:_MOST_LISTED]
    if insider.shows_all:
        lots = [derivative_holding(lot) for lot in portfolio.derivatives if lot.shares]
        report.two += [line for line in lots if line.key not in told][:_MOST_LISTED]


def form_5(insider: Insider, earliest: date, year_end: date, chance: Chance) -> Report | None:
    """Return the Form 5 for a fiscal year, with a transaction between two days; None where nothing can be told."""
    traded_on = open_days().busy_until(earliest + timedelta(days=chance.below((year_end - earliest).days + 1)))
    if traded_on < earliest:
        return None
    day = Day(insider=insider, on=traded_on, chance=chance, form="5")
    kinds = [dealings.buy_little, dealings.inherit]
    if traded_on < GIFTS_ON_FORM_4_SINCE:
        kinds = [dealings.give, dealings.give, *kinds]
    if not chance.one_of(kinds)(day):
        dealings.inherit(day)
    report = Report(insider=insider, form="5", period=year_end, one=day.one, two=[])
    if chance.happens(0.25):
        _confess(report, day, chance)
    if chance.happens(0.12) and not insider.is_group:
        _remember(report, day)
    return report


def _confess(report: Report, day: Day, chance: Chance) -> None:
    """Put a purchase on the Form 5 that was due on a Form 4: late by definition."""
    told = len(report.one)
    dealings.buy(day)
    for line in report.one[told:]:
        _mark_late(line, day, chance)
    report.faults = (LATE,)


def _remember(report: Report, day: Day) -> None:
    """Put a holding on the Form 5 that the Form 3 forgot."""
    portfolio, title = day.insider.portfolio, day.insider.company.title
    known = {stake.nature for stake in portfolio.stakes}
    natures = [nature for nature in ("By Spouse", "By Children", "By IRA") if nature not in known]
    if natures:
        stake = portfolio.stake(title, natures[0])
        stake.shares = day.shares()
        line = holding(stake)
        line.form_type = "3"
        line.notes["coding"] = day.say("late_holding")
        report.one.append(line)
        report.faults = (LATE,)


def _mark_late(line: Line, day: Day, chance: Chance) -> None:
    line.timeliness = "L" if chance.happens(0.5) else ""
    line.notes["coding"] = day.say("late_line")
