"""How fast full submissions come out of a tar into an archive that is read back, indexed and answers questions.

    python bench/archive_speed.py [--tar FILE] [--rounds 3] [--check]

Beside it, in the same run, what the peers need to parse the same documents, and the size of the archive against the
originals zipped one by one. `--check` turns a miss into exit status 1:

    >= 4,000 filings a second, process start left out      memory of all processes < 500 MB
    faster than the best peer parses, on as many cores
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import statistics
import sys
import zipfile
from pathlib import Path
from typing import Any

import archive_run
import documents
import environments
import machine
from read_speed import Side
from section16.archive import open_archive
from section16.archive.members import incoming

FILINGS = 10_000
PEERS = ("edgartools", "datamule")
PARSED = 1000
RATE, MEMORY = 4000, 500e6
_XML = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL)


def peers(tar: Path) -> dict[str, Any]:
    """What each peer needs to parse a sample of the documents of a tar, documents per second of one core."""
    folder = documents.GENERATED / "archive-sample"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = [match[1] for one in incoming(tar) if (match := _XML.search(one.data))]
    for number, data in enumerate(found[:: max(1, len(found) // PARSED)]):
        (folder / f"{number}.xml").write_bytes(data)
    paths = documents.files(folder)
    listing = documents.listing(paths, documents.GENERATED / "archive-speed.tsv")
    rates: dict[str, Any] = {}
    for name in PEERS:
        side = Side(name, environments.ensure(name), listing, machine.cores() - 1)
        tried = side.ask(do="try")
        refused = sorted(map(int, tried["refused"]))
        taken = statistics.median([side.ask(do="time", skip=refused, passes=1)["cpu"] for _ in range(3)])
        side.close()
        rates[name] = {
            "version": tried["version"],
            "documents_per_second_and_core": round((len(paths) - len(refused)) / taken, 1),
            "refused": len(refused),
        }
    return rates


def zipped(tar: Path) -> tuple[int, int]:
    """Bytes of the originals in a tar, plain and zipped one by one."""
    total, target = 0, io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for number, one in enumerate(incoming(tar)):
            total += len(one.data)
            made.writestr(f"{number}.txt", one.data)
    return total, len(target.getvalue())


def measure(tar: Path, rounds: int) -> dict[str, Any]:
    """Add the tar again and again, by the library and by the command; the best and the middle of the rounds."""
    folder = documents.GENERATED / "archive"
    inside = [archive_run.add_in_library(tar, folder) for _ in range(rounds)]
    whole = [archive_run.add(tar, folder) for _ in range(rounds)]
    filings = whole[0].said["new"]
    plain, small = zipped(tar)
    with open_archive(folder, create=False) as archive:
        answer = archive.sql("select count(*) from filings").fetchone()
    kept = archive_run.size(folder) - archive_run.size(folder / "index")
    return {
        "filings": filings,
        "found_by_a_question": answer[0] if answer else 0,
        "in_quarantine": whole[0].said["rejected"],
        "seconds": _spread([run.said["seconds"] for run in inside]),
        "seconds_with_process_start": _spread([run.seconds for run in whole]),
        "filings_per_second": round(filings / min(run.said["seconds"] for run in inside)),
        "filings_per_second_with_process_start": round(filings / min(run.seconds for run in whole)),
        "cpu_seconds": _spread([run.cpu for run in whole]),
        "part_of_the_machine_that_others_took": round(max(run.others for run in (*inside, *whole)), 2),
        "peak_memory_bytes": max(run.peak for run in (*inside, *whole)),
        "bytes": {
            "originals": plain,
            "originals_zipped": small,
            "archive": kept,
            "index": archive_run.size(folder / "index"),
            "archive_to_zipped": round(kept / small, 3),
        },
    }


def _spread(figures: list[float]) -> dict[str, float]:
    return {"best": round(min(figures), 3), "median": round(statistics.median(figures), 3)}


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description="Speed of adding full submissions to an archive.")
    parser.add_argument("--tar", type=Path, help="a tar of full submissions (default: generated ones)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a threshold is missed")
    arguments = parser.parse_args()
    tar = arguments.tar or archive_run.tar_of(FILINGS)
    result = measure(tar, arguments.rounds)
    result["peers_parse_only"] = peers(tar)
    best = max(peer["documents_per_second_and_core"] for peer in result["peers_parse_only"].values())
    result["times_as_fast_as_the_best_peer_parses"] = {
        "one_core_of_it": round(result["filings_per_second"] / best, 1),
        "as_many_cores": round(result["filings_per_second"] / (best * machine.cores()), 1),
    }
    result["documents_are"] = "real filings" if arguments.tar else f"generated filings, seed {documents.SEED}"
    machine.keep("archive_speed", result)
    print(f"{result['filings']:,} filings, {result['filings_per_second']:,} a second", file=sys.stderr)
    machine.judge(
        {
            f"filings a second >= {RATE:,}": (result["filings_per_second"] >= RATE, str(result["filings_per_second"])),
            "memory < 500 MB": (result["peak_memory_bytes"] < MEMORY, f"{result['peak_memory_bytes'] / 1e6:.0f} MB"),
            "faster than peers parse": (
                result["times_as_fast_as_the_best_peer_parses"]["as_many_cores"] > 1,
                f"{result['times_as_fast_as_the_best_peer_parses']['as_many_cores']} times, core for core",
            ),
        },
        strict=arguments.check,
    )


if __name__ == "__main__":
    main()
