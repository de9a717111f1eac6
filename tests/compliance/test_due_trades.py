"""A person's trades together: small acquisitions, trades after leaving, trades before the first registration."""

from __future__ import annotations

from datetime import date

import pytest

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
