"""A person's trades together: small acquisitions, trades after leaving, trades before the first registration."""

from __future__ import annotations

from datetime import date

import pytest

from section16.compliance.due_dates import ForeignInsider
from section16.compliance.due_trades import Person, dues_of
from section16.compliance.due_trades_table import read_trades
from section16.errors import SourceError

HEADER = "date,code,acquired_disposed,shares,price\n"


def dues(rows: str, person: Person = Person()) -> list[str]:  # noqa: B008 - a frozen record
    answers = dues_of(read_trades(HEADER + rows, "t.csv"), person)
    return [f"{one.form} {one.due}" if one.due else one.status for one in answers]


def test_small_purchases_wait_for_form_5() -> None:
    year = Person(year_end=date(2025, 12, 31))
    assert dues("2026-03-02,P,A,100,40\n", year) == ["5 2027-02-16"]
    assert dues("2026-03-02,P,A,100,40\n") == ["cannot be said"]


def test_the_purchase_that_passes_ten_thousand_brings_all_due() -> None:
    rows = "2026-03-02,P,A,100,40\n2026-04-06,L,A,100,40\n2026-06-15,P,A,100,40\n"
    assert dues(rows) == ["4 2026-06-17"] * 3


def test_a_sale_brings_them_due() -> None:
    assert dues("2026-03-02,P,A,100,40\n2026-04-06,S,D,10,45\n") == ["4 2026-04-08"] * 2


def test_a_grant_before_doesn_t_count_into_the_sum() -> None:
    assert dues("2026-03-02,A,A,5000,0\n2026-03-03,P,A,100,40\n")[1] == "cannot be said"


def test_after_leaving_only_an_opposite_trade_within_six_months_is_reported() -> None:
    person = Person(left=date(2026, 6, 30))
    rows = "2026-05-11,S,D,500,30\n2026-09-14,P,A,500,22\n"
    assert dues(rows, person) == ["4 2026-05-13", "4 2026-09-16"]
    rows = "2026-05-11,S,D,500,30\n2026-11-10,P,A,500,22\n"
    assert dues(rows, person)[1] == "not owed"
    assert dues("2026-05-11,S,D,500,30\n2026-09-14,S,D,500,22\n", person)[1] == "not owed"
    assert dues("2026-05-11,S,D,500,30\n2026-09-14,A,A,500,22\n", person)[1] == "not owed"


