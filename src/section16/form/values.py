"""Text of the form, read as numbers, dates and yes/no.

Only the spellings that EDGAR's schemas allow are read (xs:decimal without sign or exponent, xs:date,
xs:boolean, in ASCII); everything else is `None`, and the caller keeps the text. Python's own readers would
also take `1_000`, `NaN` or full-width digits.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from section16.limits import NUMBER_DIGITS

_DECIMAL: Final = re.compile(r"[ \t\r\n]*+\+?([0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[ \t\r\n]*+")
_ZONE: Final = r"Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)"
_DATE: Final = re.compile(rf"[ \t\r\n]*+([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:{_ZONE})?[ \t\r\n]*+")
_BOOLEANS: Final = {"1": True, "true": True, "0": False, "false": False}


def read_decimal(text: str) -> Decimal | None:
    """`"13334.00"` -> `Decimal("13334.00")`; `None` for a minus, comma, exponent, words or over 40 digits."""
    if len(text) <= NUMBER_DIGITS and text.isascii() and text.replace(".", "", 1).isdigit():
        return Decimal(text)
    found = _DECIMAL.fullmatch(text)
    if found is None or len(found[1]) - found[1].count(".") > NUMBER_DIGITS:
        return None
    return Decimal(found[1])


def read_date(text: str) -> date | None:
    """`"2022-09-01-05:00"` -> 1 September 2022: a zone never shifts the day. `None` if no such day exists."""
    if len(text) != len("2022-09-01") or text[7] != "-":
        found = _DATE.fullmatch(text)
        if found is None:
            return None
        text = found[1]
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_boolean(text: str) -> bool | None:
    """`1`, `true`, `0`, `false`, blanks around them aside (xs:boolean); `None` for anything else."""
    return _BOOLEANS.get(text.strip(" \t\r\n"))


def read_text(text: str) -> str | None:
    """The text without the blanks around it; `None` if nothing is left."""
    return text.strip() or None
