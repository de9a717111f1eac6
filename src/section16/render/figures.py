"""Numbers and dates as the form prints them.

A number has thousands separators, its decimals as filed without trailing zeros, no sign and no exponent; a date is
MM/DD/YYYY without its zone. What cannot be read as one stands as filed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from section16.form.values import read_date, read_decimal


def printed_number(text: str) -> str:
    """`106150.00` -> `106,150`, `5381.20` -> `5,381.2`, `.5` -> `0.5`."""
    value = read_decimal(text)
    return text.strip() if value is None else format_number(value)


def format_number(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros."""
    text = f"{value:,f}"
    if text[-1] not in "0." or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def printed_date(text: str) -> str:
    """`2022-09-01-05:00` -> `09/01/2022`."""
    day = read_date(text)
    return text.strip() if day is None else format_date(day)


def format_date(day: date) -> str:
    """A day as MM/DD/YYYY."""
    iso = day.isoformat()
    return f"{iso[5:7]}/{iso[8:]}/{iso[:4]}"
