"""`section16 calendar`: closed days with reasons, differences from trading days, iCalendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol


class Ended(Protocol):
    """How a command ended."""

    code: int
    out: bytes
    err: str


class Command(Protocol):
    """`section16` with words, and bytes on standard input."""

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Ended: ...


def test_a_year_lists_its_closed_days_with_reasons(section16: Command) -> None:
    text = section16("calendar", "--year", "2025").out.decode()
    assert "2025-01-09  Thu  day of mourning for President Carter" in text
    assert "Good Friday: exchanges closed" in text
    assert "Columbus Day: exchanges open" in text


def test_as_json_with_citations(section16: Command) -> None:
    (year,) = json.loads(section16("calendar", "--year", "2027", "--json").out)
    assert [one["date"][5:] for one in year["closed"]] == (
        ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"]
    )
    assert all(one["cites"] and one["why"] for one in year["closed"])


def test_as_icalendar_the_same_bytes_each_time(section16: Command) -> None:
    first = section16("calendar", "--ics", "--year", "2026").out
    assert first == section16("calendar", "--ics", "--year", "2026").out
    assert first.count(b"BEGIN:VEVENT\r\n") == 11
    assert b"DTSTART;VALUE=DATE:20261126\r\n" in first
    every = section16("calendar", "--ics").out
    assert b"DTSTART;VALUE=DATE:20020101\r\n" in every
    assert b"DTSTART;VALUE=DATE:20351225\r\n" in every
    uids = [line for line in every.split(b"\r\n") if line.startswith(b"UID:")]
    assert len(set(uids)) == len(uids)


def test_added_closings_are_listed(section16: Command, tmp_path: Path) -> None:
    file = tmp_path / "closings.toml"
    file.write_text("[[closings]]\ndate = 2026-12-24\nwhy = 'by order'\nsource = 'Order X'\n", encoding="utf-8")
    text = section16("calendar", "--year", "2026", "--closings", file).out.decode()
    assert "2026-12-24  Thu  by order" in text
    assert "Order X (user)" in text


def test_years_that_can_t_be_are_refused(section16: Command) -> None:
    for year in ("1900", "0", "99999"):
        assert section16("calendar", "--year", year).code == 2
    assert section16("calendar", "--json", "--ics").code == 2
    assert "2002 to 2035" in section16("calendar", "--year", "2040").err
