"""How much of the class a person owned just before each trade, where a table or reports leave it open.

A ten-percent owner's trade counts only if more than ten percent was owned just before it (423 U.S. 232; 404 U.S. 418).
Reports give balances, position by position. The count of Rule 13d-3 may differ: it adds rights to acquire and groups,
and leaves out what another votes and invests. So balances over ten percent are taken to show it, which is said with
the answer; balances below it leave the trade undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from section16.compliance.short_swing.decisions import TEN_PERCENT
from section16.compliance.short_swing.trade import Trade
from section16.positions.lines import Line, Position

OF_BALANCES: Final = (
    "What was owned just before a trade is the sum of the balances in the reports; the count of Rule 13d-3 may differ."
)


def owned_before(lines: Iterable[Line]) -> dict[tuple[str, str], Decimal]:
    """Shares of a transaction's class in all positions just before it, by report and path of the line.

    Only of Table I, and where the balance after it is given; a position counts from its first balance on.
    """
    balances: dict[tuple[str, ...], Decimal] = {}
    found: dict[tuple[str, str], Decimal] = {}
    for line in sorted(lines, key=lambda line: line.order):
        if line.position.table != "I" or line.owned is None or line.owned_in_dollars:
            continue
        held = _held(line.position)
        if line.kind == "transaction" and line.signed is not None:
            others = (owned for other, owned in balances.items() if other[0] == held[0] and other != held)
            found[line.report.id, line.path] = max(line.owned - line.signed, Decimal()) + sum(others)
        balances[held] = line.owned
    return found


def _held(position: Position) -> tuple[str, ...]:
    """A position whoever reports it: of joint reports by changing groups, the same shares count once."""
    return position.title, position.held, position.nature, position.noted


def with_outstanding(trades: Sequence[Trade], outstanding: Decimal, *, at_least: bool) -> tuple[Trade, ...]:
    """Trades with the shares outstanding of the class, where they don't say.

    `at_least`: what was owned before is a lower bound; then what doesn't exceed ten percent is not known.
    """
    return tuple(_stated(trade, outstanding, at_least=at_least) for trade in trades)


def _stated(trade: Trade, outstanding: Decimal, *, at_least: bool) -> Trade:
    if trade.outstanding is not None:
        return trade
    owned = trade.owned_before
    if at_least and owned is not None and owned <= outstanding * TEN_PERCENT:
        owned = None
    return replace(trade, outstanding=outstanding, owned_before=owned)
