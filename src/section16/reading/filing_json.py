"""The JSON of a filing: `{"schema": 1, "form", "edition", "look", "document", "filing"}`, and back.

The document's shape is `section16.form.json_shape`'s. A plain XML file has no filing facts: `filing` is null.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Any, Final

import msgspec

from section16 import limits
from section16.edgar.containers import Attachment, DocumentFacts, Filer
from section16.edgar.submission_file import PointOfContact
from section16.errors import SourceError, excerpt
from section16.findings import Finding
from section16.form.edition import Look
from section16.form.json_shape import from_json, to_json
from section16.reading.filing import Filing, SourceKind

SCHEMA: Final = 1


class AttachmentJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that came with the report: its text, or its bytes in base64.

    `stored` is what the container held where that is not simply the text (`uuencode`, `base64`), `encoded` the
    uuencoded text where encoding anew would give another.
    """

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None
    text: str | msgspec.UnsetType = msgspec.UNSET
    base64: str | msgspec.UnsetType = msgspec.UNSET
    stored: str | msgspec.UnsetType = msgspec.UNSET
    wrapper: str | msgspec.UnsetType = msgspec.UNSET
    encoded: str | msgspec.UnsetType = msgspec.UNSET
    other_lines: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


class PrimaryJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the container names the ownership document."""

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None


class SubmissionJson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What only a submission file says: LIVE or TEST, whom to call, whom to notify."""

    test_or_live: str | None = None
    contact: PointOfContact | None = None
    notification_addresses: tuple[str, ...] | None = None


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
    primary: PrimaryJson | msgspec.UnsetType = msgspec.UNSET
    submission: SubmissionJson | msgspec.UnsetType = msgspec.UNSET
    notes: tuple[Finding, ...] | msgspec.UnsetType = msgspec.UNSET


def filing_to_json(filing: Filing) -> dict[str, Any]:
    """Return the JSON values of a filing."""
    return {
        "schema": SCHEMA,
        "form": filing.document.form,
        "edition": filing.edition,
        "look": filing.drawn_look().value,
        "document": to_json(filing.document),
        "filing": msgspec.to_builtins(_facts(filing)) if filing.source else None,
    }


def write_filing_json(filing: Filing, *, indent: int | None = 2) -> bytes:
    """Return a filing as JSON in UTF-8, one line if `indent` is None."""
    encoded = msgspec.json.encode(filing_to_json(filing))
    return encoded if indent is None else msgspec.json.format(encoded, indent=indent) + b"\n"


def read_filing_json(data: bytes) -> Filing:
    """Return the filing that JSON of ours says.

    Raises SourceError LIMIT_SIZE, LIMIT_DEPTH or JSON_INVALID, with the path of the fault.
    """
    if len(data) > limits.JSON_BYTES:
        message = f"the JSON has {len(data):,} bytes, over the limit of {limits.JSON_BYTES:,}"
        raise SourceError("LIMIT_SIZE", message)
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SourceError("JSON_INVALID", f"not JSON: {excerpt(str(error))}") from None
    _refuse_deep(value)
    if not isinstance(value, dict) or "document" not in value:
        raise SourceError("JSON_INVALID", "not a filing: an object with schema and document is expected")
    if value.get("schema") != SCHEMA:
        message = f"schema {excerpt(repr(value.get('schema')))} is not known, only {SCHEMA} is"
        raise SourceError("JSON_INVALID", message, path="schema")
    document = from_json(value["document"])
    facts = _read_facts(value.get("filing"))
    look = value.get("look")
    return Filing(
        document=document,
        kind=SourceKind.JSON,
        look=next((one for one in Look if one.value == look), None),
        content=data,
        **facts,
    )


def filing_schema() -> dict[str, Any]:
    """JSON Schema of what `filing_to_json` returns."""
    from section16.form.json_schema import json_schema  # noqa: PLC0415 - no reading or writing needs it

    return json_schema(msgspec.json.schema(FilingJson))


