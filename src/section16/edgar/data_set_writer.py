"""Writes a quarterly data set: eight members of tab-separated text in a zip, as the SEC publishes them.

Numbers are rounded to two decimals as the SEC rounds them, so what is read back from here is as coarse as the real one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, TextIO

import msgspec

from section16.edgar.data_sets import (
    DECIMAL_PLACES,
    FOOTNOTE,
    MEMBERS,
    MONTHS,
    OWNER_SIGNATURE,
    RELATIONSHIPS,
    REPORTING_OWNER,
    SUBMISSION,
    Member,
)
from section16.form.cells import Noted, Plain
from section16.form.document import OwnershipDocument, ReportingOwnerRelationship
from section16.form.rows import is_transaction

_UNIT: Final = Decimal(1).scaleb(-DECIMAL_PLACES)
_WIDE: Final = Context(prec=60)
_BLANKS: Final = str.maketrans("\t\n\r", "   ")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_NUMBERS: Final = 1_000
"""Between the row numbers of two reports."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report for a data set: accession number, filing date, the document, the owners' file numbers in their order."""

    accession: str
    filed_on: date | None
    document: OwnershipDocument
    file_numbers: Sequence[str] = ()


def write_data_set(reports: Iterable[Report], target: BinaryIO) -> None:
    """Write the zip of some reports; they are taken one at a time."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        files = {
            table: stack.enter_context(Path(folder, table).open("w", encoding="utf-8", newline="")) for table in MEMBERS
        }
        for table, member in MEMBERS.items():
            _write(files[table], member.header)
        for number, report in enumerate(reports):
            _write_report(files, report, number * _NUMBERS)
        for file in files.values():
            file.flush()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for table in files:
                inner = zipfile.ZipInfo(f"{table}.tsv", _EARLIEST)
                inner.compress_type = zipfile.ZIP_DEFLATED
                with packed.open(inner, "w") as inside, Path(folder, table).open("rb") as written:
                    while piece := written.read(1024 * 1024):
                        inside.write(piece)


def _write_report(files: Mapping[str, TextIO], report: Report, number: int) -> None:
    document, accession = report.document, report.accession
    _write(files["SUBMISSION"], [accession, _text(report.filed_on), *_values(document, SUBMISSION)[1:]])
    for at, owner in enumerate(document.reporting_owners):
        file_number = report.file_numbers[at] if at < len(report.file_numbers) else ""
        _write(files["REPORTINGOWNER"], [accession, *_values(owner, REPORTING_OWNER)[:-1], file_number])
    for key, (table, row) in enumerate(_rows(document), number + 1):
        _write(files[table], [accession, str(key), *_values(row, MEMBERS[table])])
    for note in document.footnotes.rows if document.footnotes else ():
        _write(files["FOOTNOTES"], [accession, *_values(note, FOOTNOTE)])
    for signature in document.signatures:
        _write(files["OWNER_SIGNATURE"], [accession, *_values(signature, OWNER_SIGNATURE)])


def _rows(document: OwnershipDocument) -> Iterator[tuple[str, object]]:
    """Yield each line of the tables with the name of the data set's table it belongs to."""
    for name, lines in (("NONDERIV", document.table_one), ("DERIV", document.table_two)):
        for row in lines:
            yield f"{name}_{'TRANS' if is_transaction(row) else 'HOLDING'}", row


def _values(record: object, member: Member) -> list[str]:
    written = []
    for column in member.columns:
        if column.place:
            written.append(_text(_at(record, column.place)))
        if column.footnotes:
            noted = _at(record, column.footnotes)
            written.append(", ".join((noted.footnotes if isinstance(noted, Noted) else noted) or ()))
    return written


def _at(record: object, place: str) -> Any:
    value: Any = record
    for attribute in place.split("."):
        value = getattr(value, attribute, None)
    return value


def _text(cell: object) -> str:
    """Return a value as the data sets write it: `30-SEP-2024`, `3844.0`, boxes and codes as filed."""
    if isinstance(cell, Noted | Plain):
        shown = isinstance(cell.value, date | Decimal)
        return _text(cell.value) if shown else cell.text or ""
    if isinstance(cell, date):
        return f"{cell.day:02}-{MONTHS[cell.month - 1]}-{cell.year:04}"
    if isinstance(cell, Decimal):
        rounded = f"{cell.quantize(_UNIT, ROUND_HALF_UP, _WIDE):f}"
        return rounded.removesuffix("0")
    if isinstance(cell, ReportingOwnerRelationship):
        boxes = [(getattr(cell, attribute), word) for attribute, word in RELATIONSHIPS]
        return ",".join([word for box, word in boxes if box is not None and box.value])
    return "" if cell is None else str(cell)


def _write(file: TextIO, values: Sequence[str]) -> None:
    file.write("\t".join([value.translate(_BLANKS) for value in values]) + "\n")
