"""What stands below the tables, read from HTML: explanation, remarks, signatures.

Row by row from the heading "Explanation of Responses:" on: a row of one cell is a footnote, a heading, or below
"Remarks:" the remarks; a row of several is a signature with its date, or the labels below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from lxml.html import HtmlElement

from section16.errors import SourceError
from section16.render.html_page import Run, runs
from section16.render.page_words import words
from section16.render.printed import PrintedFootnote, PrintedSignature
from section16.render.seen_form import Foot

_FOOTNOTE: Final = re.compile(r"(\S+)\.(?:\s+(.*))?", re.DOTALL)
_EXPLANATION: Final = "explanation of responses:"
_REMARKS: Final = "remarks:"
_NO_SECURITIES: Final = "no securities are beneficially owned"
_SIGNATURE: Final = re.compile(r"[*\s]*signature of reporting person\b")
_REMINDER: Final = "reminder:"


def read_foot(part: HtmlElement) -> Foot:
    """Return what the rows from "Explanation of Responses:" on say.

    Raises SourceError STRUCTURE: that heading, or the label below the signatures, is missing.
    """
    rows = _rows(part)
    start = next((index for index, row in enumerate(rows) if _is_fixed(row, _EXPLANATION)), None)
    if start is None:
        raise _cut_off('the heading "Explanation of Responses:" is missing')
    below = list(takewhile(lambda row: not _opens(row, _REMINDER), rows[start + 1 :]))
    if not any(_is_label(run) for row in below for run in row):
        raise _cut_off('the label "Signature of Reporting Person" is missing')
    explanation = list(takewhile(lambda row: len(row) == 1, below))
    remarks_at = next((index for index, row in enumerate(explanation) if _is_fixed(row, _REMARKS)), None)
    remarks = None if remarks_at is None else " ".join(row[0].text for row in explanation[remarks_at + 1 :])
    lines = [row[0].text for row in explanation[:remarks_at]]
    none_owned = bool(lines) and words(lines[0]).startswith(_NO_SECURITIES)
    return Foot(
        no_securities_owned=none_owned,
        footnotes=tuple(_footnote(line) for line in lines[none_owned:]),
        remarks=remarks,
        signatures=tuple(
            PrintedSignature(row[-2].text, row[-1].text)
            for row in below[len(explanation) :]
            if len(row) > 1 and not any(_is_label(run) for run in row)
        ),
    )


def _cut_off(message: str) -> SourceError:
    return SourceError("STRUCTURE", message, mend="The page may be cut off: save the whole page")


def _rows(part: HtmlElement) -> list[list[Run]]:
    """Return the rows of tables without tables in them, as the words of each cell."""
    rows = [row.findall("td") for row in part.iter("tr") if row.find(".//tr") is None]
    return [[_cell(cell) for cell in row] for row in rows if row]


def _cell(cell: HtmlElement) -> Run:
    found = runs(cell)
    return Run(" ".join(run.text for run in found if run.text), any(run.filled_in for run in found))


def _is_fixed(row: Sequence[Run], said: str) -> bool:
    return len(row) == 1 and not row[0].filled_in and words(row[0].text) == said


def _opens(row: Sequence[Run], said: str) -> bool:
    return not row[0].filled_in and words(row[0].text).startswith(said)


def _is_label(run: Run) -> bool:
    return not run.filled_in and _SIGNATURE.match(words(run.text)) is not None


def _footnote(line: str) -> PrintedFootnote:
    """Split `1. text`; a line without a number is a footnote without an id."""
    found = _FOOTNOTE.fullmatch(line)
    return PrintedFootnote(found[1], found[2] or "") if found else PrintedFootnote("", line)
