from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.errors import IdentifierError, Section16Error
from section16.identifiers import cik


@pytest.mark.parametrize(
    "written", ["320193", "0000320193", " 0000320193\n", "CIK0000320193", "cik 320193", "CIK#: 320193"]
)
def test_every_spelling_of_a_cik_is_one_number(written: str) -> None:
    assert cik.validate(written) == "320193"
    assert cik.format(written) == "0000320193"
    assert cik.is_valid(written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0000000000",
        "12345678901",
        "00000320193",
        "32O193",
        "-1",
        "+1",
        "1_000",
        "1.0",
        "٣٢٠١٩٣",
        "³",
        "CIK",
    ],
)
def test_what_is_no_cik_is_refused(text: str) -> None:
    assert not cik.is_valid(text)
    with pytest.raises(IdentifierError) as refused:
        cik.validate(text)
    assert refused.value.code == "CIK_INVALID"
    assert isinstance(refused.value, Section16Error)
    assert isinstance(refused.value, ValueError)


@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_format_and_validate_undo_each_other(number: int) -> None:
    assert cik.validate(cik.format(str(number))) == str(number)
    assert len(cik.format(str(number))) == 10


@given(st.text())
def test_any_text_is_taken_or_refused_and_nothing_else(text: str) -> None:
    if cik.is_valid(text):
        assert cik.validate(text) == cik.compact(text)
        assert 1 <= int(cik.validate(text)) <= 9_999_999_999
    else:
        with pytest.raises(IdentifierError):
            cik.format(text)


def test_a_refusal_repeats_no_more_of_the_input_than_it_may() -> None:
    with pytest.raises(IdentifierError) as refused:
        cik.validate("\x1b[2J" + "9" * 5_000)
    assert "\x1b" not in str(refused.value)
    assert "9" * 81 not in str(refused.value)
