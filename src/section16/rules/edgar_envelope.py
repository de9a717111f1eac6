"""EDGAR's business rules for the submission file: its kind, its addresses, the XML it carries.

Left out, because only EDGAR's own directory can tell: whether a CIK is an issuer's (R-HDR-10), whether a CCC belongs to
its CIK (of R-OWN-4 only the code's presence and shape are judged). Official text: EDGAR Ownership XML Technical
Specification 5.5, edgarSubmission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from section16.codes.document_types import is_ownership_type
from section16.edgar.submission_file import SubmissionFile
from section16.errors import excerpt
from section16.findings import Severity, Source
from section16.reading import SourceKind
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_ROOT: Final = "edgarSubmission"
_MOST_ADDRESSES: Final = 30
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_VERSION: Final = re.compile(rb"""<\?xml\s+version\s*=\s*["']([^"']*)["']""")
_INSTRUCTIONS: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?(?!xml\s)([^\s?>]+).*?\?>", re.DOTALL)
_BEFORE_DECLARATION: Final = re.compile(rb"(?:\xef\xbb\xbf|\s)+<\?xml\s")


@rule(
    "R-ENV-2",
    Severity.SUSPEND,
    Source.EDGAR,
    says="EDGAR takes the submission types 3, 3/A, 4, 4/A, 5 and 5/A, sent as LIVE or TEST.",
    mend="Write one of the six types into submissionType and LIVE or TEST into testOrLive, in capitals.",
    cites=specification("submission file: submissionType, testOrLive"),
    basis="spec",
    submitted=True,
)
def submission_says_what_it_is(report: Report) -> Iterator[Place]:
    """One of six types; LIVE or TEST."""
    submission = report.submission
    if submission is None:
        return
    if not is_ownership_type(submission.submission_type or ""):
        yield _place("submissionType", f"The submission type is {_said(submission.submission_type)}.")
    if submission.test_or_live not in {"LIVE", "TEST"}:
        yield _place("testOrLive", f"testOrLive is {_said(submission.test_or_live)}, neither LIVE nor TEST.")


@rule(
    "R-ENV-4",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The report's document type must be the submission type.",
    mend="Make documentType in the report and submissionType around it the same.",
    cites=specification("ownership document: documentType"),
    basis="spec",
    submitted=True,
)
def report_is_of_the_submission_type(report: Report) -> Iterator[Place]:
    """`documentType` of the report against `submissionType`."""
    submission = report.submission
    if submission is None:
        return
    wanted = submission.submission_type or ""
    if wanted and report.document_type != wanted:
        words = f"The report says it is a Form {_said(report.document_type)}, the submission a {_said(wanted)}."
        yield report.box("document_type", message=words)


@rule(
    "R-ENV-10",
    Severity.SUSPEND,
    Source.EDGAR,
    says="This is no e-mail address.",
    mend="Write one address (name@example.com) in each element, without a display name or angle brackets.",
    cites=specification("submission file: contactEmailAddress, notificationEmailAddress"),
    basis="spec",
    submitted=True,
)
def addresses_are_email_addresses(report: Report) -> Iterator[Place]:
    """One address an element, of the usual shape."""
    for path, address in _addresses(report.submission):
        if not _EMAIL.fullmatch(address):
            yield _place(path, f"{_said(address)} is no e-mail address.")


@rule(
    "R-ENV-11",
    Severity.WARN,
    Source.EDGAR,
    says="An e-mail address is given twice among contact and notification addresses.",
    mend="Leave the second one out.",
    cites=specification("submission file: notificationEmailAddress"),
    basis="spec",
    submitted=True,
)
def addresses_are_given_once(report: Report) -> Iterator[Place]:
    """No address twice, capitals aside."""
    seen: set[str] = set()
    for path, address in _addresses(report.submission):
        if address.casefold() in seen:
            yield _place(path, f"The address {_said(address)} is given twice.")
        seen.add(address.casefold())


@rule(
    "R-ENV-12",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A submission has at most 30 notification addresses.",
    mend="Leave some out.",
    cites=specification("submission file: notificationAddresses"),
    basis="spec",
    submitted=True,
)
def notification_addresses_are_at_most_thirty(report: Report) -> Iterator[Place]:
    """At most 30."""
    addresses = report.submission.notification_addresses if report.submission else None
    if addresses and len(addresses) > _MOST_ADDRESSES:
        words = f"There are {len(addresses)} notification addresses; EDGAR takes {_MOST_ADDRESSES}."
        yield _place("notificationAddresses", words)


@rule(
    "R-ENV-13",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The XML must be version 1.0, begin with its declaration if it has one, and hold no processing instruction.",
    mend='Begin the file with <?xml version="1.0"?> or with <ownershipDocument>, and take other <?...?> out.',
    cites=specification("XML declaration; processing instructions"),
    basis="spec",
    submitted=True,
)
def xml_is_plain_xml(report: Report) -> Iterator[Place]:
    """The bytes of the report: declaration first, version 1.0, no processing instruction."""
    xml = _xml(report)
    if _BEFORE_DECLARATION.match(xml):
        yield _of_xml("Something stands before the XML declaration: blanks, lines or a byte order mark.")
    version = _VERSION.search(xml, 0, 200)
    if version is not None and version[1] != b"1.0":
        yield _of_xml(f"The XML declaration says version {_said(version[1].decode('ascii', 'replace'))}, not 1.0.")
    if xml.find(b"<?", 1) > 0:
        for found in _INSTRUCTIONS.finditer(xml):
            if found[1] is not None:
                target = excerpt(found[1].decode("utf-8", "replace"))
                yield _of_xml(f"There is a processing instruction, <?{target} ...?>.")


def _xml(report: Report) -> bytes:
    """The report's XML as it is sent; nothing of what is not XML."""
    if report.submission is not None:
        position = report.filing.primary.position if report.filing.primary else 0
        return report.submission.documents[position].content
    return report.filing.content if report.filing.kind is SourceKind.OWNERSHIP_XML else b""


def _of_xml(message: str) -> Place:
    return Place("XML of the report", "ownershipDocument", message)


def _addresses(submission: SubmissionFile | None) -> Iterator[tuple[str, str]]:
    """Every e-mail address with its path; a blank contact address is none."""
    if submission is None:
        return
    if submission.contact and submission.contact.email_address:
        yield "pointOfContact/contactEmailAddress", submission.contact.email_address
    for number, address in enumerate(submission.notification_addresses or (), start=1):
        yield f"notificationAddresses/notificationEmailAddress[{number}]", address


def _said(text: str | None) -> str:
    return repr(text[:40]) if text else "empty"


def _place(path: str, message: str) -> Place:
    return Place("Submission file", f"{_ROOT}/{path}", message)
