"""What all findings of one report cost, in readings of it, in one run over the same documents.

    python bench/check_speed.py [--documents DIR] [--most 3000] [--rounds 3] [--check]

Each document is read and checked in turn, its best of the rounds counts for both, so that other work on the machine
touches them alike. The threshold (`--check` turns a miss into exit status 1):

    median of checking / reading over the documents <= 10
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import documents
import machine
import section16
from section16.errors import Section16Error
from section16.rules.catalogue import rules

GENERATED = 1500
MOST_READINGS = 10.0


def measured(path: Path, rounds: int) -> tuple[float, float, list[section16.Finding]] | None:
    """Seconds to read a document and to find all there is to say of it, and the findings; None if it is refused."""
    data = path.read_bytes()
    reading = checking = float("inf")
    found: list[section16.Finding] = []
    try:
        for _ in range(rounds):
            begun = time.perf_counter()
            filing = section16.read(data)
            read = time.perf_counter()
            found = section16.check(filing)
            done = time.perf_counter()
            reading, checking = min(reading, read - begun), min(checking, done - read)
    except Section16Error:
        return None
    return reading, checking, found


def figures(paths: list[Path], rounds: int) -> dict[str, Any]:
    """The figures of the bench over some files."""
    results = [one for one in (measured(path, rounds) for path in paths) if one is not None]
    ratios = sorted(checking / reading for reading, checking, _ in results)
    hits = Counter(finding.rule for _, _, found in results for finding in found)
    return {
        "documents": len(results),
        "refused": len(paths) - len(results),
        "rules": len(rules()),
        "findings": hits.total(),
        "reading_us_median": round(statistics.median(reading for reading, _, _ in results) * 1e6, 1),
        "checking_us_median": round(statistics.median(checking for _, checking, _ in results) * 1e6, 1),
        "readings_median": round(statistics.median(ratios), 2),
        "readings_95_percent": round(ratios[int(len(ratios) * 0.95)], 2),
    }


def main() -> None:
    """Measure, print, keep, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--most", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    folder = options.documents or documents.generated(GENERATED, "xml")
    found = figures(documents.files(folder, (".xml", ".txt"), options.most), options.rounds)
    for name, figure in found.items():
        print(f"{name:<22} {figure}")
    machine.keep("check_speed", {"kind": "given" if options.documents else "generated", **found})
    ratio = found["readings_median"]
    checks = {f"all findings cost <= {MOST_READINGS:g} readings": (ratio <= MOST_READINGS, f"{ratio}")}
    machine.judge(checks, strict=options.check)


if __name__ == "__main__":
    main()
