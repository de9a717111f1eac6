"""Building shards elsewhere: by any executor, on a cluster of which a worker dies, and taken in afterwards."""

from __future__ import annotations

import importlib.util
import os
import signal
import tarfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from section16.archive import Added, Archive, open_archive
from section16.archive import pieces as pieces_room
from section16.archive.cluster import RayExecutor, write_shards
from section16.archive.members import files_below, incoming
from section16.archive.pieces import contents, pieces
from section16.edgar.data_set_writer import Report, write_data_set
from section16.errors import ConflictError, SourceError, StorageError
from section16.reading import read

TABLES = ("filings", "owners", "transactions", "holdings", "footnotes", "footnote_references", "signatures", "filers")


@pytest.fixture
def folder(tmp_path: Path, texts: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Filings in a folder, a plain tar, a compressed tar; one file that is torn."""
    monkeypatch.setattr(pieces_room, "SHARD_FILES", 6)
    found = tmp_path / "originals"
    found.mkdir()
    third = len(texts) // 3
    for number, text in enumerate(texts[:third]):
        (found / f"{number}.txt").write_bytes(text)
    (found / "bad.txt").write_bytes(texts[3][: len(texts[3]) // 2])
    for name, mode, part in (("a.tar", "w:", texts[third : 2 * third]), ("b.tar.gz", "w:gz", texts[2 * third :])):
        with tarfile.open(found / name, mode) as packed:  # type: ignore[call-overload] # a mode is a text
            for number, text in enumerate(part):
                member = tarfile.TarInfo(f"feed/{number}.nc")
                member.size = len(text)
                packed.addfile(member, BytesIO(text))
    return found


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def rows(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    return {table: archive.sql(f"select * from {table} order by all").fetchall() for table in TABLES}


@pytest.fixture
def expected(tmp_path: Path, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What adding on one machine makes of the folder."""
    with open_archive(tmp_path / "plain") as plain:
        plain.add([one for file in files_below(folder) for one in incoming(file, in_folder=True)], jobs=1)
        return rows(plain)


def test_pieces_hold_what_the_files_hold(folder: Path) -> None:
    with tarfile.open(folder / "evil.tar", "w:") as packed:
        for name in ("../up.nc", "good.nc", "good.nc"):
            packed.addfile(tarfile.TarInfo(name), BytesIO())
    parts = list(pieces([folder], Path("shards")))
    assert sum(bool(part.tar) for part in parts) > 2
    found = [one for part in parts for one in contents(part)]
    plain = [one for file in files_below(folder) for one in incoming(file, in_folder=True)]
    key = lambda one: (one.origin, one.digest)  # noqa: E731 - the order of both
    assert sorted(found, key=key) == sorted(plain, key=key)
    assert {one.refused[0] for one in found if one.refused} == {"ARCHIVE_PATH", "CONTAINER_MALFORMED"}


def test_a_member_that_a_torn_tar_holds_in_part_is_refused(folder: Path) -> None:
    torn = folder / "torn.tar"
    whole = (folder / "a.tar").read_bytes()
    first = next(iter(incoming(folder / "a.tar")))
    torn.write_bytes(whole[: 512 + len(first.data) // 2])
    found = [one for part in pieces([torn], Path("shards")) for one in contents(part)]
    assert found
    assert {one.refused[0] for one in found if one.refused} == {"CONTAINER_MALFORMED"}
    assert all(one.refused for one in found)


def test_any_executor_builds_what_one_machine_builds_and_again_changes_nothing(
    archive: Archive, folder: Path, threads: Executor, expected: dict[str, list[tuple[object, ...]]], texts: list[bytes]
) -> None:
    added = archive.add_by_paths([folder], threads, width=2)
    assert (added.new, added.rejected) == (len(texts), 1)
    assert rows(archive) == expected
    shards = sorted(path.name for path in archive.layout.shards.iterdir())
    generation = archive.ledger.generation()
    again = archive.add_by_paths([folder], threads, width=2)
    assert (again.new, again.known) == (0, len(texts) + 1)
    assert archive.ledger.generation() == generation
    assert sorted(path.name for path in archive.layout.shards.iterdir()) == shards


def test_what_is_no_report_in_a_folder_is_passed_over_and_a_data_set_is_left_out(
    archive: Archive, folder: Path, threads: Executor, texts: list[bytes]
) -> None:
    for name in ("minutes.pdf", "named.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4\n" + name.encode())
    (folder / "set").mkdir()
    (folder / "set" / "SUBMISSION.tsv").write_bytes(b"ACCESSION_NUMBER\n")
    (folder / "set.zip").write_bytes(b"PK\3\4 and no more")
    but = [folder / "set", folder / "set.zip"]
    added = archive.add_by_paths([folder, folder / "named.pdf"], threads, width=2, but=but)
    assert (added.new, added.passed) == (len(texts), 2)
    assert sorted(one.name for one in archive.quarantined()) == ["bad.txt", "named.pdf"]


def test_shards_built_without_an_archive_are_adopted_once(
    archive: Archive,
    folder: Path,
    threads: Executor,
    expected: dict[str, list[tuple[object, ...]]],
    texts: list[bytes],
    tmp_path: Path,
) -> None:
    target = tmp_path / "shared"
    assert write_shards(threads, [folder], target, width=2) == len(texts) + 1
    with pytest.raises(ConflictError):
        write_shards(threads, [folder], target, width=2)
    added = archive.adopt(target, jobs=1)
    assert (added.new, added.rejected) == (len(texts), 1)
    assert rows(archive) == expected
    assert archive.adopt(target, jobs=1).known == len(texts) + 1
    for text in texts[:3]:
        assert archive.original(read(text).accession or "") == text


def test_a_shard_that_was_changed_is_not_adopted(
    archive: Archive, folder: Path, threads: Executor, tmp_path: Path
) -> None:
    target = tmp_path / "shared"
    write_shards(threads, [folder], target, width=2)
    file = next(target.glob("*/transactions.parquet"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(StorageError) as caught:
        archive.adopt(target, jobs=1)
    assert caught.value.code == "STORE_DAMAGED"
    with pytest.raises(SourceError):
        archive.adopt(tmp_path / "nothing", jobs=1)


def test_a_ledger_that_was_lost_is_made_again_from_the_shards(
    archive: Archive, folder: Path, threads: Executor, texts: list[bytes], tmp_path: Path
) -> None:
    extra = read(texts[0])
    with (tmp_path / "set.zip").open("wb") as file:
        one = Report(accession="0000000001-24-000001", filed_on=extra.filed_on, document=extra.document)
        write_data_set([one], file)
    archive.add_by_paths([folder], threads, width=2)
    archive.add_dataset(tmp_path / "set.zip")
    before = rows(archive)
    archive.close()
    archive.layout.ledger.unlink()
    with pytest.raises(StorageError, match="no ledger"):
        open_archive(archive.layout.root)
    with open_archive(tmp_path / "again") as again:
        assert again.adopt(archive.layout.shards, jobs=1).new == len(texts) + 1
        assert again.adopt(archive.layout.shards, jobs=1).new == 0
        assert rows(again) == before
        assert again.has([one.accession, extra.accession or ""]) == {extra.accession}


@pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install section16[cluster]"
)
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_cluster_whose_workers_are_killed_builds_the_same(
    archive: Archive, folder: Path, expected: dict[str, list[tuple[object, ...]]], texts: list[bytes]
) -> None:
    with RayExecutor(cpus=2) as cluster:
        workers = {cluster.submit(os.getpid).result() for _ in range(4)}
        killed: list[int] = []

        def kill(_: Added) -> None:
            while workers:
                killed.append(workers.pop())
                os.kill(killed[-1], signal.SIGKILL)

        added = archive.add_by_paths([folder], cluster, width=cluster.width, progress=kill)
        later = {cluster.submit(os.getpid).result() for _ in range(4)}
    assert killed
    assert not later & set(killed)
    assert (added.new, added.rejected) == (len(texts), 1)
    assert rows(archive) == expected
