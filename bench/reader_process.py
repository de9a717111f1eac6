"""One side of the reading race in a process of its own.

    python reader_process.py SIDE LIST [CORE]

LIST is a file of `form<TAB>path` lines. The process loads the documents, tries each one once, and answers commands on
standard input, one JSON object a line on standard output:

    {"do": "try"}             -> {"version", "python", "refused": {index: reason}, "cpu": seconds of this first pass}
    {"do": "time", "skip": [...], "passes": n}    -> {"cpu": seconds a pass, "wall": seconds a pass}

Run by the interpreter of the side's environment; needs the standard library and that side's package only.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

import readers


def load(listing: Path) -> list[tuple[bytes, str]]:
    """The documents of a list: bytes and form type, in the order of the list."""
    lines = (line.split("\t", 1) for line in listing.read_text(encoding="utf-8").splitlines())
    return [(Path(path).read_bytes(), form) for form, path in lines]


def refusals(read: readers.Read, documents: list[tuple[bytes, str]]) -> dict[int, str]:
    """Index and reason of every document this side raises on."""
    refused: dict[int, str] = {}
    for index, (data, form) in enumerate(documents):
        try:
            read(data, form)
        except Exception as error:  # noqa: BLE001 - a peer may raise anything at all
            refused[index] = f"{type(error).__name__}: {error}"[:200]
    return refused


def seconds(read: readers.Read, documents: list[tuple[bytes, str]], passes: int) -> dict[str, float]:
    """CPU and wall seconds of one pass over the documents, the mean of `passes`."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(passes):
        for data, form in documents:
            read(data, form)
    return {"cpu": (time.process_time() - cpu) / passes, "wall": (time.perf_counter() - wall) / passes}


def answer(
    command: dict[str, Any], side: str, read: readers.Read, documents: list[tuple[bytes, str]]
) -> dict[str, Any]:
    """What a command asks for."""
    if command["do"] == "try":
        begun = time.process_time()
        refused = refusals(read, documents)
        cpu = time.process_time() - begun
        return {"version": readers.version(side), "python": platform.python_version(), "refused": refused, "cpu": cpu}
    skip = set(command["skip"])
    kept = [document for index, document in enumerate(documents) if index not in skip]
    return seconds(read, kept, command["passes"])


def main() -> None:
    """Serves commands until standard input ends."""
    side, listing = sys.argv[1], Path(sys.argv[2])
    if len(sys.argv) > 3 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {int(sys.argv[3])})
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a package prints must not end up among the answers
    readers.no_network()
    read, documents = readers.SIDES[side](), load(listing)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), side, read, documents)), file=answers, flush=True)


if __name__ == "__main__":
    main()
