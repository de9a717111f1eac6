"""EDGAR's business rules for the documents of a submission file: which, how many, their names and contents.

Of R-ENV-9 (characters and tags that EDGAR does not take in text and HTML) only the characters are judged: the list of
allowed tags stands in the EDGAR Filer Manual, volume II.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from section16.codes.document_types import document_type, is_ownership_type
from section16.edgar.submission_file import SubmittedDocument
from section16.findings import Severity, Source
from section16.reading.as_submission import is_sound_name
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_MOST: Final = 611
_MOST_OF_KIND: Final = {"CORRESP": 100, "COVER": 10, "exhibit or graphic": 500}
_ENDINGS: Final = (".txt", ".htm", ".jpg", ".gif", ".pdf")
_GRAPHICS: Final = (".jpg", ".gif")
_TEXTS: Final = (".txt", ".htm")
_SOURCES: Final = re.compile(rb"""\ssrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_NOT_ALLOWED: Final = re.compile(rb"[^\t\n\r\x0c\x20-\x7e]")
_COMPRESSED: Final = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}


@rule(
    "R-ENV-3",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A submission has exactly one report: of the submission type, in a file whose name ends in .xml.",
    mend="Keep one ownership document, give it the submission type as documentType and a name such as form4.xml.",
    cites=specification("submission file: edgarDocument, primary document"),
    basis="spec",
    submitted=True,
)
def submission_has_one_report(report: Report) -> Iterator[Place]:
    """One primary document, of the submission type, named `.xml`."""
    if report.submission is None:
        return
    wanted = report.submission.submission_type or ""
    reports = [(at, one) for at, one in _documents(report) if is_ownership_type(_type(one))]
    for at, document in reports[1:]:
        yield _place(at, document, "documentType", "This is a second report; a submission has one.")
    for at, document in reports[:1]:
        if is_ownership_type(wanted) and _type(document) != wanted:
            words = f"The report is sent as type {_type(document)}, in a submission of type {wanted}."
            yield _place(at, document, "documentType", words)
        if not (document.name or "").endswith(".xml"):
            yield _place(at, document, "documentName", "The report's file name does not end in .xml.")


@rule(
    "R-ENV-5",
    Severity.SUSPEND,
    Source.EDGAR,
    says="EDGAR does not take this file name.",
    mend="Use 1 to 32 lower-case letters, digits, at most one underscore, hyphen and period, a letter first; "
    "exhibits end in .txt, .htm, .jpg or .gif.",
    cites=specification("submission file: documentName"),
    basis="spec",
    submitted=True,
)
def file_names_are_of_edgars_shape(report: Report) -> Iterator[Place]:
    """The characters of a name, and the ending of an exhibit's."""
    for at, document in _documents(report):
        name = document.name or ""
        if not is_sound_name(name):
            yield _place(at, document, "documentName", f"EDGAR does not take the file name {name[:60]!r}.")
        elif not is_ownership_type(_type(document)) and not name.endswith(_ENDINGS):
            yield _place(
                at, document, "documentName", f"The file name {name!r} has an ending that EDGAR does not take."
            )


@rule(
    "R-ENV-6",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A submission has at most 611 documents: 100 of type CORRESP, 10 COVER, 500 exhibits and graphics.",
    mend="Send fewer documents, or join some.",
    cites=specification("submission file: edgarDocument, limits"),
    basis="spec",
    submitted=True,
)
def documents_are_not_too_many(report: Report) -> Iterator[Place]:
    """All documents, and those of each kind."""
    counts: Counter[str] = Counter()
    for _, document in _documents(report):
        kind = _type(document).partition(".")[0]
        counts["document"] += 1
        if not is_ownership_type(kind):
            counts[kind if kind in _MOST_OF_KIND else "exhibit or graphic"] += 1
    for kind, most in {"document": _MOST, **_MOST_OF_KIND}.items():
        if counts[kind] > most:
            words = f"There are {counts[kind]} documents of kind {kind}; EDGAR takes {most}."
            yield Place("Submission file", "edgarSubmission", words)


