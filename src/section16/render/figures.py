"""Numbers and dates as the form prints them.

A number has thousands separators, its decimals as filed without trailing zeros, no sign and no exponent; a date is
MM/DD/YYYY without its zone. What cannot be read as one stands as filed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from section16.form.cells import Noted
from section16.form.values import read_date


def printed_number(cell: Noted[Decimal]) -> str:
    """`106150.00` -> `106,150`, `5381.20` -> `5,381.2`, `.5` -> `0.5`; as filed if it is no number."""
    text = cell.text or ""
    if cell.value is None:
        return text.strip()
    if text and text[0] in _NOT_ZERO:
        # Nearly all numbers are one of these two, and formatting a decimal costs three times as much.
        if text.isdigit():
            return text if len(text) < _THOUSAND else f"{int(text):,}"
        if text[-1] in _NOT_ZERO and 0 < text.find(".") < _THOUSAND:
            return text
    return format_number(cell.value)


_NOT_ZERO: Final = frozenset("123456789")
_THOUSAND: Final = 4
"""Digits from which on a number has a separator."""


def format_number(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros."""
    text = f"{value:,f}"
    if text[-1] not in "0." or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def format_dollars(value: Decimal) -> str:
    """An amount of dollars for a sentence; one with a single decimal gets its second: `$12.50`."""
    text = format_number(value)
    return f"${text}0" if text[-2:-1] == "." else f"${text}"


def printed_date(text: str) -> str:
    """`2022-09-01-05:00` -> `09/01/2022`."""
    day = read_date(text)
    return text.strip() if day is None else format_date(day)


def format_date(day: date) -> str:
    """A day as MM/DD/YYYY."""
    iso = day.isoformat()
    return f"{iso[5:7]}/{iso[8:]}/{iso[:4]}"
