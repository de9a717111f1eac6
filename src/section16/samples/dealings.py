"""A fictional insider's dealings of one day: what changes hands, and the lines of Tables I and II that tell it.

Every function here is one kind of dealing. It changes the portfolio and writes the lines, or returns False and leaves
everything as it was where the insider owns nothing that it needs. Dealings in Table II stand in `derivative_dealings`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from section16.samples.chance import Mix, decimal
from section16.samples.editions import GIFTS_ON_FORM_4_SINCE
from section16.samples.insiders import Standing
from section16.samples.lines import Line
from section16.samples.open_days import open_days
from section16.samples.stakes import Stake
from section16.samples.trading_days import Day
from section16.samples.vocabulary import long_date

_SALE_LINES: Final = Mix([(1, 47), (2, 23), (3, 13), (4, 8), (5, 4), (6, 2.5), (8, 1.5), (12, 0.6), (18, 0.4)])
_PURCHASE_LINES: Final = Mix([(1, 75), (2, 14), (3, 7), (4, 4)])
_WHOLE_DOLLAR: Final = 100
_LEAST_FOR_BANDS: Final = 500
_LEAST_TO_SELL: Final = 50


def award(day: Day) -> bool:
    """Restricted stock from the issuer (code A), now and then performance shares too."""
    subject = "director_award" if day.insider.standing is Standing.DIRECTOR else "award"
    line = day.acquire(day.main_stake, day.shares(), "A", day.nothing)
    day.note(line, subject, ("coding", "shares", "shares", "title"), 0.9)
    day.note(line, "included", ("owned",), 0.25, number=f"{int(line.shares):,}")
    if subject == "award" and day.chance.happens(0.18):
        earned = day.acquire(day.main_stake, day.shares(), "A", day.nothing)
        day.note(earned, "earned", ("coding", "shares"), 1)
    return True


def withhold(day: Day) -> bool:
    """Shares kept back for tax (code F): less than half of what vested, which need not be a line."""
    stake = day.main_stake
    lines = 2 if day.chance.happens(0.2) else 1
    for _ in range(lines):
        shares = day.fraction_of(day.vested or stake.shares, day.chance.between(20, 45) if day.vested else 3)
        if not 0 < shares <= stake.shares:
            return bool(day.one)
        line = day.dispose(stake, shares, "F", day.price(day.insider.company.cents))
        day.note(line, "withheld", ("coding", "shares"), 0.85)
        day.note(line, "included", ("owned",), 0.2, number=f"{int(stake.shares * 2 / 5):,}")
        if day.vested:
            break
    return True


def sell(day: Day) -> bool:
    """A sale (code S), in one-dollar bands where it took several trades; maybe under a 10b5-1 plan."""
    insider, chance = day.insider, day.chance
    stakes = [s for s in insider.portfolio.stakes if s.title == insider.company.title and s.shares >= _LEAST_TO_SELL]
    if not stakes:
        return False
    stake = stakes[0] if day.exercised or chance.happens(0.6) else chance.one_of(stakes)
    total = min(day.exercised, stake.shares) or day.fraction_of(stake.shares, chance.between(4, 28))
    if total <= 0:
        return False
    plan = _plan_note(day)
    for line in _traded(day, stake, total, chance.drawn(_SALE_LINES), "S"):
        line.deemed_on = day.deemed_on
        if plan is not None:
            line.notes["coding"] = plan
    return True


def buy(day: Day) -> bool:
    """A purchase (code P), directly or through someone near."""
    insider, chance = day.insider, day.chance
    stakes = [stake for stake in insider.portfolio.stakes if stake.title == insider.company.title]
    stake = chance.one_of(stakes) if stakes and chance.happens(0.3) else day.main_stake
    large = insider.standing is Standing.HOLDER
    _traded(day, stake, day.shares(10 if large else 1), chance.drawn(_PURCHASE_LINES), "P")
    return True


def _traded(day: Day, stake: Stake, total: Decimal, lines: int, code: str) -> list[Line]:
    """Divide a total over so many lines, each a dollar above the one before, and write them."""
    chance, cents = day.chance, day.insider.company.cents
    if cents < _LEAST_FOR_BANDS or total < 20 * lines:
        lines = 1
    width = min(99, cents // 25)
    written = []
    for number in range(lines, 0, -1):
        part = total if number == 1 else day.fraction_of(total / number, chance.between(60, 99))
        total -= part
        low = cents + (lines - number) * _WHOLE_DOLLAR
        high = low + chance.between(max(width // 3, 2), max(width, 3))
        averaged = chance.happens(0.74) or lines > 1
        places = chance.one_of((4, 4, 4, 4, 2, 2, 2, 3)) if averaged else 2
        price = day.price(chance.between(low, high - 1), places)
        move = day.acquire if code == "P" else day.dispose
        line = move(stake, part, code, price)
        if averaged:
            words = "purchased" if code == "P" else "sold"
            line.notes["price"] = day.say("band", low=decimal(low, 2), high=decimal(high, 2), traded=words)
        written.append(line)
    return written


def _plan_note(day: Day) -> str | None:
    """Sell by the insider's plan, adopted at least 130 days ago; return what the footnote says, None without a plan."""
    insider = day.insider
    if not insider.sells_by_plan:
        return None
    adopted = insider.plan_adopted
    if adopted is None or (day.on - adopted).days > 500:  # noqa: PLR2004 - a plan runs for a year or so
        adopted = insider.plan_adopted = open_days().busy_until(day.on - timedelta(days=day.chance.between(130, 220)))
    day.sold_by_plan = True
    said = day.say("trading_plan", adopted=long_date(adopted))
    if day.chance.happens(0.06):
        day.deemed_on = open_days().busy_until(open_days().after(day.on, day.chance.between(1, 3)))
        if day.deemed_on <= day.on:
            day.deemed_on = None
            return said
        said += " " + day.say("notified", notified=long_date(day.deemed_on))
    return said


