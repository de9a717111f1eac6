"""Small facts that a document derives from what it holds."""

from __future__ import annotations

import pytest

from section16.form.cells import Noted, Plain
from section16.form.document import (
    Footnote,
    Footnotes,
    OwnershipDocument,
    ReportingOwner,
    ReportingOwnerId,
)
from section16.form.rows import (
    DerivativeHolding,
    DerivativeSecurity,
    DerivativeTable,
    NonDerivativeHolding,
    NonDerivativeSecurity,
    NonDerivativeTable,
    NonDerivativeTransaction,
)


@pytest.mark.parametrize(
    ("document_type", "form", "is_amendment"),
    [
        ("3", "3", False),
        ("4/A", "4", True),
        (" 5 ", "5", False),
        ("5/A\n", "5", True),
        (None, None, False),
        ("", None, False),
        ("6", None, False),
        ("4/B", None, False),
        ("44", None, False),
        ("3/A/A", None, True),
    ],
)
def test_form_and_amendment(document_type: str | None, form: str | None, is_amendment: bool) -> None:
    document = OwnershipDocument(document_type=document_type)
    assert (document.form, document.is_amendment) == (form, is_amendment)


def test_tables_hold_the_lines_of_either_shape_in_order() -> None:
    early = NonDerivativeSecurity(title=Noted(text="a"))
    rows = (NonDerivativeHolding(), NonDerivativeTransaction(), NonDerivativeHolding())
    document = OwnershipDocument(
        non_derivative_securities=(early,),
        non_derivative_table=NonDerivativeTable(rows=rows),
        derivative_securities=(DerivativeSecurity(),),
        derivative_table=DerivativeTable(rows=(DerivativeHolding(),)),
    )
    assert document.table_one == (early, *rows)
    assert [row.kind for row in document.table_two] == ["transaction", "holding"]
    assert (OwnershipDocument().table_one, OwnershipDocument().table_two) == ((), ())


def test_of_doubled_footnote_ids_the_first_text_stands_and_those_without_one_are_left_out() -> None:
    notes = (Footnote(id="F1", text="a"), Footnote(id="F1", text="b"), Footnote(text="c"), Footnote(id="", text="d"))
    assert OwnershipDocument(footnotes=Footnotes(rows=notes)).footnote_texts == {"F1": "a", "": "d"}
    assert OwnershipDocument().footnote_texts == {}


def test_a_confirmation_code_is_never_shown() -> None:
    owner = ReportingOwner(id=ReportingOwnerId(cik="1", ccc="abcd12$x", name="N"))
    for shown in (repr(owner), str(owner), f"{OwnershipDocument(reporting_owners=(owner,))}"):
        assert "abcd12$x" not in shown
        assert "***" in shown
    assert "***" not in repr(ReportingOwnerId(cik="1"))


def test_an_owner_has_its_cik_and_name_at_hand() -> None:
    owner = ReportingOwner(id=ReportingOwnerId(cik="0000000001", name="N"))
    assert (owner.cik, owner.name) == ("0000000001", "N")
    assert (ReportingOwner().cik, ReportingOwner().name) == (None, None)


def test_a_box_is_true_only_if_it_is_checked() -> None:
    assert Plain(value=True, text="1")
    assert not Plain(value=False, text="0")
    assert not Plain[bool](value=None, text="yes")


def test_records_cannot_be_changed() -> None:
    document = OwnershipDocument(remarks="a")
    with pytest.raises(AttributeError):
        document.remarks = "b"  # type: ignore[misc]
    assert hash(document) == hash(OwnershipDocument(remarks="a"))
