"""From a source to a filing: recognise the bytes, call the right reader, join the facts.

Readers of pictures and JSON are imported when the first such source comes: most never do, and a command line should
start at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from section16 import limits
from section16.edgar.containers import DocumentFacts
from section16.edgar.ownership_xml import read_ownership_xml
from section16.edgar.submission_file import attachments, ownership_document, read_submission_file
from section16.edgar.submission_text import read_submission_text
from section16.edgar.wrapped_xml import join_wrapped_lines
from section16.errors import SourceError, UsageError
from section16.findings import Finding, Severity, Source
from section16.form.document import OwnershipDocument
from section16.reading.filing import Filing, SourceKind
from section16.reading.recognition import recognise

if TYPE_CHECKING:
    from section16.render.picture import ReadPicture

_LONGEST: Final = max(limits.SUBMISSION_BYTES, limits.JSON_BYTES)
_LINE: Final = re.compile(r" line ([0-9]{1,9})\b")
_PIECE: Final = 1024 * 1024
"""Bytes asked for at once: a buffer for the longest would cost more time than reading a usual file."""


class Readable(Protocol):
    """An open file: `read(size)` gives bytes."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes, fewer at the end."""


def read(source: bytes | bytearray | memoryview | str | PathLike[str] | Readable) -> Filing:
    """Return the filing in a source: bytes, a path, or an open binary file. The kind is told from the bytes.

    Raises SourceError if the source is refused (not ownership, not well-formed, over a limit; see docs/errors.md) or
    cannot be read at all (SOURCE_UNREADABLE), and UsageError for a file that is open as text.
    """
    if isinstance(source, bytes):
        data = source
    else:
        data = bytes(source) if isinstance(source, bytearray | memoryview) else _bytes_of(source)
    return _READERS[recognise(data)](data)


def read_stored(data: bytes) -> Filing:
    """Return the filing in a source as `read` does, its uuencoded attachments left as stored, without content.

    Raises SourceError, as `read`.
    """
    kind = recognise(data)
    return _read_text(data, decode=False) if kind is SourceKind.FULL_TEXT else _READERS[kind](data)


def _bytes_of(source: str | PathLike[str] | Readable) -> bytes:
    if isinstance(source, str | PathLike):
        try:
            with Path(source).open("rb") as file:
                return _bounded(file)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no such name"
            message = f"the file cannot be read: {reason or type(error).__name__}"
            raise SourceError("SOURCE_UNREADABLE", message, path=str(source)) from None
    return _bounded(source)


def _bounded(file: Readable) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_PIECE):
        if not isinstance(piece, bytes):
            raise UsageError("USAGE", "the file is open as text", mend='Open it with mode "rb"')
        size += len(piece)
        if size > _LONGEST:
            message = f"the source has more than {_LONGEST:,} bytes"
            raise SourceError("LIMIT_SIZE", message)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _read_xml(data: bytes) -> Filing:
    return Filing(document=read_ownership_xml(data), kind=SourceKind.OWNERSHIP_XML, content=data)


def _read_text(data: bytes, *, decode: bool = True) -> Filing:
    text = read_submission_text(data, decode=decode)
    try:
        document, repairs = _primary(text.primary)
    except SourceError as refused:
        raise _in_the_text(refused, text.primary, data) from None
    kind = SourceKind.NC if text.kind == "nc" else SourceKind.FULL_TEXT
    return Filing(
        document=document,
        kind=kind,
        accession=text.accession,
        form_type=text.form_type,
        period=text.period,
        filed_on=text.filed_on,
        accepted_at=text.accepted_at,
        changed_on=text.changed_on,
        filers=text.filers,
        attachments=text.attachments,
        header=text.header,
        source=kind.value,
        primary=text.primary_facts,
        notes=(*[_note("C-CONTAINER", "submission text", words) for words in text.notes], *repairs),
        content=data,
    )


def _primary(xml: bytes) -> tuple[OwnershipDocument, tuple[Finding, ...]]:
    """The ownership document in a full submission. One repair only: hard-wrapped lines are joined (2003-2004)."""
    try:
        return read_ownership_xml(xml), ()
    except SourceError as refused:
        joined = join_wrapped_lines(xml)
        if refused.code != "XML_NOT_WELL_FORMED" or joined == xml:
            raise
        try:
            document = read_ownership_xml(joined)
        except SourceError:
            raise refused from None
    words = "the XML was stored in hard-wrapped lines, cut through tags and words; they were joined to read it"
    return document, (_note("C-WRAPPED", "ownershipDocument", words),)


def _in_the_text(refused: SourceError, xml: bytes, data: bytes) -> SourceError:
    """The same refusal with the lines of the whole submission, where its XML stands in it as it is."""
    at = data.find(xml)
    if refused.line is None or at < 0:
        return refused
    before = data.count(b"\n", 0, at)
    message = _LINE.sub(lambda found: f" line {int(found[1]) + before}", refused.message)
    line = refused.line + before
    return SourceError(refused.code, message, path=refused.path, line=line, column=refused.column, mend=refused.mend)


def _note(rule: str, where: str, words: str) -> Finding:
    return Finding(rule=rule, severity=Severity.NOTE, source=Source.LIKELY, where=where, message=words)


def _read_file(data: bytes) -> Filing:
    submission = read_submission_file(data)
    report = ownership_document(submission)
    position = next(at for at, one in enumerate(submission.documents) if one is report)
    return Filing(
        document=read_ownership_xml(report.content),
        kind=SourceKind.SUBMISSION_FILE,
        form_type=submission.submission_type,
        attachments=attachments(submission),
        source=SourceKind.SUBMISSION_FILE.value,
        primary=DocumentFacts(
            type=report.type,
            sequence=str(position + 1),
            name=report.name,
            description=report.description,
            position=position,
        ),
        submission=submission,
        content=data,
    )


def _read_json(data: bytes) -> Filing:
    from section16.reading.filing_json import read_filing_json  # noqa: PLC0415

    return read_filing_json(data)


def _read_html(data: bytes) -> Filing:
    from section16.render.read_html import read_html  # noqa: PLC0415

    return _pictured(read_html(data), SourceKind.HTML, data)


def _read_markdown(data: bytes) -> Filing:
    from section16.render.read_markdown import read_markdown  # noqa: PLC0415

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("XML_ENCODING", "the Markdown is not UTF-8", line=line, mend="Save it as UTF-8") from None
    return _pictured(read_markdown(text), SourceKind.MARKDOWN, data)


def _pictured(picture: ReadPicture, kind: SourceKind, data: bytes) -> Filing:
    return Filing(document=picture.document, kind=kind, look=picture.look, notes=picture.notes, content=data)


_READERS: Final[Mapping[SourceKind, Callable[[bytes], Filing]]] = {
    SourceKind.OWNERSHIP_XML: _read_xml,
    SourceKind.FULL_TEXT: _read_text,
    SourceKind.SUBMISSION_FILE: _read_file,
    SourceKind.JSON: _read_json,
    SourceKind.HTML: _read_html,
    SourceKind.MARKDOWN: _read_markdown,
}
