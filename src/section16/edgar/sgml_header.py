"""The header of a submission, read from either of its styles into the same facts.

A header is never refused for a value: what cannot be read is None with a note, and every line, known or not, stays in
the text. The styles and their words: `header_words`; the way back: `sgml_header_writer`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from section16 import limits
from section16.edgar.containers import Address, Filer, FormerName, SubmissionHeader, decode_text, line_number
from section16.edgar.header_words import (
    FILER,
    LINE_STARTS,
    OPENS_ADDRESS,
    OPENS_FILER,
    WORDS,
)
from section16.errors import SourceError, excerpt

EASTERN = ZoneInfo("America/New_York")
"""EDGAR's clock: an acceptance time is the wall clock of this zone."""

_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")
_ACCESSION_IN_FILE_LINE = re.compile(r"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>[ \t]*([0-9]{10}-[0-9]{2}-[0-9]{6})\.")
_COUNT = re.compile(r"[0-9]{1,6}")
_HEADER_BEGIN, _HEADER_END = b"<SEC-HEADER>", b"</SEC-HEADER>"
_HOUR_AFTER_CLOCK_CHANGES = "03"
_YEARS = range(1934, 2200)

_DAY_DIGITS = 8
_MOMENT_DIGITS = 14

_Facts = dict[str, Any]


def read_header(text: str) -> SubmissionHeader:
    """Return the facts of a header's `text`, in label style, tag style, or the mix of the 1990s.

    Of a fact given twice the first counts, with a note. The accession number comes from its own line, else from the
    line that names the file. Times are read as `_moment` says.
    """
    notes: list[str] = []
    top, parties = _gather(text, notes)
    return SubmissionHeader(
        accession=_accession(top.get("accession"), text, notes),
        form_type=top.get("form_type") or None,
        document_count=_count(top.get("document_count"), notes),
        period=_day("period of report", top.get("period"), notes),
        filed_on=_day("filing date", top.get("filed_on"), notes),
        accepted_at=_moment(top.get("accepted_at"), notes),
        changed_on=_day("date of change", top.get("changed_on"), notes),
        filers=tuple([_filer(party, notes) for party in parties]),
        text=text,
        notes=tuple(dict.fromkeys(notes)),
    )


def looks_like_header_page(data: bytes) -> bool:
    """Tell whether `data` is a page that carries a whole header, as EDGAR's `-index-headers.html` does in a comment."""
    start = data[:1024].lstrip().lower()
    return start.startswith((b"<html", b"<!doctype html", b"<!--")) and _HEADER_BEGIN in data


def read_header_page(data: bytes) -> SubmissionHeader:
    """Return the header inside an `-index-headers.html` page, or a `.hdr.sgml` file, which is nothing but a header.

    Raises:
        SourceError: `CONTAINER_MALFORMED` if there is no `<SEC-HEADER>` with an end, `LIMIT_COUNT`.
    """
    begin = data.find(_HEADER_BEGIN)
    end = data.find(_HEADER_END, begin)
    if begin < 0 or end < 0:
        raise SourceError("CONTAINER_MALFORMED", "no <SEC-HEADER> with an end tag in this page")
    lines = line_number(data, end) - line_number(data, begin)
    if lines > limits.SUBMISSION_HEADER_LINES:
        message = f"the submission's header has more than {limits.SUBMISSION_HEADER_LINES:,} lines"
        raise SourceError("LIMIT_COUNT", message, line=line_number(data, begin))
    return read_header(decode_text(data[begin : end + len(_HEADER_END)]))


def _gather(text: str, notes: list[str]) -> tuple[_Facts, list[_Facts]]:
    """Sort the known lines of `text`: facts of the submission, and of each party (its blocks as facts of their own).

    A field outside its block stays in the text only. This loop is most of what reading a header costs.
    """
    top: _Facts = {}
    parties: list[_Facts] = []
    groups: list[_Facts | None] = [top, None, None, None]
    find = LINE_STARTS.get
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        word, _, value = line.partition(":")
        known = find(word)
        if known is None:
            if not line:
                continue
            known, word, value = _tag_or_odd_label(line)
            if known is None:
                continue
        place, name = known
        if place < OPENS_FILER:
            facts = groups[place]
            if facts is None:
                continue
            if name in facts:
                notes.append(f"header: {word.strip()} is given twice in one place, the first counts")
            else:
                facts[name] = value.strip()
        elif place == OPENS_FILER:
            parties.append({"role": name, "former_names": []})
            groups = [top, parties[-1], None, None]
        else:
            _open_block(place, name, groups, notes)
    return top, parties


