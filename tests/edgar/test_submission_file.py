from __future__ import annotations

import base64
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from section16 import limits
from section16.edgar.containers import Attachment
from section16.edgar.submission_file import (
    PointOfContact,
    SubmissionFile,
    SubmittedDocument,
    attachments,
    looks_like_submission_file,
    ownership_document,
    read_submission_file,
)
from section16.edgar.submission_file_writer import write_submission_file
from section16.errors import SourceError
from section16.form.cells import Other

REPORT = b'<?xml version="1.0"?>\n<ownershipDocument><rptOwnerCcc>a#1bcdef</rptOwnerCcc></ownershipDocument>'

FILE = b"""\
<?xml version="1.0"?>
<edgarSubmission>
    <submissionType>4</submissionType>
    <testOrLive>TEST</testOrLive>
    <pointOfContact>
        <contactName>Section 16 Desk</contactName>
        <contactPhoneNumber></contactPhoneNumber>
        <contactEmailAddress>desk@example.com</contactEmailAddress>
    </pointOfContact>
    <notificationAddresses>
        <notificationEmailAddress>legal@example.com</notificationEmailAddress>
        <notificationEmailAddress>b@example.com</notificationEmailAddress>
    </notificationAddresses>
    <edgarDocument>
        <documentName>form4.xml</documentName>
        <documentType>4</documentType>
        <documentDescription>PRIMARY DOCUMENT</documentDescription>
        <documentMimeBlock>
%b</documentMimeBlock>
    </edgarDocument>
    <edgarDocument>
        <documentName>poa.txt</documentName>
        <documentType>EX-24</documentType>
        <documentMimeBlock>
QSBs
ZXR0ZXI=
</documentMimeBlock>
    </edgarDocument>
</edgarSubmission>
""" % base64.encodebytes(REPORT)

READ = SubmissionFile(
    submission_type="4",
    test_or_live="TEST",
    contact=PointOfContact(name="Section 16 Desk", phone_number="", email_address="desk@example.com"),
    notification_addresses=("legal@example.com", "b@example.com"),
    documents=(
        SubmittedDocument(name="form4.xml", type="4", description="PRIMARY DOCUMENT", content=REPORT),
        SubmittedDocument(name="poa.txt", type="EX-24", content=b"A letter"),
    ),
)


def refusal(data: bytes) -> SourceError:
    """The error with which a submission file is refused."""
    with pytest.raises(SourceError) as caught:
        read_submission_file(data)
    return caught.value


def test_a_submission_file_gives_its_facts_and_its_documents_decoded() -> None:
    assert looks_like_submission_file(FILE)
    assert read_submission_file(FILE) == READ


def test_what_is_read_is_written_back() -> None:
    assert write_submission_file(READ).splitlines() == FILE.replace(b"QSBs\nZXR0ZXI=", b"QSBsZXR0ZXI=").splitlines()


def test_the_report_and_the_attachments_are_told_apart() -> None:
    assert ownership_document(READ).content == REPORT
    assert attachments(READ) == (
        Attachment(type="EX-24", sequence="2", name="poa.txt", content=b"A letter", encoding="base64"),
    )


def test_a_missing_fact_is_none_and_a_blank_one_is_blank() -> None:
    bare = read_submission_file(b"<edgarSubmission><submissionType/></edgarSubmission>")
    assert bare == SubmissionFile(submission_type="")
    grouped = read_submission_file(
        b"<edgarSubmission><submissionType>3</submissionType><pointOfContact/><notificationAddresses/></edgarSubmission>"
    )
    assert (grouped.contact, grouped.notification_addresses) == (PointOfContact(), ())
    for submission in (bare, grouped):
        assert read_submission_file(write_submission_file(submission)) == submission


def test_what_the_schema_does_not_know_keeps_its_place() -> None:
    data = (
        FILE.replace(
            b"    <notificationAddresses>", b"    <returnCopy>0</returnCopy>\n    <notificationAddresses><!-- who -->"
        )
        .replace(b"<contactName>", b"<title>Dr</title><contactName>")
        .replace(b"</edgarDocument>\n</edgar", b"stray &lt;text&gt;</edgarDocument>\n<?end?></edgar")
    )
    read = read_submission_file(data)
    assert read.other == (
        Other(at=3, xml="<returnCopy>0</returnCopy>"),
        Other(at=7, xml="<?end?>"),
        Other(at=0, xml="<!-- who -->", within="notificationAddresses"),
    )
    assert read.contact is not None
    assert read.contact.other == (Other(at=0, xml="<title>Dr</title>"),)
    assert read.documents[1].other == (Other(at=3, xml="stray &lt;text&gt;"),)
    assert read_submission_file(write_submission_file(read)) == read


