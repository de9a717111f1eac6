from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import limits
from section16.edgar.containers import Address, Filer, FormerName, SubmissionHeader, SubmissionText
from section16.edgar.header_words import WORDS
from section16.edgar.sgml_header import EASTERN, looks_like_header_page, read_header, read_header_page
from section16.edgar.sgml_header_writer import label_header, tag_header
from section16.edgar.submission_text import read_submission_header
from section16.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

LABELS = """\
<SEC-DOCUMENT>0001062993-24-012217.txt : 20240607
<SEC-HEADER>0001062993-24-012217.hdr.sgml : 20240607
<ACCEPTANCE-DATETIME>20240607181030
ACCESSION NUMBER:\t\t0001062993-24-012217
CONFORMED SUBMISSION TYPE:\t4
PUBLIC DOCUMENT COUNT:\t\t1
CONFORMED PERIOD OF REPORT:\t20240605
FILED AS OF DATE:\t\t20240607
DATE AS OF CHANGE:\t\t20240607

REPORTING-OWNER:\t

\tOWNER DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tWeaver: Joan
\t\tCENTRAL INDEX KEY:\t\t\t0001641388
\t\tORGANIZATION NAME:           \t

\tFILING VALUES:
\t\tFORM TYPE:\t\t4
\t\tSEC ACT:\t\t1934 Act
\t\tSEC FILE NUMBER:\t001-12648
\t\tFILM NUMBER:\t\t241030989

\tMAIL ADDRESS:\t
\t\tSTREET 1:\t\tONE TECHNOLOGY WAY
\t\tCITY:\t\t\tNORWOOD
\t\tSTATE:\t\t\tMA
\t\tZIP:\t\t\t02062

\tFORMER NAME:\t
\t\tFORMER CONFORMED NAME:\tMiller Joan
\t\tDATE OF NAME CHANGE:\t20120301

ISSUER:\t\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tAIR & PARTS INC
\t\tCENTRAL INDEX KEY:\t\t\t0000914156
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tAIRCRAFT & PARTS [3720]
\t\tORGANIZATION NAME:           \t04 Manufacturing
\t\tEIN:\t\t\t\t042314970
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t1231

\tBUSINESS ADDRESS:\t
\t\tSTREET 1:\t\t100 HALE STREET
\t\tCITY:\t\t\tNEWBURYPORT
\t\tSTATE:\t\t\tMA
\t\tZIP:\t\t\t01950
\t\tBUSINESS PHONE:\t\t978-352-2200
</SEC-HEADER>
"""

TAGS = """\
<SEC-HEADER>0001062993-24-012217.hdr.sgml : 20240607
<ACCEPTANCE-DATETIME>20240607181030
<ACCESSION-NUMBER>0001062993-24-012217
<TYPE>4
<PUBLIC-DOCUMENT-COUNT>1
<PERIOD>20240605
<FILING-DATE>20240607
<DATE-OF-FILING-DATE-CHANGE>20240607
<REPORTING-OWNER>
<OWNER-DATA>
<CONFORMED-NAME>Weaver: Joan
<CIK>0001641388
<ORGANIZATION-NAME>
</OWNER-DATA>
<FILING-VALUES>
<FORM-TYPE>4
<ACT>34
<FILE-NUMBER>001-12648
<FILM-NUMBER>241030989
</FILING-VALUES>
<MAIL-ADDRESS>
<STREET1>ONE TECHNOLOGY WAY
<CITY>NORWOOD
<STATE>MA
<ZIP>02062
</MAIL-ADDRESS>
<FORMER-NAME>
<FORMER-CONFORMED-NAME>Miller Joan
<DATE-CHANGED>20120301
</FORMER-NAME>
</REPORTING-OWNER>
<ISSUER>
<COMPANY-DATA>
<CONFORMED-NAME>AIR & PARTS INC
<CIK>0000914156
<ASSIGNED-SIC>3720
<ORGANIZATION-NAME>04 Manufacturing
<IRS-NUMBER>042314970
<STATE-OF-INCORPORATION>DE
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<BUSINESS-ADDRESS>
<STREET1>100 HALE STREET
<CITY>NEWBURYPORT
<STATE>MA
<ZIP>01950
<PHONE>978-352-2200
</BUSINESS-ADDRESS>
</ISSUER>
</SEC-HEADER>
"""

