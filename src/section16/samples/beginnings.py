"""What a fictional insider owns on the day of becoming one, and the Form 3 that says so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from section16.samples.chance import Chance, Mix
from section16.samples.derivative_dealings import make_derivative
from section16.samples.editions import TABLES_SINCE
from section16.samples.insiders import Insider, Standing
from section16.samples.lines import derivative_holding, holding
from section16.samples.reports import Report
from section16.samples.stakes import Sort
from section16.samples.trading_days import Day
from section16.samples.vocabulary import footnote, words

_NOTHING: Final = {Standing.OFFICER: 0.46, Standing.DIRECTOR: 0.68, Standing.HOLDER: 0.0}
"""How often a Form 3 reports that no securities are owned."""
_NATURES: Final = Mix([(1, 55), (2, 25), (3, 12), (5, 8)])
_LOTS: Final = Mix([(0, 16), (1, 20), (2, 24), (3, 18), (5, 13), (9, 9)])


def first_report(insider: Insider, chance: Chance) -> Report:
    """Endow the insider and return the Form 3, for the event of the day of joining."""
    if not chance.happens(_NOTHING[insider.standing]) and insider.joined >= TABLES_SINCE:
        if insider.is_group:
            _endow_group(insider, chance)
        else:
            _endow(insider, chance)
    company, portfolio = insider.company, insider.portfolio
    remarks = [
        footnote("office", company.variant, {"office": boxes.long_title}) for boxes in insider.boxes if boxes.long_title
    ]
    if insider.attorney and chance.happens(0.65):
        remarks.append(footnote("exhibits", company.variant))
    return Report(
        insider=insider,
        form="3",
        period=insider.joined,
        one=[holding(stake) for stake in portfolio.stakes if stake.shares],
        two=[derivative_holding(lot) for lot in portfolio.derivatives],
        remarks=" ".join(remarks),
        exhibit=insider.attorney is not None,
    )


def _endow(insider: Insider, chance: Chance) -> None:
    """Shares held directly and through others, options and units granted before."""
    company, portfolio, start = (
        insider.company,
        insider.portfolio,
        Day(insider=insider, on=insider.joined, chance=chance),
    )
    times = 20 if insider.standing is Standing.HOLDER else 1
    start.main_stake.shares = start.shares(3 * times)
    if chance.happens(0.62):
        for _ in range(chance.drawn(_NATURES)):
            nature = chance.drawn(words().securities["natures"])
            explained = chance.happens(0.7) or nature == "See footnote"
            stake = portfolio.stake(company.title, nature, start.held_by(nature) if explained else None)
            stake.shares = start.shares(times)
    if company.second_class and chance.happens(0.7):
        _endow_lot(insider, Sort.CLASS, chance, 10 * times)
    if insider.standing is Standing.HOLDER:
        if chance.happens(0.45):
            _endow_lot(insider, Sort.WARRANT, chance, times)
        return
    for _ in range(chance.drawn(_LOTS)):
        _endow_lot(insider, chance.one_of((Sort.OPTION, Sort.UNITS)), chance, 1)


def _endow_lot(insider: Insider, sort: Sort, chance: Chance, times: int) -> None:
    """Give a derivative security that was granted within the last four years, at a price of that time."""
    company = insider.company
    granted_on = insider.joined - timedelta(days=chance.between(30, 1_400))
    today = company.cents
    company.cents = max(company.cents * chance.between(30, 110) // 100, 20)
    shares = Decimal(int(Day(insider=insider, on=granted_on, chance=chance).shares(times)))
    lot = insider.portfolio.add(make_derivative(insider, sort, granted_on, shares, chance))
    company.cents = today
    if insider.is_group and insider.portfolio.stakes:
        lot.nature, lot.about = insider.portfolio.stakes[0].nature, insider.portfolio.stakes[0].about


def _endow_group(insider: Insider, chance: Chance) -> None:
    """Give each fund its own line, explained by who stands behind it."""
    company = insider.company
    funds = [person for person in insider.people if person.is_entity and not person.name.endswith("LLC")]
    behind = insider.people[len(funds)]
    partner = behind.spoken if behind.is_entity else f"{funds[0].name.split()[0]} Management, LLC"
    start = Day(insider=insider, on=insider.joined, chance=chance)
    for number, fund in enumerate(funds):
        about = start.say("fund_nature", fund=fund.spoken, partner=partner, manager=insider.people[-1].spoken)
        nature = "See footnote" if number == 0 else f"By {fund.spoken}"
        insider.portfolio.stake(company.title, nature, about).shares = start.shares(100)
    if company.second_class and chance.happens(0.7):
        _endow_lot(insider, Sort.CLASS, chance, 100)
    if chance.happens(0.35):
        _endow_lot(insider, Sort.WARRANT, chance, 20)


def due_on(event: date) -> date:
    """Return the last calendar day of the ten in which a Form 3 is due; a report by then is in time on any calendar."""
    return event + timedelta(days=10)
