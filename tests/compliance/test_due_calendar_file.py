"""iCalendar files: lines of 75 octets, CRLF, the same bytes for the same facts."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from section16.compliance.calendar_file import Event, calendar_file
from section16.law import EASTERN


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def event(text: str) -> Event:
    return Event(uid="a@section16", summary=text, description=text, day=date(2026, 12, 25))


@given(st.text(max_size=300))
def test_lines_are_folded_between_characters(text: str) -> None:
    data = calendar_file([event(text)], name="n", stamp=date(2026, 11, 22))

    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert sum(line.startswith("SUMMARY:") for line in unfolded(data)) == 1
    assert data == calendar_file([event(text)], name="n", stamp=date(2026, 11, 22))


def test_marks_of_the_format_are_escaped() -> None:
    lines = unfolded(calendar_file([event("a,b;c\\d\ne")], name="n", stamp=date(2026, 11, 22)))
    assert "SUMMARY:a\\,b\\;c\\\\d\\ne" in lines
    assert "DTSTAMP:20261122T000000Z" in lines
    assert "DTSTART;VALUE=DATE:20261225" in lines
    assert "DTEND;VALUE=DATE:20261226" in lines


def test_an_hour_has_its_zone() -> None:
    until = datetime(2026, 3, 9, 22, tzinfo=EASTERN)
    timed = Event(uid="b@section16", summary="s", description="d", until=until)
    lines = unfolded(calendar_file([timed], name="n", stamp=date(2026, 11, 22)))
    assert "DTEND;TZID=America/New_York:20260309T220000" in lines
    assert lines.count("BEGIN:VTIMEZONE") == lines.count("END:VTIMEZONE") == 1