FACTS = SubmissionHeader(
    accession="0001062993-24-012217",
    form_type="4",
    document_count=1,
    period=date(2024, 6, 5),
    filed_on=date(2024, 6, 7),
    accepted_at=datetime(2024, 6, 7, 18, 10, 30, tzinfo=EASTERN),
    changed_on=date(2024, 6, 7),
    filers=(
        Filer(
            role="reporting-owner",
            name="Weaver: Joan",
            cik="0001641388",
            organization_name="",
            form_type="4",
            act="34",
            file_number="001-12648",
            film_number="241030989",
            mail_address=Address(street1="ONE TECHNOLOGY WAY", city="NORWOOD", state="MA", zip="02062"),
            former_names=(FormerName(name="Miller Joan", changed_on=date(2012, 3, 1)),),
        ),
        Filer(
            role="issuer",
            name="AIR & PARTS INC",
            cik="0000914156",
            sic="3720",
            organization_name="04 Manufacturing",
            irs_number="042314970",
            state_of_incorporation="DE",
            fiscal_year_end="1231",
            business_address=Address(
                street1="100 HALE STREET", city="NEWBURYPORT", state="MA", zip="01950", phone="978-352-2200"
            ),
        ),
    ),
)


def facts(text: str) -> SubmissionHeader:
    return msgspec.structs.replace(read_header(text), text="")


def test_both_styles_of_one_header_give_the_same_facts() -> None:
    assert facts(LABELS) == FACTS
    assert facts(TAGS) == FACTS


def test_every_known_word_leads_to_a_fact_of_a_record() -> None:
    fields = {
        0: set(SubmissionHeader.__struct_fields__),
        1: set(Filer.__struct_fields__),
        2: set(Address.__struct_fields__),
        3: set(FormerName.__struct_fields__),
        5: set(Filer.__struct_fields__),
    }
    assert [word for word, (place, fact) in WORDS.items() if fact not in fields.get(place, {fact})] == []


def test_the_text_of_a_header_is_kept_whole_with_the_lines_nobody_knows() -> None:
    text = LABELS.replace("PUBLIC DOCUMENT", "ITEM INFORMATION:\t\tsomething new\nPUBLIC DOCUMENT")
    assert read_header(text).text == text
    assert facts(text) == FACTS


@pytest.mark.parametrize("line_end", ["\r", "\r\n", "\n"])
def test_line_ends_do_not_change_the_facts(line_end: str) -> None:
    assert facts(LABELS.replace("\n", line_end)) == FACTS
    assert facts(TAGS.replace("\n", line_end)) == FACTS


def test_a_header_of_2000_mixes_the_styles_and_names_a_subject_company() -> None:
    text = (
        "<SEC-DOCUMENT>0001094891-00-000193.txt : 20000316\n"
        "<SEC-HEADER>0001094891-00-000193.hdr.sgml : 20000316\n"
        "CONFORMED SUBMISSION TYPE:\t4\n"
        "\nSUBJECT COMPANY:\n\n\tCOMPANY DATA:\n"
        "\t\tCOMPANY CONFORMED NAME:\t\t\tPRODUCTIVITY TECHNOLOGIES CORP /\n"
        "\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tMETALWORKING MACHINERY & EQUIPMENT [3540]\n"
        "<REPORTING-OWNER>\n\nCOMPANY DATA:\n"
        "\tCOMPANY CONFORMED NAME:\t\t\tFOSTER ALAN H\n"
        "\tSTANDARD INDUSTRIAL CLASSIFICATION:\t []\n"
        "<RELATIONSHIP>DIRECTOR\n\nMAIL ADDRESS:\n\tCITY:\t\t\tNEW YORK\n"
        "</REPORTING-OWNER>\n</SEC-HEADER>\n"
    )
    company, owner = read_header(text).filers
    assert (company.role, company.sic) == ("subject-company", "3540")
    assert (owner.role, owner.name, owner.sic, owner.relationship) == (
        "reporting-owner",
        "FOSTER ALAN H",
        "",
        "DIRECTOR",
    )
    assert owner.mail_address == Address(city="NEW YORK")
    assert read_header(text).accession == "0001094891-00-000193"


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("ACCESSION NUMBER: 1234", "accession"),
        ("PUBLIC DOCUMENT COUNT: many", "document_count"),
        ("CONFORMED PERIOD OF REPORT: 20230229", "period"),
        ("CONFORMED PERIOD OF REPORT: 2023W011", "period"),
        ("FILED AS OF DATE: 2023-01-01", "filed_on"),
        ("FILED AS OF DATE: ٢٠٢٣٠١٠١", "filed_on"),
        ("DATE AS OF CHANGE: 00000000", "changed_on"),
        ("<ACCEPTANCE-DATETIME>20230101", "accepted_at"),
        ("<ACCEPTANCE-DATETIME>20230101240000", "accepted_at"),
        ("<ACCEPTANCE-DATETIME>99991231235959", "accepted_at"),
    ],
)
def test_a_value_that_cannot_be_read_is_none_with_a_note_and_stays_in_the_text(line: str, fact: str) -> None:
    header = read_header(f"<SEC-HEADER>\n{line}\n</SEC-HEADER>\n")
    assert getattr(header, fact) is None
    assert len(header.notes) == 1
    assert line in header.text


