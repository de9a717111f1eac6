"""Holdings rolled forward: events, splits, gaps with drafts, as-of days, and what is said of what doesn't fit."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from made_reports import made
from section16.compliance.holdings import PositionHeld, RollForward, roll_forward
from section16.positions import Change, Split
from section16.reading import Filing

FORM_3 = made(
    "3",
    "2026-01-12",
    ["H =15000", "H =500 [I By Spouse]", "H =1000 [II Option 12.50 2033-01-02]"],
    period="2026-01-05",
    number=9,
)
REPORTS = (
    FORM_3,
    made("4", "2026-01-20", ["A 2026-01-15 A5000 @0 =20000"]),
    made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =19000", "H =500 [I By Spouse]"]),
    made("4/A", "2026-03-09", ["S 2026-03-02 D1000 @10.50 =19000"], original="2026-03-04", period="2026-03-02"),
    made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950"]),
    made(
        "4", "2026-08-04", ["S 2026-08-01 D2000 @10 =35900", "M 2026-08-01 D400 @0 =1600 [II Option 6.25 2033-01-02]"]
    ),
)
SPLIT = Split(day=date(2026, 6, 15), factor=Fraction(2))
REINVESTED = Change(day=date(2026, 4, 1), shares=Decimal(250), why="16a-11", title="common stock", held="D", row=2)


def direct(answer: RollForward) -> PositionHeld:
    return next(each for each in answer.holdings[0].positions if (each.table, each.ownership) == ("I", "D"))


def test_reports_events_and_splits_make_one_line_of_steps() -> None:
    answer = roll_forward(REPORTS, changes=[REINVESTED], splits=[SPLIT])
    held = direct(answer)
    assert [(step.status, step.after) for step in held.steps] == [
        ("start", Decimal(15000)),
        ("continuous", Decimal(20000)),
        ("continuous", Decimal(19000)),
        ("event", Decimal(19250)),
        ("explained_change", Decimal(18950)),
        ("event", Decimal(37900)),
        ("explained_split", Decimal(35900)),
    ]
    assert (held.balance, held.computed, held.unexplained) == (Decimal(35900), Decimal(35900), Decimal(0))
    assert not any(step.corrections for step in held.steps)


def test_a_split_goes_on_after_the_last_report_and_halves_the_price_of_options() -> None:
    held = {
        (each.security, each.ownership): each for each in roll_forward(REPORTS, splits=[SPLIT]).holdings[0].positions
    }
    assert held["Common Stock", "I"].balance == 1000
    assert (held["Option", "D"].balance, held["Option", "D"].strike) == (Decimal(1600), "6.25")
    assert [step.status for step in held["Option", "D"].steps] == ["start", "event", "explained_split"]


def test_a_gap_is_counted_and_drafts_say_what_would_close_it() -> None:
    held = direct(roll_forward(REPORTS, splits=[SPLIT]))
    assert (held.balance, held.computed, held.unexplained) == (Decimal(35900), Decimal(35400), Decimal(500))
    (gap,) = [step for step in held.steps if step.status == "gap"]
    footnote, amendment, late = gap.corrections
    assert "Includes 250 shares acquired since 2026-03-02" in footnote.text
    assert (amendment.kind, amendment.form, amendment.accession) == ("amendment", "4/A", REPORTS[4].accession)
    assert (amendment.owned_as_filed, amendment.owned_corrected) == (Decimal(18950), Decimal(18700))
    assert (late.kind, "(A), 250 shares" in late.text) == ("late_report", True)
    assert all(one.cites and one.basis and one.if_ for one in gap.corrections)


def test_where_the_next_report_takes_the_gap_back_an_amendment_comes_first() -> None:
    wrong = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950"])
    back = made("4", "2026-06-22", ["F 2026-06-20 D300 @10 =18400"])
    held = direct(roll_forward([*REPORTS[:4], wrong, back]))
    assert [step.gap for step in held.steps[-2:]] == [250, -250]
    assert held.steps[-2].corrections[0].kind == "amendment"
    assert held.unexplained == 0


def test_a_doubled_balance_hints_at_a_split() -> None:
    held = direct(roll_forward(REPORTS))
    split = held.steps[-1].corrections[0]
    assert (split.kind, "2-for-1" in split.text, split.basis) == ("split", True, "memory")


def test_fewer_shares_than_expected_are_worded_the_other_way() -> None:
    lower = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18600"])
    footnote, _, late = direct(roll_forward([*REPORTS[:3], lower])).steps[-1].corrections
    assert "decrease of 100 shares" in footnote.text
    assert "(D), 100 shares" in late.text


def test_what_was_not_public_yet_does_not_count() -> None:
    held = direct(roll_forward(REPORTS, splits=[SPLIT], as_of=date(2026, 3, 5)))
    assert (held.balance, held.known_on, held.steps[-1].form) == (Decimal(19000), date(2026, 3, 2), "4")
    assert direct(roll_forward(REPORTS, as_of=date(2026, 3, 9))).steps[-1].form == "4/A"
    assert roll_forward(REPORTS, as_of=date(2025, 1, 1)).holdings == ()


def test_events_that_fit_nothing_or_too_much_are_named_and_left_out() -> None:
    nowhere = Change(day=date(2026, 4, 1), shares=Decimal(5), why="x", title="class b", row=2)
    anywhere = Change(day=date(2026, 4, 1), shares=Decimal(5), why="x", row=3)
    before = Change(day=date(2026, 1, 1), shares=Decimal(5), why="x", title="common stock", held="D", row=4)
    answer = roll_forward(REPORTS, changes=[nowhere, anywhere, before])
    assert [warning.split(")")[0] for warning in answer.warnings] == [
        "Event of row 2 (2026-04-01",
        "Event of row 3 (2026-04-01",
        "Event of row 4 (2026-01-01",
    ]
    assert direct(answer) == direct(roll_forward(REPORTS))


def test_a_holding_that_form_3_did_not_list_is_named() -> None:
    late = made("4", "2026-03-04", ["H =70 [I By Trust]", "S 2026-03-02 D1 @1 =14999"])
    (warning,) = roll_forward([FORM_3, late]).holdings[0].warnings
    assert warning.startswith("Common Stock (I By Trust) appears on 2026-03-04 with 70 owned before")


def test_a_form_3_without_securities_is_a_beginning_too() -> None:
    nothing = made("3", "2026-01-12", period="2026-01-05")
    bought = made("4", "2026-03-04", ["P 2026-03-02 A100 @1 =100"])
    more = made("4", "2026-03-04", ["P 2026-03-02 A100 @1 =130"])
    held = roll_forward([nothing, bought]).holdings[0]
    assert (held.begins_with_form_3, held.reports, held.warnings) == (True, 2, ())
    assert "with 30 owned before" in roll_forward([nothing, more]).holdings[0].warnings[0]
    assert roll_forward([nothing]).holdings[0].positions == ()


def test_an_exit_without_lines_is_known() -> None:
    left = made("4", "2026-09-04", left=True)
    assert roll_forward([FORM_3, left]).holdings[0].has_left


def test_without_form_3_the_beginning_is_said_to_be_unknown() -> None:
    held = roll_forward(REPORTS[1:]).holdings[0]
    assert not held.begins_with_form_3
    assert "No Form 3 is at hand" in held.warnings[0]


def test_superseded_lines_are_named() -> None:
    (said,) = roll_forward(REPORTS).holdings[0].amended
    assert said.startswith("Table I line 1 of the 4 of 2026-03-04")
    assert said.endswith("is superseded by the 4/A of 2026-03-09.")


def test_owners_are_told_apart_and_joint_owners_are_one_group() -> None:
    other = made("4", "2026-03-05", ["S 2026-03-02 D10 @1 =90"], owners=["33"])
    joint = made("4", "2026-03-06", ["S 2026-03-02 D10 @1 =90"], owners=["33", "22"])
    answer = roll_forward([FORM_3, other, joint])
    assert [held.owners for held in answer.holdings] == [("22",), ("22", "33"), ("33",)]
    assert [held.owners for held in roll_forward([FORM_3, other, joint], owner="33").holdings] == [
        ("22", "33"),
        ("33",),
    ]


def test_unknown_figures_stay_unknown() -> None:
    blank = made("4", "2026-03-04", ["S 2026-03-02 D100 @1 =?"])
    held = direct(roll_forward([blank]))
    assert (held.balance, held.computed) == (None, None)
    assert roll_forward([]).holdings == ()


@given(st.permutations(REPORTS))
def test_the_order_of_input_never_matters(filings: list[Filing]) -> None:
    assert roll_forward(filings, splits=[SPLIT]) == roll_forward(REPORTS, splits=[SPLIT])


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(1, 28)), min_size=1, max_size=6), st.randoms())
def test_the_two_balances_differ_by_what_is_unexplained(days: list[tuple[int, int]], chance: random.Random) -> None:
    owned, filings = Decimal(10_000), [made("3", "2026-01-12", ["H =10000"], period="2026-01-05", number=9)]
    for month, (change, day) in enumerate(days, 2):
        owned += change
        line = f"P 2026-{month:02}-{day:02} A{100 + chance.randrange(3)} @1 ={owned}"
        filings.append(made("4", f"2026-{month:02}-{day:02}", [line]))
    held = direct(roll_forward(filings))
    assert held.balance is not None
    assert held.computed is not None
    assert held.balance - held.computed == held.unexplained
