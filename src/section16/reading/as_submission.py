"""A filing as the submission file around it: what a filer sends to EDGAR.

Official text: EDGAR Ownership XML Technical Specification 5.5, the submission file and the names of its documents.
What the current schema does not know is left out; what had to be changed or assumed is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from section16.edgar.containers import DocumentFacts
from section16.edgar.ownership_xml import write_ownership_xml
from section16.edgar.submission_file import PointOfContact, SubmissionFile, SubmittedDocument
from section16.errors import excerpt
from section16.reading.filing import Filing
from section16.reading.for_submission import Answers, for_submission

_LONGEST_NAME: Final = 32
_SOUND: Final = re.compile(r"(?=.{1,32}\Z)(?!.*_.*_)(?!.*-.*-)[a-z][a-z0-9_-]*\.[a-z0-9]+")
_OTHER_CHARACTERS: Final = re.compile(r"[^a-z0-9_-]")
_ENDINGS: Final = {"html": "htm", "jpeg": "jpg", "text": "txt"}
_HTML: Final = re.compile(rb"<(?:!doctype )?html|<p[\s>]|<div[\s>]", re.IGNORECASE)
_DESCRIPTION: Final = "PRIMARY DOCUMENT"


def as_submission(filing: Filing, answers: Answers) -> tuple[SubmissionFile, tuple[str, ...]]:
    """Return the submission file of a filing, the report in it ready for EDGAR, and what was assumed or changed.

    LIVE or TEST, contact and addresses to notify come from the submission file that the filing was read from, if it
    was; else it is a TEST. Raises what `for_submission` and `write_ownership_xml` raise.
    """
    document, said = for_submission(filing.document, answers)
    lines = [*said]
    kind = (document.document_type or "").strip()
    facts = filing.primary or DocumentFacts()
    documents = [
        SubmittedDocument(name=one.name, type=one.type, description=one.description, content=one.content)
        for one in filing.attachments
    ]
    report = SubmittedDocument(
        name=_report_name(facts.name, document.form),
        type=kind,
        description=facts.description or _DESCRIPTION,
        content=write_ownership_xml(document),
    )
    documents.insert(facts.position, report)
    made = SubmissionFile(
        submission_type=kind,
        test_or_live=_test_or_live(filing, lines),
        contact=_contact(filing),
        notification_addresses=filing.submission.notification_addresses if filing.submission else None,
        documents=_soundly_named(documents, lines),
    )
    return made, tuple(lines)


def is_sound_name(name: str) -> bool:
    """Whether EDGAR takes a document's file name (rule R-ENV-5).

    One to 32 lower-case letters, digits, at most one underscore, hyphen and period; a letter first, an extension last.
    """
    return _SOUND.fullmatch(name) is not None


def _report_name(name: str | None, form: str | None) -> str:
    return name if name and name.lower().endswith(".xml") else f"form{form or ''}.xml"


def _test_or_live(filing: Filing, lines: list[str]) -> str:
    said = (filing.submission.test_or_live or "").strip() if filing.submission else ""
    if not said:
        lines.append("assumed, confirm before filing: testOrLive is TEST")
    return said or "TEST"


def _contact(filing: Filing) -> PointOfContact | None:
    contact = filing.submission.contact if filing.submission else None
    if contact is None:
        return None
    return PointOfContact(name=contact.name, phone_number=contact.phone_number, email_address=contact.email_address)


def _soundly_named(documents: Sequence[SubmittedDocument], lines: list[str]) -> tuple[SubmittedDocument, ...]:
    """The documents, each under a name that EDGAR takes and no other has; new names and missing types are said."""
    taken: set[str] = set()
    named = []
    for number, document in enumerate(documents, start=1):
        name = _unlike(_sound_name(document, number), taken)
        taken.add(name)
        if name != document.name:
            lines.append(f"named for EDGAR: document {number}, {excerpt(document.name or 'without name')}, is {name}")
        if not (document.type or "").strip():
            lines.append(f"missing: the type of document {number} ({name})")
        named.append(
            SubmittedDocument(name=name, type=document.type, description=document.description, content=document.content)
        )
    return tuple(named)


def _sound_name(document: SubmittedDocument, number: int) -> str:
    name = (document.name or "").strip()
    if is_sound_name(name):
        return name
    plain = unicodedata.normalize("NFKD", name).lower().rpartition("/")[2].rpartition("\\")[2]
    stem, _, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
    ending = _OTHER_CHARACTERS.sub("", ending).replace("_", "").replace("-", "")
    ending = _ENDINGS.get(ending, ending) or ("htm" if _HTML.search(document.content, 0, 4096) else "txt")
    stem = _once("-", _once("_", _OTHER_CHARACTERS.sub("", stem))).lstrip("-_")
    if not stem[:1].isalpha():
        stem = f"document{number}{stem}"
    return f"{stem[: _LONGEST_NAME - 1 - len(ending[:4])]}.{ending[:4]}"


def _once(sign: str, stem: str) -> str:
    """The stem with the first of a sign only."""
    first, found, rest = stem.partition(sign)
    return first + found + rest.replace(sign, "")


def _unlike(name: str, taken: set[str]) -> str:
    """The name, or one made from it that is not taken."""
    stem, _, ending = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        tail = f"{number}.{ending}"
        name = stem[: _LONGEST_NAME - len(tail)] + tail
    return name
