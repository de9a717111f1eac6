"""Ways to spoil the bytes of a filing, whatever shape it has: bits, ranges, control bytes, encodings and labels.

Pure functions of their bytes and a random source. How its elements are spoiled: `element_mutations.py`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]
"""`mutate(data, random, others)`: the spoiled bytes; `others` are filings to take parts from."""

MARK = "<script>alert(16)</script>"
"""Hostile text put into names and values: it must never come out of a picture unescaped."""

_MORSELS = (
    *(b"<", b">", b"&", b"&amp;", b"&amp", b"&lt;!--", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?pi x?>"),
    *(b"<?xml version='1.0'?>", b"xmlns='urn:x'", b"</value>", b"<value>", b"<value/>", b"<footnoteId id='F1'/>"),
    *(b"</ownershipDocument>", b"<ownershipDocument>", b"<XML>", b"</XML>", b"<TEXT>", b"</TEXT>", b"<DOCUMENT>"),
    *(b"</DOCUMENT>", b"<SEC-HEADER>", b"begin 644 x", b"{", b"[", b"|", b"9" * 60, b"1e9", b"-1", b"NaN", b" " * 200),
    b"<!DOCTYPE ownershipDocument [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>",
    *(b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", b"&b;", b"&#0;", b"&#x110000;", b"&#xFFFE;", b"&#27;"),
    *(b"\x00", b"\x1b[31m", b"\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x80\xae"),
    *(b"\xf3\xa0\x81\x81", b"\xc2\x85", b"\r", b"\n\n", MARK.encode()),
)
_LABELS = (
    *(b"UTF-8", b"utf8", b"US-ASCII", b"ISO-8859-1", b"windows-1252", b"UTF-16", b"UTF-16LE", b"UTF-32", b"UTF-7"),
    *(b"EBCDIC-CP-US", b"hex", b"rot13", b"idna", b"../../etc/passwd", b"x" * 10_000, b""),
)
_DOCTYPES = (
    b"<!DOCTYPE ownershipDocument>",
    b"<!DOCTYPE ownershipDocument SYSTEM 'ownership.dtd'>",
    b"<!DOCTYPE ownershipDocument [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    b"<!DOCTYPE ownershipDocument [<!ENTITY b 'ten'>]>",
    b"<!DOCTYPE ownershipDocument [<!ENTITY % p SYSTEM 'http://localhost/x'> %p;]>",
    b"<!DOCTYPE ownershipDocument [<!ATTLIST footnoteId id CDATA 'F1'>]>",
    b"<!DOCTYPE ownershipDocument [<!ENTITY a '%s'><!ENTITY b '%s'>]>" % (b"x" * 100, b"&a;" * 100),
)
_CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "latin-1", "cp1252", "utf-8-sig")
_LABEL = re.compile(rb"<\?xml[^>]*\?>")


def _span(data: bytes, chance: random.Random, longest: int = 400) -> tuple[int, int]:
    """A random range of at most `longest` bytes; sometimes, one time in ten, of any length."""
    begin = chance.randrange(len(data) + 1)
    most = len(data) - begin
    length = chance.randrange(most + 1) if chance.random() < 0.1 else chance.randrange(min(most, longest) + 1)
    return begin, begin + length


def flip_bits(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """One to eight bits turned over."""
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def set_byte(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """One byte replaced by any other."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def insert(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A morsel of markup, control bytes or hostile text put in anywhere."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_MORSELS) + data[at:]


def delete(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A range taken out."""
    begin, end = _span(data, chance)
    return data[:begin] + data[end:]


def cut(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """The end missing from any byte on."""
    return data[: chance.randrange(len(data) + 1)]


def behead(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """The beginning missing."""
    return data[chance.randrange(len(data) + 1) :]


def swap(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """Two ranges that change places."""
    (a, b), (c, d) = sorted((_span(data, chance), _span(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def double(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A range standing twice, or the whole file after itself."""
    if chance.random() < 0.1:
        return data + data
    begin, end = _span(data, chance)
    return data[:end] + data[begin:]


def splice(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one filing and the end of another."""
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def strew_nul(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """NUL bytes before, within, behind, or after each byte."""
    where = chance.randrange(4)
    if where == 0:
        return b"\x00" * chance.randint(1, 4) + data
    if where == 1:
        return data + b"\x00" * chance.randint(1, 4)
    if where == 2:
        return b"".join(bytes([byte, 0]) for byte in data)
    at = chance.randrange(len(data) + 1)
    return data[:at] + b"\x00" + data[at:]


def relabel(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """An XML declaration with another encoding, right or wrong, before unchanged bytes."""
    declaration = b'<?xml version="%s" encoding="%s"?>' % (
        chance.choice((b"1.0", b"1.1", b"2")),
        chance.choice(_LABELS),
    )
    bare = _LABEL.sub(b"", data, count=1)
    found = bare.find(b"<ownershipDocument")
    return bare[: max(found, 0)] + declaration + bare[max(found, 0) :]


def declare_type(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A document type declaration before the root, sometimes behind a comment, and its entity used in a text."""
    root = max(data.find(b"<ownershipDocument"), 0)
    comment = chance.choice((b"", b"<!-- " + b"x" * chance.choice((0, 9000, 90_000)) + b" -->"))
    text = data.find(b"</", root)
    use = b"&b;" if text >= 0 and chance.random() < 0.7 else b""
    text = max(text, root)
    return data[:root] + comment + chance.choice(_DOCTYPES) + data[root:text] + use + data[text:]


def recode(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """The same text in another encoding, with a mark, without one, or with two."""
    text = data.decode("utf-8", "replace")
    recoded = text.encode(chance.choice(_CODECS), "replace")
    return chance.choice((b"", b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) + recoded


BYTES: tuple[Mutation, ...] = (
    flip_bits, set_byte, insert, delete, cut, behead, swap, double, splice, strew_nul, relabel, recode, declare_type,
)  # fmt: skip
