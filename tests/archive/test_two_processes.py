"""Two processes at once: readers never see half a change; of two writers the second waits, or says so."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from section16.archive import Archive, Incoming, open_archive
from section16.archive import adding as adding_room
from section16.errors import ConflictError

_WRITER = """
import sys
from section16.archive import Incoming, adding, open_archive
from section16.samples import generate, sample_bytes

adding.TAIL_BATCH, adding.SHARD_FILES = 0, 4
samples = generate(24, seed=int(sys.argv[2]))
files = [Incoming(name=sample.name, data=sample_bytes(sample, "submission")) for sample in samples]

def slowly():
    for number, one in enumerate(files):
        if number == 9:
            print("half", flush=True)
            sys.stdin.readline()
        yield one

with open_archive(sys.argv[1]) as opened:
    opened.add(slowly(), jobs=1)
    print("done", flush=True)
"""


@pytest.fixture
def writer(archive: Archive) -> Iterator[subprocess.Popen[str]]:
    """A process that has added some of its files, and adds the rest once told to."""
    command = [sys.executable, "-c", _WRITER, str(archive.layout.root), "11"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "half\n"
        yield running
        if running.poll() is None:
            running.kill()


def go_on(writer: subprocess.Popen[str]) -> None:
    said, _ = writer.communicate("\n")
    assert (said, writer.returncode) == ("done\n", 0)


def test_a_reader_sees_whole_shards_while_another_process_adds(archive: Archive, writer: subprocess.Popen[str]) -> None:
    assert archive.verify(jobs=1).clean
    (seen,) = archive.sql("select count(*) from filings").fetchone() or (0,)
    assert seen in {4, 8}
    connection = archive.connect()
    go_on(writer)
    assert connection.execute("select count(*), count(transaction_count) from filings").fetchall() == [(seen, seen)]
    assert archive.sql("select count(*) from filings").fetchone() == (24,)
    assert archive.verify(jobs=1).clean


def test_a_second_writer_says_whom_it_waits_for_and_goes_on_after_it(
    archive: Archive, writer: subprocess.Popen[str], texts: list[bytes]
) -> None:
    said: list[str] = []
    telling = threading.Thread(target=go_on, args=[writer])

    def waiting(words: str) -> None:
        said.append(words)
        telling.start()

    added = archive.add([Incoming(name="one", data=texts[0])], jobs=1, waiting=waiting, wait=60)
    telling.join()
    assert said == [f"process {writer.pid}"]
    assert added.new + added.known == 1
    assert archive.status().filings in {24, 25}


def test_a_second_writer_that_must_not_wait_is_told_who_writes(
    archive: Archive, writer: subprocess.Popen[str], texts: list[bytes]
) -> None:
    for what in (
        lambda: archive.add([Incoming(name="one", data=texts[0])], jobs=1, wait=0),
        lambda: archive.compact(wait=0),
        lambda: archive.retry(wait=0),
    ):
        with pytest.raises(ConflictError, match=f"process {writer.pid}") as refused:
            what()
        assert refused.value.code == "ARCHIVE_BUSY"
    go_on(writer)
    assert archive.verify(jobs=1).clean


def test_a_writer_that_was_killed_holds_nothing(
    archive: Archive, writer: subprocess.Popen[str], texts: list[bytes]
) -> None:
    writer.kill()
    writer.wait()
    assert archive.add([Incoming(name="one", data=texts[0])], jobs=1, wait=0).files == 1
    assert archive.verify(jobs=1).clean
    assert {path.name for path in archive.layout.shards.iterdir()} == {shard.name for shard in archive.ledger.shards()}


def test_two_threads_that_make_one_archive_make_one(tmp_path: Path, texts: list[bytes]) -> None:
    counts: list[int] = []

    def work(number: int) -> None:
        with open_archive(tmp_path / "one") as opened:
            counts.append(
                opened.add([Incoming(name="x", data=text) for text in texts[number : number + 5]], jobs=1).new
            )

    threads = [threading.Thread(target=work, args=[number]) for number in (0, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 8
    with open_archive(tmp_path / "one") as opened:
        assert opened.verify(jobs=1).clean
        assert adding_room.TAIL_BATCH >= 5
