"""Commands run in this process, as a shell would see them end."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from section16.cli import main
from section16.samples import Sample, generate, sample_bytes


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: bytes
    err: str


class Command(Protocol):
    """`section16` with words, and bytes on standard input."""

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Ended: ...


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings, codes or window of the person who runs the tests."""
    for name in ("SECTION16_JOBS", "SECTION16_SEED", "SECTION16_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECTION16_SETTINGS", str(tmp_path / "no-settings.toml"))


@pytest.fixture
def section16(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, run in this process."""

    def run(*words: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["section16", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        try:
            main()
            code: object = 0
        except SystemExit as ended:
            code = ended.code
        assert code is None or isinstance(code, int)
        out, err = capsysbinary.readouterr()
        return Ended(int(code or 0), out, err.decode())

    return run


@pytest.fixture(scope="session")
def samples() -> list[Sample]:
    """Generated filings."""
    return list(generate(250, 7))


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory, samples: list[Sample]) -> Path:
    """A folder with full submissions here and XML below `xml/`, a list that is no filing, and hidden files."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "xml").mkdir()
    (folder / ".hidden").mkdir()
    for sample in samples[:4]:
        (folder / f"{sample.name}.txt").write_bytes(sample_bytes(sample, "submission"))
    for sample in samples[4:6]:
        (folder / "xml" / f"{sample.name}.xml").write_bytes(sample_bytes(sample, "xml"))
        (folder / ".hidden" / f"{sample.name}.xml").write_bytes(sample_bytes(sample, "xml"))
    (folder / ".draft.xml").write_bytes(b"<broken")
    (folder / "INDEX.csv").write_bytes(b"accession,form\n")
    return folder


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, samples: list[Sample]) -> Path:
    """One XML file."""
    path = tmp_path_factory.mktemp("one") / "report.xml"
    path.write_bytes(sample_bytes(next(one for one in samples if one.form == "4"), "xml"))
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that is no well-formed XML."""
    path = tmp_path / "broken.xml"
    path.write_bytes(b"<ownershipDocument><documentType>4</ownershipDocument>")
    return path
