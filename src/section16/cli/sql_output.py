"""Answers of SQL on standard output: as a table, JSON, CSV. Numbers stay exact, texts act as nothing else."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_out
from section16.errors import visible
from section16.reading.csv_rows import guarded

Rows = Iterable[Sequence[Any]]

_NUMBERS: Final = ("DECIMAL", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "SMALLINT", "TINYINT", "U")
_PIECE: Final = 1 << 16
_BETWEEN: Final = 2
_LEAST: Final = 24
"""Characters of a text that are shown in any case, if it has them."""


def plain_number(value: Decimal) -> str:
    """An exact number without zeros that say nothing, never with an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_text(value: Any) -> str:
    """A value as people read it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, int, float)):
        return str(value)
    if isinstance(value, str):
        return value
    return msgspec.json.encode(as_json(value), enc_hook=str).decode()


def as_json(value: Any) -> Any:
    """A value for JSON: exact numbers as texts, days and moments in ISO 8601, bytes in hexadecimal."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(one) for one in value]
    return value


def unique(names: Sequence[str]) -> list[str]:
    """Names of columns, none twice."""
    found: list[str] = []
    for name in names:
        again = 2
        new = name
        while new in found:
            new, again = f"{name}_{again}", again + 1
        found.append(new)
    return found


def is_number(kind: str) -> bool:
    """Whether a column of a type of the database stands to the right."""
    return kind.startswith(_NUMBERS)


def print_json(names: Sequence[str], rows: Rows) -> None:
    """A list of objects, one a row, as they come."""
    keys = unique(names)
    held = bytearray(b"[")
    first = True
    for row in rows:
        held += b"\n  " if first else b",\n  "
        first = False
        held += msgspec.json.encode(dict(zip(keys, map(as_json, row), strict=True)), enc_hook=str)
        if len(held) > _PIECE:
            write_out(bytes(held))
            held.clear()
    held += b"]\n" if first else b"\n]\n"
    write_out(bytes(held))


def print_csv(names: Sequence[str], rows: Rows) -> None:
    """RFC 4180, as they come; a text that a spreadsheet would take for a formula gets a `'` before it."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    for row in rows:
        writer.writerow([guarded(value) if isinstance(value, str) else _cell(value) for value in row])
        if held.tell() > _PIECE:
            write_out(held.getvalue().encode("utf-8", "backslashreplace"))
            held.seek(0)
            held.truncate()
    write_out(held.getvalue().encode("utf-8", "backslashreplace"))


def _cell(value: Any) -> str:
    """A value that is no text: a number stays one, lists and the like are guarded as the texts they become."""
    if value is None or isinstance(value, (bool, int, float, Decimal, date)):
        return as_text(value)
    return guarded(as_text(value))


def plain_lines(names: Sequence[str], kinds: Sequence[str], rows: Rows) -> Iterator[str]:
    """A table for pipes and pages."""
    keys = unique([visible(name) for name in names])
    texts = [[visible(as_text(value)) for value in row] for row in rows]
    right = {name for name, kind in zip(keys, kinds, strict=True) if is_number(kind)}
    yield from plain_table(keys, texts, right=right, keep=keys)


def print_screen(names: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """A table as wide as the screen; return the names of the columns there was no room for.

    Long texts end in an ellipsis, numbers never; a single row that is too wide stands upright.
    """
    screen = shutil.get_terminal_size().columns
    heads = unique([visible(name) for name in names])
    texts = [[visible(as_text(value)) for value in row] for row in rows]
    full = [max(map(len, column)) for column in zip(heads, *texts, strict=True)]
    widths = [
        width if is_number(kind) else min(width, max(_LEAST, len(head)))
        for head, kind, width in zip(heads, kinds, full, strict=True)
    ]
    room = _fitting(widths, screen)
    if len(texts) == 1 and room < len(heads):
        upright = [[head, text] for head, text in zip(heads, texts[0], strict=True)]
        write_out(joined(plain_table(("column", "value"), upright)))
        return []
    left = screen - sum(widths[:room]) - _BETWEEN * (room - 1)
    for place in range(room):
        more = max(0, min(left, full[place] - widths[place]))
        widths[place] += more
        left -= more
    cut = [[_cut(text, width) for text, width in zip(row[:room], widths, strict=False)] for row in texts]
    right = {head for head, kind in zip(heads, kinds, strict=True) if is_number(kind)}
    write_out(joined(plain_table(heads[:room], cut, right=right, keep=heads)))
    return heads[room:]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many columns fit, with two blanks between them; at least one."""
    taken = 0
    for number, width in enumerate(widths):
        taken += width + (_BETWEEN if number else 0)
        if taken > room:
            return max(number, 1)
    return len(widths)
