"""EDGAR's rules for the submission file, one change at a time to a sound one."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest

import section16
from section16.edgar.submission_file import PointOfContact, SubmissionFile, SubmittedDocument
from section16.reading import Filing

EXAMPLES = files("section16.rules") / "examples"


def sound() -> Filing:
    return section16.read((EXAMPLES / "R-ENV-3" / "pass.xml").read_bytes())


def rules_of(filing: Filing) -> list[str]:
    return [one.rule for one in section16.check(filing) if one.source in {"edgar", "schema"}]


def changed(filing: Filing, **changes: object) -> Filing:
    assert filing.submission is not None
    return msgspec.structs.replace(filing, submission=msgspec.structs.replace(filing.submission, **changes))


def documents(filing: Filing) -> tuple[SubmittedDocument, ...]:
    assert filing.submission is not None
    return filing.submission.documents


def with_attachment(**changes: object) -> list[str]:
    filing = sound()
    report, attachment = documents(filing)
    return rules_of(changed(filing, documents=(report, msgspec.structs.replace(attachment, **changes))))


def test_a_sound_submission_file_has_no_finding() -> None:
    assert rules_of(sound()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("poa.htm", []),
        ("p.txt", []),
        ("a" * 28 + ".htm", []),
        ("a" * 29 + ".htm", ["R-ENV-5"]),
        ("Poa.htm", ["R-ENV-5"]),
        ("1poa.htm", ["R-ENV-5"]),
        ("p_o-a.htm", []),
        ("p_o_a.htm", ["R-ENV-5"]),
        ("p-o-a.htm", ["R-ENV-5"]),
        ("poa.v2.htm", ["R-ENV-5"]),
        ("poa", ["R-ENV-5"]),
        ("poa.docx", ["R-ENV-5"]),
        ("poa.pdf", ["R-ENV-7"]),
        ("poa.gif", ["R-ENV-8"]),
    ],
)
def test_file_names(name: str, expected: list[str]) -> None:
    assert with_attachment(name=name) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("EX-99.agreement", []), ("EX-24.1", []), ("CORRESP", []), ("EX-10", ["R-ENV-15"]), ("EX-24x", ["R-ENV-15"])],
)
def test_types_of_attachments(kind: str, expected: list[str]) -> None:
    assert with_attachment(type=kind) == expected


def test_the_report_may_stand_anywhere_but_once_and_as_xml() -> None:
    filing = sound()
    report, attachment = documents(filing)
    assert filing.primary is not None
    moved = msgspec.structs.replace(filing, primary=msgspec.structs.replace(filing.primary, position=1))
    assert rules_of(changed(moved, documents=(attachment, report))) == []
    renamed = msgspec.structs.replace(report, name="form4.txt")
    assert rules_of(changed(filing, documents=(renamed, attachment))) == ["R-ENV-3"]
    assert rules_of(changed(filing, documents=(report, report, attachment))) == ["R-ENV-3"]


def test_a_submission_of_another_type_than_its_report_is_told_twice() -> None:
    assert rules_of(changed(sound(), submission_type="4/A")) == ["R-ENV-4", "R-ENV-3"]


@pytest.mark.parametrize("type_", ["", "144", "4 "])
def test_a_submission_type_is_one_of_six(type_: str) -> None:
    assert "R-ENV-2" in rules_of(changed(sound(), submission_type=type_))


@pytest.mark.parametrize("live", ["", "live", "TESTING"])
def test_live_or_test(live: str) -> None:
    assert rules_of(changed(sound(), test_or_live=live)) == ["R-ENV-2"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("desk@example.com", []),
        ("first.last+tag@mail.example.co.uk", []),
        ("desk@example", ["R-ENV-10"]),
        ("Desk <desk@example.com>", ["R-ENV-10"]),
        ("a@example.com;b@example.com", ["R-ENV-10"]),
        ("", []),
    ],
)
def test_contact_addresses(address: str, expected: list[str]) -> None:
    assert rules_of(changed(sound(), contact=PointOfContact(email_address=address))) == expected


def test_a_graphic_is_found_in_the_page_that_shows_it() -> None:
    filing = sound()
    report, page = documents(filing)
    shown = msgspec.structs.replace(page, content=b"<p><IMG alt='x' SRC='sign.jpg'></p>")
    graphic = SubmittedDocument(name="sign.jpg", type="GRAPHIC", content=b"\xff\xd8\xff")
    assert rules_of(changed(filing, documents=(report, shown, graphic))) == []
    assert rules_of(changed(filing, documents=(report, page, graphic))) == ["R-ENV-8"]


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        (b'<?xml version="1.0"?>\n', []),
        (b"", []),
        (b"\n", []),
        (b"<!-- a <?remark?> -->", []),
        (b'<?xml version="1.0"?>\n<?xml-stylesheet href="x"?>', ["R-ENV-13"]),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n', ["R-ENV-13"]),
        (b'<?xml version="1.1"?>\n', ["R-ENV-13"]),
    ],
)
def test_what_stands_before_the_document(beginning: bytes, expected: list[str]) -> None:
    xml = documents(sound())[0].content
    assert rules_of(section16.read(beginning + xml[xml.index(b"<ownershipDocument>") :])) == expected


def test_a_published_document_is_not_asked_for_what_only_a_submission_has() -> None:
    findings = section16.check(sound(), as_="disseminated", edition="current")
    assert [finding.rule for finding in findings] == []


def test_no_message_repeats_a_ccc() -> None:
    xml = (EXAMPLES / "R-OWN-4" / "pass.xml").read_bytes().replace(b"abcd12$x", b"abcdefgh")
    findings = section16.check(section16.read(xml))
    assert [finding.rule for finding in findings] == ["R-OWN-4"]
    assert "abcdefgh" not in str(findings)


def test_an_empty_submission_file_record_names_both_gaps() -> None:
    filing = msgspec.structs.replace(sound(), submission=SubmissionFile(documents=documents(sound())))
    assert [rule for rule in rules_of(filing) if rule != "R-ENV-1"] == ["R-ENV-2", "R-ENV-2"]
