from __future__ import annotations

import inspect
import tomllib
from importlib.metadata import version
from pathlib import Path

import section16


def test_public_names_are_sorted_few_and_all_there() -> None:
    names = list(section16.__all__)
    assert names == sorted(names)
    assert 0 < len(names) < 30
    for name in names:
        assert getattr(section16, name) is not None


def test_public_names_are_documented() -> None:
    for name in section16.__all__:
        public = getattr(section16, name)
        if inspect.isclass(public) or inspect.isfunction(public):
            assert inspect.getdoc(public), name


def test_the_version_is_the_same_everywhere(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert section16.__version__ == project["version"] == version("section16")
