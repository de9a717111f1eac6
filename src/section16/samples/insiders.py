"""Who reports on a company: an insider alone or a group, with role, habits and what is owned at the start."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import Final

import msgspec

from section16.form.document import ReportingOwner
from section16.samples.chance import Chance, Mix
from section16.samples.companies import Company
from section16.samples.editions import FOREIGN_SINCE
from section16.samples.filing_habits import PROGRAMS, Habits
from section16.samples.people import Person, make_group, make_person
from section16.samples.stakes import Portfolio
from section16.samples.vocabulary import words


class Standing(Enum):
    """What decides which transactions a reporting owner has."""

    OFFICER = "officer, maybe director too"
    DIRECTOR = "director"
    HOLDER = "ten-percent owner or other, without an office"


class Boxes(msgspec.Struct, frozen=True, kw_only=True):
    """The relationship boxes. `long_title` is the office in full where it does not fit into its 30 characters."""

    director: bool = False
    officer: bool = False
    ten_percent: bool = False
    other: bool = False
    title: str = ""
    other_text: str = ""
    long_title: str = ""


class Insider(msgspec.Struct, kw_only=True):
    """One who reports, or those who report together, on one company.

    `attorney` signs for the owners where there is one. `through` is the nature of ownership where nothing is held
    directly. `places` are the decimal places of share counts; `tidy` drops closing zeros of prices. `reports_left`
    are the Forms 4 to come, `every_days` the usual days between two. `plan_adopted` is the day of the 10b5-1 plan in
    force. `shows_all` lists derivatives that did not change too. `spelled_owners` keeps the owners' records once
    made, for reports since the addresses of 2026 and for those before.
    """

    company: Company
    people: tuple[Person, ...]
    boxes: tuple[Boxes, ...]
    standing: Standing
    habits: Habits
    joined: date
    reports_left: int
    every_days: int
    attorney: str | None
    signs_with_mark: bool
    sign_variant: int
    places: int
    tidy: bool
    sells_by_plan: bool
    buys: bool
    shows_all: bool
    portfolio: Portfolio
    through: str | None = None
    plan_adopted: date | None = None
    spelled_owners: dict[bool, tuple[ReportingOwner, ...]] = {}

    @property
    def leads(self) -> Person:
        """The owner named first."""
        return self.people[0]

    @property
    def is_group(self) -> bool:
        """Whether several owners report together."""
        return len(self.people) > 1


_STANDINGS: Final = Mix([(Standing.OFFICER, 54), (Standing.DIRECTOR, 36.5), (Standing.HOLDER, 9.5)])
_GROUPS_AMONG_HOLDERS: Final = 0.4
_PLACES: Final = Mix([(0, 81), (2, 10), (4, 7), (3, 2)])
_LONG_TITLES: Final = 0.04


def make_insider(
    company: Company, number: int, joined: date, chance: Chance, *, known: Person | None = None
) -> Insider:
    """Return the insider of a number who joins on a day; a group takes the following numbers too, ten at most.

    `known` is someone who reports on another company already and now joins this one.
    """
    standing = chance.drawn(_STANDINGS)
    foreign = company.foreign_symbol is not None
    if foreign and standing is Standing.HOLDER:
        standing = Standing.DIRECTOR
    group = standing is Standing.HOLDER and known is None and chance.happens(_GROUPS_AMONG_HOLDERS)
    people = make_group(number, company, chance) if group else (known or make_person(number, company, chance),)
    return Insider(
        company=company,
        people=people,
        boxes=_boxes(standing, people, chance, foreign=foreign),
        standing=standing,
        habits=chance.drawn(PROGRAMS),
        joined=max(joined, FOREIGN_SINCE + timedelta(days=2 + chance.below(30))) if foreign else joined,
        reports_left=_reports(chance),
        every_days=chance.between(18, 80),
        attorney=_attorney(chance) if chance.happens(0.7) else None,
        signs_with_mark=chance.happens(0.83),
        sign_variant=chance.below(4),
        places=chance.drawn(_PLACES),
        tidy=chance.happens(0.4),
        sells_by_plan=chance.happens(0.55),
        buys=company.insiders_buy or chance.happens(0.15),
        shows_all=chance.happens(0.05),
        portfolio=Portfolio(),
        through=chance.drawn(words().securities["ways"]) if not group and chance.happens(0.12) else None,
    )


def _reports(chance: Chance) -> int:
    """Draw the number of Forms 4 between the Form 3 and the end: mostly few, of some insiders many."""
    return 2 + chance.below(chance.one_of((9, 9, 9, 9, 9, 9, 26, 26, 26, 76)))


def _attorney(chance: Chance) -> str:
    table = words().person
    last = chance.one_of(table["beginnings"]) + chance.one_of(table["endings"])
    return f"{chance.one_of(table['given'])} {'ABCDEFGHJKLMNPRSTW'[chance.below(18)]}. {last}"


def _boxes(standing: Standing, people: tuple[Person, ...], chance: Chance, *, foreign: bool) -> tuple[Boxes, ...]:
    """Return the boxes of each owner; ten-percent owners of foreign issuers do not report as such (Rule 16a-2)."""
    if len(people) > 1:
        on_board = chance.happens(0.25)
        return tuple(Boxes(ten_percent=True, director=on_board and not person.is_entity) for person in people)
    if standing is Standing.HOLDER:
        if chance.happens(0.3):
            return (Boxes(other=True, other_text=chance.one_of(words().titles["other"])),)
        return (Boxes(ten_percent=True),)
    if standing is Standing.DIRECTOR:
        return (Boxes(director=True, ten_percent=not foreign and chance.happens(0.035)),)
    on_board = chance.happens(0.25)
    large = on_board and not foreign and chance.happens(0.3)
    if chance.happens(_LONG_TITLES):
        office = chance.one_of(words().titles["long"])
        return (Boxes(officer=True, director=on_board, ten_percent=large, title="See Remarks", long_title=office),)
    office = chance.one_of(words().titles["officer"])
    return (Boxes(officer=True, director=on_board, ten_percent=large, title=office),)
