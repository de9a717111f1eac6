from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=repository, check=True, capture_output=True)
    (built,) = folder.glob("section16-*.whl")
    return zipfile.ZipFile(built)


def test_every_file_of_the_package_is_in_the_wheel(wheel: zipfile.ZipFile, repository: Path) -> None:
    source = repository / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "section16").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "section16/py.typed" in files
    assert "section16/codes/places.toml" in files
    assert files == {name for name in wheel.namelist() if name.startswith("section16/")}


def test_the_wheel_runs_on_every_system_and_brings_command_and_licence(wheel: zipfile.ZipFile) -> None:
    (facts,) = (name for name in wheel.namelist() if name.endswith(".dist-info/WHEEL"))
    folder = facts.removesuffix("WHEEL")
    assert "Tag: py3-none-any" in wheel.read(facts).decode()
    assert "section16 = section16.cli:main" in wheel.read(f"{folder}entry_points.txt").decode()
    assert b"Apache License" in wheel.read(f"{folder}licenses/LICENSE")
