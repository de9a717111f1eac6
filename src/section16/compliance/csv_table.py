"""Tables that people give as CSV text: rows with the places of their cells, and faults that name line and column.

Comma, semicolon or tab divide the columns, quotes may hold any of them; blank lines are passed over. Columns go by
several names, compared without capitals, punctuation and blanks.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from section16.errors import SourceError, excerpt

_DIVIDERS: Final = ",;\t"
_BEYOND: Final = "row"
_APART: Final = re.compile(r"[^a-z0-9]+")
_HUMPS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")

Names = Mapping[str, Sequence[str]]
"""Our name of each column, and all names it goes by, the likeliest first."""


class TableRow(msgspec.Struct, frozen=True):
    """A row's cells by our names of the columns; blank ones are not there. `line` counts the text's lines from 1."""

    line: int
    cells: Mapping[str, str]
    header: Sequence[str]
    at: Mapping[str, int]

    def fault(self, name: str, why: str, mend: str | None = None) -> SourceError:
        """What is wrong with a cell, and where it stands."""
        place = self.at.get(name)
        said = f"{name} '{excerpt(self.cells[name])}' {why}" if name in self.cells else f"{name} {why}"
        column = None if place is None else place + 1
        path = None if place is None else self.header[place]
        return SourceError("TABLE_INVALID", said, line=self.line, column=column, path=path, mend=mend)

    def read(
        self,
        name: str,
        reader: Callable[[str], Any],
        faults: list[SourceError],
        default: Any = None,
        *,
        needed: bool = False,
    ) -> Any:
        """What a cell says, else the default; None where it cannot be read or is missing, with the fault added.

        `reader` raises ValueError with words that go behind the cell.
        """
        try:
            if name in self.cells:
                return reader(self.cells[name])
        except ValueError as error:
            faults.append(self.fault(name, str(error)))
            return None
        if needed and default is None:
            faults.append(self.fault(name, "is blank"))
        return default

    def beyond(self) -> list[SourceError]:
        """The fault of a row that has more cells than the header."""
        return [self.fault(_BEYOND, "stands beyond the last column")] if _BEYOND in self.cells else []


class Table(msgspec.Struct, frozen=True):
    """A table: the header as it stands, where each known column is (from 0), and the rows."""

    header: Sequence[str]
    at: Mapping[str, int]
    rows: Sequence[TableRow]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headers of columns that have no name here."""
        return tuple(name for place, name in enumerate(self.header) if name and place not in self.at.values())


def read_table(text: str, names: Names, needed: Sequence[str], path: str | None = None) -> Table:
    """Read CSV text; `path` is what an error calls it.

    Raises SourceError TABLE_INVALID if it is none, has no header or lacks a needed column.
    """
    rows = _rows(text, path)
    line, header = next(rows, (0, []))
    if not header:
        raise SourceError("TABLE_INVALID", "there is no header", path=path, mend=f"Begin with: {','.join(needed)}")
    at = places(header, names)
    for name in needed:
        if name not in at:
            message = f"there is no column {name} among {excerpt(', '.join(header), 120)}"
            others = ", ".join(names[name][:5])
            raise SourceError("TABLE_INVALID", message, line=line, path=path, mend=f"Name it one of: {others}")
    return Table(header, at, [_row(number, cells, header, at) for number, cells in rows])


def places(header: Sequence[str], names: Names) -> dict[str, int]:
    """Where each column stands, counted from 0, for those that the header has; a column is used once."""
    plain = [_plain(name) for name in header]
    found: dict[str, int] = {}
    for name, words in names.items():
        standing = [plain.index(word) for word in map(_plain, words) if word in plain]
        place = next((place for place in standing if place not in found.values()), None)
        if place is not None:
            found[name] = place
    return found


def _plain(header: str) -> str:
    return "".join(_APART.split(_HUMPS.sub(" ", header).lower()))


def _rows(text: str, path: str | None) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the number of its first line; cells without the blanks around them."""
    body = text.removeprefix("\ufeff")
    first = next((line for line in body.splitlines() if line.strip()), "")
    divider = max(_DIVIDERS, key=first.count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=divider, skipinitialspace=True, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise SourceError("TABLE_INVALID", f"no CSV: {excerpt(str(error))}", line=line, path=path) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _row(line: int, cells: Sequence[str], header: Sequence[str], at: Mapping[str, int]) -> TableRow:
    known = {name: cells[place] for name, place in at.items() if place < len(cells) and cells[place]}
    more = [cell for cell in cells[len(header) :] if cell]
    if more:
        known[_BEYOND] = excerpt(", ".join(more))
    return TableRow(line, known, header, at)
