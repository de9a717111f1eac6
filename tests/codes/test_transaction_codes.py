from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from section16 import codes


def test_eighteen_codes_may_stand_in_xml_and_two_are_marks() -> None:
    in_xml = "".join(sorted(code for code, entry in codes.transaction_codes().items() if entry.in_xml))
    assert in_xml == "ACDEFGHIJLMOPSUWXZ"
    marks = {code: entry.carried_by for code, entry in codes.transaction_codes().items() if not entry.in_xml}
    assert set(marks) == {"V", "K"}
    assert all(marks.values())


def test_the_codes_in_xml_are_those_of_the_schema(schemas: Path) -> None:
    schema = (schemas / "ownershipDocumentCommon.xsd.xml").read_text(encoding="latin-1")
    pattern = re.search(r'TRANS_CODE_PICKLIST.*?pattern value="([^"]+)"', schema, re.DOTALL)
    assert pattern is not None
    assert set(pattern[1].split("|")) == {code for code, entry in codes.transaction_codes().items() if entry.in_xml}


def test_tax_withholding_is_a_disposition_under_rule_16b_3() -> None:
    code = codes.transaction_code("F")
    assert code is not None
    assert code.group == "Rule 16b-3 transaction codes"
    assert "withholding" in code.meaning
    assert (code.usual.table_i, code.usual.table_ii) == ("D", "D")


@pytest.mark.parametrize("letter", "MCOX")
def test_an_exercise_acquires_in_table_i_and_disposes_in_table_ii(letter: str) -> None:
    code = codes.transaction_code(letter)
    assert code is not None
    assert (code.usual.table_i, code.usual.table_ii) == ("A", "D")


@pytest.mark.parametrize("letter", "GIJKWZE")
def test_codes_that_go_either_way_claim_no_usual_direction(letter: str) -> None:
    code = codes.transaction_code(letter)
    assert code is not None
    assert code.usual.table_i is None
    assert code.usual.table_ii is None


def test_a_gift_given_is_due_on_form_4_since_27_february_2023() -> None:
    gift = codes.transaction_code("G")
    assert gift is not None
    assert gift.due_on(date(2023, 2, 26)) == "5, or 4 early"
    assert gift.due_on(date(2023, 2, 27)).startswith("disposition 4")


@pytest.mark.parametrize("text", ["", "f", "B", "FF", "T"])
def test_other_letters_are_no_codes(text: str) -> None:
    assert codes.transaction_code(text) is None
