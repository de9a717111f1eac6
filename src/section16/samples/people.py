"""Fictional reporting owners: people, and the funds, partnerships and managers that report together."""

from __future__ import annotations

from typing import Final

import msgspec

from section16.edgar.containers import Address, Filer
from section16.samples.chance import Chance, Mix
from section16.samples.companies import Company
from section16.samples.vocabulary import Place, words

_FIRST_CIK: Final = 100_000_000
_GROUP_SIZES: Final = Mix([(2, 90), (3, 49), (4, 49), (5, 47), (6, 25), (7, 20), (8, 17), (9, 13), (10, 21)])
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One reporting owner, a person or an entity.

    `name` is as EDGAR has it (`VASKANDER JANE M`), `spoken` as it is signed (`Jane M. Vaskander`). The address is that
    in the report; `street2` and `province` are empty where there is none. EDGAR's own record of it is `mail_address`.
    """

    cik: str
    name: str
    spoken: str
    street1: str
    street2: str
    place: Place
    postal_code: str
    mail_address: Address
    is_entity: bool = False

    def filer(self, form_type: str, file_number: str, film_number: str) -> Filer:
        """Return the owner's block of a submission's header."""
        return Filer(
            role="reporting-owner",
            name=self.name,
            cik=self.cik,
            form_type=form_type,
            act="34",
            file_number=file_number,
            film_number=film_number,
            mail_address=self.mail_address,
        )


def make_person(number: int, company: Company, chance: Chance) -> Person:
    """Return the person of a number, with an address at the company or, now and then, one abroad."""
    table = words().person
    last = chance.one_of(table["beginnings"]) + chance.one_of(table["endings"])
    first, middle = chance.one_of(table["given"]), "ABCDEFGHJKLMNPRSTW"[chance.below(18)]
    suffix = f" {chance.one_of(table['suffixes'])}" if chance.happens(0.04) else ""
    if chance.happens(0.3):
        name, spoken = f"{last} {first}{suffix}", f"{first} {last}"
    else:
        name, spoken = f"{last} {first} {middle}{suffix}", f"{first} {middle}. {last}"
    abroad = chance.happens(0.02)
    place = chance.drawn(words().abroad) if abroad else company.place
    postal_code = place.postal if abroad else company.postal_code
    own_street = f"{chance.between(100, 9_900)} {chance.one_of(words().streets)}" if abroad else company.street
    in_care = chance.happens(0.6)
    return Person(
        cik=f"{_FIRST_CIK + number:010d}",
        name=name.upper() if chance.happens(0.27) else name,
        spoken=spoken,
        street1=company.in_care if in_care else own_street,
        street2=own_street if in_care else "",
        place=place,
        postal_code=postal_code,
        mail_address=Address(street1=own_street, city=place.city, state=place.code, zip=postal_code or None),
    )


def make_group(first_number: int, company: Company, chance: Chance, size: int | None = None) -> tuple[Person, ...]:
    """Return the owners of a group: funds first, then their general partner, then those who manage it.

    Each has the next number from `first_number` on; a group has at most ten. `size` is drawn where it is not given.
    """
    size = size or chance.drawn(_GROUP_SIZES)
    table = words()
    family = chance.one_of(table.person["beginnings"]) + chance.one_of(table.person["endings"])
    kind = chance.one_of(table.company["fund_endings"])
    manager = make_person(first_number + size - 1, company, chance)
    place = chance.drawn(table.at_home)
    postal_code = f"{place.postal}{chance.below(100):02d}"
    street = f"{chance.between(100, 9_900)} {chance.one_of(table.streets)}"
    funds = max(size - 2, 1)
    names = [f"{family} {kind} {_NUMERALS[number % 7]}{' Annex' * (number // 7)}, L.P." for number in range(funds)]
    if size > len(names) + 1:
        names.append(f"{family} {kind} GP, LLC")
    home = Address(street1=street, city=place.city, state=place.code, zip=postal_code)
    entities = [
        Person(
            cik=f"{_FIRST_CIK + first_number + number:010d}",
            name=name,
            spoken=name,
            street1=street,
            street2="",
            place=place,
            postal_code=postal_code,
            mail_address=home,
            is_entity=True,
        )
        for number, name in enumerate(names)
    ]
    lives = msgspec.structs.replace(
        manager, street1=street, street2="", place=place, postal_code=postal_code, mail_address=home
    )
    return (*entities, lives)
