from __future__ import annotations

import pytest

from section16 import codes


@pytest.mark.parametrize(
    ("form_type", "omb_number", "hours", "title"),
    [
        ("3", "3235-0104", "0.5", "Initial Statement of Beneficial Ownership of Securities"),
        ("4", "3235-0287", "0.5", "Statement of Changes in Beneficial Ownership"),
        ("5", "3235-0362", "1.0", "Annual Statement of Changes in Beneficial Ownership"),
    ],
)
def test_each_form_and_its_amendment_bear_one_title_and_omb_number(
    form_type: str, omb_number: str, hours: str, title: str
) -> None:
    form = codes.form(form_type)
    assert form is not None
    assert (form.omb_number, form.hours_per_response, form.title) == (omb_number, hours, title)
    assert codes.form(f"{form_type}/A") == form


@pytest.mark.parametrize("text", ["", "/A", "6", "4/A/A", "144", "Form 4"])
def test_other_texts_are_no_forms(text: str) -> None:
    assert codes.form(text) is None
