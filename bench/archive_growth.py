"""Adding 10,000, 100,000 and 1,000,000 generated filings: seconds, memory and bytes must not grow faster than they do.

    python bench/archive_growth.py [--counts 10000 100000 1000000]

The tars are made once under build/ (8 GB for the largest).
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from typing import Any

import archive_run
import documents
import machine
from section16.archive import open_archive

QUESTION = "select transaction_code, count(*), sum(value) from transactions group by all order by all"


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Add so many filings to a new archive."""
    run = archive_run.add_in_library(archive_run.tar_of(count), folder)
    with open_archive(folder, create=False) as archive:
        begun = time.perf_counter()
        with archive.connect() as connection:
            opened = time.perf_counter()
            connection.execute(QUESTION).fetchall()
            asked = time.perf_counter()
    index = archive_run.size(folder / "index")
    kept = archive_run.size(folder) - index
    return {
        "filings": run.said["new"],
        "rejected": run.said["rejected"],
        "seconds": round(run.said["seconds"], 2),
        "filings_per_second": round(run.said["new"] / run.said["seconds"]),
        "cpu_microseconds_per_filing": round(run.cpu / run.said["new"] * 1e6),
        "part_of_the_machine_that_others_took": round(run.others, 2),
        "peak_memory_bytes": run.peak,
        "bytes": kept,
        "bytes_per_filing": round(kept / run.said["new"]),
        "index_bytes": index,
        "open_milliseconds": round((opened - begun) * 1000, 1),
        "sum_of_all_transactions_milliseconds": round((asked - opened) * 1000, 1),
    }


def main() -> None:
    """Measure each size, print, keep."""
    parser = argparse.ArgumentParser(description="Growth of an archive.")
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments = parser.parse_args()
    folder = documents.GENERATED / "archive-growth"
    steps = []
    for count in arguments.counts:
        steps.append(measure(count, folder))
        print(steps[-1], flush=True)
        shutil.rmtree(folder)
    first, last = steps[0], steps[-1]
    machine.keep(
        "archive_growth",
        {
            "documents_are": f"generated filings, seed {documents.SEED}",
            "steps": steps,
            "cpu_of_a_filing_last_to_first": round(
                last["cpu_microseconds_per_filing"] / first["cpu_microseconds_per_filing"], 2
            ),
        },
    )


if __name__ == "__main__":
    main()
