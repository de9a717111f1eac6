"""Runs the commands shown in the pages of this folder, and puts what they print below them: `make docs`.

A block marked `console` holds commands after `$ ` and what they printed. A page's commands run one after the other in
one empty folder that has a copy of `examples/` and stands for the folder a reader works in.
"""

# ruff: noqa: INP001 - a script beside the pages, not a package
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
_END = "-- end of a command --"


def rerun(page: str, folder: Path) -> str:
    """Return the text of a page with the outputs of its commands as they are now, run in a folder."""
    return BLOCK.sub(lambda block: f"```console\n{_transcript(block[1], folder)}```", page)


def _transcript(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    script = "\n".join(f'{command}\nlast=$?\necho "{_END}"\n(exit $last)' for command in commands)
    ran = subprocess.run(  # noqa: S603 - the pages' own commands
        ["bash", "-c", f"exec 2>&1\n{script}"],  # noqa: S607 - the shell at hand
        capture_output=True,
        cwd=folder,
        env=_surroundings(),
        check=False,
        encoding="utf-8",
    )
    outputs = ran.stdout.split(f"{_END}\n")
    return "".join(f"$ {command}\n{output}" for command, output in zip(commands, outputs, strict=False))


def _surroundings() -> dict[str, str]:
    """The environment of a reader: this interpreter's commands, no settings, a window of 100 columns."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SECTION16_", "COVERAGE_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return kept | {"PATH": path, "COLUMNS": "100", "LC_ALL": "C.UTF-8", "SECTION16_SETTINGS": "no-settings.toml"}


def rerun_alone(path: Path) -> str:
    """Return a page with its outputs as they are now, run in a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE.parent / "examples", Path(folder, "examples"))
        return rerun(path.read_text(encoding="utf-8"), Path(folder))


def main() -> None:
    """Write every page anew."""
    for path in sorted(HERE.glob("*.md")):
        if BLOCK.search(path.read_text(encoding="utf-8")):
            path.write_text(rerun_alone(path), encoding="utf-8")


if __name__ == "__main__":
    main()
