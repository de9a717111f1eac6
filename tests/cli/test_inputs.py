from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli.inputs import inputs_of

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_a_folder_stands_for_all_files_below_it_in_order(sources: Path) -> None:
    found = inputs_of([str(sources)])
    relative = [one.relative for one in found]
    assert len(relative) == 7
    assert "INDEX.csv" in relative
    assert relative[-2:] == sorted(relative[-2:])
    assert all(one.startswith("xml/") for one in relative[-2:])
    assert not [one for one in relative if one.startswith(".")]
    assert all(one.in_folder and Path(one.path).is_file() for one in found)


def test_a_file_keeps_its_name_and_need_not_exist(report: Path) -> None:
    assert [one.relative for one in inputs_of([str(report), "a/missing.xml"])] == ["report.xml", "missing.xml"]


def test_standard_input_is_read_for_a_dash(section16: Command, report: Path) -> None:
    piped = section16("show", "-", stdin=report.read_bytes())
    assert piped.out == section16("show", report).out
    assert section16("convert", "-", "--to", "json", stdin=report.read_bytes()).out.startswith(b'{\n  "schema": 1')
    twice = section16("show", "-", "-")
    assert twice.code == 2
    assert "named twice" in twice.err


def test_an_empty_standard_input_cannot_be_read(section16: Command) -> None:
    ended = section16("show", "-")
    assert ended.code == 3
    assert "EMPTY_FILING" in ended.err


@pytest.mark.parametrize("command", [["show"], ["convert", "--to", "json", "-o", "made/"]], ids=["show", "convert"])
def test_folders_hold_other_files_too(
    section16: Command, command: list[str], tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    assert section16(*command, folder).code == 3
    (folder / "notes.txt").write_text("no filing")
    (folder / "empty.xml").touch()
    nothing = section16(*command, folder)
    assert nothing.code == 3
    assert "no filing" in nothing.err
    (folder / "report.xml").write_bytes(report.read_bytes())
    assert section16(*command, folder).code == 0
    named = section16(*command, folder / "notes.txt")
    assert named.code == 3
    assert "NOT_OWNERSHIP" in named.err


def test_what_is_passed_over_is_said(section16: Command, sources: Path, tmp_path: Path) -> None:
    ended = section16("convert", sources, "--to", "json", "-o", tmp_path / "out")
    assert ended.code == 0
    assert ended.err.splitlines() == [f"passed over, no filing: {sources / 'INDEX.csv'}", "6 written"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_left_alone(section16: Command, tmp_path: Path, report: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "report.xml").write_bytes(report.read_bytes())
    assert len(section16("show", tmp_path).out.splitlines()) > 1


def test_a_link_to_nothing_and_a_circle_of_folders_end(section16: Command, tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.xml").write_bytes(report.read_bytes())
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "gone.xml").symlink_to(folder / "nowhere.xml")
    ended = section16("show", folder)
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 1
    assert "gone.xml: error: SOURCE_UNREADABLE" in ended.err


def test_a_name_that_is_no_text_is_shown_escaped(section16: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"a\xff\n.xml")
    try:
        (folder / name).write_bytes(b"<broken")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    ended = section16("convert", folder, "--to", "json", "-o", tmp_path / "out")
    assert ended.code == 3
    assert "\\udcff\\n.xml" in ended.err
    (folder / name).write_bytes(b"<ownershipDocument/>")
    assert section16("convert", folder, "--to", "json", "-o", tmp_path / "out").code == 0
