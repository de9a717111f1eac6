"""`section16 shortswing`: what Section 16(b) would take from a person's trades, and what a planned trade would do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import STANDARD_INPUT, Input, inputs_of, is_no_filing, read_input
from section16.cli.law_inputs import day
from section16.cli.shortswing_text import answer_lines
from section16.cli.standard_output import joined, write_json, write_out
from section16.cli.table_text import read_text
from section16.compliance.cells import read_amount
from section16.compliance.short_swing import Insider, ShortSwing, Status, Terms, Trade, WhatIf, read_plan, read_trades
from section16.compliance.short_swing import short_swing as reckon
from section16.compliance.short_swing import what_if as reckon_planned
from section16.compliance.short_swing.reported import Reported, reported_trades
from section16.compliance.short_swing.stakes import OF_BALANCES, with_outstanding
from section16.errors import Section16Error, UsageError, excerpt, visible
from section16.identifiers import cik
from section16.positions import Split, read_splits
from section16.reading import Filing, read

_TABLES: Final = (".csv", ".tsv")
_LOOKED_AT: Final = 4096


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says beside the sources; texts as typed."""

    owner: str | None = None
    status: str | None = None
    became: str | None = None
    left: str | None = None
    registered: str | None = None
    foreign: bool = False
    outstanding: str | None = None
    splits: str | None = None
    as_of: str | None = None
    what_if: str | None = None
    one_class: bool = False


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question: trades of one person at one issuer, and what reports leave open."""

    trades: tuple[Trade, ...]
    insider: Insider
    issuer: str = ""
    owner: str = ""
    notes: tuple[str, ...] = ()


class _Answered(msgspec.Struct, frozen=True, kw_only=True):
    answer: ShortSwing
    planned: WhatIf | None


def shortswing(sources: Sequence[str], options: Options, *, as_json: bool, quiet: bool) -> Exit:
    """Print the answer, one for each issuer. Raises Section16Error for what stops everything."""
    if not sources:
        raise UsageError("USAGE", "nothing to reckon with", mend="Give TRADES.csv, or reports: --from SRC")
    splits = read_splits(read_text(options.splits), options.splits) if options.splits else ()
    planned = read_plan(options.what_if) if options.what_if else None
    insider = _insider(options)
    cik_of_owner = cik.validate(options.owner) if options.owner else None
    outstanding = _outstanding(options.outstanding)
    failed = False
    if _is_table(sources):
        if cik_of_owner:
            raise UsageError("USAGE", "--owner is for reports; a table is of one person")
        asked = _of_table(sources[0], quiet=quiet)
        if isinstance(asked, Exit):
            return asked
        questions = [asked]
    else:
        filings, errors = _filings(sources)
        if not filings:
            say("no report among the sources")
            return code_of(errors[0]) if errors else Exit.UNREADABLE
        failed = bool(errors)
        questions = [_of_reports(one) for one in reported_trades(filings, cik_of_owner)]
    if outstanding is not None:
        questions = [_with_outstanding(one, outstanding) for one in questions]
    answers = [_answer(one, insider, options, splits, planned) for one in questions]
    _print(answers, as_json=as_json)
    return Exit.FOUND if failed else Exit.DONE


def _outstanding(text: str | None) -> Decimal | None:
    try:
        return None if text is None else read_amount(text)
    except ValueError as error:
        raise UsageError("USAGE", f"--outstanding '{excerpt(text or '')}' {error}") from None


def _with_outstanding(asked: _Asked, outstanding: Decimal) -> _Asked:
    """The question with the shares outstanding; of reports, with a word on what was owned before."""
    reported = bool(asked.issuer)
    notes = (*asked.notes, *((OF_BALANCES,) if reported else ()))
    return replace(asked, trades=with_outstanding(asked.trades, outstanding, at_least=reported), notes=notes)


def _insider(options: Options) -> Insider:
    insider = Insider(
        status=Status(options.status) if options.status else None,
        became=day(options.became, "--became"),
        left=day(options.left, "--left"),
        registered=day(options.registered, "--registered"),
        foreign=options.foreign,
    )
    if insider.became and insider.left and insider.left < insider.became:
        raise UsageError("USAGE", f"--left {insider.left} lies before --became {insider.became}")
    return insider


def _is_table(sources: Sequence[str]) -> bool:
    """Whether the source is a table of trades: by its name, or by a first line that names columns."""
    tables = [source for source in sources if _looks_like_table(source)]
    if tables and len(sources) > 1:
        raise UsageError("USAGE", "a table of trades comes alone", mend="Give one table, or reports")
    return bool(tables)


def _looks_like_table(source: str) -> bool:
    path = Path(source)
    if source == STANDARD_INPUT:
        data = sys.stdin.buffer.peek(_LOOKED_AT) if hasattr(sys.stdin.buffer, "peek") else _peeked()
    elif path.suffix.lower() in _TABLES:
        return True
    else:
        try:
            with path.open("rb") as file:
                data = file.read(_LOOKED_AT)
        except OSError:
            return False
    first = data.decode("utf-8-sig", "replace").lstrip().partition("\n")[0].lower()
    return not first.startswith(("<", "{")) and "date" in first and "shares" in first


def _peeked() -> bytes:
    """The beginning of a standard input that can be read again."""
    data = sys.stdin.buffer.read()
    sys.stdin.buffer.seek(0)
    return data[:_LOOKED_AT]


def _of_table(source: str, *, quiet: bool) -> _Asked | Exit:
    """The trades of a table; the exit code after its faults were named one by one."""
    table = read_trades(read_text(source), source)
    if table.faults:
        for fault in table.faults:
            complain(fault, source)
        return code_of(table.faults[0])
    if table.unused and not quiet:
        say(f"columns not used: {visible(', '.join(table.unused))}")
    return _Asked(trades=table.trades, insider=Insider())


def _filings(sources: Sequence[str]) -> tuple[list[Filing], list[Section16Error]]:
    """The reports, and the errors of what could not be read, which are said."""
    filings: list[Filing] = []
    errors: list[Section16Error] = []
    inputs = inputs_of(sources)
    for source in inputs:
        try:
            filings.append(_read(source))
        except Section16Error as error:
            if not is_no_filing(source, error):
                errors.append(error)
                complain(error, source.path)
    return filings, errors


def _read(source: Input) -> Filing:
    return read(sys.stdin.buffer.read()) if source.is_standard_input else read_input(source)


def _of_reports(reported: Reported) -> _Asked:
    return _Asked(
        trades=reported.trades,
        insider=reported.insider,
        issuer=f"{reported.issuer_name} ({reported.issuer})",
        owner=f"{reported.owner_name} ({reported.owner})",
        notes=reported.notes,
    )


def _answer(
    asked: _Asked, given: Insider, options: Options, splits: tuple[Split, ...], planned: Trade | None
) -> _Answered:
    insider = replace(given, status=given.status or asked.insider.status)
    terms = Terms(insider=insider, splits=splits, as_of=day(options.as_of, "--as-of"), one_class=options.one_class)
    answer = reckon(asked.trades, terms)
    notes = tuple(note for note in asked.notes if not _answered(note, insider))
    answer = replace(answer, issuer=asked.issuer, owner=asked.owner, warnings=(*answer.warnings, *notes))
    return _Answered(answer=answer, planned=None if planned is None else reckon_planned(asked.trades, planned, terms))


def _answered(note: str, insider: Insider) -> bool:
    """Whether what a note asks for was given."""
    return ("--left" in note and insider.left is not None) or ("--became" in note and insider.became is not None)


def _print(answers: Sequence[_Answered], *, as_json: bool) -> None:
    if as_json:
        shapes = [_shape(one) for one in answers]
        write_json(shapes[0] if len(shapes) == 1 else {"answers": shapes})
        return
    for number, one in enumerate(answers):
        lines = answer_lines(one.answer, one.planned)
        write_out(joined(visible(line) for line in (["", *lines] if number else lines)))


def _shape(one: _Answered) -> dict[str, Any]:
    shape: dict[str, Any] = msgspec.to_builtins(one.answer)
    if one.planned is not None:
        shape["what_if"] = msgspec.to_builtins(one.planned)
    return shape
