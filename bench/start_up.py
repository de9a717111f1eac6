"""What it costs to begin: memory of a reading process, import, `--help`, `show` of one file.

    python bench/start_up.py [--documents DIR] [--check]

Each figure comes from fresh processes. Memory is the high-water mark of the resident set of a process that reads the
documents one after another and keeps none. Times are medians of wall time.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import documents
import machine

RUNS = 15

_IMPORT = "import time; begun = time.perf_counter(); {statement}; print(time.perf_counter() - begun)"
_READ_ALL = """
import sys
from pathlib import Path
import section16
for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    with open(line.split("\\t", 1)[1], "rb") as file:
        section16.read(file.read())
status = Path("/proc/self/status")
if status.exists():  # Linux: this process alone, while ru_maxrss may begin with what its parent had
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) * 1024)
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def measure(paths: list[Path]) -> dict[str, Any]:
    """Megabytes of reading `paths`, and seconds of import, `--help` and `show` of a document of middle size."""
    middle = sorted(paths, key=lambda path: path.stat().st_size)[len(paths) // 2]
    command = machine.command()
    return {
        "peak_memory_mb": round(peak_memory(paths) / 1e6, 1),
        "documents_read": len(paths),
        "import_seconds": inside("import section16"),
        "import_and_read_ready_seconds": inside("from section16 import read"),
        "help_seconds": outside([*command, "--help"]),
        "show_seconds": outside([*command, "show", str(middle)]),
        "bare_python_seconds": outside([sys.executable, "-c", "pass"]),
        "runs": RUNS,
    }


def peak_memory(paths: list[Path]) -> int:
    """Bytes of the highest resident set of a process that reads every document and keeps none."""
    listing = documents.listing(paths, documents.GENERATED / "start-up.tsv")
    arguments = [sys.executable, "-c", _READ_ALL, str(listing)]
    return int(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)


def inside(statement: str) -> float:
    """Seconds that a statement takes inside a fresh Python, the median of `RUNS`."""
    arguments = [sys.executable, "-c", _IMPORT.format(statement=statement)]
    runs = [subprocess.run(arguments, check=True, capture_output=True, text=True).stdout for _ in range(RUNS)]
    return round(statistics.median(map(float, runs)), 4)


def outside(arguments: list[str]) -> float:
    """Wall seconds of a whole command, the median of `RUNS`."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run(arguments, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return round(statistics.median(times), 4)


def thresholds(figures: dict[str, Any]) -> dict[str, tuple[bool, str]]:
    """Every promise about beginning, with whether it holds and its figure."""
    memory = figures["peak_memory_mb"]
    limits = {"import_seconds": 0.1, "help_seconds": 0.3, "show_seconds": 0.3}
    times = {
        f"{name.removesuffix('_seconds')} < {limit} s": (figures[name] < limit, f"{figures[name]} s")
        for name, limit in limits.items()
    }
    return {"peak memory < 60 MB": (memory < 60, f"{memory} MB"), **times}


def main() -> None:
    """Measures and prints; `read_speed.py` keeps these figures with its own."""
    parser = argparse.ArgumentParser(description="Memory, import time and start-up of section16.")
    parser.add_argument("--documents", type=Path, help="folder of ownership XML (default: generated filings)")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a threshold is missed")
    arguments = parser.parse_args()
    paths = documents.files(arguments.documents or documents.generated(500, "xml"))
    figures = measure(paths)
    for name, figure in figures.items():
        print(f"{name:<30} {figure}")
    machine.judge(thresholds(figures), strict=arguments.check)


if __name__ == "__main__":
    main()
