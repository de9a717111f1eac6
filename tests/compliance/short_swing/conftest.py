"""Short tables of trades, written as a person would."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from section16.compliance.short_swing import ShortSwing, Terms, Trade, read_trades, short_swing, verify

COLUMNS = "date,code,acquired_disposed,shares,price"

Trades = Callable[..., tuple[Trade, ...]]
Reckon = Callable[..., ShortSwing]


@pytest.fixture
def trades() -> Trades:
    """Trades from rows of CSV; `more` names columns behind the first five."""

    def read(*rows: str, more: str = "") -> tuple[Trade, ...]:
        table = read_trades("\n".join([COLUMNS + more, *rows]))
        assert not table.faults, table.faults
        return table.trades

    return read


@pytest.fixture
def reckon(trades: Trades) -> Reckon:
    """The answer of rows of CSV, its certificate checked."""

    def answer(*rows: str, more: str = "", terms: Terms | None = None) -> ShortSwing:
        given = trades(*rows, more=more)
        found = short_swing(given, terms or Terms())
        assert found.proof.checked
        assert verify(found, given, terms or Terms())
        assert found == short_swing(given[::-1], terms or Terms())
        assert found.greedy <= found.profit <= found.profit_if_all_count
        return found

    return answer


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """Worked examples of the law, computed elsewhere."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
    return loaded
