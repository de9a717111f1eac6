"""The submission text: what EDGAR publishes of one submission in one file.

Two kinds: the full text (`.txt`, a header of labels between `<SEC-HEADER>` tags) and the daily feed's `.nc` file (a
header of tags inside `<SUBMISSION>`). The ownership document is found among the others and its bytes are handed on;
they are not read here. Old files come inside a privacy-enhanced mail, whose own lines and marks are left out.
Description: EDGAR Public Dissemination Service Technical Specification; the filings of 2000 to 2025.
"""

from __future__ import annotations

import re
from typing import Final

from section16 import limits
from section16.edgar.attachments import read_attachment
from section16.edgar.containers import (
    OWNERSHIP_FORMS,
    SubmissionHeader,
    SubmissionText,
    decode_text,
    line_number,
)
from section16.edgar.primary_document import ROOT_NAME, choose_primary, not_ownership, primary_facts
from section16.edgar.sgml_documents import StoredDocument, malformed, read_documents
from section16.edgar.sgml_header import read_header
from section16.errors import SourceError, excerpt

_MAIL: Final = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_MAIL_END: Final = b"-----END PRIVACY-ENHANCED MESSAGE-----"
_OPENING: Final = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])[ \t]*(<(?:(?:SEC|IMS)-(?:DOCUMENT|HEADER)|SUBMISSION|DOCUMENT)>)"
)
_OPENING_WITHIN: Final = 65_536
_MAIL_WITHIN: Final = 1_024
_HEADER_END: Final = re.compile(rb"</(?:SEC|IMS)-HEADER>")
_HEADER_TAG: Final = re.compile(rb"</?(?:SEC-DOCUMENT|SEC-HEADER|IMS-DOCUMENT|IMS-HEADER|SUBMISSION)>")
_FIRST_DOCUMENT: Final = re.compile(rb"[\r\n][ \t]*<DOCUMENT>")
_CLOSING: Final = re.compile(rb"</(?:SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>")
_NOTICE: Final = re.compile(rb"<(CORRECTION|DELETION)>")


def looks_like_submission_text(data: bytes) -> bool:
    """Tell whether `data` begins as a submission text does: with one of its tags, or with the mail around it."""
    opening = _OPENING.search(data, 0, _OPENING_WITHIN)
    if opening is None:
        return False
    before = data[: opening.start(1)].removeprefix(b"\xef\xbb\xbf").strip()
    return not before or before.startswith(_MAIL)


def read_submission_text(data: bytes, *, decode: bool = True) -> SubmissionText:
    """Return the submission in a full submission text or `.nc` file.

    Without `decode` uuencoded attachments are left as stored: who doesn't look into them saves a fifth of the time.

    The ownership document is the one of type 3, 4, 5 or an amendment whose XML block has the root `ownershipDocument`.
    What a header says wrongly is noted, not refused.

    Raises:
        SourceError: `CONTAINER_MALFORMED` (a tag without its partner, a cut file; with the line), `LIMIT_SIZE`,
            `LIMIT_COUNT`, `NOT_OWNERSHIP`, `LEGACY_NOT_XML` (a Form 3, 4 or 5 in text, as before May 2003).
    """
    data = _out_of_mail(data)
    start, end = _find_header(data)
    header = read_header(decode_text(data[start:end].rstrip(b" \t")))
    if header.form_type not in OWNERSHIP_FORMS and ROOT_NAME.encode() not in data:
        raise not_ownership(header)
    documents, position = read_documents(data, end)
    notes = [*header.notes, *_read_surroundings(data, start, position)]
    chosen = choose_primary(documents, header, notes)
    _compare(header, documents[chosen], len(documents), notes)
    return SubmissionText(
        kind="nc" if data.startswith(b"<SUBMISSION>", start) else "full text",
        accession=header.accession,
        form_type=header.form_type,
        period=header.period,
        filed_on=header.filed_on,
        accepted_at=header.accepted_at,
        changed_on=header.changed_on,
        filers=header.filers,
        header=header.text,
        primary=documents[chosen].content.lstrip(),
        primary_facts=primary_facts(documents[chosen], chosen),
        attachments=tuple([read_attachment(d, notes, decode=decode) for at, d in enumerate(documents) if at != chosen]),
        notes=tuple(notes),
    )


def read_submission_header(data: bytes) -> SubmissionHeader:
    """Return the header facts alone, also of a submission that `read_submission_text` refuses for its documents.

    Raises:
        SourceError: `CONTAINER_MALFORMED`, `LIMIT_SIZE`, `LIMIT_COUNT`.
    """
    start, end = _find_header(data)
    return read_header(decode_text(data[start:end].rstrip(b" \t")))


