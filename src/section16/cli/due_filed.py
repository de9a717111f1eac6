"""`section16 due SRC...`: when filed reports were due, and whether they came in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, is_no_filing, read_input
from section16.cli.interruption import stoppable
from section16.cli.law_inputs import calendar_with
from section16.cli.progress import progress
from section16.cli.standard_output import joined, write_json, write_out
from section16.compliance.lateness import ReportLateness, lateness, lateness_of
from section16.compliance.report_times import LineLateness
from section16.errors import Section16Error, visible
from section16.law import Calendar, Timeliness
from section16.reading import Filing

_OWNER: Final = 24
_WHY: Final = 90


def due_filed(
    sources: Sequence[str],
    *,
    closings: str | None,
    foreign: bool,
    late_only: bool,
    as_json: bool,
    quiet: bool,
) -> Exit:
    """Print a line for each report, or JSON with every line of each. Raises Section16Error for what stops all."""
    inputs = inputs_of(sources)
    calendar = calendar_with(closings)
    with stoppable(len(inputs)) as stopping:
        judged = _Judged(calendar, foreign=True if foreign else None)
        for source in progress(inputs, len(inputs), "reading", quiet=quiet):
            if stopping():
                break
            judged.add(source)
        judged.join_amendments()
        found = judged.found()
        _print([one for one in found if one[1].late or not late_only], as_json=as_json, all_of=found)
        if stopping():
            say(f"interrupted: {len(found):,} of {len(inputs):,} judged")
            return Exit.INTERRUPTED
    return judged.end(len(inputs))


class _Judged:
    """Reports judged one by one; amendments once more, together with what may be their originals."""

    def __init__(self, calendar: Calendar, *, foreign: bool | None) -> None:
        self._calendar = calendar
        self._foreign = foreign
        self._found: dict[int, tuple[Input, ReportLateness]] = {}
        self._from_standard_input: dict[int, Filing] = {}
        self._failed: list[Section16Error] = []
        self._count = 0

    def add(self, source: Input) -> None:
        """Judge one input; what can't be read is said."""
        number, self._count = self._count, self._count + 1
        filing = self._read(source)
        if filing is not None:
            self._found[number] = source, lateness(filing, foreign=self._foreign, calendar=self._calendar)
            if source.is_standard_input:
                self._from_standard_input[number] = filing

    def _read(self, source: Input) -> Filing | None:
        try:
            return read_input(source)
        except Section16Error as error:
            if not is_no_filing(source, error):
                self._failed.append(error)
                complain(error, source.path)
            return None

    def join_amendments(self) -> None:
        """Judge amendments again by their originals, read once more: a folder is never held whole."""
        keys = {_amended(one) for _, one in self._found.values()} - {None}
        family = [
            number
            for number, (_, one) in self._found.items()
            if _amended(one) in keys or (one.report.issuer, one.report.public) in keys
        ]
        if keys:
            filings = [self._from_standard_input.get(number) or self._again(number) for number in family]
            results = lateness_of(filings, foreign=self._foreign, calendar=self._calendar)
            for number, result in zip(family, results, strict=True):
                self._found[number] = self._found[number][0], result

    def _again(self, number: int) -> Filing:
        return read_input(self._found[number][0])

    def found(self) -> list[tuple[Input, ReportLateness]]:
        """The inputs that were read, in order, with what is to be said of them."""
        return list(self._found.values())

    def end(self, inputs: int) -> Exit:
        """The exit code."""
        if not self._failed:
            if not self._found:
                say(f"no filing among {inputs:,} files")
            return Exit.DONE if self._found else Exit.UNREADABLE
        return Exit.FOUND if self._found else code_of(self._failed[0])


def _amended(one: ReportLateness) -> tuple[str, date] | None:
    """Issuer and filing date of the report that an amendment amends."""
    report = one.report
    if not report.is_amendment or report.original_filed_on is None:
        return None
    return report.issuer, report.original_filed_on


def _print(
    found: list[tuple[Input, ReportLateness]], *, as_json: bool, all_of: Sequence[tuple[Input, ReportLateness]]
) -> None:
    states = Counter(one.state for _, one in all_of)
    counts = {state.value: states[state] for state in Timeliness}
    if as_json:
        write_json({"reports": [report_json(source.path, one) for source, one in found], "counts": counts})
        return
    if found:
        write_out(joined(_table(found)))
    if len(all_of) > 1:
        said = ", ".join(f"{number:,} {state}" for state, number in counts.items())
        say(f"{len(all_of):,} reports: {said}")


def _table(found: list[tuple[Input, ReportLateness]]) -> Iterator[str]:
    columns: list[tuple[str, Callable[[tuple[Input, ReportLateness]], str]]] = [
        ("accession", lambda one: one[1].report.accession or one[0].path),
        ("form", lambda one: one[1].report.document_type or "?"),
        ("owner", lambda one: _owner(one[1])),
        ("due", lambda one: str(one[1].due or "-")),
        ("filed", lambda one: _filed(one[1])),
        ("late", lambda one: "-" if one[1].late_days is None else str(one[1].late_days)),
        ("verdict", lambda one: one[1].state.value),
        ("why", lambda one: _why(one[1])),
    ]
    rows = [[visible(cell(one)) for _, cell in columns] for one in found]
    widths = [max(len(name), *(len(row[at]) for row in rows)) for at, (name, _) in enumerate(columns)]
    for row in ([name for name, _ in columns], *rows):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _owner(one: ReportLateness) -> str:
    names = one.report.owner_names
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return ((names[0].strip() or one.report.owners[0])[: _OWNER - len(more)] if names else "?") + more


def _filed(one: ReportLateness) -> str:
    if one.filed is None:
        return "?"
    return f"{one.filed}?" if one.filed_basis == "signature" else str(one.filed)


def _why(one: ReportLateness) -> str:
    mark = "; the filer's own mark disagrees" if one.disagrees else ""
    why = one.why if len(one.why) <= _WHY else f"{one.why[: _WHY - 1]}…"
    return why + mark


def report_json(path: str, one: ReportLateness) -> dict[str, Any]:
    """The JSON of one report; `late` is true, false or null (cannot be said)."""
    report = one.report
    return {
        "file": path,
        "accession": report.accession,
        "form": report.document_type,
        "issuer": report.issuer,
        "owners": report.owners,
        "due": one.due,
        "filed": one.filed,
        "filed_basis": one.filed_basis,
        "accepted_at": one.accepted_at,
        "late": one.late,
        "state": one.state,
        "late_days": one.late_days,
        "late_calendar_days": one.late_calendar_days,
        "why": one.why,
        "disagrees": one.disagrees,
        "lines": [_line_json(line) for line in one.lines],
        "assumptions": one.assumptions,
        "warnings": one.warnings,
    }


def _line_json(line: LineLateness) -> dict[str, Any]:
    late = {Timeliness.LATE: True, Timeliness.ON_TIME: False}.get(line.state)
    return {
        "place": line.place,
        "form": line.form,
        "code": line.code,
        "traded": line.traded,
        "deemed": line.deemed,
        "due": line.due,
        "latest": line.latest,
        "late": late,
        "state": line.state,
        "late_days": line.late_days,
        "late_calendar_days": line.late_calendar_days,
        "mark": line.mark,
        "disagrees": line.disagrees,
        "why": line.why,
        "cites": line.cites,
        "notes": line.notes,
    }
