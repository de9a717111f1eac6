"""Worked examples E1 to E18 of the reference on Section 16(b)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from section16.compliance.short_swing import Insider, Status, Terms
from section16.positions import read_splits

if TYPE_CHECKING:
    from tests.compliance.short_swing.conftest import Reckon

DERIVATIVE = ",kind,underlying_shares,strike,expires,market_price"


def officer(left: date | None = None, registered: date | None = None) -> Terms:
    return Terms(insider=Insider(status=Status.OFFICER, left=left, registered=registered))


def test_the_vectors_come_out(vectors: dict[str, Any], reckon: Reckon) -> None:
    for case in vectors["profit"]:
        bought = [f"{day},P,A,{shares},{price}" for day, shares, price in case["P"]]
        sold = [f"{day},S,D,{shares},{price}" for day, shares, price in case["S"]]
        answer = reckon(*bought, *sold)
        assert (answer.profit, answer.greedy) == (case["max"], case["greedy"]), case["id"]


@pytest.mark.parametrize(("sold", "profit", "wide"), [("2027-02-26", 200, None), ("2027-02-27", 0, 200)])
def test_e3_month_ends_are_read_narrowly_and_flagged(sold: str, profit: int, wide: int | None, reckon: Reckon) -> None:
    answer = reckon("2026-08-31,P,A,100,10", f"{sold},S,D,100,12")
    assert answer.profit == profit
    assert answer.profit_wide == wide
    assert any("wide reading" in warning for warning in answer.warnings) is (wide is not None)


@pytest.mark.parametrize(("sold", "profit"), [("2026-06-29", 200), ("2026-06-30", 0), ("2026-07-01", 0)])
def test_e3_six_months_less_a_day_is_too_late(sold: str, profit: int, reckon: Reckon) -> None:
    assert reckon("2026-01-01,P,A,100,10", f"{sold},S,D,100,12").profit == profit


def test_e8_a_ten_percent_owner_counts_only_above_ten_percent_at_both_ends(reckon: Reckon) -> None:
    rows = [
        "2026-01-12,P,A,20000,10,90000,1000000",
        "2026-02-09,P,A,10000,11,110000,1000000",
        "2026-03-09,S,D,30000,15,120000,1000000",
        "2026-04-13,S,D,10000,18,90000,1000000",
    ]
    more = ",owned_before,outstanding"
    mere = reckon(*rows, more=more, terms=Terms(insider=Insider(status=Status.TEN_PERCENT)))
    assert mere.profit == 40_000
    assert [(one.row, "423 U.S. 232" in one.cites) for one in mere.excluded] == [(2, True), (5, False)]
    assert reckon(*rows, more=more, terms=Terms(insider=Insider(status=Status.DIRECTOR))).profit == 170_000


def test_exactly_ten_percent_is_not_more(reckon: Reckon) -> None:
    rows = ["2026-01-12,P,A,10,10,100,1000", "2026-02-12,S,D,10,11,101,1000"]
    terms = Terms(insider=Insider(status=Status.TEN_PERCENT))
    assert reckon(*rows, more=",owned_before,outstanding", terms=terms).profit == 0


@pytest.mark.parametrize("market", ["58", ""])
def test_e9_a_call_and_stock_are_measured_by_the_market_price(market: str, reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,10,4.00,call,1000,50,2027-01-15,50", f"2026-05-04,S,D,1000,58,stock,,,,{market}"]
    answer = reckon(*rows, more=DERIVATIVE)
    assert answer.profit == 8_000
    assert [pair.measure for pair in answer.pairs] == ["market"]


def test_without_a_market_price_a_call_is_not_matched_with_stock_and_asked_about(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,10,4.00,call,1000,50,2027-01-15,", "2026-05-04,S,D,1000,58,stock,,,,"]
    answer = reckon(*rows, more=DERIVATIVE)
    assert answer.profit == 0
    assert "market price" in answer.undecided[0].missing[0]


def test_e10_identical_calls_are_matched_at_their_premiums(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,10,3.00,call,1000,50,2027-01-15,", "2026-05-04,S,D,10,5.25,call,1000,50,2027-01-15,"]
    assert reckon(*rows, more=DERIVATIVE).profit == 2_250


@pytest.mark.parametrize("kind", ["call", "put"])
@pytest.mark.parametrize(("expired", "profit"), [("2026-06-19", 750), ("2026-09-18", 0)])
def test_e11_a_written_option_that_expires_within_six_months_costs_the_premium(
    kind: str, expired: str, profit: int, reckon: Reckon
) -> None:
    written = f"2026-02-02,S,D,5,1.50,{kind},500,50,{expired},"
    assert reckon(written, f"{expired},E,,5,,{kind},500,50,{expired},", more=DERIVATIVE).profit == profit
    alone = reckon(written, more=DERIVATIVE)
    assert alone.profit == 0
    assert alone.profit_if_all_count == profit


def test_e12_grants_withholding_and_gifts_are_left_out(reckon: Reckon) -> None:
    rows = [
        "2026-02-17,A,A,1000,0,yes",
        "2026-03-16,F,D,400,20,yes",
        "2026-04-06,P,A,200,18,",
        "2026-06-15,S,D,500,25,",
        "2026-06-16,G,D,100,,",
    ]
    answer = reckon(*rows, more=",exempt")
    assert answer.profit == answer.profit_if_all_count == 1_400
    assert [one.code for one in answer.excluded] == ["A", "F", "G"]
    asked = reckon(*[row.replace("yes", "") for row in rows], more=",exempt")
    assert asked.profit == 1_400
    assert asked.profit_if_all_count == 20_500
    assert [one.code for one in asked.undecided] == ["A", "F"]


def test_e13_a_split_restates_the_earlier_lot(reckon: Reckon) -> None:
    splits = read_splits("date,factor\n2026-04-01,2\n", "splits")
    answer = reckon("2026-03-02,P,A,100,40", "2026-05-04,S,D,150,25", terms=Terms(splits=splits))
    assert answer.profit == 750
    assert answer.pairs[0].purchase.shares == 200
    assert answer.pairs[0].purchase.price == 20


@pytest.mark.parametrize(("sold", "profit"), [("2026-06-08", 6_000), ("2026-07-18", 6_000), ("2026-07-20", 0)])
def test_e14_the_look_back_reaches_behind_the_first_registration(sold: str, profit: int, reckon: Reckon) -> None:
    answer = reckon("2026-01-20,P,A,1000,8", f"{sold},S,D,1000,14", terms=officer(registered=date(2026, 4, 15)))
    assert answer.profit == profit
    assert [one.row for one in answer.excluded] == ([] if profit else [2])


@pytest.mark.parametrize(("bought", "profit"), [("2026-09-14", 4_000), ("2026-11-09", 4_000), ("2026-11-10", 0)])
def test_e16_the_tail_reaches_back_into_office(bought: str, profit: int, reckon: Reckon) -> None:
    answer = reckon("2026-05-11,S,D,500,30", f"{bought},P,A,500,22", terms=officer(left=date(2026, 6, 30)))
    assert answer.profit == profit
    assert [one.row for one in answer.excluded] == ([] if profit else [3])


def test_two_trades_after_leaving_are_not_matched_with_each_other(reckon: Reckon) -> None:
    rows = ["2026-05-11,S,D,500,30", "2026-05-12,P,A,1,40", "2026-09-14,P,A,700,22", "2026-09-15,S,D,700,90"]
    answer = reckon(*rows, terms=officer(left=date(2026, 6, 30)))
    assert answer.profit == 500 * 8 + 50
    assert {(pair.purchase.row, pair.sale.row) for pair in answer.pairs} == {(4, 2), (3, 5)}


def test_e17_an_out_of_the_money_exercise_is_a_purchase(reckon: Reckon) -> None:
    assert reckon("2026-03-02,O,A,100,30", "2026-06-02,S,D,100,35").profit == 500


def test_e18_only_the_pecuniary_share_counts(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,10000,10,20%", "2026-06-02,S,D,10000,13,1/5"]
    assert reckon(*rows, more=",pecuniary_share").profit == 6_000


def test_thirds_of_shares_stay_exact(reckon: Reckon) -> None:
    splits = read_splits("date,factor\n2026-03-15,3\n", "splits")
    answer = reckon(
        "2026-03-02,P,A,1,10,1/7", "2026-03-20,S,D,1,9,1", more=",pecuniary_share", terms=Terms(splits=splits)
    )
    assert answer.profit_exact == "17/7"
    assert answer.profit == Decimal("2.4285714286")


def test_stock_beside_options_without_market_prices_is_matched_for_itself(reckon: Reckon) -> None:
    options = ["2026-03-02,P,A,10,3,call,1000,50,2027-01-15,", "2026-05-04,S,D,10,5,call,1000,50,2027-01-15,"]
    stock = ["2026-03-02,P,A,100,10,,,,,", "2026-05-04,S,D,100,15,,,,,"]
    answer = reckon(*options, *stock, more=DERIVATIVE)
    assert answer.profit == 2_000 + 500
    assert [pair.measure for pair in answer.pairs] == ["premium", "price"]
