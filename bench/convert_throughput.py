"""A folder of filings to JSON: what more processes bring, and whether memory grows with the number of files.

    python bench/convert_throughput.py [--documents DIR] [--count 10000] [--repeats 3] [--check]

Runs `section16 convert DIR --to json -o OUT` with one job and with one job a core, in pairs, wall time; the share is
taken within a pair, and the median of the pairs counts. A pair during which other programs took more than a tenth of
the machine says nothing about two processes of ours: up to twice as many more are tried for it. Results are written
where the system keeps files in memory, if it has such a place: making and removing ten thousand files over and over
wears down a disk's journal within a minute, which is not what is measured.

Promises (`--check` turns a miss into exit status 1): the rate with all cores is at least 70 % of (cores x the rate of
one process); the peak of memory, summed over all processes, is at 10,000 files at most a fifth higher than at 1,000.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import documents
import machine

LEAST_SHARE = 0.7
MOST_GROWTH = 1.2
MOST_OTHERS = 0.1
FEW = 1000
WATCH = 0.1
"""Seconds between two looks at the processes: looking takes a core away from them."""

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made below it
LOG = documents.GENERATED / "convert.log"
SUFFIXES = (".txt", ".xml", ".nc")


class Run(NamedTuple):
    """One conversion: wall seconds, CPU seconds and peak of resident bytes over all its processes, share of others.

    CPU and memory are watched every `WATCH` seconds. `others` is the part of the machine's time that went to
    other programs, 0 to 1. These three are 0 where there is no /proc.
    """

    seconds: float
    cpu: float
    peak: int
    others: float


def convert(folder: Path, out: Path, jobs: int) -> Run:
    """Converts a folder into another, which is emptied before.

    Raises:
        SystemExit: the command failed, or wrote fewer files than there are.
    """
    shutil.rmtree(out, ignore_errors=True)
    arguments = [*machine.command(), "convert", str(folder), "--to", "json", "-o", str(out), "--jobs", str(jobs)]
    begun, before = time.perf_counter(), machine_time()
    with LOG.open("w") as log:
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=log)
    watcher = Watcher(process.pid)
    watcher.start()
    process.wait()
    seconds, (busy, total) = time.perf_counter() - begun, machine_time()
    watcher.ended.set()
    watcher.join()
    cpu = sum(watcher.cpu.values())
    others = (busy - before[0] - cpu) / (total - before[1]) if total > before[1] else 0.0
    wanted, written = len(documents.files(folder, SUFFIXES)), sum(1 for _ in out.rglob("*.json"))
    if process.returncode or written != wanted:
        said = LOG.read_text(encoding="utf-8")[-500:]
        raise SystemExit(f"convert ended with {process.returncode} and wrote {written} of {wanted} files: {said}")
    return Run(seconds, cpu, watcher.peak, max(others, 0.0))


class Watcher(threading.Thread):
    """Looks at a process and all below it every `WATCH` seconds until `ended` is set."""

    def __init__(self, pid: int) -> None:
        """Nothing is known yet: `peak` resident bytes of all together, `cpu` seconds by process."""
        super().__init__()
        self.peak, self.cpu, self.ended, self._pid = 0, dict[int, float](), threading.Event(), pid

    def run(self) -> None:
        """Looks until told that the process has ended."""
        while not self.ended.wait(WATCH):
            now = watch(self._pid)
            self.peak = max(self.peak, sum(memory for memory, _ in now.values()))
            self.cpu |= {pid: seconds for pid, (_, seconds) in now.items()}


def machine_time() -> tuple[float, float]:
    """CPU seconds since the machine began, over all cores: busy ones, and all; zeros where there is no /proc."""
    path = Path("/proc/stat")
    if not path.exists():
        return 0.0, 0.0
    ticks = [int(word) for word in path.read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    hertz = os.sysconf("SC_CLK_TCK")
    return (sum(ticks) - idle) / hertz, sum(ticks) / hertz


def watch(pid: int) -> dict[int, tuple[int, float]]:
    """Resident bytes and CPU seconds so far of a process and all below it; shared pages count in each."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        tasks = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        children = [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    except OSError:  # the process has ended meanwhile, or this is no Linux
        return {}
    memory = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    now = {pid: (memory, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))}
    for child in children:
        now |= watch(child)
    return now


def few(folder: Path, count: int) -> Path:
    """A folder with copies of the first `count` files of another."""
    part = documents.GENERATED / "few"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for number, path in enumerate(documents.files(folder, SUFFIXES)[:count]):
        shutil.copy(path, part / f"{number:06d}{path.suffix}")
    return part


class Pair(NamedTuple):
    """Runs with one job and with all cores, one after the other."""

    one: Run
    many: Run

    @property
    def is_calm(self) -> bool:
        """Whether other programs left the machine to both."""
        return max(self.one.others, self.many.others) <= MOST_OTHERS


def pairs_of(folder: Path, out: Path, repeats: int) -> list[Pair]:
    """`repeats` calm pairs; if three times as many tries bring none, all that were tried."""
    tried: list[Pair] = []
    while sum(pair.is_calm for pair in tried) < repeats and len(tried) < 3 * repeats:
        tried.append(Pair(convert(folder, out, 1), convert(folder, out, machine.cores())))
    return [pair for pair in tried if pair.is_calm] or tried


def measure(folder: Path, out: Path, repeats: int) -> dict[str, Any]:
    """Rates with one job and with all cores, memory at few and at many files."""
    count, cores = len(documents.files(folder, SUFFIXES)), machine.cores()
    pairs = pairs_of(folder, out, repeats)
    part = few(folder, FEW)
    at_few = statistics.median(convert(part, out, cores).peak for _ in range(repeats))
    at_many = statistics.median(pair.many.peak for pair in pairs)
    speed_up = statistics.median(pair.one.seconds / pair.many.seconds for pair in pairs)
    return {
        "files": count,
        "cores": cores,
        "one_process_files_per_second": round(count / statistics.median(pair.one.seconds for pair in pairs), 1),
        "all_cores_files_per_second": round(count / statistics.median(pair.many.seconds for pair in pairs), 1),
        "share_of_cores_times_one": round(speed_up / cores, 3),
        "undisturbed": all(pair.is_calm for pair in pairs),
        "pairs": [{"one": told(pair.one), "all": told(pair.many)} for pair in pairs],
        "peak_memory_mb": {str(count): round(at_many / 1e6, 1), str(FEW): round(at_few / 1e6, 1)},
        "memory_growth": round(at_many / at_few, 3) if at_few else None,
    }


def told(run: Run) -> dict[str, float]:
    """A run's times as kept: wall and CPU seconds, and the share of other programs."""
    return {"seconds": round(run.seconds, 2), "cpu_seconds": round(run.cpu, 2), "others": round(run.others, 3)}


def thresholds(figures: dict[str, Any]) -> dict[str, tuple[bool, str]]:
    """Both promises with whether they hold and their figures; memory only where it could be measured."""
    share, growth = figures["share_of_cores_times_one"], figures["memory_growth"]
    figure = f"{share}" if figures["undisturbed"] else f"{share}, while other programs held much of the machine"
    checks = {f"all cores >= {LEAST_SHARE} x cores x one process": (share >= LEAST_SHARE, figure)}
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
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as place:
        figures = measure(folder, Path(place) / "json", arguments.repeats)
    for name, figure in figures.items():
        print(f"{name:<32} {figure}")
    machine.keep("convert_throughput", figures)
    machine.judge(thresholds(figures), strict=arguments.check)


if __name__ == "__main__":
    main()
