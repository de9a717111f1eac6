"""Proof that a timed reading was a whole one: the same figures, counted in the records and, independently, in the XML.

A reader could look fast by putting work off. So beside the race every document is read once more and the decimals in
its records are added up, its dates, footnote references, footnotes and rows counted; a bare walk over the XML tree,
which knows nothing of the records, must come to the same. Only values that are plain numbers and days are counted.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from lxml import etree

_NUMBERS = frozenset({
    "transactionShares", "transactionTotalValue", "transactionPricePerShare", "transactionValue",
    "sharesOwnedFollowingTransaction", "valueOwnedFollowingTransaction", "conversionOrExercisePrice",
    "underlyingSecurityShares", "underlyingSecurityValue",
})  # fmt: skip
_DATES = frozenset({
    "periodOfReport", "dateOfOriginalSubmission", "signatureDate", "transactionDate", "deemedExecutionDate",
    "exerciseDate", "expirationDate",
})  # fmt: skip
_ROWS = frozenset({
    "nonDerivativeTransaction", "nonDerivativeHolding", "derivativeTransaction", "derivativeHolding",
    "nonDerivativeSecurity", "derivativeSecurity",
})  # fmt: skip
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+", re.ASCII)
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)


class Figures(NamedTuple):
    """What a document holds: the sum and number of its decimals, and counts of the rest."""

    total: Decimal = Decimal(0)
    decimals: int = 0
    dates: int = 0
    rows: int = 0
    footnotes: int = 0
    references: int = 0

    def plus(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(
            total=self.total + other.total,
            decimals=self.decimals + other.decimals,
            dates=self.dates + other.dates,
            rows=self.rows + other.rows,
            footnotes=self.footnotes + other.footnotes,
            references=self.references + other.references,
        )


def in_records(value: object) -> Figures:
    """The figures of a record and everything below it."""
    if isinstance(value, Decimal):
        return Figures(total=value, decimals=1)
    if isinstance(value, date):
        return Figures(dates=1)
    figures = Figures()
    if isinstance(value, tuple):
        for member in value:
            figures = figures.plus(in_records(member))
    elif isinstance(value, msgspec.Struct):
        figures = _own(value)
        for name in value.__struct_fields__:
            figures = figures.plus(in_records(getattr(value, name)))
    return figures


def _own(record: msgspec.Struct) -> Figures:
    """What a record itself counts for, by the element it stands for."""
    element = getattr(record, "element", None)
    notes = getattr(record, "footnotes", None)
    references = len(notes) if isinstance(notes, tuple) and all(isinstance(note, str) for note in notes) else 0
    return Figures(rows=element in _ROWS, footnotes=element == "footnote", references=references)


def in_xml(data: bytes) -> Figures:
    """The figures of an ownership document's bytes, by a bare walk over its elements."""
    figures = Figures()
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter(etree.Element):
        name = element.tag
        text = "".join(element.findtext("value") or element.text or "").strip()
        number = _NUMBER.fullmatch(text) if name in _NUMBERS else None
        figures = figures.plus(
            Figures(
                total=Decimal(number[0]) if number else Decimal(0),
                decimals=number is not None,
                dates=name in _DATES and _is_day(text),
                rows=name in _ROWS,
                footnotes=name == "footnote",
                references=name == "footnoteId",
            ),
        )
    return figures


def _is_day(text: str) -> bool:
    found = _DATE.fullmatch(text)
    try:
        return found is not None and bool(date.fromisoformat(found[1]))
    except ValueError:
        return False
