"""`section16 fills`: a broker's fills as lines of Form 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.law_inputs import calendar_with
from section16.cli.outputs import save
from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_json, write_out
from section16.cli.table_text import read_text
from section16.compliance.cells import read_amount, read_day, read_ownership
from section16.compliance.fills import (
    FillAnswer,
    FillLine,
    FillReport,
    FillTable,
    Given,
    Position,
    draft,
    form_lines,
    read_balances,
    read_fills,
)
from section16.compliance.fills.cells import read_side
from section16.compliance.fills.numbers import shares_text
from section16.errors import ConflictError, SourceError, UsageError, excerpt, visible
from section16.form.document import OwnershipDocument
from section16.form.json_shape import to_json
from section16.reading import Filing, SourceKind, read, write

_HEADINGS: Final = ("#", "Date", "Security", "Code", "Amount", "A/D", "Price", "Owned after", "D/I", "Nature", "Notes")
_RIGHT: Final = frozenset({"#", "Amount", "Price", "Owned after"})
_DRAFTS: Final = (".json", ".xml")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says beside the table; texts as typed."""

    owned: str | None = None
    balances: str | None = None
    security: str | None = None
    side: str | None = None
    ownership: str | None = None
    nature: str | None = None
    plan_adopted: str | None = None
    decimals: int | None = None
    each_day: bool = False
    like: str | None = None
    closings: str | None = None
    output: str | None = None
    overwrite: bool = False


def fills(source: str, options: Options, *, as_json: bool, quiet: bool) -> Exit:
    """Print the lines, or write drafts of them; the faults of the table are named one by one. Raises Section16Error."""
    given = _given(options)
    table = read_fills(read_text(source), given, source)
    if table.faults:
        for fault in table.faults:
            complain(fault, source)
        return code_of(table.faults[0])
    if not table.fills:
        raise SourceError("TABLE_INVALID", "there is no fill in the table", path=source)
    like = read(options.like) if options.like else None
    answer = form_lines(
        table.fills,
        _balances(table, options, given),
        decimals=options.decimals,
        each_day=options.each_day,
        calendar=calendar_with(options.closings),
    )
    _say(table, answer, like, quiet=quiet)
    document = like.document if like else None
    if options.output:
        _write_drafts(answer, options, document, quiet=quiet)
    if as_json:
        write_json(_as_json(table, answer, document))
    elif not options.output:
        write_out(joined(_text(answer)))
    return Exit.DONE


def _given(options: Options) -> Given:
    """Options that hold for each row. Raises UsageError for a word that is none."""
    return Given(
        security=options.security,
        side=_word("--side", options.side, read_side),
        ownership=_word("--ownership", options.ownership, read_ownership) or ("I" if options.nature else None),
        nature=options.nature,
        plan_adopted=_word("--plan-adopted", options.plan_adopted, read_day),
    )


def _word(option: str, text: str | None, reader: Any) -> Any:
    if text is None:
        return None
    try:
        return reader(text.strip())
    except ValueError as error:
        raise UsageError("USAGE", f"{option} '{excerpt(text)}' {error}") from None


def _balances(table: FillTable, options: Options, given: Given) -> Mapping[tuple[str, str, str], Decimal]:
    """What is owned before the first trade: of the table, the file of balances, and --owned, the later ones first."""
    balances = dict(table.balances)
    if options.balances:
        balances |= read_balances(read_text(options.balances), given)
    if options.owned is None:
        return balances
    owned = _word("--owned", options.owned, lambda text: read_amount(text, zero=True))
    positions = {fill.position.key: fill.position for fill in table.fills}
    if len(positions) > 1:
        message = f"--owned is one balance, but the fills are of {len(positions)} positions: {_named(positions)}"
        raise UsageError("USAGE", message, mend="Give --balances FILE: security,ownership,nature,owned")
    return balances | dict.fromkeys(positions, owned)


def _named(positions: Mapping[tuple[str, str, str], Position]) -> str:
    return excerpt("; ".join(str(positions[key]) for key in sorted(positions)), 150)


