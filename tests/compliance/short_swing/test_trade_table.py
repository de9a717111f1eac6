from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from section16.compliance.short_swing import Kind, read_trades
from section16.errors import SourceError

HEADER = "date,code,acquired_disposed,shares,price"


def test_a_table_of_a_spreadsheet_is_read() -> None:
    text = (
        "\ufeffTrade Date;Code;A/D;Shares;Price;Exempt;Pecuniary share;Note\r\n"
        ' 2026-03-02 ;p;a;"1,000.5";"$1,234.5600";No;20%;x\r\n\r\n'
    )
    table = read_trades(text)
    (trade,) = table.trades
    assert (trade.row, trade.code, trade.direction, trade.exempt) == (2, "P", "A", False)
    assert (trade.shares, trade.price) == (Decimal("1000.5"), Decimal("1234.56"))
    assert trade.pecuniary_share == Fraction(1, 5)
    assert table.unused == ("Note",)
    assert not table.faults


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2026-02-30,P,A,100,10", 1, "no day of the calendar"),
        ("0026-02-03,P,A,100,10", 1, "outside the years"),
        ("tomorrow,P,A,100,10", 1, "no date"),
        ("2026-02-03,Q,A,100,10", 2, "no transaction code"),
        ("2026-02-03,,A,100,10", 2, "blank"),
        ("2026-02-03,P,B,100,10", 3, "neither A"),
        ("2026-02-03,J,,100,10", 3, "blank"),
        ("2026-02-03,P,A,-100,10", 4, "negative"),
        ("2026-02-03,P,A,0,10", 4, "zero"),
        ("2026-02-03,P,A,,10", 4, "blank"),
        ("2026-02-03,P,A,1e5,10", 4, "no number"),
        ("2026-02-03,P,A,nan,10", 4, "no number"),
        ('2026-02-03,P,A,"1,00",10', 4, "no number"),
        ("2026-02-03,P,A,100,-10", 5, "negative"),
        ("2026-02-03,P,A,100,ten", 5, "no number"),
    ],
)
def test_a_fault_names_row_and_column(row: str, column: int, words: str) -> None:
    table = read_trades(f"{HEADER}\n2026-02-02,P,A,100,10\n{row}\n")
    (fault,) = table.faults
    assert (fault.line, fault.column) == (3, column)
    assert words in str(fault)
    assert len(table.trades) == 1


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("exempt", "maybe", "neither yes nor no"),
        ("kind", "bond", "none of"),
        ("pecuniary_share", "20", "20%"),
        ("pecuniary_share", "0", "above 0"),
        ("pecuniary_share", "1/0", "above 0"),
        ("pecuniary_share", "half", "0.2"),
        ("expires", "soon", "no date"),
    ],
)
def test_a_fault_of_an_optional_column_is_named_too(name: str, cell: str, words: str) -> None:
    table = read_trades(f"{HEADER},{name}\n2026-02-02,P,A,100,10,{cell}\n")
    assert words in str(table.faults[0])


def test_a_price_outside_its_range_is_a_fault() -> None:
    table = read_trades(f"{HEADER},low,high\n2026-02-02,P,A,100,10,11,12\n")
    assert "outside its range" in str(table.faults[0])


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "date,code,shares,price\n", 'date,"code\n'])
def test_what_is_no_table_of_trades_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        read_trades(text)


def test_a_header_alone_is_no_trades() -> None:
    assert read_trades(HEADER).trades == ()


def test_the_code_tells_the_direction_of_stock_where_the_column_is_blank() -> None:
    table = read_trades(f"{HEADER},kind\n2026-02-02,P,,1,1,\n2026-02-02,F,,1,1,\n2026-02-02,E,,1,,call\n")
    assert [trade.direction for trade in table.trades] == ["A", "D", ""]
    assert table.trades[2].kind is Kind.CALL
    assert "blank" in str(read_trades(f"{HEADER},kind\n2026-02-02,P,,1,1,put\n").faults[0])
