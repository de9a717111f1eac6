from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.compliance.fills import Fill, Position, bands

COMMON = Position(security="Common Stock", ownership="D")
DAY = date(2026, 3, 2)


def fill(price: str, shares: str = "100", day: date = DAY, side: str = "S", **more: object) -> Fill:
    facts: dict[str, object] = {"position": COMMON, **more}
    return Fill(traded=day, side=side, shares=Decimal(shares), price=Decimal(price), **facts)  # type: ignore[arg-type]


def spans(fills: Sequence[Fill]) -> list[tuple[str, str]]:
    return [(str(band.low), str(band.high)) for band in bands(fills)]


def fewest(prices: Sequence[Decimal]) -> int:
    """By trying every way to cut the sorted prices into runs."""
    inner = sorted(prices)
    best = len(inner)
    for cuts in product((False, True), repeat=len(inner) - 1):
        runs, start = [], 0
        for place, cut in enumerate((*cuts, True), start=1):
            if cut:
                runs.append(inner[start:place])
                start = place
        if all(run[-1] - run[0] <= 1 for run in runs):
            best = min(best, len(runs))
    return best


def test_a_whole_dollar_is_still_one_band() -> None:
    assert spans([fill("14.01"), fill("15.01"), fill("14.50")]) == [("14.01", "15.01")]


def test_a_hundredth_of_a_cent_more_begins_another() -> None:
    assert spans([fill("14.01"), fill("15.0101")]) == [("14.01", "14.01"), ("15.0101", "15.0101")]


def test_bands_begin_at_the_lowest_price_without_a_place() -> None:
    prices = ["14.00", "14.90", "15.10", "16.05"]
    assert spans([fill(price) for price in prices]) == [("14.00", "14.90"), ("15.10", "16.05")]


def test_the_average_is_weighted_and_exact() -> None:
    (band,) = bands([fill("14.01", "1000"), fill("14.50", "500"), fill("15.01", "250")])
    assert band.price == Fraction(2001, 140)
    assert band.shares == 1750


@pytest.mark.parametrize(
    "other",
    [
        fill("14.00", day=date(2026, 3, 3)),
        fill("14.00", side="P"),
        fill("14.00", position=Position(security="Class B Common Stock", ownership="D")),
        fill("14.00", position=Position(security="Common Stock", ownership="I", nature="By Spouse")),
        fill("14.00", plan_adopted=date(2025, 9, 1)),
    ],
    ids=["day", "direction", "security", "ownership form", "plan"],
)
def test_what_may_not_share_a_line_does_not(other: Fill) -> None:
    assert len(bands([fill("14.00"), other])) == 2


def test_two_indirect_natures_are_two_lines() -> None:
    held = [Position(security="Common Stock", ownership="I", nature=nature) for nature in ("By Trust", "By Spouse")]
    assert [band.position.nature for band in bands([fill("14", position=one) for one in held])] == [
        "By Spouse",
        "By Trust",
    ]


def test_capitals_and_blanks_make_no_other_security() -> None:
    (band,) = bands([fill("14"), fill("14", position=Position(security="common  stock", ownership="D"))])
    assert band.position.security == "Common Stock"


def test_accounts_and_orders_do_not_divide() -> None:
    assert len(bands([fill("14", account="1", order="a"), fill("14.2", account="2", order="b")])) == 1


def test_of_no_fills_there_are_no_bands() -> None:
    assert bands([]) == []


PRICES = st.integers(1000, 1600).map(lambda cents: Decimal(cents).scaleb(-2))
FILLS = st.builds(
    lambda price, shares, day, side, nature: fill(
        str(price),
        str(shares),
        date(2026, 3, day),
        side,
        position=Position(security="Common Stock", ownership="I" if nature else "D", nature=nature),
    ),
    PRICES,
    st.decimals("0.01", "5000", places=2),
    st.integers(2, 4),
    st.sampled_from("PS"),
    st.sampled_from([None, "By Spouse", "By Trust"]),
)


@given(st.lists(PRICES, min_size=1, max_size=9))
def test_the_bands_are_as_few_as_can_be(prices: list[Decimal]) -> None:
    assert len(bands([fill(str(price)) for price in prices])) == fewest(prices)


@given(st.lists(FILLS, max_size=40))
def test_every_fill_has_one_band_and_none_is_wider_than_a_dollar(fills: list[Fill]) -> None:
    drawn = bands(fills)
    placed = [one for band in drawn for one in band.fills]
    assert len(placed) == len(fills)
    assert sum((band.shares for band in drawn), Decimal(0)) == sum((one.shares for one in fills), Decimal(0))
    worth = sum((Fraction(one.shares) * Fraction(one.price) for one in fills), Fraction(0))
    assert sum((band.price * Fraction(band.shares) for band in drawn), Fraction(0)) == worth
    for band in drawn:
        assert band.high - band.low <= 1
        assert {(one.traded, one.side, one.position.key) for one in band.fills} == {
            (band.traded, band.side, band.position.key)
        }


@given(st.lists(FILLS, max_size=30).flatmap(lambda fills: st.tuples(st.just(fills), st.permutations(fills))))
def test_the_order_of_the_fills_makes_no_difference(both: tuple[list[Fill], list[Fill]]) -> None:
    fills, shuffled = both
    assert bands(fills) == bands(shuffled)
