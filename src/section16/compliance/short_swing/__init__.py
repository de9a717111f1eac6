"""Short-swing profit under Section 16(b) of the Exchange Act: the exact maximum, explained and proved."""

from section16.compliance.short_swing.answer import Asked, Dual, End, Pair, Proof, Row, ShortSwing, Step
from section16.compliance.short_swing.engine import Terms, short_swing
from section16.compliance.short_swing.planned import Block, WhatIf, read_plan, what_if
from section16.compliance.short_swing.trade import Insider, Kind, Status, Trade
from section16.compliance.short_swing.trade_table import TradeTable, read_trades
from section16.compliance.short_swing.verification import verify
from section16.law.six_months import (
    Reading,
    corresponding_day,
    last_matching_day,
    within_six_months,
)

__all__ = [
    "Asked",
    "Block",
    "Dual",
    "End",
    "Insider",
    "Kind",
    "Pair",
    "Proof",
    "Reading",
    "Row",
    "ShortSwing",
    "Status",
    "Step",
    "Terms",
    "Trade",
    "TradeTable",
    "WhatIf",
    "corresponding_day",
    "last_matching_day",
    "read_plan",
    "read_trades",
    "short_swing",
    "verify",
    "what_if",
    "within_six_months",
]
