"""The facts of a filing's container as JSON, the `filing` of its JSON, and back.

Not here: the document itself (`section16.form.json_shape`) and what stands around both (`filing_json`).
"""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

from section16.edgar.containers import Attachment, DocumentFacts, Filer
from section16.edgar.ownership_xml import write_ownership_xml
from section16.edgar.submission_file import PointOfContact, SubmissionFile, SubmittedDocument
from section16.errors import SourceError, excerpt
from section16.findings import Finding
from section16.form.cells import Other
from section16.form.document import OwnershipDocument
from section16.reading.filing import Filing

_UNSET: Final = msgspec.UNSET


class AttachmentJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that came with the report: its text, or its bytes in base64.

    `stored` is what the container held where that is not simply the text (`uuencode`, `base64`), `encoded` the
    uuencoded text where encoding anew would give another.
    """

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None
    text: str | msgspec.UnsetType = _UNSET
    base64: str | msgspec.UnsetType = _UNSET
    stored: Literal["uuencode", "base64"] | msgspec.UnsetType = _UNSET
    wrapper: str | msgspec.UnsetType = _UNSET
    encoded: str | msgspec.UnsetType = _UNSET
    other_lines: tuple[str, ...] | msgspec.UnsetType = _UNSET


class PrimaryJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the container names the ownership document, and what stands around it there.

    `before` and `after` are bytes in base64; `position` counts the documents before this one.
    """

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None
    other_lines: tuple[str, ...] | msgspec.UnsetType = _UNSET
    before: bytes | msgspec.UnsetType = _UNSET
    after: bytes | msgspec.UnsetType = _UNSET
    position: int | msgspec.UnsetType = _UNSET


class SubmissionJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What only a submission file says: LIVE or TEST, whom to call, whom to notify, what its schema doesn't know."""

    test_or_live: str | None = None
    contact: PointOfContact | None = None
    notification_addresses: tuple[str, ...] | None = None
    other: tuple[Other, ...] | msgspec.UnsetType = _UNSET


class FilingJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The facts of a filing's container, under the names of :class:`section16.reading.filing.Filing`."""

    accession: str | None = None
    form_type: str | None = None
    period: date | None = None
    filed_on: date | None = None
    accepted_at: datetime | None = None
    changed_on: date | None = None
    filers: tuple[Filer, ...] = ()
    attachments: tuple[AttachmentJson, ...] = ()
    header: str | None = None
    source: str | None = None
    primary: PrimaryJson | msgspec.UnsetType = _UNSET
    submission: SubmissionJson | msgspec.UnsetType = _UNSET
    notes: tuple[Finding, ...] | msgspec.UnsetType = _UNSET


_SAME: Final = (
    "accession",
    "form_type",
    "period",
    "filed_on",
    "accepted_at",
    "changed_on",
    "filers",
    "header",
    "source",
)
"""What is the same in a filing and in its JSON."""


def facts_of(filing: Filing) -> FilingJson | None:
    """Return the facts of the filing's container; None if it came in none, as a bare XML file does."""
    same = {name: getattr(filing, name) for name in _SAME}
    if not any(same.values()) and not filing.attachments:
        return None
    return FilingJson(
        **same,
        attachments=tuple([_attachment(attachment) for attachment in filing.attachments]),
        primary=_UNSET if filing.primary is None else _primary(filing.primary),
        submission=_UNSET if filing.submission is None else _submission(filing.submission),
        notes=filing.notes or _UNSET,
    )


