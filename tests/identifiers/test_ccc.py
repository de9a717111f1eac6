from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.errors import IdentifierError
from section16.identifiers import ccc

CODES = st.from_regex(r"[A-Za-z0-9@#$*]{8}", fullmatch=True)


@pytest.mark.parametrize("code", ["a#ofc0rn", "A#OFC0RN", "********1"[1:], "1@aaaaaa", "0$000000"])
def test_a_code_with_a_digit_and_a_sign_passes_unchanged(code: str) -> None:
    assert ccc.validate(code) == code
    assert ccc.validate(f" {code}\n") == code


@pytest.mark.parametrize(
    "text", ["", "a#ofc0r", "a#ofc0rnn", "aaaaofc0", "a#ofcorn", "a#of c0r", "a%ofc0rn", "á#ofc0rn", "a#ofc٣rn"]
)
def test_what_has_not_the_shape_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        ccc.validate(text)
    assert refused.value.code == "CCC_INVALID"
    assert not text or text not in str(refused.value)
    assert not ccc.is_valid(text)


def test_the_case_of_letters_counts() -> None:
    assert ccc.validate("a#ofc0rn") != ccc.validate("A#ofc0rn")


@given(CODES)
def test_presented_codes_show_nothing(code: str) -> None:
    if ccc.is_valid(code):
        assert ccc.format(code) == "********"
    else:
        with pytest.raises(IdentifierError):
            ccc.format(code)


@given(CODES)
def test_the_two_conditions_are_a_digit_and_a_sign(code: str) -> None:
    has_digit = any(character in "0123456789" for character in code)
    has_sign = any(character in "@#$*" for character in code)
    assert ccc.is_valid(code) == (has_digit and has_sign)
