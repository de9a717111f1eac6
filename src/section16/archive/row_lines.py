"""Rows of a table as lines of text, for the database to read: several times as fast as handing over the values.

Columns are parted by a control character that neither XML nor people's names hold; a table in which it stands all the
same, or line ends do, has its texts put between quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from section16.archive.tables import Table

_PART: Final = "\x1f"
_QUOTE: Final = "\x02"
_NULL: Final = "\x1e"
_LONGEST: Final = 256 * 1024 * 1024
"""Bytes of a line that the database takes; the whole of a submission is smaller."""

_USUAL: Final = 2_000_000


@contextmanager
def lines_of(table: Table, rows: Sequence[Sequence[Any]], file: Path) -> Iterator[str]:
    """Write rows, in the order of the table's own columns, to a file that lasts as long as the block; SQL that reads it.

    Raises OSError.
    """
    columns = ", ".join([f"'{column.name}': '{column.type}'" for column in table.own])
    if not rows:
        nothing = ", ".join([f"null::{column.type} as {column.name}" for column in table.own])
        yield f"(select {nothing} where false)"
        return
    text = text_of(rows)
    longest = "" if len(text) < _USUAL or max(map(len, text.split("\n"))) * 4 < _USUAL else f", max_line_size={_LONGEST}"
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
    text = "\n".join(
        [
            _PART.join([_NULL if value is None else value if value.__class__ is str else str(value) for value in row])
            for row in rows
        ]
    )
    plain = (
        text.count("\n") == len(rows) - 1
        and text.count(_PART) == len(rows) * (len(rows[0]) - 1)
        and text.count(_NULL) == sum([row.count(None) for row in rows])
        and "\r" not in text
        and _QUOTE not in text
    )
    return text if plain else "\n".join([_PART.join(map(_quoted, row)) for row in rows])


def _quoted(value: Any) -> str:
    if value is None:
        return _NULL
    return _QUOTE + value.replace(_QUOTE, _QUOTE * 2) + _QUOTE if isinstance(value, str) else str(value)
