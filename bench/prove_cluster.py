"""A Ray cluster builds the archive that one machine builds, also when workers are killed while they build.

    python bench/prove_cluster.py [--workers 4]

Reads the full submissions of the corpus's `bulk` tar ($SECTION16_CORPUS), or as many generated ones, from a plain tar
as it would lie on shared storage. The result stands in results/cluster.json. Without Ray it says so and proves nothing.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import lzma
import os
import shutil
import signal
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import machine
from section16.archive import Added, Archive, open_archive
from section16.archive.cluster import RayExecutor, write_shards
from section16.samples import generate, sample_bytes

GENERATED = 10_000
COUNTED = ("filings", "transactions", "holdings", "footnotes", "footnote_references", "signatures", "owners")
CORPUS = Path(os.environ.get("SECTION16_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))


def main() -> int:
    """Build the same archive several ways; exit code 1 if one is not like the first."""
    parser = argparse.ArgumentParser(description="Build an archive on a cluster of which workers are killed.")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--cases", type=int, default=0, help="taken for the sake of the other proofs; not used")
    asked = parser.parse_args()
    if importlib.util.find_spec("ray") is None:
        print("not proved: Ray is not installed (pip install 'section16[cluster]')")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tar, source = plain_tar(work)
        figures: dict[str, Any] = {"source": source, "tar_bytes": tar.stat().st_size, "workers": asked.workers}
        expected, figures["one_machine"] = timed(work, lambda one: by_pool(one, tar))
        with RayExecutor(cpus=asked.workers) as cluster:
            began = time.monotonic()
            wake(cluster)
            figures["first_tasks_s"] = round(time.monotonic() - began, 2)
            undisturbed, figures["cluster"] = timed(
                work, lambda one: one.add_by_paths([tar], cluster, width=asked.workers)
            )
            killer = Killer(cluster)
            disturbed, figures["cluster_with_kills"] = timed(
                work, lambda one: one.add_by_paths([tar], cluster, width=asked.workers, progress=killer)
            )
            figures["cluster_with_kills"]["workers_killed"] = killer.killed
            began = time.monotonic()
            write_shards(cluster, [tar], work / "shared", width=asked.workers)
            figures["shards_without_ledger_s"] = round(time.monotonic() - began, 2)
        adopted, figures["adopt"] = timed(work, lambda one: one.adopt(work / "shared"))
        others = {"undisturbed": undisturbed, "disturbed": disturbed, "adopted": adopted}
        if importlib.util.find_spec("distributed") is not None:
            others["dask"], figures["dask"] = timed(work, lambda one: by_dask(one, tar, asked.workers))
    same = {name: found == expected for name, found in others.items()}
    figures |= {"rows": expected, "same_as_one_machine": same}
    for name, figure in figures.items():
        print(f"{name:<24} {figure}")
    machine.keep("cluster", figures)
    return 0 if all(same.values()) and killer.killed else 1


def plain_tar(work: Path) -> tuple[Path, str]:
    """A tar that is not compressed, and what is in it."""
    target = work / "originals.tar"
    packed = CORPUS / "bulk" / "form4-submissions-2023.tar.xz"
    if packed.is_file():
        with lzma.open(packed) as opened, target.open("wb") as file:
            shutil.copyfileobj(opened, file, 1 << 20)
        return target, "full submissions of 2023"
    with tarfile.open(target, "w:") as made:
        for sample in generate(GENERATED, seed=16):
            data = sample_bytes(sample, "submission")
            member = tarfile.TarInfo(f"{sample.accession}.txt")
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return target, "generated filings"


def timed(work: Path, build: Callable[[Archive], Added]) -> tuple[dict[str, int], dict[str, Any]]:
    """Build an archive; count its rows, prove it, and say how fast it was."""
    folder = work / "archive"
    began = time.monotonic()
    with open_archive(folder) as archive:
        added = build(archive)
        seconds = time.monotonic() - began
        with archive.connect() as connection:
            rows = {name: count(connection.table(name).count("*").fetchall()) for name in COUNTED}
        faults = len(archive.verify().faults)
        size = sum(file.stat().st_size for file in archive.layout.shards.rglob("*.parquet"))
    shutil.rmtree(folder)
    figures = {"seconds": round(seconds, 2), "filings_per_s": round(added.new / seconds), "shard_bytes": size}
    return rows | {"faults": faults}, figures | {"rejected": added.rejected}


def count(rows: list[tuple[int, ...]]) -> int:
    """The number in a single row."""
    return rows[0][0]


def by_pool(archive: Archive, tar: Path) -> Added:
    """The same tasks in processes of this machine."""
    with ProcessPoolExecutor(machine.cores(), mp_context=get_context("forkserver")) as pool:
        return archive.add_by_paths([tar], pool, width=machine.cores())


def by_dask(archive: Archive, tar: Path, workers: int) -> Added:
    """The same tasks on Dask, whose client brings an executor of its own."""
    client_of: Any = importlib.import_module("distributed").Client  # not a part of section16
    with client_of(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50) as client:
        return archive.add_by_paths([tar], client.get_executor(), width=workers)


def wake(cluster: Executor) -> set[int]:
    """The process ids of the workers."""
    return {future.result() for future in [cluster.submit(_process) for _ in range(16)]}


def _process() -> int:
    time.sleep(0.05)
    return os.getpid()


class Killer:
    """Kills all workers once, when the first shard has come to count and others are being built."""

    def __init__(self, cluster: Executor) -> None:
        """Remember who works."""
        self._workers, self.killed = wake(cluster), 0

    def __call__(self, _: Added) -> None:
        """Kill whoever is left."""
        while self._workers:
            os.kill(self._workers.pop(), signal.SIGKILL)
            self.killed += 1


if __name__ == "__main__":
    sys.exit(main())
