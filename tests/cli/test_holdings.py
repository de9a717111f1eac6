"""`section16 holdings`: text, JSON, events and splits from files, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import section16
from made_reports import made
from section16.cli.app import app
from section16.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = [
        made("3", "2026-01-12", ["H =15000"], period="2026-01-05"),
        made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =14000"]),
        made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =13950"]),
        made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =1"], owners=["33"], number=3),
    ]
    (tmp_path / "reports").mkdir()
    for number, report in enumerate(reports):
        (tmp_path / "reports" / f"{number}.json").write_bytes(section16.write(report, "json"))
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["holdings", *map(str, arguments)])


def test_the_table_names_the_gap_and_drafts_close_it(folder: Path) -> None:
    result = run(folder / "reports", "--owner", "0000000022")
    assert result.exit_code == 0
    assert "OWNER 22 (CIK 22) at ISSUER 11 (CIK 11), 3 reports" in result.stdout
    assert "OWNER 33" not in result.stdout
    assert "250 more than the last report explains" in result.stdout
    assert "Assumed: The reports given are taken for all there are" in result.stdout


def test_events_and_splits_are_read_from_files(folder: Path) -> None:
    (folder / "events.csv").write_text("date,change,why,ownership\n2026-04-01,+250,16a-11,D\n", encoding="utf-8")
    (folder / "splits.csv").write_text("date,factor\n2026-06-15,2\n", encoding="utf-8")
    files = "--events", folder / "events.csv", "--splits", folder / "splits.csv"
    answer = json.loads(run(folder / "reports", "--owner", "22", *files, "--json").stdout)
    (held,) = answer["holdings"][0]["positions"]
    assert (held["balance"], held["computed"], held["unexplained"]) == ("27900", "27900", "0")
    assert [step["status"] for step in held["steps"]] == [
        "start",
        "continuous",
        "event",
        "explained_change",
        "event",
    ]


def test_as_of_a_day(folder: Path) -> None:
    answer = json.loads(run(folder / "reports", "--owner", "22", "--as-of", "2026-03-31", "--json").stdout)
    assert answer["holdings"][0]["positions"][0]["balance"] == "14000"


@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        ("--events", "date,change,why\n2026-13-01,5,x\n", "row 2, column date"),
        ("--splits", "date,factor\n2026-01-01,none\n", "row 2, column factor"),
        ("--splits", "day,factor\n", "no column date"),
    ],
)
def test_bad_files_are_named_by_row_and_column(folder: Path, option: str, text: str, message: str) -> None:
    (folder / "bad.csv").write_text(text, encoding="utf-8")
    result = run(folder / "reports", option, folder / "bad.csv")
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_bad_input_and_no_input(folder: Path) -> None:
    (folder / "reports" / "bad.xml").write_text("<ownershipDocument>", encoding="utf-8")
    assert run(folder / "reports").exit_code == 1
    assert run(folder / "reports" / "bad.xml").exit_code == 3
    assert run(folder / "missing.xml").exit_code == 3
    nobody = run(folder / "reports" / "1.json", "--owner", "77")
    assert (nobody.exit_code, "no report of that owner" in nobody.stderr) == (0, True)


def test_check_counts_the_same_splits(folder: Path) -> None:
    reports = [
        made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =14000"]),
        made("4", "2026-05-22", ["F 2026-05-20 D300 @10 =19300"]),
    ]
    paths = [folder / "1.json", folder / "2.json"]
    for path, report in zip(paths, reports, strict=True):
        path.write_bytes(section16.write(report, "json"))
    (folder / "splits.csv").write_text("date,factor\n2026-04-15,7:5\n", encoding="utf-8")
    arguments = ["check", *map(str, paths), "--as", "disseminated"]
    assert "L-02" in CliRunner().invoke(app, arguments).stdout
    assert "L-02" not in CliRunner().invoke(app, [*arguments, "--splits", str(folder / "splits.csv")]).stdout
    (folder / "splits.csv").write_text("date,factor\n2026-04-15,\n", encoding="utf-8")
    bad = CliRunner().invoke(app, [*arguments, "--splits", str(folder / "splits.csv")])
    assert "row 2, column factor" in str(bad.exception)
