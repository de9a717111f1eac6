"""When several trades may stand on one line of Table I. The figures, with their citations, are `aggregation.toml`.

Official text: SEC staff letter of 25 June 2008 to the Society of Corporate Secretaries (same-day, same-way open-market
trades within one dollar, at the weighted average price); the form's own limits are EDGAR's specification.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import msgspec

from section16.law.dated_table import on, read_table


class OneLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which trades one line may hold: prices at most `width` dollars apart, of these `codes`."""

    since: date
    width: Decimal
    codes: tuple[str, ...]
    cites: str
    basis: str


class FormLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one form takes: lines of a table, decimals of a number."""

    rows: int
    decimals: int
    cites: str
    basis: str


def one_line(day: date) -> OneLine:
    """What one line may hold of the trades of a day."""
    return on(_one_line(), day)


def form_limits() -> FormLimits:
    """What one form takes."""
    return msgspec.convert(read_table("aggregation")["form"], FormLimits, strict=True)


@cache
def _one_line() -> tuple[OneLine, ...]:
    return msgspec.convert(read_table("aggregation")["one_line"], tuple[OneLine, ...], strict=True)
