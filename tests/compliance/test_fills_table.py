from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from section16.compliance.cells import read_amount
from section16.compliance.fills import Given, Position, read_balances, read_fills
from section16.compliance.fills.cells import read_moment
from section16.errors import SourceError
from section16.law import EASTERN


def faults(text: str) -> list[str]:
    return [str(one) for one in read_fills(text).faults]


def test_a_plain_table_is_read() -> None:
    (one,) = read_fills("date,side,shares,price\n2026-03-02,S,100,14.01\n").fills
    assert (one.traded, one.side, one.shares, one.price, one.line) == (
        date(2026, 3, 2),
        "S",
        Decimal(100),
        Decimal("14.01"),
        2,
    )
    assert one.position == Position(security="Common Stock", ownership="D")


def test_what_brokers_call_their_columns_is_known() -> None:
    text = (
        "\ufeffTrade Date;Buy/Sell;Filled Qty;Execution Price;Settlement Date;Order ID;Acct\r\n\r\n"
        '03/02/2026;Sold;"1,000";$14.01;03/03/2026;77;X1\r\n'
    )
    table = read_fills(text)
    (one,) = table.fills
    assert (one.traded, one.side, one.shares, one.price) == (date(2026, 3, 2), "S", Decimal(1000), Decimal("14.01"))
    assert (one.order, one.account, one.line) == ("77", "X1", 3)
    assert table.unused == ("Settlement Date",)


def test_the_amount_of_money_is_not_taken_for_shares_beside_a_quantity() -> None:
    text = "Date,Action,Symbol,Quantity,Price,Amount\n2026-03-02,Buy,LNQY,5,10.00,50.00\n"
    assert read_fills(text).fills[0].shares == 5


def test_several_symbols_without_titles_are_several_securities() -> None:
    text = "date,side,shares,price,symbol\n2026-03-02,S,1,2,GOOG\n2026-03-02,S,1,2,GOOGL\n"
    table = read_fills(text)
    assert [one.position.security for one in table.fills] == ["GOOG", "GOOGL"]
    assert table.assumed == ("the titles of the securities are their symbols (GOOG, GOOGL)",)


def test_what_holds_for_all_rows_may_be_given_aside() -> None:
    given = Given(side="P", security="Class A Common Stock", ownership="I", nature="By Trust")
    (one,) = read_fills("date,shares,price\n2026-03-02,1,2\n", given).fills
    assert one.side == "P"
    assert one.position == Position(security="Class A Common Stock", ownership="I", nature="By Trust")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-02-30,S,1,2", "date '2026-02-30' is no day of the calendar"),
        ("2027-02-29,S,1,2", "is no day of the calendar"),
        ("yesterday,S,1,2", "date 'yesterday' is no date"),
        (",S,1,2", "date is blank"),
        ("2026-03-02,G,1,2", "side 'G' is neither a purchase"),
        ("2026-03-02,sell short,1,2", "is a short sale, which section 16(c) forbids"),
        ("2026-03-02,,1,2", "side is blank"),
        ("2026-03-02,S,-5,2", "shares '-5' is negative"),
        ("2026-03-02,S,(5),2", "shares '(5)' is negative"),
        ("2026-03-02,S,0,2", "shares '0' is zero"),
        ("2026-03-02,S,1e3,2", "shares '1e3' is no number"),
        ("2026-03-02,S,1_0,2", "shares '1_0' is no number"),
        ('2026-03-02,S,"1,5",2', "shares '1,5' is no number"),
        ("2026-03-02,S,１０,2", "is no number"),  # noqa: RUF001 - full-width digits
        ("2026-03-02,S,1234567890123,2", "over 12 digits before"),
        ("2026-03-02,S,1,", "price is blank"),
        ("2026-03-02,S,1,NaN", "price 'NaN' is no number"),
        ("2026-03-02,S,1,0", "price '0' is zero"),
        ("2026-03-02,S,1,2,3", "row '3' stands beyond the last column"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(row: str, said: str) -> None:
    (fault,) = faults(f"date,side,shares,price\n2026-03-02,S,1,2\n{row}\n")
    assert said in fault
    assert "line 3" in fault


def test_the_column_is_named_by_number_and_header() -> None:
    (fault,) = read_fills("Date,Side,Qty,Fill Price\n2026-03-02,S,1,x\n").faults
    assert fault.where == {"line": 2, "column": 4, "path": "Fill Price"}


def test_all_faults_are_told_at_once() -> None:
    assert len(faults("date,side,shares,price\nx,y,z,\n2026-03-02,S,1,2\n?,S,1,1\n")) == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no header"),
        ("\n\n", "there is no header"),
        ("date,side,shares\n", "there is no column price"),
        ("2026-03-02,S,1,2\n", "there is no column date"),
        ('date,side,shares,price\n2026-03-02,S,"1,2\n', "no CSV"),
    ],
)
def test_what_is_no_table_of_fills_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_fills(text)
    assert caught.value.code == "TABLE_INVALID"


