"""Binary documents inside a submission text: `begin MODE NAME`, lines of up to 45 bytes, `end`.

EDGAR's encoder leaves off blanks at a line's end, the length mark of the empty last line too, and fills the last group
of a document with whatever was in its memory; so decoding pays heed to each line's length and to nothing behind it.
The name in the first line is text of the filing and never names a file. POSIX uuencode describes the format.
"""

from __future__ import annotations

import binascii
import io
import re
from collections.abc import Iterator
from itertools import zip_longest

import msgspec

_BEGIN = re.compile(rb"begin [0-7]{3,4} [^\r\n]+")
_BYTES_A_LINE = 45
_FIRST_MARK, _LAST_MARK = ord(" "), ord("`")


class Uuencoded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a uuencoded text decodes to; `fault` says why it does not, and then `content` is empty."""

    content: bytes = b""
    fault: str | None = None


def looks_uuencoded(text: bytes) -> bool:
    """Tell whether `text` begins as a uuencoded file does; prose that opens with the word "begin" does not."""
    return _BEGIN.match(text) is not None


def decode(text: bytes) -> Uuencoded:
    """Decode one uuencoded file: the `begin` line first, the `end` line last, nothing around them but blanks.

    Anything else (cut, two files in one text, a line that is longer than it says or holds other characters) is a
    fault, in words without a final stop. A line that is shorter than it says ends in blanks that were left off; code
    that lives off this and decodes to more than its own size is a fault, too.
    """
    one_style = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    lines = (line.rstrip() for line in io.BytesIO(one_style))
    if not looks_uuencoded(next(lines, b"")):
        return Uuencoded(fault="no 'begin' line")
    content, is_complete = bytearray(), False
    for number, line in enumerate(lines, start=2):
        if line == b"end":
            behind = any(lines)
            return Uuencoded(fault="text behind its 'end' line") if behind else Uuencoded(content=bytes(content))
        if line in (b"", b"`"):
            is_complete = True
            continue
        part = None if is_complete else _decode_line(line)
        if part is None or len(content) + len(part) > len(text):
            return Uuencoded(fault=f"line {number} is not uuencoded, or says a wrong length")
        content += part
    return Uuencoded(fault="no 'end' line")


def _decode_line(line: bytes) -> bytes | None:
    """Return the bytes of one line, None if it says a wrong length or holds characters of no code."""
    length = (line[0] - _FIRST_MARK) & 63
    whole = 1 + -(-length // 3) * 4
    if not _FIRST_MARK <= line[0] <= _LAST_MARK or len(line) > whole:
        return None
    try:
        return binascii.a2b_uu(line[: 1 + -(-length * 4 // 3)])
    except binascii.Error:
        return None


def encode(content: bytes, name: str | None) -> bytes:
    r"""Return `content` uuencoded as EDGAR does it, lines ended by `\n`, none after `end`; mode 644."""
    return b"".join(_encoded_lines(content, name))


def is_own_encoding(text: bytes, content: bytes, name: str | None) -> bool:
    """Tell whether `text` is, byte for byte, what `encode` makes of `content`."""
    pairs = zip_longest(_encoded_lines(content, name), io.BytesIO(text))
    return all(own == stored for own, stored in pairs)


def _encoded_lines(content: bytes, name: str | None) -> Iterator[bytes]:
    yield b"begin 644 " + (name or "document").encode("utf-8", "replace") + b"\n"
    for at in range(0, len(content), _BYTES_A_LINE):
        yield binascii.b2a_uu(content[at : at + _BYTES_A_LINE]).rstrip() + b"\n"
    yield b"\n"
    yield b"end"
