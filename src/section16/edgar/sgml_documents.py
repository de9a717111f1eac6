"""Where each document of a submission text begins and ends, and what stands around its content.

A submission text is not XML: `<TYPE>` and its kin run to the end of their line, and only `<DOCUMENT>`, `<TEXT>` and the
tags inside that have an end. The words of those tags may also stand inside a document, in a comment or CDATA of an
ownership report or as prose of an exhibit; so the end of an XML block is found by reading the XML, and of any other
text by the tags that must follow it. Shapes: EDGAR Public Dissemination Service Technical Specification, and filings.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

import msgspec

from section16 import limits
from section16.edgar.containers import OWNERSHIP_FORMS, decode_text, line_number
from section16.errors import SourceError

_END: Final = re.compile(rb"</TEXT>\s*</DOCUMENT>\s*")
_NEXT_DOCUMENT: Final = re.compile(
    rb"</(?:TEXT|DOCUMENT)>\s*(?:<DOCUMENT>|</(?:SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>)"
)
_OPENS_XML: Final = re.compile(rb"\s*<XML>")
_OPENS_WRAPPER: Final = re.compile(rb"\s*<(XML|PDF|XBRL)>")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^?]*\?>")
_CLOSES_BLOCK: Final = re.compile(rb"</(?:XML|TEXT)>")
_IN_XML: Final = re.compile(rb"<!--|<!\[CDATA\[|<\?|</XML>|</TEXT>")
_CLOSES: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_FACTS: Final = frozenset({"TYPE", "SEQUENCE", "FILENAME", "DESCRIPTION"})


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One document of a submission text, cut out and not yet decoded.

    `facts` are the known lines above `<TEXT>` by tag, `other_lines` the rest of them. `content` stands inside `wrapper`
    if there is one, else inside `<TEXT>`, without the line ends that belong to those tags. `before` and `after` are
    what stands inside `<TEXT>` around an ownership report's XML block.
    """

    facts: dict[str, str]
    other_lines: tuple[str, ...]
    content: bytes
    wrapper: str | None = None
    before: bytes = b""
    after: bytes = b""


def read_documents(data: bytes, position: int) -> tuple[list[StoredDocument], int]:
    """Return the documents that begin at `position` of a submission text, and the position behind the last.

    Raises:
        SourceError: `CONTAINER_MALFORMED` with the line of the tag that is missing its partner, `LIMIT_COUNT`,
            `LIMIT_SIZE`.
    """
    documents: list[StoredDocument] = []
    while data.startswith(b"<DOCUMENT>", position):
        if len(documents) == limits.SUBMISSION_DOCUMENTS:
            message = f"more than {limits.SUBMISSION_DOCUMENTS} documents in one submission"
            raise SourceError("LIMIT_COUNT", message, line=line_number(data, position))
        document, position = _read_document(data, position)
        documents.append(document)
    return documents, position


def malformed(data: bytes, position: int, message: str) -> NoReturn:
    """Refuse a submission text that is not built as one, at the line of `position`.

    Raises:
        SourceError: `CONTAINER_MALFORMED`.
    """
    raise SourceError(
        "CONTAINER_MALFORMED",
        message,
        line=line_number(data, position),
        mend="Fetch the submission again; the file may have been cut or changed on its way",
    )


def end_of_xml(data: bytes, start: int) -> int:
    """Return where the `</XML>` of the block stands whose content begins at `start`.

    Markup cannot hold that tag, but a comment, CDATA or a processing instruction can; only where there is one (besides
    the declaration) are these read.

    Raises:
        SourceError: `CONTAINER_MALFORMED` if there is none, `LIMIT_SIZE`.
    """
    end = _CLOSES_BLOCK.search(data, start)
    if end is None:
        malformed(data, start, "an <XML> without </XML>")
    declaration = _DECLARATION.match(data, start)
    beginning = declaration.end() if declaration else start
    if end[0] == b"</XML>" and data.find(b"!", start, end.start()) < 0 and data.find(b"?", beginning, end.start()) < 0:
        return end.start()
    position = start
    while found := _IN_XML.search(data, position):
        if found[0] == b"</XML>":
            return found.start()
        closing = _CLOSES.get(found[0])
        if closing is None:
            malformed(data, start, "an <XML> without </XML> before its </TEXT>")
        closed = data.find(closing, found.end())
        if closed < 0:
            malformed(data, found.start(), "a comment, CDATA or processing instruction without an end")
        position = closed + len(closing)
        if position - start > limits.OWNERSHIP_XML_BYTES:
            message = f"the XML has more than {limits.OWNERSHIP_XML_BYTES:,} bytes"
            raise SourceError("LIMIT_SIZE", message, line=line_number(data, start))
    malformed(data, start, "an <XML> without </XML>")


