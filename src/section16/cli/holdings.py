"""`section16 holdings`: positions rolled forward from report to report, the gaps, and drafts that close them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import inputs_of, is_no_filing, read_input
from section16.cli.law_inputs import day, text_of
from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_json, write_out
from section16.compliance.holdings import Holdings, PositionHeld, RollForward, Step, roll_forward
from section16.compliance.holdings.corrections import figure
from section16.errors import Section16Error, visible
from section16.identifiers import cik
from section16.positions import read_changes, read_splits
from section16.reading.filing import Filing

_RIGHT = frozenset({"owned", "computed", "gap", "before", "change", "after", "expected", "strike"})


def holdings(
    sources: Sequence[str],
    *,
    owner: str | None,
    events: str | None,
    splits: str | None,
    as_of: str | None,
    as_json: bool,
    full: bool,
    quiet: bool,
) -> Exit:
    """Print the holdings; return the exit code. Raises Section16Error for what stops everything."""
    number = cik.validate(owner) if owner is not None else None
    until: date | None = day(as_of, "--as-of")
    changes = read_changes(text_of(events), events) if events else ()
    known = read_splits(text_of(splits), splits) if splits else ()
    filings, failed, error = _filings(sources)
    if not filings:
        if error is None:
            say("no filing among the files")
        return code_of(error) if error is not None else Exit.UNREADABLE
    answer = roll_forward(filings, owner=number, changes=changes, splits=known, as_of=until)
    if as_json:
        write_json(answer)
    else:
        write_out(joined(visible(line) for line in _lines(answer, full=full)))
    if not quiet and not answer.holdings:
        say("no report of that owner, or none by that day")
    return Exit.FOUND if failed else Exit.DONE


def _filings(sources: Sequence[str]) -> tuple[list[Filing], int, Section16Error | None]:
    """What could be read, how many couldn't, and the first error."""
    filings, failed, first = [], 0, None
    inputs = inputs_of(sources)
    for source in inputs:
        try:
            filings.append(read_input(source))
        except Section16Error as error:
            if is_no_filing(source, error):
                continue
            failed += 1
            first = first or error
            complain(error, source.path if len(inputs) > 1 else "")
    return filings, failed, first


def _lines(answer: RollForward, *, full: bool) -> Iterator[str]:
    for held in answer.holdings:
        yield from _of_owner(held, full=full)
        yield ""
    for warning in answer.warnings:
        yield f"Note: {warning}"
    for assumption in answer.assumptions:
        yield f"Assumed: {assumption}"


def _of_owner(held: Holdings, *, full: bool) -> Iterator[str]:
    names = " and ".join(
        f"{name or 'owner'} (CIK {number})" for name, number in zip(held.owner_names, held.owners, strict=True)
    )
    reports = f"{held.reports} report{'s' if held.reports > 1 else ''}"
    left = ", no longer subject to Section 16" if held.has_left else ""
    yield f"{names} at {held.issuer_name or 'issuer'} (CIK {held.issuer}), {reports}{left}"
    yield ""
    if not held.positions:
        yield "Nothing is reported as held."
        return
    headings = ("table", "security", "strike", "expires", "held", "owned", "computed", "gap", "on", "remark")
    yield from plain_table(headings, [_row(position) for position in held.positions], right=_RIGHT, keep={"owned"})
    for position in held.positions:
        if full or any(step.status in {"gap", "event"} for step in position.steps):
            yield ""
            yield from _of_position(position)
    for line in (*held.amended, *held.warnings):
        yield f"Note: {line}"


def _row(position: PositionHeld) -> tuple[str, ...]:
    gap = signed(position.unexplained) if position.unexplained else ""
    differs = position.computed is not None and position.computed != position.balance
    return (
        position.table,
        position.security,
        position.strike,
        position.expires,
        _held(position),
        figure(position.balance),
        figure(position.computed) if differs else "",
        gap,
        position.known_on.isoformat(),
        "several lots?" if position.several_lots else "",
    )


def _held(position: PositionHeld) -> str:
    return f"{position.ownership} {position.nature}".strip()


def _of_position(position: PositionHeld) -> Iterator[str]:
    yield f"{position.security}, {_held(position)}"
    headings = ("day", "source", "before", "change", "after", "expected", "gap", "status")
    yield from plain_table(headings, [_step_row(step) for step in position.steps], right=_RIGHT)
    for step in position.steps:
        if step.why and step.status != "event":
            yield f"{step.day}: {step.why}"
        if step.corrections:
            more = "more" if (step.gap or 0) > 0 else "fewer"
            yield f"{step.day}: {figure(abs(step.gap or Decimal()))} {more} than the last report explains. Either:"
            for number, one in enumerate(step.corrections, 1):
                yield f"  {number}. If {one.if_}:"
                yield f"     {one.text}"


def _step_row(step: Step) -> tuple[str, ...]:
    source = f"Form {step.form} {step.accession or ''} {step.place or ''}" if step.form else step.why
    return (
        step.day.isoformat(),
        " ".join(source.split()),
        figure(step.before),
        signed(step.change) if step.change else "",
        figure(step.after),
        figure(step.expected) if step.gap else "",
        signed(step.gap) if step.gap else "",
        step.status.replace("_", " "),
    )


def signed(amount: Decimal) -> str:
    """A number with its sign."""
    return f"{'+' if amount > 0 else '-'}{figure(abs(amount))}"
