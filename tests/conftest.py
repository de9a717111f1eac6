"""Fixtures for all rooms: the tools of the system and the corpus of real filings, or a skip with the reason.

With SECTION16_REQUIRE_TOOLS=1 in the environment, as in continuous integration, a missing tool fails instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

ROOT = Path(__file__).resolve().parent.parent

set_hypothesis_home_dir(ROOT / "build" / "hypothesis")
settings.register_profile("section16", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("section16")


def _tools_are_required() -> bool:
    return os.environ.get("SECTION16_REQUIRE_TOOLS") == "1"


def _do_without(reason: str) -> NoReturn:
    """Fail where tools are required, else skip."""
    if _tools_are_required():
        pytest.fail(f"{reason} (SECTION16_REQUIRE_TOOLS=1)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the source tree."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program, to be run headless."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return Path(found)
    _do_without("no browser: install Debian's package chromium")


@pytest.fixture(scope="session")
def poppler() -> Path:
    """The folder that holds pdftotext, pdfinfo and pdftoppm."""
    folders = {shutil.which(name) for name in ("pdftotext", "pdfinfo", "pdftoppm")}
    if None in folders:
        _do_without("no PDF tools: install Debian's package poppler-utils")
    return Path(str(shutil.which("pdftotext"))).parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real filings: $SECTION16_CORPUS, else ../shared/corpus beside the repository."""
    beside = ROOT.parent / "shared"
    folder = Path(os.environ.get("SECTION16_CORPUS", beside / "corpus"))
    if not folder.is_dir():
        if beside.is_dir() and _tools_are_required():
            pytest.fail(f"{beside} is there but has no corpus")
        pytest.skip("no corpus of real filings: set SECTION16_CORPUS to its folder")
    return folder


@pytest.fixture(scope="session")
def schemas(corpus: Path) -> Path:
    """The folder of the SEC's schemas, specification 5.5."""
    folder = corpus / "xsd" / "spec-5.5" / "schemas"
    if not folder.is_dir():
        pytest.skip("the corpus has no schemas")
    return folder
