"""Which document of a submission is the ownership report.

By its type and the root of its XML, never by its name: `form4.xml`, `doc4.xml` and `primarydocument.xml` are all used
(EDGAR Ownership XML Technical Specification 5.5; filings).
"""

from __future__ import annotations

from typing import Final

from section16.edgar.containers import OWNERSHIP_FORMS, DocumentFacts, SubmissionHeader
from section16.edgar.sgml_documents import StoredDocument
from section16.edgar.xml_root import root_name
from section16.errors import SourceError, excerpt

ROOT_NAME: Final = "ownershipDocument"
"""The root element of an ownership report."""

_LONGEST_BEGINNING: Final = 4_096
_BEHIND_ALL: Final = 1_000_000


def is_ownership_xml(xml: bytes) -> bool:
    """Tell whether the root of `xml` is `ownershipDocument`, as far as a look at its beginning tells.

    A name that a cut line splits counts. Where no root shows, the name anywhere in the text counts: the reader that
    follows says what is wrong.
    """
    name = root_name(xml)
    if name is None:
        return ROOT_NAME.encode() in xml
    if name == ROOT_NAME:
        return True
    return ROOT_NAME.startswith(name) and root_name(xml[:_LONGEST_BEGINNING].translate(None, b"\r\n")) == ROOT_NAME


def choose_primary(documents: list[StoredDocument], header: SubmissionHeader, notes: list[str]) -> int:
    """Return the position of the ownership report among `documents`: of several, the one of the lowest sequence.

    A report without any type is taken if no other is there. `notes` gets a line where there are several.

    Raises:
        SourceError: `NOT_OWNERSHIP`, `LEGACY_NOT_XML`.
    """
    reports = [
        at for at, document in enumerate(documents) if document.wrapper == "XML" and is_ownership_xml(document.content)
    ]
    found = [at for at in reports if documents[at].facts.get("TYPE") in OWNERSHIP_FORMS]
    found = found or [at for at in reports if not documents[at].facts.get("TYPE")]
    if not found:
        raise _no_report(documents, header)
    if len(found) > 1:
        notes.append(f"{len(found)} ownership documents in one submission; the others are kept as attachments")
    return min(found, key=lambda at: (_sequence(documents[at]), at))


def primary_facts(document: StoredDocument, position: int) -> DocumentFacts:
    """Return what stands around the ownership report's XML."""
    facts = document.facts
    return DocumentFacts(
        type=facts.get("TYPE"),
        sequence=facts.get("SEQUENCE"),
        name=facts.get("FILENAME"),
        description=facts.get("DESCRIPTION"),
        other_lines=document.other_lines,
        before=document.before,
        after=document.after,
        position=position,
    )


def not_ownership(header: SubmissionHeader) -> SourceError:
    """Return the refusal of a submission that is no Form 3, 4 or 5."""
    what = f"form type '{excerpt(header.form_type)}'" if header.form_type else "no form type"
    return SourceError("NOT_OWNERSHIP", f"the submission has {what} and holds no report on Form 3, 4 or 5")


def _sequence(document: StoredDocument) -> int:
    """Return the document's sequence number; one that is none comes last."""
    text = document.facts.get("SEQUENCE", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_BEHIND_ALL)) else _BEHIND_ALL


def _no_report(documents: list[StoredDocument], header: SubmissionHeader) -> SourceError:
    forms = [document for document in documents if document.facts.get("TYPE") in OWNERSHIP_FORMS]
    if header.form_type not in OWNERSHIP_FORMS and not forms:
        return not_ownership(header)
    if any(document.wrapper == "XML" for document in forms):
        return SourceError("NOT_OWNERSHIP", "the form's XML has another root than ownershipDocument")
    return SourceError(
        "LEGACY_NOT_XML",
        f"this Form {header.form_type or forms[0].facts['TYPE']} is text, as filed before XML came in May 2003",
        mend="Only its header can be read; keep the file",
    )
