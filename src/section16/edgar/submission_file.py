"""The submission file: what a filer sends to EDGAR, an `edgarSubmission` with every document in base64.

Official text: EDGAR Ownership XML Technical Specification 5.5, edgarSubmission.xsd.xml. Order and names are fixed,
there is no namespace, and no element for filers or period: those stand in the ownership document. What the schema does
not know (`returnCopy` of the 2010 version, comments) is kept with its place, for the writer.
"""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

import msgspec
from lxml import etree

from section16 import limits
from section16.edgar import safe_xml
from section16.edgar.containers import OWNERSHIP_FORMS, Attachment
from section16.edgar.kept_markup import escaped
from section16.edgar.primary_document import is_ownership_xml
from section16.edgar.xml_root import root_name
from section16.errors import SourceError, excerpt
from section16.form.cells import Other

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT: Final = "edgarSubmission"
_MOST_DOCUMENTS: Final = 611
_ONCE: Final = ("submissionType", "testOrLive", "pointOfContact", "notificationAddresses")
_CONTACT: Final = ("contactName", "contactPhoneNumber", "contactEmailAddress")
_DOCUMENT: Final = ("documentName", "documentType", "documentDescription", "documentMimeBlock")


class PointOfContact(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Whom EDGAR's staff may call: name, phone number, e-mail address."""

    name: str | None = None
    phone_number: str | None = None
    email_address: str | None = None
    other: tuple[Other, ...] = ()


class SubmittedDocument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One document of a submission file, decoded; `content` are its bytes as the filer made them."""

    name: str | None = None
    type: str | None = None
    description: str | None = None
    content: bytes = b""
    other: tuple[Other, ...] = ()

    def __repr__(self) -> str:
        """Say how long the content is instead of showing it: it holds the owners' confirmation codes."""
        return f"SubmittedDocument(name={self.name!r}, type={self.type!r}, content=<{len(self.content)} bytes>)"


class SubmissionFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A submission as it is sent: type (`4/A`), `LIVE` or `TEST`, contact, addresses to notify, documents in order.

    `notification_addresses` is None where the group is missing, empty where it is there without an address.
    """

    submission_type: str | None = None
    test_or_live: str | None = None
    contact: PointOfContact | None = None
    notification_addresses: tuple[str, ...] | None = None
    documents: tuple[SubmittedDocument, ...] = ()
    other: tuple[Other, ...] = ()


def looks_like_submission_file(data: bytes) -> bool:
    """Tell whether the root of `data` is `edgarSubmission`; other forms than 3, 4 and 5 have one, too."""
    return root_name(data) == _ROOT


def read_submission_file(data: bytes) -> SubmissionFile:
    """Return the submission file in `data`, its documents decoded.

    Raises:
        SourceError: what `safe_xml.parse` raises, `NOT_OWNERSHIP` (another root, or the envelope of other forms),
            `STRUCTURE` (twice what stands once), `LIMIT_COUNT`, `CONTAINER_MALFORMED` (base64 that is none, or is
            missing; with the document's name and line).
    """
    root = safe_xml.parse(data, limit=limits.SUBMISSION_BYTES)
    _refuse_crowd(root)
    names = [_local_name(child) for child in root]
    if _local_name(root) != _ROOT or not {"submissionType", "edgarDocument"} & set(names):
        raise SourceError("NOT_OWNERSHIP", f"'{excerpt(str(root.tag))}' is not the submission file of a Form 3, 4 or 5")
    if names.count("edgarDocument") > _MOST_DOCUMENTS:
        raise SourceError("LIMIT_COUNT", f"more than {_MOST_DOCUMENTS} documents in one submission file")
    known, other = _sorted(root, _ONCE, many="edgarDocument")
    group = known.get("notificationAddresses")
    addresses, other_addresses = (None, ()) if group is None else _addresses(group)
    contact = known.get("pointOfContact")
    return SubmissionFile(
        submission_type=_text(known.get("submissionType")),
        test_or_live=_text(known.get("testOrLive")),
        contact=None if contact is None else _contact(contact),
        notification_addresses=addresses,
        documents=tuple([_document(child) for child in root if _local_name(child) == "edgarDocument"]),
        other=(*other, *other_addresses),
    )


def ownership_document(submission: SubmissionFile) -> SubmittedDocument:
    """Return the document that is the ownership report: the first of type 3, 4, 5 or an amendment.

    Raises:
        SourceError: `NOT_OWNERSHIP` if there is none, or it is not ownership XML.
    """
    for document in submission.documents:
        if (document.type or "").strip() in OWNERSHIP_FORMS:
            if is_ownership_xml(document.content):
                return document
            raise SourceError("NOT_OWNERSHIP", f"{_named(document)} has another root than ownershipDocument")
    raise SourceError("NOT_OWNERSHIP", "the submission file holds no document of type 3, 4, 5 or an amendment")


def attachments(submission: SubmissionFile) -> tuple[Attachment, ...]:
    """Return every document but the ownership report, in order; the sequence is its place in the file, from 1.

    Raises:
        SourceError: as `ownership_document`.
    """
    report = ownership_document(submission)
    return tuple(
        [
            Attachment(
                type=document.type,
                sequence=str(number),
                name=document.name,
                description=document.description,
                content=document.content,
                encoding="base64",
            )
            for number, document in enumerate(submission.documents, start=1)
            if document is not report
        ]
    )


def _local_name(element: Element) -> str | None:
    """Return an element's name without namespace, None for a comment or processing instruction."""
    tag = cast("object", element.tag)
    return tag.rpartition("}")[2] if isinstance(tag, str) else None


def _line(element: Element) -> int | None:
    return element.sourceline


def _text(element: Element | None) -> str | None:
    """Return all text inside an element, comments left out, without blanks around it; None if there is no element."""
    return None if element is None else str(element.xpath("string()")).strip()


def _sorted(
    parent: Element, once: tuple[str, ...], *, many: str | None = None
) -> tuple[dict[str, Element], tuple[Other, ...]]:
    """Return the children of `parent` by name that stand `once`, and what is neither one of them nor one of `many`."""
    _refuse_crowd(parent)
    known: dict[str, Element] = {}
    other: list[Other] = []
    at = _keep_stray(parent.text, 0, other)
    for child in parent:
        name = _local_name(child)
        if name in known:
            raise SourceError("STRUCTURE", f"two {name} elements where one may stand", line=_line(child))
        if name in once:
            known[name] = child
        elif name is None or name != many:
            other.append(Other(at=at, xml=etree.tostring(child, encoding="unicode", with_tail=False)))
        at = _keep_stray(child.tail, at + 1, other)
    return known, tuple(other)


def _refuse_crowd(parent: Element) -> None:
    if len(parent) > limits.XML_ELEMENTS:
        raise SourceError("LIMIT_COUNT", f"more than {limits.XML_ELEMENTS:,} elements in one", line=parent.sourceline)


def _keep_stray(text: str | None, at: int, other: list[Other]) -> int:
    """Add text that stands between elements to `other`, blanks around it left off; return the place behind it."""
    if text is None or not text.strip():
        return at
    other.append(Other(at=at, xml=escaped(text.strip())))
    return at + 1


def _contact(group: Element) -> PointOfContact:
    known, other = _sorted(group, _CONTACT)
    name, phone_number, email_address = (_text(known.get(part)) for part in _CONTACT)
    return PointOfContact(name=name, phone_number=phone_number, email_address=email_address, other=other)


def _addresses(group: Element) -> tuple[tuple[str, ...], tuple[Other, ...]]:
    _, other = _sorted(group, (), many="notificationEmailAddress")
    addresses = tuple([_text(child) or "" for child in group if _local_name(child) == "notificationEmailAddress"])
    return addresses, tuple([msgspec.structs.replace(thing, within="notificationAddresses") for thing in other])


def _document(group: Element) -> SubmittedDocument:
    known, other = _sorted(group, _DOCUMENT)
    name, kind, description = (_text(known.get(part)) for part in _DOCUMENT[:3])
    document = SubmittedDocument(name=name, type=kind, description=description, other=other)
    block = known.get("documentMimeBlock")
    if block is None:
        raise SourceError("CONTAINER_MALFORMED", f"{_named(document)} has no documentMimeBlock", line=_line(group))
    try:
        content = base64.b64decode("".join((_text(block) or "").split()), validate=True)
    except ValueError:
        message = f"the content of {_named(document)} is not base64"
        raise SourceError("CONTAINER_MALFORMED", message, line=_line(block)) from None
    return msgspec.structs.replace(document, content=content)


def _named(document: SubmittedDocument) -> str:
    return f"document '{excerpt(document.name or '')}'"


def out_of_order(data: bytes) -> tuple[str, str] | None:
    """Return the first element of a submission file that stands behind one it belongs in front of, and that one.

    Raises:
        SourceError: what `safe_xml.parse` raises.
    """
    root = safe_xml.parse(data, limit=limits.SUBMISSION_BYTES)
    orders = {_ROOT: (*_ONCE, "edgarDocument"), "pointOfContact": _CONTACT, "edgarDocument": _DOCUMENT}
    for group in (root, *root):
        order = orders.get(_local_name(group) or "", ())
        names = [name for name in map(_local_name, group) if name in order]
        for before, name in pairwise(names):
            if order.index(name) < order.index(before):
                return name, before
    return None
