"""EDGAR's business rules for the report itself: what the schema lets through, and the tables of values."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

import section16
from section16.findings import Severity

XML = (files("section16.rules") / "examples" / "R-FN-4" / "pass.xml").read_text()


def suspensions(xml: str, **options: str) -> list[str]:
    findings = section16.check(section16.read(xml.encode()), **options)  # type: ignore[arg-type]
    return [finding.rule for finding in findings if finding.severity is Severity.SUSPEND]


def replaced(*pairs: tuple[str, str]) -> str:
    xml = XML
    for old, new in pairs:
        assert old in xml, old
        xml = xml.replace(old, new, 1)
    return xml


def test_the_document_all_changes_start_from_is_sound() -> None:
    assert suspensions(XML) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("R-FN-4", '<footnoteId id="F1"/>', ""),
        ("R-FN-5", '<footnoteId id="F1"/>', '<footnoteId id="F1"/><footnoteId id="F1"/>'),
        ("R-FN-6", "The price", "The price" + " " * 1000),
        ("R-OWN-1", "<isOfficer>1<", "<isOfficer>0<"),
        ("R-OWN-1", "<isOfficer>1</isOfficer>", ""),
        ("R-OWN-2", "<officerTitle>Chief Financial Officer</officerTitle>", "<officerTitle></officerTitle>"),
        ("R-OWN-2", "<officerTitle>Chief Financial Officer</officerTitle>", "<officerTitle> </officerTitle>"),
        ("R-OWN-4", "<rptOwnerCcc>abcd12$x</rptOwnerCcc>", ""),
        ("R-ROW-12", "Ownership><value>D<", "Ownership><value>I<"),
        (
            "R-ROW-12",
            "Ownership><value>D</value></directOrIndirectOwnership>",
            "Ownership><value>I</value></directOrIndirectOwnership><natureOfOwnership><value/></natureOfOwnership>",
        ),
    ],
)
def test_what_the_schema_cannot_see(rule: str, old: str, new: str) -> None:
    assert suspensions(replaced((old, new))) == [rule]


def test_a_direct_line_may_have_an_empty_nature() -> None:
    nature = "<natureOfOwnership><value></value></natureOfOwnership>"
    assert suspensions(replaced(("</directOrIndirectOwnership>", f"</directOrIndirectOwnership>{nature}"))) == []


def test_an_owner_may_be_named_once_also_with_leading_zeros() -> None:
    owner = XML[XML.index("    <reportingOwner>") : XML.index("    <aff10b5One>")]
    assert suspensions(replaced((owner, owner + owner.replace("9990002", "09990002")))) == ["R-OWN-5"]


@pytest.mark.parametrize(
    ("form", "form_type", "said", "refused"),
    [
        ("4", "4", "", False),
        ("4", "4", "L", True),
        ("4", "4", "|", True),
        ("4", "5", "", False),
        ("4", "5", "E", False),
        ("4", "5", "L", True),
        ("5", "4", "", False),
        ("5", "4", "L", False),
        ("5", "4", "E", True),
        ("5", "5", "", False),
        ("5", "5", "L", False),
        ("5", "5", "E", True),
    ],
)
def test_timeliness_by_form_and_form_type(form: str, form_type: str, said: str, refused: bool) -> None:
    xml = replaced(
        ("<documentType>4<", f"<documentType>{form}<"),
        ("<transactionFormType>4<", f"<transactionFormType>{form_type}<"),
        (
            "<transactionAmounts>",
            f"<transactionTimeliness><value>{said}</value></transactionTimeliness><transactionAmounts>",
        ),
    )
    assert ("R-TIM" in suspensions(xml)) is refused


def test_early_beside_form_type_4_is_odd_and_no_more() -> None:
    timeliness = "<transactionTimeliness><value>E</value></transactionTimeliness><transactionAmounts>"
    findings = section16.check(section16.read(replaced(("<transactionAmounts>", timeliness)).encode()))
    assert [one.severity for one in findings if one.rule == "R-TIM-2"] == [Severity.ODD]
    assert not any(one.rule == "R-TIM" for one in findings)


def test_what_edgar_inserts_is_a_warning_each_and_only_before_sending() -> None:
    xml = replaced(
        ("<issuerTradingSymbol>", "<issuerName>Example Widgets Inc</issuerName><issuerTradingSymbol>"),
        ("</rptOwnerCcc>", "</rptOwnerCcc><rptOwnerName>Example Pat</rptOwnerName>"),
    )
    filing = section16.read(xml.encode())
    found = [one.path for one in section16.check(filing) if one.rule == "R-HDR-3"]
    assert found == [
        "ownershipDocument/issuer/issuerName",
        "ownershipDocument/reportingOwner[1]/reportingOwnerId/rptOwnerName",
    ]
    assert not any(one.rule == "R-HDR-3" for one in section16.check(filing, as_="disseminated"))


def test_a_wrong_schema_version_is_a_second_warning() -> None:
    for version, warnings in (("X0609", 1), ("X0306", 2)):
        xml = replaced(("<documentType>", f"<schemaVersion>{version}</schemaVersion><documentType>"))
        found = section16.check(section16.read(xml.encode()), as_="submission")
        assert [one.rule for one in found].count("R-HDR-2") == warnings


def test_the_future_is_judged_by_the_day_given_and_by_no_clock() -> None:
    filing = section16.read(replaced(("<periodOfReport>2026-04-14", "<periodOfReport>2090-04-14")).encode())
    assert not any(one.rule == "R-HDR-7" for one in section16.check(filing))
    judged = section16.check(filing, as_of=date(2026, 4, 15))
    (finding,) = [one for one in judged if one.rule == "R-HDR-7"]
    assert finding.line == 4
    assert "2090-04-14" in finding.message


def test_the_flag_of_march_2026_is_not_asked_of_older_editions() -> None:
    address = "<reportingOwnerAddress><rptOwnerStreet1>1 Example Street</rptOwnerStreet1></reportingOwnerAddress>"
    xml = replaced(("<reportingOwnerRelationship>", f"{address}<reportingOwnerRelationship>"))
    assert "R-OWN-7" in suspensions(xml)
    older = xml.replace("<documentType>", "<schemaVersion>X0508</schemaVersion><documentType>", 1)
    assert "R-OWN-7" not in suspensions(older, as_="submission", edition="own")


@pytest.mark.parametrize(
    ("flag", "place", "rule"),
    [
        ("0", "<rptOwnerState>NY</rptOwnerState>", None),
        ("0", "", "R-OWN-8"),
        ("0", "<rptOwnerCountry>X0</rptOwnerCountry>", "R-OWN-8"),
        ("1", "<rptOwnerCountry>X0</rptOwnerCountry>", None),
        ("true", "", "R-OWN-9"),
        ("1", "<rptOwnerCountry>I7</rptOwnerCountry>", "R-OWN-9"),
    ],
)
def test_state_and_country_follow_the_flag(flag: str, place: str, rule: str | None) -> None:
    inside = f"<rptOwnerNonUSAddressFlag>{flag}</rptOwnerNonUSAddressFlag>{place}"
    address = f"<reportingOwnerAddress>{inside}</reportingOwnerAddress><reportingOwnerRelationship>"
    found = suspensions(replaced(("<reportingOwnerRelationship>", address)))
    assert found == ([rule] if rule else [])


def test_published_filings_are_not_refused_by_business_rules(corpus: object) -> None:
    folder = corpus / "xml"  # type: ignore[operator]
    refused = {
        (path.name, finding.rule)
        for path in sorted(folder.iterdir())[::7]
        for finding in section16.check(section16.read(path))
        if finding.severity is Severity.SUSPEND and finding.source == "edgar"
    }
    assert refused == set()
