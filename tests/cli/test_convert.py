from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli import outputs
from section16.cli.options import FormatName
from section16.reading import Format, read, write
from section16.samples import Sample, sample_bytes

if TYPE_CHECKING:
    from tests.cli.conftest import Command

ENDINGS = {"xml": "xml", "submission": "xml", "json": "json", "md": "md", "html": "html", "text": "txt", "csv": "csv"}


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_formats_of_the_command_are_those_of_the_library() -> None:
    assert [(one.name, one.value) for one in FormatName] == [(one.name, one.value) for one in Format]


@pytest.mark.parametrize("form", ENDINGS)
def test_every_format_of_one_file(section16: Command, form: str, report: Path, tmp_path: Path) -> None:
    expected = write(read(report), form)
    ended = section16("convert", report, "--to", form)
    assert (ended.code, ended.out) == (0, expected)
    named = tmp_path / "named"
    assert section16("convert", report, "--to", form, "-o", named).out == b""
    assert named.read_bytes() == expected
    assert section16("convert", report, "--to", form, "-o", f"{tmp_path}/new/").code == 0
    assert files_below(tmp_path / "new") == [f"report.{ENDINGS[form]}"]
    assert section16("convert", report, "--to", form, "-o", tmp_path).code == 0
    assert (tmp_path / f"report.{ENDINGS[form]}").read_bytes() == expected


