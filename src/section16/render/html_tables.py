"""Tables I and II in HTML: title and headings from the layout, then a line of cells for each row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from section16.render.markup import escape
from section16.render.printed import Column, PrintedCell, PrintedTable, TableLayout

_SMALL: Final = frozenset({"code", "early"})
_Rows = Sequence[Sequence[PrintedCell]]


def table_html(table: PrintedTable, known: Collection[str]) -> str:
    """The table in a box that scrolls by itself on a narrow screen. `known` are the numbers that footnotes have."""
    head, starts = _frame(table.layout)
    if not table.rows:
        return f"{head}</table></div>\n"
    lines = [
        "".join([_cell_html(cell, start, known) for cell, start in zip(row, starts, strict=True)])
        for row in _escaped(table.rows)
    ]
    body = "</tr>\n<tr>".join(lines)
    return f"{head}<tbody>\n<tr>{body}</tr>\n</tbody>\n</table></div>\n"


def _cell_html(cell: PrintedCell, starts: tuple[str, str], known: Collection[str]) -> str:
    """One cell, its text escaped already. `starts` stand before a value, without and with `$`."""
    if cell.notes:
        marks = "".join([mark_html(note, known) for note in cell.notes])
        return f"{starts[cell.dollar]}{cell.text}</span>{marks}</td>" if cell.text else f"<td>{marks}</td>"
    return f"{starts[cell.dollar]}{cell.text}</span></td>" if cell.text else "<td></td>"


def _escaped(rows: _Rows) -> _Rows:
    """The rows with their texts escaped: the same rows where, as nearly always, nothing in them needs it."""
    everything = "".join([cell.text for row in rows for cell in row])
    if escape(everything) is everything:
        return rows
    return [[PrintedCell(escape(cell.text), cell.dollar, cell.notes) for cell in row] for row in rows]


def mark_html(note: str, known: Collection[str]) -> str:
    """One footnote mark, a link where the footnote exists."""
    mark = f"({escape(note)})"
    if note in known:
        mark = f'<a href="#note-{note}" role="doc-noteref">{mark}</a>'
    return f'<span class="FootnoteData"><sup>{mark}</sup></span>'


@cache
def _frame(table: TableLayout) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The table up to its body, and for each column what stands before a value, without and with `$`."""
    return _head(table), tuple(_starts(table, column) for column in table.columns)


def _starts(table: TableLayout, column: Column) -> tuple[str, str]:
    small = "Small" if column.key in _SMALL or len(table.columns) >= _WIDE else ""
    data = f'<span class="{small}FormData">'
    return f"<td>{data}", f'<td><span class="{small}FormText">$</span>{data}'


_WIDE: Final = 15
"""Columns from which on a table is set smaller: Table II of Forms 4 and 5."""


def _head(table: TableLayout) -> str:
    name = f"table-{table.number}"
    title = "<br>".join(f"<b>{line}</b>" for line in table.title)
    upper, lower = _heading_rows(table)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}">\n<table class="grid">\n<colgroup>'
        + "".join(f'<col width="{column.width}%">' for column in table.columns)
        + f'</colgroup>\n<thead>\n<tr><th id="{name}" colspan="{len(table.columns)}" scope="colgroup" '
        f'class="FormTextC">{title}</th></tr>\n<tr>\n{upper}</tr>\n'
        + (f"<tr>\n{lower}</tr>\n" if lower else "")
        + "</thead>\n"
    )


def _heading_rows(table: TableLayout) -> tuple[str, str]:
    upper, lower = [], []
    rows = 2 if any(column.group for column in table.columns) else 1
    for group, members in groupby(table.columns, key=lambda column: column.group or column.key):
        columns = list(members)
        if columns[0].group:
            upper.append(f'<th colspan="{len(columns)}" scope="colgroup" class="SmallFormText">{group}</th>\n')
            lower += [f'<th scope="col" class="SmallFormText">{column.heading}</th>\n' for column in columns]
        else:
            span = ' rowspan="2"' if rows > 1 else ""
            upper.append(f'<th{span} scope="col" class="SmallFormText">{columns[0].heading}</th>\n')
    return "".join(upper), "".join(lower)