def _refuse_deep(value: object) -> None:
    level = [value]
    for _ in range(limits.JSON_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent if isinstance(parent, list) else ())
        ]
        if not level:
            return
    message = f"objects and lists stand deeper than {limits.JSON_DEPTH} inside one another"
    raise SourceError("LIMIT_DEPTH", message)


def _facts(filing: Filing) -> FilingJson:
    submission = filing.submission
    primary = filing.primary
    return FilingJson(
        accession=filing.accession,
        form_type=filing.form_type,
        period=filing.period,
        filed_on=filing.filed_on,
        accepted_at=filing.accepted_at,
        changed_on=filing.changed_on,
        filers=filing.filers,
        attachments=tuple([_attachment(attachment) for attachment in filing.attachments]),
        header=filing.header,
        source=filing.source,
        primary=msgspec.UNSET
        if primary is None
        else PrimaryJson(
            type=primary.type, sequence=primary.sequence, name=primary.name, description=primary.description
        ),
        submission=msgspec.UNSET
        if submission is None
        else SubmissionJson(
            test_or_live=submission.test_or_live,
            contact=submission.contact,
            notification_addresses=submission.notification_addresses,
        ),
        notes=filing.notes or msgspec.UNSET,
    )


def _attachment(attachment: Attachment) -> AttachmentJson:
    text = _text(attachment.content)
    encoded = attachment.encoded
    return AttachmentJson(
        type=attachment.type,
        sequence=attachment.sequence,
        name=attachment.name,
        description=attachment.description,
        text=msgspec.UNSET if text is None else text,
        base64=base64.b64encode(attachment.content).decode("ascii") if text is None else msgspec.UNSET,
        stored=msgspec.UNSET if attachment.encoding == "text" else attachment.encoding,
        wrapper=attachment.wrapper or msgspec.UNSET,
        encoded=msgspec.UNSET if encoded is None else encoded.decode("latin-1"),
        other_lines=attachment.other_lines or msgspec.UNSET,
    )


def _text(content: bytes) -> str | None:
    """The content as text, if that gives the same bytes back."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _read_facts(value: object) -> dict[str, Any]:
    if value is None:
        return {}
    try:
        facts = msgspec.convert(value, FilingJson)
    except msgspec.ValidationError as error:
        raise SourceError("JSON_INVALID", excerpt(str(error), 200), path="filing") from None
    values = {
        name: getattr(facts, name)
        for name in FilingJson.__struct_fields__
        if name not in {"attachments", "primary", "submission", "notes"}
    }
    values["attachments"] = tuple([_read_attachment(one, at) for at, one in enumerate(facts.attachments)])
    if isinstance(facts.primary, PrimaryJson):
        values["primary"] = msgspec.convert(msgspec.to_builtins(facts.primary), DocumentFacts)
    if isinstance(facts.notes, tuple):
        values["notes"] = facts.notes
    return values


def _read_attachment(given: AttachmentJson, at: int) -> Attachment:
    path = f"filing.attachments[{at}]"
    if isinstance(given.text, str) == isinstance(given.base64, str):
        raise SourceError("JSON_INVALID", "an attachment has either text or base64", path=path)
    if isinstance(given.text, str):
        content = given.text.encode("utf-8")
    else:
        try:
            content = base64.b64decode(str(given.base64), validate=True)
        except (binascii.Error, ValueError):
            raise SourceError("JSON_INVALID", "this is not base64", path=f"{path}.base64") from None
    stored = given.stored if isinstance(given.stored, str) else "text"
    if stored not in {"text", "uuencode", "base64"}:
        raise SourceError("JSON_INVALID", f"{excerpt(stored)!r} is not uuencode or base64", path=f"{path}.stored")
    return Attachment(
        type=given.type,
        sequence=given.sequence,
        name=given.name,
        description=given.description,
        content=content,
        encoding=stored,  # type: ignore[arg-type]
        wrapper=given.wrapper if isinstance(given.wrapper, str) else None,
        encoded=given.encoded.encode("latin-1", "replace") if isinstance(given.encoded, str) else None,
        other_lines=given.other_lines if isinstance(given.other_lines, tuple) else (),
    )
