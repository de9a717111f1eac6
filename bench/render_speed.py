"""How fast a document that is already read is drawn or written: every format, one process, CPU time.

    python bench/render_speed.py [--documents DIR] [--rounds 5] [--check]

PDF needs the extra `section16[pdf]`; without it the line is left out and said. Promise (`--check` turns a miss into
exit status 1): a PDF in at most 100 ms.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import Any

import documents
import machine
import section16

FORMATS = ("json", "xml", "html", "md", "text", "csv")
GENERATED = 600
PDFS = 20
MOST_PDF = 100


def seconds(filings: list[section16.Filing], target: str, rounds: int) -> float:
    """CPU seconds to write every filing in a format: the median of the rounds, after one to warm up."""
    times = []
    for _ in range(rounds + 1):
        begun = time.process_time()
        for filing in filings:
            section16.write(filing, target)
        times.append(time.process_time() - begun)
    return statistics.median(times[1:])


def measure(paths: list[Path], rounds: int) -> dict[str, Any]:
    """Documents a second and microseconds a document for each format, milliseconds for PDF."""
    filings = [section16.read(path) for path in paths]
    figures: dict[str, Any] = {"documents": len(filings), "formats": {}}
    for target in FORMATS:
        took = seconds(filings, target, rounds) / len(filings)
        figures["formats"][target] = {"documents_per_second": round(1 / took), "microseconds": round(took * 1e6, 1)}
    try:
        took = seconds(filings[:PDFS], "pdf", 1) / len(filings[:PDFS])
    except section16.Section16Error as error:
        figures["pdf_left_out"] = str(error)
    else:
        figures["pdf_milliseconds"] = round(took * 1000, 1)
    return figures


def main() -> None:
    """Measures, prints and keeps the figures."""
    parser = argparse.ArgumentParser(description="Drawing and writing speed, one process.")
    parser.add_argument("--documents", type=Path, help="folder of ownership XML (default: generated filings)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a threshold is missed")
    arguments = parser.parse_args()
    folder = arguments.documents or documents.generated(GENERATED, "xml")
    figures = measure(documents.files(folder, most=GENERATED), arguments.rounds)
    for name, figure in figures["formats"].items():
        print(f"{name:<6} {figure['documents_per_second']:>9,} docs/s {figure['microseconds']:>9,.1f} us")
    print(f"pdf    {figures.get('pdf_milliseconds')} ms" if "pdf_milliseconds" in figures else figures["pdf_left_out"])
    machine.keep("render_speed", figures)
    pdf = figures.get("pdf_milliseconds")
    if pdf is not None:
        machine.judge({f"PDF <= {MOST_PDF} ms": (pdf <= MOST_PDF, f"{pdf} ms")}, strict=arguments.check)


if __name__ == "__main__":
    main()
