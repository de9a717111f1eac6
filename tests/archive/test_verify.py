"""`verify` finds what is missing, changed or doubled, names it with its mend, and changes nothing itself."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import duckdb
import msgspec
import pytest

from section16.archive import Archive, Incoming, open_archive
from section16.archive import adding as adding_room
from section16.archive.shards import quoted
from section16.archive.verifying_shards import Depth
from section16.reading import read

from .conftest import loose


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]) -> Path:
    """Two shards; four containers in the tail, one of them of a report that came before; one file refused."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    with pytest.MonkeyPatch.context() as patched, open_archive(folder) as opened:
        patched.setattr(adding_room, "TAIL_BATCH", 5)
        patched.setattr(adding_room, "SHARD_FILES", 12)
        opened.add([Incoming(name=f"{number}", data=text) for number, text in enumerate(texts[:20])], jobs=1)
        later = [*texts[20:23], loose(texts[0]), b"no filing"]
        opened.add([Incoming(name=f"later {number}", data=text) for number, text in enumerate(later)], jobs=1)
        opened.index()
    return folder


@pytest.fixture
def shards(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """A copy of it."""
    monkeypatch.setattr("section16.archive.verifying.UNINDEXED", 0)
    with open_archive(shutil.copytree(made, tmp_path / "archive")) as opened:
        yield opened


@contextmanager
def ledger_of(archive: Archive) -> Iterator[sqlite3.Connection]:
    """The ledger with its guards off."""
    archive.close()
    connection = sqlite3.connect(archive.layout.ledger, isolation_level=None)
    yield connection
    connection.close()


def first(archive: Archive) -> Path:
    """The folder of the first shard."""
    folder = archive.layout.shards / archive.ledger.shards()[0].name
    archive.close()
    return folder


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0x55
    file.write_bytes(data)


@pytest.mark.parametrize("depth", list(Depth))
def test_an_archive_as_it_should_be_is_clean(shards: Archive, depth: Depth) -> None:
    found = shards.verify(depth=depth, jobs=1)
    assert found.faults == found.notes == []
    assert (found.filings, found.containers, found.shards, found.tail, found.quarantined) == (23, 24, 2, 4, 1)
    assert (depth is Depth.FULL) == (found.compared == 23)
    assert (depth is Depth.QUICK) == (found.bytes < 50_000)


def test_an_empty_archive_is_clean(archive: Archive) -> None:
    assert archive.verify(jobs=1).clean


def test_several_processes_find_what_one_finds(shards: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(first(shards) / "originals.parquet", 4000)
    one = shards.verify(jobs=1)
    monkeypatch.setattr("section16.archive.verifying._POOL_FROM", 0)
    assert shards.verify(jobs=2) == one
    assert not one.clean


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("originals", "flipped"),
        ("originals", "missing"),
        ("filings", "cut"),
        ("filings", "missing"),
        ("owners", "flipped"),
    ],
)
def test_a_damaged_file_of_a_shard_is_named(shards: Archive, name: str, damage: str) -> None:
    file = first(shards) / f"{name}.parquet"
    if damage == "flipped":
        flip(file, file.stat().st_size // 2)
    elif damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-9])
    found = shards.verify(jobs=1)
    (fault,) = [fault for fault in found.faults if fault.record == f"shards/{file.parent.name}/{name}.parquet"]
    assert ("missing" in fault.message) == (damage == "missing")
    assert ("backup" in fault.mend) == (name == "originals")
    assert file.exists() == (damage != "missing")


def test_a_missing_shard_is_named(shards: Archive) -> None:
    folder = first(shards)
    shutil.rmtree(folder)
    found = shards.verify(depth=Depth.QUICK, jobs=1)
    assert (f"shards/{folder.name}", "the folder is missing") in [(one.record, one.message) for one in found.faults]


def test_columns_that_do_not_say_what_the_bytes_say_are_found_though_every_hash_is_right(shards: Archive) -> None:
    folder = first(shards)
    file = folder / "transactions.parquet"
    duckdb.execute(
        f"copy (select * replace (transaction_shares + 1 as transaction_shares) from read_parquet({quoted(file)})) "
        f"to {quoted(folder / 'other')} (format parquet)"
    )
    (folder / "other").replace(file)
    with shards.writer() as ledger, ledger.change() as connection:
        shard = ledger.shards()[0]
        digests = shard.digests | {"transactions": sha256(file.read_bytes()).hexdigest()}
        connection.execute(
            "update shards set digests = ? where id = ?", (msgspec.json.encode(digests).decode(), shard.id)
        )
    assert shards.verify(depth=Depth.QUICK, jobs=1).clean
    found = shards.verify(depth=Depth.FULL, jobs=1)
    assert found.faults
    assert all("its rows of transactions are not what its bytes say" in fault.message for fault in found.faults)
    assert all("compact --all" in fault.mend for fault in found.faults)


