"""Options that seem to have been written and to have expired: nothing else in the trades tells of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from section16.compliance.short_swing.decisions import Reason
from section16.compliance.short_swing.trade import Kind, Trade
from section16.law.matching_codes import leading_code

PRESUMED: Final = Reason(
    why="whether the option was written, and expired unexercised on that day", cites="Rule 16b-6(d)", basis="memory"
)


def presumed_expiries(trades: Sequence[Trade], as_of: date | None) -> list[Trade]:
    """An expiration for each sale of a call or put of which the trades tell nothing else, by its expiration date."""
    series = Counter(map(_series, trades))
    return [
        replace(trade, code="E", direction="", day=trade.expires, price=Decimal())
        for trade in trades
        if trade.kind in {Kind.CALL, Kind.PUT}
        and leading_code(trade.code) == "S"
        and trade.direction == "D"
        and trade.expires is not None
        and trade.day <= trade.expires
        and (as_of is None or trade.expires <= as_of)
        and series[_series(trade)] == 1
    ]


def _series(trade: Trade) -> tuple[Kind, Decimal | None, date | None]:
    return trade.kind, trade.strike, trade.expires
