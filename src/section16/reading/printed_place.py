"""Places of a document in the words of the printed form: `column 4 Amount`, `box 3 period of report`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from section16.form.edition import Look
from section16.form.field_table import Field, plan, snake_case
from section16.render.columns import FEEDS
from section16.render.layouts import layout
from section16.render.printed import Column

_NUMBER: Final = re.compile(r"(\d+[A-Z]?)\. +(.*)")
_NUMBER_FIRST: Final = re.compile(r"\d+[A-Z]?\b")
_ASIDES: Final = re.compile(r" \((?:Instr\.[^)]*|Month/Day/Year)\)|, if any\b")
_BOX: Final = re.compile(r"\d+[a-z]?")
_OWN_WORDS: Final[Mapping[str, str]] = {
    "isDirector": "Director",
    "isOfficer": "Officer",
    "isTenPercentOwner": "10% Owner",
    "isOther": "Other",
    "rptOwnerStreet1": "street, first line",
    "rptOwnerStreet2": "street, second line",
    "rptOwnerNonUSAddressFlag": "non-US address flag",
    "rptOwnerNonUSStateTerritory": "non-US state or territory",
    "notSubjectToSection16": "no longer subject to Section 16",
    "form3HoldingsReported": "Form 3 Holdings Reported",
    "form4TransactionsReported": "Form 4 Transactions Reported",
    "aff10b5One": "10b5-1 box",
    "signatureDate": "date",
    "transactionFormType": "form type",
    "equitySwapInvolved": "equity swap",
    "transactionTimeliness": "timeliness",
    "transactionTotalValue": "total value",
    "transactionAcquiredDisposedCode": "A or D",
    "underlyingSecurityValue": "value",
    "valueOwnedFollowingTransaction": "value",
}
"""What a field is called where its own name says it badly."""
_TABLES: Final = frozenset({"Table I", "Table II", "10b5-1 box"})
"""Headings that say all there is to say."""


def words(name: str) -> str:
    """`transaction_total_value` or `transactionTotalValue` -> `transaction total value`."""
    return re.sub(r"\b(?:cik|ccc)\b", lambda found: found[0].upper(), snake_case(name).replace("_", " "))


def column_place(form: str | None, table: str, field: Field) -> str:
    """The column that prints a field of a line, `table` being `I` or `II`: `column 4 Amount`.

    A field that Form 3 has no column for is sought on Form 4, which prints such lines; else its own name stands.
    """
    label = _column(form, table, field.name) or _column("4", table, field.name)
    if label:
        return f"column {label}"
    return _columns(form, table, field) or _columns("4", table, field) or words(field.name)


def _columns(form: str | None, table: str, field: Field) -> str:
    """The columns that a group of fields takes: `columns 6 and 7 (ownership nature)`; "" if there is none."""
    names = [inner.name for inner in plan(field.records[0]).fields] if field.records else []
    found = [_NUMBER_FIRST.match(_column(form, table, name) or "") for name in names]
    numbers = list(dict.fromkeys(number[0] for number in found if number))
    return f"column{'s' * (len(numbers) > 1)} {' and '.join(numbers)} ({words(field.name)})" if numbers else ""


@cache
def _column(form: str | None, table: str, element: str) -> str | None:
    """Number and heading of the columns that show an element; which of several elements, where it isn't the first."""
    sheet = layout(form, Look.Y2003)
    columns = (sheet.table1 if table == "I" else sheet.table2).columns
    found = [column for column in columns if element in FEEDS[column.key]]
    if not found:
        return None
    first = FEEDS[found[0].key][0]
    aside = "" if element in {first, "footnoteId"} else f" ({_OWN_WORDS.get(element) or words(element)})"
    return _heading(found[0], whole=len(found) > 1) + aside


def _heading(column: Column, *, whole: bool) -> str:
    """`4 Amount`: the number of the column's group with its own heading, or that of the group if `whole`."""
    outer = _NUMBER.fullmatch(column.group or column.heading)
    heading = column.heading if column.group and not whole else outer[2] if outer else column.heading
    return f"{outer[1] if outer else ''} {_ASIDES.sub('', heading)}".strip()


def box_place(form: str | None, field: Field) -> str:
    """The box or heading of a field outside the tables: `box 3 period of report`, `Exit box (...)`, `Remarks`."""
    own = _OWN_WORDS.get(field.name) or words(field.attribute)
    label = field.item.on.get(form or "4", "")
    if _BOX.fullmatch(label):
        return f"box {label} {own}"
    if label in _TABLES or label.replace(" ", "").casefold() == own.replace(" ", "").casefold():
        return label
    return f"{label} ({own})" if any(character.isalpha() for character in label) else own


def sentence_start(place: str) -> str:
    """The place with its first letter in upper case."""
    return place[:1].upper() + place[1:]
