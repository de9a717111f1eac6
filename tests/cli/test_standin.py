from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.samples import Sample, generate, sample_bytes

if TYPE_CHECKING:
    from tests.cli.conftest import Command

COMMAND = [sys.executable, "-c", "from section16.cli import main; main()"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_address_is_printed_and_served_until_it_is_ended(
    end: signal.Signals, samples: list[Sample], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(sample_bytes(samples[0], "submission"))
    (tmp_path / "notes.csv").write_text("a,b\n")
    words = [*COMMAND, "standin", str(tmp_path), "--fault", "404=1x@/files/*", "--log", str(tmp_path / "log")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        url = running.stdout.readline().decode().strip()
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - http, as asserted above
            assert b"Filings: 1," in answer.read()
        running.send_signal(end)
        said = running.stderr.read().decode()
        assert running.stdout.read() == b""
    assert running.returncode == 0
    assert "files passed over: 1, the first notes.csv: NOT_OWNERSHIP" in said
    assert f"section16 archive sync --edgar {url} --contact" in said
    assert said.endswith("ended; requests: 1\n")
    assert (tmp_path / "log").read_text(encoding="utf-8").count('"path":"/"') == 1


def test_where_filings_are_held_back_it_says_how_to_watch_for_them() -> None:
    words = [*COMMAND, "standin", "--generate", "4", "--seed", "2", "--hold", "1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said = running.stderr.read().decode()
    last = max(generate(4, 2), key=lambda sample: sample.accepted_at)
    assert said.startswith("public filings: 3 of 4\n")
    assert "section16 archive watch --edgar http://127.0.0.1:" in said
    assert f"--since {last.filed_on}\n" in said


@pytest.mark.parametrize(
    "words",
    [
        [],
        [".", "--generate", "3"],
        ["no-such-folder"],
        ["--generate", "0"],
        ["--generate", "3", "--fault", "nonsense"],
        ["--generate", "3", "--replay", "-1"],
        ["--generate", "3", "--port", "70000"],
    ],
)
def test_wrong_words_end_with_2(section16: Command, words: list[str]) -> None:
    ended = section16("standin", *words)
    assert (ended.code, ended.out) == (2, b"")
    assert ended.err


def test_without_its_extra_the_line_that_installs_it_is_named(
    section16: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ended = section16("standin", "--generate", "3")
    assert ended.code == 2
    assert "pip install 'section16[sync]'" in ended.err