LEDGER = {
    "a container is gone": "delete from containers where sha256 in "
    "(select sha256 from containers where shard is not null limit 1)",
    "a filing is gone": "delete from filings where key in (select key from filings where shard is not null limit 1)",
    "a filing is at another place": "update filings set place = 11 where shard = 1 and place = 0",
    "a row stands and does not": "insert into retired select shard, place, key, 1 from filings where shard = 1 limit 1",
    "an alias of nothing": "insert into aliases values ('sha256:00', '0000000001-26-000001')",
    "the tail has lost rows": "update tail set rows = null where place = 0",
    "the tail has lost bytes": "delete from tail where place = 0",
    "another count of rows": "update shards set counts = replace(counts, '\"owners\": ', '\"owners\": 1') where id = 1",
    "a shard too many": "insert into shards select 99, 'no', source, filings, first_filed, last_filed, bytes, counts, "
    "digests, derivation from shards where id = 1",
    "a table too many": "create table more (x) ",
    "a filing of no shard": "update filings set shard = 77 where shard = 1 and place = 0",
}


@pytest.mark.parametrize("change", LEDGER.values(), ids=LEDGER.keys())
def test_a_ledger_that_contradicts_itself_or_the_shards_is_found(shards: Archive, change: str) -> None:
    with ledger_of(shards) as connection:
        connection.execute(change)
    assert not shards.verify(jobs=1).clean


@pytest.mark.parametrize("depth", [Depth.QUICK, Depth.USUAL])
def test_changed_bytes_in_the_tail_are_found(shards: Archive, texts: list[bytes], depth: Depth) -> None:
    key = read(texts[20]).accession
    with ledger_of(shards) as connection:
        connection.execute(
            "update tail set packed = ? where key = ?", [zlib.compress(texts[20].replace(b"<", b" <", 1)), key]
        )
    assert key in [fault.record for fault in shards.verify(depth=depth, jobs=1).faults]


def test_changed_rows_in_the_tail_are_found(shards: Archive, texts: list[bytes]) -> None:
    key = read(texts[20]).accession
    with ledger_of(shards) as connection:
        connection.execute(
            "update tail set rows = (select rows from tail where key != ? limit 1) where key = ?", [key] * 2
        )
    (fault,) = [fault for fault in shards.verify(jobs=1).faults if fault.record == key]
    assert "not what its bytes say" in fault.message


def test_changed_bytes_in_quarantine_are_found(shards: Archive) -> None:
    with ledger_of(shards) as connection:
        connection.execute("update quarantine set packed = ?", [zlib.compress(b"other")])
    (fault,) = shards.verify(jobs=1).faults
    assert fault.record.startswith("quarantine ")


def test_a_damaged_ledger_is_found(shards: Archive) -> None:
    page = 4096
    data = bytearray(shards.layout.ledger.read_bytes())
    data[page * 3 : page * 3 + 200] = b"\xff" * 200
    shards.layout.ledger.write_bytes(data)
    found = shards.verify(jobs=1)
    assert found.faults
    assert "backup" in found.faults[0].mend


def test_a_broken_index_is_found_and_an_index_that_is_behind_is_none(shards: Archive) -> None:
    (index,) = shards.layout.index.glob("*.duckdb")
    assert shards.verify(jobs=1).clean
    index.write_bytes(b"half written")
    (fault,) = shards.verify(jobs=1).faults
    assert fault.record == "index"
    assert "Delete the folder `index`" in fault.mend
    shutil.rmtree(shards.layout.index)
    found = shards.verify(jobs=1)
    assert found.clean
    assert [note.record for note in found.notes] == ["index"]


def test_what_lies_about_is_noted_and_what_lies_in_a_shard_is_a_fault(shards: Archive) -> None:
    (shards.layout.root / "holiday.jpg").write_bytes(b"")
    (shards.layout.shards / "s9.unfinished").mkdir()
    found = shards.verify(jobs=1)
    assert found.clean
    assert [note.record for note in found.notes] == ["holiday.jpg", "shards/s9.unfinished"]
    (first(shards) / "more.parquet").write_bytes(b"")
    assert not shards.verify(jobs=1).clean
