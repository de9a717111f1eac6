from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli.shortswing_options import StatusWord
from section16.compliance.short_swing import Status
from section16.samples import generate, sample_bytes

if TYPE_CHECKING:
    from tests.cli.conftest import Command

TABLE = """date,code,acquired_disposed,shares,price,comment
2026-01-15,P,A,100,10,
2026-08-03,P,A,100,11,
2026-01-20,S,D,100,19,
2026-06-01,S,D,100,20,
2026-06-02,F,D,50,20,
2026-06-03,G,D,5,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "trades.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_words_of_the_status_are_those_of_the_engine() -> None:
    assert {word.value for word in StatusWord} == {status.value for status in Status}


def test_json_has_the_shape_of_the_contract(section16: Command, table: Path) -> None:
    ended = section16("shortswing", table, "--json")
    assert ended.code == 0
    said = json.loads(ended.out)
    assert said["profit"] == "1800.00"
    assert [pair["profit"] for pair in said["pairs"]] == ["900.00", "900.00"]
    assert said["pairs"][0]["purchase"] == {
        "row": 2, "date": "2026-01-15", "code": "P", "shares": "100", "price": "10.00", "security": "", "source": ""
    }  # fmt: skip
    assert said["pairs"][0]["sale"]["row"] == 4
    assert said["pairs"][0]["shares"] == "100"
    assert said["pairs"][0]["last_matching_day"] == "2026-07-13"
    assert [one["code"] for one in said["excluded"]] == ["G"]
    assert said["undecided"][0]["missing"][0].startswith("whether")
    assert said["profit_if_all_count"] == "1850.00"
    assert said["greedy"] == "1000.00"
    assert "profit_wide" not in said
    assert said["proof"]["checked"] is True
    assert said["proof"]["bound"] == "1800.00"
    assert said["another_pairing"] is False
    assert "columns not used: comment" in ended.err


def test_rows_in_another_order_give_the_same_but_for_their_numbers(section16: Command, tmp_path: Path) -> None:
    header, *rows = TABLE.splitlines()
    said = []
    for number, order in enumerate((rows, rows[::-1], rows[3:] + rows[:3])):
        path = tmp_path / f"{number}.csv"
        path.write_text("\r\n".join([header, *order]), encoding="utf-8-sig")
        shape = json.loads(section16("shortswing", path, "--json").out)
        text = json.dumps(shape)
        said.append([[pair["purchase"]["date"], pair["sale"]["date"], pair["profit"]] for pair in shape["pairs"]])
        assert '"profit": "1800.00"' in text
    assert said[0] == said[1] == said[2]


def test_text_tells_pairs_windows_and_what_was_left_out(section16: Command, table: Path) -> None:
    text = section16("shortswing", table, "--what-if", "S 5000 @ 20.00 on 2026-03-03").out.decode()
    for words in (
        "Short-swing profit, Section 16(b): $1,800.00",
        "2026-07-13",
        "lowest in, highest out",
        "Undecided",
        "bona fide gift (Rule 16b-5)",
        "BLOCKED",
        "Assumed and applied",
        "matches through",
        "]|",
    ):
        assert words in text
    assert "no liability" not in text


def test_nothing_found_is_said_with_care(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text(TABLE.splitlines()[0], encoding="utf-8")
    ended = section16("shortswing", path)
    assert ended.code == 0
    assert b"None found in these trades, under the assumptions listed." in ended.out


def test_a_table_from_standard_input(section16: Command) -> None:
    ended = section16("shortswing", "-", "--json", stdin=TABLE.encode())
    assert json.loads(ended.out)["profit"] == "1800.00"


def test_a_bad_cell_is_named_by_row_and_column(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(TABLE.replace("2026-01-20,S,D,100", "2026-01-32,S,D,-100"), encoding="utf-8")
    ended = section16("shortswing", path)
    assert (ended.code, ended.out) == (3, b"")
    assert "line 4, column 1" in ended.err
    assert "line 4, column 4" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["TABLE", "TABLE"],
        ["TABLE", "--owner", "11"],
        ["TABLE", "--left", "soon"],
        ["TABLE", "--became", "2026-05-01", "--left", "2026-04-01"],
        ["TABLE", "--what-if", "sell it all"],
        ["TABLE", "--status", "clerk"],
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(words: list[str], section16: Command, table: Path) -> None:
    ended = section16("shortswing", *[str(table) if word == "TABLE" else word for word in words])
    assert (ended.code, ended.out) == (2, b"")
    assert ended.err


def test_status_dates_and_splits_reach_the_engine(section16: Command, table: Path, tmp_path: Path) -> None:
    splits = tmp_path / "splits.csv"
    splits.write_text("date,factor\n2026-07-01,2:1\n", encoding="utf-8")

    def profit(*words: str | Path) -> str:
        said: str = json.loads(section16("shortswing", table, "--json", *words).out)["profit"]
        return said

    assert profit("--left", "2026-03-01") == "1000.00"
    assert profit("--as-of", "2026-05-31") == "900.00"
    assert profit("--status", "ten-percent") == "0.00"
    assert profit("--foreign-issuer") == "0.00"
    assert profit("--splits", splits) == "1000.00"


def test_reports_are_gathered_from_a_folder(section16: Command, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, sample in enumerate(generate(30, 16)):
        (folder / f"{number}.xml").write_bytes(sample_bytes(sample, "xml"))
    several = section16("shortswing", folder)
    assert several.code == 2
    assert "--owner" in several.err
    owner = several.err.split("owners: ")[1].split(",")[0].split()[0]
    ended = section16("shortswing", "--from", folder, "--owner", owner, "--json")
    assert ended.code == 0
    said = json.loads(ended.out)
    assert all(one["owner"].endswith(f"({owner})") for one in said.get("answers", [said]))


def test_a_file_that_is_neither_table_nor_report_is_unreadable(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("hello", encoding="utf-8")
    assert section16("shortswing", path).code == 3
    assert section16("shortswing", tmp_path / "missing.csv").code == 3


def test_a_table_without_a_column_is_named(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "trades.csv"
    path.write_text("date,code,shares,price\n2026-03-02,P,1,10\n", encoding="utf-8")
    ended = section16("shortswing", path)
    assert ended.code == 3
    assert "trades.csv" in ended.err
    assert "acquired_disposed" in ended.err


def test_the_shares_outstanding_stand_in_for_a_table_s_blanks(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "trades.csv"
    rows = "2026-03-02,P,A,10,10,110\n2026-05-04,S,D,10,15,120\n"
    path.write_text("date,code,acquired_disposed,shares,price,owned_before\n" + rows, encoding="utf-8")
    words = ["shortswing", str(path), "--status", "ten-percent", "--json"]
    assert json.loads(section16(*words).out)["profit"] == "0.00"
    assert json.loads(section16(*words, "--outstanding", "1,000").out)["profit"] == "50.00"
    assert json.loads(section16(*words, "--outstanding", "1,150").out)["profit"] == "0.00"
    assert section16(*words, "--outstanding", "many").code == 2
