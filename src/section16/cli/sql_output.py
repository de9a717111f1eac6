"""Answers of SQL as a table, JSON, CSV, Excel and Arrow. Numbers stay exact, texts act as nothing else."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, refuse_writing, write_out
from section16.errors import ConflictError, MissingExtraError, UsageError, excerpt, visible
from section16.reading.csv_rows import guarded

if TYPE_CHECKING:
    import duckdb

Rows = Iterable[Sequence[Any]]

_NUMBERS: Final = ("DECIMAL", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "SMALLINT", "TINYINT", "U")
_EXCEL_ROWS: Final = 1_048_575
_EXCEL_TEXT: Final = 32_767
_EXCEL_DIGITS: Final = 15
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


@contextmanager
def new_file(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A name to write to in the block; it becomes `path` when all went well. Raises ConflictError and StorageError."""
    if path.exists() and not overwrite:
        message = f"{excerpt(str(path))} exists"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Give --overwrite to replace it")
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except OSError as error:
        refuse_writing(error, str(path))
    finally:
        beside.unlink(missing_ok=True)


def save_arrow(relation: Callable[[], duckdb.DuckDBPyRelation], file: Path, limit: int | None) -> int:
    """Write the answer as an Arrow IPC file, batch by batch; return its rows. Raises MissingExtraError."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError.of("arrow", "writing Arrow") from None
    asked = relation()
    reader = (asked if limit is None else asked.limit(limit)).to_arrow_reader(_PIECE)
    rows = 0
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def save_excel(names: Sequence[str], rows: Rows, file: Path) -> int:
    """Write an Excel file; return its rows.

    Excel holds 15 digits of a number, so a longer one stands as a text, exact. Raises MissingExtraError, and UsageError
    for more rows than a sheet has.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError.of("excel", "writing Excel") from None
    count = 0
    with xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("answer")
        bold = book.add_format({"bold": True})
        formats: dict[type, Any] = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
        formats[datetime] = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, bold)
        for count, row in enumerate(rows, 1):
            if count > _EXCEL_ROWS:
                message = f"a sheet of Excel holds no more than {_EXCEL_ROWS:,} rows"
                raise UsageError("USAGE", message, mend="Give --limit, or write CSV or Arrow")
            for place, value in enumerate(row):
                _write_excel(sheet, count, place, value, formats)
        sheet.freeze_panes(1, 0)
    return count


def _write_excel(sheet: Any, row: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (date, datetime)) and value.year > 1900:  # noqa: PLR2004 - where Excel's days begin
        sheet.write_datetime(row, place, value, formats[datetime if isinstance(value, datetime) else date])
    elif isinstance(value, (int, float, Decimal)) and _fits(value):
        sheet.write_number(row, place, float(value))
    else:
        sheet.write_string(row, place, as_text(value)[:_EXCEL_TEXT])


def _fits(value: float | Decimal) -> bool:
    """Whether Excel holds a number as it is."""
    if isinstance(value, float):
        return value - value == 0
    return len(plain_number(Decimal(value)).replace(".", "").strip("-0")) <= _EXCEL_DIGITS
