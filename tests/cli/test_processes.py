"""What only a process of its own can show: pipes, devices, Ctrl-C, what is loaded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from section16.samples import Sample, sample_bytes

COMMAND = [sys.executable, "-c", "from section16.cli import main; main()"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and signals are POSIX's")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, samples: list[Sample]) -> Path:
    """A folder of 1,200 filings."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(1200):
        sample = samples[number % len(samples)]
        (folder / f"{number:04}.xml").write_bytes(sample_bytes(sample, "xml"))
    return folder


def test_a_reader_that_goes_away_is_no_error(many: Path) -> None:
    with subprocess.Popen([*COMMAND, "show", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        assert shown.stdout.readline()
        shown.stdout.close()
        said = shown.stderr.read()
    assert (shown.returncode, said) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_standard_output_ends_with_7(report: Path) -> None:
    for words in (["show"], ["convert", "--to", "json"]):
        with Path("/dev/full").open("wb") as full:
            ended = subprocess.run([*COMMAND, *words, str(report)], stdout=full, stderr=subprocess.PIPE, check=False)
        assert ended.returncode == 7
        assert ended.stderr.startswith(b"error: DISK_FULL: ")
        assert ended.stderr.count(b"\n") == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_cleanly_and_says_what_was_done(jobs: str, many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["convert", str(many), "--to", "html", "-o", str(out), "--jobs", jobs]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, start_new_session=True) as running:
        for _ in range(1000):
            if out.exists() and any(out.iterdir()):
                break
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate(timeout=30)[1].decode()
    written = [path for path in out.iterdir() if path.suffix == ".html"]
    assert running.returncode == 130
    assert 0 < len(written) < 1200
    assert said == f"interrupted: {len(written):,} of 1,200 written, nothing half done\n"
    assert len(list(out.iterdir())) == len(written)
    assert all(path.read_bytes().rstrip().endswith(b"</html>") for path in written)


def test_a_pipe_is_a_source(report: Path) -> None:
    script = f"cat {report} | {sys.executable} -c 'from section16.cli import main; main()' convert - --to json"
    ended = subprocess.run(["sh", "-c", script], capture_output=True, check=True)  # noqa: S607 - the shell at hand
    assert ended.stdout.startswith(b'{\n  "schema": 1')


def test_showing_xml_loads_only_what_it_needs(report: Path) -> None:
    script = """
import sys
from section16.cli import main
sys.argv = ["section16", "show", sys.argv[1]]
try:
    main()
except SystemExit as ended:
    assert not ended.code
print(*sys.modules, file=sys.stderr)
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    ended = subprocess.run(
        [sys.executable, "-c", script, str(report)], capture_output=True, check=True, env=environment
    )
    loaded = set(ended.stderr.decode().split())
    heavy = {"typst", "rich.progress", "multiprocessing", "concurrent.futures", "webbrowser", "hashlib", "csv"}
    ours = {"html", "markdown", "pdf", "read_html", "read_markdown"}
    assert "lxml.etree" in loaded
    assert loaded.isdisjoint(heavy)
    assert loaded.isdisjoint({f"section16.render.{name}" for name in ours})
    assert "section16.reading.filing_json" not in loaded