def _read_document(data: bytes, start: int) -> tuple[StoredDocument, int]:
    """Return the document that begins at `start`, and the position behind it and the blanks that follow."""
    text_at = data.find(b"<TEXT>", start)
    head = data[start + len(b"<DOCUMENT>") : max(text_at, start)]
    if text_at < 0 or b"<DOCUMENT>" in head or b"</DOCUMENT>" in head:
        malformed(data, start, "a <DOCUMENT> without <TEXT>")
    if line_number(head, len(head)) > limits.SUBMISSION_HEADER_LINES:
        message = f"a document has more than {limits.SUBMISSION_HEADER_LINES:,} lines before its <TEXT>"
        raise SourceError("LIMIT_COUNT", message, line=line_number(data, start))
    facts, other_lines = _read_head(decode_text(head))
    inside = text_at + len(b"<TEXT>")
    block_at = _xml_block(data, inside) if facts.get("TYPE") in OWNERSHIP_FORMS else -1
    if block_at < 0:
        end = _end_of_text(data, text_at, inside)
        content, wrapper = _unwrapped(_framed(data[inside : end.start()]))
        return StoredDocument(facts=facts, other_lines=other_lines, content=content, wrapper=wrapper), end.end()
    opened = block_at + len(b"<XML>")
    closed = end_of_xml(data, opened)
    end = _end_of_text(data, text_at, closed + len(b"</XML>"))
    after = data[closed + len(b"</XML>") : end.start()].strip()
    if b"<XML>" in after or _OPENS_XML.match(data, opened):
        malformed(data, block_at, "a document with two <XML> blocks")
    document = StoredDocument(
        facts=facts,
        other_lines=other_lines,
        content=_framed(data[opened:closed]),
        wrapper="XML",
        before=data[inside:block_at].strip(),
        after=after,
    )
    return document, end.end()


def _read_head(head: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the facts above `<TEXT>` by tag, the first of each, and the lines that are none."""
    facts: dict[str, str] = {}
    others: list[str] = []
    if "\r" in head:
        head = head.replace("\r\n", "\n").replace("\r", "\n")
    for line in head.split("\n"):
        tag, _, value = line.strip()[1:].partition(">")
        if tag in _FACTS and tag not in facts:
            facts[tag] = value.strip()
        elif line.strip():
            others.append(line)
    return facts, tuple(others)


def _xml_block(data: bytes, inside: int) -> int:
    """Return where `<XML>` stands in the text that begins at `inside`, -1 if nowhere; nearly always it comes first."""
    first = _OPENS_XML.match(data, inside)
    if first is not None:
        return first.end() - len(b"<XML>")
    return data.find(b"<XML>", inside, max(data.find(b"</TEXT>", inside), inside))


def _end_of_text(data: bytes, text_at: int, position: int) -> re.Match[bytes]:
    """Return the match of `</TEXT></DOCUMENT>` and the blanks around them, looked for from `position` on."""
    end = _END.search(data, position)
    if end is None:
        malformed(data, text_at, "a <TEXT> without </TEXT> and </DOCUMENT>")
    if data.find(b"DOCUMENT>", position, end.start()) >= 0 and _NEXT_DOCUMENT.search(data, position, end.start()):
        malformed(data, text_at, "a <TEXT> without </TEXT> and </DOCUMENT> before the next document")
    return end


def _framed(inside: bytes) -> bytes:
    """Return what stands between two tags without the line end after the first and the same one before the second."""
    line_end = _LINE_END.match(inside)
    return inside if line_end is None else inside[line_end.end() :].removesuffix(line_end[0])


def _unwrapped(content: bytes) -> tuple[bytes, str | None]:
    """Return the content inside its `<PDF>`, `<XBRL>` or `<XML>`, and that tag; without one, the content itself."""
    opened = _OPENS_WRAPPER.match(content)
    if opened is None:
        return content, None
    closing = b"</" + opened[1] + b">"
    inside = content.rstrip()[opened.end() :]
    if not inside.endswith(closing):
        return content, None
    return _framed(inside.removesuffix(closing)), opened[1].decode()
