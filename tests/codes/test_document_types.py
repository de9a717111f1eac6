from __future__ import annotations

import pytest

from section16 import codes

OWNERSHIP = ("3", "3/A", "4", "4/A", "5", "5/A")


@pytest.mark.parametrize("text", OWNERSHIP)
def test_the_six_form_types_are_primary_documents(text: str) -> None:
    assert codes.is_ownership_type(text)
    kind = codes.document_type(text)
    assert kind is not None
    assert (kind.kind, kind.at_most, kind.published) == ("primary", 1, True)


def test_attachments_are_five_and_two_of_them_stay_unpublished() -> None:
    attachments = {code: kind for code, kind in codes.document_types().items() if kind.kind == "attachment"}
    assert set(attachments) == {"CORRESP", "COVER", "EX-24", "EX-99", "GRAPHIC"}
    assert {code for code, kind in attachments.items() if not kind.published} == {"CORRESP", "COVER"}


def test_a_suffix_may_follow_an_attachments_type() -> None:
    assert codes.document_type("EX-99.agreement") == codes.document_type("EX-99")
    assert codes.document_type("EX-99." + "a" * 14) is not None


@pytest.mark.parametrize("text", ["", "144", "4.1", "4/B", "EX-10", "EX-99." + "a" * 15, "ex-99", "EX-991"])
def test_other_texts_are_no_document_types(text: str) -> None:
    assert codes.document_type(text) is None
    assert not codes.is_ownership_type(text)
