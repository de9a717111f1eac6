from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16 import read, write

if TYPE_CHECKING:
    from tests.cli.conftest import Command

FACTS = '"accession": "0009990001-24-00000{}", "form_type": "4", "filed_on": "{}"'


@pytest.fixture
def reports(repository: Path, tmp_path: Path) -> Path:
    """The same Form 4 of trades on 13 May 2024, filed in time and filed late."""
    folder = tmp_path / "reports"
    folder.mkdir()
    plain = write(read(repository / "examples" / "merrow-form4.xml"), "json").decode()
    plain = plain.replace('"aff10b5_one": "1"', '"aff10b5_one": "0"').replace("10b5-1", "other")
    for number, filed in ((1, "2024-05-15"), (2, "2024-05-20")):
        said = json.loads(plain)
        said["filing"] = json.loads("{" + FACTS.format(number, filed) + "}")
        (folder / f"{number}.json").write_text(json.dumps(said), encoding="utf-8")
    (folder / "INDEX.csv").write_text("no,filing\n", encoding="utf-8")
    return folder


def test_the_table_names_person_report_and_line(section16: Command, reports: Path) -> None:
    ended = section16("item405", "LNQY", "--year", "2024", "--from", reports)
    text = ended.out.decode()
    assert ended.code == 0
    assert "reviewed: 2 reports of 1 person" in text
    assert "0009990001-24-000002" in text
    assert "0009990001-24-000001" not in text


def test_json_counts_reports_and_transactions(section16: Command, reports: Path) -> None:
    answer = json.loads(section16("item405", "9990001", "--year", "2024", "--from", reports, "--json").out)
    assert answer["issuer"] == {"cik": "9990001", "name": "Lantern & Quay Corp"}
    assert answer["caption"] == "Delinquent Section 16(a) Reports"
    (person,) = answer["persons"]
    assert (person["late_reports"], person["late_transactions"]) == (1, 2)
    assert person["sources"][0]["due"] == "2024-05-15"
    assert answer["text"].startswith("Delinquent Section 16(a) Reports\n\n")


def test_several_sources_may_follow_from(section16: Command, reports: Path) -> None:
    one, two = reports / "1.json", reports / "2.json"
    given = section16("item405", "LNQY", "--year", "2024", "--json", "--from", one, two)
    assert given.out == section16("item405", "LNQY", "--year", "2024", "--json", "--from", reports).out


def test_the_words_alone(section16: Command, reports: Path) -> None:
    text = section16("item405", "LNQY", "--year", "2024", "--from", reports, "--text").out.decode()
    assert text.startswith("Delinquent Section 16(a) Reports\n")
    assert "MERROW ADA T filed one late report (one Form 4), covering two transactions" in text


def test_with_nothing_to_say_nothing_is_printed(section16: Command, reports: Path) -> None:
    ended = section16("item405", "LNQY", "--year", "2024", "--from", reports / "1.json", "--text")
    assert (ended.code, ended.out) == (0, b"")
    assert "the caption is left out" in ended.err


def test_a_known_failure_is_named(section16: Command, reports: Path) -> None:
    words = ["--known-failure", "QUAY LEO: Form 3", "--text"]
    ended = section16("item405", "LNQY", "--year", "2024", "--from", reports / "1.json", *words)
    assert b"QUAY LEO failed to file a Form 3." in ended.out


def test_form_5_takes_events_and_drafts_statements(section16: Command, reports: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("date,owner,code,a/d,shares\n2024-06-03,QUAY LEO,G,A,100\n", encoding="utf-8")
    words: list[str | Path] = ["item405", "LNQY", "--year", "2024", "--from", reports, "--form5", "--events", events]
    answer = json.loads(section16(*words, "--json").out)
    assert answer["due"] == "2025-02-14"
    assert [(one["name"], one["form_5"], bool(one["statement"])) for one in answer["persons"]] == [
        ("MERROW ADA T", "none found", True),
        ("QUAY LEO", "due", False),
    ]
    assert section16(*words, "--text").out.startswith(b"To: Lantern & Quay Corp\n")
    assert b"QUAY LEO" in section16(*words).out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["LNQY", "--year", "2024"], 2, "no reports to look at"),
        (["no such issuer", "--year", "2024", "--from", "."], 2, "neither a CIK nor a trading symbol"),
        (["LNQY", "--year", "2024", "--from", "none.xml"], 3, "SOURCE_UNREADABLE"),
        (["LNQY", "--from", "."], 2, "--year"),
    ],
)
def test_what_makes_no_sense_is_refused(section16: Command, words: list[str], code: int, said: str) -> None:
    ended = section16("item405", *words)
    assert (ended.code, said in ended.err) == (code, True)


@pytest.mark.parametrize(
    "words",
    [("--fiscal-year-end", "13-01"), ("--known-failure", "Form 3"), ("--events", "events.csv")],
    ids=lambda words: words[0],
)
def test_options_are_checked(section16: Command, reports: Path, words: tuple[str, str]) -> None:
    assert section16("item405", "LNQY", "--year", "2024", "--from", reports, *words).code == 2


def test_another_issuers_reports_are_left_out(section16: Command, reports: Path) -> None:
    ended = section16("item405", "1234567", "--year", "2024", "--from", reports)
    assert (ended.code, "no report of 1234567 among the sources" in ended.err) == (0, True)
