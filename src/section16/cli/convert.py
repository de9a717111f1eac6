"""`section16 convert`: filings into another format, one or many, in parallel."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, read_input
from section16.cli.outputs import save, targets, write_out
from section16.cli.progress import progress
from section16.errors import Section16Error, visible
from section16.reading import Format
from section16.reading.writing import write_said

_NOT_FILINGS = frozenset({"NOT_OWNERSHIP", "EMPTY_FILING"})
_BATCH = 32
_AHEAD = 4
"""Batches handed out for each worker before the first has come back: enough to keep it busy, and memory flat."""
_WORTH_WORKERS = 64


class Job(msgspec.Struct, frozen=True):
    """One input and the file its result goes to."""

    source: Input
    target: Path


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input: None for `error` is success; `said` are lines for the user."""

    path: str
    error: Section16Error | None = None
    is_passed_over: bool = False
    said: tuple[str, ...] = ()


def convert(  # noqa: PLR0913 - one for each option of the command
    sources: Sequence[str],
    form: Format,
    output: str | None,
    options: dict[str, Any],
    *,
    overwrite: bool,
    jobs: int,
    quiet: bool,
) -> Exit:
    """Convert every input; return the exit code. Raises Section16Error for what stops everything."""
    inputs = inputs_of(sources)
    places = targets(inputs, form, output, overwrite=overwrite)
    if len(inputs) == 1 and places[0] is None:
        data, said = write_said(read_input(inputs[0]), form, **options)
        write_out(data)
        _tell(said)
        return Exit.DONE
    work = [Job(source, place) for source, place in zip(inputs, places, strict=True) if place is not None]
    outcomes = _all_outcomes(work, form, options, jobs)
    return _report(progress(outcomes, len(work), f"to {form.value}", quiet=quiet), len(work), quiet=quiet)


def _tell(said: Iterable[str], path: str = "") -> None:
    for line in said:
        say(f"{visible(path)}: {line}" if path else line)


def _report(outcomes: Iterable[Outcome], total: int, *, quiet: bool) -> Exit:
    """Say what failed as it comes, then the counts."""
    written, failed, passed = 0, [], []
    try:
        for outcome in outcomes:
            _tell(outcome.said, outcome.path)
            if outcome.is_passed_over:
                passed.append(outcome.path)
            elif outcome.error is not None:
                failed.append(outcome.error)
                complain(outcome.error, outcome.path)
            else:
                written += 1
    except KeyboardInterrupt:
        say(f"interrupted: {written:,} of {total:,} written, nothing half done")
        return Exit.INTERRUPTED
    if passed and not quiet:
        more = f" and {len(passed) - 1:,} more" if len(passed) > 1 else ""
        say(f"passed over, no filing: {visible(passed[0])}{more}")
    if not quiet and total > 1:
        say(f"{written:,} written" + (f", {len(failed):,} failed" if failed else ""))
    if not failed:
        return Exit.DONE if written else Exit.UNREADABLE
    return Exit.FOUND if written else code_of(failed[0])


def _all_outcomes(work: Sequence[Job], form: Format, options: dict[str, Any], jobs: int) -> Iterator[Outcome]:
    workers = min(jobs, -(-len(work) // _BATCH))
    if workers < 2 or len(work) < _WORTH_WORKERS:  # noqa: PLR2004 - one worker is this process
        for job in work:
            yield _outcome(job, form, options)
        return
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    with suppress(AttributeError):
        context.set_forkserver_preload(["section16.cli.convert"])
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from _in_order(pool, work, form, options, workers * _AHEAD)


def _in_order(
    pool: ProcessPoolExecutor, work: Sequence[Job], form: Format, options: dict[str, Any], ahead: int
) -> Iterator[Outcome]:
    batches = (work[start : start + _BATCH] for start in range(0, len(work), _BATCH))
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        for batch in islice(batches, ahead):
            waiting.append(pool.submit(_outcomes, batch, form, options))
        while waiting:
            yield from waiting.popleft().result()
            for batch in islice(batches, 1):
                waiting.append(pool.submit(_outcomes, batch, form, options))
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise


def _outcomes(batch: Sequence[Job], form: Format, options: dict[str, Any]) -> list[Outcome]:
    return [_outcome(job, form, options) for job in batch]


def _outcome(job: Job, form: Format, options: dict[str, Any]) -> Outcome:
    try:
        data, said = write_said(read_input(job.source), form, **options)
        save(job.target, data)
    except Section16Error as error:
        passed = job.source.in_folder and error.code in _NOT_FILINGS
        return Outcome(job.source.path, error, is_passed_over=passed)
    return Outcome(job.source.path, said=said)
