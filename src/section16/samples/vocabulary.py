"""The words of the fictional filings, read once: names and places from words.toml, footnotes from wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import msgspec

from section16.samples.chance import Mix

_NO_FACTS: Final[Mapping[str, object]] = MappingProxyType({})
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Industry(msgspec.Struct, frozen=True):
    """A line of business: its number, its words, and how companies in it end their names."""

    number: str
    words: str
    called: tuple[str, ...]
    weight: int


class Place(msgspec.Struct, frozen=True):
    """A city with its place code. `postal` is a postal code abroad, in the US its first three digits."""

    city: str
    code: str
    postal: str
    weight: int
    province: str | None = None


class Words(msgspec.Struct, frozen=True):
    """Everything in words.toml, ready to be drawn from."""

    company: dict[str, tuple[str, ...]]
    person: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[str, ...]]
    securities: dict[str, Mix[str]]
    industries: Mix[Industry]
    at_home: Mix[Place]
    abroad: Mix[Place]
    streets: tuple[str, ...]
    industry_words: dict[str, str]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _tuples(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in table.items()}


def _places(rows: Sequence[list[Any]]) -> Mix[Place]:
    return Mix((place, place.weight) for place in (Place(*row) for row in rows))


@cache
def words() -> Words:
    """Return the words that names, titles and places are made of."""
    table = _table("words.toml")
    industries = msgspec.convert(table["industry"], list[Industry])
    return Words(
        company=_tuples(table["company"]),
        person=_tuples(table["person"]),
        titles=_tuples(table["titles"]),
        securities={name: Mix((title, weight) for title, weight in rows) for name, rows in table["securities"].items()},
        industries=Mix((industry, industry.weight) for industry in industries),
        at_home=_places(table["places"]["us"]),
        abroad=_places(table["places"]["abroad"]),
        streets=tuple(table["places"]["streets"]),
        industry_words={industry.number: industry.words for industry in industries},
    )


@cache
def _wording() -> dict[str, tuple[str, ...]]:
    return _tuples(_table("wording.toml"))


def footnote(subject: str, variant: int, facts: Mapping[str, object] = _NO_FACTS) -> str:
    """Return what is said on a subject, in the wording that `variant` picks, with the facts filled in.

    A fact that the wording wants and `facts` lacks is an error of the caller (KeyError).
    """
    wordings = _wording()[subject]
    return wordings[variant % len(wordings)].format_map(facts)


def long_date(day: date) -> str:
    """Return a day as people write it in a footnote: `March 3, 2026`, in English whatever the system speaks."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
