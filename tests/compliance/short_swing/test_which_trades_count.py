from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import pytest

from section16.codes import transaction_codes
from section16.compliance.short_swing import Insider, Status, Terms
from section16.law.matching_codes import code_rules

if TYPE_CHECKING:
    from tests.compliance.short_swing.conftest import Reckon


def test_every_transaction_code_has_its_rule() -> None:
    assert set(code_rules()) == set(transaction_codes())


@pytest.mark.parametrize("code", ["P", "L", "O", "P/K", "P V"])
def test_purchases_count(code: str, reckon: Reckon) -> None:
    answer = reckon(f"2026-03-02,{code},A,100,10", "2026-05-04,S,D,100,15")
    assert answer.profit == 500
    assert not answer.undecided
    assert not answer.excluded


@pytest.mark.parametrize("code", ["G", "W", "Z", "M", "C", "X", "V"])
def test_exempt_codes_are_left_out_with_a_citation(code: str, reckon: Reckon) -> None:
    answer = reckon(f"2026-03-02,{code},A,100,10", "2026-05-04,S,D,100,15")
    assert answer.profit == answer.profit_if_all_count == 0
    assert [bool(one.why and one.cites and one.basis) for one in answer.excluded] == [True]


@pytest.mark.parametrize("code", ["A", "I", "J", "K"])
def test_codes_that_need_a_fact_are_undecided_until_it_is_given(code: str, reckon: Reckon) -> None:
    rows = [f"2026-03-02,{code},A,100,10,", "2026-05-04,S,D,100,15,"]
    answer = reckon(*rows, more=",exempt")
    assert answer.profit == 0
    assert answer.profit_if_all_count == 500
    assert answer.undecided[0].missing
    assert reckon(rows[0] + "no", rows[1], more=",exempt").profit == 500
    assert reckon(rows[0] + "yes", rows[1], more=",exempt").profit_if_all_count == 0


def test_a_ten_percent_owner_cannot_use_the_exemption_of_officers(reckon: Reckon) -> None:
    terms = Terms(insider=Insider(status=Status.TEN_PERCENT))
    more = ",exempt,owned_before,outstanding"
    rows = ["2026-03-02,A,A,100,10,,500,1000", "2026-05-04,S,D,100,15,,600,1000"]
    assert reckon(*rows, more=more, terms=terms).profit == 500
    claimed = reckon(rows[0].replace("10,,500", "10,yes,500"), rows[1], more=more, terms=terms)
    assert claimed.profit == 0
    assert claimed.profit_if_all_count == 500
    unknown = reckon("2026-03-02,P,A,100,10,,,", rows[1], more=more, terms=terms)
    assert "more than 10%" in unknown.undecided[0].missing[0]


def test_a_missing_price_is_named_not_guessed(reckon: Reckon) -> None:
    answer = reckon("2026-03-02,P,A,100,", "2026-05-04,S,D,100,15")
    assert answer.profit == answer.profit_if_all_count == 0
    assert (answer.undecided[0].missing, answer.undecided[0].counted_if_all) == (("the price",), False)


def test_a_code_and_a_direction_that_contradict_are_asked_about(reckon: Reckon) -> None:
    answer = reckon("2026-03-02,P,D,100,10", "2026-05-04,S,D,100,15")
    assert "contradict" in answer.undecided[0].missing[0]
    assert answer.profit == 0


