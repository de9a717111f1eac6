"""Tables I and II on a terminal: columns side by side; those that do not fit stand below their line with their label.

On a narrow terminal each line becomes a list of labels and values. Columns that are empty in every line are left out,
and a sentence says which. No word is cut to make a table fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from section16.render.folding import columns_of, fold, pad
from section16.render.paint import Paint
from section16.render.printed import Column, PrintedCell, PrintedTable
from section16.render.visible import one_line

_SHORT: Final = {
    "title": "Title",
    "conversion": "Conversion or Exercise Price",
    "date": "Transaction Date",
    "deemed": "Deemed Date",
    "code": "Code",
    "early": "V",
    "amount": "Amount",
    "acquired_disposed": "(A) or (D)",
    "acquired": "(A)",
    "disposed": "(D)",
    "exercisable": "Date Exercisable",
    "expiration": "Expiration Date",
    "underlying_title": "Underlying Title",
    "underlying_amount": "Amount or Number",
    "price": "Price",
    "owned": "Amount Owned",
    "ownership": "Direct or Indirect",
    "nature": "Nature of Indirect Ownership",
}
_NUMBER: Final = re.compile(r"\d+A?\.")
_GAP: Final = 2
_INDENT: Final = 4
_NARROWEST_TITLE: Final = 12


class _Shape(NamedTuple):
    """One column that is shown: its short heading, the texts below it, and how much room it needs and wants."""

    heading: str
    centered: bool
    texts: tuple[str, ...]
    least: int
    wanted: int


_Grid = list[tuple[_Shape, int]]
"""Columns that stand side by side, each with its room."""


def table_lines(table: PrintedTable, width: int, paint: Paint) -> list[str]:
    """The table's title, its lines, and a sentence about empty columns, in lines of at most `width` columns."""
    lines = [paint.bold(line) for text in table.layout.title for line in fold(text, width)]
    if not table.rows:
        return [*lines, "(no lines)"]
    columns = table.layout.columns
    shown = [index for index in range(len(columns)) if any(row[index] != PrintedCell() for row in table.rows)]
    if not shown:
        return [*lines, *["(an empty line)" for _ in table.rows]]
    shapes = _shapes(table, shown)
    fitting = _fitting(shapes, width)
    if fitting == len(shapes) or fitting * 2 > len(shapes):
        lines += _grid(_widened(shapes[:fitting], width), shapes[fitting:], width, paint)
    else:
        lines += _list(shapes, width, paint)
    empty = [_heading(column) for index, column in enumerate(columns) if index not in shown]
    if empty:
        lines += [paint.dim(line) for line in fold(f"Empty in every line: {', '.join(empty)}.", width)]
    return lines


def _number(column: Column) -> str:
    found = _NUMBER.match(column.group or column.heading)
    return f"{found[0]} " if found else ""


def _heading(column: Column) -> str:
    """A short heading with the number that the form gives to the column or its group."""
    return f"{_number(column)}{_SHORT[column.key]}"


def _shapes(table: PrintedTable, shown: Sequence[int]) -> list[_Shape]:
    shapes, last = [], ""
    for index in shown:
        column = table.layout.columns[index]
        heading = _SHORT[column.key] if _number(column) == last else _heading(column)
        last = _number(column)
        shapes.append(_shape(heading, column, tuple(cell_text(row[index]) for row in table.rows)))
    return shapes


def _shape(heading: str, column: Column, texts: tuple[str, ...]) -> _Shape:
    least = max(columns_of(word) for text in (heading, *texts) for word in text.split(" "))
    longest = max(columns_of(text) for text in texts)
    if column.align == "left":
        least = max(least, min(longest, _NARROWEST_TITLE))
    return _Shape(heading, column.align == "center", texts, least, max(longest, least))


def cell_text(cell: PrintedCell) -> str:
    """`719 (1)`, `$147.76`, `(3)`."""
    text = f"{'$' * cell.dollar}{one_line(cell.text)}"
    marks = "".join(f"({one_line(note)})" for note in cell.notes)
    return f"{text} {marks}" if text and marks else text or marks


def _fitting(shapes: Sequence[_Shape], width: int) -> int:
    """How many columns, from the left, have room side by side."""
    room = width + _GAP
    for number, shape in enumerate(shapes):
        room -= shape.least + _GAP
        if room < 0:
            return number
    return len(shapes)


def _widened(shapes: Sequence[_Shape], width: int) -> _Grid:
    """The columns with what room is left given out, those first that want least."""
    spare = width - sum(shape.least + _GAP for shape in shapes) + _GAP
    widths = [shape.least for shape in shapes]
    for index, shape in sorted(enumerate(shapes), key=lambda pair: pair[1].wanted):
        more = min(shape.wanted - shape.least, spare)
        widths[index] += more
        spare -= more
    return list(zip(shapes, widths, strict=True))


def _grid(grid: _Grid, below: Sequence[_Shape], width: int, paint: Paint) -> list[str]:
    lines = [paint.dim(line) for line in _side_by_side(grid, [shape.heading for shape, _ in grid])]
    lines.append(paint.dim("-" * (sum(room + _GAP for _, room in grid) - _GAP)))
    for row in range(len(grid[0][0].texts)):
        lines += [paint.data(line) for line in _side_by_side(grid, [shape.texts[row] for shape, _ in grid])]
        rest = "; ".join(f"{shape.heading}: {shape.texts[row]}" for shape in below if shape.texts[row])
        if rest:
            lines += [paint.data(line) for line in fold(rest, width, indent=_INDENT)]
    return lines


def _side_by_side(grid: _Grid, texts: Sequence[str]) -> list[str]:
    folded = [fold(text, width) for text, (_, width) in zip(texts, grid, strict=True)]
    lines = []
    for level in range(max(map(len, folded))):
        parts = [
            pad(cell[level] if level < len(cell) else "", width, centered=shape.centered)
            for cell, (shape, width) in zip(folded, grid, strict=True)
        ]
        lines.append((" " * _GAP).join(parts).rstrip(" "))
    return lines


def _list(shapes: Sequence[_Shape], width: int, paint: Paint) -> list[str]:
    """Each line of the table as a list of label and value; empty cells are left out."""
    lines = []
    for number in range(len(shapes[0].texts)):
        lines.append(paint.dim(f"Line {number + 1}"))
        for shape in shapes:
            text = shape.texts[number]
            if text:
                lines += [paint.data(line) for line in fold(f"{shape.heading}: {text}", width, indent=2, hanging=2)]
    return lines
