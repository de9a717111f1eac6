"""Places of a document in the words of the printed form: `column 4 Amount`, `box 3 period of report`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from section16.form.edition import Look
from section16.form.field_table import Field, snake_case
from section16.render.columns import FEEDS
from section16.render.layouts import layout
from section16.render.printed import Column

_NUMBER: Final = re.compile(r"(\d+[A-Z]?)\. +(.*)")
_ASIDES: Final = re.compile(r" \((?:Instr\.[^)]*|Month/Day/Year)\)|, if any\b")
_BOX: Final = re.compile(r"\d+[a-z]?")


def words(name: str) -> str:
    """`transaction_total_value` or `transactionTotalValue` -> `transaction total value`."""
    return re.sub(r"\b(?:cik|ccc)\b", lambda found: found[0].upper(), snake_case(name).replace("_", " "))


def column_place(form: str | None, table: str, field: Field) -> str:
    """The column that prints a field of a line, `table` being `I` or `II`: `column 4 Amount`.

    A field that Form 3 has no column for is sought on Form 4, which prints such lines; else its own name stands.
    """
    label = _column(form, table, field.name) or _column("4", table, field.name)
    return f"column {label}" if label else words(field.name)


@cache
def _column(form: str | None, table: str, element: str) -> str | None:
    """Number and heading of the columns that show an element; which of several elements, where it isn't the first."""
    sheet = layout(form, Look.Y2003)
    columns = (sheet.table1 if table == "I" else sheet.table2).columns
    found = [column for column in columns if element in FEEDS[column.key]]
    if not found:
        return None
    first = FEEDS[found[0].key][0]
    aside = "" if element in {first, "footnoteId"} else f" ({words(element)})"
    return _heading(found[0], whole=len(found) > 1) + aside


def _heading(column: Column, *, whole: bool) -> str:
    """`4 Amount`: the number of the column's group with its own heading, or that of the group if `whole`."""
    outer = _NUMBER.fullmatch(column.group or column.heading)
    heading = column.heading if column.group and not whole else outer[2] if outer else column.heading
    return f"{outer[1] if outer else ''} {_ASIDES.sub('', heading)}".strip()


def box_place(form: str | None, field: Field) -> str:
    """The box or heading of a field outside the tables: `box 3 period of report`, `Exit box (...)`, `Remarks`."""
    own = words(field.attribute)
    label = field.item.on.get(form or "4", "")
    if _BOX.fullmatch(label):
        return f"box {label} {own}"
    if label.replace(" ", "").casefold() == own.replace(" ", "").casefold():
        return label
    return f"{label} ({own})" if any(character.isalpha() for character in label) else own


def sentence_start(place: str) -> str:
    """The place with its first letter in upper case."""
    return place[:1].upper() + place[1:]
