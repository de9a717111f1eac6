"""Rows of a table as lines of text, for the database to read: several times as fast as handing over the values.

Columns are parted by a control character that neither XML nor people's names hold; a row in which it stands all the
same, or a line end does, has its texts put between quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from section16.archive.tables import Table

_PART: Final = "\x1f"
_QUOTE: Final = "\x02"
_NULL: Final = "None"
"""What Python writes for no value; a row with this in a text is written between quotes."""

_LONGEST: Final = 256 * 1024 * 1024
"""Bytes of a line that the database takes; the whole of a submission is smaller."""

_USUAL: Final = 2_000_000


@contextmanager
def lines_of(table: Table, rows: Sequence[Sequence[Any]], file: Path) -> Iterator[str]:
    """Write rows, in the order of the table's own columns, to a file for the length of the block; SQL that reads it.

    Raises OSError.
    """
    columns = ", ".join([f"'{column.name}': '{column.type}'" for column in table.own])
    if not rows:
        nothing = ", ".join([f"null::{column.type} as {column.name}" for column in table.own])
        yield f"(select {nothing} where false)"
        return
    text = text_of(rows)
    longest = (
        "" if len(text) < _USUAL or max(map(len, text.split("\n"))) * 4 < _USUAL else f", max_line_size={_LONGEST}"
    )
    try:
        file.write_text(text, encoding="utf-8", newline="")
        named = str(file).replace("'", "''")
        yield (
            f"read_csv('{named}', columns={{{columns}}}, auto_detect=false, header=false, parallel=false, "
            f"delim='{_PART}', quote='{_QUOTE}', escape='{_QUOTE}', nullstr='{_NULL}', allow_quoted_nulls=false, "
            f"new_line='\\n'{longest})"
        )
    finally:
        file.unlink(missing_ok=True)


def text_of(rows: Sequence[Sequence[Any]]) -> str:
    """The lines of rows."""
    parts = len(rows[0]) - 1
    pattern = _PART.join(["%s"] * (parts + 1))
    lines = [pattern % tuple(row) for row in rows]
    text = "\n".join(lines)
    nulls = sum([row.count(None) for row in rows])
    if text.count("\n") == len(rows) - 1 and _is_plain(text, parts * len(rows), nulls):
        return text
    return "\n".join(
        [
            line if "\n" not in line and _is_plain(line, parts, row.count(None)) else _PART.join(map(_quoted, row))
            for line, row in zip(lines, rows, strict=True)
        ]
    )


def _is_plain(text: str, parts: int, nulls: int) -> bool:
    """Whether nothing stands in the values that reads as something else."""
    return text.count(_PART) == parts and text.count(_NULL) == nulls and "\r" not in text and _QUOTE not in text


def _quoted(value: Any) -> str:
    if value is None:
        return _NULL
    return _QUOTE + value.replace(_QUOTE, _QUOTE * 2) + _QUOTE if isinstance(value, str) else str(value)
