"""Tables I and II read from HTML: heading cells with their spans to columns, data cells to text, `$` and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec
from lxml.html import HtmlElement

from section16.errors import SourceError
from section16.render.html_page import events, text_of
from section16.render.markdown_text import folded
from section16.render.page_words import MONEY_COLUMNS, FormNumber, column_keys, is_table_one, table_layout
from section16.render.printed import PrintedCell, PrintedTable

_MARK: Final = re.compile(r"\(([^()]*)\)")
_AMOUNT: Final = re.compile(r"\$ ?([0-9,]+(?:\.[0-9]*)?|\.[0-9]+)")
_SPAN: Final = re.compile(r"\s*([1-9][0-9]{0,2})\s*", re.ASCII)
_MARKS: Final = frozenset({"sup"})
_MOST_COLUMNS: Final = 40


class Grid(msgspec.Struct, frozen=True):
    """A table whose headings are those of Table I or II: the keys of its columns, and its rows of data cells."""

    keys: tuple[str | None, ...]
    rows: tuple[HtmlElement, ...]
    line: int | None


def grids(part: HtmlElement) -> dict[bool, Grid]:
    """Return the tables with the headings of Table I (under true) and Table II (under false), the first of each."""
    found: dict[bool, Grid] = {}
    for table in part.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        rows = list(table.iter("tr"))
        keys = _keys([row for row in rows if row.find("th") is not None])
        if (first := is_table_one(keys)) is not None:
            data = tuple(row for row in rows if row.find("td") is not None and row.find("th") is None)
            found.setdefault(first, Grid(keys, data, table.sourceline))
    return found


def _keys(rows: Sequence[HtmlElement]) -> tuple[str | None, ...]:
    """Return the keys of the columns by one or two rows of headings; the table's title above them spans all columns."""
    headings = [row for row in rows if len(row.findall("th")) > 1]
    if not headings:
        return ()
    upper: list[str] = []
    lower: list[str] = []
    below = iter([text_of(cell) for row in headings[1:2] for cell in row.findall("th")])
    for cell in headings[0].findall("th"):
        width = _span(cell, "colspan")
        alone = _span(cell, "rowspan") > 1 or len(headings) == 1
        upper += [text_of(cell)] * width
        lower += [""] * width if alone else [next(below, "") for _ in range(width)]
    return column_keys(upper, lower)


def _span(cell: HtmlElement, name: str) -> int:
    """Return how many columns or rows a heading spans, at most as many as any form has."""
    found = _SPAN.fullmatch(cell.get(name) or "")
    return min(int(found[1]), _MOST_COLUMNS) if found else 1


def read_grid(grid: Grid, form: FormNumber) -> PrintedTable:
    """Return Table I or II as printed.

    Raises SourceError STRUCTURE: the columns are not the form's, or a row has another number of cells.
    """
    cells = [row.findall("td") for row in grid.rows]
    layout, places = table_layout(form, grid.keys, {len(row) for row in cells}, grid.line)
    rows = []
    for row, element in zip(cells, grid.rows, strict=True):
        if len(row) != len(layout.columns):
            message = f"a row has {len(row)} cells, the table has {len(layout.columns)} columns"
            raise SourceError("STRUCTURE", message, line=element.sourceline)
        rows.append(
            tuple(read_cell(row[place], column.key) for column, place in zip(layout.columns, places, strict=True))
        )
    return PrintedTable(layout=layout, rows=tuple(rows))


def read_cell(cell: HtmlElement, key: str) -> PrintedCell:
    """Return a cell of the column `key`. A `$` is the form's where it stands outside what was filled in."""
    notes = tuple(mark for above in cell.iter("sup") for mark in _marks(text_of(above)))
    own, filled_in = _parts(cell)
    if key in MONEY_COLUMNS:
        if filled_in and own == "$":
            return PrintedCell(filled_in, dollar=True, notes=notes)
        if not filled_in and (amount := _AMOUNT.fullmatch(own)) is not None:
            return PrintedCell(amount[1], dollar=True, notes=notes)
    return PrintedCell(folded(f"{own} {filled_in}"), notes=notes)


def _parts(cell: HtmlElement) -> tuple[str, str]:
    """Return the form's own words in a cell and those filled in, footnote marks left out."""
    parts: dict[bool, list[str]] = {False: [], True: []}
    for event in events(cell, without=_MARKS):
        parts[event.filled_in].append(event.text)
    return folded("".join(parts[False])), folded("".join(parts[True]))


def _marks(text: str) -> list[str]:
    """Return the numbers of marks, with or without parentheses."""
    inside = _MARK.findall(text)
    return [number.strip() for number in (inside or text.replace(",", " ").split())]
