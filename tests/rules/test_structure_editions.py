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
