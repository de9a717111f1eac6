"""`section16 sql`: exact, safe in spreadsheets and terminals, and clear about what is wrong."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from section16.archive import Incoming, open_archive
from section16.cli import sql_output
from section16.samples import Sample, sample_bytes

from .conftest import Command

ODD = (
    "select '=1+1' as a, '\u202eabc' as b, 1.50::decimal(9,3) as c, null as d, "
    "date '2024-02-29' as e, 1 as a, [1.50] as f"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, samples: list[Sample]) -> Path:
    folder = tmp_path_factory.mktemp("sql") / "archive"
    with open_archive(folder) as opened:
        opened.add([Incoming(name=one.name, data=sample_bytes(one, "submission")) for one in samples[:12]], jobs=1)
    return folder


@pytest.fixture(autouse=True)
def _archive(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECTION16_ARCHIVE", str(filled))


def test_a_table_is_plain_where_it_is_piped(section16: Command) -> None:
    header, rule, row = section16("sql", ODD).out.decode().splitlines()
    assert header.split() == ["a", "b", "c", "d", "e", "a_2", "f"]
    assert set(rule) == {"-", " "}
    assert row.split() == ["=1+1", "\\u202eabc", "1.5", "2024-02-29", "1", '["1.5"]']


def test_json_has_exact_numbers_as_texts(section16: Command) -> None:
    assert json.loads(section16("sql", ODD, "--json").out) == [
        {"a": "=1+1", "b": "\u202eabc", "c": "1.5", "d": None, "e": "2024-02-29", "a_2": 1, "f": ["1.5"]}
    ]
    assert json.loads(section16("sql", "select 1 where false", "--json").out) == []
    (row,) = json.loads(section16("sql", "select sum(value) as v from transactions", "--json").out)
    assert Decimal(row["v"]) > 0
    assert not row["v"].endswith("0") or "." not in row["v"]


def test_csv_gives_spreadsheets_no_formula(section16: Command) -> None:
    out = section16("sql", ODD, "--csv").out.decode()
    assert "\r\n" in out
    header, row = csv.reader(io.StringIO(out))
    assert header == ["a", "b", "c", "d", "e", "a", "f"]
    assert row[0] == "'=1+1"
    assert "\u202e" not in row[1]
    assert row[2:] == ["1.5", "", "2024-02-29", "1", '["1.5"]']
    assert section16("sql", "select -1.5 as n, '-x' as t", "--csv").out == b"n,t\r\n-1.5,'-x\r\n"


def test_limits_standard_input_and_as_of(section16: Command) -> None:
    assert len(json.loads(section16("sql", "from filings", "--json", "--limit", "3").out)) == 3
    assert len(json.loads(section16("sql", "from filings", "--json", "--limit", "0").out)) == 12
    ended = section16("sql", "-", "--json", stdin=b"select count(*) as n\nfrom filings -- all of them\n")
    assert json.loads(ended.out) == [{"n": 12}]
    asked = ("sql", "select count(*) as n from filings", "--json", "--as-of")
    assert json.loads(section16(*asked, "1999-01-01").out) == [{"n": 0}]
    assert json.loads(section16(*asked, "2999-01-01T10:00Z").out) == [{"n": 12}]
    assert section16(*asked, "yesterday").code == 2


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("select issuer_nam from filings", "issuer_name"),
        ("selec 1", "syntax error"),
        ("drop table filings", "only questions that read"),
        ("select cast('x' as integer)", "Could not convert"),
        ("select * from read_csv('x.csv')", "USAGE"),
        ("copy filings to 'x.csv'", "only questions that read"),
        ("", "one statement"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_a_line(section16: Command, question: str, words: str) -> None:
    ended = section16("sql", question)
    assert ended.code == 2
    assert words in ended.err
    assert ended.err.count("\n") == 1
    assert ended.out == b""


def test_without_a_question_the_views_are_listed(section16: Command) -> None:
    out = section16("sql").out.decode()
    assert "transactions: one row a transaction" in out
    assert "transaction_price_per_share" in out
    listed = {one["name"]: one["columns"] for one in json.loads(section16("sql", "--json").out)}
    with open_archive(create=False) as opened, opened.connect() as connection:
        asked = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        assert {name for (name,) in asked} == set(listed)
        for name, columns in listed.items():
            found = connection.execute(f"describe {name}").fetchall()
            assert [(one["name"], one["type"]) for one in columns] == [row[:2] for row in found], name


def test_a_terminal_gets_a_table_that_fits_and_the_first_rows(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows: list[list[Any]] = [["x" * 100, Decimal("1.500"), "y"], ["\x1b[31m", None, "z"]]
    assert sql_output.print_screen(["name", "n", "w" * 50], ["VARCHAR", "DECIMAL(38,12)", "VARCHAR"], rows) == [
        "w" * 50
    ]
    out = capfd.readouterr().out
    assert all(len(line) <= 60 for line in out.splitlines())
    for part in ("…", "1.5", "\\x1b[31m"):
        assert part in out


def test_a_single_wide_row_stands_upright(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    names = [f"column_{number}" for number in range(20)]
    assert sql_output.print_screen(names, ["INTEGER"] * 20, [list(range(20))]) == []
    assert capfd.readouterr().out.splitlines()[21].split() == ["column_19", "19"]


def test_excel_keeps_texts_texts_and_long_numbers_exact(section16: Command, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra [excel] is not installed")
    file = tmp_path / "answer.xlsx"
    question = f"{ODD[:-1]}f, 12345678901234567.5::decimal(38,12) as g, true as h, timestamp '2024-02-29 16:30:00' as i"
    assert section16("sql", question, "--xlsx", file).code == 0
    with zipfile.ZipFile(file) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<v>1.5</v>" in sheet
    assert "<t>12345678901234567.5</t>" in sheet
    assert section16("sql", question, "--xlsx", file).code == 5
    assert "cut" not in section16("sql", "select repeat('x', 32767)", "--xlsx", tmp_path / "whole.xlsx").err
    ended = section16("sql", "select repeat('x', 32768) as a, 'y' as b", "--xlsx", tmp_path / "cut.xlsx")
    assert "1 text is cut" in ended.err
    assert section16("sql", question, "--xlsx", file, "--overwrite").code == 0
    assert [
        path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx" and path.stem not in {"cut", "whole"}
    ] == ["answer.xlsx"]


def test_arrow_keeps_types(section16: Command, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra [arrow] is not installed")
    file = tmp_path / "answer.arrow"
    assert section16("sql", "select accession, value, filed_on from transactions", "--arrow", file).code == 0
    table = arrow.ipc.open_file(file).read_all()
    assert [str(kind) for kind in table.schema.types] == ["string", "decimal128(38, 12)", "date32[day]"]
    with open_archive(create=False) as opened:
        assert opened.sql("select count(*) from transactions").fetchone() == (table.num_rows,)


@pytest.mark.parametrize(("option", "package"), [("--xlsx", "xlsxwriter"), ("--arrow", "pyarrow")])
def test_a_missing_extra_is_named(
    section16: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    ended = section16("sql", "select 1", option, tmp_path / "answer")
    assert ended.code == 2
    assert "pip install" in ended.err
    assert not list(tmp_path.glob("*answer*"))


def test_two_outputs_exclude_one_another(section16: Command) -> None:
    assert section16("sql", "select 1", "--json", "--csv").code == 2
