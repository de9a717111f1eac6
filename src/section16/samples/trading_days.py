"""One day of a fictional insider: what changes hands is written down as lines of Tables I and II.

The lines of one title and one way of holding form a running tally (SEC staff, Section 16 electronic reporting FAQ).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from section16.samples.chance import Chance, decimal
from section16.samples.insiders import Insider
from section16.samples.lines import Line, NotedCell
from section16.samples.stakes import Derivative, Stake
from section16.samples.vocabulary import long_date

_HUNDREDS: Final = (1, 1, 3, 3, 10, 10, 30)


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
        subject = "held_in_plan" if "401(k)" in nature else "held_in_trust" if "Trust" in nature else "held_by"
        return self.say(subject, statement=statement)

    def early(self) -> dict[str, object]:
        """Return the marks of a line that is due on Form 5: on a Form 4 it is early, of free will."""
        early = self.form == "4" and self.chance.happens(0.5)
        return {"form_type": "5", "timeliness": "E" if early else ""}


def tidied(number: Decimal) -> Decimal:
    """Return a number without closing zeros after the point: 12.50 as 12.5, 12.00 as 12."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else number
