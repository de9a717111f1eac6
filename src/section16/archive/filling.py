"""How a record's fields get into the columns of a row: code written once for each record from the field table.

What is written is what one would write by hand: each group looked at once, each field put where it belongs, texts that
a column cannot hold named in `unread`. To walk the field table for every record takes twice the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from section16.archive.tables import NUMBER, TEXT, tables
from section16.form.field_table import Kind
from section16.reading.flat_fields import flat_fields

CODING: Final = "transaction_coding"
"""Stands in `footnote_references` for the column of marks at the code."""

Fill = Callable[[list[Any], Any, dict[str, str], Callable[[str, Sequence[str]], None] | None], None]
"""`fill(row, record, unread, refer)`: `refer` takes a column's name and its footnote marks."""


class Member(msgspec.Struct, frozen=True):
    """One field of a record: its attribute, its column's place, name and type, its shape."""

    attribute: str
    at: int
    name: str
    type: str
    kind: Kind


@cache
def _groups(record: type, table: str) -> dict[str | None, list[Member]]:
    """The fields of a record by the group they stand in, as far as the table has a column for them."""
    own = tables()[table].own
    places = {column.name: (at, column.type) for at, column in enumerate(own)}
    groups: dict[str | None, list[Member]] = {}
    for flat in flat_fields(record):
        group = flat.attributes[0] if len(flat.attributes) > 1 else None
        name = flat.keys[-1]
        if flat.field.kind is Kind.NOTES:
            groups.setdefault(group, []).append(Member(flat.attributes[-1], -1, CODING, TEXT, Kind.NOTES))
        elif name in places:
            groups.setdefault(group, []).append(Member(flat.attributes[-1], *_at(places[name], name), flat.field.kind))
    return groups


def _at(place: tuple[int, str], name: str) -> tuple[int, str, str]:
    return place[0], name, place[1]


def compile_fill(record: type, table: str, scope: Mapping[str, Any]) -> Fill:
    """Write, compile and return the code for a record and a table.

    `scope` has `typed(member, text, value, unread)` and `fits`, which matches a number that is taken as it stands. Only
    names and numbers of the field table get into the code, never anything from a document.
    """
    inside: dict[str, Any] = dict(scope)
    lines = ["def fill(row, record, unread, refer):"]
    for number, (group, members) in enumerate(_groups(record, table).items()):
        holder, indent = "record", "    "
        if group is not None:
            holder = "group"
            lines += [f"    group = record.{group}", "    if group is not None:"]
            indent = "        "
        for member in members:
            key = f"m{number}_{member.attribute}"
            inside[key] = member
            lines += [indent + line for line in _member(member, holder, key)]
    exec(compile("\n".join([*lines, "    return"]), "<field table>", "exec"), inside)  # noqa: S102 - see above: no text of a document is in it
    return inside["fill"]  # type: ignore[no-any-return]


def _member(member: Member, holder: str, key: str) -> list[str]:
    begin = [f"held = {holder}.{member.attribute}", "if held is not None:"]
    if member.kind is Kind.NOTES:
        return [*begin, f"    if refer is not None: refer({member.name!r}, held)"]
    if member.kind is Kind.TEXT:
        return [*begin, f"    if held: row[{member.at}] = typed({key}, held, held, unread)"]
    plain = f"row[{member.at}] = typed({key}, text, held.value, unread)"
    if member.type == NUMBER:
        given = [f"if len(text) <= 12 and fits(text): row[{member.at}] = text", f"else: {plain}"]
    elif member.type == TEXT:
        given = [f"row[{member.at}] = text.strip()"]
    else:
        given = [plain]
    body = ["    text = held.text", "    if text:", *["        " + line for line in given]]
    if member.kind is Kind.CELL:
        body += [
            "    marks = held.footnotes",
            f"    if marks and refer is not None: refer({member.name!r}, marks)",
        ]
    return [*begin, *body]
