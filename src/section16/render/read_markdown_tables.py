"""Tables I and II read from their Markdown: headings to columns, cells to text, `$` and footnote marks."""

from __future__ import annotations

import re
from typing import Final

from section16.errors import SourceError
from section16.render.markdown_blocks import Table
from section16.render.markdown_text import plain
from section16.render.page_words import (
    MONEY_COLUMNS,
    WORD_COLUMNS,
    FormNumber,
    column_keys,
    has_groups,
    is_lower_heading,
    is_table_one,
    table_layout,
)
from section16.render.printed import PrintedCell, PrintedTable

_SUPERSCRIPT: Final = re.compile(r"<sup>([^<>]*)</sup>", re.IGNORECASE)
_MARK: Final = re.compile(r"\(([^()]*)\)")
_PLAIN_MARKS: Final = re.compile(r"(?: ?(?<!\\)\([0-9]{1,3}\)){1,99}$")
_LONGEST_FIGURE: Final = 600
"""Characters of a number or date with marks in plain parentheses; no field may carry more than 99 of them."""
_DOLLAR: Final = re.compile(r"\\?\$\s*(?=[0-9.,])")
_AMOUNT: Final = re.compile(r"[0-9,]+(?:\.[0-9]*)?|\.[0-9]+")


def heading_keys(table: Table) -> tuple[tuple[str | None, ...], int]:
    """Return the keys of the columns and how many rows are headings; unknown columns have no key."""
    upper = [plain(cell) for cell in table.rows[0]]
    keys = column_keys(upper, [""] * len(upper))
    if not has_groups(keys) or len(table.rows) == 1:
        return keys, 1
    lower = [plain(cell) for cell in table.rows[1]]
    if not all(is_lower_heading(heading) for heading in lower):
        return keys, 1
    width = max(len(upper), len(lower))
    return column_keys([*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]), 2


def is_first_table(table: Table) -> bool | None:
    """Whether a table is Table I (true) or Table II (false) of a form; `None` if it is neither."""
    return is_table_one(heading_keys(table)[0])


def read_table(table: Table, form: FormNumber) -> PrintedTable:
    """Return Table I or II as printed.

    Raises SourceError STRUCTURE: the columns are not the form's, or a row has more cells than there are columns.
    """
    keys, headings = heading_keys(table)
    body = table.rows[headings:]
    layout, places = table_layout(form, keys, {len(row) for row in body}, table.line)
    rows = []
    for row, line in zip(body, table.lines[headings:], strict=True):
        if len(row) > len(layout.columns):
            message = f"this row has {len(row)} cells, the table has {len(layout.columns)} columns"
            raise SourceError("STRUCTURE", message, line=line, mend=r"A bar inside a cell is written \|")
        cells = [*row, *[""] * (len(layout.columns) - len(row))]
        rows.append(
            tuple(read_cell(cells[place], column.key) for column, place in zip(layout.columns, places, strict=True))
        )
    return PrintedTable(layout=layout, rows=tuple(rows))


def read_cell(markdown: str, key: str) -> PrintedCell:
    r"""Return a cell of the column `key`: `\$147.76 <sup>(1)</sup>` is 147.76 with a `$` and the mark 1."""
    notes: list[str] = []
    for found in _SUPERSCRIPT.finditer(markdown):
        notes += _marks(found[1])
    text = _SUPERSCRIPT.sub(" ", markdown).strip(" ") if notes else markdown
    if key not in WORD_COLUMNS and not notes and (bare := _plain_marks(text)) is not None:
        notes, text = _marks(bare[0]), text[: bare.start()]
    if key in MONEY_COLUMNS and (dollar := _DOLLAR.match(text)) is not None:
        amount = plain(text[dollar.end() :])
        if _AMOUNT.fullmatch(amount) is not None:
            return PrintedCell(amount, dollar=True, notes=tuple(notes))
    return PrintedCell(plain(text), notes=tuple(notes))


def _plain_marks(text: str) -> re.Match[str] | None:
    return _PLAIN_MARKS.search(text) if len(text) <= _LONGEST_FIGURE else None


def _marks(markdown: str) -> list[str]:
    """Return the numbers of marks, with or without parentheses."""
    inside = _MARK.findall(markdown)
    return [plain(number) for number in (inside or markdown.replace(",", " ").split())]
