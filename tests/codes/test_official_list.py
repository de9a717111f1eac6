from __future__ import annotations

from datetime import date

import msgspec
import pytest

from section16 import codes
from section16.codes.official_list import OfficialList, make_list
from section16.codes.places import Place

SOURCE = {"source": "A list", "as_of": date(2026, 3, 18)}


def test_every_list_names_its_source_and_day() -> None:
    lists: list[OfficialList[object]] = [
        codes.places(),
        codes.transaction_codes(),
        codes.document_types(),
        codes.forms(),
    ]
    for official in lists:
        assert official.source
        assert date(2026, 1, 1) <= official.as_of
        assert f"{len(official)} codes" in repr(official)


def test_a_list_is_read_once() -> None:
    assert codes.places() is codes.places()


def test_a_misspelt_field_in_the_data_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        make_list(Place, {"AA": {"name": "Somewhere", "kind": "us", "nmae": "x"}}, SOURCE)


def test_a_missing_field_in_the_data_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="name"):
        make_list(Place, {"AA": {"kind": "us"}}, SOURCE)
