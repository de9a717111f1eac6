"""`section16 due`: days with their steps, tables of trades, and whether filed reports came in time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

import pytest


class Ended(Protocol):
    """How a command ended."""

    code: int
    out: bytes
    err: str


class Command(Protocol):
    """`section16` with words, and bytes on standard input."""

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Ended: ...


def answer(section16: Command, *words: str) -> dict[str, Any]:
    ended = section16("due", *words, "--json")
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("--form 4 --traded 2022-09-01", "2022-09-06"),
        ("--traded 2022-09-01", "2022-09-06"),
        ("--form 4 --traded 2026-06-15 --notified 2026-06-17 --plan", "2026-06-22"),
        ("--form 4 --traded 2026-06-15 --notified 2026-06-25 --discretionary", "2026-06-23"),
        ("--form 3 --event 2026-11-11", "2026-11-23"),
        ("--form 3 --event 2026-11-11 --ipo", "2026-11-11"),
        ("--form 3 --event 2026-11-12 --registration 12g", "2026-11-12"),
        ("--form 5 --year-end 2025-12-31", "2026-02-17"),
        ("--form 4 --traded 2023-03-01 --code G --disposed", "2023-03-03"),
        ("--form 4 --traded 2023-03-01 --code G --acquired --year-end 2023-12-31", "2024-02-14"),
        ("--form 3 --event 2020-01-02 --foreign", "2026-03-18"),
        ("--form 4 --traded 2026-06-15 --jurisdiction CA --covered-by-home-regulation yes", None),
        ("--form 4 --traded 2026-06-15 --jurisdiction CA --covered-by-home-regulation no", "2026-06-17"),
        ("--form 4 --traded 2026-09-14 --left 2026-06-30 --last-sale 2026-05-11 --acquired", "2026-09-16"),
        ("--form 4 --traded 2026-11-10 --left 2026-06-30 --last-sale 2026-05-11 --acquired", None),
    ],
)
def test_the_day_of_a_case(words: str, due: str | None, section16: Command) -> None:
    found = answer(section16, *words.split())
    assert found["due"] == due
    assert found["cutoff"] == (None if due is None else "22:00 America/New_York")
    assert all(step["text"] and step["cites"] and step["basis"] for step in found["steps"])


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--form 4",
        "--form 3",
        "--form 5",
        "--form 4 --traded 2022-02-30",
        "--form 4 --traded 20220901",
        "--form 4 --traded yesterday",
        "--form 4 --traded 2026-06-15 --notified 2026-06-13 --plan",
        "--form 4 --traded 2026-06-15 --event 2026-06-13",
        "--form 5 --year-end 2025-12-31 --traded 2026-06-15",
        "--form 4 --traded 0022-09-01",
        "--form 4 --traded 2026-06-15 --code ?",
        "--form 4 --traded 2026-06-15 --json --ics",
        "--form 4 --traded 2026-06-15 --filed noon",
        "--form 9 --traded 2026-06-15",
        "file.xml --form 4 --traded 2026-06-15",
    ],
)
def test_what_can_t_be_answered_is_wrong_usage(words: str, section16: Command) -> None:
    ended = section16("due", *words.split())
    assert ended.code == 2
    assert ended.err
    assert not ended.out


def test_the_text_can_be_pasted(section16: Command) -> None:
    ended = section16("due", "--form", "4", "--traded", "2022-09-01")
    text = ended.out.decode()
    assert text.startswith("Form 4 due Tuesday, 2022-09-06, until 22:00 Eastern time\n")
    assert "Labor Day" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    ("filed", "late", "days"),
    [
        ("2022-09-06T22:00:00", False, 0),
        ("2022-09-06T22:00:01", True, 1),
        ("2022-09-07T02:00:00Z", False, 0),
        ("20220906220001", True, 1),
        ("2022-09-09", True, 3),
    ],
)
def test_a_filing_is_judged_to_the_second(filed: str, late: bool, days: int, section16: Command) -> None:
    found = answer(section16, "--traded", "2022-09-01", "--filed", filed)
    assert (found["late"], found["late_days"]) == (late, days)
    assert found["web_posting_due"] > found["filing_day"]


def test_leaving_has_report_until_days(section16: Command) -> None:
    found = answer(section16, "--left", "2026-06-30", "--last-sale", "2026-05-11")
    assert [(one["what"], one["until"]) for one in found["report_until"]] == [("purchases", "2026-11-09")]


def test_closings_of_ones_own_move_the_day(section16: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "closings.toml"
    file.write_text("[[closings]]\ndate = 2026-12-24\nwhy = 'closed'\nsource = 'order'\n", encoding="utf-8")
    assert answer(section16, "--traded", "2026-12-22", "--closings", str(file))["due"] == "2026-12-28"
    monkeypatch.setenv("SECTION16_CLOSINGS", str(file))
    assert answer(section16, "--traded", "2026-12-22")["due"] == "2026-12-28"
    assert section16("due", "--traded", "2026-12-22", "--closings", str(tmp_path / "none")).code == 3


def test_a_due_day_goes_into_a_calendar(section16: Command) -> None:
    ended = section16("due", "--traded", "2026-03-05", "--ics")
    assert ended.code == 0
    assert b"DTEND;TZID=America/New_York:20260309T220000\r\n" in ended.out


def test_trades_are_judged_together(section16: Command) -> None:
    rows = b"date,code,acquired_disposed,shares,price\n2026-03-02,P,A,100,40\n2026-04-06,S,D,10,45\n"
    ended = section16("due", "--trades", "-", "--json", stdin=rows)
    assert [one["due"] for one in json.loads(ended.out)["trades"]] == ["2026-04-08", "2026-04-08"]
    assert b"2026-04-08" in section16("due", "--trades", "-", stdin=rows).out
    wrong = section16("due", "--trades", "-", stdin=rows.replace(b"40", b"-4"))
    assert wrong.code == 3
    assert "line 2, column 5" in wrong.err


def test_filed_reports_are_judged(section16: Command, repository: Path) -> None:
    example = repository / "examples" / "qualys-form4.md"
    ended = section16("due", example, "--json")
    (one,) = json.loads(ended.out)["reports"]
    assert ended.code == 0
    assert (one["lines"][0]["due"], one["late"], one["filed_basis"]) == ("2022-09-06", None, "signature")
    assert b"2022-09-06" in section16("due", example).out


def test_a_folder_of_filings_is_judged(section16: Command, tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    assert section16("generate", "--count", "30", "-o", folder, "--quiet").code == 0
    ended = section16("due", folder, "--quiet")
    assert ended.code == 0
    assert len(ended.out.decode().splitlines()) == 31
    assert "30 reports:" in ended.err
    late = section16("due", folder, "--late", "--json", "--quiet")
    found = json.loads(late.out)
    assert sum(found["counts"].values()) == 30
    assert all(one["late"] for one in found["reports"])


def test_what_can_t_be_read_is_named_and_the_rest_goes_on(section16: Command, tmp_path: Path, repository: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<ownershipDocument>", encoding="utf-8")
    assert section16("due", bad).code == 3
    assert section16("due", bad, repository / "examples" / "qualys-form4.md").code == 1


def test_an_exempt_trade_after_leaving_is_not_reported(section16: Command) -> None:
    words = ["--traded", "2026-09-14", "--left", "2026-06-30", "--disposed", "--last-purchase", "2026-05-11"]
    assert answer(section16, *words, "--code", "G")["status"] == "not owed"
    assert answer(section16, *words, "--code", "S")["due"] == "2026-09-16"
    assert answer(section16, *words, "--code", "J")["status"] == "cannot be said"
