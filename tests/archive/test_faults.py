"""A full disk, a folder that cannot be written, damaged files: a clear error, and an archive that can be used after."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from section16.archive import Archive, Incoming, open_archive, shards
from section16.archive import adding as adding_room
from section16.archive.ledger import Ledger
from section16.errors import ConflictError, Section16Error, StorageError

_LIMITED = """
import resource, signal, sys
from section16.archive import Incoming, adding, open_archive
from section16.samples import generate, sample_bytes

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, most, tail = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
adding.TAIL_BATCH = tail
files = [Incoming(name=sample.name, data=sample_bytes(sample, "submission")) for sample in generate(60, seed=3)]
from section16.errors import StorageError
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    with open_archive(folder) as opened:
        opened.add(files, jobs=1)
        opened.index()
except StorageError as error:
    print(error.code)
else:
    print("DONE")
"""


def files(texts: list[bytes]) -> list[Incoming]:
    return [Incoming(name=f"{number}.txt", data=text) for number, text in enumerate(texts)]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit of size there")
@pytest.mark.parametrize(("most", "tail"), [(60_000, 256), (130_000, 256), (20_000, 0), (200_000, 0)])
def test_where_no_file_can_grow_any_more_it_is_said_and_the_archive_goes_on(
    most: int, tail: int, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, folder, str(most), str(tail)], capture_output=True, text=True, check=False
    )
    assert ran.stdout in {"DISK_FULL\n", "STORAGE_FAILED\n"}, ran.stderr  # SQLite says of a limit that writing failed
    with open_archive(folder) as opened:
        assert opened.verify(jobs=1).clean
    ran = subprocess.run(
        [sys.executable, "-c", _LIMITED, folder, str(1 << 30), str(tail)], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "DONE\n", ran.stderr
    with open_archive(folder) as opened:
        assert opened.verify(jobs=1).clean
        assert opened.status().filings == 60


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_each_write_that_fails_leaves_the_archive_as_it_was(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The n-th flush fails, for every n until a run has none left."""
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
    monkeypatch.setattr(adding_room, "SHARD_FILES", 4)
    flush = os.fsync
    left = 0

    def fail(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(number, os.strerror(number))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fail)
    for last in (0, 3, 9, 12, 5):
        left = last
        with pytest.raises(StorageError, match="full" if number == errno.ENOSPC else "STORAGE_FAILED"):
            archive.add(files(texts[:8]), jobs=1)
        assert archive.verify(jobs=1).clean
        archive.close()
    left = 10_000
    archive.add(files(texts[:8]), jobs=1)
    assert archive.status().filings == 8


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root writes where nobody may: be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_cannot_be_written_is_said_and_can_be_read(texts: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as made, open_archive(Path(made, "archive")) as archive:
        archive.add(files(texts[:3]), jobs=1)
        assert archive.verify(jobs=1).filings == archive.status().filings  # what they import may be root's alone
        archive.close()
        Path(made).chmod(0o755)
        paths = [archive.layout.root, *archive.layout.root.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        with unprivileged():
            with pytest.raises(StorageError):
                archive.add(files(texts[3:5]), jobs=1)
            assert archive.status().filings == 3
            archive.close()
        assert archive.verify(jobs=1).clean
        archive.close()
        for path in paths:
            path.chmod(0o755)


def test_a_disk_that_refuses_the_ledger_is_said(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What SQLite says of a read-only disk, played by a ledger that only reads."""

    class Reading(Ledger):
        def __init__(self, path: Path, *, writable: bool) -> None:
            super().__init__(path, writable=writable)
            self.connection.execute("pragma query_only=on")

    with monkeypatch.context() as patched:
        patched.setattr("section16.archive.archive.Ledger", Reading)
        with pytest.raises(StorageError, match="can't be written"):
            archive.add(files(texts[:3]), jobs=1)
    archive.close()
    assert archive.add(files(texts[:3]), jobs=1).new == 3


def test_a_full_disk_that_the_ledger_meets_is_said(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Ledger):
        def __init__(self, path: Path, *, writable: bool) -> None:
            super().__init__(path, writable=writable)
            (pages,) = self.connection.execute("pragma page_count").fetchone()
            self.connection.execute(f"pragma max_page_count={pages + 2}")

    with monkeypatch.context() as patched:
        patched.setattr("section16.archive.archive.Ledger", Full)
        with pytest.raises(StorageError, match="DISK_FULL"):
            archive.add(files(texts), jobs=1)
    archive.close()
    assert archive.verify(jobs=1).clean
    archive.close()
    assert archive.add(files(texts), jobs=1).new == len(texts)


def test_a_damaged_ledger_is_said(archive: Archive, texts: list[bytes]) -> None:
    archive.add(files(texts[:3]), jobs=1)
    archive.close()
    archive.layout.ledger.write_bytes(b"nothing of the sort" * 1000)
    for what in (archive.status, archive.verify, lambda: archive.add(files(texts[:3]), jobs=1)):
        with pytest.raises(StorageError, match="backup"):
            what()


def test_a_damaged_shard_is_said_when_its_bytes_are_asked_for(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
    archive.add(files(texts[:3]), jobs=1)
    (key,) = archive.sql("select min(accession) from filings").fetchone() or ("",)
    archive.close()
    (shard,) = archive.ledger.shards()
    (archive.layout.shards / shard.name / "originals.parquet").write_bytes(b"PAR1")
    with pytest.raises(StorageError, match="verify"):
        archive.original(key)
    shutil.rmtree(archive.layout.shards / shard.name)
    with pytest.raises(StorageError, match="verify"):
        archive.original(key)


@pytest.mark.parametrize("what", ["missing", "half written", "empty", "leftover"])
def test_an_index_that_is_missing_or_half_written_costs_nothing_but_time(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
    archive.add(files(texts[:5]), jobs=1)
    archive.index()
    (index,) = archive.layout.index.glob("*.duckdb")
    if what == "missing":
        shutil.rmtree(archive.layout.index)
    elif what == "leftover":
        (archive.layout.index / "9-1.making").write_bytes(b"half")
    else:
        index.write_bytes(index.read_bytes()[: 5000 if what == "half written" else 0])
    if what in {"half written", "empty"}:
        with pytest.raises(StorageError, match="index"):
            archive.status()
    else:
        assert archive.status().filings == 5
    archive.add(files(texts[5:9]), jobs=1)
    assert archive.status().filings == 9
    assert archive.verify(jobs=1).clean


# Versions of the ledger

DUMP = Path(__file__).parent / "ledger_1.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive whose ledger is as version 1 wrote it, with two filings in its tail and one in quarantine."""
    root = tmp_path / "old"
    (root / "shards").mkdir(parents=True)
    connection = sqlite3.connect(root / "ledger.sqlite")
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    return root


def test_an_archive_of_version_1_is_read_and_added_to(old: Path, texts: list[bytes]) -> None:
    with open_archive(old) as opened:
        opened.add(files(texts[:1]), jobs=1)
        assert opened.verify(jobs=1).clean
        status = opened.status()
        assert (status.filings, status.rejected, status.problems) == (3, 1, [])
        assert opened.noted("kept") == "since version 1"


def test_a_newer_archive_is_refused_and_left_alone(old: Path) -> None:
    connection = sqlite3.connect(old / "ledger.sqlite")
    connection.execute("pragma user_version=99")
    connection.close()
    before = (old / "ledger.sqlite").read_bytes()
    with open_archive(old) as opened:
        for what in (opened.status, opened.verify, opened.compact, lambda: opened.add([])):
            with pytest.raises(ConflictError, match="newer section16"):
                what()
    assert (old / "ledger.sqlite").read_bytes() == before


def test_an_older_archive_is_not_changed_by_reading(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("section16.archive.ledger.VERSION", 2)
    with pytest.raises(ConflictError, match="version 1, this section16 needs 2"):
        Ledger(old / "ledger.sqlite", writable=False)
    connection = sqlite3.connect(old / "ledger.sqlite")
    assert connection.execute("pragma user_version").fetchone() == (1,)
    connection.close()


def test_a_ledger_that_was_never_finished_is_made_anew(tmp_path: Path, texts: list[bytes]) -> None:
    root = tmp_path / "archive"
    root.mkdir()
    (root / "ledger.sqlite.making").write_bytes(b"half")
    with open_archive(root) as opened:
        assert opened.add(files(texts[:1]), jobs=1).new == 1
        assert opened.verify(jobs=1).notes == []


def test_errors_of_the_disk_are_told_apart() -> None:
    full = shards.not_written(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    other = shards.not_written(OSError(errno.EIO, os.strerror(errno.EIO)))
    assert (full.code, other.code) == ("DISK_FULL", "STORAGE_FAILED")
    assert isinstance(other, Section16Error)
