"""Widths of the tables' columns on paper: no narrower than their longest word, the rest to titles and natures."""

from __future__ import annotations

from typing import Final

from section16.render.printed import Column, PrintedTable

_CHARACTER: Final = 0.52
"""Per cent of the table's width that a character of a cell takes; of a heading a little less."""

_HEADING_CHARACTER: Final = 0.45
_MARGIN: Final = 0.9
_NARROWEST: Final = 3.4
_WORDY: Final = frozenset({"title", "underlying_title", "nature"})
_LONGEST_WORD: Final = 24
"""Characters of a word beyond which it may be broken."""


def paper_widths(table: PrintedTable) -> list[float]:
    """Per cent of the width for each column; together about 100, or more if the words need it."""
    columns = table.layout.columns
    widths = [_least(table, index, column) for index, column in enumerate(columns)]
    spare = 100 - sum(widths)
    if spare <= 0:
        return widths
    texts = {index: _longest(table, index) for index, column in enumerate(columns) if column.key in _WORDY}
    total = sum(texts.values())
    return [width + spare * texts.get(index, 0) / total for index, width in enumerate(widths)]


def _least(table: PrintedTable, index: int, column: Column) -> float:
    words = [word for row in table.rows for word in row[index].text.split()]
    marks = max((sum(len(note) + 2 for note in row[index].notes) for row in table.rows), default=0)
    cell = max(map(len, words), default=0) + min(marks, 6) * 0.7
    heading = max(len(word) for word in column.heading.replace("/", "/ ").split())
    return max(min(cell, _LONGEST_WORD) * _CHARACTER + _MARGIN, heading * _HEADING_CHARACTER + _MARGIN, _NARROWEST)


def _longest(table: PrintedTable, index: int) -> int:
    """Characters of the longest text of a column, within bounds that keep one column from starving another."""
    return min(max((len(row[index].text) for row in table.rows), default=0), 80) + 12
