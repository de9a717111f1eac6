"""The pages say what the program does: what comes from the code is as `make docs` writes it now."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

from section16.cli.app import app
from section16.cli.commands_page import commands_page
from section16.reading.filing_json import filing_schema

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = ("tutorial.md", "how-to.md", "json.md")


@pytest.fixture(scope="module")
def transcripts(repository: Path) -> ModuleType:
    """The script that runs the pages' commands."""
    spec = importlib.util.spec_from_file_location("transcripts", repository / "docs" / "transcripts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_current(repository: Path) -> None:
    page = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(), "run make docs"
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"## section16 {name}\n" in page


def test_the_schema_is_current(repository: Path) -> None:
    kept = json.loads((repository / "docs" / "schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(filing_schema())), "run make docs"


@pytest.mark.parametrize("name", PAGES)
def test_commands_print_what_the_page_shows(name: str, repository: Path, transcripts: ModuleType) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash to run the pages' commands")
    page = repository / "docs" / name
    if "--to pdf" in page.read_text(encoding="utf-8"):
        pytest.importorskip("typst")
    assert transcripts.rerun_alone(page) == page.read_text(encoding="utf-8"), "run make docs"


def test_every_page_with_transcripts_is_tested(repository: Path, transcripts: ModuleType) -> None:
    pages = (repository / "docs").glob("*.md")
    assert {page.name for page in pages if transcripts.BLOCK.search(page.read_text(encoding="utf-8"))} == set(PAGES)


def test_python_in_the_tutorial_says_what_it_shows(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (repository / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?ms)^```pycon\n(.*?)^```$", text)
    monkeypatch.chdir(repository)
    example = doctest.DocTestParser().get_doctest(block, {}, "tutorial", "tutorial.md", 0)
    said: list[str] = []
    failed, tried = doctest.DocTestRunner().run(example, out=said.append)
    assert tried > 5
    assert failed == 0, "".join(said)


def test_links_between_pages_lead_somewhere(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *(repository / "docs").glob("*.md")]
    missing = [
        f"{page.name}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not missing
