"""Dealings in derivative securities: grants, exercises, conversions, with their twins in Table I.

An exercise or conversion is two lines of the same day and number of shares: Table II disposes of the derivative, Table
I acquires the shares. A price that is no amount of dollars is left out and explained (SEC staff, Section 16 electronic
reporting FAQ). As in `dealings`, a function returns False where the insider owns nothing that it needs.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from section16.samples.chance import Chance, Mix, decimal
from section16.samples.insiders import Insider, Standing
from section16.samples.stakes import Derivative, Sort
from section16.samples.trading_days import Day, tidied

_GRANTED_TO_OFFICERS: Final = Mix([(Sort.UNITS, 53), (Sort.OPTION, 47)])
_GRANTED_TO_DIRECTORS: Final = Mix([(Sort.UNITS, 44), (Sort.OPTION, 40), (Sort.PHANTOM, 16)])
_LOTS_AT_ONCE: Final = Mix([(1, 50), (2, 27), (3, 15), (5, 8)])
_PHANTOM_PLACES: Final = (0, 2, 3, 4)
_FEWEST: Final = 40
_OPTION_YEARS: Final = 10
_WARRANT_YEARS: Final = 5
_OLD_ENOUGH: Final = timedelta(days=370)
_VESTED: Final = timedelta(days=60)


def make_derivative(insider: Insider, sort: Sort, granted_on: date, shares: Decimal, chance: Chance) -> Derivative:
    """Return a new derivative security of a sort, its terms in cells or footnotes."""
    if sort is Sort.OPTION:
        return _option(insider, granted_on, shares, chance)
    if sort is Sort.WARRANT:
        return _warrant(insider, granted_on, shares, chance)
    company = insider.company
    title, ratio, terms = {
        Sort.UNITS: (_units(insider, chance), "units_ratio", "units_vesting"),
        Sort.PHANTOM: (company.phantom, "phantom_ratio", "phantom_settlement"),
        Sort.CLASS: (company.second_class or "Preferred Stock", "conversion", "conversion"),
    }[sort]
    about = company.say(terms, granted_on, derivative=title)
    ratio_note = company.say(ratio, granted_on, derivative=title)
    return Derivative(
        sort=sort,
        title=title,
        shares=shares,
        granted_on=granted_on,
        underlying=company.title,
        strike_note=ratio_note,
        exercisable_note=about,
        expires_note=about,
        underlying_note=ratio_note if sort is Sort.PHANTOM and company.variant % 4 == 0 else None,
    )


def _units(insider: Insider, chance: Chance) -> str:
    earned = insider.standing is Standing.OFFICER and chance.happens(0.3)
    return insider.company.earned_units if earned else insider.company.units


def _option(insider: Insider, granted_on: date, shares: Decimal, chance: Chance) -> Derivative:
    company = insider.company
    strike = decimal(company.cents, 2)
    told = chance.happens(0.55)
    return Derivative(
        sort=Sort.OPTION,
        title=company.option,
        shares=shares,
        granted_on=granted_on,
        underlying=company.title,
        strike=tidied(strike) if insider.tidy else strike,
        exercisable_on=None if told else company.next_vest_day(granted_on + timedelta(days=330)),
        exercisable_note=company.say("option_vesting", granted_on) if told else None,
        expires_on=_years_after(granted_on, _OPTION_YEARS),
    )


def _warrant(insider: Insider, granted_on: date, shares: Decimal, chance: Chance) -> Derivative:
    company = insider.company
    return Derivative(
        sort=Sort.WARRANT,
        title="Warrant (right to buy)",
        shares=shares,
        granted_on=granted_on,
        underlying=company.title,
        strike=decimal(company.cents * chance.between(70, 130) // 100, 2),
        exercisable_on=granted_on,
        exercisable_note=company.say("warrant", granted_on),
        expires_on=_years_after(granted_on, _WARRANT_YEARS),
    )


def _years_after(day: date, years: int) -> date:
    """Return the day before the same day so many years later, as terms run."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, last) - timedelta(days=1)


