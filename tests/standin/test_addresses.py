from __future__ import annotations

import gzip
import tarfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from section16.edgar import dissemination_paths as paths
from section16.edgar.dataset_page import read_dataset_page
from section16.edgar.filing_index import filings_of, read_index
from section16.edgar.folder_listing import read_listing
from section16.edgar.newest_filings import newest_by_accession, read_newest
from section16.edgar.sgml_header import EASTERN
from section16.edgar.submission_text import read_submission_text
from section16.edgar.submissions_json import read_older_page, read_submissions
from section16.edgar.tickers_json import read_tickers
from section16.errors import SourceError
from section16.samples import generate, sample_bytes
from section16.standin.addresses import Edgar
from section16.standin.answers import Answer
from section16.standin.catalogue import Catalogue, Listed, Party, Place
from section16.standin.full_text import content_at
from section16.standin.kept_files import KeptFiles
from section16.standin.publication import Publication
from section16.standin.scanning import scan_folder

FEED = "/cgi-bin/browse-edgar?action=getcurrent&output=atom&owner=include&count=10"


@pytest.fixture
def edgar(catalogue: Catalogue, tmp_path: Path) -> Edgar:
    return Edgar(Publication(catalogue), KeptFiles(tmp_path))


def ask(edgar: Edgar, address: str, *, empty: bool = False) -> tuple[int, bytes]:
    parts = urlsplit(address)
    parameters = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    answer = edgar.answer(parts.path, parameters, empty=empty)
    return answer.status, content(answer)


def content(answer: Answer) -> bytes:
    return answer.content if isinstance(answer.content, bytes) else answer.content.bytes()


def get(edgar: Edgar, address: str, *, empty: bool = False) -> bytes:
    status, body = ask(edgar, address, empty=empty)
    assert status == 200, address
    return body


def quarters(catalogue: Catalogue) -> set[tuple[int, int]]:
    return {(filing.filed_on.year, paths.quarter_of(filing.filed_on)) for filing in catalogue.filings}


@pytest.mark.parametrize("kind", ["form", "company", "master"])
def test_the_quarterly_indexes_list_every_filing_once_for_each_party(
    edgar: Edgar, catalogue: Catalogue, kind: paths.IndexKind
) -> None:
    found: dict[str, set[str]] = {}
    for year, quarter in quarters(catalogue):
        plain = get(edgar, paths.quarterly_index_path(year, quarter, kind, "idx"))
        assert gzip.decompress(get(edgar, paths.quarterly_index_path(year, quarter, kind, "gz"))) == plain
        for filing in filings_of(read_index(plain)):
            assert filing.accession not in found
            found[filing.accession] = set(filing.ciks)
    assert found == {one.accession: {str(party.cik) for party in one.parties} for one in catalogue.filings}


def test_daily_indexes_and_feeds_hold_the_filings_of_their_day(edgar: Edgar, catalogue: Catalogue) -> None:
    for day in sorted({filing.filed_on for filing in catalogue.filings})[:10]:
        of_day = {filing.accession for filing in catalogue.filings if filing.filed_on == day}
        index = filings_of(read_index(get(edgar, paths.daily_index_path(day, "form"))))
        assert {filing.accession for filing in index} == of_day
        assert {filing.filed_on for filing in index} == {day}
        with tarfile.open(fileobj=BytesIO(get(edgar, paths.daily_feed_path(day)))) as feed:
            members = {member.name: feed.extractfile(member) for member in feed.getmembers()}
            assert {name.removesuffix(".nc") for name in members} == of_day
            for name, file in members.items():
                assert file is not None
                assert read_submission_text(file.read()).accession == name.removesuffix(".nc")


def test_a_feed_made_again_has_the_same_bytes(catalogue: Catalogue, tmp_path: Path) -> None:
    path = paths.daily_feed_path(catalogue.filings[0].filed_on)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(get(Edgar(Publication(catalogue), KeptFiles(tmp_path / name)), path))
    assert made[0] == made[1]


def test_folders_list_what_is_in_them(edgar: Edgar, catalogue: Catalogue) -> None:
    for year, quarter in quarters(catalogue):
        days = {filing.filed_on for filing in catalogue.filings}
        days = {day for day in days if (day.year, paths.quarter_of(day)) == (year, quarter)}
        feeds = read_listing(get(edgar, paths.daily_feed_listing_path(year, quarter)))
        assert {file.name for file in feeds} == {f"{day:%Y%m%d}.nc.tar.gz" for day in days}
        assert all(file.size for file in feeds)
        indexes = read_listing(get(edgar, paths.daily_index_listing_path(year, quarter)))
        assert {file.name for file in indexes} >= {f"master.{day:%Y%m%d}.idx" for day in days}
    years = read_listing(get(edgar, "/Archives/edgar/daily-index/index.json"))
    assert {file.name for file in years} == {str(year) for year, _ in quarters(catalogue)}


