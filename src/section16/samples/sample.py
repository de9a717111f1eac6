"""A generated filing as it leaves the room, and its bytes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from section16.edgar.containers import Attachment, DocumentFacts, Filer, SubmissionText
from section16.edgar.ownership_xml import write_ownership_xml
from section16.edgar.submission_text_writer import write_submission_text
from section16.form.document import OwnershipDocument
from section16.samples.vocabulary import words

Shape = Literal["submission", "xml"]
"""Full submissions with header and exhibits, or the ownership document alone."""

SUFFIXES = {"submission": ".txt", "xml": ".xml"}


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One filing.

    `form` is the form type (`4/A`); `original` the accession number of the report that an amendment amends, else
    None; `faults` the names (keys of FAULTS) of what is wrong with it on purpose. `accepted_at` is Eastern time.
    `name` is the accession number, for files.
    """

    accession: str
    form: str
    document: OwnershipDocument
    filed_on: date
    accepted_at: datetime
    original: str | None
    faults: tuple[str, ...]
    filers: tuple[Filer, ...]
    primary: DocumentFacts
    attachments: tuple[Attachment, ...]

    @property
    def name(self) -> str:
        """The name of its file, without the suffix."""
        return self.accession


def sample_bytes(sample: Sample, as_: Shape) -> bytes:
    """Return the filing as a full submission text, or its ownership XML alone, as EDGAR publishes them."""
    xml = write_ownership_xml(sample.document)
    if as_ == "xml":
        return xml
    period = sample.document.period_of_report
    submission = SubmissionText(
        accession=sample.accession,
        form_type=sample.form,
        period=period.value if period else None,
        filed_on=sample.filed_on,
        accepted_at=sample.accepted_at,
        changed_on=sample.filed_on,
        filers=sample.filers,
        primary=xml.rstrip(b"\n"),
        primary_facts=sample.primary,
        attachments=sample.attachments,
    )
    return write_submission_text(submission, industries=words().industry_words)
