"""A folder of filings to JSON: what more processes bring, and whether memory grows with the number of files.

    python bench/convert_throughput.py [--documents DIR] [--count 10000] [--repeats 3] [--check]

Runs `section16 convert DIR --to json -o OUT` with one job and with one job a core, in turns, wall time, and takes the
fastest of each. Promises (`--check` turns a miss into exit status 1): the rate with all cores is at least 70 % of
(cores x the rate of one process); the peak of memory, summed over all processes, is at 10,000 files at most a fifth
higher than at 1,000.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

import documents
import machine

LEAST_SHARE = 0.7
MOST_GROWTH = 1.2
FEW = 1000
OUT = documents.GENERATED / "converted"
SUFFIXES = (".txt", ".xml", ".nc")


def convert(folder: Path, jobs: int) -> tuple[float, int]:
    """Converts a folder and returns wall seconds and the peak of resident bytes over all its processes (Linux).

    Raises:
        SystemExit: the command failed, or wrote fewer files than there are.
    """
    shutil.rmtree(OUT, ignore_errors=True)
    arguments = [*machine.command(), "convert", str(folder), "--to", "json", "-o", str(OUT), "--jobs", str(jobs)]
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - begun
    wanted, written = len(documents.files(folder, SUFFIXES)), sum(1 for _ in OUT.rglob("*.json"))
    if process.returncode or written != wanted:
        raise SystemExit(f"convert ended with {process.returncode} and wrote {written} of {wanted} files")
    return seconds, peak


def resident(pid: int) -> int:
    """Resident bytes of a process and all below it, shared pages counted once each process; 0 where /proc is absent."""
    total = 0
    try:
        status = Path(f"/proc/{pid}/statm").read_text(encoding="ascii")
        total = int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE")
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = (task / "children").read_text(encoding="ascii").split()
            total += sum(resident(int(child)) for child in children)
    except OSError:  # the process has ended meanwhile
        pass
    return total


def few(folder: Path, count: int) -> Path:
    """A folder with copies of the first `count` files of another."""
    part = documents.GENERATED / "few"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for number, path in enumerate(documents.files(folder, SUFFIXES)[:count]):
        shutil.copy(path, part / f"{number:06d}{path.suffix}")
    return part


def measure(folder: Path, repeats: int) -> dict[str, Any]:
    """Rates with one job and with all cores, memory at few and at many files."""
    count, cores = len(documents.files(folder, SUFFIXES)), machine.cores()
    one: list[float] = []
    many: list[float] = []
    peaks: list[int] = []
    for _ in range(repeats):
        one.append(convert(folder, 1)[0])
        seconds, peak = convert(folder, cores)
        many.append(seconds)
        peaks.append(peak)
    part = few(folder, FEW)
    at_few = [convert(part, cores)[1] for _ in range(repeats)]
    return {
        "files": count,
        "cores": cores,
        "one_process_files_per_second": round(count / min(one), 1),
        "all_cores_files_per_second": round(count / min(many), 1),
        "share_of_cores_times_one": round(min(one) / (cores * min(many)), 3),
        "seconds": {"one": [round(second, 2) for second in one], "all": [round(second, 2) for second in many]},
        "peak_memory_mb": {
            str(count): round(statistics.median(peaks) / 1e6, 1),
            str(FEW): round(statistics.median(at_few) / 1e6, 1),
        },
        "memory_growth": round(statistics.median(peaks) / statistics.median(at_few), 3) if any(at_few) else None,
    }


def thresholds(figures: dict[str, Any]) -> dict[str, tuple[bool, str]]:
    """Both promises with whether they hold and their figures; memory only where it could be measured."""
    share, growth = figures["share_of_cores_times_one"], figures["memory_growth"]
    checks = {f"all cores >= {LEAST_SHARE} x cores x one process": (share >= LEAST_SHARE, str(share))}
    if growth is not None:
        checks["memory flat in the number of files"] = (growth <= MOST_GROWTH, f"{growth} times, ten times the files")
    return checks


def main() -> None:
    """Measures, prints and keeps the figures."""
    parser = argparse.ArgumentParser(
        description="Conversion of a folder of filings with one process and with all cores."
    )
    parser.add_argument("--documents", type=Path, help="folder of filings (default: generated ones)")
    parser.add_argument("--count", type=int, default=10000, help="how many to generate")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a threshold is missed")
    arguments = parser.parse_args()
    folder = arguments.documents or documents.generated(arguments.count, "submission")
    figures = measure(folder, arguments.repeats)
    for name, figure in figures.items():
        print(f"{name:<32} {figure}")
    machine.keep("convert_throughput", figures)
    shutil.rmtree(OUT, ignore_errors=True)
    machine.judge(thresholds(figures), strict=arguments.check)


if __name__ == "__main__":
    main()
