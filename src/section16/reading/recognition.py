"""What a source is, told from its bytes, never from its name."""

from __future__ import annotations

import codecs
import re
from typing import Final

from section16.edgar.submission_file import looks_like_submission_file
from section16.edgar.submission_text import looks_like_submission_text
from section16.errors import SourceError
from section16.reading.filing import SourceKind

_USUAL: Final = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<ownershipDocument[\s>]")
_HTML: Final = re.compile(rb"<html[\s>]", re.IGNORECASE)
_ROOT_WITHIN: Final = 65_536
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def recognise(data: bytes) -> SourceKind:
    """Return the kind of a source (FULL_TEXT for a `.nc` file too: the reader tells them apart).

    Raises SourceError EMPTY_FILING for nothing but blanks, NOT_OWNERSHIP for what is none of ours.
    """
    if _USUAL.match(data):  # nearly every source: told at once, without the searches below
        return SourceKind.OWNERSHIP_XML
    head = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not head:
        raise SourceError("EMPTY_FILING", "the source is empty")
    if head in {b"{", b"["}:
        return SourceKind.JSON
    if looks_like_submission_text(data):
        return SourceKind.FULL_TEXT
    if looks_like_submission_file(data):
        return SourceKind.SUBMISSION_FILE
    if _HTML.search(data, 0, _ROOT_WITHIN):
        from section16.render.read_html import looks_like_form_html  # noqa: PLC0415 - see sources

        if looks_like_form_html(data):
            return SourceKind.HTML
        raise SourceError("NOT_OWNERSHIP", "this is an HTML page, but not one of the form as the SEC's site shows it")
    if head == b"<" or data.startswith(_WIDE_MARKS):
        return SourceKind.OWNERSHIP_XML
    from section16.render.read_markdown import looks_like_form_markdown  # noqa: PLC0415 - see sources

    if looks_like_form_markdown(data):
        return SourceKind.MARKDOWN
    message = "this is not a Section 16 report in any known shape"
    mend = "Known: ownership XML, full submission text, .nc, submission file, our JSON, the form as Markdown or HTML"
    raise SourceError("NOT_OWNERSHIP", message, mend=mend)
