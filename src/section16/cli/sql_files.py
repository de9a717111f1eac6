"""Answers of SQL written to a file: Excel and Arrow. Numbers stay exact, texts stay texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.cli.sql_output import Rows, as_text, plain_number
from section16.cli.standard_output import refuse_writing
from section16.errors import ConflictError, MissingExtraError, UsageError, excerpt

if TYPE_CHECKING:
    import duckdb

_ROWS: Final = 1_048_575
_TEXT: Final = 32_767
_DIGITS: Final = 15
"""What a sheet of Excel holds below its heading, a cell of it, and a number in it."""

_PIECE: Final = 1 << 16


class Saved(msgspec.Struct):
    """What was written: rows, and how many texts were longer than a cell of Excel holds and were cut."""

    rows: int = 0
    cut: int = 0


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


def save_excel(names: Sequence[str], rows: Rows, file: Path) -> Saved:
    """Write an Excel file; say how much it holds.

    Excel holds 15 digits of a number, so a longer one stands as a text, exact; of a text it holds 32,767 characters.
    Raises MissingExtraError, and UsageError
    for more rows than a sheet has.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError.of("excel", "writing Excel") from None
    saved = Saved()
    with xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("answer")
        bold = book.add_format({"bold": True})
        formats: dict[type, Any] = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
        formats[datetime] = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, bold)
        for saved.rows, row in enumerate(rows, 1):
            if saved.rows > _ROWS:
                message = f"a sheet of Excel holds no more than {_ROWS:,} rows"
                raise UsageError("USAGE", message, mend="Give --limit, or write CSV or Arrow")
            for place, value in enumerate(row):
                saved.cut += _write_excel(sheet, saved.rows, place, value, formats)
        sheet.freeze_panes(1, 0)
    return saved


def _write_excel(sheet: Any, row: int, place: int, value: Any, formats: dict[type, Any]) -> bool:
    """Write a cell; whether its text had to be cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (date, datetime)) and value.year > 1900:  # noqa: PLR2004 - where Excel's days begin
        sheet.write_datetime(row, place, value, formats[datetime if isinstance(value, datetime) else date])
    elif isinstance(value, (int, float, Decimal)) and _fits(value):
        sheet.write_number(row, place, float(value))
    else:
        text = as_text(value)
        sheet.write_string(row, place, text[:_TEXT])
        return len(text) > _TEXT
    return False


def _fits(value: float | Decimal) -> bool:
    """Whether Excel holds a number as it is."""
    if isinstance(value, float):
        return value - value == 0
    return len(plain_number(Decimal(value)).replace(".", "").strip("-0")) <= _DIGITS