def test_before_the_first_registration_a_trade_is_reported_with_the_one_that_follows() -> None:
    person = Person(registered=date(2026, 4, 15))
    rows = "2026-01-20,P,A,1000,80\n2026-06-08,S,D,1000,14\n"
    assert dues(rows, person) == ["4 2026-06-10", "4 2026-06-10"]
    assert dues("2026-01-20,P,A,1000,80\n2026-07-20,S,D,1000,14\n", person)[0] == "not owed"
    assert dues("2025-10-01,P,A,1000,80\n2026-04-20,S,D,1000,14\n", person)[0] == "not owed"
    ten = Person(registered=date(2026, 4, 15), role="ten-percent")
    assert dues(rows, ten)[0] == "not owed"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no header"),
        ("date,code,shares,price\n", "no column acquired_disposed"),
        (HEADER + "2026-02-30,P,A,1,1\n", "line 2, column 1"),
        (HEADER + "2026-02-27,Q,A,1,1\n", "line 2, column 2"),
        (HEADER + "2026-02-27,P,X,1,1\n", "line 2, column 3"),
        (HEADER + "\n2026-02-27,P,A,-5,1\n", "line 3, column 4"),
        (HEADER + "2026-02-27,P,A,5,one\n", "line 2, column 5"),
        (HEADER + ",P,A,5,1\n", "date is blank"),
        ("date,code,acquired_disposed,notified\n2026-02-27,P,A,2026-02-20\n", "before the trade"),
        ("date,code,acquired_disposed,exempt\n2026-02-27,P,A,maybe\n", "neither yes nor no"),
    ],
)
def test_a_fault_of_the_table_says_row_and_column(text: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_trades(text, "t.csv")
    assert said in str(caught.value)


def test_tables_of_spreadsheets_are_read() -> None:
    header = "\ufeffDate,Code,Acquired Disposed,Shares,Price,Broker\r\n"
    text = header + '2026-03-02,p,a,"1,000",$9.50,X\r\n2026-03-03,P,A,5,\r\n'
    first, second = read_trades(text, "t.csv")
    assert str(first.worth) == "9500.00"
    assert second.price is None


def test_foreign_insiders_small_purchases_follow_the_orders_too() -> None:
    rows = "2026-03-17,P,A,5000,10\n2026-04-15,P,A,5000,10\n2026-05-20,P,A,100,10\n"
    assert dues(rows, Person(foreign=ForeignInsider())) == ["not owed", "4 2026-04-17", "cannot be said"]
    exempt = ForeignInsider(jurisdiction="CA", covered=True)
    assert dues(rows, Person(foreign=exempt)) == ["not owed"] * 3
    later = ForeignInsider(jurisdiction="AU", covered=True)
    assert dues(rows, Person(foreign=later)) == ["not owed", "4 2026-04-17", "not owed"]
    assert dues(rows, Person(foreign=ForeignInsider(role="ten-percent"))) == ["not owed"] * 3


def test_a_foreign_issuer_that_registers_later_is_looked_back_at() -> None:
    person = Person(registered=date(2026, 6, 1), foreign=ForeignInsider())
    assert dues("2026-02-02,P,A,5000,10\n2026-06-08,S,D,5000,14\n", person) == ["4 2026-06-10", "4 2026-06-10"]


def test_small_purchases_add_up_within_their_class_only() -> None:
    year = Person(year_end=date(2026, 12, 31))
    head = "date,code,acquired_disposed,shares,price,security\n"
    text = head + "2026-03-02,P,A,600,10,Class A\n2026-03-03,P,A,600,10,Class B\n2026-03-04,P,A,600,10,CLASS A\n"
    answers = dues_of(read_trades(text, "t.csv"), year)
    assert [str(one.due) for one in answers] == ["2026-03-06", "2027-02-16", "2026-03-06"]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("2026-07-15,P,A,600,10", "4 2026-07-17"),
        ("2026-07-16,P,A,600,10", "5 2027-02-16"),
        ("2026-07-15,S,D,1,10", "4 2026-07-17"),
        ("2026-07-16,S,D,1,10", "5 2027-02-16"),
        ("2026-03-02,H,D,1,10", "4 2026-03-04"),
        ("2026-03-02,G,D,1,0", "5 2027-02-16"),
        ("2026-03-02,F,D,1,10", "5 2027-02-16"),
    ],
)
def test_what_ends_the_waiting_of_a_purchase_of_15_january(second: str, found: str) -> None:
    assert dues(f"2026-01-15,P,A,600,10\n{second}\n", Person(year_end=date(2026, 12, 31)))[0] == found


def test_the_tail_knows_which_codes_are_exempt() -> None:
    person = Person(left=date(2026, 6, 30))
    sold = "2026-05-11,S,D,500,30\n"
    assert dues(sold + "2026-09-14,O,A,500,22\n", person)[1] == "4 2026-09-16"
    assert dues(sold + "2026-09-14,J,A,500,22\n", person)[1] == "cannot be said"
    assert dues(sold + "2026-11-10,J,A,500,22\n", person)[1] == "not owed"
    assert dues(sold + "2026-09-14,M,A,500,22\n", person)[1] == "not owed"


def test_a_swap_is_due_by_the_code_that_leads() -> None:
    assert dues("2026-03-02,P/K,A,5000,10\n2026-03-02,S/K,D,5000,10\n") == ["4 2026-03-04"] * 2
