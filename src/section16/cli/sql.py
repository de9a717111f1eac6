"""`section16 sql`: a question to the archive that only reads, answered as a table, JSON, CSV, Excel or Arrow."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.archive import Archive, open_archive
from section16.archive.questions import not_understood
from section16.cli import sql_files, sql_output
from section16.cli.exits import Exit, say
from section16.cli.moments import moment
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import UsageError, visible

if TYPE_CHECKING:
    import duckdb

STANDARD_INPUT: Final = "-"
_SCREEN: Final = 100
_NAMED: Final = 8
_FETCHED: Final = 2048
_LONGEST: Final = 1 << 20


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How the answer is wanted; `limit` 0 is all rows, None as many as suit the output."""

    as_of: str | None = None
    as_json: bool = False
    as_csv: bool = False
    xlsx: Path | None = None
    arrow: Path | None = None
    limit: int | None = None
    overwrite: bool = False


def sql(question: str | None, archive: Path | None, wanted: Wanted) -> Exit:
    """Print or write the answer, or without a question what can be asked for. Raises Section16Error."""
    ways = [wanted.as_json, wanted.as_csv, wanted.xlsx is not None, wanted.arrow is not None]
    if sum(ways) > 1:
        raise UsageError("USAGE", "--json, --csv, --xlsx and --arrow exclude one another")
    if question is None:
        _list_views(as_json=wanted.as_json)
        return Exit.DONE
    if question == STANDARD_INPUT:
        question = sys.stdin.read(_LONGEST)
    with open_archive(archive, create=False) as opened:
        import duckdb  # noqa: PLC0415 - takes a fifth of a second

        try:
            _answer(opened, question, wanted)
        except duckdb.Error as error:
            raise not_understood(error) from None
    return Exit.DONE


def _answer(opened: Archive, question: str, wanted: Wanted) -> None:
    as_of = moment(wanted.as_of)
    if wanted.arrow is not None:
        with sql_files.new_file(wanted.arrow, overwrite=wanted.overwrite) as file:
            count = sql_files.save_arrow(lambda: opened.relation(question, as_of), file, wanted.limit or None)
        say(f"{count:,} rows written to {visible(str(wanted.arrow))}")
        return
    if wanted.xlsx is not None:
        with sql_files.new_file(wanted.xlsx, overwrite=wanted.overwrite) as file:
            answer = opened.sql(question, as_of)
            rows = _limited(_rows(answer), wanted.limit)
            saved = sql_files.save_excel(_names(answer), rows, file)
        say(f"{saved.rows:,} rows written to {visible(str(wanted.xlsx))}")
        if saved.cut:
            words = "1 text is cut" if saved.cut == 1 else f"{saved.cut:,} texts are cut"
            say(f"{words}: a cell of Excel holds 32,767 characters; --csv and --arrow have them whole")
        return
    answer = opened.sql(question, as_of)
    names = _names(answer)
    kinds = [str(column[1]) for column in answer.description or ()]
    if wanted.as_json:
        sql_output.print_json(names, _limited(_rows(answer), wanted.limit))
    elif wanted.as_csv:
        sql_output.print_csv(names, _limited(_rows(answer), wanted.limit))
    elif sys.stdout.isatty():
        limit = _SCREEN if wanted.limit is None else wanted.limit
        shown = list(_limited(_rows(answer), limit and limit + 1))
        left_out = sql_output.print_screen(names, kinds, shown[:limit] if limit else shown)
        if left_out:
            some = ", ".join(left_out[:_NAMED]) + (" ..." if len(left_out) > _NAMED else "")
            say(f"no room for {len(left_out):,} columns: {some}; name those you want, or give --json or --csv")
        if wanted.limit is None and len(shown) > limit:
            say(f"the first {limit} rows; --limit 0 shows all")
    else:
        write_out(joined(sql_output.plain_lines(names, kinds, _limited(_rows(answer), wanted.limit))))


def _names(answer: duckdb.DuckDBPyConnection) -> list[str]:
    return [column[0] for column in answer.description or ()]


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    """Rows as they come."""
    while rows := answer.fetchmany(_FETCHED):
        yield from rows


def _limited(rows: Iterator[Sequence[Any]], limit: int | None) -> Iterator[Sequence[Any]]:
    return islice(rows, limit) if limit else rows


def _list_views(*, as_json: bool) -> None:
    """What can be asked for: each view, its columns, their types and what they are."""
    from section16.archive.views import views  # noqa: PLC0415 - not needed for a question

    if as_json:
        write_json([msgspec.to_builtins(view) for view in views().values()])
        return
    lines: list[str] = []
    for view in views().values():
        lines += [f"{view.name}: {view.says}"]
        if not view.copy:
            width = max(len(column.name) for column in view.columns)
            lines += [f"  {column.name:<{width}}  {column.type:<14}  {column.says}" for column in view.columns]
        lines.append("")
    lines.append('Ask: section16 sql "select issuer_name, count(*) from transactions group by all order by 2 desc"')
    write_out(joined(lines))
