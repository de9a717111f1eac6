"""The screens over five million filings: cold and warm milliseconds, beside the plain scans.

    python bench/archive_screens.py [--filings 5000000] [--archive DIR] [--check]

The filings are made as columns (`archive_columns`), kept under build/ and used again. Cold is a first question in a
fresh process after the system has forgotten the file (where that may be asked for), warm the middle of the next ones.
`--check` turns a screen over 150 ms warm into exit status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import archive_columns
import archive_run
import documents
import machine
from archive_questions import BEGINNINGS, PHRASES, SCANS, SCREENS
from section16.archive import Archive, open_archive
from section16.archive.search import refresh

WARM, LIMIT = 15, 150.0
HERE = Path(__file__).resolve()


def prepared(folder: Path, filings: int) -> dict[str, Any]:
    """Make the archive and its indexes, if they are not there; what that took."""
    took: dict[str, Any] = {}
    if not (folder / "ledger.sqlite").exists():
        begun = time.perf_counter()
        for made in archive_columns.make(folder, filings):
            print(f"\r{made:,} filings", end="", file=sys.stderr)
        took["columns_made_seconds"] = round(time.perf_counter() - begun, 1)
    with open_archive(folder, create=False) as archive:
        if not list((folder / "index").glob("*.duckdb")):
            took["index_seconds"], took["index_peak_memory_bytes"] = _watched("index", folder)
        took["full_text_seconds"], took["full_text_peak_memory_bytes"] = _watched("refresh", folder)
        took["files"] = {file.name: file.stat().st_size for file in archive.layout.index.iterdir()}
    return took


def _watched(what: str, folder: Path) -> tuple[float, int]:
    run = archive_run.watched([sys.executable, str(HERE), "--do", what, "--archive", str(folder)])
    return round(run.seconds, 1), run.peak


def forget(folder: Path) -> None:
    """Let the system forget what it has read of the archive's files, where it takes such advice."""
    if hasattr(os, "posix_fadvise"):
        for file in folder.rglob("*"):
            if file.is_file():
                with contextlib.suppress(OSError), file.open("rb") as opened:
                    os.fsync(opened.fileno())
                    os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def facts(archive: Archive) -> dict[str, str]:
    """An issuer, an insider and a filing to ask for."""
    found = archive.sql(
        "select issuer_cik, rpt_owner_cik, accession, public_at from filings "
        "where public_at > timestamp '2020-03-01' and transaction_count > 0 limit 1"
    ).fetchone()
    return dict(zip(("issuer", "owner", "accession", "moment"), map(str, found or ()), strict=True))


def milliseconds(do: Any, rounds: int) -> list[float]:
    """How long each of some calls took."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def asked(folder: Path, question: str, rounds: int) -> dict[str, Any]:
    """Ask one question again and again: of the tables, or with `search:` before it of the full text."""
    with open_archive(folder, create=False) as archive:
        begun = time.perf_counter()
        connection = archive.connect()
        opened = (time.perf_counter() - begun) * 1000
        words = question.removeprefix("search:")
        if words != question:
            taken = milliseconds(lambda: archive.search(words), rounds)
            rows = len(archive.search(words))
        else:
            taken = milliseconds(lambda: connection.execute(question).fetchall(), rounds)
            rows = len(connection.execute(question).fetchall())
        return {"open": opened, "taken": taken, "rows": rows}


def timed(folder: Path, question: str, rounds: int = WARM) -> dict[str, Any]:
    """Cold and warm milliseconds of a question, in a process of its own."""
    forget(folder)
    arguments = [sys.executable, str(HERE), "--do", question, "--archive", str(folder), "--rounds", str(rounds)]
    said = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    return {
        "cold_ms": round(said["taken"][0], 1),
        "warm_ms": round(statistics.median(said["taken"][1:]), 1),
        "open_ms": round(said["open"], 1),
        "rows": said["rows"],
    }


def measure(folder: Path) -> dict[str, Any]:
    """All screens, all scans."""
    with open_archive(folder, create=False) as archive:
        known = facts(archive)
    screens = {name: timed(folder, question.format_map(known)) for name, question in SCREENS.items()}
    screens |= {f"footnotes, newest 50: {words}": timed(folder, f"search:{words}") for words in PHRASES}
    beginnings = {f"footnotes, newest 50: {words}": timed(folder, f"search:{words}", 4) for words in BEGINNINGS}
    return {
        "screens": screens,
        "searches_by_beginning": beginnings,
        "plain_scans": {name: timed(folder, question, 4) for name, question in SCANS.items()},
    }


def work(arguments: argparse.Namespace) -> None:
    """What a process of the bench's own does."""
    with open_archive(arguments.archive, create=False) as archive:
        if arguments.do == "index":
            archive.index()
        elif arguments.do == "refresh":
            refresh(archive.layout, archive.ledger)
        else:
            print(json.dumps(asked(arguments.archive, arguments.do, arguments.rounds)))
            return
    print("{}")


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description="Latencies of screens.")
    parser.add_argument("--filings", type=int, default=5_000_000)
    parser.add_argument("--archive", type=Path, help="keep the archive here (default: under build/)")
    parser.add_argument("--anew", action="store_true", help="make archive and index anew")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a screen is slower than it may be")
    parser.add_argument("--do", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=WARM, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.do:
        work(arguments)
        return
    folder = arguments.archive or documents.GENERATED / f"archive-{arguments.filings}"
    if arguments.anew:
        shutil.rmtree(folder, ignore_errors=True)
    result = {"rows": {}, "prepared": prepared(folder, arguments.filings), **measure(folder)}
    result["rows"] = archive_columns.counted(folder)
    for name, figures in (*result["screens"].items(), *result["plain_scans"].items()):
        print(f"{figures['warm_ms']:>9} ms warm {figures['cold_ms']:>9} cold  {figures['rows']:>6} rows  {name}")
    machine.keep("archive_screens", result)
    machine.judge(
        {
            f"{name} <= {LIMIT:.0f} ms warm": (figures["warm_ms"] <= LIMIT, f"{figures['warm_ms']} ms")
            for name, figures in result["screens"].items()
        },
        strict=arguments.check,
    )


if __name__ == "__main__":
    main()
