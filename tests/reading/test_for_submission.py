from __future__ import annotations

import io
import tarfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from section16.edgar.containers import Attachment, DocumentFacts
from section16.edgar.submission_file import PointOfContact, SubmissionFile, read_submission_file
from section16.errors import IdentifierError, UsageError
from section16.form.cells import Other, Plain
from section16.reading import Filing, SourceKind, read, write
from section16.reading.as_submission import as_submission, is_sound_name
from section16.reading.for_submission import Answers, for_submission
from section16.reading.writing import write_said
from section16.samples import Sample, generate, sample_bytes

CODE = "abcde1@x"
TYPES = ("3", "3/A", "4", "4/A", "5", "5/A")
REPORT = b"""<ownershipDocument>
<schemaVersion>X0508</schemaVersion><documentType>4</documentType>
<issuer><issuerCik>0000000020</issuerCik><issuerName>Issuer</issuerName></issuer>
<reportingOwner>
<reportingOwnerId><rptOwnerCik>0000000030</rptOwnerCik><rptOwnerName>OWNER</rptOwnerName></reportingOwnerId>
<reportingOwnerAddress><rptOwnerCity>X</rptOwnerCity>
<rptOwnerStateDescription>FAR</rptOwnerStateDescription></reportingOwnerAddress>
</reportingOwner>
</ownershipDocument>"""
ANONYMOUS = b"""<ownershipDocument><documentType>4</documentType><aff10b5One>1</aff10b5One>
<issuer><issuerTradingSymbol>A</issuerTradingSymbol></issuer>
<reportingOwner></reportingOwner><reportingOwner></reportingOwner></ownershipDocument>"""


class Judges(msgspec.Struct, frozen=True):
    """The SEC's schemas, by document type; `envelope` is the submission file's."""

    reports: dict[str, etree.XMLSchema]
    envelope: etree.XMLSchema

    def accepts(self, xml: bytes) -> bool:
        root = etree.fromstring(xml)
        kind = root.findtext("documentType", "").strip()
        return kind in self.reports and self.reports[kind].validate(root)


@pytest.fixture(scope="module")
def judges(schemas: Path) -> Judges:
    names = {kind: f"ownership{kind.replace('/', '')}Document.xsd.xml" for kind in TYPES}
    return Judges(
        {kind: etree.XMLSchema(etree.parse(schemas / name)) for kind, name in names.items()},
        etree.XMLSchema(etree.parse(schemas / "edgarSubmission.xsd.xml")),
    )


def texts(xml: bytes, name: str) -> list[str | None]:
    return [node.text for node in etree.fromstring(xml).iter(name)]


def ready(data: bytes, answers: Answers) -> tuple[bytes, tuple[str, ...]]:
    return write_said(read(data), "xml", answers=answers)


def test_what_edgar_inserts_is_left_out() -> None:
    xml, _ = ready(REPORT, Answers())
    for name in ("schemaVersion", "issuerName", "rptOwnerName", "rptOwnerStateDescription"):
        assert texts(xml, name) == [], name
    assert texts(xml, "issuerCik") == ["0000000020"]
    assert texts(xml, "rptOwnerCity") == ["X"]
    assert b"schemaVersion" in write(read(REPORT), "xml")


def test_what_is_missing_is_filled_in_by_order_and_nothing_else() -> None:
    xml, said = ready(ANONYMOUS, Answers(issuer_cik="20", owner_ciks=("30", "0000000040"), cccs={"40": CODE}))
    assert texts(xml, "issuerCik") == ["20"]
    assert texts(xml, "rptOwnerCik") == ["30", "40"]
    assert texts(xml, "rptOwnerCcc") == [CODE]
    assert texts(xml, "aff10b5One") == ["1"]
    assert said == ("left out: the CCC of reporting owner 1, which EDGAR needs (SECTION16_CCC_<CIK> or --ccc-file)",)


def test_what_is_missing_and_not_given_is_said() -> None:
    xml, said = ready(ANONYMOUS, Answers())
    assert texts(xml, "issuerCik") == []
    assert [line.partition(":")[0] for line in said] == ["missing", "missing", "left out", "missing", "left out"]


@pytest.mark.parametrize(("answer", "text"), [(None, "0"), (False, "0"), (True, "1")])
def test_two_answers_are_assumed_only_where_nobody_gave_them(answer: bool | None, text: str) -> None:
    xml, said = ready(REPORT, Answers(plan_box=answer, non_us=answer))
    assert texts(xml, "aff10b5One") == [text]
    assert texts(xml, "rptOwnerNonUSAddressFlag") == [text]
    assumed = [line for line in said if line.startswith("assumed, confirm before filing: ")]
    assert len(assumed) == (2 if answer is None else 0)


def test_an_answer_never_replaces_the_documents_own() -> None:
    source = REPORT.replace(b"<rptOwnerCity>", b"<rptOwnerNonUSAddressFlag>1</rptOwnerNonUSAddressFlag><rptOwnerCity>")
    xml, said = ready(source, Answers(non_us=False))
    assert texts(xml, "rptOwnerNonUSAddressFlag") == ["1"]
    assert not any("NonUS" in line for line in said)


