"""`compact` makes fewer, larger shards by quarter, and nothing that was asked before is answered otherwise after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from section16.archive import Archive, Incoming, compacting, merging, merging_sources, open_archive
from section16.archive import adding as adding_room
from section16.archive import verifying_shards as verifying_room
from section16.archive.ledger import Ledger
from section16.archive.merging import Merger
from section16.archive.originals import containers
from section16.archive.tables import tables
from section16.archive.verifying_shards import Depth
from section16.errors import StorageError
from section16.reading import read
from section16.samples import generate, sample_bytes

from .conftest import loose


def everything(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all views."""
    with archive.connect() as connection:
        return {name: connection.execute(f"select * from {name} order by all").fetchall() for name in tables()}


def all_bytes(archive: Archive) -> dict[str, list[bytes]]:
    """The bytes of all filings that have several containers, and of a few others."""
    keys = archive.ledger.connection.execute("select key from containers group by key order by count(*) desc limit 6")
    return {key: containers(archive.layout, archive.ledger, key) for (key,) in keys.fetchall()}


@pytest.fixture(scope="module")
def texts() -> list[bytes]:
    """Filings of two quarters."""
    made = {loose(text): text for text in (sample_bytes(sample, "submission") for sample in generate(240, seed=5))}
    by_quarter: dict[str, list[bytes]] = {}
    for text in made.values():
        by_quarter.setdefault(compacting._quarter(str(read(text).filed_on)), []).append(text)
    some, more = sorted(by_quarter.values(), key=len)[-2:]
    mixed = [text for pair in zip(some, more, strict=False) for text in pair]
    assert len(mixed) >= 26
    return mixed[:26]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]) -> Path:
    """Small shards with reports that came twice, loose and whole, in conflict; and a tail."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    other = texts[3].replace(b"</remarks>", b" Other.</remarks>")
    if other == texts[3]:
        other = texts[3].replace(b"<ownerSignature>", b"<remarks>Other.</remarks><ownerSignature>", 1)
    lots = [[loose(texts[0]), *texts[1:9]], [*texts[9:16], texts[0], other], texts[16:25], [loose(texts[1]), texts[25]]]
    with pytest.MonkeyPatch.context() as patched, open_archive(folder) as opened:
        patched.setattr(adding_room, "TAIL_BATCH", 4)
        patched.setattr(adding_room, "SHARD_FILES", 5)
        for number, lot in enumerate(lots):
            opened.add([Incoming(name=f"{number} {place}", data=text) for place, text in enumerate(lot)], jobs=1)
        assert opened.status().problems
    return folder


@pytest.fixture
def small(made: Path, tmp_path: Path) -> Iterator[Archive]:
    with open_archive(shutil.copytree(made, tmp_path / "archive")) as opened:
        yield opened


def test_rows_and_bytes_are_the_same_after_it_and_a_second_time_there_is_nothing_to_do(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging_sources, "_PORTION_BYTES", 12_000)  # so that a shard is parted
    monkeypatch.setattr(merging_sources, "_PORTION_FILINGS", 2)
    monkeypatch.setattr(merging, "TARGET_FILINGS", 16)
    monkeypatch.setattr(compacting, "TARGET_FILINGS", 16)
    rows, originals = everything(small), all_bytes(small)
    small.close()
    done = small.compact()
    assert (done.folded, done.waiting) == (2, 0)
    assert done.dropped > 0
    assert everything(small) == rows
    assert all_bytes(small) == originals
    found = small.verify(depth=Depth.FULL, jobs=1)
    assert found.faults == found.notes == []
    for shard in small.ledger.shards():
        assert compacting._quarter(shard.first_filed) == compacting._quarter(shard.last_filed)
        assert shard.counts["filings"] <= 16
    small.close()
    generation = small.ledger.generation()
    again = small.compact()
    assert (again.merged, again.made, small.ledger.generation()) == (0, 0, generation)


def test_who_searches_after_it_does_not_wait(small: Archive) -> None:
    assert small.unsearched() > 0
    small.compact()
    assert small.unsearched() == 0


def test_rows_of_a_shard_stand_in_the_order_of_filing_dates(small: Archive) -> None:
    small.compact()
    for shard in small.ledger.shards():
        file = small.layout.shards / shard.name / "filings.parquet"
        found = [day for (day,) in duckdb.execute(f"select filed_on from '{file}' order by shard_row").fetchall()]
        assert found == sorted(found)


def test_connections_that_are_open_go_on_and_what_they_read_goes_when_they_end(small: Archive) -> None:
    with open_archive(small.layout.root) as other:
        shutil.rmtree(other.layout.index, ignore_errors=True)
        connection = other.connect()
        before = connection.execute("select count(*), sum(value) from transactions").fetchall()
        done = small.compact()
        assert done.waiting > 0
        assert connection.execute("select count(*), sum(value) from transactions").fetchall() == before
        assert small.verify(jobs=1).clean
    small.close()
    small.note("a change", "by the next writer")
    assert {path.name for path in small.layout.shards.iterdir()} == {shard.name for shard in small.ledger.shards()}


@pytest.mark.parametrize("step", ["_plan", "_make", "_commit"])
def test_a_failure_at_any_step_leaves_the_archive_as_it_was(
    small: Archive, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    rows, shards = everything(small), small.ledger.shards()
    small.close()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Merger, step, fail)
        with pytest.raises(StorageError, match="full"):
            small.compact()
    assert everything(small) == rows
    assert [shard.name for shard in small.ledger.shards()][: len(shards)] == [shard.name for shard in shards]
    assert small.verify(depth=Depth.FULL, jobs=1).clean
    small.close()
    small.compact()
    assert everything(small) == rows


def test_an_error_within_the_change_of_the_ledger_takes_all_of_it_back(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = everything(small)
    small.close()

    def fail(*_: object) -> None:
        raise KeyError

    with monkeypatch.context() as patched:
        patched.setattr(Merger, "_kept_derivations", fail)
        with pytest.raises(KeyError):
            small.compact()
    assert everything(small) == rows
    assert small.verify(jobs=1).clean


def test_damaged_columns_are_made_again_and_damaged_bytes_stop_it(small: Archive) -> None:
    rows = everything(small)
    small.close()
    first, second = [small.layout.shards / shard.name for shard in small.ledger.shards()[:2]]
    (first / "transactions.parquet").write_bytes(b"nothing")
    (first / "owners.parquet").unlink()
    assert not small.verify(jobs=1).clean
    small.close()
    small.compact(everything=True)
    assert everything(small) == rows
    assert small.verify(depth=Depth.FULL, jobs=1).clean
    small.close()
    (only, *_) = [small.layout.shards / shard.name for shard in small.ledger.shards()]
    data = bytearray((only / "originals.parquet").read_bytes())
    data[100] ^= 1
    (only / "originals.parquet").write_bytes(data)
    with pytest.raises(StorageError, match="backup"):
        small.compact(everything=True)
    assert only.is_dir()
    assert not second.exists()


def test_derived_columns_are_made_anew_when_their_rules_have_changed(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.compact()
    small.close()
    for room in (compacting, merging, merging_sources, verifying_room):
        monkeypatch.setattr(room, "DERIVATION", 2)
    monkeypatch.setattr("section16.archive.projection._value", lambda *_: "16")
    assert small.verify(depth=Depth.FULL, jobs=1).clean  # an older derivation is no fault
    small.close()
    assert small.compact().made > 0
    assert small.sql("select distinct value from transactions").fetchall() == [(16,)]
    assert {shard.derivation for shard in small.ledger.shards()} == {2}
    small.close()
    assert small.compact().made == 0


def test_numbers_of_shards_are_not_used_again(small: Archive) -> None:
    with Ledger(small.layout.ledger, writable=True).change() as connection:
        connection.execute("update counters set value = 99 where name = 'shard'")
    small.compact()
    assert min(shard.id for shard in small.ledger.shards()) > 99


def test_the_bytes_of_every_filing_come_back(small: Archive, texts: list[bytes]) -> None:
    small.compact()
    for text in texts[:26]:
        assert small.original(read(text).accession or "") == text
