"""A table of trades as CSV text, read into trades; every fault with its row and column.

Columns: `date,code,acquired_disposed,shares,price`, and where known `security, underlying, owned_before, outstanding,
exempt, kind, underlying_shares, strike, expires, market_price, pecuniary_share, low, high, source`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final

import msgspec

from section16.compliance.cells import read_amount, read_day, read_direction, read_money, read_yes
from section16.compliance.csv_table import Names, TableRow, read_table
from section16.compliance.short_swing.trade import Kind, Trade
from section16.errors import SourceError
from section16.law.matching_codes import ACQUIRED, DISPOSED, code_rules, leading_code

_MOST_FAULTS: Final = 50
_NEEDED: Final = ("date", "code", "acquired_disposed", "shares", "price")
_NAMES: Final[Names] = {
    "date": ("date", "trade date", "traded", "transaction date"),
    "code": ("code", "transaction code"),
    "acquired_disposed": ("acquired_disposed", "a/d", "ad", "a or d", "acquired or disposed", "(A) or (D)"),
    "shares": ("shares", "amount", "quantity", "number of shares"),
    "price": ("price", "price per share"),
    "security": ("security", "class", "title", "security title", "title of security"),
    "underlying": ("underlying", "underlying security", "underlying title"),
    "owned_before": ("owned_before", "shares owned before"),
    "outstanding": ("outstanding", "shares outstanding"),
    "exempt": ("exempt",),
    "kind": ("kind", "type"),
    "underlying_shares": ("underlying_shares",),
    "strike": ("strike", "strike price", "exercise price"),
    "expires": ("expires", "expiration", "expiration date", "expiry"),
    "market_price": ("market_price", "market"),
    "pecuniary_share": ("pecuniary_share", "pecuniary interest"),
    "low": ("low", "lowest price", "price low"),
    "high": ("high", "highest price", "price high"),
    "source": ("source", "accession"),
}
_KINDS: Final = {
    **{kind.value: kind for kind in Kind},
    **dict.fromkeys(("common", "share", "shares"), Kind.STOCK),
    **dict.fromkeys(("option", "warrant", "right"), Kind.CALL),
}
_SHARE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:(%)|/([0-9]+))?")


class TradeTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table as read. `faults`: cells that cannot be read, at most fifty; `unused`: columns that have no name here."""

    trades: tuple[Trade, ...] = ()
    faults: tuple[SourceError, ...] = ()
    unused: tuple[str, ...] = ()


def read_trades(text: str, name: str | None = None) -> TradeTable:
    """Read CSV text; `name` is what an error calls it.

    Raises SourceError TABLE_INVALID without a header of trades; cells' faults are in the answer.
    """
    table = read_table(text, _NAMES, _NEEDED, name)
    trades: list[Trade] = []
    faults: list[SourceError] = []
    for row in table.rows:
        trade, wrong = _trade(row)
        if trade is not None:
            trades.append(trade)
        faults += wrong
    return TradeTable(trades=tuple(trades), faults=tuple(faults[:_MOST_FAULTS]), unused=table.unused)


def _trade(row: TableRow) -> tuple[Trade | None, list[SourceError]]:
    faults = row.beyond()
    cell = partial(row.read, faults=faults)
    code = cell("code", _read_code, needed=True)
    kind = cell("kind", _read_kind, default=Kind.STOCK)
    shares = cell("shares", read_amount, needed=True)
    known: dict[str, Any] = {
        "day": cell("date", read_day, needed=True),
        "direction": cell("acquired_disposed", read_direction, default=_usual_direction(code, kind)),
        "price": cell("price", read_money),
        "owned_before": cell("owned_before", _read_number),
        "outstanding": cell("outstanding", _read_number),
        "exempt": cell("exempt", read_yes),
        "underlying_shares": cell("underlying_shares", read_amount),
        "strike": cell("strike", read_money),
        "expires": cell("expires", read_day),
        "market_price": cell("market_price", read_money),
        "pecuniary_share": cell("pecuniary_share", _read_share, default=Fraction(1)),
        "low": cell("low", read_money),
        "high": cell("high", read_money),
    }
    if known["direction"] is None and code and not faults:
        faults.append(row.fault("acquired_disposed", "is blank, and the code doesn't tell", "Write A or D"))
    faults += _contradictions(row, known)
    if faults:
        return None, faults
    known |= {name: row.cells.get(name, "") for name in ("security", "underlying", "source")}
    unit = kind is Kind.CONVERTIBLE
    return Trade(row=row.line, code=code, kind=kind, shares=shares, by_unit=unit, **known), []


def _contradictions(row: TableRow, known: dict[str, Any]) -> list[SourceError]:
    low, high, price = known["low"], known["high"], known["price"]
    if (
        isinstance(low, Decimal)
        and isinstance(high, Decimal)
        and isinstance(price, Decimal)
        and not low <= price <= high
    ):
        return [row.fault("price", f"lies outside its range, {low} to {high}")]
    return []


def _usual_direction(code: str | None, kind: Kind | None) -> str | None:
    """What a code says of the direction where the column is blank; "" for an expiration, which has none."""
    leading = leading_code(code or "")
    if leading == "E":
        return ""
    if kind is not Kind.STOCK:
        return None
    return "A" if leading in ACQUIRED else "D" if leading in DISPOSED else None


def _read_code(text: str) -> str:
    code = text.upper()
    if leading_code(code) not in code_rules():
        raise ValueError("is no transaction code; section16 codes lists them")
    return code


def _read_kind(text: str) -> Kind:
    try:
        return _KINDS[text.lower()]
    except KeyError:
        raise ValueError(f"is none of {', '.join(Kind)}") from None


def _read_number(text: str) -> Decimal:
    return read_amount(text, zero=True)


def _read_share(text: str) -> Fraction:
    """A part of the profit: 0.2, 20% or 1/5; above 0 and at most the whole."""
    found = _SHARE.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ValueError("is no share; write 0.2, 20% or 1/5")
    parts = 100 if found[2] else int(found[3] or 1)
    share = Fraction(found[1]) / parts if parts else Fraction(0)
    if not 0 < share <= 1:
        raise ValueError("is not above 0 and at most 1; with a percentage write 20%")
    return share
