from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from section16.compliance.short_swing import Insider, Status, Terms, read_plan, what_if
from section16.errors import UsageError

if TYPE_CHECKING:
    from tests.compliance.short_swing.conftest import Trades


def test_a_planned_sale_that_would_match_is_blocked_with_the_first_safe_date(trades: Trades) -> None:
    known = trades("2026-01-15,P,A,1000,10")
    found = what_if(known, read_plan("S 5000 @ 20.00 on 2026-03-03"))
    assert found.verdict == "blocked"
    assert found.adds == 10000
    assert found.adds_at_most == 10000
    assert [(pair.purchase.row, pair.sale.row, str(pair.shares)) for pair in found.pairs] == [(2, 0, "1000")]
    assert (found.unblocked_from, found.safe_from) == (date(2026, 7, 14), date(2026, 7, 16))


@pytest.mark.parametrize(
    ("day", "verdict", "adds", "at_most"),
    [
        ("2027-02-26", "blocked", 2000, 2000),
        ("2027-02-27", "blocked", 0, 2000),
        ("2027-02-28", "caution", 0, 0),
        ("2027-03-01", "caution", 0, 0),
        ("2027-03-02", "none found", 0, 0),
    ],
)
def test_a_month_end_is_read_wide_before_a_trade(
    day: str, verdict: str, adds: int, at_most: int, trades: Trades
) -> None:
    found = what_if(trades("2026-08-31,P,A,100,10"), read_plan(f"sell 100 shares at $30 on {day}"))
    assert found.verdict == verdict
    assert found.adds == adds
    assert found.adds_at_most == at_most
    assert found.safe_from == date(2027, 3, 2)


def test_a_purchase_before_a_known_sale_is_seen_too(trades: Trades) -> None:
    found = what_if(trades("2026-06-15,S,D,100,20"), read_plan("P 100 @ 10 on 2026-05-01"))
    assert found.verdict == "blocked"
    assert found.adds == 1000
    assert found.safe_from == date(2026, 12, 16)


def test_at_no_profit_there_is_still_caution(trades: Trades) -> None:
    found = what_if(trades("2026-01-15,P,A,1000,10"), read_plan("S 5000 @ 9 on 2026-03-03"))
    assert found.verdict == "caution"
    assert found.adds == 0
    assert "no liability" not in found.says


def test_what_may_count_blocks_as_well(trades: Trades) -> None:
    found = what_if(trades("2026-01-15,A,A,1000,0"), read_plan("S 10 @ 9 on 2026-03-03"))
    assert found.verdict == "blocked"
    assert found.adds == 0
    assert found.adds_at_most == Decimal(90)
    assert [block.is_certain for block in found.blocks] == [False]


def test_trades_of_the_same_way_block_nothing(trades: Trades) -> None:
    found = what_if(trades("2026-01-15,S,D,1000,10"), read_plan("S 10 @ 99 on 2026-03-03"))
    assert (found.verdict, found.safe_from) == ("none found", date(2026, 3, 3))


def test_after_leaving_only_trades_in_office_block(trades: Trades) -> None:
    terms = Terms(insider=Insider(status=Status.DIRECTOR, left=date(2026, 3, 1)))
    known = trades("2026-01-15,P,A,10,10", "2026-04-15,P,A,1000,10")
    found = what_if(known, read_plan("S 1000 @ 20 on 2026-05-01"), terms)
    assert found.adds == 100
    assert found.safe_from == date(2026, 7, 16)


@pytest.mark.parametrize(
    "text", ["", "S", "S 5000 @ 20", "X 1 @ 1 on 2026-01-01", "S 0 @ 1 on 2026-01-01", "S 1 @ 1 on 2026-02-30"]
)
def test_a_plan_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"S 5000 @ 20\.00 on 2026-03-03"):
        read_plan(text)


def test_of_several_classes_the_plan_has_to_say_of_which(trades: Trades) -> None:
    rows = ["2026-01-15,P,A,10,10,Class A", "2026-01-16,P,A,10,10,Class B"]
    known = trades(*rows, more=",security")
    with pytest.raises(UsageError, match="several classes"):
        what_if(known, read_plan("S 5 @ 20 on 2026-03-03"))
    assert what_if(known, read_plan("S 5 @ 20 on 2026-03-03 of Class B")).safe_from == date(2026, 7, 17)


def test_a_plan_for_a_day_after_the_last_one_looked_at_is_judged(trades: Trades) -> None:
    known = trades("2026-01-15,P,A,10,10", "2026-02-20,P,A,10,10")
    found = what_if(known, read_plan("S 20 @ 20 on 2026-03-03"), Terms(as_of=date(2026, 2, 1)))
    assert found.adds == 100


@pytest.mark.parametrize(
    ("row", "plan"),
    [("2026-03-02,A,A,100,0", "S 100 @ 9.00 on 2026-08-31"), ("2026-08-31,P,A,100,10", "S 100 @ 20 on 2027-02-27")],
)
def test_a_match_that_hangs_on_something_is_not_said_for_certain(row: str, plan: str, trades: Trades) -> None:
    found = what_if(trades(row), read_plan(plan))
    assert (found.verdict, found.adds) == ("blocked", Decimal(0))
    assert found.adds_at_most > 0
    assert found.says.startswith("It may match")