@pytest.mark.parametrize(("state", "said"), [("CA", 0), ("X0", 1), ("ZZ", 1), ("", 0), (" ", 0)])
def test_a_place_outside_the_us_in_the_old_element_is_said(state: str, said: int) -> None:
    city = b"<rptOwnerCity>X</rptOwnerCity>"
    source = REPORT.replace(city, city + f"<rptOwnerState>{state}</rptOwnerState>".encode())
    xml, lines = ready(source, Answers())
    assert len([line for line in lines if line.startswith("to mend before filing: rptOwnerState")]) == said
    assert texts(xml, "rptOwnerState") == [state or None]


def test_form_3_has_no_plan_box(amendment_xml: bytes) -> None:
    xml, said = ready(amendment_xml.replace(b"4/A", b"3"), Answers(plan_box=True))
    assert texts(xml, "aff10b5One") == []
    assert not any("aff10b5One" in line for line in said)


def test_a_cik_that_contradicts_the_document_is_refused() -> None:
    for answers in (Answers(issuer_cik="21"), Answers(owner_ciks=("31",))):
        with pytest.raises(UsageError, match="is not the document's"):
            for_submission(read(REPORT).document, answers)
    assert for_submission(read(REPORT).document, Answers(issuer_cik="20", owner_ciks=("0000000030",)))
    with pytest.raises(UsageError, match="2 owner CIKs are given for 1"):
        for_submission(read(REPORT).document, Answers(owner_ciks=("30", "31")))
    with pytest.raises(IdentifierError):
        for_submission(read(ANONYMOUS).document, Answers(issuer_cik="Apple"))


def test_a_given_code_wins_and_a_blank_one_is_none() -> None:
    for old in ("", "   ", "zzzzz9#z"):
        source = REPORT.replace(b"<rptOwnerName>", b"<rptOwnerCcc>" + old.encode() + b"</rptOwnerCcc><rptOwnerName>")
        assert texts(ready(source, Answers(cccs={"30": CODE}))[0], "rptOwnerCcc") == [CODE]
        assert texts(ready(source, Answers())[0], "rptOwnerCcc") == ([old] if old.strip() else [])


def test_codes_are_in_no_repr_no_error_and_no_line() -> None:
    answers = Answers(cccs={"30": CODE})
    filing = read(REPORT)
    xml, said = write_said(filing, "submission", answers=answers)
    made, _ = as_submission(filing, answers)
    submitted = read(xml)
    shown = [repr(answers), repr(made), repr(submitted), repr(submitted.document), *said, str(submitted)]
    shown += [write(submitted, form).decode() for form in ("html", "md", "text", "csv")]
    assert not [one for one in shown if CODE in one]
    with pytest.raises(IdentifierError) as refused:
        for_submission(filing.document, Answers(cccs={"30": "secret"}))
    assert "secret" not in str(refused.value)


def test_the_submission_file_around_it_validates(samples: list[Sample], judges: Judges) -> None:
    for sample in samples:
        made, _ = write_said(read(sample_bytes(sample, "submission")), "submission")
        assert judges.envelope.validate(etree.fromstring(made)), sample.accession
        documents = read_submission_file(made).documents
        assert [one.type for one in documents] == [sample.form, *[one.type for one in sample.attachments]]
        assert all(is_sound_name(one.name or "") for one in documents)


def test_generated_reports_without_faults_validate(samples: list[Sample], judges: Judges) -> None:
    sound = [sample for sample in samples if not sample.faults]
    assert len(sound) > 100
    for sample in sound:
        xml, _ = ready(sample_bytes(sample, "xml"), answers_for(read(sample_bytes(sample, "xml"))))
        assert judges.accepts(xml), sample.accession


@pytest.mark.parametrize("kind", TYPES)
def test_a_report_of_each_type_validates(kind: str, judges: Judges) -> None:
    form = kind.removesuffix("/A")
    sample = next(one for one in generate(5000, 7) if one.form == form and not one.faults)
    day = Plain(value=date(2024, 5, 15), text="2024-05-15") if kind != form else None
    document = msgspec.structs.replace(sample.document, document_type=kind, date_of_original_submission=day)
    filing = Filing(document=document, kind=SourceKind.OWNERSHIP_XML)
    xml, _ = write_said(filing, "xml", answers=answers_for(filing))
    assert texts(xml, "documentType") == [kind]
    assert judges.accepts(xml)


def answers_for(filing: Filing) -> Answers:
    """A code for every reporting owner."""
    owners = [one.id.cik for one in filing.document.reporting_owners if one.id and one.id.cik]
    return Answers(cccs={cik.strip().lstrip("0"): CODE for cik in owners})


def corpus_filings(corpus: Path) -> list[Filing]:
    found = [read(path) for path in sorted((corpus / "xml").iterdir())[::12]]
    with tarfile.open(corpus / "bulk" / "form4-submissions-2023.tar.xz") as bulk:
        for number, member in enumerate(bulk):
            file = bulk.extractfile(member)
            if number >= 100:
                break
            if file is not None:
                found.append(read(io.BytesIO(file.read())))
    return found


