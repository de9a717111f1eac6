from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.errors import IdentifierError
from section16.identifiers import accession


@pytest.mark.parametrize("written", ["0001209191-22-048889", "000120919122048889", " 0001209191-22-048889 "])
def test_with_and_without_hyphens_is_one_number(written: str) -> None:
    assert accession.validate(written) == "000120919122048889"
    assert accession.format(written) == "0001209191-22-048889"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1209191-22-48889",
        "0001209191-22048889",
        "0001209191-2-2048889",
        "00012091912-2-048889",
        "0001209191-22-048889.txt",
        "0001209191/22/048889",
        "00012091912204888",
        "٠٠٠١٢٠٩١٩١-٢٢-٠٤٨٨٨٩",
    ],
)
def test_what_is_no_accession_number_is_refused(text: str) -> None:
    assert not accession.is_valid(text)
    with pytest.raises(IdentifierError, match=r"^ACCESSION_INVALID: "):
        accession.format(text)


@given(st.integers(0, 9_999_999_999), st.integers(0, 99), st.integers(0, 999_999))
def test_any_sender_year_and_number_survives_both_spellings(sender: int, year: int, number: int) -> None:
    presented = f"{sender:010}-{year:02}-{number:06}"
    assert accession.format(accession.validate(presented)) == presented
