from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from typer.main import get_command

from section16.cli import doctor, exits
from section16.cli.app import app
from section16.cli.exits import Exit, code_of
from section16.errors import (
    ConflictError,
    IdentifierError,
    MissingExtraError,
    Section16Error,
    SourceError,
    StorageError,
    UsageError,
)

if TYPE_CHECKING:
    from tests.cli.conftest import Command

COMMANDS = {"show", "convert", "diff", "schema", "codes", "generate", "doctor"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("USAGE", ""), 2),
        (MissingExtraError.of("pdf", "PDF"), 2),
        (IdentifierError("CIK_INVALID", ""), 2),
        (SourceError("NOT_OWNERSHIP", ""), 3),
        (UsageError("KEY_PERMISSIONS", ""), 4),
        (ConflictError("OUTPUT_EXISTS", ""), 5),
        (StorageError("DISK_FULL", ""), 7),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: Section16Error, code: int) -> None:
    assert code_of(error) == code


def test_the_other_exit_codes() -> None:
    assert (Exit.DONE, Exit.FOUND, Exit.INTERNAL, Exit.INTERRUPTED) == (0, 1, 70, 130)


def test_an_error_nobody_expected_is_one_line_with_an_id(
    section16: Command, monkeypatch: pytest.MonkeyPatch, report: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("secret words")

    monkeypatch.setattr(doctor, "version_line", fail)
    ended = section16("doctor")
    assert ended.code == 70
    assert ended.err.startswith("error: INTERNAL: KeyError (id ")
    assert ended.err.count("\n") == 1
    assert "secret words" not in ended.err
    monkeypatch.setenv("SECTION16_DEBUG", "1")
    assert "secret words" in section16("doctor").err
    assert section16("show", report).code == 0


def test_the_version_names_schema_and_lists(section16: Command) -> None:
    ended = section16("--version")
    assert ended.code == 0
    assert "X0609" in ended.out.decode()


@pytest.mark.parametrize("words", [["bogus"], ["--bogus"], ["show", "--bogus"], ["diff", "one"]], ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(section16: Command, words: list[str]) -> None:
    ended = section16(*words)
    assert (ended.code, ended.out) == (2, b"")
    assert ended.err


def test_every_command_helps(section16: Command) -> None:
    command = get_command(app)
    names = set(command.commands)  # type: ignore[attr-defined]
    assert names >= COMMANDS
    for name in names:
        for option in ("--help", "-h"):
            ended = section16(name, option)
            assert ended.code == 0
            assert "Usage: section16 " in ended.out.decode()


def test_the_schema_is_one_and_a_reports_json_fits(section16: Command, report: Path) -> None:
    schema = json.loads(section16("schema").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(section16("convert", report, "--to", "json").out))


def test_shells_can_complete(section16: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SECTION16_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "section16 con")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert section16().out.decode().split() == ["convert"]


def test_a_line_for_people_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    exits.say("words")
    assert capsys.readouterr() == ("", "words\n")
