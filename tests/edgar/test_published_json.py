"""EDGAR's JSON lists: submissions, trading symbols, folders; and the page of data sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from section16.edgar.dataset_page import read_dataset_page, write_dataset_page
from section16.edgar.folder_listing import ListedFile, read_listing, write_listing
from section16.edgar.submissions_json import SubmissionLine, Submissions, read_older_page, read_submissions
from section16.edgar.submissions_json_writer import paged, write_older_page, write_submissions
from section16.edgar.tickers_json import Ticker, read_tickers, write_tickers
from section16.errors import SourceError

LINES = tuple(
    SubmissionLine(
        accession=f"0000320193-23-{number:06}",
        form="4" if number % 2 else "4/A",
        filed_on=date(2023, 1, 1 + number),
        period=date(2022, 12, 30) if number else None,
        accepted_at=f"2023-01-{1 + number:02}T18:30:28.000Z",
        primary_document="xslF345X05/doc.xml",
        size=5_000 + number,
    )
    for number in range(25)
)
FILER = Submissions(cik="320193", name='Apple "Inc."', tickers=("AAPL",), lines=LINES, is_issuer=True)


def test_a_list_in_pages_reads_back_whole_and_newest_first() -> None:
    newest, pages = paged(FILER, recent=10, page=6)
    read = read_submissions(write_submissions(newest))
    assert read == newest
    assert [page.count for page in read.older] == [6, 6, 3]
    assert read.older[0].name == "CIK0000320193-submissions-001.json"
    lines = [
        *read.lines,
        *(line for page in read.older for line in read_older_page(write_older_page(pages[page.name]))),
    ]
    assert lines == list(reversed(LINES))
    assert all(page.first <= line.filed_on <= page.last for page in read.older for line in pages[page.name])


def changed(change: Callable[[dict[str, object]], None]) -> bytes:
    tree = msgspec.json.decode(write_submissions(paged(FILER, recent=10, page=6)[0]))
    change(tree)
    return msgspec.json.encode(tree)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree["filings"]["recent"]["form"].pop(),
        lambda tree: tree["filings"]["recent"].pop("accessionNumber"),
        lambda tree: tree["filings"]["recent"]["accessionNumber"].__setitem__(3, "../../etc/passwd"),
        lambda tree: tree["filings"]["recent"]["filingDate"].__setitem__(0, "yesterday"),
        lambda tree: tree["filings"]["files"][0].__setitem__("name", "https://evil.example/x.json"),
        lambda tree: tree["filings"]["files"][0].__setitem__("name", "../CIK0000320193-submissions-001.json"),
        lambda tree: tree.pop("filings"),
        lambda tree: tree.__setitem__("cik", "0"),
    ],
)
def test_a_ragged_or_hostile_list_is_refused(change: Callable[[dict[str, object]], None]) -> None:
    with pytest.raises(SourceError) as refused:
        read_submissions(changed(change))
    assert refused.value.code == "INDEX_INVALID"


@pytest.mark.parametrize("page", [b"", b"<html>blocked</html>", b"[]", b'{"a": NaN}', b"[" * 100_000, b"\xff\xfe"])
@pytest.mark.parametrize("read", [read_submissions, read_older_page, read_tickers, read_listing])
def test_what_is_no_json_object_is_invalid(read: Callable[[bytes], object], page: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        read(page)
    assert refused.value.code == "INDEX_INVALID"


def test_trading_symbols_read_back() -> None:
    known = [Ticker(cik="320193", ticker="AAPL", title="Apple Inc."), Ticker(cik="1067983", ticker="BRK-B", title="B")]
    assert read_tickers(write_tickers(known)) == known


def test_a_folder_reads_back() -> None:
    files = [
        ListedFile(name="master.20230703.idx", size=617_143, modified=datetime(2023, 7, 3, 22, 5, 1)),  # noqa: DTZ001
        ListedFile(name="20230703.nc.tar.gz", size=0),
        ListedFile(name="QTR3", is_folder=True),
    ]
    assert read_listing(write_listing("daily-index/2023/QTR3/", files)) == files


def test_sizes_of_a_folder_may_be_rounded() -> None:
    page = b'{"directory": {"item": [{"name": "a.idx", "size": "603 KB", "type": "text.gif"}, {"name": "b/"}]}}'
    assert read_listing(page) == [ListedFile(name="a.idx", size=603 * 1024), ListedFile(name="b", is_folder=True)]


@pytest.mark.parametrize(
    "name", ["../x.idx", "..", "a/b.idx", "/etc/passwd", "http://evil.example/", "a\\b", "", "a\n"]
)
def test_a_name_with_a_path_in_it_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="INDEX_INVALID"):
        read_listing(msgspec.json.encode({"directory": {"item": [{"name": name}]}}))


def test_the_page_of_data_sets_reads_back() -> None:
    paths = {
        (2024, 3): "/files/structureddata/data/insider-transactions-data-sets/2024q3_form345.zip",
        (2026, 2): "/files/datastandardsinnovation/data/2026q2_form345.zip",
    }
    assert read_dataset_page(write_dataset_page(paths)) == paths


def test_links_of_data_sets_that_lead_elsewhere_are_left_out() -> None:
    page = (
        b'<a href="https://evil.example/files/2024q1_form345.zip">x</a>'
        b'<a href="/files/../2024q2_form345.zip">x</a>'
        b"<a HREF = 'https://www.sec.gov/files/a/2024q3_form345.zip'>x</a>"
    )
    assert read_dataset_page(page) == {(2024, 3): "/files/a/2024q3_form345.zip"}
    with pytest.raises(SourceError, match="INDEX_INVALID"):
        read_dataset_page(b"<html>Undeclared Automated Tool</html>")


def test_real_lists_of_submissions_are_read_whole(corpus: Path) -> None:
    apple = read_submissions((corpus / "feeds" / "CIK0000320193.submissions.json").read_bytes())
    assert (apple.cik, apple.tickers, len(apple.lines), apple.older[0].count) == ("320193", ("AAPL",), 1000, 988)
    older = read_older_page((corpus / "feeds" / "CIK0000320193-submissions-001.json").read_bytes())
    assert len(older) == 988
    wrapped = read_submissions((corpus / "feeds" / "CIK0001018724.submissions.json").read_bytes())
    assert (wrapped.cik, wrapped.is_owner) == ("1018724", True)
