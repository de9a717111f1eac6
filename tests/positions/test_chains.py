"""Positions followed: the reference's worked example, every status, the two readings, and the order of input."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_reports import made
from section16.errors import UsageError
from section16.positions import Chain, Change, Continuity, Split, chains, in_force, read_changes, read_splits
from section16.reading import Filing

TWO_FOR_ONE = Split(day=date(2026, 6, 15), factor=Fraction(2))


def found(*filings: Filing, splits: tuple[Split, ...] = (), changes: tuple[Change, ...] = ()) -> list[Chain]:
    return chains(in_force(filings), splits, changes)


def statuses(*filings: Filing, splits: tuple[Split, ...] = (), changes: tuple[Change, ...] = ()) -> list[list[str]]:
    return [[link.status.value for link in chain.links] for chain in found(*filings, splits=splits, changes=changes)]


WORKED = (
    made("4", "2026-01-20", ["A 2026-01-15 A5000 @0 =20000"]),
    made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =19000"]),
    made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950"]),
    made("4", "2026-08-04", ["S 2026-08-01 D2000 @10 =35900"]),
)


def test_the_worked_example() -> None:
    (chain,) = found(*WORKED, splits=(TWO_FOR_ONE,))
    rows: list[tuple[object, ...]] = [
        (link.statement.before, link.expected, link.gap, link.status) for link in chain.links
    ]
    assert rows == [
        (15000, None, None, Continuity.START),
        (20000, 20000, 0, Continuity.CONTINUOUS),
        (19250, 19000, 250, Continuity.GAP),
        (37900, 37900, 0, Continuity.EXPLAINED_SPLIT),
    ]


def test_a_footnote_that_states_the_number_explains() -> None:
    note = "The total includes 250 shares acquired under the employee stock purchase plan."
    noted = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950 [note 1]"], notes=(note,))
    (chain,) = found(*WORKED[:2], noted)
    assert chain.links[-1].status is Continuity.EXPLAINED_NOTE
    assert note.rstrip(".") in chain.links[-1].why


@pytest.mark.parametrize(
    "note",
    ["Sold at $250 a share.", "Adopted on 2/250/2026.", "Includes 2,500 shares.", "Includes 251 shares.", "250% more"],
)
def test_other_numbers_in_a_footnote_explain_nothing(note: str) -> None:
    noted = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950 [note 1]"], notes=(note,))
    assert statuses(*WORKED[:2], noted)[0][-1] == "gap"


def test_numbers_of_one_sentence_may_add_up() -> None:
    note = "Includes 100 shares acquired on March 31, 2026 and 150 shares acquired on April 30, 2026 by reinvestment."
    noted = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950 [note 1]"], notes=(note.replace(", 2026", ""),))
    assert statuses(*WORKED[:2], noted)[0][-1] == "gap"  # 100 + 31 + 150: dates stand between
    plain = made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =18950 [note 1]"], notes=("Includes 100 and 150 shares.",))
    assert statuses(*WORKED[:2], plain)[0][-1] == "explained_note"


@pytest.mark.parametrize(
    ("owned", "status"),
    [
        ("=19001", "rounding"),
        ("=19002", "gap"),
        ("=19001.8", "rounding"),
        ("=18998.1", "rounding"),
        ("=19021.5", "gap"),
    ],
)
def test_rounding_is_a_share_or_a_ten_thousandth_with_fractions(owned: str, status: str) -> None:
    assert statuses(*WORKED[:2], made("4", "2026-05-22", [f"H {owned}"]))[0][-1] == status


def test_what_one_holding_lacks_another_has() -> None:
    before = made("4", "2026-01-20", ["S 2026-01-15 D1 @1 =1000", "H =500 [I By Trust]"])
    after = made("4", "2026-02-20", ["S 2026-02-15 D1 @1 =599", "H =900 [I By Trust]"])
    assert statuses(before, after) == [["start", "explained_transfer"], ["start", "explained_transfer"]]
    new = made("4", "2026-02-20", ["S 2026-02-15 D1 @1 =599", "H =400 [I By Spouse]"])
    assert statuses(before, new) == [["start", "explained_transfer"], ["start"], ["start"]]
    other = made("4", "2026-02-20", ["S 2026-02-15 D1 @1 =599", "H =901 [I By Trust]"])
    assert statuses(before, other) == [["start", "gap"], ["start", "gap"]]


def test_a_late_report_closes_a_gap() -> None:
    late = made("4", "2026-09-01", ["P 2026-04-01 A250 @10 =19250"])
    assert statuses(*WORKED[:3], late)[0] == ["start", "continuous", "continuous", "late_or_amended"]


def test_a_late_report_with_today_s_balance_closes_a_gap_too() -> None:
    late = made("4", "2026-09-01", ["P 2026-04-01 A250 @10 =18950"])
    assert statuses(*WORKED[:3], late)[0] == ["start", "continuous", "late_or_amended", "late_or_amended"]


def test_a_form_5_may_give_the_balance_of_the_year_s_end() -> None:
    five = made("5", "2027-01-20", ["G 2026-04-01 A250 @0 =19200"], period="2026-12-31")
    assert statuses(*WORKED[:2], made("4", "2026-05-22", ["F 2026-05-20 D50 @1 =18950"]), five)[0] == [
        "start",
        "continuous",
        "continuous",
        "continuous",
    ]


def test_an_amendment_that_is_later_than_the_next_report_closes_a_gap() -> None:
    amended = made("4/A", "2026-09-01", ["S 2026-03-02 D750 @10 =19250"], original="2026-03-04", period="2026-03-02")
    assert statuses(*WORKED[:3], amended)[0] == ["start", "continuous", "late_or_amended"]


def test_a_split_explains_only_between_its_two_reports_and_in_its_class() -> None:
    early = Split(day=date(2026, 1, 10), factor=Fraction(2))
    other = Split(day=date(2026, 6, 15), factor=Fraction(2), title="class b")
    assert statuses(*WORKED, splits=(early,))[0][-1] == "gap"
    assert statuses(*WORKED, splits=(other,))[0][-1] == "gap"


def test_a_reverse_split_leaves_a_fraction_over() -> None:
    reverse = Split(day=date(2026, 6, 15), factor=Fraction(1, 10))
    after = made("4", "2026-08-04", ["H =1895"])
    assert statuses(*WORKED[:3], after, splits=(reverse,))[0][-1] == "explained_split"
    assert statuses(*WORKED[:2], made("4", "2026-08-04", ["H =1899"]), splits=(reverse,))[0][-1] == "rounding"


def test_a_change_that_is_given_explains() -> None:
    change = Change(day=date(2026, 4, 1), shares=Decimal(250), why="16a-11", title="common stock", held="D")
    assert statuses(*WORKED[:3], changes=(change,))[0][-1] == "explained_change"
    elsewhere = Change(day=date(2026, 4, 1), shares=Decimal(250), why="16a-11", held="I")
    assert statuses(*WORKED[:3], changes=(elsewhere,))[0][-1] == "gap"


@pytest.mark.parametrize("owned", [(900, 700, 400), (400, 400, 400)], ids=["running", "final"])
def test_both_readings_of_the_column_give_the_same_before(owned: tuple[int, ...]) -> None:
    lines = [f"S 2026-03-02 D{sold} @9 ={left}" for sold, left in zip((100, 200, 300), owned, strict=True)]
    (chain,) = found(made("4", "2026-03-04", lines))
    statement = chain.links[0].statement
    facts: tuple[object, ...] = statement.before, statement.after, statement.reading.value
    assert facts == (
        1000,
        400,
        "running" if owned[0] == 900 else "final",
    )


def test_lines_listed_backwards_are_read_forwards() -> None:
    lines = ["S 2026-03-03 D200 @9 =700", "S 2026-03-02 D100 @9 =900"]
    statement = found(made("4", "2026-03-04", lines))[0].links[0].statement
    assert (statement.before, statement.after) == (Decimal(1000), Decimal(700))


def test_balances_that_do_not_run_are_unclear_and_the_last_counts() -> None:
    lines = ["S 2026-03-02 D100 @9 =900", "S 2026-03-02 D100 @9 =555"]
    statement = found(made("4", "2026-03-04", lines))[0].links[0].statement
    assert (statement.reading.value, statement.before) == ("unclear", Decimal(755))


def test_unknown_stays_unknown() -> None:
    blank = made("4", "2026-03-04", ["S 2026-03-02 D? @9 =900"])
    after = made("4", "2026-04-04", ["S 2026-04-02 D100 @9 =800"])
    assert statuses(WORKED[0], blank, after)[0] == ["start", "unknown", "continuous"]
    two = made("4", "2026-03-04", ["H =900 [I By Trust]", "H =700 [I By Trust]"])
    assert statuses(two)[0] == ["unknown"]


def test_spelling_does_not_end_a_chain_and_another_holder_does() -> None:
    one = made("4", "2026-01-20", ["H =10 [title Common Stock, $0.01 par value] [I By ABC Partners, L.P.]"])
    two = made("4", "2026-02-20", ["H =10 [title COMMON STOCKS] [I ABC Partners LP]", "H =7 [I By Trust]"])
    assert statuses(one, two) == [["start", "continuous"], ["start"]]


def test_reworded_footnotes_do_not_end_a_chain_and_two_trusts_stay_two() -> None:
    one = made("4", "2026-01-20", ["H =10 [I By Trust] [nature 1]"], notes=("The A trust.",))
    two = made("4", "2026-02-20", ["H =10 [I By Trust] [nature 1]"], notes=("The A family trust.",))
    assert statuses(one, two) == [["start", "continuous"]]
    lines = ["H =10 [I By Trust] [nature 1]", "H =70 [I By Trust] [nature 2]"]
    both = made("4", "2026-02-20", lines, notes=("The A trust.", "The B trust."))
    assert sorted(statuses(one, both)) == [["start"], ["start", "continuous"]]


def test_options_are_told_apart_by_price_and_expiration() -> None:
    five, six = "[II Option 5 2030-01-01]", "[II Option 6.00 2030-01-01]"
    one = made("4", "2026-01-20", [f"A 2026-01-15 A100 @0 =100 {five}", f"A 2026-01-15 A50 @0 =50 {six}"])
    two = made("4", "2026-02-20", [f"M 2026-02-15 D40 @0 =60 {five}", f"M 2026-02-15 D10 @0 =40 {six}"])
    assert statuses(one, two) == [["start", "continuous"], ["start", "continuous"]]
    assert all(chain.is_series for chain in found(one, two))
    assert not found(made("4", "2026-01-20", ["A 2026-01-15 A9 @0 =9 [II RSU ? ?]"]))[0].is_series


def test_form_3_begins_and_counts_on_the_day_of_its_event() -> None:
    three = made("3", "2026-03-12", ["H =1000"], period="2026-03-02")
    four = made("4", "2026-03-11", ["S 2026-03-09 D100 @9 =900"])
    assert statuses(four, three) == [["start", "continuous"]]


REPORTS = st.lists(
    st.builds(
        lambda day, lines, form: made(
            form, f"2026-0{day[0]}-1{day[1]}", [line.replace("DAY", f"2026-0{day[0]}-0{day[1]}") for line in lines]
        ),
        st.tuples(st.integers(1, 9), st.integers(1, 9)),
        st.lists(
            st.sampled_from(
                [
                    "S DAY D100 @1 =900",
                    "P DAY A100 @1 =1000",
                    "H =500 [I By Trust]",
                    "H =600 [I By Trust]",
                    "S DAY D? @1 =?",
                ]
            ),
            min_size=1,
            max_size=3,
        ),
        st.sampled_from(["3", "4", "5"]),
    ),
    max_size=7,
)


@given(REPORTS, st.randoms())
def test_the_order_of_input_never_matters(filings: list[Filing], chance: random.Random) -> None:
    distinct = list({filing.accession: filing for filing in filings}.values())
    mixed = list(distinct)
    chance.shuffle(mixed)
    lines = in_force(distinct)
    chance.shuffle(lines)
    assert found(*mixed) == found(*distinct) == chains(lines)


@given(REPORTS)
def test_every_line_in_force_stands_in_one_chain(filings: list[Filing]) -> None:
    distinct = list({filing.accession: filing for filing in filings}.values())
    links = [link for chain in found(*distinct) for link in chain.links]
    transactions = [
        (one.report.id, one.place) for link in links for one in link.statement.lines if one.kind != "holding"
    ]
    assert len(transactions) == len(set(transactions))
    assert len(transactions) == sum(one.line.kind == "transaction" for one in in_force(distinct))
    for link in links:
        assert (link.status is Continuity.START) == (link.expected is None and link.statement.before is not None)


@pytest.mark.parametrize("text", ["2", "2:1", "2-for-1", "2 for 1", "4/2", "2.0"])
def test_a_split_s_factor_is_written_in_many_ways(text: str) -> None:
    (split,) = read_splits(f"date,factor\n2026-06-15,{text}\n", "splits.csv")
    assert split == TWO_FOR_ONE


def test_splits_and_changes_are_read_from_spreadsheets() -> None:
    text = '\ufeffDate,Factor,Security,note\r\n2026-06-15,1/10,"Common Stock, $0.01 par value",x\r\n\r\n'
    assert read_splits(text, "s.csv") == (Split(day=date(2026, 6, 15), factor=Fraction(1, 10), title="common stock"),)
    text = 'date,change,why,ownership,nature\n2026-04-01,"+1,250.5",16a-11,indirect,By Trust\n2026-04-02,x2,16a-9,,\n'
    one, two = read_changes(text, "c.csv")
    assert (one.shares, one.held, one.nature, one.row) == (Decimal("1250.5"), "I", "trust", 2)
    assert (two.shares, two.factor) == (Decimal(0), Fraction(2))
    assert read_splits("date,factor\n", "s.csv") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "row 1: there is no column date, factor"),
        ("date\n", "row 1: there is no column factor"),
        ("date,factor\n2026-02-30,2\n", "row 2, column date"),
        ("date,factor\n20260228,2\n", "row 2, column date"),
        ("date,factor\n2026-02-28,0\n", "row 2, column factor"),
        ("date,factor\n2026-02-28,-2\n", "row 2, column factor"),
        ("date,factor\n2026-02-28,2\n2026-02-28,1:0\n", "row 3, column factor"),
        ("date,factor\n2026-02-28,two\n", "row 2, column factor"),
        ('date,factor\n2026-02-28,"2\n', "row 2: it is no CSV"),
    ],
)
def test_bad_splits_are_named_by_row_and_column(text: str, place: str) -> None:
    with pytest.raises(UsageError, match=place):
        read_splits(text, "splits.csv")


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("2026-01-02,abc,16a-9,D", "row 2, column change"),
        ("2026-01-02,,16a-9,D", "row 2, column change"),
        ('2026-01-02,"1,00",16a-9,D', "row 2, column change"),
        ("2026-01-02,x0,16a-9,D", "row 2, column change"),
        ("2026-01-02,5,,D", "row 2, column why"),
        ("2026-01-02,5,16a-9,X", "row 2, column ownership"),
    ],
)
def test_bad_changes_are_named_by_row_and_column(row: str, place: str) -> None:
    with pytest.raises(UsageError, match=place):
        read_changes(f"date,change,why,ownership\n{row}\n", "changes.csv")