def test_a_blank_or_missing_value_is_none_without_a_note() -> None:
    header = read_header("FILED AS OF DATE:\t\t\nCONFORMED SUBMISSION TYPE:\n")
    assert header == SubmissionHeader(text=header.text)


def test_the_first_of_two_values_counts_with_a_note() -> None:
    header = read_header("FILED AS OF DATE: 20230102\nFILED AS OF DATE: 20230103\n")
    assert header.filed_on == date(2023, 1, 2)
    assert header.notes == ("header: FILED AS OF DATE is given twice in one place, the first counts",)


def test_an_accession_number_at_odds_with_the_files_name_is_noted() -> None:
    header = read_header(LABELS.replace("<SEC-DOCUMENT>0001062993", "<SEC-DOCUMENT>0009999999"))
    assert header.accession == "0001062993-24-012217"
    assert "0009999999-24-012217" in header.notes[0]


def test_a_block_before_any_party_belongs_to_none() -> None:
    header = read_header("\tMAIL ADDRESS:\n\t\tCITY:\tNOWHERE\nISSUER:\n\t\tCITY:\tNOWHERE EITHER\n")
    assert header.filers == (Filer(role="issuer"),)
    assert len(header.notes) == 1


def test_hostile_words_in_a_header_stay_words() -> None:
    name = "\x1b[31mRED\x00 <script>alert(1)</script> \u202eABC"
    (filer,) = read_header(f"ISSUER:\n\t\tCOMPANY CONFORMED NAME:\t{name}\n").filers
    assert filer.name == name
    notes = read_header(f"FILED AS OF DATE: {name}\n").notes
    assert notes
    assert notes[0].isprintable()


@pytest.mark.parametrize(
    ("digits", "utc"),
    [
        ("20240607181030", datetime(2024, 6, 7, 22, 10, 30, tzinfo=UTC)),
        ("20240107181030", datetime(2024, 1, 7, 23, 10, 30, tzinfo=UTC)),
        ("20231105013000", datetime(2023, 11, 5, 5, 30, tzinfo=UTC)),
        ("20230312023000", datetime(2023, 3, 12, 7, 30, tzinfo=UTC)),
    ],
)
def test_acceptance_is_eastern_time_and_clock_changes_are_read_by_one_rule(digits: str, utc: datetime) -> None:
    header = read_header(f"<ACCEPTANCE-DATETIME>{digits}\n")
    assert header.accepted_at is not None
    assert header.accepted_at.astimezone(UTC) == utc
    assert f"{header.accepted_at:%Y%m%d%H%M%S}" == digits
    assert bool(header.notes) == digits.startswith(("20231105", "20230312"))


def test_a_header_page_carries_its_header_in_a_comment() -> None:
    page = f"<HTML><HEAD><TITLE>x</TITLE>\n<!--\n{TAGS}-->\n</HEAD><BODY><PRE>&lt;SEC-HEADER&gt;</PRE></BODY></HTML>"
    assert looks_like_header_page(page.encode())
    assert msgspec.structs.replace(read_header_page(page.encode()), text="") == FACTS
    assert not looks_like_header_page(b"<html><body>Request rate exceeded</body></html>")


def test_a_header_page_is_bounded_and_whole() -> None:
    many = b"<html><SEC-HEADER>" + b"x\n" * (limits.SUBMISSION_HEADER_LINES + 1) + b"</SEC-HEADER>"
    for page, code in ((b"<html><SEC-HEADER>\n", "CONTAINER_MALFORMED"), (many, "LIMIT_COUNT")):
        with pytest.raises(SourceError) as refusal:
            read_header_page(page)
        assert refusal.value.code == code