def _out_of_mail(data: bytes) -> bytes:
    """Return `data` without the marks that a privacy-enhanced mail puts before lines that begin with a dash.

    RFC 1421, 4.3.2.2: such a line gets "- " before it. The mail's own lines stay, and line numbers with them.
    """
    if not data[:_MAIL_WITHIN].lstrip().startswith(_MAIL):
        return data
    return data.replace(b"\n- -", b"\n-").replace(b"\r- -", b"\r-")


def _refuse_oversize(data: bytes) -> None:
    """Refuse a submission or a line of it that is too long; uuencoded lines are never long."""
    if len(data) > limits.SUBMISSION_BYTES:
        message = f"the submission has {len(data):,} bytes, over the limit of {limits.SUBMISSION_BYTES:,}"
        raise SourceError("LIMIT_SIZE", message)
    line, longest = 0, limits.SUBMISSION_LINE_BYTES
    while line + longest < len(data):
        last_end = max(data.rfind(b"\n", line, line + longest + 1), data.rfind(b"\r", line, line + longest + 1))
        if last_end < 0:
            message = f"a line of the submission is longer than {longest:,} bytes"
            raise SourceError("LIMIT_SIZE", message, line=line_number(data, line))
        line = last_end + 1


def _find_header(data: bytes) -> tuple[int, int]:
    """Return where the submission begins and where its first document does, behind a header that is sound."""
    _refuse_oversize(data)
    opening = _OPENING.search(data, 0, _OPENING_WITHIN)
    if opening is None:
        malformed(data, 0, "no <SEC-DOCUMENT>, <SEC-HEADER> or <SUBMISSION> at the beginning")
    start, end = opening.start(1), opening.end(1)
    if opening[1] == b"<DOCUMENT>":
        malformed(data, start, "a <DOCUMENT> without a submission header before it")
    if opening[1] != b"<SUBMISSION>":
        header_end = _HEADER_END.search(data, start)
        if header_end is None:
            malformed(data, start, "a submission header without an end")
        end = header_end.end()
        if b"-HEADER>" not in data[start : header_end.start()]:
            malformed(data, start, "the end of a submission header without its beginning")
    first = _FIRST_DOCUMENT.search(data, end)
    stop = first.end() - len(b"<DOCUMENT>") if first else len(data)
    _refuse_odd_header(data, start, stop)
    if first is None:
        notice = _NOTICE.search(data, start)
        what = f"a {notice[1].decode().lower()} notice, which has no document" if notice else "no <DOCUMENT>"
        malformed(data, start, f"a submission header with {what}")
    return start, stop


def _refuse_odd_header(data: bytes, start: int, stop: int) -> None:
    """Refuse a header of too many lines, or with a tag twice that can stand only once."""
    header = data[start:stop]
    lines = header.count(b"\n") + (header.count(b"\r") - header.count(b"\r\n") if b"\r" in header else 0)
    if lines > limits.SUBMISSION_HEADER_LINES:
        message = f"the submission's header has more than {limits.SUBMISSION_HEADER_LINES:,} lines"
        raise SourceError("LIMIT_COUNT", message, line=line_number(data, start))
    seen: set[bytes] = set()
    for tag in _HEADER_TAG.finditer(header):
        if tag[0] in seen:
            malformed(data, start + tag.start(), f"a second {tag[0].decode()} in one submission header")
        seen.add(tag[0])


def _read_surroundings(data: bytes, start: int, position: int) -> list[str]:
    """Check that the submission ends behind its last document; return notes on what else is in the file."""
    closing = _CLOSING.match(data, position)
    if closing is None and (position < len(data) or not data.startswith((b"<SEC-HEADER>", b"<IMS-HEADER>"), start)):
        malformed(data, position, "neither a <DOCUMENT> nor the end of the submission where one of them must stand")
    after = data[closing.end() if closing else position :].strip()
    if any(tag in after for tag in (b"<SEC-DOCUMENT>", b"<SEC-HEADER>", b"<SUBMISSION>")):
        malformed(data, position, "a second submission in the same file")
    notes = [] if looks_like_submission_text(data) else ["text before the submission is left out"]
    return notes if after in (b"", _MAIL_END) else [*notes, "text behind the submission is left out"]


def _compare(header: SubmissionHeader, primary: StoredDocument, count: int, notes: list[str]) -> None:
    """Note where header and documents disagree on their number or the form."""
    if header.document_count is not None and header.document_count != count:
        notes.append(f"header: claims {header.document_count} documents, the file holds {count}")
    kind = primary.facts.get("TYPE")
    if kind != header.form_type:
        notes.append(f"header: form type {_shown(header.form_type)}, the ownership document's type {_shown(kind)}")


def _shown(text: str | None) -> str:
    return f"'{excerpt(text)}'" if text else "missing"
