"""The submission file written, in the order and with the names of edgarSubmission.xsd.xml, in ASCII.

Base64 comes in lines of 76 characters. What a file held beside the schema's elements goes back to its place; a record
made anew holds none, so that what is written validates if its facts keep the schema's lengths.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Final

from section16.edgar import safe_xml
from section16.edgar.kept_markup import escaped
from section16.edgar.submission_file import PointOfContact, SubmissionFile, SubmittedDocument
from section16.errors import SourceError, excerpt
from section16.form.cells import Other

_INDENT: Final = "    "
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GROUP: Final = "notificationAddresses"


def write_submission_file(submission: SubmissionFile) -> bytes:
    """Return the submission file of `submission`; a fact that is None has no element.

    Raises:
        SourceError: `XML_CONTROL_CHAR` if a fact holds a character that XML cannot, or what `safe_xml.parse` raises
            for kept markup that is not well-formed.
    """
    addresses = submission.notification_addresses
    children = [
        *_elements((("submissionType", submission.submission_type), ("testOrLive", submission.test_or_live))),
        *([] if submission.contact is None else [_contact(submission.contact)]),
        *([] if addresses is None else [_addresses(addresses, submission.other)]),
        *(_document(document) for document in submission.documents),
    ]
    root = _group("edgarSubmission", children, [thing for thing in submission.other if thing.within is None])
    data = f'<?xml version="1.0"?>\n{root}\n'.encode("ascii", "xmlcharrefreplace")
    if submission.other or any(part.other for part in (*submission.documents, submission.contact) if part):
        safe_xml.parse(data, limit=len(data))
    return data


def _contact(contact: PointOfContact) -> str:
    facts = (
        ("contactName", contact.name),
        ("contactPhoneNumber", contact.phone_number),
        ("contactEmailAddress", contact.email_address),
    )
    return _group("pointOfContact", _elements(facts), contact.other, 2 * _INDENT)


def _addresses(addresses: tuple[str, ...], other: tuple[Other, ...]) -> str:
    children = _elements(("notificationEmailAddress", address) for address in addresses)
    return _group(_GROUP, children, [thing for thing in other if thing.within == _GROUP], 2 * _INDENT)


def _document(document: SubmittedDocument) -> str:
    facts = (
        ("documentName", document.name),
        ("documentType", document.type),
        ("documentDescription", document.description),
    )
    block = f"<documentMimeBlock>\n{base64.encodebytes(document.content).decode()}</documentMimeBlock>"
    return _group("edgarDocument", [*_elements(facts), block], document.other, 2 * _INDENT)


def _elements(facts: Iterable[tuple[str, str | None]]) -> list[str]:
    return [f"<{name}>{_escaped(text)}</{name}>" for name, text in facts if text is not None]


def _escaped(text: str) -> str:
    if _NOT_XML.search(text):
        message = f"'{excerpt(text)}' holds a character that XML cannot"
        raise SourceError("XML_CONTROL_CHAR", message, mend="Take the character out")
    return escaped(text)


def _group(name: str, children: list[str], other: Iterable[Other], indent: str = _INDENT) -> str:
    """Return an element with its children a line each; what the schema does not know stands at its place."""
    lines = [*children]
    for thing in sorted(other, key=lambda thing: thing.at):
        lines.insert(thing.at, thing.xml)
    inside = "".join(f"\n{indent}{line}" for line in lines)
    return f"<{name}>{inside}\n{indent.removesuffix(_INDENT)}</{name}>" if lines else f"<{name}></{name}>"