def grant(day: Day) -> bool:
    """One grant or two of units, options or phantom stock from the issuer (code A)."""
    officer = day.insider.standing is Standing.OFFICER
    sorts = _GRANTED_TO_OFFICERS if officer else _GRANTED_TO_DIRECTORS
    sort = day.chance.drawn(sorts)
    _grant(day, sort)
    if day.chance.happens(0.2):
        _grant(day, Sort.UNITS if sort is Sort.OPTION else Sort.OPTION)
    return True


def _grant(day: Day, sort: Sort) -> None:
    places = _PHANTOM_PLACES[day.insider.sign_variant]
    phantom = sort is Sort.PHANTOM
    shares = day.chance.decimal(50 * 10**places, 900 * 10**places, places) if phantom else Decimal(int(day.shares()))
    fresh = make_derivative(day.insider, sort, day.on, Decimal(0), day.chance)
    lot = day.insider.portfolio.add(fresh)
    unpriced = sort is not Sort.OPTION and _leaves_price_out(day)
    line = day.turn(lot, shares, "A", None if unpriced else day.nothing, acquired=True)
    if unpriced:
        line.notes["price"] = lot.strike_note or ""


def _leaves_price_out(day: Day) -> bool:
    """Say whether the filer explains that units cost nothing, instead of writing a price of 0."""
    return day.insider.company.variant % 4 == 0


