from __future__ import annotations

import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import limits
from section16.edgar.containers import Address, Attachment, DocumentFacts, Filer, SubmissionText
from section16.edgar.submission_text import looks_like_submission_text, read_submission_header, read_submission_text
from section16.edgar.submission_text_writer import write_submission_text
from section16.errors import SourceError

REPORT = b'<?xml version="1.0"?>\n<ownershipDocument>\n    <documentType>4</documentType>\n</ownershipDocument>'

FULL_TEXT = b"""\
<SEC-DOCUMENT>0001127602-25-001055.txt : 20250110
<SEC-HEADER>0001127602-25-001055.hdr.sgml : 20250110
<ACCEPTANCE-DATETIME>20250110160730
ACCESSION NUMBER:\t\t0001127602-25-001055
CONFORMED SUBMISSION TYPE:\t4
PUBLIC DOCUMENT COUNT:\t\t3

ISSUER:\t\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tAAR CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000001750
</SEC-HEADER>
<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>form4.xml
<DESCRIPTION>PRIMARY DOCUMENT
<TEXT>
<XML>
<?xml version="1.0"?>
<ownershipDocument>
    <documentType>4</documentType>
</ownershipDocument>
</XML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-24
<SEQUENCE>2
<FILENAME>poa.txt
<TEXT>

\tPOWER OF ATTORNEY to begin 644 things.

</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99
<SEQUENCE>3
<FILENAME>cat.pdf
<DESCRIPTION>A CAT
<FLAWED>
<TEXT>
<PDF>
begin 644 cat.pdf
#0V%T

end
</PDF>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

NC = b"""\
<SUBMISSION>
<ACCESSION-NUMBER>0001127602-25-001055
<TYPE>4
<PUBLIC-DOCUMENT-COUNT>3
<ISSUER>
<COMPANY-DATA>
<CONFORMED-NAME>AAR CORP
<CIK>0000001750
</COMPANY-DATA>
</ISSUER>
""" + FULL_TEXT.partition(b"</SEC-HEADER>\n")[2].replace(b"</SEC-DOCUMENT>", b"</SUBMISSION>")

MAIL = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\nMIC-Info: RSA-MD5,RSA,\n CuOXd6Aq==\n\n"


def document(kind: bytes, text: bytes, sequence: bytes = b"1", name: bytes = b"a.xml") -> bytes:
    """One document of a submission text."""
    return b"<DOCUMENT>\n<TYPE>%b\n<SEQUENCE>%b\n<FILENAME>%b\n<TEXT>\n%b\n</TEXT>\n</DOCUMENT>\n" % (
        kind,
        sequence,
        name,
        text,
    )


def in_xml(content: bytes) -> bytes:
    """An XML block."""
    return b"<XML>\n" + content + b"\n</XML>"


def submission(*documents: bytes, form: bytes = b"4") -> bytes:
    """A full text of these documents."""
    return b"<SEC-DOCUMENT>\n<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t%b\n</SEC-HEADER>\n%b</SEC-DOCUMENT>\n" % (
        form,
        b"".join(documents),
    )


def refusal(data: bytes) -> SourceError:
    """The error with which a submission text is refused."""
    with pytest.raises(SourceError) as caught:
        read_submission_text(data)
    assert str(caught.value).isprintable()
    return caught.value


def test_a_full_text_gives_header_report_and_attachments() -> None:
    read = read_submission_text(FULL_TEXT)
    assert (read.kind, read.accession, read.form_type, read.notes) == ("full text", "0001127602-25-001055", "4", ())
    assert read.filers == (Filer(role="issuer", name="AAR CORP", cik="0000001750"),)
    assert read.header.encode() == FULL_TEXT.partition(b"<DOCUMENT>")[0]
    assert read.primary == REPORT
    assert read.primary_facts == DocumentFacts(type="4", sequence="1", name="form4.xml", description="PRIMARY DOCUMENT")
    letter, cat = read.attachments
    assert letter == Attachment(
        type="EX-24", sequence="2", name="poa.txt", content=b"\n\tPOWER OF ATTORNEY to begin 644 things.\n"
    )
    assert cat == Attachment(
        type="EX-99",
        sequence="3",
        name="cat.pdf",
        description="A CAT",
        other_lines=("<FLAWED>",),
        content=b"Cat",
        encoding="uuencode",
        wrapper="PDF",
    )


def test_an_nc_file_gives_the_same() -> None:
    read, full = read_submission_text(NC), read_submission_text(FULL_TEXT)
    assert read.kind == "nc"
    for fact in ("accession", "form_type", "filers", "primary", "primary_facts", "attachments", "notes"):
        assert getattr(read, fact) == getattr(full, fact)


@pytest.mark.parametrize("text", [FULL_TEXT, NC])
def test_what_is_read_is_written_back_byte_for_byte(text: bytes) -> None:
    assert write_submission_text(read_submission_text(text)) == text


@pytest.mark.parametrize("text", [FULL_TEXT, NC])
@pytest.mark.parametrize("line_end", [b"\r", b"\r\n"])
def test_any_line_end_is_read(text: bytes, line_end: bytes) -> None:
    read, expected = read_submission_text(text.replace(b"\n", line_end)), read_submission_text(text)
    assert read.primary == REPORT.replace(b"\n", line_end)
    assert (read.filers, read.primary_facts, read.notes) == (expected.filers, expected.primary_facts, ())
    letter, cat = read.attachments
    assert letter.content == expected.attachments[0].content.replace(b"\n", line_end)
    assert cat.content == b"Cat"


@pytest.mark.parametrize(
    "text",
    [
        MAIL + FULL_TEXT + b"-----END PRIVACY-ENHANCED MESSAGE-----\n",
        b"\xef\xbb\xbf\n" + FULL_TEXT,
        FULL_TEXT.replace(b"</SEC-HEADER>\n", b"</SEC-HEADER>\n\n"),
        FULL_TEXT.replace(b"</DOCUMENT>\n", b"</DOCUMENT>\n\n"),
        FULL_TEXT.replace(b"<XML>\n", b"\n<XML>\n\n\n"),
        FULL_TEXT.replace(b"\n</XML>\n</TEXT>", b"</XML></TEXT>"),
        FULL_TEXT.removeprefix(b"<SEC-DOCUMENT>0001127602-25-001055.txt : 20250110\n").removesuffix(
            b"</SEC-DOCUMENT>\n"
        ),
    ],
    ids=["mail", "byte order mark", "blank line", "blank lines", "blank lines in XML", "one line", "no outer tag"],
)
def test_variations_of_the_frame_change_nothing_inside(text: bytes) -> None:
    assert looks_like_submission_text(text)
    read, expected = read_submission_text(text), read_submission_text(FULL_TEXT)
    assert (read.primary, read.attachments, read.notes) == (expected.primary, expected.attachments, ())


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_the_marks_of_a_mail_before_dashes_are_taken_off(line_end: bytes) -> None:
    def letter(text: bytes) -> bytes:
        return submission(document(b"4", in_xml(REPORT)), document(b"EX-24", text)).replace(b"\n", line_end)

    mailed = MAIL.replace(b"\n", line_end) + letter(b"- -----\n- a point\n- -x")
    assert read_submission_text(mailed) == read_submission_text(letter(b"-----\n- a point\n-x"))
    (loose,) = read_submission_text(letter(b"- -----")).attachments
    assert loose.content == b"- -----"


def test_a_missing_description_or_file_name_is_none() -> None:
    text = FULL_TEXT.replace(b"<DESCRIPTION>PRIMARY DOCUMENT\n", b"").replace(b"<FILENAME>form4.xml\n", b"")
    facts = read_submission_text(text).primary_facts
    assert (facts.description, facts.name) == (None, None)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_the_report_is_found_by_type_wherever_it_stands(position: int) -> None:
    others = [document(b"EX-24", b"a letter", name=b"form4.xml"), document(b"EX-99.1", in_xml(b"<other/>"))]
    others.insert(position, document(b"4/A", in_xml(REPORT), name=b"junk.bin"))
    read = read_submission_text(submission(*others, form=b"4/A"))
    assert read.primary == REPORT
    assert read.primary_facts.position == position
    assert [(part.content, part.wrapper) for part in read.attachments] == [(b"a letter", None), (b"<other/>", "XML")]
    assert read_submission_text(write_submission_text(read)) == read


def test_of_two_reports_the_lowest_sequence_comes_first_and_the_other_is_kept() -> None:
    second = REPORT.replace(b"documentType>4<", b"documentType>4/A<")
    text = submission(document(b"4", in_xml(second), b"2"), document(b"4", in_xml(REPORT), b"1"))
    read = read_submission_text(text)
    assert read.primary == REPORT
    assert [part.content for part in read.attachments] == [second]
    assert "2 ownership documents" in read.notes[0]


def test_a_report_without_a_type_is_taken_if_there_is_no_other() -> None:
    text = submission(document(b"", in_xml(REPORT)), document(b"EX-99", in_xml(REPORT)))
    read = read_submission_text(text)
    assert read.primary == REPORT
    assert "missing" in read.notes[0]


@pytest.mark.parametrize(
    "trap",
    [
        b"<remarks><![CDATA[</XML>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>]]></remarks>",
        b"<!-- </XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT> -->",
        b"<?note </XML></TEXT></DOCUMENT> ?>",
        b"<remarks>&lt;/XML> &lt;DOCUMENT> what? no!</remarks>",
    ],
)
def test_container_tags_inside_a_report_do_not_end_it(trap: bytes) -> None:
    report = REPORT.replace(b"</ownershipDocument>", trap + b"\n</ownershipDocument>")
    text = submission(document(b"4", in_xml(report)), document(b"EX-24", b"a letter"))
    read = read_submission_text(text)
    assert read.primary == report
    assert len(read.attachments) == 1
    assert read_submission_text(write_submission_text(read)) == read


def test_text_around_the_xml_of_a_report_is_kept() -> None:
    read = read_submission_text(submission(document(b"4", b"before\n" + in_xml(REPORT) + b"\nafter")))
    assert (read.primary_facts.before, read.primary, read.primary_facts.after) == (b"before", REPORT, b"after")
    assert read_submission_text(write_submission_text(read)) == read


@pytest.mark.parametrize(
    "content",
    [
        b"begin 644 a.jpg\n#0V%T",
        b"begin 644 a.jpg\n#0V%T\n\nend\nbegin 644 b.jpg\n#0V%T\n\nend",
        b"begin 644 a.jpg\nnot code\nend",
        b"begin 644 lines\n" + b"M\n" * 1000 + b"end",
    ],
)
def test_what_is_badly_uuencoded_is_kept_as_text_with_a_note(content: bytes) -> None:
    read = read_submission_text(
        submission(document(b"4", in_xml(REPORT)), document(b"GRAPHIC", content, name=b"\x1b.jpg"))
    )
    (part,) = read.attachments
    assert (part.content, part.encoding) == (content, "text")
    assert "\\x1b.jpg" in read.notes[0]


def test_an_encoding_unlike_ours_is_kept_beside_its_content() -> None:
    stored = b"begin 755 ../../cat.jpg\n!0_V0\n`\nend\n"
    read = read_submission_text(
        submission(document(b"4", in_xml(REPORT)), document(b"GRAPHIC", stored, name=b"cat.jpg"))
    )
    (part,) = read.attachments
    assert (part.content, part.encoded, part.name) == (b"C", stored, "cat.jpg")
    assert read_submission_text(write_submission_text(read)) == read


def test_bytes_above_ascii_are_kept_in_content_and_read_in_names() -> None:
    letter = document(b"EX-24", b"Ren\xe9 \xff", name=b"ren\xe9.txt")
    text = submission(document(b"4", in_xml(REPORT)), letter).replace(
        b"</SEC-HEADER>", b"ISSUER:\n\t\tCOMPANY CONFORMED NAME:\tCAF\xc9 INC\n</SEC-HEADER>"
    )
    read = read_submission_text(text)
    assert read.filers[0].name == "CAFÉ INC"
    assert (read.attachments[0].name, read.attachments[0].content) == ("rené.txt", b"Ren\xe9 \xff")
    assert read_submission_text(write_submission_text(read)) == read


def test_bytes_of_no_known_text_encoding_are_read_all_the_same() -> None:
    read = read_submission_text(submission(document(b"4", in_xml(REPORT), name=b"\x81\xe9.xml")))
    assert read.primary_facts.name == "\x81é.xml"


def test_a_hostile_file_name_is_only_a_name() -> None:
    name = b"../../etc/\x00passwd<script>" + b"x" * 5000
    read = read_submission_text(submission(document(b"4", in_xml(REPORT), name=name)))
    assert read.primary_facts.name == name.decode()


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ((b"COUNT:\t\t3", b"COUNT:\t\t7"), "header: claims 7 documents, the file holds 3"),
        ((b"TYPE:\t4", b"TYPE:\t3"), "header: form type '3', the ownership document's type '4'"),
        ((b"NUMBER:\t\t0001", b"NUMBER:\t\t0009"), "its accession number is 0009127602-25-001055"),
        ((b"NUMBER:\t\t0001", b"NUMBER:\t\tNo"), "'No127602-25-001055' is not an accession number"),
        ((b"<ACCEPTANCE-DATETIME>2025", b"<ACCEPTANCE-DATETIME>20x5"), "is not a time"),
        ((b"</SEC-DOCUMENT>\n", b"</SEC-DOCUMENT>\njunk"), "text behind the submission is left out"),
        ((b"<SEC-DOCUMENT>", b"HTTP/1.1 200 OK\n\n<SEC-DOCUMENT>"), "text before the submission is left out"),
    ],
)
def test_what_a_header_says_wrongly_is_noted(change: tuple[bytes, bytes], note: str) -> None:
    (said,) = read_submission_text(FULL_TEXT.replace(*change, 1)).notes
    assert note in said


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ((b"</SEC-HEADER>\n", b""), 1),
        ((b"<SEC-HEADER>0001127602-25-001055.hdr.sgml : 20250110\n", b""), 1),
        ((b"</SEC-HEADER>\n", b"</SEC-HEADER>\n</SEC-HEADER>\n"), 14),
        ((b"<ACCEPT", b"<SEC-HEADER>x\n<ACCEPT"), 3),
        ((b"<DOCUMENT>\n<TYPE>4", b"<DOCUMENT>\n<DOCUMENT>\n<TYPE>4"), 14),
        ((b"<DESCRIPTION>PRIMARY DOCUMENT\n<TEXT>\n", b""), 14),
        ((b"<XML>\n<?xml", b"<XML>\n<XML>\n</XML>\n<?xml"), 20),
        ((b"\n</XML>", b""), 20),
        ((b"</ownershipDocument>\n</XML>", b"<!-- </ownershipDocument>\n</XML>"), 24),
        ((b"</XML>\n", b"</XML>\n<XML>\n</XML>\n"), 20),
        ((b"things.\n\n</TEXT>\n", b"things.\n\n"), 32),
        ((b"things.\n\n</TEXT>\n</DOCUMENT>\n", b"things.\n\n</TEXT>\n"), 32),
        ((b"</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-24", b"</DOCUMENT>\njunk\n<DOCUMENT>\n<TYPE>EX-24"), 28),
        ((b"</SEC-DOCUMENT>\n", b""), 53),
        ((b"</SEC-DOCUMENT>\n", b"</SEC-DOCUMENT>\n" + FULL_TEXT), 53),
    ],
)
def test_a_tag_without_its_partner_is_refused_at_its_line(change: tuple[bytes, bytes], line: int) -> None:
    error = refusal(FULL_TEXT.replace(*change, 1))
    assert (error.code, error.line) == ("CONTAINER_MALFORMED", line)


@pytest.mark.parametrize("text", [FULL_TEXT, NC])
def test_a_submission_cut_at_any_byte_is_refused(text: bytes) -> None:
    for length in range(len(text.rstrip())):
        assert refusal(text[:length]).code == "CONTAINER_MALFORMED"


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"<html><body>Request rate exceeded</body></html>", REPORT, b"\x00" * 100]
)
def test_what_is_no_submission_text_does_not_look_like_one(data: bytes) -> None:
    assert not looks_like_submission_text(data)
    assert refusal(data).code == "CONTAINER_MALFORMED"


def test_documents_without_a_header_are_recognised_and_refused() -> None:
    data = document(b"4", in_xml(REPORT))
    assert looks_like_submission_text(data)
    assert refusal(data).code == "CONTAINER_MALFORMED"


def test_a_correction_notice_has_no_document() -> None:
    assert (
        "correction notice"
        in refusal(b"<SUBMISSION>\n<CORRECTION>\n<TIMESTAMP>20230101120000\n</SUBMISSION>\n").message
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (submission(document(b"4", b"FORM 4 in ASCII")), "LEGACY_NOT_XML"),
        (submission(document(b"4", b"<HTML>FORM 4</HTML>")), "LEGACY_NOT_XML"),
        (submission(document(b"10-K", b"text"), form=b"10-K"), "NOT_OWNERSHIP"),
        (submission(document(b"10-K", in_xml(b"<x>ownershipDocument</x>")), form=b"10-K"), "NOT_OWNERSHIP"),
        (submission(document(b"4", in_xml(b"<edgarSubmission/>"))), "NOT_OWNERSHIP"),
        (submission(document(b"EX-99", in_xml(REPORT)), form=b"8-K"), "NOT_OWNERSHIP"),
    ],
)
def test_a_submission_without_ownership_xml_is_refused_with_the_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code
    assert read_submission_header(data).form_type is not None


@pytest.mark.parametrize(
    "report",
    [
        b"<!-- a --><?b?>\n" + b"<ownershipDocument/>",
        b"\xef\xbb\xbf<ownershipDocument/>",
        b"<x:ownershipDocument xmlns:x='y'/>",
        b"<!DOCTYPE x [<!ENTITY y 'z'>]><ownershipDocument/>",
        b"<ownershipDocu\nment/>",
        b"ownershipDocument of no root at all",
    ],
)
def test_a_report_is_recognised_by_a_look_at_its_beginning(report: bytes) -> None:
    assert read_submission_text(submission(document(b"3", in_xml(report)))).primary == report


def test_the_number_of_documents_is_limited() -> None:
    exhibits = [document(b"EX-99", b"x")] * (limits.SUBMISSION_DOCUMENTS - 1)
    assert len(read_submission_text(submission(document(b"4", in_xml(REPORT)), *exhibits)).attachments) == len(exhibits)
    error = refusal(submission(document(b"4", in_xml(REPORT)), *exhibits, exhibits[0]))
    assert error.code == "LIMIT_COUNT"
    assert error.line is not None


def test_the_lines_of_a_header_are_limited() -> None:
    def text(lines: int) -> bytes:
        header = b"<SEC-DOCUMENT>\n<SEC-HEADER>\n" + b"x\n" * (lines - 3) + b"</SEC-HEADER>\n"
        return header + document(b"4", in_xml(REPORT)) + b"</SEC-DOCUMENT>\n"

    assert (
        read_submission_text(text(limits.SUBMISSION_HEADER_LINES)).header.count("\n") == limits.SUBMISSION_HEADER_LINES
    )
    assert refusal(text(limits.SUBMISSION_HEADER_LINES + 1)).code == "LIMIT_COUNT"
    crowded = submission(document(b"4\n" + b"x\n" * limits.SUBMISSION_HEADER_LINES, in_xml(REPORT)))
    assert refusal(crowded).code == "LIMIT_COUNT"


@pytest.mark.parametrize("line_end", [b"\n", b"\r"])
def test_the_length_of_a_line_is_limited(line_end: bytes) -> None:
    def text(length: int) -> bytes:
        body = submission(document(b"4", in_xml(REPORT)), document(b"EX-99", b"short\n" + b"x" * length + b"\nshort"))
        return body.replace(b"\n", line_end)

    assert read_submission_text(text(limits.SUBMISSION_LINE_BYTES)).attachments
    error = refusal(text(limits.SUBMISSION_LINE_BYTES + 1))
    assert (error.code, error.line) == ("LIMIT_SIZE", 24)


def test_the_size_of_a_submission_is_limited() -> None:
    frame = submission(document(b"4", in_xml(REPORT)), document(b"EX-99", b""))
    room = limits.SUBMISSION_BYTES - len(frame)
    text = frame.replace(b"<TEXT>\n\n", b"<TEXT>\n" + b"x" * 63 + b"\n" * (room - 63) + b"\n")
    assert len(text) == limits.SUBMISSION_BYTES
    assert read_submission_text(text).primary == REPORT
    assert refusal(text + b"\n").code == "LIMIT_SIZE"


def test_markup_without_an_end_does_not_take_long() -> None:
    for filling in (b"<!--\n", b"<?\n", b"<![CDATA[\n"):
        swollen = submission(document(b"4", in_xml(b"<ownershipDocument>" + filling * 200_000)))
        assert refusal(swollen).code == "CONTAINER_MALFORMED"
    long = submission(document(b"4", in_xml(b"<ownershipDocument>" + b"<!---->\n" * 800_000)))
    assert refusal(long).code == "LIMIT_SIZE"


@pytest.mark.parametrize(
    "broken",
    [
        SubmissionText(primary=b"<a></XML></a>"),
        SubmissionText(primary=REPORT, primary_facts=DocumentFacts(name="two\nlines")),
        SubmissionText(primary=REPORT, attachments=(Attachment(content=b"a</TEXT>\n</DOCUMENT>"),)),
        SubmissionText(primary=REPORT, attachments=(Attachment(other_lines=("<A>\r<TYPE>4",)),)),
    ],
)
def test_what_would_end_a_document_too_early_is_not_written(broken: SubmissionText) -> None:
    with pytest.raises(SourceError) as caught:
        write_submission_text(broken)
    assert caught.value.code == "CONTAINER_MALFORMED"


def test_an_attachment_from_a_submission_file_is_written_as_text_or_uuencoded() -> None:
    text = Attachment(type="EX-24", name="a.txt", content=b"a letter", encoding="base64")
    picture = Attachment(type="EX-99", name="a.jpg", content=bytes(range(99)), encoding="base64")
    made = SubmissionText(
        form_type="4", primary=REPORT, primary_facts=DocumentFacts(type="4"), attachments=(text, picture)
    )
    read = read_submission_text(write_submission_text(made))
    assert [(part.content, part.encoding) for part in read.attachments] == [
        (b"a letter", "text"),
        (bytes(range(99)), "uuencode"),
    ]


WORD = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=20)
MAYBE = st.none() | WORD
TEXT = st.text(alphabet="ab \n\r\t<>é", max_size=80).map(str.encode)
ATTACHMENT = st.builds(
    Attachment,
    type=st.sampled_from(["EX-24", "EX-99.1", "GRAPHIC"]),
    sequence=MAYBE,
    name=MAYBE,
    description=MAYBE,
    content=TEXT,
) | st.builds(
    Attachment,
    type=st.just("GRAPHIC"),
    sequence=MAYBE,
    name=MAYBE,
    content=st.binary(max_size=200),
    encoding=st.just("uuencode"),
    wrapper=st.sampled_from([None, "PDF"]),
)
MADE = st.builds(
    SubmissionText,
    kind=st.sampled_from(["full text", "nc"]),
    accession=st.just("9999000001-26-000001"),
    form_type=st.sampled_from(["3", "4/A", "5"]),
    filers=st.lists(
        st.builds(Filer, role=st.just("issuer"), name=MAYBE, mail_address=st.builds(Address, city=MAYBE)), max_size=2
    ).map(tuple),
    primary=TEXT.map(lambda text: b"<ownershipDocument><!--" + text.replace(b"-", b"") + b"--></ownershipDocument>"),
    primary_facts=st.builds(DocumentFacts, sequence=MAYBE, name=MAYBE, description=MAYBE),
    attachments=st.lists(ATTACHMENT, max_size=3).map(tuple),
)


@given(MADE, st.integers(0, 3))
def test_any_submission_survives_writing_and_reading(made: SubmissionText, position: int) -> None:
    facts = msgspec.structs.replace(
        made.primary_facts, type=made.form_type, position=min(position, len(made.attachments))
    )
    made = msgspec.structs.replace(made, primary_facts=facts)
    read = read_submission_text(write_submission_text(made))
    assert read.header
    assert msgspec.structs.replace(read, header="") == made
    assert read_submission_text(write_submission_text(read)) == read


@given(st.data())
def test_a_changed_submission_is_read_or_refused_and_never_crashes(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([FULL_TEXT, NC]))
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
        piece = data.draw(st.sampled_from([b"", text[at:to] * 2, b"<DOCUMENT>\n", b"</XML>", b"<!--", b"\x00", b"\r"]))
        text = text[:at] + piece + text[min(to, at + data.draw(st.integers(0, 40))) :]
    try:
        read = read_submission_text(text)
    except SourceError:
        return
    assert read_submission_text(write_submission_text(read)).primary == read.primary


def real_submissions(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Every full submission of the corpus: name and bytes."""
    folder = corpus / "submissions"
    yield from ((path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt")))
    for bundle in sorted((corpus / "bulk").glob("*.tar.xz")):
        with tarfile.open(bundle) as archive:
            members = (member for member in archive if member.isfile())
            yield from (
                (Path(member.name).name, opened.read()) for member in members if (opened := archive.extractfile(member))
            )


def test_every_real_submission_is_read_and_written_back(corpus: Path) -> None:
    count = 0
    for name, data in real_submissions(corpus):
        assert looks_like_submission_text(data), name
        if b"<ownershipDocument" not in data:
            assert refusal(data).code == "LEGACY_NOT_XML", name
            continue
        read = read_submission_text(data)
        assert read.notes == (), name
        assert read.accession is not None, name
        assert {filer.role for filer in read.filers} == {"issuer", "reporting-owner"}, name
        assert all(filer.name and filer.cik for filer in read.filers), name
        assert read.primary.startswith(b"<?xml"), name
        assert read.primary.rstrip().endswith(b"</ownershipDocument>"), name
        written = write_submission_text(read)
        assert written == data.rstrip() + b"\n" or MAIL[:30] in data or b"\r" in data, name
        assert read_submission_text(written) == read, name
        count += 1
    assert count > 600


def test_a_real_header_written_anew_in_either_style_keeps_its_facts(corpus: Path) -> None:
    for name, data in islice(real_submissions(corpus), 0, None, 50):
        if b"<ownershipDocument" not in data:
            continue
        read = read_submission_text(data)
        for kind in ("full text", "nc"):
            bare = msgspec.structs.replace(read, header="", kind=kind)
            again = read_submission_text(write_submission_text(bare))
            assert msgspec.structs.replace(again, header="") == bare, name
