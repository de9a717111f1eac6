from __future__ import annotations

import gzip
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.filing_index import IndexLine, filings_of, read_index
from section16.edgar.filing_index_writer import write_index
from section16.errors import SourceError
from section16.identifiers import accession

if TYPE_CHECKING:
    from section16.edgar.dissemination_paths import IndexKind

HEAD = "Description:           Master Index\nLast Data Received:    June 30, 2023\n \n \n"
FORM = f"""{HEAD}Form Type   Company Name                                                  CIK         Date Filed  File Name
{"-" * 141}
4           ACME CORP                                                     1000228     2023-05-18  edgar/data/1000228/0001209191-23-030632.txt
4           DOE JANE                                                      1234567     2023-05-18  edgar/data/1234567/0001209191-23-030632.txt
X-17A-5     UNITED PLANNERS' FINANCIAL SERVICES OF AMERICA A LIMITED PARTNER  820694      2023-05-19  edgar/data/820694/9999999997-21-003146.txt
"""  # noqa: E501 - the columns of the file
COMPANY = f"""{HEAD}Company Name                                                  Form Type   CIK
      Date Filed  File Name
{"-" * 145}
ACME CORP                                                     4           1000228     20230518    edgar/data/1000228/0001209191-23-030632.txt         
SECOND TRUST FBO ANNE  MARIE WESTPHAL u/a of JEFFREY R. WESTPHAL dated October 5, 2001  SC 13G  1818852     20230518    edgar/data/1818852/0001104659-23-041702.txt         
"""  # noqa: E501, W291 - the columns of the file, and the blanks at its lines' ends
MASTER = f"""{HEAD}CIK|Company Name|Form Type|Date Filed|Filename
{"-" * 80}
1000228|ACME CORP|4|2023-05-18|edgar/data/1000228/0001209191-23-030632.txt
11860|BETHLEHEM | STEEL /DE/|10-Q|2023-05-18|edgar/data/11860/0000011860-94-000005.txt
"""
CRAWLER = f"""{HEAD}Company Name                                                  Form Type   CIK
      Date Filed  URL 
{"-" * 170}
ACME CORP                                                     4           1000228     20230518    http://www.sec.gov/Archives/edgar/data/1000228/0001209191-23-030632-index.htm         
"""  # noqa: W291 - as above
ACME = IndexLine(
    form="4", company="ACME CORP", cik="1000228", filed_on=date(2023, 5, 18), accession="0001209191-23-030632"
)


@pytest.mark.parametrize("text", [FORM, COMPANY, MASTER, CRAWLER])
def test_every_layout_gives_the_same_line(text: str) -> None:
    assert read_index(text.encode())[0] == ACME


def test_names_longer_than_their_column_push_the_others_to_the_right() -> None:
    last = read_index(FORM.encode())[-1]
    assert (last.form, last.cik) == ("X-17A-5", "820694")
    assert last.company == "UNITED PLANNERS' FINANCIAL SERVICES OF AMERICA A LIMITED PARTNER"
    last = read_index(COMPANY.encode())[-1]
    assert last.form == "SC 13G"
    assert last.company.endswith("JEFFREY R. WESTPHAL dated October 5, 2001")
    assert read_index(MASTER.encode())[-1].company == "BETHLEHEM | STEEL /DE/"


def test_only_the_forms_asked_for_come() -> None:
    assert [line.form for line in read_index(FORM.encode(), {"X-17A-5"})] == ["X-17A-5"]
    assert read_index(FORM.encode(), {"5"}) == []


def test_a_filing_is_one_entry_with_all_its_filers() -> None:
    first, second = filings_of(read_index(FORM.encode()))
    assert (first.accession, first.ciks) == ("0001209191-23-030632", ("1000228", "1234567"))
    assert second.ciks == ("820694",)


@pytest.mark.parametrize("size", range(1, 45))
def test_a_cut_last_line_makes_the_index_invalid(size: int) -> None:
    with pytest.raises(SourceError) as refused:
        read_index(MASTER.encode().rstrip()[:-size])
    assert refused.value.code == "INDEX_INVALID"
    assert refused.value.line == 8


def test_a_last_line_without_its_line_end_is_whole() -> None:
    assert len(read_index(MASTER.encode().rstrip())) == 2


