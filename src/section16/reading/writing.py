"""From a filing to bytes in any of the formats. What only one format needs is imported when it is first written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from section16.edgar.ownership_xml import write_ownership_xml
from section16.errors import UsageError, excerpt
from section16.reading.filing import Filing, chosen_look
from section16.reading.for_submission import Answers, for_submission


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
        message = f"'{excerpt(format)}' is not a format; known are {', '.join(Format)}"
        raise UsageError("USAGE", message)
    try:
        chosen = Options(**options)
    except TypeError as error:
        raise UsageError("USAGE", excerpt(str(error), 200)) from None
    if chosen.edition:
        chosen_look(chosen.edition, filing.document.form)
    return _WRITERS[Format(format)](filing, chosen)


def _write_xml(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    if options.answers is None:
        return write_ownership_xml(filing.document), ()
    document, said = for_submission(filing.document, options.answers)
    return write_ownership_xml(document), said


def _write_submission(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.edgar.submission_file_writer import write_submission_file  # noqa: PLC0415
    from section16.reading.as_submission import as_submission  # noqa: PLC0415

    submission, said = as_submission(filing, options.answers or Answers())
    return write_submission_file(submission), said


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


def _write_html(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.render.html import html  # noqa: PLC0415

    return html(filing.printed(options.edition), filing.status).encode(), ()


def _write_text(filing: Filing, options: Options) -> tuple[bytes, tuple[str, ...]]:
    from section16.render.terminal_text import terminal_text  # noqa: PLC0415

    return terminal_text(filing.printed(options.edition), options.width, status=filing.status).encode(), ()


_WRITERS: Final[Mapping[Format, Callable[[Filing, Options], tuple[bytes, tuple[str, ...]]]]] = {
    Format.XML: _write_xml,
    Format.SUBMISSION: _write_submission,
    Format.JSON: _write_json,
    Format.MD: _write_markdown,
    Format.HTML: _write_html,
    Format.PDF: _write_pdf,
    Format.TEXT: _write_text,
    Format.CSV: _write_csv,
}
