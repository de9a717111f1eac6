"""What stands below the tables, read from Markdown: explanation, remarks, signatures.

A line that ends in a date, or is underlined, is a signature; our own writer escapes a date at the end of any other
line. Where a converter wrote no heading for remarks, there are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from section16.errors import SourceError
from section16.render.markdown_blocks import Paragraph
from section16.render.markdown_text import plain
from section16.render.printed import PrintedFootnote, PrintedSignature
from section16.render.seen_form import Foot

EXPLANATION: Final = re.compile(r"[*_#\s]*Explanation of Responses\s*:?[*_\s]*$", re.IGNORECASE)
_REMARKS: Final = re.compile(r"(?:[*_#\s]*Remarks\s*:[*_\s]*$|\*\*Remarks\s*:\s*\*\*\s*(?P<text>.*))", re.IGNORECASE)
_SIGNATURE_LABEL: Final = re.compile(r"[*\\_#\s]*Signature of Reporting Person\b", re.IGNORECASE)
_NO_SECURITIES: Final = re.compile(r"No securities are beneficially owned\s*\\?\.?$", re.IGNORECASE)
_REMINDER: Final = re.compile(r"[*\\_#\s]*Reminder:", re.IGNORECASE)
_FOOTNOTE: Final = re.compile(
    r"(?:([0-9]{1,9})[.)]|([^\s\\]*)\\\.|\\?\(([0-9]{1,3})\\?\))(?:\s+(?P<text>.*))?$", re.DOTALL
)
_LISTED: Final = re.compile(r"[0-9]{1,9}[.)]\s")
_UNDERLINED: Final = re.compile(r"<u>([^<>]*)</u>(?: ?<u>([^<>]*)</u>)?", re.IGNORECASE)
_DATED: Final = re.compile(r"(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$")
_UNDERLINE: Final = re.compile(r"</?u>", re.IGNORECASE)
_LONGEST_NAME: Final = 300
"""Characters of a line up to its date beyond which it is no signature; the form allows a name 255."""


def read_foot(lines: Sequence[Paragraph], last_line: int) -> tuple[Foot, list[Paragraph]]:
    """Return what the lines after the heading "Explanation of Responses:" say, and those that are none of it.

    Raises SourceError STRUCTURE: the line below the signatures is missing, so that the text may be cut off.
    """
    end = next((index for index, line in enumerate(lines) if _SIGNATURE_LABEL.match(line.text)), None)
    if end is None:
        raise SourceError(
            "STRUCTURE",
            'the line "Signature of Reporting Person" is missing',
            line=last_line,
            mend="The text may be cut off: take the whole page",
        )
    above, below = list(lines[:end]), list(lines[end + 1 :])
    heading = next((index for index, line in enumerate(above) if _REMARKS.match(line.text)), None)
    explanation = above if heading is None else above[:heading]
    rest = above if heading is None else above[heading + 1 :]
    signed = _signatures_at_end(rest)
    if heading is None:
        explanation, remarks = rest[: len(rest) - signed], None
    else:
        said = _REMARKS.match(above[heading].text)
        first = [said["text"]] if said and said["text"] else []
        remarks = " ".join(plain(text) for text in [*first, *(line.text for line in rest[: len(rest) - signed])])
    none_owned = bool(explanation) and _NO_SECURITIES.match(explanation[0].text) is not None
    footnotes, unread = _footnotes(explanation[1:] if none_owned else explanation)
    later = _signatures_below(below)
    foot = Foot(
        no_securities_owned=none_owned,
        footnotes=footnotes,
        remarks=remarks,
        signatures=tuple(_signature(line.text) for line in [*rest[len(rest) - signed :], *later]),
    )
    return foot, [*unread, *(line for line in below if line not in later)]


def _signatures_at_end(lines: Sequence[Paragraph]) -> int:
    """Count the signature lines at the end."""
    count = 0
    for line in reversed(lines):
        if not _is_signature(line.text):
            break
        count += 1
    return count


def _signatures_below(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the signatures that stand below a label of their own, as some pages have them."""
    end = next((index for index, line in enumerate(lines) if _REMINDER.match(line.text)), 0)
    return [line for line in lines[:end] if _is_signature(line.text)]


def _is_signature(markdown: str) -> bool:
    if _UNDERLINED.fullmatch(markdown) is not None:
        return True
    dated = _DATED.search(_UNDERLINE.sub("", markdown))
    return dated is not None and dated.start() <= _LONGEST_NAME and _LISTED.match(markdown) is None


def _signature(markdown: str) -> PrintedSignature:
    underlined = _UNDERLINED.fullmatch(markdown)
    if underlined is not None:
        return PrintedSignature(plain(underlined[1]), plain(underlined[2] or ""))
    line = _UNDERLINE.sub("", markdown)
    dated = _DATED.search(line)
    return PrintedSignature(plain(line[: dated.start()]), dated[0]) if dated else PrintedSignature(plain(line), "")


def _footnotes(lines: Sequence[Paragraph]) -> tuple[tuple[PrintedFootnote, ...], list[Paragraph]]:
    """Return the footnotes, and lines before the first that belong to none; later lines continue one."""
    numbers: list[str] = []
    texts: list[list[str]] = []
    unread: list[Paragraph] = []
    for line in lines:
        found = _FOOTNOTE.fullmatch(line.text)
        if found is not None:
            numbers.append(plain(found[1] or found[2] or found[3] or ""))
            texts.append([plain(found["text"] or "")])
        elif texts:
            texts[-1].append(plain(line.text))
        else:
            unread.append(line)
    return tuple(PrintedFootnote(n, " ".join(text)) for n, text in zip(numbers, texts, strict=True)), unread
