"""Fictional issuers.

Nothing about them can be taken for real: CIKs begin at 90,000,000, far above what the SEC has given out; symbols begin
with ZZ and have no vowel; file numbers begin at 90000, telephone numbers at 555-01; names are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from section16.edgar.containers import Address, Filer
from section16.samples.chance import Chance, decimal
from section16.samples.editions import FOREIGN_SINCE
from section16.samples.open_days import open_days
from section16.samples.vocabulary import Industry, Place, footnote, long_date, words

_FIRST_CIK: Final = 90_000_000
_CONSONANTS: Final = "BCDFGHJKMNPQRSTVWX"
_FEWEST_LETTERS: Final = 3
_STRIDE: Final = 271
"""Has no factor in common with the number of stems, so that each stem comes once in a generation."""
_LONGEST_STREET: Final = 40
_FOREIGN_BEFORE: Final = timedelta(days=800)
"""So long before the law reached foreign issuers, a block may begin and still tell mostly of the time after."""
_DEAREST: Final = 80_000
_CHEAPEST: Final = 60
_SYMBOLS_OF_NONE: Final = ("NONE", "N/A")


class Company(msgspec.Struct, kw_only=True, gc=False):
    """One issuer. `cents` is the price of its shares today; everything else stays as it is.

    `symbol` is what its insiders write in the form, which says so where it has none. `foreign_symbol` is None for a
    domestic issuer. `fiscal_year_end` is MMDD. `vest_days` are months and days on which awards are made and vest.
    `second_class` is a class of shares that converts into the first; `earned_units` are those whose
    number depends on performance.
    """

    cik: str
    name: str
    symbol: str
    foreign_symbol: str | None
    industry: Industry
    place: Place
    street: str
    postal_code: str
    phone: str
    tax_number: str
    file_number: str
    fiscal_year_end: str
    title: str
    units: str
    earned_units: str
    option: str
    phantom: str
    plan: str
    second_class: str | None
    insiders_buy: bool
    variant: int
    vest_days: tuple[tuple[int, int], ...]
    cents: int

    @property
    def listed(self) -> bool:
        """Whether it has a trading symbol."""
        return self.symbol not in _SYMBOLS_OF_NONE

    @property
    def price(self) -> Decimal:
        """The price of a share, in dollars and cents."""
        return decimal(self.cents, 2)

    def trade_on(self, chance: Chance) -> None:
        """Let the price move on, by some percent up or down."""
        moved = self.cents * (9_400 + chance.below(1_260)) // 10_000
        self.cents = min(max(moved, _CHEAPEST), _DEAREST)

    def next_vest_day(self, day: date) -> date:
        """Return the first day on or after `day` on which its awards are made and vest."""
        ahead = [vest_day for vest_day in self.vest_days if vest_day >= (day.month, day.day)]
        month, number = ahead[0] if ahead else self.vest_days[0]
        return open_days().busy_from(date(day.year if ahead else day.year + 1, month, number))

    def year_end(self, year: int) -> date:
        """Return the last day of its fiscal year that ends in `year`."""
        return date(year, int(self.fiscal_year_end[:2]), int(self.fiscal_year_end[2:]))

    def say(self, subject: str, on: date, **facts: object) -> str:
        """Return a footnote in the company's wording, with the usual facts of that day and those given."""
        return footnote(subject, self.variant, _UsualFacts(facts, self, on))

    @property
    def address(self) -> Address:
        """Where it does business, as a submission's header has it."""
        return Address(street1=self.street, city=self.place.city, state=self.place.code, zip=self.postal_code or None)

    @property
    def filer(self) -> Filer:
        """The issuer's block of a submission's header."""
        address = self.address
        return Filer(
            role="issuer",
            name=self.name,
            cik=self.cik,
            sic=self.industry.number,
            irs_number=self.tax_number,
            state_of_incorporation="DE" if self.place.province is None else self.place.code,
            fiscal_year_end=self.fiscal_year_end,
            business_address=msgspec.structs.replace(address, phone=self.phone),
            mail_address=address,
        )

    @property
    def in_care(self) -> str:
        """The first line of an insider's address at the company, as far as it fits."""
        return f"C/O {self.name.upper()}"[:_LONGEST_STREET].rstrip(" ,")


