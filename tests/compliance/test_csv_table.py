from __future__ import annotations

import pytest

from section16.compliance.csv_table import read_table
from section16.errors import SourceError

NAMES = {"date": ("date", "trade date", "execution time"), "time": ("time", "execution time"), "note": ("note",)}


def test_headers_are_compared_without_capitals_blanks_and_punctuation() -> None:
    for header in ("Trade Date", "trade_date", "TRADE-DATE", "TradeDate"):
        assert read_table(f"{header}\nx\n", NAMES, ["date"]).rows[0].cells == {"date": "x"}


def test_a_column_is_used_once() -> None:
    assert read_table("Execution Time\n", NAMES, []).at == {"date": 0}
    assert read_table("Date,Execution Time\n", NAMES, []).at == {"date": 0, "time": 1}


def test_rows_know_their_lines_past_blank_ones_and_line_ends_in_cells() -> None:
    table = read_table('date,note\r\n\r\n1,"two\r\nlines"\r\n,,\r\n2,\r\n', NAMES, ["date"])
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (3, {"date": "1", "note": "two\r\nlines"}),
        (6, {"date": "2"}),
    ]


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_three_dividers_are_known(divider: str) -> None:
    table = read_table(f"\ufeffdate{divider}note\n1{divider}2\n", NAMES, ["date", "note"])
    assert table.rows[0].cells == {"date": "1", "note": "2"}


def test_an_open_quote_is_told_with_its_line() -> None:
    with pytest.raises(SourceError, match="no CSV") as caught:
        read_table('date\n1\n"2\n3\n', NAMES, ["date"])
    assert caught.value.line == 3
