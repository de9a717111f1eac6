"""Markup that records keep word for word: taken from a tree, checked before it is written again.

What is read from a tree is sound. What comes from JSON or Python may be anything, so a piece is written only if it is
one whole element, comment, processing instruction or text by itself, and cannot break out of its place.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from lxml import etree

from section16.edgar.safe_xml import local_name, parse
from section16.errors import SourceError, excerpt

BLANKS: Final = " \t\r\n"
"""The blanks of XML; Python's own list has more."""

_SPECIAL: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = _SPECIAL | str.maketrans({"\n": "&#10;", "\t": "&#9;"})
_MARKUP: Final = re.compile(r"(<!--.*?-->|<\?.*?\?>|<[^>]*>)", re.DOTALL)
_all_text: Final = etree.XPath("string()")


class KeptElement(msgspec.Struct, frozen=True, kw_only=True):
    """What a kept element is: attributes by `{namespace}name`, its own text, whether elements are in it."""

    name: str
    namespace: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    has_elements: bool


def text_markup(text: str) -> str:
    """Text as the markup that is kept of it."""
    return text.translate(_SPECIAL)


def escaped(text: str) -> str:
    """Text for the inside of an element, in ASCII."""
    return _ascii(text.translate(_SPECIAL))


def quoted(text: str) -> str:
    """Text for an attribute's value between double quotes, in ASCII."""
    return _ascii(text.translate(_IN_ATTRIBUTE))


def text_of(node: etree._Element) -> str:
    """All text inside an element, that of elements in it too, comments and instructions left out."""
    return str(_all_text(node)) if len(node) else node.text or ""


def markup(node: etree._Element) -> str:
    """The markup of a node by itself, with the namespaces in scope declared in it."""
    xml = etree.tostring(node, with_tail=False, encoding="unicode")
    parent = node.getparent()
    if parent is None or local_name(node) == "" or None in node.nsmap or not namespace(parent):
        return xml
    # The parent had a prefix and will stand without it, under a default namespace that must not reach in here.
    name = f"{node.prefix}:{local_name(node)}" if node.prefix else local_name(node)
    return f'<{name} xmlns=""{xml[len(name) + 1 :]}'


def namespace(node: etree._Element) -> str:
    """The namespace of an element, "" if it has none."""
    return etree.QName(node).namespace or ""


def sound(xml: str) -> str:
    """Return kept markup as it may be written, its text in ASCII.

    Raises SourceError XML_NOT_WELL_FORMED if it is not exactly one element, comment, instruction or text.
    """
    if _nodes(xml) != 1:
        message = f"kept markup is not one element, comment, instruction or text: {excerpt(xml)}"
        raise SourceError("XML_NOT_WELL_FORMED", message)
    return in_ascii(xml)


def outside_root(xml: str) -> str:
    """As `sound`, but a comment or an instruction only: nothing else stands before or behind the root."""
    if not xml.startswith(("<!--", "<?")):
        message = f"only comments and instructions stand outside the root: {excerpt(xml)}"
        raise SourceError("XML_NOT_WELL_FORMED", message)
    return sound(xml)


def in_ascii(xml: str) -> str:
    """Markup with the text in it as ASCII; names, attributes, comments and instructions have no other spelling."""
    if xml.isascii():
        return xml
    return "".join(piece if number % 2 else _ascii(piece) for number, piece in enumerate(_MARKUP.split(xml)))


def still_says(xml: str, name: str, text: str) -> etree._Element | None:
    """The element that kept markup is, if it still has this name and text and stands alone; else `None`."""
    try:
        node = parse(_bytes(xml), limit=_LONGEST)
    except SourceError:
        return None
    alone = node.getprevious() is None and node.getnext() is None
    return node if alone and local_name(node) == name and text_of(node) == text else None


def kept_element(xml: str) -> KeptElement | None:
    """The element that kept markup is; `None` for text, a comment, an instruction, or anything unsound."""
    if not xml.startswith("<") or xml.startswith(("<!", "<?")):
        return None
    try:
        node = parse(_bytes(xml), limit=_LONGEST)
    except SourceError:
        return None
    own = [node.text, *(child.tail for child in node)]
    return KeptElement(
        name=local_name(node),
        namespace=namespace(node),
        attributes=tuple((str(name), str(value)) for name, value in node.attrib.items()),
        text="".join(text for text in own if text),
        has_elements=any(local_name(child) for child in node),
    )


_LONGEST: Final = 1 << 62


def _nodes(xml: str) -> int:
    """How many nodes markup is; 0 also if it is none."""
    try:
        around = parse(_bytes(f"<x>{xml}</x>"), limit=_LONGEST)
    except SourceError:
        return 0
    texts = [around.text, *(node.tail for node in around)]
    return len(around) + sum(1 for text in texts if text and text.strip(BLANKS))


def _bytes(xml: str) -> bytes:
    """UTF-8; a lone surrogate stays one, so that the parser refuses it."""
    return xml.encode("utf-8", "surrogatepass")


def _ascii(text: str) -> str:
    return text if text.isascii() else text.encode("ascii", "xmlcharrefreplace").decode("ascii")
