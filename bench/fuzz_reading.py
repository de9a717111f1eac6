"""Fuzzing of the readers: spoiled filings must yield a filing or our own error, nothing else, and soon.

    python bench/fuzz_reading.py --cases 200000 --seed 16 --jobs 2 [--documents DIR]
    python bench/fuzz_reading.py --seed 16 --case 1234             one case again, with all that is wrong about it

How filings are spoiled: `byte_mutations.py`, `element_mutations.py`, and `fuzz_cases.py`, which numbers them; what is
judged: `fuzz_judge.py`. Failing inputs are kept under build/fuzz/, figures in results/fuzz_reading.json. Exit status 1
if anything was found.
"""

from __future__ import annotations

import argparse
import collections
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import documents
import fuzz_judge
import machine
import section16
from fuzz_cases import Shelf, case
from fuzz_workers import Fuzzing, Outcome

KEPT = Path(__file__).resolve().parent.parent / "build" / "fuzz"
WRITTEN = ("json", "md", "html", "submission")
SUFFIXES = (".xml", ".txt", ".nc")
MOST = 300
MOST_KEPT = 200


def sound_documents(folder: Path | None) -> list[bytes]:
    """The documents to spoil: up to 300 filings of a folder (default: generated ones), XML and full submissions.

    Of every tenth also what we write of it as JSON, Markdown, HTML and submission file.
    """
    folders = [folder] if folder else [documents.generated(MOST // 2, kind) for kind in ("xml", "submission")]
    paths = [path for each in folders for path in documents.files(each, SUFFIXES, MOST // len(folders))]
    sound = [path.read_bytes() for path in paths]
    return sound + [written for data in sound[::10] for written in other_shapes(data)]


def other_shapes(data: bytes) -> list[bytes]:
    """What we write of a filing in the other shapes that we read; nothing if it cannot be read (paper filings)."""
    try:
        filing = section16.read(data)
    except section16.Section16Error:
        return []
    return [section16.write(filing, target) for target in WRITTEN]


def keep_finds(finds: list[tuple[int, str]], seed: int, shelf: Shelf) -> None:
    """Writes the failing inputs, each with its story beside it, to build/fuzz/."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for number, fault in finds[:MOST_KEPT]:
        spoiled = case(seed, number, shelf)
        stem = KEPT / f"case-{seed}-{number}"
        stem.with_suffix(".bin").write_bytes(spoiled.data)
        story = f"{fault}\nbegan as {spoiled.shape}; {', '.join(spoiled.done)}\n"
        stem.with_suffix(".txt").write_text(story, encoding="utf-8")


def again(seed: int, number: int, shelf: Shelf) -> None:
    """Judges one case in this process and prints all that is known about it."""
    spoiled = case(seed, number, shelf)
    print(f"case {number} began as {spoiled.shape}; {', '.join(spoiled.done)}; {len(spoiled.data)} bytes")
    verdict = fuzz_judge.judge(spoiled, thorough=True)
    print(verdict.outcome, *verdict.faults, sep="\n")
    keep_finds([(number, fault) for fault in verdict.faults], seed, shelf)


def report(outcome: Outcome, run: dict[str, Any]) -> None:
    """Prints and keeps the figures of a run.

    Raises:
        SystemExit: with status 1 if anything was found.
    """
    kinds = collections.Counter(fault.partition(":")[0] for _, fault in outcome.finds)
    figures = {
        "cases": outcome.counts.total(),
        **run,
        "outcomes": dict(outcome.counts.most_common()),
        "finds": dict(kinds.most_common()),
        "slowest": {"cpu_seconds": round(outcome.slowest[0], 3), "case": outcome.slowest[1]},
        "peak_memory_mb": round(outcome.peak / 1e6, 1),
    }
    for name, figure in figures.items():
        print(f"{name:<16} {figure}")
    for number, fault in outcome.finds[:20]:
        print(f"  case {number}: {fault}")
    machine.keep("fuzz_reading", figures)
    if outcome.finds:
        print(f"inputs in {KEPT}", file=sys.stderr)
        raise SystemExit(1)


def main() -> None:
    """Runs the cases, prints and keeps figures and finds."""
    parser = argparse.ArgumentParser(description="Spoiled filings through every reader.")
    parser.add_argument("--cases", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--jobs", type=int, default=machine.cores())
    parser.add_argument("--documents", type=Path, help="folder of real filings to spoil (default: generated ones)")
    parser.add_argument("--case", type=int, help="only this case, in this process")
    arguments = parser.parse_args()
    sound = sound_documents(arguments.documents)
    if arguments.case is not None:
        again(arguments.seed, arguments.case, Shelf(sound))
        return
    shutil.rmtree(KEPT, ignore_errors=True)
    folder = KEPT / "documents"
    folder.mkdir(parents=True)
    for number, data in enumerate(sound):
        (folder / f"{number:05d}").write_bytes(data)
    begun = time.perf_counter()
    outcome = Fuzzing(arguments.seed, arguments.cases, arguments.jobs, folder).run()
    seconds = round(time.perf_counter() - begun, 1)
    keep_finds(outcome.finds, arguments.seed, Shelf(sound))
    whose = "real filings" if arguments.documents else "generated filings"
    report(outcome, {"seed": arguments.seed, "documents": len(sound), "documents_are": whose, "seconds": seconds})


if __name__ == "__main__":
    main()
