r"""The fast way from bytes to a document: patterns and straight-line code compiled from the field table.

It takes what nearly every report is: ASCII, known elements in the official order, nothing else. Each group of the
form is one pattern, so a report that the patterns cover from the first byte to the last is well-formed: every start
tag has its end tag by construction, and no text holds `<`, a control character, `]]>` or a reference that is not one.
Anything else (unknown or doubled elements, other order, comments, stray text, attributes, other encodings, or XML
that isn't) raises :class:`Unusual`, and the parser and `careful_reader` decide. On what both take they agree, held by
tests over real, generated and broken reports.

All repetitions are possessive, so the time is linear in the size of the input whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from section16.edgar.reader_patterns import BLANKS, ID, TEXT, compile_reader
from section16.form.cells import Noted, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.values import read_boolean, read_date, read_decimal, read_text


class Unusual(Exception):  # noqa: N818 - a signal between two readers, never seen by a caller
    """The bytes hold something that the compiled reader does not take."""


class _Shared(dict[str, Any]):
    """Cells by their short texts, made when first met; emptied when full, so that memory stays flat."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self.make = make

    def __missing__(self, text: str) -> Any:
        made = self.make(text)
        if len(text) > _LONGEST_SHARED:
            return made
        if len(self) >= _MOST_CELLS:
            self.clear()
        self[text] = made
        return made


_MOST_CELLS: Final = 4096
_LONGEST_SHARED: Final = 256
_LARGEST: Final = 262_144
"""Bytes. So few cannot hold more elements than limits.XML_ELEMENTS."""
_ENCODING: Final = r" encoding=([\"'])(?i:utf-8|us-ascii|iso-8859-1|windows-1252)\2"
_HEAD: Final = re.compile(rf"(?:<\?xml version=([\"'])1\.0\1(?:{_ENCODING})? ?\?>)?+{BLANKS}")
_IDS: Final = re.compile(r'"([^"]*)"')
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_FIRST_PLAIN_CHARACTER: Final = 0x20
_FIRST_SURROGATE: Final = 0xD800


def read_usual(data: bytes) -> OwnershipDocument:
    """Return the document of usual bytes. Raises Unusual for any other."""
    if len(data) > _LARGEST or not data.isascii():
        raise Unusual
    text = data.decode("ascii")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "]]>" in text:
        raise Unusual
    head = _HEAD.match(text)
    values, end = _reader()(text, head.end() if head else 0, "&" in text)
    if text[end:].strip(" \t\n"):
        raise Unusual
    return OwnershipDocument(**values)


def _resolved(text: str) -> str:
    """`text` with its references resolved."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    named, decimal, hexadecimal = reference.groups()
    if named:
        return _NAMED[named]
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        if _FIRST_PLAIN_CHARACTER <= number < _FIRST_SURROGATE or number in {9, 10, 13}:
            return chr(number)
    raise Unusual


def _ids(references: str) -> tuple[str, ...]:
    return tuple(_IDS.findall(references))


def _noted(cell: Noted[Any], references: str) -> Noted[Any]:
    return Noted(value=cell.value, text=cell.text, footnotes=_ids(references))


def _footnotes(text: str, at: int, entities: bool) -> tuple[list[Footnote], int]:  # noqa: FBT001
    match = _FOOTNOTE.match
    notes = []
    while found := match(text, at):
        words = found[2] or ""
        notes.append(Footnote(id=found[1], text=_resolved(words) if entities else words))
        at = found.end()
    return notes, at


_FOOTNOTE: Final = re.compile(rf'<footnote id="({ID})"(?:/>|>({TEXT})</footnote>){BLANKS}')
_SCOPE: Final[Mapping[str, Any]] = {
    "cell_str": _Shared(lambda text: Noted(value=read_text(text), text=text)),
    "cell_date": _Shared(lambda text: Noted(value=read_date(text), text=text)),
    "plain_date": _Shared(lambda text: Plain(value=read_date(text), text=text)),
    "plain_bool": _Shared(lambda text: Plain(value=read_boolean(text), text=text)),
    "read_decimal": read_decimal,
    "read_footnotes": _footnotes,
    "resolved": _resolved,
    "ids": _ids,
    "noted": _noted,
    "Noted": Noted,
    "Unusual": Unusual,
    "Footnotes": Footnotes,
}


@cache
def _reader() -> Callable[..., Any]:
    return compile_reader(_SCOPE)
