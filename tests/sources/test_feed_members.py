from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from section16 import limits
from section16.errors import SourceError
from section16.sources.feed_members import feed_filings

ONE, TWO, THREE = (f"0000320193-23-00000{number}" for number in (1, 2, 3))
Member = tuple[str, bytes] | tarfile.TarInfo


def feed(path: Path, members: Iterable[Member], form: int = tarfile.USTAR_FORMAT) -> Path:
    with tarfile.open(path, "w:gz", format=form) as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
            else:
                name, data = member
                facts = tarfile.TarInfo(name)
                facts.size = len(data)
                tar.addfile(facts, io.BytesIO(data))
    return path


def special(name: str, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    return member


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "20230703.nc.tar.gz"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_the_filings_wanted_come_out_and_no_others(file: Path, form: int) -> None:
    feed(file, [(f"{ONE}.nc", b"one"), (f"{TWO}.nc", b"two" * 1000), ("notes.txt", b"x")], form)
    assert feed_filings(file, {TWO, THREE}) == {TWO: b"two" * 1000}


def test_names_may_stand_in_the_days_folder(file: Path) -> None:
    feed(file, [("./", b""), (f"./{ONE}.nc", b"one"), (f"20230703.nc/{TWO}.nc", b"two")])
    assert feed_filings(file, {ONE, TWO}) == {ONE: b"one", TWO: b"two"}


def test_of_a_filing_that_stands_twice_neither_is_taken(file: Path) -> None:
    feed(file, [(f"{ONE}.nc", b"one"), (f"{TWO}.nc", b"two"), (f"{ONE}.nc", b"other")])
    assert feed_filings(file, {ONE, TWO}) == {TWO: b"two"}


def test_a_feed_cut_anywhere_gives_nothing(file: Path) -> None:
    whole = feed(file, [(f"{ONE}.nc", bytes(range(256)) * 20), (f"{TWO}.nc", b"two")]).read_bytes()
    for size in range(0, len(whole), 7):
        file.write_bytes(whole[:size])
        with pytest.raises(SourceError):
            feed_filings(file, {ONE, TWO})


def test_a_flipped_bit_is_seen(file: Path) -> None:
    whole = bytearray(feed(file, [(f"{ONE}.nc", bytes(range(256)) * 20)]).read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    with pytest.raises(SourceError):
        feed_filings(file, {ONE})


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([special(f"{ONE}.nc", tarfile.SYMTYPE)], "ARCHIVE_TYPE"),
        ([special(f"{ONE}.nc", tarfile.LNKTYPE)], "ARCHIVE_TYPE"),
        ([special("device", tarfile.CHRTYPE)], "ARCHIVE_TYPE"),
        ([special("pipe", tarfile.FIFOTYPE)], "ARCHIVE_TYPE"),
        ([(f"../{ONE}.nc", b"x")], "ARCHIVE_PATH"),
        ([(f"/{ONE}.nc", b"x")], "ARCHIVE_PATH"),
        ([(f"..\\{ONE}.nc", b"x")], "ARCHIVE_PATH"),
        ([], "INDEX_EMPTY"),
    ],
)
def test_hostile_and_empty_feeds_are_refused(file: Path, members: list[Member], code: str) -> None:
    with pytest.raises(SourceError) as refused:
        feed_filings(feed(file, members), {ONE})
    assert refused.value.code == code


def test_an_extended_header_cannot_rename_a_filing(file: Path) -> None:
    with tarfile.open(file, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        facts = tarfile.TarInfo("other.nc")
        facts.pax_headers = {"path": f"{ONE}.nc"}
        tar.addfile(facts)
    with pytest.raises(SourceError, match="ARCHIVE_TYPE"):
        feed_filings(file, {ONE})


def test_a_bomb_stops_at_its_ratio(file: Path) -> None:
    with gzip.open(file, "wb", compresslevel=1) as packed:
        facts = tarfile.TarInfo("zeros")
        facts.size = 512 * 1024 * 1024
        packed.write(facts.tobuf())
        for _ in range(70):
            packed.write(bytes(1024 * 1024))
    with pytest.raises(SourceError, match="ARCHIVE_BOMB"):
        feed_filings(file, {ONE})


def test_a_filing_over_the_limit_is_refused_before_it_is_read(file: Path) -> None:
    with gzip.open(file, "wb") as packed:
        facts = tarfile.TarInfo(f"{ONE}.nc")
        facts.size = limits.SUBMISSION_BYTES + 1
        packed.write(facts.tobuf())
    with pytest.raises(SourceError, match="LIMIT_SIZE"):
        feed_filings(file, {ONE})
