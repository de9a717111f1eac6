"""The name of an XML document's root, by a look at its beginning: enough to tell kinds of documents apart, no parse."""

from __future__ import annotations

import codecs
import re
from typing import Final

_ROOT: Final = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_LONGEST_PROLOGUE: Final = 65_536


def root_name(xml: bytes) -> str | None:
    """Return the root element's name without a prefix, None if none shows in the first 64 kB.

    Byte order marks of UTF-8 and UTF-16 are understood. A document type declaration is skipped, not judged.
    """
    xml = xml[:_LONGEST_PROLOGUE]
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        xml = xml.decode("utf-16", "replace").encode()
    root = _ROOT.match(xml.removeprefix(codecs.BOM_UTF8))
    return None if root is None else root[1].decode()
