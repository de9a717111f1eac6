"""Binary documents inside a submission text: `begin MODE NAME`, lines of up to 45 bytes, `end`.

EDGAR's encoder leaves off blanks at a line's end, the length mark of the empty last line too, and fills the last group
of a document with whatever was in its memory; so decoding pays heed to each line's length and to nothing behind it.
The name in the first line is text of the filing and never names a file. POSIX uuencode describes the format.
"""

from __future__ import annotations

import binascii
import io
import re
from itertools import islice

import msgspec

_BEGIN = re.compile(rb"begin [0-7]{3,4} [^\r\n]+")
_BYTES_A_LINE = 45
_FIRST_MARK, _LAST_MARK = ord(" "), ord("`")
_FULL = b"M"
_CHARACTERS_A_LINE = 60
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_CODE = b"!"
_CODE = bytes(range(_FIRST_MARK, _LAST_MARK))
_TO_BASE64 = bytes(
    (_BASE64 + b"A")[at - _FIRST_MARK] if _FIRST_MARK <= at <= _LAST_MARK else _NO_CODE[0] for at in range(256)
)
_FROM_BASE64 = bytes.maketrans(_BASE64, _CODE)


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
    content, begun = _full_lines(one_style)
    lines = (line.rstrip() for line in islice(io.BytesIO(one_style), begun, None))
    is_complete = False
    for number, line in enumerate(lines, start=begun + 1):
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


def _full_lines(text: bytes) -> tuple[bytearray, int]:
    """Decode the full lines after the first, all at once; return their bytes and how many lines were taken.

    Each holds 60 characters of the same 6-bit code as base64, in another alphabet; blanks at its end may be left off.
    Takes none if a character is of no code: line by line it is found out where.
    """
    lines = text.split(b"\n")
    last = next((at for at, line in enumerate(lines[1:], 1) if line[:1] != _FULL), len(lines))
    bodies = [line[1:].rstrip().ljust(_CHARACTERS_A_LINE) for line in lines[1:last]]
    joined = b"".join(bodies).translate(_TO_BASE64)
    if _NO_CODE in joined or len(joined) != _CHARACTERS_A_LINE * len(bodies):
        return bytearray(), 1
    content = bytearray(binascii.a2b_base64(joined))
    return (bytearray(), 1) if len(content) > len(text) else (content, last)


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
    full = len(content) - len(content) % _BYTES_A_LINE
    code = binascii.b2a_base64(content[:full], newline=False).translate(_FROM_BASE64)
    lines = [(_FULL + code[at : at + _CHARACTERS_A_LINE]).rstrip() for at in range(0, len(code), _CHARACTERS_A_LINE)]
    if full < len(content):
        lines.append(binascii.b2a_uu(content[full:]).rstrip())
    first = b"begin 644 " + (name or "document").encode("utf-8", "replace")
    return b"\n".join([first, *lines, b"", b"end"])


def is_own_encoding(text: bytes, content: bytes, name: str | None) -> bool:
    """Tell whether `text` is, byte for byte, what `encode` makes of `content`."""
    return text == encode(content, name)
