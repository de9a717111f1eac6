"""EDGAR's place codes: US states and territories, countries and Canadian provinces, and obsolete ones."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import msgspec

from section16.codes.official_list import OfficialList, make_list, read_table


class PlaceKind(StrEnum):
    """Which of the three lists a place code stands in."""

    US = "us"
    """A state or territory: legal in `rptOwnerState`."""
    FOREIGN = "foreign"
    """A country or Canadian province: legal in `rptOwnerCountry`, before 18 March 2026 in `rptOwnerState`."""
    OBSOLETE = "obsolete"
    """In the schema and in old filings, but suspended in a filer's own XML today."""


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place: its two-character code and its name in the official list's words."""

    code: str
    name: str
    kind: PlaceKind


@cache
def places() -> OfficialList[Place]:
    """Return all places by code: 56 of the US, 253 foreign, 22 obsolete."""
    table = read_table("places")
    entries = {
        code: {"name": name, "kind": kind.value} for kind in PlaceKind for code, name in table[kind.value].items()
    }
    return make_list(Place, entries, table)


def place(code: str) -> Place | None:
    """Return the place of a two-character code, in capitals as EDGAR writes it; None where no list has it."""
    return places().get(code)


def is_place(code: str) -> bool:
    """Say whether `code` is a place code of any of the three lists."""
    return code in places()
