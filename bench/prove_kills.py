"""200 kills at random moments of `archive add` and `archive compact`: nothing acknowledged is lost, nothing doubled.

    python bench/prove_kills.py [--cases 200] [--seed 16]

Each case has its own archive of 120 generated filings, added in lots, every third followed by a compaction; half of
them by way of the ledger's tail, half of them by way of shards. The result stands in results/archive_kills.json.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import machine
from kill_cases import Case, run_case
from section16.samples import generate, sample_bytes

FILES = 120
MOST = 2000
"""Cases at most: a number meant for the fuzzers would take days."""


def main() -> int:
    """Run the cases; exit code 1 if one is not as promised."""
    parser = argparse.ArgumentParser(description="Kill archive add at random moments.")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=16)
    asked = parser.parse_args()
    began = time.monotonic()
    cases: list[Case] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = work / "source"
        source.mkdir()
        for number, sample in enumerate(generate(FILES, seed=asked.seed)):
            (source / f"{number:04}.txt").write_bytes(sample_bytes(sample, "submission"))
        longest = whole_run(asked.seed, source, work)
        for number in range(min(asked.cases, MOST)):
            case = run_case(asked.seed * 1000 + number, source, work, longest=longest)
            shutil.rmtree(work / f"archive-{case.seed}", ignore_errors=True)
            cases.append(case)
            for fault in case.faults:
                print(f"seed {case.seed}: {fault}", flush=True)
    summary = summed(cases, time.monotonic() - began)
    for name, figure in summary.items():
        print(f"{name:<36} {figure}")
    if len(cases) >= 200:
        machine.keep("archive_kills", {"seed": asked.seed, "files": FILES, **summary})
    return 0 if all(case.good for case in cases) else 1


def whole_run(seed: int, source: Path, work: Path) -> float:
    """Seconds that a run takes that nobody kills, so that kills fall into all of it."""
    began = time.monotonic()
    run_case(seed * 1000 + 999_997, source, work, longest=600.0)
    return min(12.0, (time.monotonic() - began) * 0.7)


def summed(cases: list[Case], seconds: float) -> dict[str, object]:
    """The figures that are published."""
    part = [case for case in cases if 0 < case.there < FILES]
    return {
        "cases": len(cases),
        "good": sum(case.good for case in cases),
        "killed_before_the_end": sum(not case.ended for case in cases),
        "killed_with_a_part_there": len(part),
        "with_something_left_over": sum(case.left_over > 0 for case in cases),
        "acknowledged_files": sum(case.acknowledged for case in cases),
        "there_though_not_yet_acknowledged": sum(case.there - case.acknowledged for case in part),
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
