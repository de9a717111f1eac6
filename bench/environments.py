"""A virtual environment for each peer, made once under build/ and kept.

    python bench/environments.py          makes what is missing and says where

Peers bring dozens of packages with them and must not meet ours. Versions are pinned, so that two runs of the bench
compare the same things; to race a newer one, change its line here.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / "build" / "bench-venvs"

PEERS = {
    "edgartools": "edgartools==5.62.0",
    "datamule": "datamule==5.0.2",
}


def python_of(folder: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def ensure(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made and filled if its pinned version is not there yet.

    Raises:
        subprocess.CalledProcessError: the package could not be installed.
    """
    folder, requirement = VENVS / peer, PEERS[peer]
    python, done = python_of(folder), folder / "installed.txt"
    if not done.exists() or done.read_text(encoding="utf-8") != requirement:
        print(f"installing {requirement} into {folder.relative_to(ROOT)}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True, symlinks=sys.platform != "win32")
        subprocess.run([python, "-m", "pip", "install", "-qq", requirement, "lxml"], check=True)
        done.write_text(requirement, encoding="utf-8")
    return python


def main() -> None:
    """Makes every environment."""
    for peer in PEERS:
        print(peer, ensure(peer))


if __name__ == "__main__":
    main()
