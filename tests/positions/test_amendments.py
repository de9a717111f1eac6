"""Amendments applied: the cases of the analytics reference, what can't be matched, and what is counted once."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_reports import made
from section16.positions import applied, in_force
from section16.reading import Filing

SOLD = "S 2026-03-02 D1000 @10 =9000"
SOLD_MORE = "S 2026-03-02 D500 @11 =8500"


def statuses(*filings: Filing) -> list[tuple[str, str]]:
    return [(f"{one.line.code or 'H'} {one.line.shares}", one.status.value) for one in applied(filings)]


def total(*filings: Filing) -> Decimal:
    return sum((one.line.shares or Decimal() for one in in_force(filings)), Decimal())


def original(*lines: str, day: str = "2026-03-04", number: int = 0) -> Filing:
    return made("4", day, lines, number=number)


def amendment(*lines: str, notes: tuple[str, ...] = (), day: str = "2026-03-20") -> Filing:
    return made("4/A", day, lines, notes=notes, original="2026-03-04", period="2026-03-02")


def test_a_corrected_line_supersedes_and_the_other_stays() -> None:
    filings = original(SOLD, SOLD_MORE), amendment("S 2026-03-02 D1000 @10.50 =9000")
    assert statuses(*filings) == [("S 1000", "superseded"), ("S 500", "stays"), ("S 1000", "supersedes")]
    assert total(*filings) == 1500
    assert [one.line.price for one in in_force(filings)] == [Decimal(11), Decimal("10.50")]


def test_a_holding_alone_supersedes_no_transaction() -> None:
    filings = original(SOLD), amendment("H =400 [I By Trust]")
    assert total(*filings) == 1000
    assert sorted(statuses(*filings)) == [("H None", "added"), ("S 1000", "stays")]


def test_what_is_restated_counts_once_and_what_is_new_is_added() -> None:
    filings = original(SOLD), amendment(SOLD, "G 2026-03-02 D200 =8800")
    assert statuses(*filings) == [("S 1000", "stays"), ("S 1000", "restates"), ("G 200", "added")]
    assert total(*filings) == 1200


def test_a_line_reported_in_error_is_withdrawn() -> None:
    filings = original(SOLD, SOLD_MORE), amendment(SOLD, notes=("The second line was reported in error.",))
    assert statuses(*filings) == [("S 1000", "stays"), ("S 500", "withdrawn"), ("S 1000", "restates")]
    assert total(*filings) == 1000


@pytest.mark.parametrize(
    ("note", "withdrawn"),
    [
        ("The price was reported in error.", False),
        ("The sale of 500 shares was reported in error.", True),
        ("The sale should not have been reported.", True),
        ("The amount of this line is corrected.", False),
    ],
)
def test_where_figures_are_corrected_too_only_words_about_a_line_withdraw_it(note: str, withdrawn: bool) -> None:
    filings = original(SOLD, SOLD_MORE), amendment("S 2026-03-02 D1000 @10.50 =9000", notes=(note,))
    assert (("S 500", "withdrawn") in statuses(*filings)) is withdrawn


def test_of_several_left_out_none_is_withdrawn_unless_several_are_spoken_of() -> None:
    first = original(SOLD, SOLD_MORE, "S 2026-03-02 D7 @12 =8493")
    one = amendment(SOLD, notes=("A sale was reported in error.",))
    both = amendment(SOLD, notes=("The other transactions were reported in error.",))
    assert total(first, one) == 1507
    assert total(first, both) == 1000


def test_an_empty_amendment_withdraws_the_only_line_by_its_words() -> None:
    assert total(original(SOLD), amendment(notes=("This Form 4 was filed in error.",))) == 0
    assert total(original(SOLD), amendment(notes=("Exhibit 24 is added.",))) == 1000


def test_a_corrected_day_supersedes() -> None:
    filings = original(SOLD), amendment("S 2026-03-03 D1000 @10 =9000")
    assert statuses(*filings) == [("S 1000", "superseded"), ("S 1000", "supersedes")]


def test_a_corrected_code_supersedes() -> None:
    assert total(original(SOLD), amendment("F 2026-03-02 D1000 @10 =9000")) == 1000


def test_another_transaction_of_another_day_and_number_is_added() -> None:
    assert total(original(SOLD), amendment("S 2026-03-03 D40 @10 =8960")) == 1040


def test_the_nearest_line_is_superseded_and_each_once() -> None:
    filings = original(SOLD, SOLD_MORE), amendment("S 2026-03-02 D501 @11 =8499", "S 2026-03-02 D999 @10 =9001")
    pairs = {(one.line.shares, one.other.shares if one.other else None) for one in applied(filings) if one.counts}
    assert pairs == {(Decimal(501), Decimal(500)), (Decimal(999), Decimal(1000))}


def test_a_second_amendment_corrects_the_first() -> None:
    first = amendment("S 2026-03-02 D900 @10 =9100")
    second = amendment("S 2026-03-02 D950 @10 =9050", day="2026-03-25")
    assert total(original(SOLD), first, second) == 950
    assert total(second, first, original(SOLD)) == 950


def test_an_amendment_may_name_the_date_of_an_amendment() -> None:
    first = amendment("S 2026-03-02 D900 @10 =9100")
    second = made("4/A", "2026-03-25", ["S 2026-03-02 D950 @10 =9050"], original="2026-03-20", period="2026-03-02")
    assert total(original(SOLD), first, second) == 950


@pytest.mark.parametrize(
    "other",
    [
        made("4/A", "2026-03-20", [SOLD], original="2026-03-05", period="2026-03-02"),
        made("4/A", "2026-03-20", [SOLD], original="2026-03-04", period="2026-03-01"),
        made("4/A", "2026-03-20", [SOLD], original="", period="2026-03-02"),
    ],
    ids=["other day", "other period", "no day"],
)
def test_without_its_original_an_equal_event_counts_once(other: Filing) -> None:
    assert total(original(SOLD), other) == 1000
    assert ("S 1000", "amendment_unmatched") in statuses(original(SOLD), other)
    assert total(other) == 1000


def test_without_its_original_another_event_counts() -> None:
    other = made("4/A", "2026-03-20", ["S 2026-03-02 D77 @10 =1"], original="2026-02-05", period="2026-03-02")
    assert total(original(SOLD), other) == 1077


def test_of_two_originals_none_is_chosen() -> None:
    twins = original(SOLD, number=1), original(SOLD_MORE, number=2)
    other = amendment("S 2026-03-02 D900 @10 =9100")
    assert ("S 900", "amendment_unmatched") in statuses(*twins, other)
    assert total(*twins, other) == 2400


def test_another_owner_s_report_is_no_original() -> None:
    other = made("4/A", "2026-03-20", [SOLD], original="2026-03-04", period="2026-03-02", owners=["33"])
    assert total(original(SOLD), other) == 2000


def test_one_owner_in_common_is_enough() -> None:
    joint = made("4", "2026-03-04", [SOLD], owners=["22", "33"])
    assert total(joint, amendment("S 2026-03-02 D900 @10 =9100")) == 900


def test_a_filing_given_twice_counts_once() -> None:
    one = original(SOLD)
    loose = made("4", "2026-03-04", [SOLD], loose=True)
    assert total(one, one, loose) == 1000
    assert total(loose, loose) == 1000


def test_a_report_filed_twice_counts_once_and_a_second_trade_alike_counts() -> None:
    again = original(SOLD, "S 2026-03-03 D5 @9 =1", day="2026-03-05")
    assert total(original(SOLD), again) == 1005
    assert ("S 1000", "repeats") in statuses(original(SOLD), again)
    assert total(original(SOLD), original("S 2026-03-02 D1000 @10 =8000", day="2026-03-05")) == 2000
    assert total(original(SOLD, SOLD)) == 2000
    assert total(original(SOLD, SOLD), original(SOLD, SOLD, SOLD, day="2026-03-05")) == 3000
    assert total(original(SOLD), made("4", "2026-03-05", [SOLD], owners=["33"])) == 2000


def test_a_loose_original_is_found_by_its_signature() -> None:
    loose = made("4", "2026-03-03", [SOLD], loose=True)
    assert total(loose, amendment("S 2026-03-02 D900 @10 =9100")) == 900


def test_nothing_gives_nothing() -> None:
    assert applied([]) == []


LINES = st.sampled_from([SOLD, SOLD_MORE, "G 2026-03-02 D200 =8800", "H =400 [I By Trust]", "S 2026-03-03 D5 @9 =1"])
REPORTS = st.lists(
    st.builds(
        lambda form, day, lines, note: made(
            form,
            f"2026-03-{day:02}",
            lines,
            original="2026-03-04" if form == "4/A" else "",
            period="2026-03-02",
            notes=("A line was reported in error.",) if note else (),
        ),
        st.sampled_from(["4", "4", "4/A"]),
        st.sampled_from([4, 5, 9]),
        st.lists(LINES, max_size=3),
        st.booleans(),
    ),
    max_size=6,
)


@given(REPORTS, st.randoms())
def test_the_order_of_input_never_matters(filings: list[Filing], chance: random.Random) -> None:
    mixed = list(filings)
    chance.shuffle(mixed)
    by_id = {filing.accession: filing for filing in filings}.values()
    if len(by_id) == len(filings):
        assert applied(mixed) == applied(filings)


@given(REPORTS)
def test_every_line_has_one_fate_and_counts_at_most_once(filings: list[Filing]) -> None:
    distinct = list({filing.accession: filing for filing in filings}.values())
    found = applied(distinct)
    places = [(one.line.report.id, one.line.place) for one in found]
    assert len(places) == len(set(places))
    assert len(places) == sum(len(one.document.table_one) for one in distinct)
    in_place = {one.line.place + one.line.report.id for one in found if one.counts}
    for one in found:
        if one.status.value in {"superseded", "withdrawn", "restates"}:
            assert one.line.place + one.line.report.id not in in_place
        if one.status.value == "superseded" and one.other is not None:
            fate = next(each for each in found if each.line == one.other)
            assert fate.status.value != "supersedes" or fate.other == one.line