def test_pdf_of_one_file(section16: Command, report: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    assert section16("convert", report, "--to", "pdf", "-o", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("form", ENDINGS)
def test_every_kind_of_source_is_converted(
    section16: Command, form: str, samples: list[Sample], repository: Path, tmp_path: Path
) -> None:
    filing = read(sample_bytes(samples[0], "submission"))
    given = tmp_path / "in"
    given.mkdir()
    for number, kind in enumerate(("xml", "submission", "json")):
        (given / f"{number}.bin").write_bytes(write(filing, kind))
    (given / "3.bin").write_bytes(filing.content)
    shutil.copy(repository / "examples" / "qualys-form4.md", given / "4.bin")
    ended = section16("convert", given, "--to", form, "-o", tmp_path / "out")
    assert ended.code == 0
    assert files_below(tmp_path / "out") == [f"{number}.{ENDINGS[form]}" for number in range(5)]


def test_a_folder_keeps_its_shape(section16: Command, sources: Path, tmp_path: Path) -> None:
    ended = section16("convert", sources, "--to", "md", "-o", tmp_path)
    wanted = [
        str(path.relative_to(sources).with_suffix(".md")) for path in [*sources.glob("*.txt"), *sources.glob("xml/*")]
    ]
    assert ended.code == 0
    assert files_below(tmp_path) == sorted(wanted)


def test_many_files_in_several_processes_are_the_same(
    section16: Command, samples: list[Sample], tmp_path: Path
) -> None:
    given = tmp_path / "in"
    given.mkdir()
    for sample in samples[:80]:
        (given / f"{sample.name}.txt").write_bytes(sample_bytes(sample, "submission"))
    (given / "broken.xml").write_bytes(b"<ownershipDocument>")
    (given / "list.csv").write_bytes(b"a,b\n")
    ends = [section16("convert", given, "--to", "json", "-o", tmp_path / jobs, "--jobs", jobs) for jobs in ("1", "2")]
    assert ends[0] == ends[1]
    assert ends[0].code == 1
    assert ends[0].err.splitlines()[-1] == "80 written, 1 failed"
    assert files_below(tmp_path / "1") == files_below(tmp_path / "2")
    for name in files_below(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_several_inputs_need_a_folder(section16: Command, sources: Path, report: Path) -> None:
    for words in ([sources], [report, report], [sources, "-o", report], [sources, "-o", "-"]):
        ended = section16("convert", *words, "--to", "json")
        assert ended.code == 2
        assert "Give -o DIR" in ended.err
    assert report.read_bytes().startswith(b"<?xml")


def test_a_folder_of_one_file_goes_to_a_folder(section16: Command, report: Path, tmp_path: Path) -> None:
    assert section16("convert", report.parent, "--to", "json").code == 2
    assert section16("convert", report.parent, "--to", "json", "-o", tmp_path / "new").code == 0
    assert files_below(tmp_path / "new") == ["report.json"]


def test_two_inputs_with_one_name_stop_before_anything_is_written(
    section16: Command, report: Path, tmp_path: Path
) -> None:
    other = tmp_path / "report.txt"
    other.write_bytes(report.read_bytes())
    ended = section16("convert", report, other, "--to", "json", "-o", tmp_path / "out")
    assert ended.code == 5
    assert "OUTPUT_CONFLICT" in ended.err
    assert not (tmp_path / "out").exists()
    piped = tmp_path / "stdin.xml"
    piped.write_bytes(report.read_bytes())
    assert section16("convert", "-", piped, "--to", "json", "-o", tmp_path / "out").code == 5


def test_a_file_that_is_no_filing_takes_nobodys_name(section16: Command, report: Path, tmp_path: Path) -> None:
    given = tmp_path / "in"
    given.mkdir()
    (given / "report.csv").write_text("a,b\n")
    (given / "report.xml").write_bytes(report.read_bytes())
    (given / "report.zzz").write_text("words")
    ended = section16("convert", given, "--to", "json", "-o", tmp_path / "out")
    assert ended.code == 0
    assert files_below(tmp_path / "out") == ["report.json"]
    (given / "report.txt").write_bytes(report.read_bytes())
    assert section16("convert", given, "--to", "json", "-o", tmp_path / "again").code == 5


def test_what_exists_is_replaced_only_when_told(section16: Command, sources: Path, tmp_path: Path) -> None:
    last = max(sources.glob("xml/*"))
    there = tmp_path / "xml" / f"{last.stem}.json"
    there.parent.mkdir()
    there.write_text("mine")
    ended = section16("convert", sources, "--to", "json", "-o", tmp_path)
    assert ended.code == 5
    assert "OUTPUT_EXISTS" in ended.err
    assert files_below(tmp_path) == [f"xml/{there.name}"]
    assert there.read_text() == "mine"
    assert section16("convert", sources, "--to", "json", "-o", tmp_path, "--overwrite").code == 0
    assert json.loads(there.read_text())["schema"] == 1


def test_quiet_says_only_what_fails(section16: Command, sources: Path, broken: Path, tmp_path: Path) -> None:
    ended = section16("convert", sources, "--to", "json", "-o", tmp_path / "a", "--quiet")
    assert ended == (0, b"", "")
    ended = section16("convert", sources, broken, "--to", "json", "-o", tmp_path / "b", "-q")
    assert ended.code == 1
    assert ended.err.startswith(f"{broken}: error: ")
    assert ended.err.count("\n") == 1


def test_what_a_picture_does_not_carry_is_said(section16: Command, repository: Path) -> None:
    seed = repository / "examples" / "qualys-form4.md"
    ended = section16("convert", seed, "--to", "xml")
    assert ended.code == 0
    assert "issuerCik is absent" in ended.err
    assert section16("convert", seed, "--to", "xml", "--quiet").err == ""


def test_a_failing_file_is_named_and_the_rest_goes_on(
    section16: Command, sources: Path, broken: Path, tmp_path: Path
) -> None:
    ended = section16("convert", broken, "missing.xml", sources, "--to", "json", "-o", tmp_path / "out")
    first, second, *_ = ended.err.splitlines()
    assert ended.code == 1
    assert first.startswith(f"{broken}: error: XML_NOT_WELL_FORMED: ")
    assert second.startswith("missing.xml: error: SOURCE_UNREADABLE: ")
    assert len(files_below(tmp_path / "out")) == 6


def test_nothing_readable_ends_with_3(section16: Command, broken: Path, tmp_path: Path) -> None:
    several: list[str | Path] = [broken, "missing.xml", "-o", tmp_path / "out"]
    ways: list[list[str | Path]] = [[broken], ["missing.xml"], several]
    for words in ways:
        assert section16("convert", *words, "--to", "json").code == 3
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><ownershipDocument/>', "XML_DTD_FORBIDDEN"),
        (b"<ownershipDocument>", "XML_NOT_WELL_FORMED"),
        (b"<ownershipDocument>" + b"<a>" * 50 + b"</a>" * 50 + b"</ownershipDocument>", "LIMIT_DEPTH"),
        (b"<?xml version='1.0' encoding='UTF-7'?><ownershipDocument/>", "XML_ENCODING"),
        (b"\xd0\xcf\x11\xe0", "NOT_OWNERSHIP"),
        (b'{"schema": 1, "document": {"a": 1}}', "JSON_INVALID"),
        (b"", "EMPTY_FILING"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_input_is_one_line(section16: Command, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(content)
    for command in (["show"], ["convert", "--to", "xml"], ["diff", str(tmp_path / "bad")]):
        ended = section16(*command, tmp_path / "bad")
        assert ended.code == 3
        assert ended.out == b""
        named = f"{tmp_path / 'bad'}: " if command[0] == "diff" else ""
        assert ended.err.startswith(f"{named}error: {code}: ")
        assert ended.err.count("\n") == 1
        assert len(ended.err) <= len(named) + 320


def test_an_unknown_edition_stops_everything(section16: Command, sources: Path, tmp_path: Path) -> None:
    ended = section16("convert", sources, "--to", "html", "-o", tmp_path / "out", "--edition", "X9")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "2003, 2023-03, 2023-07, 2026-03" in ended.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [["--to", "docx"], ["--bogus"], [], ["--to", "json", "--jobs", "0"]], ids=str)
def test_wrong_usage_ends_with_2(section16: Command, words: list[str], report: Path) -> None:
    assert section16("convert", report, *words).code == 2


def test_a_missing_extra_is_named_once_with_its_pip_line(
    section16: Command, sources: Path, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for words in ([report], [sources, "-o", tmp_path / "out"]):
        ended = section16("convert", *words, "--to", "pdf")
        assert ended.code == 2
        assert ended.err.count("pip install 'section16[pdf]'") == 1


def test_a_folder_that_cannot_be_written_ends_with_7(section16: Command, sources: Path, report: Path) -> None:
    ways: list[list[str | Path]] = [[report, "-o", report / "a.json"], [sources, "-o", report / "deep" / "out"]]
    for words in ways:
        ended = section16("convert", *words, "--to", "json")
        assert ended.code == 7
        assert ended.err.count("error: STORAGE_FAILED: ") == 1
    assert files_below(report.parent) == ["report.xml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_ends_with_7(section16: Command, report: Path) -> None:
    ended = section16("convert", report, "--to", "json", "-o", "/dev/full")
    assert ended.code == 7
    assert "DISK_FULL" in ended.err
    assert not [path for path in Path("/dev").iterdir() if path.name.startswith(".full")]


def test_a_disk_that_fills_leaves_no_half_file(
    section16: Command, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []

    def replace(path: Path, target: Path) -> None:
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(target)
        shutil.move(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    ended = section16("convert", sources, "--to", "json", "-o", tmp_path / "out")
    assert ended.code == 7
    assert ended.err.splitlines()[0] == "2 written"
    assert "DISK_FULL" in ended.err.splitlines()[1]
    assert [tmp_path / "out" / name for name in files_below(tmp_path / "out")] == sorted(written)


def test_a_device_is_written_to_and_stays(section16: Command, report: Path) -> None:
    assert section16("convert", report, "--to", "json", "-o", "/dev/null", "--overwrite").code == 0
    assert outputs.is_special(Path("/dev/null"))


def test_convert_round_trips_through_json(section16: Command, report: Path, tmp_path: Path) -> None:
    json_path = tmp_path / "a.json"
    assert section16("convert", report, "--to", "json", "-o", json_path).code == 0
    assert section16("convert", json_path, "--to", "xml").out == section16("convert", report, "--to", "xml").out
    again = section16("convert", json_path, "--to", "json")
    assert again.out == json_path.read_bytes()
