"""Findings of structure beside the SEC's schemas: a seeded share of what bench/prove_structure.py runs in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from prove_structure import LISTED, case, filed_documents, run, sound_documents
from structure_documents import FORMS, full
from structure_judge import Schemas, judge

SEED = 316
CASES = 1_500


@pytest.fixture(scope="module")
def sec(schemas: Path) -> Schemas:
    return Schemas(schemas)


@pytest.mark.parametrize("form", FORMS)
def test_a_document_that_uses_every_element_is_sound(form: str, sec: Schemas) -> None:
    assert sec.refusal(full(form)) is None
    assert judge(full(form), sec).outcome == "agree"


def test_filed_and_spoiled_documents_are_refused_exactly_where_the_schemas_refuse(sec: Schemas, corpus: Path) -> None:
    filed = filed_documents(corpus / "xml")
    sound = sound_documents(sec, filed)
    outcomes, differ = run(sec, filed[::8], sound[::8], SEED, CASES)
    assert differ == []
    assert set(outcomes) <= LISTED
    assert outcomes["agree"] > CASES / 8
    assert outcomes["refuse"] > CASES / 2


def test_a_case_is_always_the_same() -> None:
    sound = [full(form) for form in FORMS]
    assert [case(SEED, number, sound) for number in range(20)] == [case(SEED, number, sound) for number in range(20)]
