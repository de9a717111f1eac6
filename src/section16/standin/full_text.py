"""One filing's bytes in the shapes EDGAR serves: full submission, daily-feed file, single documents.

A full submission is served as it lies. A `.nc` file gets the label header; a loose report is wrapped into a submission
with an accession number made from its hash, as EDGAR's own are not known. Documents keep their bytes.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from section16 import limits
from section16.edgar.containers import DocumentFacts, Filer, SubmissionHeader, SubmissionText
from section16.edgar.ownership_xml import read_ownership_xml
from section16.edgar.sgml_documents import StoredDocument, read_documents
from section16.edgar.sgml_header import EASTERN
from section16.edgar.sgml_header_writer import label_header, tag_header
from section16.edgar.submission_text import read_submission_header
from section16.edgar.submission_text_writer import write_submission_text
from section16.errors import SourceError
from section16.form.document import OwnershipDocument
from section16.reading.filing import SourceKind
from section16.reading.recognition import recognise
from section16.standin.catalogue import Place

_NC: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<SUBMISSION>")
_DOCUMENTS: Final = re.compile(rb"(?:\A|[\r\n])[ \t]*(<DOCUMENT>)")
_END: Final = re.compile(rb"</(?:SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>\s*")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_CLOSING_TIME: Final = time(17, 0)


def full_text_of(data: bytes) -> bytes:
    """Return any source of a filing as a full submission text.

    Raises SourceError for what is neither a full submission, a `.nc` file nor a report as XML.
    """
    kind = recognise(data)
    if kind is SourceKind.OWNERSHIP_XML:
        return _wrapped(data)
    if kind is not SourceKind.FULL_TEXT:
        raise SourceError("NOT_OWNERSHIP", "not a submission and not a report as XML")
    if not _NC.match(data):
        return data
    header = read_submission_header(data)
    documents = _documents_of(data)
    return label_header(_facts(header), _count(documents), {}).encode() + documents + b"</SEC-DOCUMENT>\n"


def daily_feed_file(text: bytes) -> bytes:
    """Return a full submission text as the daily feed holds it. Raises SourceError as `read_submission_header`."""
    header = read_submission_header(text)
    documents = _documents_of(text)
    return tag_header(_facts(header), _count(documents)).encode() + documents + b"</SUBMISSION>\n"


def documents_of(text: bytes) -> list[StoredDocument]:
    """Return the documents of a full submission text, none of a damaged one."""
    try:
        first = _DOCUMENTS.search(text)
        return read_documents(text, first.start(1))[0] if first else []
    except SourceError:
        return []


def document_names(documents: Sequence[StoredDocument]) -> list[str]:
    """Return the names under which documents are served: their own if it is a plain name, else one by number."""
    names: list[str] = []
    for number, document in enumerate(documents, 1):
        name = document.facts.get("FILENAME", "")
        names.append(name if _PLAIN_NAME.fullmatch(name) and name not in names else f"document{number}.txt")
    return names


def content_at(place: Place) -> bytes | None:
    """Return the full submission text that lies at a place; None if the file is gone or holds no filing any more."""
    try:
        with Path(place.path).open("rb") as file:
            file.seek(place.offset)
            if place.length:
                return zlib.decompress(file.read(place.length))
            return full_text_of(file.read(limits.SUBMISSION_BYTES + 1))
    except (OSError, SourceError):
        return None


def moment_of(header: SubmissionHeader) -> datetime | None:
    """Return when a filing was accepted; where only the day is known, five in the afternoon of it."""
    if header.accepted_at is not None:
        return header.accepted_at
    return None if header.filed_on is None else datetime.combine(header.filed_on, _CLOSING_TIME, EASTERN)


def _documents_of(data: bytes) -> bytes:
    """Return everything from the first document to the end of the last, as stored."""
    first = _DOCUMENTS.search(data)
    if first is None:
        raise SourceError("CONTAINER_MALFORMED", "a submission without a <DOCUMENT>")
    ends = [found.start() for found in _END.finditer(data, first.start(1))]
    documents = data[first.start(1) : ends[-1] if ends else len(data)]
    return documents if documents.endswith((b"\n", b"\r")) else documents + b"\n"


def _count(documents: bytes) -> int:
    return len(_DOCUMENTS.findall(documents))


def _facts(header: SubmissionHeader) -> SubmissionText:
    """Return a header's facts as the header writers take them."""
    facts = {name: getattr(header, name) for name in SubmissionHeader.__struct_fields__}
    return SubmissionText(
        **{name: fact for name, fact in facts.items() if name in SubmissionText.__struct_fields__ and name != "notes"},
        primary=b"",
    )


def _wrapped(xml: bytes) -> bytes:
    """Return a loose report as a full submission. Raises SourceError if it can't be read or names no day."""
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("XML_ENCODING", "a report in UTF-16 cannot stand in a submission")
    document = read_ownership_xml(xml)
    filed_on = _filing_date(document)
    form = (document.document_type or "").strip()
    period = document.period_of_report
    submission = SubmissionText(
        accession=_made_accession(xml, filed_on),
        form_type=form,
        period=period.value if period else None,
        filed_on=filed_on,
        accepted_at=datetime.combine(filed_on, _CLOSING_TIME, EASTERN),
        changed_on=filed_on,
        filers=_filers(document, form),
        primary=xml.removeprefix(codecs.BOM_UTF8).strip(),
        primary_facts=DocumentFacts(type=form, sequence="1", name=f"form{form[:1]}.xml"),
    )
    return write_submission_text(submission)


def _made_accession(xml: bytes, filed_on: date) -> str:
    number = int.from_bytes(hashlib.sha256(xml).digest()[:8], "big")
    return f"9998{number % 10**6:06d}-{filed_on.year % 100:02d}-{number // 10**6 % 10**6:06d}"


def _filing_date(document: OwnershipDocument) -> date:
    """Return the day of the last signature, else the period of report, moved off a weekend."""
    signed = [one.date.value for one in document.signatures if one.date]
    period = document.period_of_report
    days = [day for day in signed if day] or ([period.value] if period and period.value else [])
    if not days:
        raise SourceError("DATE_INVALID", "neither a signature nor the report says when it was filed")
    day = max(days)
    return day + timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)  # noqa: PLR2004


def _filers(document: OwnershipDocument, form: str) -> tuple[Filer, ...]:
    """Return the parties of a report as a header names them."""
    owners = [owner.id for owner in document.reporting_owners if owner.id]
    issuer = document.issuer
    filers = [
        Filer(role="reporting-owner", name=one.name, cik=_ten(one.cik), form_type=form, act="34") for one in owners
    ]
    if issuer:
        filers.append(Filer(role="issuer", name=issuer.name, cik=_ten(issuer.cik)))
    return tuple(filers)


def _ten(cik: str | None) -> str | None:
    """Return a CIK in ten digits, as headers write it."""
    return cik and cik.strip().zfill(10)
