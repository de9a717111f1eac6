"""Structure of the submission file, the envelope in which a report is sent.

Official text: EDGAR Ownership XML Technical Specification 5.5, edgarSubmission.xsd.xml. Its values and counts are
EDGAR's business (R-ENV-2 to R-ENV-15); doubled elements are refused on reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from section16.edgar.submission_file import SubmissionFile, SubmittedDocument, out_of_order
from section16.errors import excerpt
from section16.findings import Severity, Source
from section16.form.cells import Other
from section16.reading import SourceKind
from section16.reading.printed_place import words
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_ROOT: Final = "edgarSubmission"
_CONTACT: Final = (("contactName", "name", 30), ("contactPhoneNumber", "phone_number", 20))
_EMAIL: Final = ("contactEmailAddress", "email_address", 80)
_ADDRESS: Final = "notificationAddresses/notificationEmailAddress"
_LONGEST_ADDRESS: Final = 80
_DOCUMENT: Final = (("documentType", "type", 20), ("documentDescription", "description", 255))


@rule(
    "R-ENV-1",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="An element of the submission file is missing, unknown, too long or out of order.",
    mend="Let section16 write the file (convert --to submission), or follow the schema's names, order and lengths.",
    cites=specification("submission file: edgarSubmission, elements and their order"),
    basis="spec",
    submitted=True,
)
def submission_file_has_its_elements(report: Report) -> Iterator[Place]:
    """Names, presence, order and lengths of the envelope's elements."""
    submission = report.submission
    if submission is None:
        return
    yield from _envelope(submission)
    for number, document in enumerate(submission.documents, 1):
        yield from _document(document, f"edgarDocument[{number}]")
    if report.filing.kind is SourceKind.SUBMISSION_FILE and (pair := out_of_order(report.filing.content)):
        name, before = pair
        yield _place(name, f"{name} stands behind {before}; it belongs in front of it.")


def _envelope(submission: SubmissionFile) -> Iterator[Place]:
    for name, value in (("submissionType", submission.submission_type), ("testOrLive", submission.test_or_live)):
        if value is None:
            yield _place(name, f"{name} is missing.")
    contact = submission.contact
    for name, attribute, most in (*_CONTACT, _EMAIL) if contact else ():
        yield from _length(f"pointOfContact/{name}", getattr(contact, attribute), most)
    for address in submission.notification_addresses or ():
        yield from _length(_ADDRESS, address, _LONGEST_ADDRESS)
    yield from _unknown(submission.other, "")
    yield from _unknown(contact.other if contact else (), "pointOfContact")


def _document(document: SubmittedDocument, path: str) -> Iterator[Place]:
    for name, value in (("documentName", document.name), ("documentType", document.type)):
        if not value:
            yield _place(f"{path}/{name}", f"{name} is missing.")
    for name, attribute, most in _DOCUMENT:
        yield from _length(f"{path}/{name}", getattr(document, attribute), most)
    yield from _unknown(document.other, path)


def _length(path: str, text: str | None, most: int) -> Iterator[Place]:
    if text is not None and len(text) > most:
        yield _place(path, f"{path.rpartition('/')[2]} has {len(text):,} characters; {most} may stand.")


def _unknown(others: Iterable[Other], path: str) -> Iterator[Place]:
    for other in others:
        if not other.xml.startswith(("<!", "<?")):
            where = path or (other.within or "")
            yield _place(where, f"{where or _ROOT} holds something unknown: {excerpt(other.xml)}")


def _place(path: str, message: str) -> Place:
    name = path.rpartition("/")[2].partition("[")[0]
    return Place(
        f"Submission file, {words(name)}" if name else "Submission file", f"{_ROOT}/{path}".rstrip("/"), message
    )