@rule(
    "R-ENV-7",
    Severity.WARN,
    Source.EDGAR,
    says="EDGAR throws a PDF attachment away.",
    mend="Send it as .htm or .txt.",
    cites=specification("submission file: attachments in PDF"),
    basis="spec",
    submitted=True,
)
def attachments_are_no_pdf(report: Report) -> Iterator[Place]:
    """By name or by content."""
    for at, document in _documents(report):
        if (document.name or "").lower().endswith(".pdf") or document.content.startswith(b"%PDF-"):
            yield _place(at, document, "documentName")


@rule(
    "R-ENV-8",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A graphic must be shown by an HTML document of the same submission.",
    mend='Refer to it in the exhibit (<img src="logo.jpg">), or leave it out.',
    cites=specification("submission file: documents of type GRAPHIC"),
    basis="spec",
    submitted=True,
)
def graphics_are_shown_by_a_document(report: Report) -> Iterator[Place]:
    """Every .jpg, .gif or GRAPHIC is the `src` of something in an .htm."""
    documents = list(_documents(report))
    graphics = [
        (at, one) for at, one in documents if (one.name or "").endswith(_GRAPHICS) or _type(one).startswith("GRAPHIC")
    ]
    if not graphics:
        return
    pages = [one.content for _, one in documents if (one.name or "").endswith(".htm")]
    shown = {found.decode("ascii", "replace").lower() for page in pages for found in _SOURCES.findall(page)}
    for at, document in graphics:
        if (document.name or "") not in shown:
            yield _place(at, document, "documentName")


@rule(
    "R-ENV-9",
    Severity.WARN,
    Source.EDGAR,
    says="A text or HTML document holds characters that EDGAR does not take; it warns or refuses.",
    mend="Save it in plain ASCII; in HTML write other characters as &#8217; and the like.",
    cites=specification("submission file: characters of text and HTML documents"),
    basis="spec",
    submitted=True,
)
def exhibits_are_ascii(report: Report) -> Iterator[Place]:
    """Printable ASCII, tabs and line ends."""
    for at, document in _documents(report):
        if not (document.name or "").lower().endswith(_TEXTS) or document.content.startswith(tuple(_COMPRESSED)):
            continue
        found = _NOT_ALLOWED.search(document.content)
        if found is not None:
            line = document.content.count(b"\n", 0, found.start()) + 1
            words = f"Line {line} of the document holds a character that is not plain ASCII."
            yield _place(at, document, "documentMimeBlock", words)


@rule(
    "R-ENV-14",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A document of a submission may not be compressed.",
    mend="Send the document itself.",
    cites=specification("submission file: compression"),
    basis="spec",
    submitted=True,
)
def documents_are_not_compressed(report: Report) -> Iterator[Place]:
    """The first bytes of gzip, zip, bzip2 or xz."""
    for at, document in _documents(report):
        for beginning, kind in _COMPRESSED.items():
            if document.content.startswith(beginning):
                yield _place(at, document, "documentMimeBlock", f"The document is compressed ({kind}).")


@rule(
    "R-ENV-15",
    Severity.SUSPEND,
    Source.EDGAR,
    says="Documents beside the report are of type CORRESP, COVER, EX-24, EX-99 or GRAPHIC.",
    mend="Use one of these types; a suffix may follow (EX-99.agreement), 20 characters in all.",
    cites=specification("submission file: documentType, list of attachment types"),
    basis="spec",
    submitted=True,
)
def attachments_have_a_known_type(report: Report) -> Iterator[Place]:
    """The five types, with or without a suffix."""
    for at, document in _documents(report):
        if document_type(_type(document)) is None:
            words = f"{_type(document)[:30]!r} is no type of a document in this submission."
            yield _place(at, document, "documentType", words)


def _documents(report: Report) -> Iterator[tuple[int, SubmittedDocument]]:
    """The documents of the submission file with their number, from 1."""
    return enumerate(report.submission.documents if report.submission else (), start=1)


def _type(document: SubmittedDocument) -> str:
    return (document.type or "").strip()


def _place(number: int, document: SubmittedDocument, element: str, message: str | None = None) -> Place:
    where = f"Submission file, document {number}" + (f" ({document.name[:40]})" if document.name else "")
    return Place(where, f"edgarSubmission/edgarDocument[{number}]/{element}", message)
