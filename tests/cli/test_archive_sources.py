"""Filings of the archive wherever a source is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.archive import Incoming, open_archive
from section16.cli.edgar_address import submission_of
from section16.errors import UsageError
from section16.reading import Filing, read
from section16.samples import generate, sample_bytes

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def texts() -> list[bytes]:
    return [sample_bytes(sample, "submission") for sample in generate(40, seed=3)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]) -> Path:
    made = tmp_path_factory.mktemp("kept") / "archive"
    with open_archive(made) as archive:
        archive.add([Incoming(name=f"{number}.txt", data=text) for number, text in enumerate(texts)], jobs=1)
    return made


@pytest.fixture(autouse=True)
def named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECTION16_ARCHIVE", str(folder))


def first(texts: list[bytes]) -> Filing:
    return next(filing for text in texts if (filing := read(text)).document.form == "4")


def test_an_accession_number_is_a_filing_of_the_archive(section16: Command, texts: list[bytes]) -> None:
    filing = first(texts)
    number = filing.accession or ""
    for written in (number, number.replace("-", "")):
        shown = section16("show", written, "--json")
        assert shown.code == 0
        assert json.loads(shown.out)["filing"]["accession"] == number
    unknown = section16("show", "0000000001-26-000001")
    assert unknown.code != 0
    assert "NOT_FOUND" in unknown.err


def test_an_issuer_or_owner_stands_for_its_filings(section16: Command, texts: list[bytes]) -> None:
    filing = first(texts)
    assert filing.document.issuer is not None
    for word, number in (("issuer", filing.document.issuer.cik), ("owner", filing.document.reporting_owners[0].cik)):
        shown = section16("show", f"{word}:{number}")
        assert shown.code == 0
        assert (filing.accession or "").encode() in shown.out
    assert section16("show", "issuer:abc").code != 0
    assert "has no filings" in section16("show", "owner:999").err


def test_the_folder_of_an_archive_stands_for_all_of_it(section16: Command, folder: Path, texts: list[bytes]) -> None:
    lines = section16("show", str(folder)).out.decode().splitlines()
    assert len(lines) == len(texts)


def test_a_report_is_judged_by_the_archive_before_it_is_filed(
    section16: Command, folder: Path, texts: list[bytes], tmp_path: Path
) -> None:
    filing = first(texts)
    again = tmp_path / "again.txt"
    again.write_bytes(
        next(text for text in texts if read(text) == filing).replace(
            (filing.accession or "").encode(), b"9999000099-99-000099"
        )
    )
    alone = json.loads(section16("check", str(again), "--format", "json").out)["files"]
    beside = json.loads(section16("check", str(again), "--format", "json", "--against", str(folder)).out)["files"]
    assert [one["file"] for one in beside] == [str(again)]
    assert "L-102" not in {found["rule"] for found in alone[0]["findings"]}
    assert "L-102" in {found["rule"] for found in beside[0]["findings"]}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.sec.gov/Archives/edgar/data/1107843/0001209191-22-048889.txt",
        "https://www.sec.gov/Archives/edgar/data/1107843/000120919122048889/0001209191-22-048889-index.htm",
        "https://www.sec.gov/Archives/edgar/data/1107843/000120919122048889/xslF345X03/doc4.xml",
        "https://www.sec.gov/Archives/edgar/data/1107843/000120919122048889/",
    ],
)
def test_every_address_of_a_filing_leads_to_its_full_submission(address: str) -> None:
    assert submission_of(address, None) == "/Archives/edgar/data/1107843/0001209191-22-048889.txt"


@pytest.mark.parametrize(
    "address",
    [
        "http://www.sec.gov/Archives/edgar/data/1107843/0001209191-22-048889.txt",
        "https://www.sec.gov.example.com/Archives/edgar/data/1107843/0001209191-22-048889.txt",
        "https://user@www.sec.gov/Archives/edgar/data/1107843/0001209191-22-048889.txt",
        "https://www.sec.gov/cgi-bin/browse-edgar",
    ],
)
def test_no_other_address_is_fetched(address: str) -> None:
    with pytest.raises(UsageError):
        submission_of(address, None)


def test_a_stand_in_may_take_the_place_of_edgar() -> None:
    address = "http://127.0.0.1:8899/Archives/edgar/data/1107843/0001209191-22-048889.txt"
    assert submission_of(address, "http://127.0.0.1:8899").endswith(".txt")