def test_an_index_without_lines_is_empty_and_never_a_day_without_filings() -> None:
    with pytest.raises(SourceError) as refused:
        read_index("".join(FORM.splitlines(keepends=True)[:6]).encode())
    assert refused.value.code == "INDEX_EMPTY"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\n\n\n",
        b"<!DOCTYPE html><html><body>Your Request Originates from an Undeclared Automated Tool</body></html>",
        b"<html>" + b"\n" * 100 + FORM.encode(),
        b"Form Type   Company Name\n" + b"-" * 80 + b"\n",
        FORM.encode().replace(b"4   ", b"4\0  ", 1),
    ],
)
def test_what_is_no_index_is_invalid(page: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        read_index(page)
    assert refused.value.code == "INDEX_INVALID"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/Archives/edgar/data/1000228/0001209191-23-030632.txt",
        "http://www.sec.gov@evil.example/Archives/edgar/data/1000228/0001209191-23-030632.txt",
        "//evil.example/edgar/data/1000228/0001209191-23-030632.txt",
        "edgar/data/../../0001209191-23-030632.txt",
        "edgar/data/1000228/../0001209191-23-030632.txt",
        "edgar\\data\\1000228\\0001209191-23-030632.txt",
        "edgar/data/1000228/0001209191-23-030632.txt/../../x.txt",
        "edgar/data/1000228/0001209191-23-030632.exe",
        "edgar/data/0/0001209191-23-030632.txt",
        "edgar/data/1000228/%2e%2e/0001209191-23-030632.txt",
        "edgar/data/\uff11\uff10\uff10/0001209191-23-030632.txt",
        "file:///etc/passwd",
    ],
)
def test_a_foreign_or_odd_place_is_refused(place: str) -> None:
    hostile = MASTER.replace("edgar/data/1000228/0001209191-23-030632.txt", place)
    with pytest.raises(SourceError) as refused:
        read_index(hostile.encode())
    assert refused.value.code == "INDEX_INVALID"


@pytest.mark.parametrize("day", ["2023-02-29", "20231301", "2023-5-18", "2023-0518", "\u0662\u0660\u0662\u06630518"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(SourceError, match="line 7"):
        read_index(MASTER.replace("2023-05-18", day, 1).encode())


names = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, blacklist_characters="\x85\xa0\xad"), min_size=1)
lines = st.builds(
    IndexLine,
    form=st.sampled_from(["4", "4/A", "SC 13G", "424B5"]),
    company=st.lists(names, min_size=1, max_size=9).map(" ".join),
    cik=st.integers(1, 9_999_999_999).map(str),
    filed_on=st.dates(date(1993, 1, 1), date(2030, 1, 1)),
    accession=st.integers(0, 10**18 - 1).map("{:018}".format).map(accession.format),
)


@pytest.mark.parametrize("kind", ["form", "company", "master"])
@pytest.mark.parametrize("daily", [True, False])
@given(data=st.data())
def test_what_is_written_reads_back(kind: IndexKind, daily: bool, data: st.DataObject) -> None:
    given_lines = data.draw(st.lists(lines, min_size=1, max_size=5))
    written = write_index(given_lines, kind, date(2023, 7, 3), daily=daily)
    assert read_index(written) == given_lines


def test_a_hundred_thousand_lines_are_read_in_a_second() -> None:
    many = [
        IndexLine(
            form="4",
            company=f"COMPANY {number}",
            cik=str(number + 1),
            filed_on=date(2023, 4, 1 + number % 30),
            accession=f"{number // 2:010}-23-000001",
        )
        for number in range(100_000)
    ]
    written = write_index(many, "master", date(2023, 6, 30))
    began = time.process_time()
    filings = filings_of(read_index(written, {"4"}))
    assert time.process_time() - began < 1.5
    assert len(filings) == 50_000


@pytest.mark.parametrize(
    ("name", "entries", "filings"),
    [
        ("badform.idx", 10, 9),
        ("company-crawler.idx", 4539, 2870),
        ("company.idx", 4539, 2870),
        ("form.20200318.idx", 4084, 2666),
        ("master-excerpt.idx", 20, 19),
        ("master.1993QTR1.idx", 4, 4),
        ("master.2023QTR2.ownership-forms-only.idx.gz", 115_253, 55_207),
    ],
)
def test_real_indexes_are_read_whole(corpus: Path, name: str, entries: int, filings: int) -> None:
    data = (corpus / "indexes" / name).read_bytes()
    text = gzip.decompress(data) if name.endswith(".gz") else data
    found = read_index(text)
    assert len(found) == entries == sum(b"/data/" in line for line in text.splitlines())
    assert len(filings_of(found)) == filings


def test_the_two_daily_layouts_of_one_day_agree(corpus: Path) -> None:
    company = read_index((corpus / "indexes" / "company.idx").read_bytes())
    crawler = read_index((corpus / "indexes" / "company-crawler.idx").read_bytes())
    assert company == crawler
