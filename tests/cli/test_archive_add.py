"""`archive add` as people meet it: what is said, how it ends, what is passed over."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from section16.archive import open_archive
from section16.archive.members import files_below
from section16.cli import archive_add

from .conftest import Command


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "an archive \N{GREEK SMALL LETTER ALPHA}"
    monkeypatch.setenv("SECTION16_ARCHIVE", str(found))
    return found


def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_what_is_next(
    section16: Command, sources: Path, broken: Path
) -> None:
    ended = section16("archive", "add", sources, broken)
    assert ended.code == 1
    assert "6 new, 1 in quarantine" in ended.err
    assert f"{broken}: XML_NOT_WELL_FORMED" in ended.err
    assert "section16 archive quarantine" in ended.err
    again = section16("archive", "add", sources, broken)
    assert again.code == 1
    assert "0 new, 6 known, 1 in quarantine since before" in again.err


def test_when_nothing_could_be_read_it_ends_with_3(section16: Command, broken: Path, tmp_path: Path) -> None:
    assert section16("archive", "add", broken).code == 3
    assert section16("archive", "add", tmp_path / "not-there").code == 3


def test_what_is_no_filing_in_a_folder_is_passed_over_and_counted(
    section16: Command, sources: Path, folder: Path, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(sources, mixed)
    (mixed / "minutes.pdf").write_bytes(b"%PDF-1.4\n\0")
    (mixed / "package.json").write_bytes(b'{"name": "x"}')
    ended = section16("archive", "add", mixed)
    assert ended.code == 0
    assert "6 new; 3 others passed over" in ended.err
    with open_archive(folder) as opened:
        assert opened.quarantined() == []
    facts = json.loads(section16("archive", "add", mixed, "--json").out)
    assert (facts["known"], facts["passed"], facts["files"], facts["reasons"]) == (6, 3, 9, [])


def test_standard_input_may_be_a_filing_or_an_archive(section16: Command, sources: Path) -> None:
    files = list(files_below(sources))
    assert "1 new" in section16("archive", "add", "-", stdin=files[0].read_bytes()).err
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        for file in files:
            target.add(file, file.name)
    assert "5 new, 1 known" in section16("archive", "add", "-", stdin=made.getvalue()).err
    assert section16("archive", "add", "-", "-").code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_read_once(section16: Command, sources: Path, tmp_path: Path) -> None:
    pipe, file = tmp_path / "pipe", next(files_below(sources))
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(file.read_bytes(),), daemon=True)
    writer.start()
    assert "1 new" in section16("archive", "add", pipe).err


def test_ctrl_c_keeps_what_came_and_says_so(
    section16: Command, sources: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    asked = iter([False, False, *[True] * 100])

    @contextmanager
    def pressed(_: int) -> Iterator[Callable[[], bool]]:
        yield lambda: next(asked)

    monkeypatch.setattr(archive_add, "stoppable", pressed)
    ended = section16("archive", "add", sources)
    assert ended.code == 130
    assert "2 files read: 2 new\nstopped; what was added stays, run it again to go on" in ended.err
    with open_archive(folder) as opened:
        assert opened.verify(jobs=1).clean