class _UsualFacts(dict[str, object]):
    """Facts for a footnote: those given, and the usual ones of a company and a day, found when asked for."""

    def __init__(self, given: dict[str, object], company: Company, on: date) -> None:
        """Keep what is given."""
        super().__init__(given)
        self._company = company
        self._on = on

    def __missing__(self, name: str) -> object:
        """Return the company, its shares' title, its plan, the day, or the day in a year when an award vests."""
        company = self._company
        if name == "today":
            return long_date(self._on)
        if name == "date":
            return long_date(company.next_vest_day(self._on + timedelta(days=300)))
        return {"company": company.name, "title": company.title, "plan": company.plan}[name]


def make_company(number: int, founded: date, chance: Chance) -> Company:
    """Return the company of a number, one of those whose insiders begin to file on or after `founded`."""
    table = words()
    industry = chance.drawn(table.industries)
    foreign = founded >= FOREIGN_SINCE - _FOREIGN_BEFORE and chance.happens(0.25)
    place = chance.drawn(table.abroad if foreign or chance.happens(0.015) else table.at_home)
    title = chance.drawn(table.securities["common"])
    name = f"{_stem(number)} {chance.one_of(industry.called)}"
    symbol = "ZZ" + _letters(number)
    return Company(
        cik=f"{_FIRST_CIK + number:010d}",
        name=name.upper() if chance.happens(0.35) else name,
        symbol=chance.one_of(_SYMBOLS_OF_NONE) if chance.happens(0.01) else symbol,
        foreign_symbol=f"{symbol}.{chance.one_of(('TO', 'L', 'HK', 'SW'))}" if foreign else None,
        industry=industry,
        place=place,
        street=f"{chance.between(100, 9_900)} {chance.one_of(table.streets)}",
        postal_code=_postal_code(place, chance),
        phone=f"({chance.between(201, 989)}) 555-01{chance.below(100):02d}",
        tax_number=f"00{number % 10_000_000:07d}",
        file_number=f"001-{90_000 + number % 10_000}",
        fiscal_year_end=chance.one_of(("1231",) * 17 + ("0630", "0930", "0131")),
        title=title,
        units=chance.drawn(table.securities["units"]),
        earned_units=chance.drawn(table.securities["earned_units"]),
        option=chance.drawn(table.securities["options"]),
        phantom=chance.drawn(table.securities["phantom"]),
        plan=f"{founded.year - chance.below(6)} {chance.one_of(('Equity', 'Stock', 'Long-Term'))} Incentive Plan",
        second_class=_second_class(title, chance),
        insiders_buy=industry.number == "6022" or chance.happens(0.12),
        variant=chance.below(60),
        vest_days=tuple((month, chance.between(1, 28)) for month in (2, 5, 8, 11)),
        cents=chance.between(200, 4_000) * chance.one_of((1, 1, 2, 3, 5)),
    )


def _stem(number: int) -> str:
    """Return the first words of the name of company `number`, each number's its own up to some ten thousand."""
    table = words().company
    beginnings, endings = table["beginnings"], table["endings"]
    stems = len(beginnings) * len(endings)
    generation = number // stems
    first, last = divmod(number * _STRIDE % stems, len(endings))
    second = f" {beginnings[(generation - 1) % len(beginnings)]}" if generation else ""
    return f"{beginnings[first]}{endings[last]}{second}"


def _letters(number: int) -> str:
    """Return a number in letters without vowels, three or more; no two numbers have the same."""
    many, length = len(_CONSONANTS) ** _FEWEST_LETTERS, _FEWEST_LETTERS
    while number >= many:
        number -= many
        length += 1
        many = len(_CONSONANTS) ** length
    letters = ""
    for _ in range(length):
        number, letter = divmod(number, len(_CONSONANTS))
        letters += _CONSONANTS[letter]
    return letters


def _postal_code(place: Place, chance: Chance) -> str:
    return place.postal if place.province is not None else f"{place.postal}{chance.below(100):02d}"


def _second_class(title: str, chance: Chance) -> str | None:
    if title.startswith("Class A") and chance.happens(0.7):
        return title.replace("Class A", "Class B")
    return "Series A Convertible Preferred Stock" if chance.happens(0.3) else None