def facts_from(value: object, document: OwnershipDocument) -> dict[str, Any]:
    """Return the arguments of a filing that JSON values say; `document` is the report they belong to.

    Raises SourceError JSON_INVALID with the path of the fault.
    """
    if value is None:
        return {}
    try:
        facts = msgspec.convert(value, FilingJson)
    except msgspec.ValidationError as error:
        raise SourceError("JSON_INVALID", excerpt(str(error), 200), path="filing") from None
    arguments: dict[str, Any] = {name: getattr(facts, name) for name in _SAME}
    arguments["attachments"] = tuple([_read_attachment(one, at) for at, one in enumerate(facts.attachments)])
    if facts.primary is not _UNSET:
        arguments["primary"] = DocumentFacts(**_given(facts.primary))
    if facts.submission is not _UNSET:
        arguments["submission"] = _read_submission(facts, arguments, document)
    if facts.notes is not _UNSET:
        arguments["notes"] = facts.notes
    return arguments


def _given(record: Any) -> dict[str, Any]:
    """The fields of a record that are not unset."""
    values = {name: getattr(record, name) for name in record.__struct_fields__}
    return {name: value for name, value in values.items() if value is not _UNSET}


def _primary(facts: DocumentFacts) -> PrimaryJson:
    return PrimaryJson(
        type=facts.type,
        sequence=facts.sequence,
        name=facts.name,
        description=facts.description,
        other_lines=facts.other_lines or _UNSET,
        before=facts.before or _UNSET,
        after=facts.after or _UNSET,
        position=facts.position or _UNSET,
    )


def _submission(submission: SubmissionFile) -> SubmissionJson:
    return SubmissionJson(
        test_or_live=submission.test_or_live,
        contact=submission.contact,
        notification_addresses=submission.notification_addresses,
        other=submission.other or _UNSET,
    )


def _read_submission(facts: FilingJson, arguments: dict[str, Any], document: OwnershipDocument) -> SubmissionFile:
    """The submission file again, the report in it written anew; unknown elements within one document are not kept."""
    primary: DocumentFacts = arguments.get("primary", DocumentFacts())
    report = SubmittedDocument(
        name=primary.name, type=primary.type, description=primary.description, content=write_ownership_xml(document)
    )
    documents = [
        SubmittedDocument(name=one.name, type=one.type, description=one.description, content=one.content)
        for one in arguments["attachments"]
    ]
    documents.insert(primary.position, report)
    return SubmissionFile(submission_type=facts.form_type, documents=tuple(documents), **_given(facts.submission))


def _attachment(attachment: Attachment) -> AttachmentJson:
    text = _text(attachment.content)
    encoded = attachment.encoded
    return AttachmentJson(
        type=attachment.type,
        sequence=attachment.sequence,
        name=attachment.name,
        description=attachment.description,
        text=_UNSET if text is None else text,
        base64=base64.b64encode(attachment.content).decode("ascii") if text is None else _UNSET,
        stored=_UNSET if attachment.encoding == "text" else attachment.encoding,
        wrapper=attachment.wrapper or _UNSET,
        encoded=_UNSET if encoded is None else encoded.decode("latin-1"),
        other_lines=attachment.other_lines or _UNSET,
    )


def _text(content: bytes) -> str | None:
    """The content as text, if that gives the same bytes back."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _read_attachment(given: AttachmentJson, at: int) -> Attachment:
    path = f"filing.attachments[{at}]"
    facts = _given(given)
    text, coded, encoded = facts.pop("text", None), facts.pop("base64", None), facts.pop("encoded", None)
    if (text is None) == (coded is None):
        raise SourceError("JSON_INVALID", "an attachment has either text or base64", path=path)
    return Attachment(
        content=_bytes(coded, f"{path}.base64") if text is None else text.encode("utf-8", "surrogatepass"),
        encoding=facts.pop("stored", "text"),
        encoded=None if encoded is None else _stored_bytes(encoded, f"{path}.encoded"),
        **facts,
    )


def _bytes(coded: str, path: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        raise SourceError("JSON_INVALID", "this is not base64", path=path) from None


def _stored_bytes(encoded: str, path: str) -> bytes:
    try:
        return encoded.encode("latin-1")
    except UnicodeEncodeError:
        raise SourceError("JSON_INVALID", "uuencoded text has characters of one byte only", path=path) from None
