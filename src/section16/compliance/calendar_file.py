"""iCalendar files (RFC 5545): days that are closed, due days with their hour. The same facts make the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

_LONGEST: Final = 75
"""Octets of a line; longer ones are folded (3.1)."""
_PRODUCT: Final = "-//section16//law calendar//EN"
_ZONE: Final = "America/New_York"


def _half_year(kind: str, first: str, rule: str, until: str | None = None) -> list[str]:
    """Standard or daylight saving time since `first` (3.6.5)."""
    name, before, after = ("EST", "-0400", "-0500") if kind == "STANDARD" else ("EDT", "-0500", "-0400")
    end = f";UNTIL={until}" if until else ""
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first}T020000",
        f"RRULE:FREQ=YEARLY;{rule}{end}",
        f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{after}",
        f"TZNAME:{name}",
        f"END:{kind}",
    ]


_EASTERN: Final = [
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    *_half_year("DAYLIGHT", "19870405", "BYMONTH=4;BYDAY=1SU", "20060402T070000Z"),
    *_half_year("STANDARD", "19671029", "BYMONTH=10;BYDAY=-1SU", "20061029T060000Z"),
    *_half_year("DAYLIGHT", "20070311", "BYMONTH=3;BYDAY=2SU"),
    *_half_year("STANDARD", "20071104", "BYMONTH=11;BYDAY=1SU"),
    "END:VTIMEZONE",
]
"""Eastern time since 1987, by the Uniform Time Act and the Energy Policy Act of 2005."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event: a whole day (`day`), or the hour before an instant of Eastern time (`until`)."""

    uid: str
    summary: str
    description: str
    day: date | None = None
    until: datetime | None = None


def calendar_file(events: Iterable[Event], *, name: str, stamp: date) -> bytes:
    """The file's bytes, lines ended by CRLF. `stamp` is the day of which its facts are: never the clock's."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    given = list(events)
    if any(event.until is not None for event in given):
        lines += _EASTERN
    for event in given:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, stamp: date) -> list[str]:
    if event.until is not None:
        times = [
            f"DTSTART;TZID={_ZONE}:{event.until - timedelta(hours=1):%Y%m%dT%H%M%S}",
            f"DTEND;TZID={_ZONE}:{event.until:%Y%m%dT%H%M%S}",
        ]
    else:
        day = event.day or stamp
        times = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        *times,
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    r"""A TEXT value: backslash, semicolon and comma escaped, line ends as `\n` (3.3.11)."""
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return "".join(each for each in text.replace("\r\n", "\n").replace("\n", "\\n") if each.isprintable())


def _folded(line: str) -> bytes:
    """A line in UTF-8, folded at 75 octets without cutting a character in two."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode("utf-8")
        if len(piece) + len(octets) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
