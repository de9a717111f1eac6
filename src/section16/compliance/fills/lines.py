"""Lines of Table I drafted from bands, with their balances and the footnotes they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from section16.compliance.fills.bands import Band
from section16.compliance.fills.fill import Side
from section16.compliance.fills.footnotes import plan_words, range_words
from section16.compliance.fills.numbers import is_exact, price_text, rounded
from section16.errors import UsageError

Balances = Mapping[tuple[str, str, str], Decimal]
"""What is owned before the first trade, by position key."""


class FillLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of Table I.

    `report` and `line` say where it stands. `price` is what the form takes; `price_exact` the weighted average as a
    fraction (`29005/2000`), and `price_rounded` whether the two differ. `low` and `high` are the lowest and the highest
    price. `owned_before` and `owned_after` are None where the starting balance is not known. `fills` are how many went
    into it, `rows` their lines in the broker's table.
    """

    report: int
    line: int
    traded: date
    security: str
    ownership: str
    nature: str | None
    code: Side
    acquired_disposed: str
    shares: Decimal
    price: str
    price_exact: str
    price_rounded: bool
    low: str
    high: str
    fills: int
    rows: tuple[int, ...]
    orders: tuple[str, ...]
    accounts: tuple[str, ...]
    plan_adopted: date | None
    owned_before: Decimal | None
    owned_after: Decimal | None
    price_footnotes: tuple[str, ...]
    code_footnotes: tuple[str, ...]


class Carried(msgspec.Struct, frozen=True):
    """A band with what is owned before and after it; None where that is not known."""

    band: Band
    before: Decimal | None
    after: Decimal | None


def carried(drawn: Sequence[Band], balances: Balances) -> Iterator[Carried]:
    """Each band with what is owned before and after it. Raises UsageError if that falls below zero."""
    owned = dict(balances)
    for band in drawn:
        key = band.position.key
        before = owned.get(key)
        if before is None:
            yield Carried(band, None, None)
            continue
        after = before + (band.shares if band.side == "P" else -band.shares)
        if after < 0:
            message = f"the sales of {band.traded} are {-after} more than what is owned: {band.position}"
            raise UsageError("USAGE", message, mend="Check the starting balance and the fills")
        owned[key] = after
        yield Carried(band, before, after)


def form_line(one: Carried, report: int, place: int, decimals: int, notes: dict[str, str]) -> FillLine:
    """Draft a line; `notes` are the report's footnotes, ids by words, and grow by what this line needs."""
    band = one.band
    price = rounded(band.price, decimals)
    ranged = [range_words(band.side, band.low, band.high)] if band.low != band.high else []
    planned = [plan_words(band.side, band.plan_adopted)] if band.plan_adopted else []
    return FillLine(
        report=report,
        line=place,
        traded=band.traded,
        security=band.position.security,
        ownership=band.position.ownership,
        nature=band.position.nature,
        code=band.side,
        acquired_disposed="A" if band.side == "P" else "D",
        shares=band.shares,
        price=price_text(price),
        price_exact=str(band.price),
        price_rounded=not is_exact(band.price, price),
        low=price_text(band.low),
        high=price_text(band.high),
        fills=len(band.fills),
        rows=tuple(sorted(fill.line for fill in band.fills if fill.line is not None)),
        orders=tuple(sorted({fill.order for fill in band.fills if fill.order})),
        accounts=tuple(sorted({fill.account for fill in band.fills if fill.account})),
        plan_adopted=band.plan_adopted,
        owned_before=one.before,
        owned_after=one.after,
        price_footnotes=tuple(_noted(text, notes) for text in ranged),
        code_footnotes=tuple(_noted(text, notes) for text in planned),
    )


def _noted(text: str, notes: dict[str, str]) -> str:
    """The id of a footnote in its report; the same words are one footnote."""
    return notes.setdefault(text, f"F{len(notes) + 1}")
