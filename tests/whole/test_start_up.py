"""What the first moments load: heavy packages come in with the command that needs them, not before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_LOADED = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"


def loaded_by(statements: str) -> set[str]:
    """Run statements in a fresh interpreter, unwatched by coverage, and return the top-level packages they loaded."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-c", f"{statements}\n{_LOADED}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(ran.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("import section16")
    assert "section16" in loaded
    assert loaded.isdisjoint({"lxml", "rich", "typer", "typst", "tomllib", "multiprocessing"})


def run_command(*words: str) -> str:
    """Return statements that run a section16 command to its end."""
    return f"""
import sys
from section16.cli import main
sys.argv = ["section16", *{list(words)!r}]
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
"""


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("convert", "--help")], ids=" ".join)
def test_help_loads_neither_xml_nor_pdf_nor_workers(words: tuple[str, ...]) -> None:
    loaded = loaded_by(run_command(*words))
    assert "typer" in loaded
    assert loaded.isdisjoint({"lxml", "typst", "multiprocessing", "pydantic"})


def test_showing_one_form_loads_neither_pdf_nor_workers(repository: Path) -> None:
    loaded = loaded_by(run_command("show", str(repository / "examples" / "qualys-form4.md")))
    assert loaded.isdisjoint({"typst", "multiprocessing", "pydantic"})
