"""A page of HTML read as a person reads it: decoded, parsed without touching the network, cut into runs of words."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from section16 import limits
from section16.errors import SourceError
from section16.render.markdown_text import folded, forbidden_character, without_forbidden

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCKS: Final = frozenset(
    {"td", "th", "tr", "table", "tbody", "thead", "div", "p", "li", "ul", "ol", "section", "article", "h1", "h2", "h3"}
)
_BREAKS: Final = frozenset({"br", "hr"})
_HIDDEN: Final = frozenset({"script", "style", "noscript", "head", "template", "title"})
_CHARSET: Final = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES: Final = 4096
_DATA: Final = re.compile(r"\b(?:Small)?FormData[CR]?\b|\bFootnoteData\b")


class Run(msgspec.Struct, frozen=True, gc=False):
    """Words that stand together: a cell, a line, or the words between two of them.

    `filled_in` tells that any of them are what was filled in, not the form's own.
    """

    text: str
    filled_in: bool


def parse_page(data: bytes) -> HtmlElement:
    """Return the root of a page.

    Raises SourceError: LIMIT_SIZE; XML_CONTROL_CHAR for characters that no form can hold; NOT_OWNERSHIP if there is
    nothing in it.
    """
    if len(data) > limits.OWNERSHIP_XML_BYTES:
        raise SourceError("LIMIT_SIZE", f"the page has more than {limits.OWNERSHIP_XML_BYTES:,} bytes")
    text = decode_page(data)
    found = forbidden_character(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise SourceError("XML_CONTROL_CHAR", f"the character {found[0]!a} cannot stand in a form", line=line)
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError("NOT_OWNERSHIP", f"the page cannot be read as HTML: {error}") from error


def decode_page(data: bytes) -> str:
    """Return the text of a page: by its byte order mark, as UTF-8, or in the encoding that it names, else Latin-1."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:_HEAD_BYTES])
    try:
        return data.decode(named[1].decode("ascii") if named else "latin-1", errors="replace")
    except LookupError:
        return data.decode("latin-1")


def visible_part(root: HtmlElement) -> HtmlElement:
    """Return the part of a page that holds the form: `main`, where there is one, else the body."""
    for name in ("main", "body"):
        part = next(root.iter(name), None)
        if part is not None:
            return part
    return root


def text_of(element: HtmlElement) -> str:
    """Return all words that an element shows, blanks folded."""
    return folded("".join(event.text for event in events(element)))


class Event(msgspec.Struct, frozen=True, gc=False):
    """What comes next in a walk through an element: a text, a line break, or the edge of a block.

    A text is `filled_in` inside an element of the classes for data, or inside a link.
    """

    kind: Literal["text", "break", "open", "close"]
    element: HtmlElement
    text: str = ""
    filled_in: bool = False


def events(element: HtmlElement, *, without: frozenset[str] = frozenset()) -> Iterator[Event]:
    """Walk through an element and what it shows, elements `without` left out.

    A break and the edges of blocks have a blank as text.
    """
    hidden = _HIDDEN | without
    depth = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in hidden:
                walk.skip_subtree()
                continue
            depth += _is_filled_in(node)
            if node.tag in _BLOCKS or node.tag in _BREAKS:
                yield Event("open" if node.tag in _BLOCKS else "break", node, " ")
            if node.text:
                yield Event("text", node, without_forbidden(node.text), depth > 0)
        else:
            if node.tag not in hidden:
                depth -= _is_filled_in(node)
                if node.tag in _BLOCKS:
                    yield Event("close", node, " ")
            if node.tail and node is not element:
                yield Event("text", node, without_forbidden(node.tail), depth > 0)


def _is_filled_in(node: HtmlElement) -> bool:
    return node.tag == "a" or _DATA.search(node.get("class") or "") is not None


def runs(element: HtmlElement) -> list[Run]:
    """Cut what an element shows at the edges of blocks and at line breaks. A block with nothing in it is a run too."""
    found: list[Run] = []
    words: list[Event] = []
    untouched = False
    for event in events(element):
        if event.kind == "text":
            words.append(event)
            continue
        run = _run(words)
        words.clear()
        if run.text or (event.kind == "close" and untouched):
            found.append(run)
            untouched = False
        if event.kind != "break":
            untouched = event.kind == "open"
    last = _run(words)
    return [*found, last] if last.text else found


def _run(words: Sequence[Event]) -> Run:
    return Run(
        folded("".join(event.text for event in words)), any(event.filled_in and event.text.strip() for event in words)
    )
