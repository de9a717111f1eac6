"""One case of a killed `archive add`: what was acknowledged is remembered by another process than the one that dies.

The child adds files to an archive in lots, and prints a line when the archive said of a lot that it is done; in the
middle of one lot it is killed. Afterwards nothing of a lot that was printed may be missing, nothing may be there
twice, `verify` must be clean, and adding everything again must complete it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from section16.archive import Incoming, open_archive
from section16.archive.verifying_shards import Depth

CHILD = """
import sys
from pathlib import Path
from section16.archive import Incoming, adding, open_archive

if __name__ == "__main__":
    archive, source, lot, tail, shard, limit = sys.argv[1:]
    adding.TAIL_BATCH, adding.SHARD_FILES, adding._FIRST_FILES = int(tail), int(shard), int(shard)
    import section16.archive.archive as door
    door.TAIL_LIMIT = int(limit)
    files = sorted(Path(source).iterdir())
    print("ready", flush=True)
    with open_archive(archive) as opened:
        for start in range(0, len(files), int(lot)):
            some = files[start : start + int(lot)]
            opened.add([Incoming(name=file.name, data=file.read_bytes()) for file in some], jobs=1)
            print(start + len(some), flush=True)
            if start // int(lot) % 3 == 2:
                opened.compact()
    print("done", flush=True)
"""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one killed run: seconds until the kill, files acknowledged before it, files there after it."""

    seed: int
    shards: bool
    seconds: float
    acknowledged: int
    there: int
    ended: bool
    faults: list[str]
    left_over: int

    @property
    def good(self) -> bool:
        """Whether the archive kept its promise."""
        return not self.faults


def run_case(seed: int, source: Path, work: Path, *, longest: float) -> Case:
    """Kill one run at a moment drawn from `seed`, at most `longest` seconds after it was ready, and judge."""
    draw = random.Random(seed)
    shards = bool(seed % 2)
    lot = draw.choice((7, 20, 40))
    archive = work / f"archive-{seed}"
    words = [archive, source, lot, 0 if shards else 256, 5, draw.choice((10, 1000))]
    log = work / f"said-{seed}"
    with log.open("wb") as said:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, *map(str, words)],
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _wait_until(lambda: log.stat().st_size > 0 or child.poll() is not None)
        seconds = draw.uniform(0, longest)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    lines = log.read_text(encoding="utf-8", errors="replace").split()
    numbers = [int(line) for line in lines if line.isdigit()]
    files = [Incoming(name=file.name, data=file.read_bytes()) for file in sorted(source.iterdir())]
    acknowledged = max(numbers, default=0)
    odd = [line for line in lines if not line.isdigit() and line not in {"ready", "done"}]
    there, left_over, faults = _judge(archive, files, acknowledged)
    return Case(
        seed=seed,
        shards=shards,
        seconds=round(seconds, 3),
        acknowledged=acknowledged,
        there=there,
        ended="done" in lines,
        faults=[*faults, *([f"the child said: {' '.join(odd)[:300]}"] if odd else [])],
        left_over=left_over,
    )


def _wait_until(happened: object, longest: float = 30.0) -> None:
    end = time.monotonic() + longest
    while time.monotonic() < end and not happened():  # type: ignore[operator]
        time.sleep(0.005)


def _judge(archive: Path, files: Sequence[Incoming], acknowledged: int) -> tuple[int, int, list[str]]:
    """What is wrong after the kill, and after adding everything again."""
    faults: list[str] = []
    there = left_over = 0
    if (archive / "ledger.sqlite").exists():
        with open_archive(archive) as opened:
            found = opened.verify(depth=Depth.USUAL, jobs=1)
            faults += [f"after the kill: {fault.record}: {fault.message}" for fault in found.faults]
            left_over = len(found.notes)
            held = {row[0] for row in opened.ledger.connection.execute("select sha256 from containers")}
            there = len(held)
            missing = [one.name for one in files[:acknowledged] if one.digest not in held]
            faults += [f"{name} was acknowledged and is not there" for name in missing]
    elif acknowledged:
        faults.append("files were acknowledged, and there is no archive")
    with open_archive(archive) as opened:
        opened.add(files, jobs=1)
        again = opened.add(files, jobs=1)
        if again.known != len(files):
            faults.append(f"of {len(files)} files {again.known} are known after adding all again")
        found = opened.verify(depth=Depth.FULL, jobs=1)
        faults += [f"after adding again: {fault.record}: {fault.message}" for fault in found.faults]
        (count,) = opened.sql("select count(*) from filings").fetchone() or (0,)
        (single,) = opened.sql("select count(distinct accession) from filings").fetchone() or (0,)
        if (count, single) != (len(files), len(files)):
            faults.append(f"{count} filings with {single} numbers, of {len(files)}")
    return there, left_over, faults
