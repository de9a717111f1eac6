from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16 import read

if TYPE_CHECKING:
    from tests.cli.conftest import Command

TABLE = """Trade Date,Side,Qty,Price
2026-03-02,Sell,"1,000",$14.01
2026-03-02,Sell,500,14.50
2026-03-02,Sell,250,15.01
2026-03-02,Sell,250,15.02
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "fills.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_lines_stand_on_standard_output_and_what_was_assumed_on_the_other(section16: Command, table: Path) -> None:
    ended = section16("fills", table, "--owned", "24,059")
    assert ended.code == 0
    lines = ended.out.decode().splitlines()
    assert lines[0] == "Form 4, Table I: 2 lines from 4 fills; due 2026-03-04, 22:00 Eastern"
    assert "  ".join(lines[3].split()) == "1  2026-03-02  Common  Stock  S  1,750  D  $14.2929  22,309  D  (1)"
    assert "  ".join(lines[4].split()) == "2  2026-03-02  Common  Stock  S  250  D  $15.02  22,059  D"
    assert ended.err == "assumed, confirm before filing: the title of the security is Common Stock\n"


def test_json_has_lines_exact_prices_and_rows_of_the_form(section16: Command, table: Path) -> None:
    answer = json.loads(section16("fills", table, "--owned", "24059", "--json").out)
    first, second = answer["lines"]
    assert (first["shares"], first["price"], first["price_exact"]) == ("1750", "14.2929", "2001/140")
    assert (first["low"], first["high"], first["rows"]) == ("14.01", "15.01", [2, 3, 4])
    assert (second["owned_before"], second["owned_after"], second["footnotes"]) == ("22309", "22059", [])
    (report,) = answer["reports"]
    amounts = report["non_derivative_table"][0]["transaction_amounts"]
    assert amounts["transaction_price_per_share"] == {"value": "14.2929", "footnotes": ["F1"]}
    assert report["footnotes"][0]["id"] == "F1"
    assert [step["basis"] for step in answer["steps"]] == ["rule", "rule"]


def test_a_table_may_come_from_standard_input(section16: Command, table: Path) -> None:
    assert section16("fills", "-", stdin=TABLE.encode("utf-16")).out == section16("fills", table).out


def test_drafts_are_files_that_convert_reads(section16: Command, table: Path, report: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    assert section16("fills", table, "--owned", "24059", "-o", draft, "--like", report).code == 0
    document = read(draft).document
    assert document.issuer == read(report).document.issuer
    assert len(document.table_one) == 2
    assert section16("convert", draft, "--to", "xml").out.count(b"<nonDerivativeTransaction>") == 2
    again = section16("fills", table, "-o", draft)
    assert (again.code, "OUTPUT_EXISTS" in again.err) == (5, True)
    assert section16("fills", table, "-o", draft, "--overwrite").code == 0


def test_several_reports_are_several_drafts(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    rows = [f"2026-03-02,B,10,{10 + 2 * number}" for number in range(31)]
    path.write_text("\n".join(["date,side,shares,price", *rows]), encoding="utf-8")
    ended = section16("fills", path, "-o", tmp_path / "draft.xml", "--security", "Class A Common Stock", "-q")
    assert ended.code == 0
    assert [len(read(tmp_path / f"draft-{number}.xml").document.table_one) for number in (1, 2)] == [30, 1]


def test_faults_are_told_one_by_one_and_end_with_3(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    path.write_text("date,side,shares,price\n2026-02-30,buy,-5,\n", encoding="utf-8")
    ended = section16("fills", path)
    assert (ended.code, ended.out) == (3, b"")
    assert [line.split("TABLE_INVALID: ")[1].split("'")[0] for line in ended.err.splitlines()] == [
        "date ",
        "shares ",
        "price is blank (line 2, column 4, price)",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--owned", "many"], 2, "--owned 'many' is no number"),
        (["--owned", "100"], 2, "more than what is owned"),
        (["--side", "up"], 2, "--side 'up'"),
        (["-o", "draft.docx"], 2, "a draft is written as .json or .xml"),
        (["--decimals", "9"], 2, "decimals"),
    ],
)
def test_words_that_make_no_sense_end_with_2(
    section16: Command, table: Path, words: list[str], code: int, said: str
) -> None:
    ended = section16("fills", table, *words)
    assert (ended.code, said in ended.err) == (code, True)


@pytest.mark.parametrize("text", ["date,side,shares,price\n", ""])
def test_a_table_without_fills_ends_with_3(section16: Command, tmp_path: Path, text: str) -> None:
    path = tmp_path / "fills.csv"
    path.write_text(text, encoding="utf-8")
    assert section16("fills", path).code == 3


def test_a_file_that_is_not_there_ends_with_3(section16: Command, tmp_path: Path) -> None:
    ended = section16("fills", tmp_path / "none.csv")
    assert (ended.code, "SOURCE_UNREADABLE" in ended.err) == (3, True)


def test_one_balance_is_not_spread_over_several_positions(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    rows = "2026-03-02,S,1,2,D,\n2026-03-02,S,1,2,I,By Spouse\n"
    path.write_text(f"date,side,shares,price,ownership,nature\n{rows}", encoding="utf-8")
    ended = section16("fills", path, "--owned", "50")
    assert (ended.code, "2 positions" in ended.err) == (2, True)
    balances = tmp_path / "balances.csv"
    balances.write_text("ownership,nature,owned\nD,,50\nI,By Spouse,7\n", encoding="utf-8")
    answer = json.loads(section16("fills", path, "--balances", balances, "--json").out)
    assert [line["owned_after"] for line in answer["lines"]] == ["49", "6"]


def test_a_table_without_a_column_is_named(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    path.write_text("date,side,shares\n", encoding="utf-8")
    ended = section16("fills", path)
    assert ended.code == 3
    assert "fills.csv" in ended.err


def test_fills_before_the_letter_of_2008_are_drafted_with_a_warning(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "fills.csv"
    path.write_text("date,side,shares,price\n2007-03-02,Buy,1,10\n2007-03-02,Buy,1,10.50\n", encoding="utf-8")
    ended = section16("fills", path)
    assert ended.code == 0
    assert "$10.25" in ended.out.decode()
    assert "2008-06-25" in ended.err