def test_a_value_split_by_a_comment_is_read_whole() -> None:
    data = FILE.replace(b"<testOrLive>TEST", b"<testOrLive>TE<!-- LIVE --><?x LIVE?>ST").replace(
        b"QSBs", b"QS<!-- -->Bs"
    )
    assert read_submission_file(data) == READ


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (FILE[:-20], "XML_NOT_WELL_FORMED"),
        (FILE.replace(b"<edgar", b'<!DOCTYPE edgarSubmission [<!ENTITY x "y">]><edgar', 1), "XML_DTD_FORBIDDEN"),
        (REPORT, "NOT_OWNERSHIP"),
        (
            b"<edgarSubmission xmlns='http://www.sec.gov/edgar/ownership'><headerData/></edgarSubmission>",
            "NOT_OWNERSHIP",
        ),
        (FILE.replace(b"<testOrLive>", b"<testOrLive>LIVE</testOrLive><testOrLive>"), "STRUCTURE"),
        (FILE.replace(b"<documentType>EX-24", b"<documentType>4</documentType><documentType>EX-24"), "STRUCTURE"),
    ],
)
def test_what_is_no_submission_file_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize("bad", [b"QSBsZXR0ZXI", b"QSBs*XR0ZXI=", b"QSBsZXR0ZXI==", b"Q", "QSBsé".encode()])
def test_bad_base64_is_refused_with_the_documents_name_and_line(bad: bytes) -> None:
    error = refusal(FILE.replace(b"QSBs\nZXR0ZXI=", bad))
    assert (error.code, error.line) == ("CONTAINER_MALFORMED", 26)
    assert "poa.txt" in error.message


def test_a_document_without_content_is_refused() -> None:
    cut = FILE[: FILE.rindex(b"<documentMimeBlock>")] + b"</edgarDocument></edgarSubmission>"
    assert (refusal(cut).code, refusal(cut).line) == ("CONTAINER_MALFORMED", 23)


def test_documents_and_elements_are_limited() -> None:
    def data(documents: int, unknown: int = 0) -> bytes:
        one = b"<edgarDocument><documentMimeBlock>QQ==</documentMimeBlock></edgarDocument>"
        return b"<edgarSubmission><submissionType/>%b%b</edgarSubmission>" % (one * documents, b"<x/>" * unknown)

    assert len(read_submission_file(data(611)).documents) == 611
    assert refusal(data(612)).code == "LIMIT_COUNT"
    assert len(read_submission_file(data(0, limits.XML_ELEMENTS - 1)).other) == limits.XML_ELEMENTS - 1
    assert refusal(data(0, limits.XML_ELEMENTS)).code == "LIMIT_COUNT"


def test_a_submission_file_over_the_limit_is_refused() -> None:
    assert refusal(FILE + b"\n" * limits.SUBMISSION_BYTES).code == "LIMIT_SIZE"


@pytest.mark.parametrize(
    ("documents", "words"),
    [
        ((), "no document of type"),
        ((SubmittedDocument(type="EX-99", content=REPORT),), "no document of type"),
        ((SubmittedDocument(name="a.xml", type="4", content=b"<html/>"),), "another root"),
    ],
)
def test_a_file_without_a_report_says_so(documents: tuple[SubmittedDocument, ...], words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        ownership_document(SubmissionFile(documents=documents))
    assert caught.value.code == "NOT_OWNERSHIP"


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_a_report_in_another_encoding_is_recognised(codec: str) -> None:
    report = SubmittedDocument(type="3/A", content="<?xml version='1.0'?><ownershipDocument/>".encode(codec))
    assert ownership_document(SubmissionFile(documents=(report,))) is report


def test_confirmation_codes_do_not_show() -> None:
    assert "a#1bcdef" not in repr(READ)
    assert "a#1bcdef" not in str(refusal(FILE.replace(b"</documentMimeBlock>", b"*</documentMimeBlock>", 1)))


@pytest.mark.parametrize("text", ["a\x00b", "\x1b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_not_written(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        write_submission_file(SubmissionFile(submission_type=text))
    assert caught.value.code == "XML_CONTROL_CHAR"


def test_kept_markup_that_is_none_is_not_written() -> None:
    with pytest.raises(SourceError):
        write_submission_file(SubmissionFile(submission_type="4", other=(Other(at=0, xml="<open>"),)))


WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cn"]), max_size=20).map(str.strip)
MAYBE = st.none() | WORDS
MADE = st.builds(
    SubmissionFile,
    submission_type=WORDS,
    test_or_live=MAYBE,
    contact=st.none() | st.builds(PointOfContact, name=MAYBE, phone_number=MAYBE, email_address=MAYBE),
    notification_addresses=st.none() | st.lists(WORDS, max_size=3).map(tuple),
    documents=st.lists(
        st.builds(SubmittedDocument, name=MAYBE, type=MAYBE, description=MAYBE, content=st.binary(max_size=200)),
        max_size=3,
    ).map(tuple),
)


@given(MADE)
def test_any_submission_file_survives_writing_and_reading(made: SubmissionFile) -> None:
    written = write_submission_file(made)
    assert written.isascii()
    assert read_submission_file(written) == made


def test_what_is_written_validates_against_the_secs_schema(schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(schemas / "edgarSubmission.xsd.xml")))
    schema.assertValid(etree.fromstring(write_submission_file(READ)))
    least = msgspec.structs.replace(READ, contact=None, notification_addresses=None, documents=READ.documents[:1])
    schema.assertValid(etree.fromstring(write_submission_file(least)))


def test_every_sample_of_the_specification_is_read_and_written(schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(schemas / "edgarSubmission.xsd.xml")))
    samples = sorted(schemas.glob("filing*.xml"))
    assert len(samples) == 6
    for path in samples:
        read = read_submission_file(path.read_bytes())
        assert read_submission_file(write_submission_file(read)) == read
        assert ownership_document(read).type == read.submission_type
        assert [part.type for part in attachments(read)] == ["COVER"]
        assert [thing.xml[:12] for thing in read.other] == ["<returnCopy>"]
        schema.assertValid(etree.fromstring(write_submission_file(msgspec.structs.replace(read, other=()))))
