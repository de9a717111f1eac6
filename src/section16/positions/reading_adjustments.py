"""Splits and changes that need no report, read from the rows of CSV text. Loaded only when asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from section16.errors import UsageError, excerpt
from section16.identifiers import cik
from section16.positions.adjustments import Change, Split
from section16.positions.spelling import folded_nature, folded_title

_FACTOR: Final = re.compile(
    r"x?([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:(?: ?(?::|/|-?for-?) ?)([0-9]+(?:\.[0-9]+)?))?", re.ASCII
)
_AMOUNT: Final = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?", re.ASCII)
_LONGEST: Final = 40
_HELD: Final = {"d": "D", "direct": "D", "i": "I", "indirect": "I", "": ""}


def read_splits(text: str, name: str) -> tuple[Split, ...]:
    """Read CSV `date,factor[,security][,issuer]`; a factor is `2`, `2:1`, `2-for-1`, `1/10` or `0.1`.

    `name` is what an error calls the file. Raises UsageError with row and column.
    """
    return tuple(
        [
            Split(
                day=_day(row, number, name),
                factor=_factor(row.get("factor", ""), number, name, "factor"),
                title=folded_title(row.get("security", "")),
                issuer=cik.compact(row.get("issuer", "")),
            )
            for number, row in _rows(text, ("date", "factor"), name)
        ]
    )


def read_changes(text: str, name: str) -> tuple[Change, ...]:
    """Read CSV `date,change,why[,security][,ownership][,nature][,owner][,issuer]`.

    A change is a number of shares with its sign, or `x2` for a factor. `name` is what an error calls the file. Raises
    UsageError with row and column.
    """
    return tuple([_change(row, number, name) for number, row in _rows(text, ("date", "change", "why"), name)])


def _change(row: Mapping[str, str], number: int, name: str) -> Change:
    change, held = row.get("change", ""), row.get("ownership", "").lower()
    if held not in _HELD:
        raise _wrong(f"{excerpt(held)!r} is neither D nor I", number, name, "ownership")
    if not row.get("why", ""):
        raise _wrong("it doesn't say why no report was needed", number, name, "why", "Write the rule, such as 16a-11")
    multiplied = change.lower().startswith("x")
    return Change(
        day=_day(row, number, name),
        why=row["why"],
        shares=Decimal() if multiplied else _amount(change, number, name),
        factor=_factor(change, number, name, "change") if multiplied else Fraction(1),
        title=folded_title(row.get("security", "")),
        held=_HELD[held],
        nature=folded_nature(row.get("nature", "")),
        owner=cik.compact(row.get("owner", "")),
        issuer=cik.compact(row.get("issuer", "")),
        row=number,
    )


def _rows(text: str, needed: tuple[str, ...], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column name with their line numbers; blank rows are passed over. Raises UsageError."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        heads = [head.strip().lower() for head in next(reader, [])]
        missing = [column for column in needed if column not in heads]
        if missing:
            wanted = f"The first line names the columns: {','.join(needed)}"
            raise _wrong(f"there is no column {', '.join(missing)}", 1, name, "", wanted)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
    except csv.Error as error:
        raise _wrong(f"it is no CSV: {error}", reader.line_num, name, "") from None


def _day(row: Mapping[str, str], number: int, name: str) -> date:
    text = row.get("date", "")
    try:
        if len(text) == len("2026-01-31"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(f"{excerpt(text)!r} is no date", number, name, "date", "Write it as 2026-01-31")


def _factor(text: str, number: int, name: str, column: str) -> Fraction:
    found = _FACTOR.fullmatch(text.lower()) if len(text) <= _LONGEST else None
    if found is not None and Fraction(found[1]) > 0 and Fraction(found[2] or 1) > 0:
        return Fraction(found[1]) / Fraction(found[2] or 1)
    raise _wrong(f"{excerpt(text)!r} is no factor", number, name, column, "Write 2, 3:2, 2-for-1 or 1/10")


def _amount(text: str, number: int, name: str) -> Decimal:
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is not None and (found[2] or found[3]):
        return Decimal(found[0].replace(",", ""))
    raise _wrong(f"{excerpt(text)!r} is no number of shares", number, name, "change", "Write +250, -100 or x2")


def _wrong(what: str, number: int, name: str, column: str, mend: str | None = None) -> UsageError:
    place = f"row {number}, column {column}: " if column else f"row {number}: "
    return UsageError("USAGE", place + what, path=name, line=number, mend=mend)
