from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from section16 import codes
from section16.codes import PlaceKind


def test_the_three_lists_have_their_official_sizes_and_share_no_code() -> None:
    kinds = Counter(place.kind for place in codes.places().values())
    assert kinds == {PlaceKind.US: 56, PlaceKind.FOREIGN: 253, PlaceKind.OBSOLETE: 22}
    assert len(codes.places()) == 56 + 253 + 22


def test_every_code_has_two_capitals_or_digits_and_a_name() -> None:
    for code, place in codes.places().items():
        assert re.fullmatch(r"[A-Z0-9]{2}", code)
        assert place.code == code
        assert place.name == place.name.strip() != ""


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("CA", "California", PlaceKind.US),
        ("DC", "District of Columbia", PlaceKind.US),
        ("A6", "Ontario, Canada", PlaceKind.FOREIGN),
        ("2M", "Germany", PlaceKind.FOREIGN),
        ("X0", "United Kingdom", PlaceKind.FOREIGN),
        ("XX", "Unknown", PlaceKind.FOREIGN),
        ("Y2", "Yugoslavia", PlaceKind.OBSOLETE),
    ],
)
def test_codes_are_edgars_own_and_not_iso(code: str, name: str, kind: PlaceKind) -> None:
    place = codes.place(code)
    assert place is not None
    assert (place.name, place.kind) == (name, kind)


@pytest.mark.parametrize("text", ["", " ", "ca", "C", "CAL", "ZZ", "00"])
def test_other_texts_are_no_places(text: str) -> None:
    assert not codes.is_place(text)
    assert codes.place(text) is None


def test_the_list_says_where_it_is_from_and_of_which_day() -> None:
    assert "5.5" in codes.places().source
    assert codes.places().as_of == date(2026, 3, 18)


def test_the_codes_are_those_of_the_schema(schemas: Path) -> None:
    schema = (schemas / "ownershipDocumentCommon.xsd.xml").read_text(encoding="latin-1")
    state = schema[schema.index('name="rptOwnerState"') : schema.index('name="rptOwnerCountry"')]
    country = schema[schema.index('name="rptOwnerCountry"') :]
    in_schema = {
        name: set(re.findall(r'enumeration value="(\S\S)"', part)) for name, part in (("us", state), ("rest", country))
    }
    ours = {kind: {code for code, place in codes.places().items() if place.kind is kind} for kind in PlaceKind}
    assert in_schema["us"] == ours[PlaceKind.US]
    assert in_schema["rest"] == ours[PlaceKind.FOREIGN] | ours[PlaceKind.OBSOLETE]
