from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

ROOM_NAMES_THAT_SAY_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def test_every_room_imports_only_from_rooms_below_it(repository: Path) -> None:
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    told = subprocess.run([linter, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    assert "0 broken" in told.stdout


def test_every_module_has_a_name_of_the_field(repository: Path) -> None:
    names = {path.stem for path in (repository / "src").rglob("*.py")}
    assert names.isdisjoint(ROOM_NAMES_THAT_SAY_NOTHING)
