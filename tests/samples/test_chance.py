from __future__ import annotations

from collections import Counter
from decimal import Decimal

from section16.samples.chance import Chance, Mix, decimal


def test_the_same_seed_and_words_draw_the_same() -> None:
    one, other = Chance(16, "block", 3), Chance(16, "block", 3)
    assert [one.below(1_000) for _ in range(5)] == [other.below(1_000) for _ in range(5)] == [179, 473, 595, 667, 738]


def test_streams_differ_by_seed_and_by_word() -> None:
    firsts = {Chance(seed, "block", block).fraction() for seed in (1, -1, 2) for block in range(3)}
    assert len(firsts) == 9


def test_a_mix_is_drawn_by_weight_and_never_what_weighs_nothing() -> None:
    chance, mix = Chance(1), Mix([("often", 9), ("never", 0), ("rarely", 1)])
    drawn = Counter(chance.drawn(mix) for _ in range(5_000))
    assert set(drawn) == {"often", "rarely"}
    assert 400 < drawn["rarely"] < 600
    assert mix.at(0.0) == "often"
    assert mix.at(0.9999999999999999) == "rarely"


def test_bounds_are_included() -> None:
    chance = Chance(2)
    assert {chance.between(1, 3) for _ in range(100)} == {1, 2, 3}
    assert {chance.decimal(99, 101, 2) for _ in range(100)} == {Decimal("0.99"), Decimal("1.00"), Decimal("1.01")}


def test_decimals_keep_their_places() -> None:
    assert str(decimal(66_903, 3)) == "66.903"
    assert str(decimal(1_200, 2)) == "12.00"
