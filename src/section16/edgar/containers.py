"""What EDGAR's containers hold, as records: the submission text (full text and `.nc`) and the submission file.

Only bytes and header facts are here; what an ownership document says is the ownership reader's business. A fact is None
where the container does not give it or gives it unreadably, and "" where it is given blank. Readers and writers:
`submission_text`, `sgml_header`, `submission_file`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

OWNERSHIP_FORMS = frozenset({"3", "3/A", "4", "4/A", "5", "5/A"})
"""Submission and document types of Section 16 reports: EDGAR Ownership XML Technical Specification 5.5."""


class Address(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A business or mail address as EDGAR has it on record, which need not be the one in the report."""

    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    phone: str | None = None


class FormerName(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A name the filer had before, and the day it changed."""

    name: str | None = None
    changed_on: date | None = None


class Filer(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One party named in a submission's header.

    `role` is the header's word in lower case: `issuer`, `reporting-owner`, in old filings also `subject-company` and
    `filed-by`. `cik` has ten digits as filed; `sic` is the industry's number alone (the words beside it stand in the
    header only); `act` is the two digits of the year (`34`); `fiscal_year_end` is MMDD.
    """

    role: str
    name: str | None = None
    cik: str | None = None
    sic: str | None = None
    organization_name: str | None = None
    irs_number: str | None = None
    state_of_incorporation: str | None = None
    fiscal_year_end: str | None = None
    relationship: str | None = None
    form_type: str | None = None
    act: str | None = None
    file_number: str | None = None
    film_number: str | None = None
    business_address: Address | None = None
    mail_address: Address | None = None
    former_names: tuple[FormerName, ...] = ()


class SubmissionHeader(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The facts of a submission's header, in either style, and its text word for word.

    `period` is the period of report, `changed_on` the day of the last correction after acceptance, `accepted_at`
    Eastern time. `document_count` is what the header claims. `notes` say what could not be read.
    """

    accession: str | None = None
    form_type: str | None = None
    document_count: int | None = None
    period: date | None = None
    filed_on: date | None = None
    accepted_at: datetime | None = None
    changed_on: date | None = None
    filers: tuple[Filer, ...] = ()
    text: str = ""
    notes: tuple[str, ...] = ()


class DocumentFacts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What stands between `<DOCUMENT>` and the text of the ownership document, and around its `<XML>` block.

    `other_lines` are header lines besides the four known ones. `before` and `after` are what stands inside `<TEXT>`
    outside `<XML>`; in EDGAR's own files nothing does. `position` counts the documents before this one.
    """

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None
    other_lines: tuple[str, ...] = ()
    before: bytes = b""
    after: bytes = b""
    position: int = 0


class Attachment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Any document of a container but the ownership document.

    `content` is the document itself: of a text its bytes as stored, of a uuencoded or base64 one the decoded bytes.
    `wrapper` is the tag inside `<TEXT>` (`XML`, `PDF`, `XBRL`), if there is one. `encoded` is the uuencoded text as
    stored, kept only where encoding `content` anew would give other bytes.
    """

    type: str | None = None
    sequence: str | None = None
    name: str | None = None
    description: str | None = None
    other_lines: tuple[str, ...] = ()
    content: bytes = b""
    encoding: Literal["text", "uuencode", "base64"] = "text"
    wrapper: str | None = None
    encoded: bytes | None = None


class SubmissionText(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A submission as EDGAR publishes it: header facts, the ownership document's bytes, the other documents.

    `header` is everything before the first document, word for word, without a mail wrapper; empty in a record that
    did not come from a file. `primary` is what stands between `<XML>` and `</XML>`, leading blank lines taken off.
    """

    kind: Literal["full text", "nc"] = "full text"
    accession: str | None = None
    form_type: str | None = None
    period: date | None = None
    filed_on: date | None = None
    accepted_at: datetime | None = None
    changed_on: date | None = None
    filers: tuple[Filer, ...] = ()
    header: str = ""
    primary: bytes
    primary_facts: DocumentFacts = DocumentFacts()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()


def decode_text(raw: bytes) -> str:
    """Return bytes from a container as text: UTF-8, else Windows-1252, else (bytes it does not assign) ISO-8859-1.

    EDGAR admits only ASCII today; older headers hold a stray accented letter. Never fails.
    """
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def line_number(data: bytes, position: int) -> int:
    """Return the line (from 1) on which the byte at `position` stands; CR, LF and CRLF each end a line."""
    return data.count(b"\n", 0, position) + data.count(b"\r", 0, position) - data.count(b"\r\n", 0, position) + 1
