"""What a source is, told from its bytes, never from its name."""

from __future__ import annotations

import codecs

from section16.edgar.submission_file import looks_like_submission_file
from section16.edgar.submission_text import looks_like_submission_text
from section16.errors import SourceError
from section16.reading.filing import SourceKind
from section16.render.read_html import looks_like_form_html
from section16.render.read_markdown import looks_like_form_markdown

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def recognise(data: bytes) -> SourceKind:
    """Return the kind of a source (FULL_TEXT for a `.nc` file too: the reader tells them apart).

    Raises SourceError EMPTY_FILING for nothing but blanks, NOT_OWNERSHIP for what is none of ours.
    """
    head = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not head:
        raise SourceError("EMPTY_FILING", "the source is empty")
    if head in {b"{", b"["}:
        return SourceKind.JSON
    if looks_like_submission_text(data):
        return SourceKind.FULL_TEXT
    if looks_like_submission_file(data):
        return SourceKind.SUBMISSION_FILE
    if looks_like_form_html(data):
        return SourceKind.HTML
    if head == b"<" or data.startswith(_WIDE_MARKS):
        return SourceKind.OWNERSHIP_XML
    if looks_like_form_markdown(data):
        return SourceKind.MARKDOWN
    message = "this is not a Section 16 report in any known shape"
    mend = "Known: ownership XML, full submission text, .nc, submission file, our JSON, the form as Markdown or HTML"
    raise SourceError("NOT_OWNERSHIP", message, mend=mend)
