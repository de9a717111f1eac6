"""`section16 codes`: the official lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from section16 import codes as lists
from section16.cli.exits import Exit
from section16.cli.standard_output import joined, write_json, write_out
from section16.codes.document_types import DocumentType
from section16.codes.places import Place, PlaceKind
from section16.codes.transaction_codes import TransactionCode
from section16.errors import UsageError, excerpt

_DIRECTIONS: Final = {"A": "acquired (A)", "D": "disposed (D)"}
_PLACES: Final = {
    PlaceKind.US: "a state or territory of the United States",
    PlaceKind.FOREIGN: "a country or Canadian province",
    PlaceKind.OBSOLETE: "obsolete: only old filings use it",
}


def codes(code: str | None, *, as_json: bool) -> Exit:
    """Print every transaction code, or all that one code means. Raises UsageError for a code of no list."""
    found = list(lists.transaction_codes().values()) if code is None else _look_up(code)
    if as_json:
        write_json(found)
    elif code is None:
        write_out(joined(f"{one.code}  {one.meaning}" for one in lists.transaction_codes().values()))
    else:
        write_out(joined(line for one in found for line in _lines(one)))
    return Exit.DONE


def _look_up(code: str) -> list[TransactionCode | Place | DocumentType]:
    wanted = code.strip().upper()
    looked_up = (lists.transaction_code(wanted), lists.place(wanted), lists.document_type(wanted))
    found = [one for one in looked_up if one is not None]
    if not found:
        message = f"'{excerpt(code)}' is no transaction code, place or document type"
        raise UsageError("CODE_UNKNOWN", message, mend="section16 codes lists the transaction codes")
    return found


def _lines(found: TransactionCode | Place | DocumentType) -> Iterator[str]:
    if isinstance(found, TransactionCode):
        yield f"{found.code}  {found.meaning}"
        yield f"   transaction code; {found.group}"
        yield from _uses(found)
    elif isinstance(found, Place):
        yield f"{found.code}  {found.name}"
        yield f"   {_PLACES[found.kind]}"
    else:
        yield f"{found.code}  {found.name}"
        published = "published" if found.published else "not published"
        yield f"   document type, {published} by EDGAR; at most {found.at_most} in a submission"


def _uses(code: TransactionCode) -> Iterator[str]:
    for table, usual in (("I", code.usual.table_i), ("II", code.usual.table_ii)):
        if table in code.tables:
            yield f"   Table {table}: usually {_DIRECTIONS[usual]}" if usual else f"   Table {table}"
    for due in code.due:
        on = f"Form {due.on}" if due.on[:1].isdigit() else due.on
        yield f"   due on: {on}" + (f" since {due.since}" if due.since else "")
    if not code.in_xml:
        yield f"   not in transactionCode; carried by {code.carried_by or 'something else'}"
