from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from section16.cli.answers import confirmation_codes
from section16.errors import UsageError
from section16.reading import read, write

if TYPE_CHECKING:
    from tests.cli.conftest import Command

CODE = "abcde1@x"
OTHER = "zyxwv9#u"
GIVEN = ["--issuer-cik", "1107843", "--owner-cik", "1234567"]


@pytest.fixture
def seed(repository: Path) -> Path:
    return repository / "examples" / "qualys-form4.md"


@pytest.fixture
def code_file(tmp_path: Path) -> Path:
    path = tmp_path / "codes"
    path.write_text(f"# of the client\n\n0001234567 {CODE}\n")
    path.chmod(0o600)
    return path


def test_codes_come_from_the_environment_or_a_file_never_from_an_argument(
    section16: Command, seed: Path, code_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str | Path] = ["convert", seed, "--to", "xml", "--for", "submission", *GIVEN]
    without = section16(*words)
    assert without.code == 0
    assert b"rptOwnerCcc" not in without.out
    assert "left out: the CCC of reporting owner 1" in without.err
    of_file = section16(*words, "--ccc-file", code_file)
    assert etree.fromstring(of_file.out).findtext(".//rptOwnerCcc") == CODE
    monkeypatch.setenv("SECTION16_CCC_0001234567", OTHER)
    of_environment = section16(*words)
    assert etree.fromstring(of_environment.out).findtext(".//rptOwnerCcc") == OTHER
    assert section16(*words, "--ccc-file", code_file).out == of_file.out
    for ended in (of_file, of_environment):
        assert "CCC" not in ended.err
        assert CODE not in ended.err
        assert OTHER not in ended.err


def test_without_for_submission_codes_are_not_even_looked_at(
    section16: Command, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECTION16_CCC_1234567", "no code at all")
    for form in ("xml", "json", "html", "csv"):
        ended = section16("convert", seed, "--to", form)
        assert ended.code == 0
        assert b"no code at all" not in ended.out
    refused = section16("convert", seed, "--to", "submission", *GIVEN)
    assert refused.code == 2
    assert "environment variable SECTION16_CCC_1234567" in refused.err
    assert "no code at all" not in refused.err


def test_a_file_that_others_may_read_is_not_used(section16: Command, seed: Path, code_file: Path) -> None:
    for mode in (0o640, 0o604, 0o620):
        code_file.chmod(mode)
        ended = section16("convert", seed, "--to", "submission", *GIVEN, "--ccc-file", code_file)
        assert ended.code == 4
        assert ended.out == b""
        assert ended.err.startswith("error: KEY_PERMISSIONS: ")


@pytest.mark.parametrize(
    "content", [b"secret1@\n", b"1234567 secret1@ x\n", b"1234567 secret1\n", b"Apple secret1@\n", b"\xff secret1@\n"]
)
def test_a_file_of_another_shape_is_refused_without_repeating_it(
    section16: Command, seed: Path, code_file: Path, content: bytes
) -> None:
    code_file.write_bytes(content)
    ended = section16("convert", seed, "--to", "submission", *GIVEN, "--ccc-file", code_file)
    assert ended.code == 2
    assert "secret1" not in ended.err
    missing = section16("convert", seed, "--to", "submission", "--ccc-file", code_file.parent / "missing")
    assert missing.code == 2


def test_codes_of_the_environment_have_ciks_in_any_spelling() -> None:
    found = confirmation_codes(None, {"SECTION16_CCC_0000000030": CODE, "SECTION16_CCC_40": OTHER, "HOME": "/"})
    assert found == {"30": CODE, "40": OTHER}
    with pytest.raises(UsageError):
        confirmation_codes("missing", {})


def test_answers_are_taken_and_what_is_assumed_is_said(section16: Command, seed: Path) -> None:
    words: list[str | Path] = ["convert", seed, "--to", "xml", "--for", "submission", *GIVEN]
    silent = section16(*words)
    assumed = [line for line in silent.err.splitlines() if line.startswith("assumed, confirm before filing: ")]
    assert len(assumed) == 2
    assert "absent" not in "".join(line for line in silent.err.splitlines() if "CIK" in line)
    assert section16(*words, "--quiet").err.count("assumed, confirm before filing: ") == 2
    answered = section16(*words, "--10b5-1", "yes", "--non-us", "no")
    assert "assumed" not in answered.err
    assert etree.fromstring(answered.out).findtext("aff10b5One") == "1"
    assert section16(*words, "--10b5-1", "maybe").code == 2


def test_a_submission_file_holds_the_same_report(section16: Command, seed: Path) -> None:
    report = section16("convert", seed, "--to", "xml", "--for", "submission", *GIVEN).out
    for words in ([], ["--for", "submission"]):
        ended = section16("convert", seed, "--to", "submission", *GIVEN, *words)
        block = etree.fromstring(ended.out).findtext(".//documentMimeBlock")
        assert block is not None
        assert base64.b64decode(block) == report
        assert "assumed, confirm before filing: testOrLive is TEST" in ended.err


def test_what_is_for_submissions_goes_with_nothing_else(section16: Command, seed: Path, code_file: Path) -> None:
    for words in (GIVEN, ["--10b5-1", "no"], ["--non-us", "no"], ["--ccc-file", str(code_file)]):
        ended = section16("convert", seed, "--to", "xml", *words)
        assert ended.code == 2
        assert "Add --for submission" in ended.err
    assert section16("convert", seed, "--to", "json", "--for", "submission").code == 2


def test_a_cik_that_contradicts_the_document_stops(section16: Command, report: Path) -> None:
    ended = section16("convert", report, "--to", "submission", "--issuer-cik", "1")
    assert (ended.code, ended.out) == (2, b"")
    assert "is not the document's" in ended.err


def test_a_file_with_codes_is_for_its_owner_alone(
    section16: Command, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = read(report).document.reporting_owners[0]
    assert owner.id is not None
    monkeypatch.setenv(f"SECTION16_CCC_{owner.id.cik}", CODE)
    path = tmp_path / "submission.xml"
    assert section16("convert", report, "--to", "submission", "-o", path).code == 0
    assert path.stat().st_mode & 0o077 == 0
    shown = section16("show", path)
    assert CODE not in shown.out.decode() + shown.err
    path.write_bytes(path.read_bytes().replace(b"<submissionType>", b"<submissionTyp>"))
    assert CODE not in section16("show", path).err


def test_names_edgar_would_refuse_are_said(section16: Command, report: Path, tmp_path: Path) -> None:
    source = write(read(report), "submission").replace(b"form4.xml", b"FORM4.XML")
    path = tmp_path / "upper.xml"
    path.write_bytes(source)
    ended = section16("convert", path, "--to", "submission")
    assert b"<documentName>form4.xml</documentName>" in ended.out
    assert "named for EDGAR: document 1, FORM4.XML, is form4.xml" in ended.err
