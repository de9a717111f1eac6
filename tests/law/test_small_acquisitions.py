"""Rule 16a-6: which small acquisitions may wait for Form 5, and when the waiting ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from section16.law import Dealing, waiting


def bought(day: str, worth: int | None, *, from_issuer: bool = False, reported: bool = False) -> Dealing:
    value = None if worth is None else Decimal(worth)
    return Dealing(date.fromisoformat(day), acquired=True, worth=value, from_issuer=from_issuer, reported=reported)


def sold(day: str) -> Dealing:
    return Dealing(date.fromisoformat(day), acquired=False)


def dues(*dealings: Dealing) -> list[str | None]:
    return [None if one is None or one.due is None else one.due.isoformat() for one in waiting(dealings)]


def waits(*dealings: Dealing) -> list[bool | None]:
    return [None if one is None else one.may_wait for one in waiting(dealings)]


def test_up_to_ten_thousand_dollars_may_wait() -> None:
    assert waits(bought("2026-03-02", 10_000)) == [True]
    assert dues(bought("2026-03-02", 10_001)) == ["2026-03-04"]


def test_the_one_that_passes_the_sum_ends_the_waiting_of_all() -> None:
    found = dues(bought("2026-03-02", 4_000), bought("2026-05-04", 4_000), bought("2026-06-15", 4_000))
    assert found == ["2026-06-17"] * 3


def test_after_six_months_the_sum_begins_anew() -> None:
    assert waits(bought("2026-01-05", 6_000), bought("2026-07-06", 6_000)) == [True, True]
    assert waits(bought("2026-01-05", 6_000), bought("2026-07-05", 6_000)) == [False, False]


def test_a_sale_within_six_months_ends_the_waiting() -> None:
    assert dues(bought("2026-03-02", 2_000), sold("2026-07-01")) == ["2026-07-06", None]
    assert waits(bought("2026-03-02", 2_000), sold("2026-09-03")) == [True, None]


def test_a_sale_before_makes_no_difference() -> None:
    assert waits(sold("2026-02-27"), bought("2026-03-02", 2_000)) == [None, True]


def test_what_comes_from_the_issuer_never_waits() -> None:
    assert dues(bought("2026-03-02", 100, from_issuer=True)) == ["2026-03-04"]


def test_what_was_reported_already_doesn_t_count() -> None:
    assert waits(bought("2026-03-02", 9_000, reported=True), bought("2026-03-03", 9_000)) == [None, True]


def test_an_unknown_price_leaves_it_open_unless_the_rest_is_too_much() -> None:
    assert waits(bought("2026-03-02", None)) == [None]
    assert waits(bought("2026-03-02", None), bought("2026-03-03", 10_001)) == [False, False]


def test_several_of_one_day_count_together() -> None:
    assert dues(bought("2026-03-02", 6_000), bought("2026-03-02", 6_000)) == ["2026-03-04"] * 2


def test_nothing_is_nothing() -> None:
    assert waiting([]) == []


DEALINGS = st.builds(
    Dealing,
    st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    acquired=st.booleans(),
    worth=st.one_of(st.none(), st.integers(1, 12_000).map(Decimal)),
)


@given(st.lists(DEALINGS, max_size=8), st.randoms())
def test_the_order_of_the_table_makes_no_difference(dealings: list[Dealing], random: object) -> None:
    order = list(range(len(dealings)))
    random.shuffle(order)  # type: ignore[attr-defined]
    answers = waiting(dealings)

    assert waiting([dealings[at] for at in order]) == [answers[at] for at in order]


@given(st.lists(DEALINGS, max_size=8))
def test_what_can_t_wait_is_due_after_the_day_that_ended_it(dealings: list[Dealing]) -> None:
    for dealing, answer in zip(dealings, waiting(dealings), strict=True):
        assert (answer is None) is not dealing.acquired
        if answer is not None and answer.may_wait is False:
            assert answer.failed_on is not None
            assert answer.due is not None
            assert dealing.day <= answer.failed_on < answer.due
