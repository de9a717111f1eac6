"""A filing is judged by the edition it was made by: what its schema allowed or did not yet have is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

import section16
from section16.findings import Finding, Severity, Source
from section16.rules import check
from section16.samples import generate, sample_bytes
from structure_documents import full

NEW_IN_2026 = (
    "issuerForeignTradingSymbol",
    "rptOwnerNonUSAddressFlag",
    "rptOwnerNonUSStateTerritory",
    "rptOwnerCountry",
)


def structural(document: bytes, edition: str) -> list[Finding]:
    found = check(section16.read(document), as_="disseminated", edition=edition)
    return [one for one in found if one.source is Source.SCHEMA and one.severity is Severity.SUSPEND]


def of_edition(form: str, version: str) -> bytes:
    """A full document said to be of an older edition, with what that edition did not have."""
    return full(form).replace(b"X0609", version.encode())


def test_a_place_abroad_stood_in_the_state_before_2026() -> None:
    document = of_edition("4", "X0508").replace(b"<rptOwnerState>NY<", b"<rptOwnerState>A6<")
    assert {one.rule for one in structural(document, "own")} == {"R-HDR-4"}
    assert "R-OWN-8" in {one.rule for one in structural(document, "current")}


def test_elements_of_2026_do_not_exist_before() -> None:
    found = structural(of_edition("4", "X0508"), "own")
    assert {(one.path or "").rpartition("/")[2] for one in found} == set(NEW_IN_2026)
    assert all("in this edition" in one.message for one in found)


@pytest.mark.parametrize(("version", "rules"), [("X0306", set[str]()), ("X0407", {"R-HDR-8"}), ("X0508", {"R-HDR-8"})])
def test_the_plan_box_is_asked_for_since_x0407(version: str, rules: set[str]) -> None:
    document = of_edition("4", version).replace(b"<aff10b5One>0</aff10b5One>", b"")
    assert {one.rule for one in structural(document, "own")} - {"R-HDR-4"} == rules


@pytest.mark.parametrize("version", ["X0307", "X0609"])
def test_form_3_has_editions_of_its_own(version: str) -> None:
    assert structural(of_edition("3", version), "own") == []


def test_form_3_of_x0206_had_one_list_of_places() -> None:
    document = of_edition("3", "X0206").replace(b"<rptOwnerState>NY<", b"<rptOwnerState>A6<")
    assert {one.rule for one in structural(document, "own")} == {"R-HDR-4"}


def test_generated_filings_of_every_edition_are_sound() -> None:
    for sample in generate(400, 16):
        found = structural(sample_bytes(sample, "xml"), "own")
        assert sample.faults or not found, (sample.accession, found)


def test_no_real_filing_is_refused_by_its_own_edition(corpus: Path) -> None:
    for path in sorted((corpus / "xml").rglob("*.xml"))[::5]:
        assert structural(path.read_bytes(), "own") == [], path.name
    for path in sorted((corpus / "submissions").rglob("*.txt"))[::5]:
        assert structural(path.read_bytes(), "own") == [], path.name


def test_a_picture_of_a_form_lacks_nothing(corpus: Path) -> None:
    pages = sorted((corpus / "html").glob("*.html"))
    assert pages
    for page in pages:
        try:
            filing = section16.read(page.read_bytes())
        except section16.SourceError:
            continue
        found = check(filing)
        assert [one for one in found if one.source is Source.SCHEMA] == [], page.name


FIRST_EDITION = """<ownershipDocument><schemaVersion>X0101</schemaVersion><documentType>{form}</documentType>
<periodOfReport>2003-06-09</periodOfReport><issuer><issuerCik>0009990001</issuerCik><issuerName>EXAMPLE INC</issuerName>
<issuerTradingSymbol>EXMP</issuerTradingSymbol></issuer><reportingOwner><reportingOwnerId>
<rptOwnerCik>0009990002</rptOwnerCik><rptOwnerName>EXAMPLE PAT</rptOwnerName></reportingOwnerId>
<reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship></reportingOwner>
<nonDerivativeSecurity><securityTitle><value>Common Stock</value></securityTitle>
<transactionDate><value></value></transactionDate><transactionCoding/><postTransactionAmounts>
<sharesOwnedFollowingTransaction><value>500</value></sharesOwnedFollowingTransaction></postTransactionAmounts>
<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>
</nonDerivativeSecurity><ownerSignature><signatureName>Pat Example</signatureName>
<signatureDate>2003-06-10</signatureDate></ownerSignature></ownershipDocument>"""


@pytest.mark.parametrize("form", ["3", "3/A", "4", "4/A", "5", "5/A"])
def test_the_first_edition_has_one_element_for_transactions_and_holdings(form: str) -> None:
    found = check(section16.read(FIRST_EDITION.format(form=form).encode()))
    assert [one for one in found if one.severity.gravity > Severity.NOTE.gravity] == []
    assert ("R-HDR-14" in {one.rule for one in found}) == (form[0] != "3")


def test_form_3_of_x0307_is_judged_by_the_rules_of_2026() -> None:
    without_state = of_edition("3", "X0307").replace(b"<rptOwnerState>NY<", b"<rptOwnerState><")
    older = of_edition("3", "X0206").replace(b"<rptOwnerState>NY<", b"<rptOwnerState><")
    assert "R-OWN-8" in {one.rule for one in check(section16.read(without_state))}
    assert "R-OWN-8" not in {one.rule for one in check(section16.read(older))}


@pytest.mark.parametrize(
    ("version", "signed", "severity"),
    [
        ("X0101", "2003-06-10", Severity.ODD),
        ("X0202", "2008-06-20", Severity.ODD),
        ("X0303", "2008-06-23", Severity.SUSPEND),
        ("X0306", "2020-06-23", Severity.SUSPEND),
    ],
)
def test_what_edgar_refused_before_june_2008_is_not_known(version: str, signed: str, severity: Severity) -> None:
    document = of_edition("4", version).replace(b"2026-04-16", signed.encode())
    without_title = document.replace(b"<officerTitle>CFO</officerTitle>", b"")
    found = [one for one in check(section16.read(without_title)) if one.rule == "R-OWN-2"]
    assert {one.severity for one in found} == {severity}
    today = check(section16.read(without_title), edition="current")
    assert {one.severity for one in today if one.rule == "R-OWN-2"} == {Severity.SUSPEND}
