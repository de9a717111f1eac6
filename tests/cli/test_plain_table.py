from __future__ import annotations

from section16.cli.plain_table import plain_table


def test_columns_are_as_wide_as_their_widest_cell_and_empty_ones_left_out() -> None:
    rows = [("a", "", "1,000"), ("longer", "", "2")]
    assert list(plain_table(("Name", "Nothing", "No"), rows, right={"No"})) == [
        "Name       No",
        "------  -----",
        "a       1,000",
        "longer      2",
    ]


def test_a_table_without_rows_keeps_what_it_is_told_to() -> None:
    assert list(plain_table(("Name", "No"), [], keep={"No"})) == ["No", "--"]
