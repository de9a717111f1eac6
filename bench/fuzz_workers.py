"""Processes that judge cases batch after batch, and the one that watches over them.

A case that kills its process, or holds it for more than `HANG` seconds, is found by its number; the others of its batch
go to a new process.
"""

from __future__ import annotations

import collections
import faulthandler
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TypeAlias

import fuzz_judge
from fuzz_cases import Shelf, case

HANG = 30
"""Seconds of wall time after which a case counts as hanging: the limit of two with room for a busy machine."""

BATCH = 500
THOROUGH = 8
"""Of so many cases one is also written in every format."""

Batch: TypeAlias = tuple[int, int]
"""First case number, and the one after the last."""


@dataclass
class Outcome:
    """What a batch or a whole run came to.

    `counts` are cases by outcome (`read`, or the code of our error); `finds` are case numbers with what was wrong;
    `slowest` is the CPU seconds of the slowest reading and its case; `peak` is the highest resident set, in bytes.
    """

    counts: collections.Counter[str]
    finds: list[tuple[int, str]]
    slowest: tuple[float, int] = (0.0, -1)
    peak: int = 0

    def add(self, other: Outcome) -> None:
        """Takes another outcome into this one."""
        self.counts += other.counts
        self.finds += other.finds
        self.slowest = max(self.slowest, other.slowest)
        self.peak = max(self.peak, other.peak)


@dataclass
class _Worker:
    """A process, our end of its pipe, the case it is at, and the batch it has."""

    process: SpawnProcess
    pipe: Connection
    current: Synchronized[int]
    batch: Batch


def work(pipe: Connection, current: Synchronized[int], seed: int, folder: Path) -> None:
    """A worker's life: answers each batch it is sent with its `Outcome`, until it is sent `None`."""
    shelf = Shelf([path.read_bytes() for path in sorted(folder.iterdir())])
    with (folder.parent / f"hang-{multiprocessing.current_process().pid}.txt").open("w") as trace:
        while (batch := pipe.recv()) is not None:
            outcome = Outcome(collections.Counter(), [])
            for number in range(*batch):
                current.value = number
                faulthandler.dump_traceback_later(HANG, exit=True, file=trace)
                verdict = fuzz_judge.judge(case(seed, number, shelf), thorough=number % THOROUGH == 0)
                faulthandler.cancel_dump_traceback_later()
                finds = [(number, fault) for fault in verdict.faults]
                counts = collections.Counter([verdict.outcome])
                outcome.add(Outcome(counts, finds, (verdict.seconds, number), _peak_memory()))
            pipe.send(outcome)


def _peak_memory() -> int:
    """Bytes of the highest resident set of this process; 0 where /proc is absent."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


class Fuzzing:
    """A run: the batches still to do, the workers, and the outcome so far."""

    def __init__(self, seed: int, count: int, jobs: int, folder: Path) -> None:
        """Plans the batches over the documents in `folder`; nothing starts before `run`."""
        self.outcome = Outcome(collections.Counter(), [])
        self._seed, self._jobs, self._folder = seed, jobs, folder
        self._batches = [(first, min(first + BATCH, count)) for first in range(0, count, BATCH)][::-1]
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[object, _Worker] = {}

    def run(self) -> Outcome:
        """Hands out batches until all are done, and returns what they came to."""
        for _ in range(min(self._jobs, len(self._batches))):
            self._start()
        while self._workers:
            for pipe in wait([worker.pipe for worker in self._workers.values()]):
                self._hear(self._workers[pipe])
        return self.outcome

    def _start(self) -> None:
        """A new worker with the next batch."""
        mine, theirs = self._context.Pipe()
        current = self._context.Value("q", -1)
        process = self._context.Process(target=work, args=(theirs, current, self._seed, self._folder), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, mine, current, self._batches.pop())
        self._workers[mine] = worker
        mine.send(worker.batch)

    def _hear(self, worker: _Worker) -> None:
        """Takes a worker's answer and gives it the next batch, or its end."""
        try:
            self.outcome.add(worker.pipe.recv())
        except EOFError:
            self._bury(worker)
            return
        if self._batches:
            worker.batch = self._batches.pop()
            worker.pipe.send(worker.batch)
        else:
            del self._workers[worker.pipe]
            worker.pipe.send(None)
            worker.process.join()

    def _bury(self, worker: _Worker) -> None:
        """Notes the case that ended a worker; the others of its batch are done by a new one.

        Raises:
            SystemExit: the worker ended before its first case, so another would too.
        """
        worker.process.join()
        del self._workers[worker.pipe]
        (first, last), number, status = worker.batch, worker.current.value, worker.process.exitcode
        if not first <= number < last:
            raise SystemExit(f"a worker ended with status {status} before its first case")
        killed = [(number, f"the process hung or crashed: status {status}")]
        self.outcome.add(Outcome(collections.Counter(["killed"]), killed))
        self._batches += [part for part in ((first, number), (number + 1, last)) if part[0] < part[1]]
        if self._batches:
            self._start()
