"""`section16 check`: what is wrong with one report or many, in parallel, with a table of the rules at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from section16.cli.against_each_other import findings_between
from section16.cli.check_output import Checked, OutputFormat, output_of
from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, is_no_filing, read_input
from section16.cli.interruption import stoppable
from section16.cli.law_inputs import text_of
from section16.cli.progress import progress
from section16.errors import Section16Error, UsageError
from section16.findings import Finding, Severity
from section16.positions import read_splits
from section16.rules.accepted import ENDING, acceptances, divided
from section16.rules.catalogue import by_id
from section16.rules.checking import check as all_findings
from section16.rules.checking import verdict

_BATCH: Final = 32
_WORTH_WORKERS: Final = 64
_EASTERN: Final = ZoneInfo("America/New_York")
"""EDGAR's time: a report filed now is filed on this day."""


def check(
    sources: Sequence[str],
    *,
    as_: str | None,
    edition: str | None,
    form: OutputFormat,
    fail_on: Severity,
    jobs: int,
    quiet: bool,
    single: bool = False,
    splits: str | None = None,
    against: Path | None = None,
) -> Exit:
    """Check every input; return the exit code. Raises Section16Error for what stops everything.

    Several are also judged by one another, unless `single`, and by the filings of the archive `against`; `splits` is a
    CSV file of splits between them.
    """
    known = read_splits(text_of(splits), splits) if splits else ()
    inputs = [one for one in inputs_of(sources) if not (one.in_folder and one.path.endswith(ENDING))]
    output = output_of(form)
    tally = Tally(len(inputs), fail_on, named=len(inputs) > 1 or any(one.in_folder for one in inputs), quiet=quiet)
    do = partial(checked, as_=as_, edition=edition, today=eastern_today())
    with stoppable(len(inputs)) as stopping:
        alone = single or (len(inputs) == 1 and against is None)
        between = {} if alone else findings_between(inputs, stopping, known, against)
        results = (_with(one, between.get(one.path)) for one in _all_results(inputs, do, jobs, stopping))
        for one in progress(results, len(inputs), "checking", quiet=quiet):
            if one.error is None:
                output.add(one)
            tally.add(one)
        output.end()
        return tally.end(interrupted=stopping())


def checked(source: Input, as_: str | None, edition: str | None, today: date) -> Checked:
    """Check one input; what is wrong with the input itself is part of the result. Raises UsageError for other words."""
    path = source.path
    try:
        reasons = _accepted(path) if source.is_file else {}
        filing = read_input(source)
    except Section16Error as error:
        return Checked(path, error=error, is_passed_over=is_no_filing(source, error))
    findings = all_findings(filing, as_=as_, edition=edition, as_of=today)
    counted, accepted = divided(findings, reasons)
    return Checked(path, verdict=verdict(findings), findings=counted, accepted=accepted)


def _with(one: Checked, between: Sequence[Finding] | None) -> Checked:
    """A result with what comparing with other inputs found. Raises UsageError as `acceptances`."""
    if not between or one.error is not None:
        return one
    counted, accepted = divided(between, _accepted(one.path))
    return msgspec.structs.replace(one, findings=one.findings + counted, accepted=one.accepted + accepted)


def eastern_today() -> date:
    """The day in EDGAR's time."""
    return datetime.now(_EASTERN).date()


def _accepted(path: str) -> Mapping[str, str]:
    """The reasons by rule in the sidecar of a draft, if it has one. Raises UsageError."""
    sidecar = Path(path + ENDING)
    try:
        text = sidecar.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UsageError("USAGE", f"the file cannot be read: {reason}", path=str(sidecar)) from None
    return acceptances(text, str(sidecar))


def _all_results(
    inputs: Sequence[Input], do: Callable[[Input], Checked], jobs: int, stopping: Callable[[], bool]
) -> Iterator[Checked]:
    workers = min(jobs, -(-len(inputs) // _BATCH))
    if workers > 1 and len(inputs) >= _WORTH_WORKERS:
        from section16.cli.workers import spread  # noqa: PLC0415 - few inputs need no processes

        yield from spread(inputs, do, workers, _BATCH, stopping)
        return
    for source in inputs:
        if stopping():
            return
        yield do(source)


class Tally:
    """Counts findings by rule, and what became of the inputs."""

    def __init__(self, total: int, fail_on: Severity, *, named: bool, quiet: bool) -> None:
        """Begin with nothing done of `total`; findings as grave as `fail_on` make the command fail.

        `named` puts the input before what is said of it.
        """
        self._total = total
        self._line = fail_on.gravity
        self._named = named
        self._quiet = quiet
        self._hits: Counter[str] = Counter()
        self._files: Counter[str] = Counter()
        self._severity: dict[str, Severity] = {}
        self._checked = self._clean = self._passed = self._accepted = 0
        self._failed: list[Section16Error] = []
        self._found = False

    def add(self, one: Checked) -> None:
        """Count a result; say what failed as it comes."""
        if one.error is not None:
            if one.is_passed_over:
                self._passed += 1
            else:
                self._failed.append(one.error)
                complain(one.error, one.path if self._named else "")
            return
        self._checked += 1
        self._clean += not one.findings
        self._accepted += len(one.accepted)
        self._count(one.findings)

    def _count(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self._hits[finding.rule] += 1
            before = self._severity.get(finding.rule, finding.severity)
            self._severity[finding.rule] = max(before, finding.severity, key=lambda one: one.gravity)
            self._found = self._found or finding.severity.gravity >= self._line
        self._files.update({finding.rule for finding in findings})

    def end(self, *, interrupted: bool) -> Exit:
        """Say the counts; return the exit code."""
        if not self._quiet and (self._checked or self._total > 1):
            for line in self._summary():
                say(line)
        if interrupted and self._checked + len(self._failed) + self._passed < self._total:
            say(f"interrupted: {self._checked:,} of {self._total:,} checked")
            return Exit.INTERRUPTED
        if not self._checked:
            if not self._failed:
                say(f"no filing among {self._total:,} files")
            return code_of(self._failed[0]) if self._failed else Exit.UNREADABLE
        return Exit.FOUND if self._found or self._failed else Exit.DONE

    def _summary(self) -> Iterator[str]:
        if self._total > 1 and self._hits:
            yield from self._table()
        total = self._hits.total()
        parts = [f"{self._checked:,} checked", f"{self._clean:,} without findings"]
        parts += [f"{total:,} finding{'s' if total > 1 else ''}"] if total else []
        parts += [f"{self._accepted:,} accepted"] if self._accepted else []
        parts += [f"{len(self._failed):,} failed"] if self._failed else []
        parts += [f"{self._passed:,} passed over, no filing"] if self._passed else []
        yield ", ".join(parts)

    def _table(self) -> Iterator[str]:
        """Findings and files by rule, the gravest and the most frequent first."""
        order = sorted(self._hits, key=lambda rule: (-self._severity[rule].gravity, -self._hits[rule], rule))
        widest = max(map(len, order))
        yield f"{'rule':<{widest}}  severity  findings   files  says"
        for rule in order:
            counts = f"{self._hits[rule]:>8,}  {self._files[rule]:>6,}"
            yield f"{rule:<{widest}}  {self._severity[rule]:<8}  {counts}  {_short(by_id()[rule].says)}"


def _short(text: str, width: int = 70) -> str:
    return text if len(text) <= width else text[: width - 3].rstrip() + "..."
