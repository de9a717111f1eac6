"""From a filing to bytes in any of the formats. What only one format needs is imported when it is first written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from section16.edgar.ownership_xml import write_ownership_xml
from section16.errors import UsageError, excerpt
from section16.form.edition import Look, edition_look
from section16.reading.filing import Filing
from section16.reading.for_submission import Answers, for_submission
from section16.render.html import html
from section16.render.terminal_text import terminal_text

_PRIMARY = "PRIMARY DOCUMENT"


class Format(StrEnum):
    """What a filing can be written as."""

    XML = "xml"
    SUBMISSION = "submission"
    JSON = "json"
    MD = "md"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    CSV = "csv"

    @property
    def extension(self) -> str:
        """The ending of files in this format, with its period."""
        return {"submission": ".xml", "text": ".txt"}.get(self.value, f".{self.value}")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to write: the edition to draw in, the answers of a filer (None: the document as it stands), the width."""

    edition: str | None = None
    answers: Answers | None = None
    width: int = 100


def write(filing: Filing, format: str, **options: Any) -> bytes:  # noqa: A002 - the public name of the contract
    """Return a filing in a format: xml, submission, json, md, html, pdf, text or csv.

    Options: `edition` (a look or schema version to draw in), `answers` (an `Answers`: xml as EDGAR wants to receive
    it; submission always is), `width` (columns of text).

    Raises UsageError for an unknown format or edition, MissingExtraError for pdf without the extra [pdf], SourceError
    for a document that cannot be written.
    """
    return write_said(filing, format, **options)[0]


def write_said(filing: Filing, format: str, **options: Any) -> tuple[bytes, tuple[str, ...]]:  # noqa: A002
    """As `write`, and what was assumed or left out on the way, a line each."""
    if format not in {known.value for known in Format}:
        message = f"{excerpt(format)!r} is not a format; known are {', '.join(Format)}"
        raise UsageError("USAGE", message)
    try:
        chosen = Options(**options)
    except TypeError as error:
        raise UsageError("USAGE", excerpt(str(error), 200)) from None
    if chosen.edition and edition_look(chosen.edition, None) is None:
        message = f"{excerpt(chosen.edition)!r} is neither a look ({', '.join(Look)}) nor a schema version (X0508)"
        raise UsageError("USAGE", message)
    return _WRITERS[Format(format)](filing, chosen)


def _write_xml(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    if options.answers is None:
        return write_ownership_xml(filing.document), ()
    document, said = for_submission(filing.document, options.answers)
    return write_ownership_xml(document), said


def _write_submission(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.edgar.submission_file import SubmissionFile, SubmittedDocument, ownership_document  # noqa: PLC0415
    from section16.edgar.submission_file_writer import write_submission_file  # noqa: PLC0415

    document, said = for_submission(filing.document, options.answers or Answers())
    report = write_ownership_xml(document)
    submission = filing.submission
    if submission is not None:
        old = ownership_document(submission)
        documents = tuple(
            [msgspec.structs.replace(one, content=report) if one is old else one for one in submission.documents]
        )
        return write_submission_file(msgspec.structs.replace(submission, documents=documents)), said
    kind = (document.document_type or "").strip()
    name = f"form{document.form or ''}.xml"
    primary = SubmittedDocument(name=name, type=kind, description=_PRIMARY, content=report)
    exhibits = tuple(
        [
            SubmittedDocument(name=one.name, type=one.type, description=one.description, content=one.content)
            for one in filing.attachments
        ]
    )
    made = SubmissionFile(submission_type=kind, test_or_live="TEST", documents=(primary, *exhibits))
    return write_submission_file(made), (*said, "assumed, confirm before filing: testOrLive is TEST")


def _write_json(filing: Filing, _options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.reading.filing_json import write_filing_json  # noqa: PLC0415

    return write_filing_json(filing), ()


def _write_markdown(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.render.markdown import markdown  # noqa: PLC0415

    return markdown(filing.printed(options.edition)).encode(), ()


def _write_csv(filing: Filing, _options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.reading.csv_rows import csv_rows  # noqa: PLC0415

    facts = {"accession": filing.accession, "filed_on": filing.filed_on, "accepted_at": filing.accepted_at}
    return csv_rows(filing.document, **facts), ()  # type: ignore[arg-type]


def _write_pdf(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.render.pdf import pdf  # noqa: PLC0415 - its compiler is an extra, and heavy

    return pdf(filing.printed(options.edition), filing.status), ()


def _write_text(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    return terminal_text(filing.printed(options.edition), options.width, status=filing.status).encode() + b"\n", ()


_WRITERS: Final[Mapping[Format, Callable[[Filing, Options], tuple[bytes, tuple[str, ...]]]]] = {
    Format.XML: _write_xml,
    Format.SUBMISSION: _write_submission,
    Format.JSON: _write_json,
    Format.MD: _write_markdown,
    Format.HTML: lambda filing, options: (html(filing.printed(options.edition), filing.status).encode(), ()),
    Format.PDF: _write_pdf,
    Format.TEXT: _write_text,
    Format.CSV: _write_csv,
}
