"""`section16 convert`: filings into another format, one or many, in parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, is_no_filing, read_input
from section16.cli.interruption import stoppable
from section16.cli.outputs import save, targets
from section16.cli.progress import progress
from section16.cli.show import note_lines
from section16.cli.standard_output import write_out
from section16.errors import MissingExtraError, Section16Error, StorageError, visible
from section16.reading import Format
from section16.reading.filing import chosen_look
from section16.reading.writing import write_said

BATCH = 32
_WORTH_WORKERS = 64
_ANSWERED = frozenset({"P-ISSUER-CIK", "P-OWNER-CIK"})
"""Notes on what a submission's answers fill in, or are said to lack."""
_STOPS_ALL = (StorageError, MissingExtraError)
"""What the next input would meet, too."""


class Job(msgspec.Struct, frozen=True):
    """One input and the file its result goes to; None is standard output."""

    source: Input
    target: Path | None


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input: None for `error` is success.

    `said` was assumed, left out or changed in writing; `notes` could not be read or carried.
    """

    path: str
    error: Section16Error | None = None
    is_passed_over: bool = False
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def convert(
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
    if options.get("edition"):
        chosen_look(options["edition"], None)
    inputs = inputs_of(sources)
    places = targets(inputs, form, output, overwrite=overwrite)
    work = [Job(source, place) for source, place in zip(inputs, places, strict=True)]
    with stoppable(len(work)) as stopping:
        outcomes = _all_outcomes(work, partial(outcome_of, form=form, options=options), jobs, stopping)
        tally = Tally(len(work), named=len(work) > 1 or inputs[0].in_folder, quiet=quiet)
        for outcome in progress(outcomes, len(work), f"to {form.value}", quiet=quiet):
            tally.add(outcome)
        return tally.end(interrupted=stopping())


class Tally:
    """Counts what became of the inputs, and says what failed as it comes."""

    def __init__(self, total: int, *, named: bool, quiet: bool) -> None:
        """Begin with nothing done of `total`; `named` puts the input before what is said of it."""
        self._total = total
        self._named = named
        self._quiet = quiet
        self._written = 0
        self._failed: list[Section16Error] = []
        self._passed: list[str] = []

    def add(self, outcome: Outcome) -> None:
        """Count an outcome. Raises its error if the others would meet it, too."""
        before = f"{visible(outcome.path)}: " if self._named else ""
        for line in (*outcome.said, *(() if self._quiet else outcome.notes)):
            say(before + line)
        if outcome.is_passed_over:
            self._passed.append(outcome.path)
        elif outcome.error is None:
            self._written += 1
        else:
            if isinstance(outcome.error, _STOPS_ALL):
                self._say_counts()
                raise outcome.error
            self._failed.append(outcome.error)
            complain(outcome.error, outcome.path if self._named else "")

    def end(self, *, interrupted: bool) -> Exit:
        """Say the counts; return the exit code."""
        done = self._written + len(self._failed) + len(self._passed)
        if interrupted and done < self._total:
            say(f"interrupted: {self._written:,} of {self._total:,} written, nothing half done")
            return Exit.INTERRUPTED
        if not self._quiet or not self._written:
            self._say_passed()
        self._say_counts()
        if not self._failed:
            return Exit.DONE if self._written else Exit.UNREADABLE
        return Exit.FOUND if self._written else code_of(self._failed[0])

    def _say_passed(self) -> None:
        if self._passed:
            more = f" and {len(self._passed) - 1:,} more" if len(self._passed) > 1 else ""
            say(f"passed over, no filing: {visible(self._passed[0])}{more}")

    def _say_counts(self) -> None:
        if not self._quiet and self._total > 1:
            say(f"{self._written:,} written" + (f", {len(self._failed):,} failed" if self._failed else ""))


def _all_outcomes(
    work: Sequence[Job], do: Callable[[Job], Outcome], jobs: int, stopping: Callable[[], bool]
) -> Iterator[Outcome]:
    workers = min(jobs, -(-len(work) // BATCH))
    if workers > 1 and len(work) >= _WORTH_WORKERS:
        from section16.cli.workers import spread  # noqa: PLC0415 - few inputs need no processes

        yield from spread(work, do, workers, BATCH, stopping)
        return
    for job in work:
        if stopping():
            return
        yield do(job)


def outcome_of(job: Job, form: Format, options: dict[str, Any]) -> Outcome:
    """Convert one input; every error of ours is part of the outcome."""
    path = job.source.path
    try:
        filing = read_input(job.source)
        data, said = write_said(filing, form, **options)
        if job.target is None:
            write_out(data)
        else:
            save(job.target, data, is_private=bool(options["answers"] and options["answers"].cccs))
    except Section16Error as error:
        return Outcome(path, error, is_passed_over=is_no_filing(job.source, error))
    notes = [note for note in filing.notes if options["answers"] is None or note.rule not in _ANSWERED]
    return Outcome(path, said=said, notes=tuple(note_lines(notes)))
