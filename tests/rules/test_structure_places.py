"""Findings of structure say where: in the printed form's words, as a path, on a line; and how to mend it."""

from __future__ import annotations

import pytest

import section16
from section16.findings import Finding
from section16.rules import check
from structure_documents import full


def finding(document: bytes, rule: str) -> Finding:
    found = [one for one in check(section16.read(document)) if one.rule == rule]
    assert len(found) == 1
    return found[0]


def test_a_value_in_a_table_is_found_by_column_path_and_line() -> None:
    lines = full("4").replace(b"<value>66.903</value>", b"\n<value>66,903</value>", 1)
    found = finding(lines, "R-HDR-15")
    row = "ownershipDocument/nonDerivativeTable/nonDerivativeTransaction[1]"
    assert found.where == "Table I line 1, column 4 Price"
    assert found.path == f"{row}/transactionAmounts/transactionPricePerShare"
    assert found.line == lines.decode().split("<transactionPricePerShare>")[0].count("\n") + 1
    assert found.message == "transactionPricePerShare: '66,903' is not a number as EDGAR takes it."


def test_what_is_missing_says_where_it_goes_and_how_it_is_written() -> None:
    found = finding(full("4").replace(b"<periodOfReport>2026-04-14</periodOfReport>", b""), "R-HDR-1")
    assert found.where == "Box 3 period of report"
    assert found.mend == "Add it after documentType, as YYYY-MM-DD."


def test_an_owner_is_found_by_number() -> None:
    found = finding(full("4").replace(b"<rptOwnerCik>3<", b"<rptOwnerCik>three<"), "R-HDR-18")
    assert found.where == "Reporting owner 2, box 1 CIK"
    assert found.path == "ownershipDocument/reportingOwner[2]/reportingOwnerId/rptOwnerCik"


def test_an_unknown_element_is_named_with_the_line_of_the_table_it_stands_in() -> None:
    found = finding(full("4").replace(b"<derivativeHolding>", b"<derivativeHolding><memo>x</memo>"), "R-HDR-4")
    assert found.where == "Table II line 2"
    assert "memo" in found.message


def test_no_message_shows_a_ccc() -> None:
    found = finding(full("4").replace(b"abcd12$x", b"zyxw98$", 1), "R-OWN-14")
    assert "zyxw" not in f"{found.message}{found.mend}{found.where}{found.path}"


@pytest.mark.parametrize("wrong", ["<footnoteId> </footnoteId>", '<footnoteId id="F1"> </footnoteId>'])
def test_a_reference_holds_its_id_and_nothing_else(wrong: str) -> None:
    document = full("4").replace(b'<footnoteId id="F1"/>', wrong.encode(), 1)
    assert {"R-HDR-19", "R-HDR-20"} & {one.rule for one in check(section16.read(document))}


def test_a_reference_with_a_comment_in_it_still_counts() -> None:
    noted = b'<exerciseDate><footnoteId id="F3"/><footnoteId id="F1"/></exerciseDate>'
    document = full("4").replace(noted, b'<exerciseDate><footnoteId id="F3"><!-- x --></footnoteId></exerciseDate>', 1)
    found = {one.rule for one in check(section16.read(document), as_="disseminated", edition="current")}
    assert not {rule for rule in found if rule.startswith(("R-ROW", "R-HDR", "R-FN-3"))}


def test_an_element_in_two_parts_of_the_order_is_one_finding() -> None:
    signed = full("4").decode()
    remarks = "<remarks>None.</remarks>"
    moved = signed.replace(remarks, "").replace("<issuer>", f"{remarks}<issuer>")
    assert finding(moved.encode(), "R-HDR-1").message == "issuer stands after remarks."