LINE = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=30)
MAYBE = st.none() | LINE
ADDRESS = st.builds(Address, street1=MAYBE, street2=MAYBE, city=MAYBE, state=MAYBE, zip=MAYBE, phone=MAYBE)
DAY = st.dates(min_value=date(1900, 1, 1))
MOMENT = st.datetimes(min_value=datetime(1993, 1, 1), max_value=datetime(2199, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=EASTERN)
)
FILER = st.builds(
    Filer,
    role=st.sampled_from(["issuer", "reporting-owner", "subject-company", "filed-by", "filer", "depositor"]),
    name=MAYBE,
    cik=MAYBE,
    sic=st.none() | st.from_regex(r"[0-9]{0,4}", fullmatch=True),
    organization_name=MAYBE,
    irs_number=MAYBE,
    state_of_incorporation=MAYBE,
    fiscal_year_end=MAYBE,
    relationship=MAYBE,
    form_type=MAYBE,
    act=st.none() | st.sampled_from(["", "33", "34", "40"]),
    file_number=MAYBE,
    film_number=MAYBE,
    business_address=st.none() | ADDRESS,
    mail_address=st.none() | ADDRESS,
    former_names=st.lists(st.builds(FormerName, name=MAYBE, changed_on=st.none() | DAY), max_size=3).map(tuple),
)
SUBMISSION = st.builds(
    SubmissionText,
    accession=st.none() | st.from_regex(r"[0-9]{10}-[0-9]{2}-[0-9]{6}", fullmatch=True),
    form_type=st.none() | st.sampled_from(["3", "4/A", "5"]),
    period=st.none() | DAY,
    filed_on=st.none() | DAY,
    accepted_at=st.none() | MOMENT,
    changed_on=st.none() | DAY,
    filers=st.lists(FILER, max_size=4).map(tuple),
    primary=st.just(b""),
)


@given(SUBMISSION)
def test_a_header_written_in_either_style_reads_back_to_the_same_facts(submission: SubmissionText) -> None:
    labels = read_header(label_header(submission, 3, {"3720": "AIRCRAFT & PARTS"}))
    tags = read_header(tag_header(submission, 3))
    for header in (labels, tags):
        for fact in ("accession", "form_type", "period", "filed_on", "accepted_at", "changed_on", "filers"):
            assert getattr(header, fact) == getattr(submission, fact)
        assert header.document_count == 3


def test_a_written_header_has_the_lines_of_edgars_own() -> None:
    text = LABELS.replace("EIN:", "IRS NUMBER:")
    written = SubmissionText(
        primary=b"",
        **{
            fact: getattr(FACTS, fact)
            for fact in FACTS.__struct_fields__
            if fact not in ("text", "notes", "document_count")
        },
    )
    assert label_header(written, 1, {"3720": "AIRCRAFT & PARTS"}) == text
    assert tag_header(written, 1) == (
        TAGS.replace("<SEC-HEADER>0001062993-24-012217.hdr.sgml : 20240607", "<SUBMISSION>")
        .replace("FORMER-NAME>", "FORMER-COMPANY>")
        .removesuffix("</SEC-HEADER>\n")
    )


@pytest.mark.parametrize("value", ["two\nlines", "two\rlines"])
def test_a_fact_with_a_line_end_cannot_smuggle_in_a_line(value: str) -> None:
    submission = SubmissionText(primary=b"", filers=(Filer(role="issuer", name=value),))
    with pytest.raises(SourceError, match="CONTAINER_MALFORMED"):
        label_header(submission, 1, {})
    with pytest.raises(SourceError, match="CONTAINER_MALFORMED"):
        tag_header(submission, 1)


def test_the_real_header_page_and_the_oldest_header_are_read(corpus: Path) -> None:
    page = read_header_page((corpus / "html" / "index-headers-form4.html").read_bytes())
    assert page.accession == "0001062993-24-012217"
    assert [(filer.role, filer.cik) for filer in page.filers] == [
        ("reporting-owner", "0001641388"),
        ("issuer", "0000914156"),
    ]
    old = read_submission_header((corpus / "submissions" / "0001094891-00-000193.txt").read_bytes())
    assert (old.accession, old.period) == ("0001094891-00-000193", date(2000, 2, 29))
    assert [filer.role for filer in old.filers] == ["subject-company", "reporting-owner"]