def give(day: Day) -> bool:
    """A gift (code G), to charity or to a family trust, which the insider then reports too."""
    stake, chance = day.main_stake, day.chance
    shares = day.fraction_of(stake.shares, chance.between(2, 12))
    if shares <= 0:
        return False
    marks: dict[str, object] = {} if day.on >= GIFTS_ON_FORM_4_SINCE else day.early()
    line = day.dispose(stake, shares, "G", day.nothing, **marks)
    if day.insider.is_group or chance.happens(0.65):
        day.note(line, "gift", ("coding", "shares"), 0.8)
        return True
    line.notes["coding"] = day.say("family_gift")
    trust = day.insider.portfolio.stake(stake.title, "By Trust")
    received = day.acquire(trust, shares, "G", day.nothing, **day.early())
    received.notes["coding"] = line.notes["coding"]
    return True


def transfer(day: Day) -> bool:
    """A transaction that no other code fits (code J): a distribution by a fund, or to a former spouse."""
    stake = day.main_stake
    shares = day.fraction_of(stake.shares, day.chance.between(5, 20))
    if shares <= 0:
        return False
    line = day.dispose(stake, shares, "J", day.nothing)
    subject = "distribution" if day.insider.is_group else "other"
    line.notes["coding"] = day.say(subject, fund=day.insider.leads.spoken)
    return True


def surrender(day: Day) -> bool:
    """A disposition to the issuer (code D), in a merger or under a plan."""
    stake = day.main_stake
    shares = day.fraction_of(stake.shares, day.chance.between(10, 60))
    if shares <= 0:
        return False
    price = day.price(day.insider.company.cents)
    line = day.dispose(stake, shares, "D", price)
    line.notes["coding"] = day.say("merger", price=decimal(day.insider.company.cents, 2))
    return True


def tender(day: Day) -> bool:
    """A tender in a change of control (code U)."""
    stake = day.main_stake
    if stake.shares < _LEAST_TO_SELL:
        return False
    line = day.dispose(stake, stake.shares, "U", day.price(day.insider.company.cents))
    line.notes["coding"] = day.say("tender", price=decimal(day.insider.company.cents, 2))
    return True


def move_in_plan(day: Day) -> bool:
    """A discretionary transaction within the 401(k) plan (code I), in or out."""
    stake = day.insider.portfolio.stake(day.insider.company.title, "By 401(k) Plan")
    out = day.fraction_of(stake.shares, day.chance.between(20, 60))
    price = day.price(day.insider.company.cents)
    line = day.dispose(stake, out, "I", price) if out > 0 else day.acquire(stake, day.shares(), "I", price)
    line.notes["coding"] = day.say("discretionary")
    return True


def inherit(day: Day) -> bool:
    """Shares from an estate (code W), due on Form 5."""
    line = day.acquire(day.main_stake, day.shares(), "W", day.nothing, **day.early())
    line.notes["coding"] = day.say("inheritance")
    return True


def buy_little(day: Day) -> bool:
    """A purchase of up to 10,000 dollars (code L, Rule 16a-6), due on Form 5."""
    cents = day.insider.company.cents
    shares = Decimal(max(day.chance.between(50_000, 900_000) // cents, 1))
    if shares * cents > 990_000:  # noqa: PLR2004 - 9,900 dollars, safely below the rule's limit
        return False
    line = day.acquire(day.main_stake, shares, "L", day.price(cents), **day.early())
    day.note(line, "small", ("coding",), 0.7)
    return True