def _tag_or_odd_label(line: str) -> tuple[tuple[int, str] | None, str, str]:
    """Return what is known of a line in tag style, or of a label indented in an unusual way; its word and value."""
    line = line.strip()
    word, _, value = line[1:].partition(">") if line.startswith("<") else line.partition(":")
    return WORDS.get(word), word, value


def _open_block(place: int, name: str, groups: list[_Facts | None], notes: list[str]) -> None:
    """Begin an address or former name of the latest party; `groups` say where fields go from now on."""
    party = groups[FILER]
    block: _Facts = {}
    groups[place - OPENS_FILER + FILER] = block
    if party is None:
        notes.append("header: an address or former name stands before any party and is not counted to one")
    elif place == OPENS_ADDRESS:
        if name in party:
            notes.append("header: an address is given twice for one party, the first counts")
        party.setdefault(name, block)
    else:
        party["former_names"].append(block)


def _filer(facts: _Facts, notes: list[str]) -> Filer:
    """Return a party; the words beside an industry's number and the century of an act are left to the text."""
    if (industry := facts.get("sic")) and industry.endswith("]"):
        facts["sic"] = industry.rpartition("[")[2][:-1].strip()
    if (act := facts.get("act")) and act.endswith(" Act") and act.startswith("19"):
        facts["act"] = act[2:-4]
    for kind in ("business_address", "mail_address"):
        if kind in facts:
            facts[kind] = Address(**facts[kind])
    facts["former_names"] = tuple([_former_name(former, notes) for former in facts["former_names"]])
    return Filer(**facts)


def _former_name(facts: _Facts, notes: list[str]) -> FormerName:
    changed_on = _day("date of a name change", facts.get("changed_on"), notes)
    return FormerName(name=facts.get("name"), changed_on=changed_on)


def _accession(given: str | None, text: str, notes: list[str]) -> str | None:
    named = _ACCESSION_IN_FILE_LINE.match(text.lstrip())
    if given and _ACCESSION.fullmatch(given):
        if named and named[1] != given:
            notes.append(f"header: the file is named {named[1]}, its accession number is {given}")
        return given
    if given:
        notes.append(f"header: '{excerpt(given)}' is not an accession number")
    return named[1] if named else None


def _count(given: str | None, notes: list[str]) -> int | None:
    if not given:
        return None
    if _COUNT.fullmatch(given):
        return int(given)
    notes.append(f"header: '{excerpt(given)}' is not a count of documents")
    return None


def _day(what: str, given: str | None, notes: list[str]) -> date | None:
    """Return the day written as YYYYMMDD; None if absent or blank, and with a note if it is no day."""
    if not given:
        return None
    if len(given) == _DAY_DIGITS and given.isascii() and given.isdigit():
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    notes.append(f"header: the {what} '{excerpt(given)}' is not a date")
    return None


def _moment(given: str | None, notes: list[str]) -> datetime | None:
    """Return the Eastern wall-clock time written as YYYYMMDDHHMMSS.

    One rule for the two nights of clock changes: the offset in force before the change holds. So of a doubled hour it
    is the first, and a time that the clock skipped is counted on from standard time; both with a note.
    """
    if not given:
        return None
    if len(given) == _MOMENT_DIGITS and given.isascii() and given.isdigit() and int(given[:4]) in _YEARS:
        try:
            moment = datetime.fromisoformat(f"{given[:8]}T{given[8:]}").replace(tzinfo=EASTERN)
        except ValueError:
            pass
        else:
            if given[8:10] < _HOUR_AFTER_CLOCK_CHANGES and moment.utcoffset() != moment.replace(fold=1).utcoffset():
                notes.append(f"header: the clocks changed at {given}; read with the offset from before the change")
            return moment
    notes.append(f"header: the acceptance time '{excerpt(given)}' is not a time")
    return None
