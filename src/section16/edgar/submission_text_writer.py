r"""A submission text written: full text or `.nc`, as every reader of EDGAR's files reads it. Lines end with `\n`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from section16.edgar.attachments import stored_content
from section16.edgar.containers import Attachment, DocumentFacts, SubmissionText
from section16.edgar.sgml_documents import end_of_xml
from section16.edgar.sgml_header_writer import label_header, one_line, tag_header
from section16.errors import SourceError

_NO_WORDS: Final[Mapping[str, str]] = MappingProxyType({})


def write_submission_text(submission: SubmissionText, *, industries: Mapping[str, str] = _NO_WORDS) -> bytes:
    """Return the submission as a file: its header word for word, or where it has none one written from its facts.

    A header that is kept stands as it is, even where a changed fact no longer agrees with it: to write the facts, give
    a record without one. `industries` are the words a new full-text header puts before an industry's number.

    Raises:
        SourceError: `CONTAINER_MALFORMED` if a fact holds a line end, or a document what would end it too early.
    """
    documents = [_document(attachment, stored_content(attachment)) for attachment in submission.attachments]
    facts = submission.primary_facts
    documents.insert(facts.position, _document(facts, _primary_content(submission)))
    return b"".join([_header(submission, len(documents), industries), *documents, _closing(submission)])


def _header(submission: SubmissionText, document_count: int, industries: Mapping[str, str]) -> bytes:
    header = submission.header
    if not header and submission.kind == "nc":
        header = tag_header(submission, document_count)
    elif not header:
        header = label_header(submission, document_count, industries)
    encoded = header.encode("utf-8", "replace")
    return encoded if encoded.endswith((b"\n", b"\r")) else encoded + b"\n"


def _closing(submission: SubmissionText) -> bytes:
    return b"</SUBMISSION>\n" if submission.kind == "nc" else b"</SEC-DOCUMENT>\n"


def _primary_content(submission: SubmissionText) -> bytes:
    """Return the report in its `<XML>` tags, with what stood around them."""
    block, facts = submission.primary + b"\n</XML>", submission.primary_facts
    if end_of_xml(block, 0) != len(submission.primary) + 1:
        raise SourceError("CONTAINER_MALFORMED", "the ownership document holds </XML>, which would end it too early")
    parts = [facts.before, b"<XML>\n" + block, facts.after]
    return b"\n".join([part for part in parts if part])


def _document(facts: DocumentFacts | Attachment, content: bytes) -> bytes:
    head = [
        f"<{tag}>{one_line(value)}"
        for tag, value in (
            ("TYPE", facts.type),
            ("SEQUENCE", facts.sequence),
            ("FILENAME", facts.name),
            ("DESCRIPTION", facts.description),
        )
        if value is not None
    ]
    lines = "\n".join(["<DOCUMENT>", *head, *(one_line(line) for line in facts.other_lines), "<TEXT>", ""])
    return b"%b%b\n</TEXT>\n</DOCUMENT>\n" % (lines.encode("utf-8", "replace"), content)
