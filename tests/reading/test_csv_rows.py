"""Lines of a report as CSV: one row a line, one header for all reports, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.ownership_xml import read_ownership_xml
from section16.form.document import Issuer, OwnershipDocument
from section16.reading.csv_rows import csv_header, csv_rows, guarded

REPORT = b"""<ownershipDocument>
<schemaVersion>X0508</schemaVersion><documentType>4/A</documentType>
<periodOfReport>2023-09-01-05:00</periodOfReport><dateOfOriginalSubmission>2023-09-05</dateOfOriginalSubmission>
<issuer><issuerCik>0000000016</issuerCik><issuerName>Acme, Inc.</issuerName></issuer>
<reportingOwner><reportingOwnerId><rptOwnerCik>0000000017</rptOwnerCik><rptOwnerCcc>hush#123</rptOwnerCcc>
<rptOwnerName>DOE JANE</rptOwnerName></reportingOwnerId>
<reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship></reportingOwner>
<reportingOwner><reportingOwnerId><rptOwnerCik>0000000018</rptOwnerCik><rptOwnerName>FUND LP</rptOwnerName>
</reportingOwnerId><reportingOwnerRelationship><isTenPercentOwner>true</isTenPercentOwner>
</reportingOwnerRelationship></reportingOwner>
<nonDerivativeTable>
<nonDerivativeHolding><securityTitle><value>Class B</value></securityTitle>
<postTransactionAmounts><sharesOwnedFollowingTransaction><value>7.50</value></sharesOwnedFollowingTransaction>
</postTransactionAmounts></nonDerivativeHolding>
<nonDerivativeTransaction><securityTitle><value>=cmd()</value></securityTitle>
<transactionDate><value>2023-09-01</value></transactionDate>
<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S</transactionCode>
<equitySwapInvolved>0</equitySwapInvolved><footnoteId id="F2"/></transactionCoding>
<transactionAmounts><transactionShares><value>13334.00</value><footnoteId id="F1"/><footnoteId id="F2"/>
</transactionShares><transactionPricePerShare><value>-5</value></transactionPricePerShare></transactionAmounts>
</nonDerivativeTransaction>
</nonDerivativeTable>
<derivativeTable><derivativeTransaction><securityTitle><value>Option</value></securityTitle>
<exerciseDate><footnoteId id="F1"/></exerciseDate>
<underlyingSecurity><underlyingSecurityShares><value>+10</value></underlyingSecurityShares></underlyingSecurity>
</derivativeTransaction></derivativeTable>
<footnotes><footnote id="F1">First.</footnote><footnote id="F2">Second, "quoted".</footnote>
<footnote id="F3">Nobody refers to it.</footnote></footnotes>
<remarks>@home</remarks>
</ownershipDocument>"""


def read_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def document() -> OwnershipDocument:
    return read_ownership_xml(REPORT)


@pytest.fixture(scope="module")
def rows(document: OwnershipDocument) -> list[dict[str, str]]:
    return read_rows(csv_rows(document))


def test_every_line_of_both_tables_is_a_row_in_document_order(rows: list[dict[str, str]]) -> None:
    assert [(row["table"], row["line"], row["kind"]) for row in rows] == [
        ("I", "1", "holding"),
        ("I", "2", "transaction"),
        ("II", "1", "transaction"),
    ]


def test_every_row_says_which_report_it_is_from(document: OwnershipDocument) -> None:
    accepted = datetime(2023, 9, 8, 16, 30, tzinfo=timezone(timedelta(hours=-4)))
    data = csv_rows(document, accession="0000000016-23-000001", filed_on=date(2023, 9, 8), accepted_at=accepted)
    for row in read_rows(data):
        assert row["accession"] == "0000000016-23-000001"
        assert row["filed_on"] == "2023-09-08"
        assert row["accepted_at"] == "2023-09-08T16:30:00-04:00"
        assert (row["document_type"], row["period_of_report"]) == ("4/A", "2023-09-01")
        assert (row["issuer_cik"], row["issuer_name"]) == ("0000000016", "Acme, Inc.")


def test_each_owner_keeps_its_place_in_every_column_of_owners(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["rpt_owner_cik"] == "0000000017; 0000000018"
        assert row["rpt_owner_name"] == "DOE JANE; FUND LP"
        assert row["is_director"] == "true; "
        assert row["is_ten_percent_owner"] == "; true"
        assert row["is_officer"] == ""


def test_numbers_stand_as_filed_and_footnotes_beside_them(rows: list[dict[str, str]]) -> None:
    sale = rows[1]
    assert (sale["transaction_shares"], sale["transaction_shares_footnotes"]) == ("13334.00", "F1 F2")
    assert sale["transaction_coding_footnotes"] == "F2"
    assert sale["equity_swap_involved"] == "false"
    assert rows[0]["shares_owned_following_transaction"] == "7.50"
    assert rows[2]["underlying_security_shares"] == "10"
    assert (rows[2]["exercise_date"], rows[2]["exercise_date_footnotes"]) == ("", "F1")


def test_a_line_has_the_footnotes_it_refers_to_in_its_own_order(rows: list[dict[str, str]]) -> None:
    assert rows[0]["footnote_texts"] == ""
    assert rows[1]["footnote_texts"] == 'F2: Second, "quoted".\nF1: First.'
    assert rows[2]["footnote_texts"] == "F1: First."


def test_a_text_that_a_spreadsheet_would_run_is_guarded(rows: list[dict[str, str]]) -> None:
    assert rows[1]["security_title"] == "'=cmd()"
    assert rows[1]["transaction_price_per_share"] == "'-5"
    assert rows[1]["remarks"] == "'@home"


def test_the_confirmation_code_is_nowhere(document: OwnershipDocument) -> None:
    assert b"hush" not in csv_rows(document)


def test_what_is_not_ascii_stands_as_utf8(document: OwnershipDocument) -> None:
    named = msgspec.structs.replace(document, issuer=Issuer(name="Société Générale"))
    assert read_rows(csv_rows(named))[0]["issuer_name"] == "Société Générale"


def test_reports_without_their_headers_make_one_file(document: OwnershipDocument) -> None:
    empty = OwnershipDocument(document_type="3")
    joined = csv_rows(empty) + csv_rows(document, header=False) + csv_rows(document, header=False)
    assert len(read_rows(joined)) == 6
    assert csv_rows(empty) == csv_rows(document).split(b"\r\n")[0] + b"\r\n"


def test_the_columns_are_pinned_where_readers_count_on_them() -> None:
    header = csv_header()
    assert header[:5] == ("accession", "filed_on", "accepted_at", "schema_version", "document_type")
    assert header[-2:] == ("footnote_texts", "remarks")
    assert len(set(header)) == len(header)
    table_two = ["transaction_acquired_disposed_code", "exercise_date", "expiration_date", "underlying_security_title"]
    places = [header.index(name) for name in table_two]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        (" \t@x", "'@x"),
        ("\uff1d1", "'\uff1d1"),
        ("\ufe63x", "'\ufe63x"),
        ("-", "'-"),
        ("a=b", "a=b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("abc\u202edef", "abc\\u202edef"),
        ("a\r\nb\rc", "a\nb\\rc"),
        ("\ud800", "\\ud800"),
        ("", ""),
    ],
)
def test_guarded_shows_what_is_there_and_runs_nothing(text: str, shown: str) -> None:
    assert guarded(text) == shown


@given(st.text(max_size=30))
def test_no_text_begins_a_formula_or_hides_a_character(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\x1b" not in cell
    assert "\u202e" not in cell


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_survives_as_a_field(title: str, name: str) -> None:
    one = OwnershipDocument(
        issuer=Issuer(name=name),
        remarks=title,
        non_derivative_table=read_ownership_xml(REPORT).non_derivative_table,
    )
    rows = read_rows(csv_rows(one))
    assert [(row["issuer_name"], row["remarks"]) for row in rows] == [(guarded(name), guarded(title))] * 2


def test_real_reports_have_a_row_a_line(corpus: Path) -> None:
    paths = sorted((corpus / "xml").glob("*.xml"))[::40] + sorted((corpus / "xml-abridged").glob("*.xml"))
    assert paths
    for path in paths:
        report = read_ownership_xml(path.read_bytes())
        rows = read_rows(csv_rows(report))
        assert len(rows) == len(report.table_one) + len(report.table_two), path
        for row, line in zip(rows, (*report.table_one, *report.table_two), strict=True):
            assert row["security_title"].lstrip("'") == guarded((line.title and line.title.text) or "").lstrip("'")
