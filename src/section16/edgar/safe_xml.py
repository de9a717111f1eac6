"""Bytes to an XML tree, safely: decoded by us, no DTD, no entities, no network, bounded.

Everything that reads XML in this package comes through here. Order of the checks: size, encoding, document
type declaration, well-formedness. The parser keeps comments, processing instructions and blanks. A label
`version="1.1"` is read by the rules of XML 1.0, as that standard's fifth edition says: so what only 1.1 allows
(control characters) is refused; other versions are not well-formed.
"""

from __future__ import annotations

import codecs
import re
import threading
from typing import Final, cast

from lxml import etree

from section16 import limits
from section16.errors import SourceError, excerpt

_USUAL: Final = b'<?xml version="1.0"?>'
_LABEL: Final = re.compile(rb"""<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*(["'])([^"'>]*)\1""")
_BEFORE_DOCTYPE: Final = re.compile(rb"(?:[ \t\r\n]++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARK: Final = "\ufeff"
_CODECS: Final = {
    b"utf-8": "utf-8",
    b"utf8": "utf-8",
    b"us-ascii": "ascii",
    b"ascii": "ascii",
    b"iso-8859-1": "latin-1",
    b"latin1": "latin-1",
    b"windows-1252": "cp1252",
    b"utf-16": "utf-16",
}
_REFUSED: Final = {
    etree.ErrorTypes.ERR_INVALID_CHAR: "XML_CONTROL_CHAR",
    etree.ErrorTypes.ERR_INVALID_CHARREF: "XML_CONTROL_CHAR",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "XML_ENCODING",
    etree.ErrorTypes.ERR_NAME_TOO_LONG: "LIMIT_SIZE",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "LIMIT_SIZE",
}
_LOST_BRACKET: Final = "Close the tag before this place with >, or write &lt; if the < belongs to a text"
_MENDS: Final = (
    ("tag mismatch", "Give the first of the two an end tag with its name; what is opened last is closed first"),
    ("Premature end", "Add the end tags that are missing, the outermost last"),
    ("attribute name", _LOST_BRACKET),
    ("Start Tag", _LOST_BRACKET),
    ("invalid element name", _LOST_BRACKET),
    ("mandates value", "Write &lt; for a < that belongs to a text"),
    ("EntityRef", "Write &amp; for a & that belongs to a text"),
    ("AttValue", 'Put the value into quotes, for example id="F1"'),
    ("Unescaped '<'", "Add the quote that closes the attribute's value"),
    ("Extra content", "Leave one outermost element, and nothing behind its end tag"),
)
"""Words of the parser, and how to mend what they tell of."""
_local: Final = threading.local()


def parse(data: bytes, *, limit: int = limits.OWNERSHIP_XML_BYTES) -> etree._Element:
    """Return the root element of `data`.

    Raises SourceError: LIMIT_SIZE over `limit` bytes, XML_ENCODING, XML_DTD_FORBIDDEN, XML_CONTROL_CHAR,
    LIMIT_DEPTH, XML_NOT_WELL_FORMED, each with line and column where there is one.
    """
    if len(data) > limit:
        message = f"the XML has {len(data):,} bytes, over the limit of {limit:,}"
        raise SourceError("LIMIT_SIZE", message)
    utf8 = to_utf8(data)
    if found := _BEFORE_DOCTYPE.match(utf8):
        line = utf8.count(b"\n", 0, found.end()) + 1
        raise _doctype(line)
    try:
        root = etree.fromstring(utf8, _parser())
    except etree.XMLSyntaxError as error:
        raise _translated(error) from None
    if root.getroottree().docinfo.internalDTD is not None:  # no way is known past the pattern; the parser is asked too
        raise _doctype(None)
    return root


def local_name(node: etree._Element) -> str:
    """Name of an element without its namespace; "" for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def to_utf8(data: bytes) -> bytes:
    """Return `data` as UTF-8 bytes: by its byte order mark, else its label, else as UTF-8; strictly.

    Raises SourceError XML_ENCODING if the label is not one of UTF-8, US-ASCII, ISO-8859-1, Windows-1252,
    UTF-16 (with a mark), or the bytes are not what the label says.
    """
    if data.startswith(_USUAL) and data.isascii():
        return data
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], codec)
    found = _LABEL.match(data)
    if found is None:
        return data if data.isascii() else _decoded(data, "utf-8")
    label = found[2].lower()
    codec = _CODECS.get(label, "")
    if not codec or codec == "utf-16":
        message = f"the encoding label {excerpt(found[2])!r} is not one of UTF-8, US-ASCII, ISO-8859-1, Windows-1252"
        raise SourceError("XML_ENCODING", message, line=1, mend="Save the file as UTF-8, or correct the label")
    return data if data.isascii() else _decoded(data, codec)


def _decoded(data: bytes, codec: str) -> bytes:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the bytes are not {codec}: byte {error.start + 1:,} cannot be read"
        raise SourceError("XML_ENCODING", message, line=line, mend="Save the file as UTF-8") from None
    if text.startswith(_MARK):
        raise SourceError("XML_ENCODING", "a second byte order mark", line=1, mend="Save the file as UTF-8")
    return text.encode("utf-8")


def _doctype(line: int | None) -> SourceError:
    message = "a document type declaration is not allowed"
    return SourceError("XML_DTD_FORBIDDEN", message, line=line, mend="Remove the <!DOCTYPE ...> and its entities")


def _parser() -> etree.XMLParser[etree._Element]:
    """One parser a thread: a shared one is locked. The label in the declaration is overruled: bytes are UTF-8 here.

    `collect_ids` stays as it is: switched off, it makes libxml2 load the external part of a DTD, whatever else is said.
    """
    parser: etree.XMLParser[etree._Element] | None = getattr(_local, "parser", None)
    if parser is None:
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            recover=False,
        )
        _local.parser = parser
    return parser


def _translated(error: etree.XMLSyntaxError) -> SourceError:
    # The error's own facts: lxml's error log also holds the errors of earlier documents.
    line, column = error.position
    words = (error.msg or "").removesuffix(f", line {line}, column {column}").strip()
    if "Excessive depth" in words or "maximum depth" in words.lower():
        return SourceError("LIMIT_DEPTH", "elements stand too deep inside one another", line=line, column=column)
    if "Resource limit exceeded" in words:
        return SourceError("LIMIT_SIZE", f"too much for one text, name or attribute: {excerpt(words)}", line=line)
    code = _REFUSED.get(cast("etree.ErrorTypes", error.code), "XML_NOT_WELL_FORMED")
    mend = next((mend for part, mend in _MENDS if part in words), None)
    return SourceError(code, f"not well-formed XML: {excerpt(words)}", line=line, column=column, mend=mend)
