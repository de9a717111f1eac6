from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli import show as show_module
from section16.reading import read

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_one_form_begins_with_its_sentence(section16: Command, report: Path) -> None:
    ended = section16("show", report)
    lines = ended.out.decode().splitlines()
    assert ended.code == 0
    assert ended.err == ""
    assert lines[0] == read(report).sentence
    assert lines[1] == ""
    assert "FORM 4" in lines
    assert "\x1b" not in ended.out.decode()


def test_the_seed_says_what_the_form_does_not_carry(section16: Command, repository: Path) -> None:
    ended = section16("show", repository / "examples" / "qualys-form4.md")
    lines = ended.out.decode().splitlines()
    assert lines[0] == "719 shares withheld for tax at $147.76; holds 24,059 directly"
    notes = [line for line in lines if line.startswith("note: ")]
    assert len(notes) == 3
    assert lines[-3:] == notes


def test_several_inputs_take_a_line_each(section16: Command, sources: Path) -> None:
    ended = section16("show", sources)
    lines = ended.out.decode().splitlines()
    assert ended.code == 0
    assert len(lines) == 6
    for line, path in zip(lines, [*sorted(sources.glob("*.txt")), *sorted(sources.glob("xml/*"))], strict=True):
        filing = read(path)
        accession, form, issuer, owner, sentence = line.split("  ", 4)
        assert accession == (filing.accession or str(path))
        assert form == f"Form {filing.document.document_type}"
        assert filing.document.issuer is not None
        assert issuer == filing.document.issuer.name
        assert owner.startswith(str(filing.document.reporting_owners[0].name))
        assert sentence == filing.sentence


def test_full_prints_every_form(section16: Command, sources: Path) -> None:
    ended = section16("show", "--full", sources)
    assert ended.out.decode().count("UNITED STATES SECURITIES AND EXCHANGE COMMISSION") == 6


def test_json_of_one_is_indented_and_of_several_a_line_each(section16: Command, sources: Path, report: Path) -> None:
    one = json.loads(section16("show", "--json", report).out)
    assert one["sentence"] == read(report).sentence
    assert one["notes"] == []
    assert one["document"]["document_type"] == "4"
    lines = section16("show", "--json", sources).out.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == [1] * 6
    assert read(section16("show", "--json", report).out).document == read(report).document


def test_an_edition_changes_the_look(section16: Command, report: Path) -> None:
    newest = section16("show", report, "--edition", "2026-03").out
    assert newest == section16("show", report, "--edition", "X0609").out
    assert newest != section16("show", report, "--edition", "2003").out
    unknown = section16("show", report, "--edition", "1999")
    assert unknown.code == 2
    assert unknown.out == b""
    assert "2003, 2023-03, 2023-07, 2026-03" in unknown.err


def test_the_width_comes_from_columns(section16: Command, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def longest() -> int:
        return max(map(len, section16("show", report).out.decode().splitlines()[1:]))

    assert longest() <= 100
    for columns in (40, 72, 180):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert longest() <= columns
    monkeypatch.setenv("COLUMNS", "1")
    assert show_module.width() == 40


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not show_module.colored()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert show_module.colored()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not show_module.colored()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not show_module.colored()


def test_open_shows_the_page_in_the_browser(
    section16: Command, report: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def open_page(url: str) -> bool:
        opened.append(url)
        return len(opened) == 1

    monkeypatch.setattr(webbrowser, "open", open_page)
    assert section16("show", "--open", report).code == 0
    (page,) = tmp_path.glob("section16-*/form.html")
    assert opened == [page.as_uri()]
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html")
    assert page.parent.stat().st_mode & 0o077 == 0
    assert "no browser could be opened; the page is " in section16("show", "--open", report).err


def test_open_takes_one_input(section16: Command, sources: Path) -> None:
    ended = section16("show", "--open", sources)
    assert ended.code == 2
    assert "--open takes one input" in ended.err


def test_text_of_a_filing_cannot_command_the_terminal(section16: Command, tmp_path: Path) -> None:
    evil = tmp_path / "evil.xml"
    evil.write_text(
        "<ownershipDocument><documentType>4</documentType><issuer><issuerName>A\u202eB\x85C</issuerName></issuer>"
        "<remarks>\u009b31m</remarks></ownershipDocument>",
        encoding="utf-8",
    )
    for words in (["show"], ["show", str(evil)], ["show", "--full", str(evil)]):
        printed = section16(*words, evil).out.decode()
        assert not {"\u202e", "\x85", "\x9b", "\x1b"} & set(printed)
        assert "\\u202e" in printed


def test_what_fails_is_named_and_the_rest_is_shown(section16: Command, report: Path, broken: Path) -> None:
    ended = section16("show", broken, report)
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 1
    assert ended.err.startswith(f"{broken}: error: XML_NOT_WELL_FORMED: ")
    alone = section16("show", broken)
    assert (alone.code, alone.out) == (3, b"")
    assert alone.err.startswith("error: XML_NOT_WELL_FORMED: ")
    assert alone.err.count("\n") == 1
