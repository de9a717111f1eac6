"""Reading speed against the peers, in one run over the same documents; memory; start-up.

    python bench/read_speed.py [--documents DIR] [--rounds 5] [--check]

Four sides, each a process pinned to the same core: section16, a bare lxml tree, edgartools, datamule. They take
turns, round after round, and CPU time counts, so that other work on the machine touches all of them alike; the ratio of
a round is taken within that round, and the median of the rounds is reported. The first pass of a fresh process, with
whatever a side prepares on the way, is given beside it. Documents that any side refuses are left
out for all and counted. What the thresholds are (`--check` turns a miss into exit status 1):

    section16 / edgartools >= 20      section16 / datamule >= 40      section16 / bare lxml >= 0.35
    peak memory of reading one document after another < 60 MB         import < 0.1 s
    `section16 --help` and `section16 show FILE` < 0.3 s
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import documents
import environments
import extraction
import machine
import section16
import start_up

HERE = Path(__file__).resolve().parent
PASSES = {"section16": 4, "lxml": 10, "edgartools": 1, "datamule": 1}
RATIOS = {"edgartools": 20.0, "datamule": 40.0, "lxml": 0.35}
GENERATED = 1500


class Side:
    """One reader in its own process, answering commands one at a time."""

    def __init__(self, name: str, python: Path, listing: Path, core: int) -> None:
        """Starts the process; it loads the documents before its first answer."""
        self.name = name
        self.seconds: list[float] = []
        arguments = [str(python), str(HERE / "reader_process.py"), name, str(listing), str(core)]
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, **command: object) -> dict[str, Any]:
        """Sends a command and waits for its answer.

        Raises:
            SystemExit: the process ended instead.
        """
        if self._process.stdin is None or self._process.stdout is None:
            raise SystemExit(f"{self.name}: no pipes")
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: the reading process ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def race(paths: list[Path], rounds: int) -> dict[str, Any]:
    """Times every side over the documents and returns rates, ratios and who refused what."""
    listing = documents.listing(paths, documents.GENERATED / "read-speed.tsv")
    pythons = {peer: environments.ensure(peer) for peer in environments.PEERS}
    sides = [Side(name, pythons.get(name, Path(sys.executable)), listing, machine.cores() - 1) for name in PASSES]
    tried = {side.name: side.ask(do="try") for side in sides}
    skip = sorted({int(index) for answer in tried.values() for index in answer["refused"]})
    for number in range(rounds):
        turn = number % len(sides)
        for side in sides[turn:] + sides[:turn]:
            side.seconds.append(side.ask(do="time", skip=skip, passes=PASSES[side.name])["cpu"])
    for side in sides:
        side.close()
    return figures({side.name: side.seconds for side in sides}, tried, paths, skip)


def figures(
    seconds: dict[str, list[float]], tried: dict[str, dict[str, Any]], paths: list[Path], skip: list[int]
) -> dict[str, Any]:
    """The result of a race from its raw seconds: CPU seconds a pass, by side and round."""
    count = len(paths) - len(skip)
    ours = seconds["section16"]
    per_side = {
        name: {
            "version": tried[name]["version"],
            "documents_per_second": round(count / statistics.median(rounds), 1),
            "first_pass_documents_per_second": round(len(paths) / tried[name]["cpu"], 1),
            "microseconds_per_document": round(statistics.median(rounds) / count * 1e6, 1),
            "refused": len(tried[name]["refused"]),
            "reasons": sorted(set(tried[name]["refused"].values()))[:5],
            "rounds": [round(second, 4) for second in rounds],
        }
        for name, rounds in seconds.items()
    }
    ratios = {
        name: round(statistics.median(theirs / mine for theirs, mine in zip(seconds[name], ours, strict=True)), 3)
        for name in RATIOS
    }
    return {
        "documents": count,
        "left_out": len(skip),
        "bytes": sum(path.stat().st_size for index, path in enumerate(paths) if index not in set(skip)),
        "sides": per_side,
        "times_as_fast_as": ratios,
    }


def proof(paths: list[Path]) -> dict[str, Any]:
    """Reads every document once more and compares what is in its records with what is in its XML."""
    read, there, differing = extraction.Figures(), extraction.Figures(), []
    for path in paths:
        data = path.read_bytes()
        mine, theirs = extraction.in_records(section16.read(data).document), extraction.in_xml(data)
        read, there = read.plus(mine), there.plus(theirs)
        if mine != theirs:
            differing.append(path.name)
    return {
        "read": {name: str(figure) for name, figure in read._asdict().items()},
        "in_the_xml": {name: str(figure) for name, figure in there._asdict().items()},
        "differing": len(differing),
        "examples": differing[:5],
    }


def table(result: dict[str, Any]) -> str:
    """The race as lines of text."""
    lines = [
        f"{'reader':<12} {'version':<9} {'docs/s':>9} {'first pass':>10} {'us/doc':>8} {'section16':>13} {'refused':>8}"
    ]
    for name, side in result["sides"].items():
        ratio = result["times_as_fast_as"].get(name)
        times = f"{ratio:.2f} x" if ratio else ""
        rates = f"{side['documents_per_second']:>9,.0f} {side['first_pass_documents_per_second']:>10,.0f}"
        each = f"{side['microseconds_per_document']:>8,.1f}"
        lines.append(f"{name:<12} {side['version']:<9} {rates} {each} {times:>13} {side['refused']:>8}")
    return "\n".join(lines)


def thresholds(result: dict[str, Any]) -> dict[str, tuple[bool, str]]:
    """Every promise with whether it holds and its figure."""
    checks = {
        f"section16 / {name} >= {RATIOS[name]}": (ratio >= RATIOS[name], f"{ratio} times")
        for name, ratio in result["race"]["times_as_fast_as"].items()
    }
    differing = result["extraction"]["differing"]
    checks["everything extracted"] = (differing == 0, f"{differing} documents differ")
    return checks | start_up.thresholds(result["start_up"])


def main() -> None:
    """Runs the race, the proof, memory and start-up; prints and keeps the figures."""
    parser = argparse.ArgumentParser(description="Reading speed of section16 and its peers, same documents, same run.")
    parser.add_argument("--documents", type=Path, help="folder of ownership XML (default: generated filings)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=3000, help="at most so many documents, sampled with a fixed seed")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a threshold is missed")
    arguments = parser.parse_args()
    folder = arguments.documents or documents.generated(GENERATED, "xml")
    paths = documents.files(folder, most=arguments.most)
    result: dict[str, Any] = {
        "documents_are": "real filings" if arguments.documents else f"generated filings, seed {documents.SEED}",
        "race": race(paths, arguments.rounds),
        "extraction": proof(paths),
        "start_up": start_up.measure(paths),
    }
    print(table(result["race"]))
    machine.keep("read_speed", result)
    machine.judge(thresholds(result), strict=arguments.check)


if __name__ == "__main__":
    main()