def _say(table: FillTable, answer: FillAnswer, like: Filing | None, *, quiet: bool) -> None:
    """On stderr: what was assumed, left out, and has to be looked at."""
    for assumed in table.assumed:
        say(f"assumed, confirm before filing: {visible(assumed)}")
    for warning in answer.warnings:
        say(f"warning: {visible(warning)}")
    if table.unused and not quiet:
        say(f"columns not used: {visible(', '.join(table.unused))}")
    if like is not None and not quiet:
        say(f"issuer and reporting person as in {like.accession or 'the report given'}; unsigned")


def _text(answer: FillAnswer) -> Iterator[str]:
    for report in answer.reports:
        yield _heading(report, answer)
        yield from plain_table(_HEADINGS, [_cells(line) for line in report.lines], right=_RIGHT)
        if report.footnotes:
            yield ""
        for note in report.footnotes:
            yield f"({note.id.removeprefix('F')}) {visible(note.text)}"
        if report.remarks:
            yield f"Remarks: {report.remarks}"
        if report.number < report.of:
            yield ""


def _heading(report: FillReport, answer: FillAnswer) -> str:
    which = f" {report.number} of {report.of}" if report.of > 1 else ""
    lines = f"{len(report.lines)} line{'s' * (len(report.lines) > 1)}"
    made = sum(line.fills for line in report.lines) if report.of > 1 else answer.fills
    return f"Form 4{which}, Table I: {lines} from {made} fill{'s' * (made > 1)}; due {report.due}, 22:00 Eastern"


def _cells(line: FillLine) -> Sequence[str]:
    notes = [*line.code_footnotes, *line.price_footnotes]
    return (
        str(line.line),
        str(line.traded),
        visible(line.security),
        line.code,
        f"{line.shares:,f}",
        line.acquired_disposed,
        f"${line.price}",
        "?" if line.owned_after is None else f"{line.owned_after:,f}",
        line.ownership,
        visible(line.nature or ""),
        " ".join(f"({note.removeprefix('F')})" for note in notes),
    )


def _as_json(table: FillTable, answer: FillAnswer, like: OwnershipDocument | None) -> dict[str, object]:
    reports = []
    for report in answer.reports:
        shape: dict[str, Any] = to_json(draft(report, like))
        facts = msgspec.to_builtins(report, builtin_types=(Decimal,))
        facts["lines"] = len(report.lines)
        reports.append(facts | {"non_derivative_table": shape["non_derivative_table"]})
    return {
        "lines": [_line_json(line) for line in answer.lines],
        "reports": reports,
        "fills": answer.fills,
        "steps": answer.steps,
        "assumptions": table.assumed,
        "warnings": answer.warnings,
        "columns_not_used": table.unused,
    }


def _line_json(line: FillLine) -> dict[str, object]:
    """A line, its numbers as texts without zeros behind the point."""
    facts: dict[str, object] = msgspec.to_builtins(line)
    for name in ("shares", "owned_before", "owned_after"):
        number = getattr(line, name)
        facts[name] = None if number is None else shares_text(number)
    facts["footnotes"] = [*line.code_footnotes, *line.price_footnotes]
    return facts


def _write_drafts(answer: FillAnswer, options: Options, like: OwnershipDocument | None, *, quiet: bool) -> None:
    """Write each report as a file of its own: FILE, or FILE-1, FILE-2 where there are several."""
    path = Path(str(options.output))
    if path.suffix not in _DRAFTS:
        raise UsageError("USAGE", f"a draft is written as {' or '.join(_DRAFTS)}", mend="Give -o draft.json")
    several = len(answer.reports) > 1
    paths = [path.with_stem(f"{path.stem}-{one.number}") if several else path for one in answer.reports]
    for one in paths:
        if one.exists() and not options.overwrite:
            message = f"{excerpt(str(one))} exists"
            raise ConflictError("OUTPUT_EXISTS", message, mend="Give --overwrite to replace it")
    for report, one in zip(answer.reports, paths, strict=True):
        filing = Filing(document=draft(report, like), kind=SourceKind.JSON)
        save(one, write(filing, path.suffix.removeprefix(".")))
        if not quiet:
            say(f"{one}: {len(report.lines)} lines, a draft without signature")
