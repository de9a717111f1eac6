"""One `section16 archive add` of a tar, watched: seconds, CPU, memory of all its processes, what came out.

python bench/archive_run.py TAR DIR      the same through the library, prints its own seconds as JSON
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import documents
import machine
from convert_throughput import machine_time, watch
from section16.archive import open_archive
from section16.archive.members import incoming
from section16.samples import generate, sample_bytes

WATCH = 0.1
HERE = Path(__file__).resolve()


class Run(NamedTuple):
    """One process: wall seconds, CPU seconds, peak of memory, the others' part of the machine's time, what it said.

    Memory is in bytes, of all its processes together, shared pages divided between who shares them.
    """

    seconds: float
    cpu: float
    peak: int
    others: float
    said: dict[str, Any]


def add(tar: Path, folder: Path) -> Run:
    """Add a tar to a new archive by the command line. Raises SystemExit if that fails."""
    shutil.rmtree(folder, ignore_errors=True)
    return watched([*machine.command(), "archive", "add", str(tar), "--archive", str(folder), "--json"])


def add_in_library(tar: Path, folder: Path) -> Run:
    """The same by a process that times itself without its start and imports: `said["seconds"]`."""
    shutil.rmtree(folder, ignore_errors=True)
    return watched([sys.executable, str(HERE), str(tar), str(folder)])


def watched(arguments: list[str]) -> Run:
    """Run a command that says JSON, watched. Raises SystemExit if it fails."""
    begun, before = time.perf_counter(), machine_time()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    watcher = _Watcher(process.pid)
    watcher.start()
    said, _ = process.communicate()
    seconds, (busy, total) = time.perf_counter() - begun, machine_time()
    watcher.ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"it ended with {process.returncode}: {said}")
    cpu = sum(watcher.cpu.values())
    others = (busy - before[0] - cpu) / (total - before[1]) if total > before[1] else 0.0
    return Run(seconds, cpu, watcher.peak, max(others, 0.0), json.loads(said))


class _Watcher(threading.Thread):
    """Looks at a process and all below it until told that they have ended."""

    def __init__(self, pid: int) -> None:
        """Nothing is known yet."""
        super().__init__()
        self.peak, self.cpu, self.ended, self._pid = 0, dict[int, float](), threading.Event(), pid

    def run(self) -> None:
        """Look again and again."""
        while not self.ended.wait(WATCH):
            now = watch(self._pid)
            self.peak = max(self.peak, sum(map(_memory, now)))
            self.cpu |= {pid: seconds for pid, (_, seconds) in now.items()}


def _memory(pid: int) -> int:
    """Bytes of a process, of shared pages its part; 0 if it has ended or this is no Linux."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def tar_of(count: int) -> Path:
    """A tar of so many generated full submissions, made once."""
    target = documents.GENERATED / f"submissions-{count}-{documents.SEED}.tar"
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_suffix(".making")
    with tarfile.open(made, "w|", bufsize=1 << 20) as tar:
        for number, sample in enumerate(generate(count, seed=documents.SEED)):
            data = sample_bytes(sample, "submission")
            member = tarfile.TarInfo(f"{number // 1000:04}/{sample.accession}.txt")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    made.rename(target)
    return target


def main() -> None:
    """Add the tar named first to the folder named second; print what was added and the seconds it took."""
    tar, folder = Path(sys.argv[1]), Path(sys.argv[2])
    begun, cpu = time.perf_counter(), os.times()
    with open_archive(folder) as archive:
        added = archive.add(incoming(tar))
    seconds = time.perf_counter() - begun
    own = sum(os.times()[:2]) - sum(cpu[:2])
    print(json.dumps({"new": added.new, "rejected": added.rejected, "seconds": seconds, "own_cpu": own}))


if __name__ == "__main__":
    main()
