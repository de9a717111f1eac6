from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from section16.edgar.newest_filings import NewestEntry, newest_by_accession, read_newest
from section16.edgar.newest_filings_writer import write_newest
from section16.errors import SourceError

EASTERN_SUMMER = timezone(timedelta(hours=-4))
ISSUER = NewestEntry(
    accession="0001493152-26-028198",
    form="4",
    cik="1137789",
    name="Łódź & Söhne <plc> - one",
    role="Issuer",
    filed_on=date(2026, 6, 10),
    accepted_at=datetime(2026, 6, 10, 21, 57, 38, tzinfo=EASTERN_SUMMER),
    size="5 KB",
)
OWNER = NewestEntry(
    accession=ISSUER.accession,
    form="4",
    cik="1865433",
    name="Markham Drew (G)",
    role="Reporting",
    filed_on=ISSUER.filed_on,
    accepted_at=ISSUER.accepted_at,
    size="5 KB",
)
PAGE = write_newest([OWNER, ISSUER], ISSUER.accepted_at)


def test_what_is_written_reads_back() -> None:
    assert read_newest(PAGE) == [OWNER, ISSUER]


def test_a_filing_is_one_entry_and_the_issuers_line_is_taken() -> None:
    assert newest_by_accession(read_newest(PAGE)) == {ISSUER.accession: ISSUER}


def test_a_page_past_the_end_has_no_entries() -> None:
    assert read_newest(write_newest([], ISSUER.accepted_at)) == []


def test_a_stand_ins_host_is_taken_only_if_named() -> None:
    page = write_newest([OWNER], ISSUER.accepted_at, "http://127.0.0.1:8017")
    assert read_newest(page, {"127.0.0.1:8017"}) == [OWNER]
    with pytest.raises(SourceError, match="INDEX_INVALID"):
        read_newest(page)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"https://www.sec.gov/Archives", b"https://evil.example/Archives", "INDEX_INVALID"),
        (b"https://www.sec.gov/Archives", b"https://www.sec.gov@evil.example/Archives", "INDEX_INVALID"),
        (b"https://www.sec.gov/Archives", b"javascript://www.sec.gov/Archives", "INDEX_INVALID"),
        (b"000149315226028198/0001493152-26-028198-index.htm", b"../../passwd", "INDEX_INVALID"),
        (b"accession-number=0001493152", b"accession-number=0009999999", "INDEX_INVALID"),
        (
            b"<updated>2026-06-10T21:57:38-04:00</updated>\n<category",
            b"<updated>x</updated>\n<category",
            "INDEX_INVALID",
        ),
        (b"<updated>2026-06-10T21:57:38-04:00</updated>\n<category", b"<category", "INDEX_INVALID"),
        (b'term="4"', b'term=""', "INDEX_INVALID"),
        (b"<feed ", b'<!DOCTYPE feed [<!ENTITY x "y">]><feed ', "XML_DTD_FORBIDDEN"),
        (b"</feed>", b"", "XML_NOT_WELL_FORMED"),
    ],
)
def test_a_hostile_or_damaged_feed_is_refused(old: bytes, new: bytes, code: str) -> None:
    assert old in PAGE
    with pytest.raises(SourceError) as refused:
        read_newest(PAGE.replace(old, new, 1))
    assert refused.value.code == code


def test_an_error_page_is_no_feed() -> None:
    with pytest.raises(SourceError, match="INDEX_INVALID"):
        read_newest(b"<html><body>Service unavailable</body></html>")


@pytest.mark.parametrize(("name", "entries", "filings"), [("getcurrent-1", 40, 20), ("getcurrent-4", 100, 72)])
def test_real_feeds_are_read_whole_and_written_alike(corpus: Path, name: str, entries: int, filings: int) -> None:
    found = read_newest((corpus / "feeds" / f"{name}.atom").read_bytes())
    assert (len(found), len(newest_by_accession(found))) == (entries, filings)
    assert read_newest(write_newest(found, found[0].accepted_at)) == found
    assert sorted(found, key=lambda entry: entry.accepted_at, reverse=True) == found