def test_indirect_shares_need_a_nature_and_direct_ones_have_none() -> None:
    text = "date,side,shares,price,ownership,nature\n2026-03-02,S,1,2,I,\n2026-03-02,S,1,2,D,By Spouse\n"
    first, second = faults(text)
    assert "nature is blank, but the shares are held indirectly" in first
    assert "held directly" in second


def test_a_plan_is_no_younger_than_its_trade() -> None:
    (fault,) = faults("date,side,shares,price,plan adopted\n2026-03-02,S,1,2,2026-03-03\n")
    assert "lies after the trade" in fault


def test_a_starting_balance_may_stand_in_the_table_but_only_one() -> None:
    text = "date,side,shares,price,owned\n2026-03-02,S,1,2,24059\n2026-03-02,S,1,2,\n2026-03-03,S,1,2,{}\n"
    common = Position(security="Common Stock", ownership="D")
    assert read_fills(text.format("24059")).balances == {common.key: 24059}
    assert "contradicts the 24059 of an earlier row" in faults(text.format("24058"))[0]


def test_balances_have_a_table_of_their_own() -> None:
    text = "security,ownership,nature,owned\nCommon Stock,D,,1000\nCommon Stock,I,By Spouse,0\n"
    assert list(read_balances(text).values()) == [1000, 0]
    with pytest.raises(SourceError, match="second balance"):
        read_balances(text + "common stock,D,,5\n")


@pytest.mark.parametrize(
    ("text", "clock", "day", "moment"),
    [
        ("2026-03-02", None, date(2026, 3, 2), None),
        ("2026-03-02T23:30:00-08:00", None, date(2026, 3, 3), datetime(2026, 3, 3, 2, 30, tzinfo=EASTERN)),
        ("2026-03-03T02:00:00Z", None, date(2026, 3, 2), datetime(2026, 3, 2, 21, 0, tzinfo=EASTERN)),
        ("2026-07-03T03:30:00Z", None, date(2026, 7, 2), datetime(2026, 7, 2, 23, 30, tzinfo=EASTERN)),
        ("2026-03-02 14:30:05", None, date(2026, 3, 2), datetime(2026, 3, 2, 14, 30, 5, tzinfo=EASTERN)),
        ("3/2/2026 2:30 PM ET", None, date(2026, 3, 2), datetime(2026, 3, 2, 14, 30, tzinfo=EASTERN)),
        ("20260302", "12:05 am", date(2026, 3, 2), datetime(2026, 3, 2, 0, 5, tzinfo=EASTERN)),
        ("Mar 2, 2026", "15:59:59.123", date(2026, 3, 2), datetime(2026, 3, 2, 15, 59, 59, 123000, tzinfo=EASTERN)),
        ("02-Mar-2026", "2026-03-03T01:00:00Z", date(2026, 3, 2), datetime(2026, 3, 2, 20, 0, tzinfo=EASTERN)),
    ],
)
def test_the_trade_date_is_new_yorks(text: str, clock: str | None, day: date, moment: datetime | None) -> None:
    assert read_moment(text, clock) == (day, moment)


@pytest.mark.parametrize(
    "text", ["2026-03-02 25:00", "2026-03-02 14:30 PST", "2026-03-02 13:00 PM", "13/03/2026", "1026-03-02"]
)
def test_times_and_zones_that_mean_nothing_certain_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|calendar|years"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "number"), [("$1,234.50", "1234.50"), ("USD 12", "12"), ("12 USD", "12"), (".5", "0.5")]
)
def test_prices_may_have_marks_of_dollars(text: str, number: str) -> None:
    assert read_amount(text, dollars=True) == Decimal(number)