def test_the_feed_of_newest_filings_pages_back_to_its_end(catalogue: Catalogue, tmp_path: Path) -> None:
    edgar = Edgar(Publication(catalogue), KeptFiles(tmp_path), feed_entries=50)
    entries, start = [], 0
    while True:
        status, body = ask(edgar, paths.newest_path("4", start, 20))
        if status != 200:
            assert status == 503
            with pytest.raises(SourceError):
                read_newest(body)
            break
        page = read_newest(body)
        assert len(page) <= 20
        entries += page
        start += 20
    assert len(entries) == 50
    newest = [filing for filing in reversed(catalogue.filings) if filing.form.startswith("4")]
    assert list(newest_by_accession(entries))[:15] == [filing.accession for filing in newest[:15]]
    assert entries[0].accepted_at == newest[0].accepted_at


def test_the_feed_knows_whose_filings_are_wanted(edgar: Edgar) -> None:
    feed = "/cgi-bin/browse-edgar?action=getcurrent&output=atom&count=10"
    assert len(read_newest(get(edgar, feed + "&owner=only"))) == 10
    assert not read_newest(get(edgar, feed + "&owner=exclude"))
    assert not read_newest(get(edgar, feed + "&type=10-K"))
    assert ask(edgar, "/cgi-bin/browse-edgar?action=getcompany&output=atom")[0] == 404


def test_every_party_has_its_list(edgar: Edgar, catalogue: Catalogue) -> None:
    for cik in list(catalogue.parties())[:12]:
        listed = read_submissions(get(edgar, paths.submissions_json_path(str(cik))))
        mine = {one.accession for one in catalogue.filings if cik in {party.cik for party in one.parties}}
        assert {line.accession for line in listed.lines} == mine
        for line in listed.lines:
            one = next(filing for filing in catalogue.filings if filing.accession == line.accession)
            folder = f"/Archives/edgar/data/{cik}/{one.nodash}"
            assert line.primary_document.rpartition("/")[2] == one.document
            text = content_at(one.place)
            assert text is not None
            assert get(edgar, f"{folder}/{one.document}").strip() == read_submission_text(text).primary.strip()
            assert b"<html" in get(edgar, f"{folder}/{line.primary_document}")


