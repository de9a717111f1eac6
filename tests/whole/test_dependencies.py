"""The packages that section16 asks for: each used, each explained, each pinned with hashes, none with an address."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

USED_BY_THE_STANDARD_LIBRARY = {"tzdata": "zoneinfo"}


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, object]:
    loaded: dict[str, object] = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    return loaded


def requirements(project: dict[str, object], extras: set[str] | None = None) -> list[Requirement]:
    """What the package asks for at run time, with these extras or all, but `all` itself, which repeats them."""
    facts = project["project"]
    assert isinstance(facts, dict)
    known = facts["optional-dependencies"]
    wanted = set(known) - {"all"} if extras is None else extras
    asked = [*facts["dependencies"], *(line for name, lines in known.items() if name in wanted for line in lines)]
    return [Requirement(line) for line in asked]


def imported(folder: Path) -> dict[str, set[str]]:
    """Each top-level package that modules below `folder` import, with the rooms that do."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        room = path.relative_to(folder).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(room)
    return found


def test_what_is_asked_for_is_what_is_imported(project: dict[str, object], repository: Path) -> None:
    found = imported(repository / "src" / "section16")
    foreign = {name for name in found if name not in sys.stdlib_module_names} - {"section16"}
    asked = {requirement.name for requirement in requirements(project)}
    assert foreign == asked - set(USED_BY_THE_STANDARD_LIBRARY)
    for name, user in USED_BY_THE_STANDARD_LIBRARY.items():
        assert name not in asked or user in found


def test_every_extra_is_in_all(project: dict[str, object]) -> None:
    facts = project["project"]
    assert isinstance(facts, dict)
    extras = dict(facts["optional-dependencies"])
    (everything,) = extras.pop("all")
    assert Requirement(everything).extras == set(extras)


def test_every_dependency_is_explained(project: dict[str, object], repository: Path) -> None:
    page = (repository / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for requirement in requirements(project):
        assert f"| {requirement.name} | `{requirement.specifier}` |" in page


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_the_lock_has_hashes_and_no_addresses(name: str, repository: Path) -> None:
    lock = (repository / "requirements" / name).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", lock.split("\n", 2)[2])
    assert len(pins) > 10
    for pin in pins:
        assert re.match(r"[a-z0-9._-]+==\S+( ; [^\\]+)? \\\n", pin), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin
    assert "://" not in lock
    assert "index-url" not in lock
    assert "find-links" not in lock


@pytest.mark.parametrize(("name", "extras"), [("run.txt", {"pdf"}), ("dev.txt", None)])
def test_the_lock_fits_what_is_asked_for(
    name: str, extras: set[str] | None, project: dict[str, object], repository: Path
) -> None:
    """What runs is the package with the extra `pdf`; whoever tests has all extras."""
    lock = (repository / "requirements" / name).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"(?m)^([a-z0-9._-]+)==([^\s;\\]+)", lock))
    for requirement in requirements(project, extras):
        assert pinned[requirement.name] in requirement.specifier
