"""A fictional insider's dealings of one day: what changes hands, and the lines of Tables I and II that tell it.

Every function here is one kind of dealing. It changes the portfolio and writes the lines, or returns False and leaves
everything as it was where the insider owns nothing that it needs. The lines of one title and one way of holding
form a running tally (SEC staff, Section 16 electronic reporting FAQ). Dealings in Table II stand in
`derivative_dealings`.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from section16.samples.chance import Chance, Mix, decimal
from section16.samples.editions import GIFTS_ON_FORM_4_SINCE
from section16.samples.insiders import Insider, Standing
from section16.samples.lines import Line, NotedCell
from section16.samples.open_days import open_days
from section16.samples.stakes import Derivative, Stake
from section16.samples.vocabulary import long_date

_HUNDREDS: Final = (1, 1, 3, 3, 10, 10, 30)
_SALE_LINES: Final = Mix([(1, 42), (2, 22), (3, 14), (4, 9), (5, 5), (6, 4), (8, 3), (12, 2), (18, 1)])
_PURCHASE_LINES: Final = Mix([(1, 75), (2, 14), (3, 7), (4, 4)])
_WHOLE_DOLLAR: Final = 100
_LEAST_FOR_BANDS: Final = 500
_LEAST_TO_SELL: Final = 50


class Day(msgspec.Struct, kw_only=True):
    """One day of one insider, filled with dealings. `form` is the form that will report it, `4` or `5`.

    `sold_by_plan` tells that shares were sold under a 10b5-1 plan; `deemed_on` is the day of notice where a trade is
    deemed executed later (Rule 16a-3(g)). `exercised` and `vested` count shares that came in today.
    """

    insider: Insider
    on: date
    chance: Chance
    form: str = "4"
    one: list[Line] = []
    two: list[Line] = []
    sold_by_plan: bool = False
    deemed_on: date | None = None
    exercised: Decimal = Decimal(0)
    vested: Decimal = Decimal(0)

    def say(self, subject: str, **facts: object) -> str:
        """Return a footnote in the company's wording, the usual facts filled in."""
        return self.insider.company.say(subject, self.on, **facts)

    def shares(self, times: int = 1) -> Decimal:
        """Draw a usual number of shares, in the decimal places in which the insider's are counted."""
        whole = self.chance.one_of(_HUNDREDS) * self.chance.between(60, 1_400) * times
        places = self.insider.places
        return decimal(whole * 10**places + self.chance.below(10**places), places)

    def fraction_of(self, shares: Decimal, percent: int) -> Decimal:
        """Return a part of `shares`, rounded down to the places in which the insider's shares are counted."""
        places = self.insider.places
        return decimal(int(shares * percent * 10**places / 100), places)

    @property
    def nothing(self) -> Decimal:
        """A price of zero as this filer writes it."""
        return decimal(0, 2 if self.insider.sign_variant == 3 and not self.insider.tidy else 0)  # noqa: PLR2004

    def price(self, cents: int, places: int = 2) -> Decimal:
        """Return a price near `cents`, with so many decimal places, less closing zeros where the filer drops them."""
        finer = 10 ** (places - 2) if places > 2 else 1  # noqa: PLR2004 - cents have two
        price = decimal(cents * finer + (self.chance.below(finer) if finer > 1 else 0), max(places, 2))
        return tidied(price) if self.insider.tidy else price

    def acquire(self, stake: Stake, shares: Decimal, code: str, price: Decimal | None, **more: object) -> Line:
        """Add shares to a stake and write the line of Table I."""
        stake.shares += shares
        return self._write(stake, shares, code, price, acquired=True, **more)

    def dispose(self, stake: Stake, shares: Decimal, code: str, price: Decimal | None, **more: object) -> Line:
        """Take shares from a stake, which has them, and write the line of Table I."""
        stake.shares -= shares
        return self._write(stake, shares, code, price, acquired=False, **more)

    def _write(self, stake: Stake, shares: Decimal, code: str, price: Decimal | None, **more: object) -> Line:
        facts: dict[str, object] = {"form_type": "4", **more}
        line = Line(
            title=stake.title,
            nature=stake.nature,
            about=stake.about,
            owned=stake.shares,
            code=code,
            traded_on=self.on,
            shares=shares,
            price=price,
            **facts,  # type: ignore[arg-type]
        )
        self.one.append(line)
        return line

    def turn(
        self, lot: Derivative, shares: Decimal, code: str, price: Decimal | None, *, acquired: bool, **more: object
    ) -> Line:
        """Add shares to a derivative security, or take them from it, and write the line of Table II."""
        lot.shares += shares if acquired else -shares
        facts: dict[str, object] = {"form_type": "4", **more}
        line = Line(
            title=lot.title,
            nature=lot.nature,
            about=lot.about,
            derivative=lot,
            owned=lot.shares,
            code=code,
            traded_on=self.on,
            shares=shares,
            price=price,
            acquired=acquired,
            **facts,  # type: ignore[arg-type]
        )
        self.two.append(line)
        return line

    def note(self, line: Line, subject: str, at: tuple[NotedCell, ...], likely: float, **facts: object) -> None:
        """Explain a line, with some likelihood, at one of its cells."""
        if self.chance.happens(likely):
            line.notes[self.chance.one_of(at)] = self.say(subject, **facts)

    @property
    def main_stake(self) -> Stake:
        """The shares that grants go to and trades come from: held directly, or by the group's first fund."""
        portfolio, title = self.insider.portfolio, self.insider.company.title
        if self.insider.is_group and portfolio.stakes:
            return portfolio.stakes[0]
        return portfolio.stake(title, self.insider.through, self.held_by(self.insider.through))

    def held_by(self, nature: str | None) -> str | None:
        """Return the footnote that explains a nature of indirect ownership, None for what is held directly."""
        if nature is None:
            return None
        statement = f"the quarter ended {long_date(self.on.replace(day=1) - timedelta(days=1))}"
        return self.say("held_in_plan" if "401(k)" in nature else "held_by", statement=statement)

    def early(self) -> dict[str, object]:
        """Return the marks of a line that is due on Form 5: on a Form 4 it is early, of free will."""
        early = self.form == "4" and self.chance.happens(0.5)
        return {"form_type": "5", "timeliness": "E" if early else ""}


def tidied(number: Decimal) -> Decimal:
    """Return a number without closing zeros after the point: 12.50 as 12.5, 12.00 as 12."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else number


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
    """Shares kept back for tax (code F): less than half of what vested today, or of an award that vests without a line."""
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
