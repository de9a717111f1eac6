from __future__ import annotations

import os
from pathlib import Path

import pytest

from section16.edgar.submission_text import read_submission_text
from section16.errors import SourceError, UsageError
from section16.identifiers import ticker
from section16.reading import read
from section16.samples import generate, sample_bytes
from section16.standin.full_text import content_at, daily_feed_file, full_text_of
from section16.standin.scanning import scan_folder, spool_samples

SAMPLES = list(generate(12, 8))


def test_a_folder_s_filings_are_listed_in_the_order_of_acceptance(folder: Path) -> None:
    scanned = scan_folder(folder)
    moments = [filing.accepted_at for filing in scanned.catalogue.filings]
    assert len(moments) == 60
    assert moments == sorted(moments)
    assert scanned.passed_over == 1
    assert scanned.first.startswith("INDEX.csv: NOT_OWNERSHIP")


def test_the_catalogue_says_what_the_report_says(folder: Path) -> None:
    for listed in scan_folder(folder).catalogue.filings:
        text = content_at(listed.place)
        assert text is not None
        filing = read(text)
        assert (listed.accession, listed.form, listed.filed_on) == (filing.accession, filing.form_type, filing.filed_on)
        assert listed.accepted_at == filing.accepted_at
        assert listed.period == filing.period
        assert listed.size == len(text)
        assert filing.document.issuer is not None
        assert listed.ticker in {*ticker.symbols(filing.document.issuer.trading_symbol or ""), ""}
        assert bool(listed.ticker) == bool(ticker.symbols(filing.document.issuer.trading_symbol or ""))
        assert [f"{party.cik:010}" for party in listed.parties] == [filer.cik for filer in filing.filers]
        assert filing.primary is not None
        assert listed.document == filing.primary.name


def test_the_daily_feed_and_the_full_submission_hold_the_same_documents() -> None:
    for sample in SAMPLES:
        text = sample_bytes(sample, "submission")
        feed = daily_feed_file(text)
        assert feed.startswith(b"<SUBMISSION>")
        one, other = read_submission_text(text), read_submission_text(feed)
        assert other.kind == "nc"
        assert (one.primary, one.primary_facts, one.attachments) == (
            other.primary,
            other.primary_facts,
            other.attachments,
        )
        assert (one.accession, one.filed_on, one.form_type) == (other.accession, other.filed_on, other.form_type)
        back = read_submission_text(full_text_of(feed))
        assert (back.kind, back.primary, back.attachments) == ("full text", one.primary, one.attachments)
        assert not back.notes


@pytest.mark.parametrize("line_end", [b"\r", b"\r\n"])
def test_a_feed_file_with_other_line_ends_becomes_a_full_submission(line_end: bytes) -> None:
    feed = daily_feed_file(sample_bytes(SAMPLES[0], "submission")).replace(b"\n", line_end)
    made = read_submission_text(full_text_of(feed))
    assert made.accession == SAMPLES[0].accession
    assert made.primary == read_submission_text(feed).primary


def test_a_loose_report_gets_a_submission_around_it_that_is_the_same_each_time() -> None:
    xml = sample_bytes(SAMPLES[0], "xml")
    text = full_text_of(b"\xef\xbb\xbf" + xml)
    assert text == full_text_of(b"\xef\xbb\xbf" + xml)
    wrapped = read_submission_text(text)
    assert wrapped.primary == xml.strip()
    assert (
        wrapped.accession
        != read_submission_text(full_text_of(xml.replace(b"</remarks>", b" </remarks>") + b"\n\n")).accession
    )
    assert wrapped.form_type == SAMPLES[0].form
    assert {filer.cik for filer in wrapped.filers} == {filer.cik for filer in SAMPLES[0].filers}
    assert not wrapped.notes


def test_what_can_not_be_published_is_refused() -> None:
    with pytest.raises(SourceError, match="XML_ENCODING"):
        full_text_of("<ownershipDocument/>".encode("utf-16"))
    with pytest.raises(SourceError, match="DATE_INVALID"):
        full_text_of(b"<ownershipDocument><documentType>4</documentType></ownershipDocument>")
    with pytest.raises(SourceError, match="NOT_OWNERSHIP"):
        full_text_of(b"a,b\n1,2\n")


def test_of_all_kinds_one_catalogue(tmp_path: Path) -> None:
    texts = [sample_bytes(sample, "submission") for sample in SAMPLES[:4]]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.nc").write_bytes(daily_feed_file(texts[0]))
    (tmp_path / "sub" / "b.txt").write_bytes(texts[1])
    (tmp_path / "sub" / "b-again.txt").write_bytes(texts[1])
    (tmp_path / "c.xml").write_bytes(sample_bytes(SAMPLES[2], "xml"))
    (tmp_path / ".hidden.txt").write_bytes(texts[3])
    (tmp_path / "damaged.txt").write_bytes(texts[3][:300])
    (tmp_path / "2024q1_form345.zip").write_bytes(b"PK")
    os.mkfifo(tmp_path / "pipe.txt")
    scanned = scan_folder(tmp_path)
    listed = {filing.accession for filing in scanned.catalogue.filings}
    assert len(scanned.catalogue) == 3
    assert {SAMPLES[0].accession, SAMPLES[1].accession} < listed
    assert SAMPLES[3].accession not in listed
    assert list(scanned.catalogue.data_sets) == ["2024q1_form345.zip"]
    assert scanned.passed_over == 1


def test_a_file_that_is_gone_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(sample_bytes(SAMPLES[0], "submission"))
    (listed,) = scan_folder(tmp_path).catalogue.filings
    path.unlink()
    assert content_at(listed.place) is None


def test_generated_filings_lie_deflated_in_one_file(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    catalogue = spool_samples(iter(SAMPLES), spool).catalogue
    held = {filing.accession: content_at(filing.place) for filing in catalogue.filings}
    assert held == {sample.accession: sample_bytes(sample, "submission") for sample in SAMPLES}
    assert spool.stat().st_size < sum(filing.size for filing in catalogue.filings) / 3


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        scan_folder(tmp_path / "none")