def test_what_was_valid_as_published_is_valid_for_submission(corpus: Path, judges: Judges) -> None:
    valid = 0
    for filing in corpus_filings(corpus):
        if judges.accepts(write(filing, "xml")):
            xml, _ = write_said(filing, "xml", answers=answers_for(filing))
            assert judges.accepts(xml), filing.accession
            valid += 1
    assert valid > 100


def test_the_seed_with_its_identifiers_validates(repository: Path, judges: Judges) -> None:
    seed = repository / "examples" / "qualys-form4.md"
    answers = Answers(issuer_cik="1107843", owner_ciks=("1234567",), cccs={"1234567": CODE})
    xml, _ = write_said(read(seed), "xml", answers=answers)
    assert judges.accepts(xml)
    made, said = write_said(read(seed), "submission", answers=answers)
    assert judges.envelope.validate(etree.fromstring(made))
    assert "assumed, confirm before filing: testOrLive is TEST" in said


def test_a_submission_file_keeps_its_facts_and_loses_what_no_schema_knows(schemas: Path, judges: Judges) -> None:
    for path in sorted(schemas.glob("filing*.xml")):
        filing = read(path)
        assert filing.submission is not None
        assert b"<returnCopy>" in filing.content
        made, said = write_said(filing, "submission")
        assert judges.envelope.validate(etree.fromstring(made)), path.name
        again = read_submission_file(made)
        assert again.contact == filing.submission.contact
        assert again.notification_addresses == filing.submission.notification_addresses
        assert again.test_or_live == filing.submission.test_or_live
        assert [one.name for one in again.documents] == [one.name for one in filing.submission.documents]
        assert not any("testOrLive" in line for line in said)


def test_unknown_parts_of_the_contact_are_left_out(amendment_xml: bytes) -> None:
    contact = PointOfContact(name="A", email_address="a@example.com", other=(Other(at=0, xml="<x/>"),))
    submission = SubmissionFile(test_or_live="LIVE", contact=contact, notification_addresses=())
    made, _ = as_submission(msgspec.structs.replace(read(amendment_xml), submission=submission), Answers())
    assert made.contact == PointOfContact(name="A", email_address="a@example.com")
    assert made.notification_addresses == ()
    assert made.test_or_live == "LIVE"


def test_the_report_keeps_its_place_among_the_documents(amendment_xml: bytes) -> None:
    filing = msgspec.structs.replace(
        read(amendment_xml),
        primary=DocumentFacts(name="report.xml", description="THE REPORT", position=1),
        attachments=(Attachment(type="EX-24", name="a.txt"), Attachment(type="EX-99", name="b.htm")),
    )
    made, _ = as_submission(filing, Answers())
    assert [one.name for one in made.documents] == ["a.txt", "report.xml", "b.htm"]
    assert made.documents[1].description == "THE REPORT"


@pytest.mark.parametrize(
    ("name", "content", "made"),
    [
        ("ex24.htm", b"", "ex24.htm"),
        ("a_b-1.txt", b"", "a_b-1.txt"),
        ("EX24.HTM", b"", "ex24.htm"),
        ("poa_of_ada-v2-final.txt", b"", "poa_ofada-v2final.txt"),
        ("24.jpeg", b"", "document224.jpg"),
        ("power of attorney.html", b"", "powerofattorney.htm"),
        (r"C:\forms\Poa.TXT", b"", "poa.txt"),
        ("é.gif", b"", "e.gif"),
        (None, b"<html><body/></html>", "document2.htm"),
        ("", b"a letter", "document2.txt"),
        ("a.b.txt", b"", "ab.txt"),
        ("x" * 40 + ".txt", b"", "x" * 28 + ".txt"),
        ("<&>", b"", "document2.txt"),
    ],
    ids=range(13),
)
def test_a_file_name_edgar_would_refuse_is_made_sound_and_said(
    name: str | None, content: bytes, made: str, amendment_xml: bytes
) -> None:
    attachment = Attachment(type="EX-24", name=name, content=content)
    filing = msgspec.structs.replace(read(amendment_xml), attachments=(attachment,))
    submission, said = as_submission(filing, Answers())
    assert submission.documents[1].name == made
    assert is_sound_name(made)
    assert any("named for EDGAR: document 2" in line for line in said) == (name != made)


def test_two_documents_never_have_one_name(amendment_xml: bytes) -> None:
    names = ["EX.TXT", "ex.txt", "Ex.txt", "form4.xml"]
    attachments = tuple([Attachment(type="EX-99", name=name) for name in names])
    made, said = as_submission(msgspec.structs.replace(read(amendment_xml), attachments=attachments), Answers())
    found = [one.name for one in made.documents]
    assert found == ["form4.xml", "ex.txt", "ex2.txt", "ex3.txt", "form42.xml"]
    assert len([line for line in said if line.startswith("named for EDGAR")]) == 4


def test_an_attachment_without_type_is_said(amendment_xml: bytes) -> None:
    filing = msgspec.structs.replace(read(amendment_xml), attachments=(Attachment(name="a.txt"),))
    assert "missing: the type of document 2 (a.txt)" in as_submission(filing, Answers())[1]