def test_before_becoming_an_insider_nothing_counts(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,100,10", "2026-05-04,S,D,100,15"]
    for became, profit in (("2026-03-02", 500), ("2026-03-03", 0)):
        assert reckon(*rows, terms=Terms(insider=Insider(became=date.fromisoformat(became)))).profit == profit


def test_insiders_of_foreign_private_issuers_owe_nothing_under_16b(reckon: Reckon) -> None:
    answer = reckon("2026-03-02,P,A,100,10", "2026-05-04,S,D,100,15", terms=Terms(insider=Insider(foreign=True)))
    assert answer.profit == 0
    assert len(answer.excluded) == 2


def test_trades_after_the_last_day_looked_at_are_left_out(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,100,10", "2026-05-04,S,D,100,15"]
    assert reckon(*rows, terms=Terms(as_of=date(2026, 5, 4))).profit == 500
    assert reckon(*rows, terms=Terms(as_of=date(2026, 5, 3))).profit == 0


def test_classes_are_matched_apart_and_said(reckon: Reckon) -> None:
    rows = ["2026-03-02,P,A,100,10,Class A Common Stock", "2026-05-04,S,D,100,15,Class B Common Stock"]
    apart = reckon(*rows, more=",security")
    assert apart.profit == 0
    assert any("different classes" in warning for warning in apart.warnings)
    assert reckon(*rows, more=",security", terms=Terms(one_class=True)).profit == 500
    spelled = ["2026-03-02,P,A,100,10,Common Stock", '2026-05-04,S,D,100,15,"Common stock, par value $0.01"']
    assert reckon(*spelled, more=",security").profit == 500
    unsaid = reckon(*rows, "2026-05-05,S,D,100,15,", more=",security")
    assert unsaid.undecided[0].row == 4
    assert not unsaid.undecided[0].counted_if_all


def test_weighted_averages_are_bounded_by_their_range(reckon: Reckon) -> None:
    answer = reckon("2026-03-02,P,A,100,10,9.50,10.40", "2026-05-04,S,D,100,15,14.60,15.55", more=",low,high")
    assert answer.profit == 500
    assert answer.profit_at_most == 605


def test_no_trade_and_no_pair_are_no_clearance(reckon: Reckon) -> None:
    for rows in ([], ["2026-03-02,P,A,100,10"]):
        answer = reckon(*rows)
        assert answer.profit == 0
        assert answer.says.startswith("None found in these trades")
        assert answer.assumptions


def test_whether_another_pairing_reaches_the_same_is_what_trying_all_says(reckon: Reckon) -> None:
    days = ["2026-01-05", "2026-03-02", "2026-07-20", "2026-11-02"]
    seen = set()
    for prices in itertools.product((1, 2), (1, 2), (2, 3), (2, 3)):
        for order in itertools.permutations(range(4)):
            rows = [
                f"{days[order[number]]},{'P,A' if number < 2 else 'S,D'},1,{price}"
                for number, price in enumerate(prices)
            ]
            answer = reckon(*rows)
            best = ways(rows)
            assert answer.another_pairing is (best > 1), rows
            seen.add(answer.another_pairing)
    assert seen == {True, False}


def ways(rows: list[str]) -> int:
    """In how many ways two purchases and two sales of one share reach the greatest profit."""
    from section16.compliance.short_swing import within_six_months  # noqa: PLC0415

    cells = [row.split(",") for row in rows]
    gains = {}
    for one, two in itertools.product((0, 1), (2, 3)):
        gain = int(cells[two][4]) - int(cells[one][4])
        if gain > 0 and within_six_months(date.fromisoformat(cells[one][0]), date.fromisoformat(cells[two][0])):
            gains[one, two] = gain
    chosen = [
        pairs
        for count in range(3)
        for pairs in itertools.combinations(gains, count)
        if len({one for one, _ in pairs}) == len({two for _, two in pairs}) == count
    ]
    sums = [sum(gains[pair] for pair in pairs) for pairs in chosen]
    return sums.count(max(sums))


def test_a_ten_percent_owner_has_no_look_back(reckon: Reckon) -> None:
    rows = ["2026-01-20,P,A,1000,8,200000,1000000", "2026-06-08,S,D,1000,14,201000,1000000"]
    owner = Insider(status=Status.TEN_PERCENT, registered=date(2026, 4, 15))
    answer = reckon(*rows, more=",owned_before,outstanding", terms=Terms(insider=owner))
    assert answer.profit == answer.profit_if_all_count == 0
    assert "no look-back" in answer.excluded[0].why
    after = Terms(insider=Insider(status=Status.TEN_PERCENT, registered=date(2026, 1, 20)))
    assert reckon(*rows, more=",owned_before,outstanding", terms=after).profit == 6000


@pytest.mark.parametrize(("became", "profit"), [("2025-04-15", 6000), ("2026-04-15", 6000), ("2026-05-15", 0)])
def test_who_became_an_insider_by_the_registration_is_looked_back_at(became: str, profit: int, reckon: Reckon) -> None:
    insider = Insider(became=date.fromisoformat(became), registered=date(2026, 4, 15))
    rows = ["2026-01-20,P,A,1000,8", "2026-06-08,S,D,1000,14"]
    assert reckon(*rows, terms=Terms(insider=insider)).profit == profit


def test_a_code_exempt_by_its_nature_that_is_said_not_to_be_is_undecided(reckon: Reckon) -> None:
    answer = reckon("2026-03-02,P,A,100,10,", "2026-05-04,G,D,100,15,no", more=",exempt")
    assert answer.profit == 0
    assert answer.profit_if_all_count == 500
    assert "exempt by its nature" in answer.undecided[0].missing[0]


@pytest.mark.parametrize(
    ("rows", "profit"),
    [
        (["2026-02-02,S,D,5,1.50,call,500,55,2026-06-19,", "2026-06-19,E,A,5,0,call,500,55,2026-06-19,"], 750),
        (["2026-02-02,S,D,5,1.50,put,500,55,2026-06-19,", "2026-06-19,E,A,5,0,put,500,55,2026-06-19,"], 750),
        (["2026-02-02,S,D,5,1.50,call,500,55,2026-09-18,", "2026-09-18,E,A,5,0,call,500,55,2026-09-18,"], 0),
        (["2026-02-02,P,A,5,1.50,call,500,55,2026-07-19,", "2026-06-19,H,D,5,4,call,500,55,2026-07-19,"], 1250),
        (["2026-02-02,P,A,5,1.50,call,500,55,2026-06-19,", "2026-06-19,H,D,5,0,call,500,55,2026-06-19,"], 0),
        (["2026-03-02,S,D,10,2,put,1000,50,2027-01-15,48", "2026-05-04,S,D,1000,58,stock,,,,58"], 10000),
        (["2026-03-02,P,A,10,2,put,1000,50,2027-01-15,60", "2026-05-04,P,A,1000,52,stock,,,,52"], 8000),
        (["2026-03-02,P,A,10,1000,convertible,1000,,,9", "2026-05-04,S,D,1000,13,stock,,,,"], 4000),
    ],
)
def test_derivative_securities_by_hand(rows: list[str], profit: int, reckon: Reckon) -> None:
    more = ",kind,underlying_shares,strike,expires,market_price"
    assert reckon(*rows, more=more).profit == profit
