"""What a figure was measured on, and where it is kept. No host or user names."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


def describe() -> dict[str, Any]:
    """Processor, cores usable here, memory in GiB, system and Python: what a reader needs to judge a figure."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": cores(),
        "memory_gib": _memory_gib(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def versions(*packages: str) -> dict[str, str]:
    """The installed versions of packages of this environment."""
    return {package: importlib.metadata.version(package) for package in packages}


def command() -> list[str]:
    """The `section16` command of this environment, as a user starts it.

    Raises:
        SystemExit: section16 is not installed beside this interpreter.
    """
    script = Path(sys.executable).with_name("section16.exe" if sys.platform == "win32" else "section16")
    if not script.exists():
        raise SystemExit(f"{script.name} is not installed beside {Path(sys.executable).name}: pip install -e .")
    return [str(script)]


def keep(name: str, figures: dict[str, Any]) -> Path:
    """Writes the figures of a bench to `results/NAME.json`, with the machine and the day, and returns the path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    record = {"measured_on": datetime.now(UTC).date().isoformat(), "machine": describe(), **figures}
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return path


def judge(checks: dict[str, tuple[bool, str]], *, strict: bool) -> None:
    """Prints one line a threshold: its name, held or missed, the figure.

    Raises:
        SystemExit: with status 1 if `strict` and a threshold was missed.
    """
    for name, (held, figure) in checks.items():
        print(f"{'held  ' if held else 'MISSED'}  {name}: {figure}")
    if strict and not all(held for held, _ in checks.values()):
        raise SystemExit(1)


def _line(path: str, key: str) -> str | None:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), None)


def _memory_gib() -> float | None:
    total = _line("/proc/meminfo", "MemTotal")
    return round(int(total.split()[0]) / 2**20, 1) if total else None
