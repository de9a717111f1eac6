"""`archive verify`, `compact`, `export`, `quarantine`: exit codes, words and JSON."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from section16.archive import open_archive

from .conftest import Command

pytestmark = pytest.mark.usefixtures("archive")


@pytest.fixture
def archive(tmp_path: Path, section16: Command, sources: Path, broken: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with the filings of `sources`, and a file that cannot be read."""
    folder = tmp_path / "archive"
    monkeypatch.setenv("SECTION16_ARCHIVE", str(folder))
    assert section16("archive", "add", sources, broken, "--quiet").code == 1
    return folder


def test_a_clean_archive_ends_with_0_and_says_what_was_looked_at(section16: Command) -> None:
    ended = section16("archive", "verify")
    assert ended.code == 0
    assert ended.out.startswith(b"clean: 6 filings in 6 containers")
    ended = section16("archive", "verify", "--full", "--json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert (found["clean"], found["depth"], found["filings"], found["faults"]) == (True, "full", 6, [])
    assert section16("archive", "verify", "--quick", "--quiet").out == b""


def test_faults_end_with_1_each_with_its_record_and_mend(section16: Command, archive: Path) -> None:
    connection = sqlite3.connect(archive / "ledger.sqlite")
    connection.execute("insert into aliases values ('sha256:00', 'nothing')")
    connection.commit()
    connection.close()
    ended = section16("archive", "verify")
    assert ended.code == 1
    lines = ended.out.decode().splitlines()
    assert lines[0] == "sha256:00: the alias is that of no filing. Restore the archive's folder from a backup"
    assert lines[-1].startswith("1 faults: 6 filings")
    assert json.loads(section16("archive", "verify", "--json").out)["faults"][0]["record"] == "sha256:00"


def test_quick_and_full_exclude_one_another_and_a_missing_archive_ends_with_7(
    section16: Command, tmp_path: Path
) -> None:
    assert section16("archive", "verify", "--quick", "--full").code == 2
    for words in (["verify"], ["compact"], ["export", tmp_path / "x"], ["quarantine"]):
        ended = section16("archive", *words, "--archive", tmp_path / "none")
        assert ended.code == 7
        assert "ARCHIVE_MISSING" in ended.err


def test_compact_says_what_it_did(section16: Command) -> None:
    ended = section16("archive", "compact")
    assert ended.code == 0
    assert "6 containers of the tail folded into a shard" in ended.err
    assert json.loads(section16("archive", "compact", "--json").out)["merged"] == 0


def test_an_export_says_how_much_and_does_not_replace(section16: Command, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert section16("archive", "export", folder).code == 0
    ended = section16("archive", "export", folder)
    assert ended.code == 5
    assert "--overwrite" in ended.err
    ended = section16("archive", "export", folder, "--overwrite", "--json", "--as-of", "1999-12-31")
    assert ended.code == 0
    assert {table["rows"] for table in json.loads(ended.out)["tables"]} == {0}


def test_quarantine_lists_reasons_and_tries_again(section16: Command) -> None:
    ended = section16("archive", "quarantine")
    assert ended.code == 0
    assert b"broken.xml" in ended.out
    ended = section16("archive", "quarantine", "--retry", "--json")
    assert ended.code == 1
    assert "can be read now" in ended.err
    (one,) = json.loads(ended.out)
    assert (one["name"], one["tries"], one["code"]) == ("broken.xml", 2, "XML_NOT_WELL_FORMED")


def test_who_must_not_wait_ends_with_5(section16: Command, archive: Path, sources: Path) -> None:
    with open_archive(archive) as opened, opened.writer():
        for words in (["add", sources], ["compact"], ["quarantine", "--retry"]):
            ended = section16("archive", *words, "--no-wait")
            assert ended.code == 5
            assert "ARCHIVE_BUSY" in ended.err
