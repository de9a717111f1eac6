"""Markdown cut into paragraphs and tables, with the lines they stand on. Nothing in them is resolved yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from section16.render.markdown_text import folded

_CELL_END: Final = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_DELIMITER: Final = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_NEW_PARAGRAPH: Final = re.compile(r"[0-9]{1,3}\\?[.)]\s|\*\*|\\\*|#|<u>")


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph on one line: its Markdown, and the line in the source, counted from 1."""

    text: str
    line: int


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table: its rows of cells as Markdown, the head among them, and the line of each row."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The line on which the table begins."""
        return self.lines[0]


Block = Paragraph | Table


def blocks(text: str) -> Iterator[Block]:
    """Cut a text. A table is a run of lines that begin with a bar, its line of dashes left out.

    Lines run on to one paragraph until an empty line, a table, or a line that begins a list item, a heading, bold or
    underlined words.
    """
    table: list[tuple[int, tuple[str, ...]]] = []
    paragraph: list[str] = []
    began = 0
    for number, line in enumerate([*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""], start=1):
        content = folded(line)
        in_table = content.startswith("|")
        if paragraph and (not content or in_table or _NEW_PARAGRAPH.match(content)):
            yield Paragraph(" ".join(paragraph), began)
            paragraph = []
        if table and not in_table:
            yield Table(tuple(cells for _, cells in table), tuple(where for where, _ in table))
            table = []
        if in_table and _DELIMITER.fullmatch(content) is None:
            table.append((number, _cells(content)))
        elif content and not in_table:
            began = began if paragraph else number
            paragraph.append(content)


def _cells(line: str) -> tuple[str, ...]:
    """Split a line of a table at its bars; an escaped bar is text."""
    if "\\" in line:
        line = _CELL_END.sub("\\1\n", line)
        parts = line.split("\n")
    else:
        parts = line.split("|")
    return tuple(part.strip(" ") for part in (parts[1:-1] if not parts[-1].strip(" ") else parts[1:]))