def accrue(day: Day) -> bool:
    """Dividend equivalents on units or phantom stock (code A): a small part of them more."""
    lots = [*day.insider.portfolio.of_sort(Sort.UNITS, _FEWEST), *day.insider.portfolio.of_sort(Sort.PHANTOM, _FEWEST)]
    if not lots:
        return False
    for lot in lots[:3]:
        more = max(int(lot.shares) * day.chance.between(3, 12) // 1_000, 1)
        line = day.turn(lot, Decimal(more), "A", day.nothing, acquired=True)
        line.notes["coding"] = day.say("dividend_units")
    return True


def vest_units(day: Day) -> bool:
    """Units that vest and become shares (code M in both tables)."""
    portfolio = day.insider.portfolio
    lots = [lot for lot in portfolio.of_sort(Sort.UNITS, 1) if day.on - lot.granted_on >= _VESTED]
    if not lots:
        return False
    for lot in lots[: day.chance.drawn(_LOTS_AT_ONCE)]:
        shares = lot.shares if lot.shares < _FEWEST else _part(day, lot.shares)
        price = None if _leaves_price_out(day) else day.nothing
        unit = day.turn(lot, shares, "M", price, acquired=False)
        line = day.acquire(day.main_stake, shares, "M", price)
        if price is None:
            unit.notes["price"] = line.notes["price"] = lot.strike_note or ""
        day.note(line, "settled", ("coding", "shares"), 0.8)
        day.vested += shares
    return True


def _part(day: Day, shares: Decimal) -> Decimal:
    """Return a third, a quarter, a half or all of some shares; of a whole number a whole number."""
    percent = day.chance.one_of((33, 25, 50, 100))
    if shares == int(shares):
        return Decimal(int(shares) * percent // 100)
    return shares if percent == 100 else day.fraction_of(shares, percent)  # noqa: PLR2004


def exercise_options(day: Day) -> bool:
    """An exercise of options that are worth it (code M in both tables)."""
    price = day.insider.company.price
    lots = [
        lot
        for lot in day.insider.portfolio.of_sort(Sort.OPTION)
        if day.on - lot.granted_on >= _OLD_ENOUGH and _can_be_exercised(lot, day.on, price)
    ]
    if not lots:
        return False
    for lot in lots[: day.chance.drawn(_LOTS_AT_ONCE)]:
        shares = lot.shares if lot.shares < _FEWEST else _part(day, lot.shares)
        day.turn(lot, shares, "M", day.nothing, acquired=False)
        day.acquire(day.main_stake, shares, "M", lot.strike)
        day.exercised += shares
    return True


def _can_be_exercised(lot: Derivative, on: date, price: Decimal) -> bool:
    if lot.strike is None or lot.strike >= price or (lot.exercisable_on is not None and lot.exercisable_on > on):
        return False
    return lot.expires_on is None or lot.expires_on > on


def convert(day: Day) -> bool:
    """A conversion of another class into the first (code C in both tables)."""
    lots = day.insider.portfolio.of_sort(Sort.CLASS, _FEWEST)
    if not lots:
        return False
    lot = lots[0]
    shares = _part(day, lot.shares)
    line = day.turn(lot, shares, "C", day.nothing, acquired=False)
    line.notes["coding"] = lot.strike_note or ""
    twin = day.acquire(day.main_stake, shares, "C", day.nothing)
    twin.notes["coding"] = line.notes["coding"]
    day.exercised += shares
    return True


def exercise_warrants(day: Day) -> bool:
    """An exercise of warrants that are worth it (code X in both tables)."""
    price = day.insider.company.price
    for lot in day.insider.portfolio.of_sort(Sort.WARRANT):
        if _can_be_exercised(lot, day.on, price):
            shares = _part(day, lot.shares)
            day.turn(lot, shares, "X", day.nothing, acquired=False)
            day.acquire(day.main_stake, shares, "X", lot.strike)
            return True
    return False


def trade_warrants(day: Day) -> bool:
    """A purchase of warrants, or a sale of those that are there (codes P and S in Table II)."""
    cents = day.insider.company.cents // 4 + 1
    lots = [
        lot
        for lot in day.insider.portfolio.of_sort(Sort.WARRANT, _FEWEST)
        if lot.expires_on and lot.expires_on > day.on
    ]
    if lots and day.chance.happens(0.6):
        day.turn(lots[0], _part(day, lots[0].shares), "S", day.price(cents), acquired=False)
        return True
    fresh = make_derivative(day.insider, Sort.WARRANT, day.on, Decimal(0), day.chance)
    _placed(day, fresh)
    day.turn(day.insider.portfolio.add(fresh), Decimal(int(day.shares(5))), "P", day.price(cents), acquired=True)
    return True


def _placed(day: Day, fresh: Derivative) -> None:
    """What a group holds, it holds through its first fund."""
    if day.insider.is_group:
        fresh.nature, fresh.about = day.main_stake.nature, day.main_stake.about


def settle_in_cash(day: Day) -> bool:
    """Units paid out in cash (code D in Table II)."""
    portfolio = day.insider.portfolio
    lots = portfolio.of_sort(Sort.PHANTOM, _FEWEST) or portfolio.of_sort(Sort.UNITS, _FEWEST)
    if not lots:
        return False
    line = day.turn(lots[0], _part(day, lots[0].shares), "D", day.price(day.insider.company.cents), acquired=False)
    line.notes["coding"] = day.say("cash_settled")
    return True


def settle_through_shares(day: Day) -> bool:
    """Units that become shares which the issuer takes back for cash at once (codes M and D)."""
    if not vest_units(day):
        return False
    line = day.dispose(day.main_stake, day.vested, "D", day.price(day.insider.company.cents))
    line.notes["coding"] = day.say("cash_settled")
    return True


def transfer_derivative(day: Day) -> bool:
    """A transfer of derivative securities that no other code fits (code J in Table II)."""
    portfolio = day.insider.portfolio
    lots = [*portfolio.of_sort(Sort.CLASS, _FEWEST), *portfolio.of_sort(Sort.PHANTOM, _FEWEST)]
    lots += [*portfolio.of_sort(Sort.WARRANT, _FEWEST), *portfolio.of_sort(Sort.OPTION, _FEWEST)]
    if not lots:
        return False
    line = day.turn(lots[0], _part(day, lots[0].shares), "J", day.nothing, acquired=False)
    line.notes["coding"] = day.say("other")
    return True


def swap(day: Day) -> bool:
    """A cash-settled total return swap (code J/K in Table II), told in dollars and not in shares."""
    notional = Decimal(day.chance.between(4, 200) * 50_000)
    said = day.say("swap", fund=day.insider.leads.spoken, number=f"{notional:,}")
    lot = Derivative(
        sort=Sort.SWAP,
        title="Cash-settled total return swap",
        shares=Decimal(0),
        granted_on=day.on,
        underlying=day.insider.company.title,
        exercisable_note=said,
        strike_note=said,
        expires_on=_years_after(day.on, 3),
    )
    _placed(day, lot)
    line = day.turn(day.insider.portfolio.add(lot), notional, "J", None, acquired=True, swap=True)
    line.notes["coding"] = line.notes["price"] = said
    return True
