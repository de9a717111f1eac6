from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli.settings import SETTINGS, setting, settings_file, whole_number
from section16.errors import StorageError, UsageError

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("SECTION16_SETTINGS", str(path))
    return path


def test_the_environment_beats_the_file_and_that_the_default(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert setting("seed").text == "16"
    assert setting("seed").origin == "default"
    file.write_text("seed = 3\n")
    assert (setting("seed").text, setting("seed").origin) == ("3", str(file))
    monkeypatch.setenv("SECTION16_SEED", "5")
    assert (setting("seed").text, setting("seed").origin) == ("5", "environment variable SECTION16_SEED")
    assert whole_number("seed") == 5


@pytest.mark.parametrize(
    ("content", "words"), [("seed = \n", "not TOML"), ("sead = 1\n", "unknown setting 'sead'"), ("seed = 'x'", "'x'")]
)
def test_a_wrong_file_is_wrong_usage(file: Path, content: str, words: str) -> None:
    file.write_text(content)
    with pytest.raises(UsageError, match=words):
        whole_number("seed")


def test_a_file_that_cannot_be_read_is_a_failure_of_storage(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageError):
        setting("jobs")


def test_without_a_variable_the_file_is_in_the_users_folder() -> None:
    assert settings_file({}).parts[-2:] == ("section16", "settings.toml")


def test_doctor_says_where_each_setting_comes_from(
    section16: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("jobs = 3\n")
    monkeypatch.setenv("SECTION16_SEED", "5")
    out = section16("doctor").out.decode()
    assert f"jobs = 3  ({file})" in out
    assert "seed = 5  (environment variable SECTION16_SEED)" in out
    report = json.loads(section16("doctor", "--json").out)
    assert report["settings_file"] == str(file)
    assert report["settings"]["jobs"] == {"text": "3", "origin": str(file)}
    assert set(report["settings"]) == {one.key for one in SETTINGS}
    assert set(report["extras"]) == {"pdf"}


def test_a_command_uses_its_settings(section16: Command, file: Path, tmp_path: Path) -> None:
    file.write_text("seed = 99\n")
    assert section16("generate", "--count", "2", "-o", tmp_path / "a").code == 0
    assert section16("generate", "--count", "2", "-o", tmp_path / "b", "--seed", "99").code == 0
    names = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in "ab"]
    assert names[0] == names[1]
    file.write_text("seed = -1\n")
    refused = section16("generate", "--count", "2", "-o", tmp_path / "c")
    assert refused.code == 2
    assert "not a whole number" in refused.err
