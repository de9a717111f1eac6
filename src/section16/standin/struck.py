"""Faults that strike the content of an answer: cut, rebuilt, changed, corrupted, or a page of HTML in its place."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Final

import msgspec

from section16.standin.answers import GZIP, HTML, ZIP, Answer
from section16.standin.faults import Came
from section16.standin.pages import block_page

_DIGIT: Final = re.compile(rb"<value>\s*\d*?(\d)")
_COMMENT: Final = b"rebuilt"


def struck(answer: Answer, came: Mapping[str, Came]) -> Answer:
    """Return an answer as the faults leave it; errors such as a 404 stay as they are."""
    if answer.status != 200:  # noqa: PLR2004
        return answer
    if "block-page" in came:
        return Answer(content=block_page(), media_type=HTML)
    for name, strike in _STRIKES:
        if name in came:
            content = answer.content if isinstance(answer.content, bytes) else answer.content.bytes()
            answer = strike(answer, content, came[name].chance)
    return answer


def _rebuilt(answer: Answer, content: bytes, chance: float) -> Answer:
    """The same content in other bytes: another time inside a gzip, a comment behind a zip; of text the ETag alone."""
    if answer.media_type == GZIP:
        content = content[:4] + struct.pack("<I", 1 + int(chance * 2**31)) + content[8:]
    elif answer.media_type == ZIP and content[-22:-18] == b"PK\5\6":
        content = content[:-2] + struct.pack("<H", len(_COMMENT)) + _COMMENT
    return msgspec.structs.replace(answer, content=content, mark=_mark(chance))


def _changed(answer: Answer, content: bytes, chance: float) -> Answer:
    found = [one.start(1) for one in _DIGIT.finditer(content)]
    if found:
        at = found[int(chance * len(found))]
        content = content[:at] + str((int(content[at : at + 1]) + 1) % 10).encode() + content[at + 1 :]
    return msgspec.structs.replace(answer, content=content, mark=_mark(chance))


def _corrupt(answer: Answer, content: bytes, chance: float) -> Answer:
    at = int(chance * len(content))
    return msgspec.structs.replace(answer, content=content[:at] + b"\0" + content[at + 1 :])


def _cut(answer: Answer, content: bytes, chance: float) -> Answer:
    return msgspec.structs.replace(answer, content=content[: int(chance * len(content))])


def _mark(chance: float) -> str:
    return f"-{int(chance * 2**32):08x}"


_STRIKES: Final = (("rebuilt", _rebuilt), ("changed", _changed), ("corrupt", _corrupt), ("wrong-length", _cut))