def test_a_long_list_goes_on_in_older_pages(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "nowhere"))
    template = {
        "form": "4",
        "period": None,
        "size": 1,
        "document": "a.xml",
        "viewer": "",
        "ticker": "A",
        "place": place,
    }
    party = Party(7, "Lots of Filings Inc", "issuer")
    catalogue = Catalogue(
        Listed(
            accession=f"0000000007-24-{number:06}",
            filed_on=date(2024, 1, 1 + number // 200),
            accepted_at=read_time(number),
            parties=(party,),
            **template,  # type: ignore[arg-type]
        )
        for number in range(3_100)
    )
    edgar = Edgar(Publication(catalogue), KeptFiles(tmp_path))
    listed = read_submissions(get(edgar, paths.submissions_json_path("7")))
    assert [page.count for page in listed.older] == [2000, 100]
    older = [read_older_page(get(edgar, paths.older_page_path(page.name))) for page in listed.older]
    everything = [line.accession for lines in (listed.lines, *older) for line in lines]
    assert len(set(everything)) == len(everything) == 3_100
    assert ask(edgar, "/submissions/CIK0000000007-submissions-003.json")[0] == 404


def read_time(number: int) -> datetime:
    return datetime(2024, 1, 1, 12, tzinfo=EASTERN) + timedelta(minutes=number)


def test_symbols_stand_in_the_list_of_them(edgar: Edgar, catalogue: Catalogue) -> None:
    listed = {ticker.cik: ticker.ticker for ticker in read_tickers(get(edgar, paths.TICKERS_PATH))}
    for filing in catalogue.filings:
        issuer = next(party for party in filing.parties if party.role == "issuer")
        latest = [one.ticker for one in catalogue.filings if issuer in one.parties and one.ticker]
        assert listed.get(str(issuer.cik)) == (latest[-1].replace(".", "-") if latest else None)


def test_a_filing_answers_under_each_of_its_parties_and_under_no_other(edgar: Edgar, catalogue: Catalogue) -> None:
    for filing in catalogue.filings:
        text = content_at(filing.place)
        for party in filing.parties:
            folder = f"/Archives/edgar/data/{party.cik}"
            assert get(edgar, paths.submission_path(str(party.cik), filing.accession)) == text
            assert get(edgar, f"{folder}/{filing.nodash}/{filing.accession}.txt") == text
        assert ask(edgar, f"/Archives/edgar/data/99/{filing.accession}.txt")[0] == 404


def test_a_filing_s_folder_has_its_documents_and_pages(edgar: Edgar, catalogue: Catalogue) -> None:
    filing = next(one for one in catalogue.filings if one.form == "3")
    folder = f"/Archives/edgar/data/{filing.parties[0].cik}/{filing.nodash}"
    names = [file.name for file in read_listing(get(edgar, f"{folder}/index.json"))]
    assert filing.document in names
    assert f"{filing.accession}.txt" in names
    for name in names:
        assert get(edgar, f"{folder}/{name}")
    assert filing.accession.encode() in get(edgar, f"{folder}/{filing.accession}-index-headers.html")


@pytest.mark.parametrize(
    "path",
    [
        "/Archives/edgar/data/../../../etc/passwd",
        "/Archives/edgar/data/1/..%2f..%2fetc",
        "/Archives/edgar/data/1/0000000001-24-000001.txt/../../x",
        "/Archives/edgar/full-index/2024/QTR5/master.idx",
        "/Archives/edgar/full-index/2024/QTR1/../../x",
        "/Archives/edgar/daily-index/2024/QTR1/master.20240231.idx",
        "/Archives/edgar/daily-index/2024/QTR1/master.20240601.idx",
        "/Archives/edgar/Feed/2024/QTR1/20240102.nc.tar.gz\n",
        "/submissions/CIK0000000000.json",
        "/files/structureddata/data/insider-transactions-data-sets/1999q1_form345.zip",
        "//",
        "",
    ],
)
def test_other_paths_are_not_there(edgar: Edgar, path: str) -> None:
    assert edgar.answer(path, {}).status == 404


def test_a_document_with_a_path_for_a_name_is_served_under_a_plain_one(tmp_path: Path) -> None:
    sample = next(iter(generate(1, 3)))
    text = sample_bytes(sample, "submission")
    assert sample.primary.name is not None
    text = text.replace(sample.primary.name.encode(), b"../../etc/passwd")
    (tmp_path / "a.txt").write_bytes(text)
    (listed,) = scan_folder(tmp_path).catalogue.filings
    assert listed.document == "document1.txt"


def test_names_of_parties_are_text_on_every_page(tmp_path: Path) -> None:
    sample = next(iter(generate(1, 3)))
    name = next(filer.name for filer in sample.filers if filer.role == "issuer")
    assert name is not None
    odd = b'<script>alert(1)</script> & "Co"'
    text = sample_bytes(sample, "submission").replace(name.encode(), odd)
    (tmp_path / "a.txt").write_bytes(text)
    catalogue = scan_folder(tmp_path).catalogue
    (filing,) = catalogue.filings
    assert odd.decode() in {party.name for party in filing.parties}
    (tmp_path / "kept").mkdir()
    edgar = Edgar(Publication(catalogue), KeptFiles(tmp_path / "kept"))
    page = f"/Archives/edgar/data/{filing.parties[0].cik}/{filing.nodash}/{filing.accession}-index"
    for address in ("/", f"{page}.htm", f"{page}-headers.html", FEED):
        assert b"<script" not in get(edgar, address)
    assert odd.decode() in {entry.name for entry in read_newest(get(edgar, FEED))}


def test_an_empty_list_is_a_sound_answer_without_entries(edgar: Edgar, catalogue: Catalogue) -> None:
    day = catalogue.filings[0].filed_on
    year, quarter = day.year, paths.quarter_of(day)
    for path in (paths.daily_index_path(day), paths.quarterly_index_path(year, quarter, "form", "idx")):
        assert b"edgar/data" in get(edgar, path)
        with pytest.raises(SourceError, match="INDEX_EMPTY"):
            read_index(get(edgar, path, empty=True))
    with tarfile.open(fileobj=BytesIO(get(edgar, paths.daily_feed_path(day), empty=True))) as feed:
        assert feed.getmembers() == []
    assert read_newest(get(edgar, FEED, empty=True)) == []
    assert read_listing(get(edgar, paths.daily_feed_listing_path(year, quarter), empty=True)) == []
    cik = str(catalogue.filings[0].parties[0].cik)
    assert read_submissions(get(edgar, paths.submissions_json_path(cik), empty=True)).lines == ()
    assert read_tickers(get(edgar, paths.TICKERS_PATH, empty=True)) == []


def test_the_page_of_data_sets_links_every_whole_quarter(edgar: Edgar, catalogue: Catalogue, tmp_path: Path) -> None:
    links = read_dataset_page(get(edgar, paths.DATASETS_PATH))
    assert set(links) == quarters(catalogue)
    (tmp_path / "other").mkdir()
    held_back = Edgar(Publication(catalogue, hold=1), KeptFiles(tmp_path / "other"))
    last = catalogue.filings[-1].filed_on
    unfinished = {(last.year, paths.quarter_of(last))}
    assert set(read_dataset_page(get(held_back, paths.DATASETS_PATH))) == quarters(catalogue) - unfinished
    assert get(edgar, links[last.year, paths.quarter_of(last)]).startswith(b"PK")
    assert ask(held_back, links[last.year, paths.quarter_of(last)])[0] == 404
