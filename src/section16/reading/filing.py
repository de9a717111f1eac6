"""A filing as read: the document, the facts of its container, and what came with it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from section16.edgar.containers import Attachment, DocumentFacts, Filer
from section16.edgar.submission_file import SubmissionFile
from section16.errors import UsageError, excerpt
from section16.findings import Finding
from section16.form.document import OwnershipDocument
from section16.form.edition import Look, edition_look, look_of
from section16.render.print_form import print_form
from section16.render.printed import PrintedForm
from section16.render.sentence import sentence
from section16.render.status import Status, StatusKind, status_of


def chosen_look(edition: str, form: str | None) -> Look:
    """Return the look that an edition names: a look itself (`2023-07`) or a schema version (`X0508`).

    Raises UsageError for what is neither, with the known ones.
    """
    look = edition_look(edition, form)
    if look is None:
        message = f"'{excerpt(edition)}' is neither a look ({', '.join(Look)}) nor a schema version (X0508)"
        raise UsageError("USAGE", message)
    return look


class SourceKind(StrEnum):
    """What a source was recognised as, by its bytes."""

    OWNERSHIP_XML = "ownership xml"
    FULL_TEXT = "full text"
    NC = "nc"
    SUBMISSION_FILE = "submission file"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """One report with what is known of its filing. A notebook shows it as the printed form.

    `accession` to `header` are facts of the container's header (`None` if there is none): `filed_on` the filing date,
    `accepted_at` Eastern time with its offset, `changed_on` the day of a later correction. `source` names the
    container the facts come from. `look` is the look a picture was in. `submission` is the submission file, if it
    came in one. `notes` say what reading had to mend or could not carry. `content` are the bytes as read.
    """

    document: OwnershipDocument
    kind: SourceKind
    accession: str | None = None
    form_type: str | None = None
    period: date | None = None
    filed_on: date | None = None
    accepted_at: datetime | None = None
    changed_on: date | None = None
    filers: tuple[Filer, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    header: str | None = None
    source: str | None = None
    primary: DocumentFacts | None = None
    look: Look | None = None
    submission: SubmissionFile | None = None
    notes: tuple[Finding, ...] = ()
    content: bytes = b""

    @property
    def edition(self) -> str | None:
        """The schema version as filed (`X0306`), or None."""
        version = (self.document.schema_version or "").strip()
        return version or None

    @property
    def sentence(self) -> str:
        """The report in one plain sentence."""
        return sentence(self.document)

    @property
    def status(self) -> Status:
        """What a picture of it has to say it is: a draft, filed, or a copy of what was filed."""
        if self.kind is SourceKind.HTML:
            return Status(kind=StatusKind.COPY, source="a page of the form")
        return status_of(self.document, accession=self.accession, accepted_at=self.accepted_at)

    def drawn_look(self, edition: str | None = None) -> Look:
        """The look to draw in: of `edition` (a look or a schema version), else as read, else as filed.

        Raises UsageError for an edition that is neither.
        """
        if edition:
            return chosen_look(edition, self.document.form)
        return self.look or look_of(self.document, self.filed_on)

    def printed(self, edition: str | None = None) -> PrintedForm:
        """The form as printed, in the look of `edition` or its own. Raises UsageError as `drawn_look`."""
        return print_form(self.document, self.drawn_look(edition))

    def _repr_html_(self) -> str:
        from section16.render.html import html  # noqa: PLC0415 - only a notebook needs it

        return html(self.printed(), self.status)

    def __str__(self) -> str:
        from section16.render.terminal_text import terminal_text  # noqa: PLC0415 - only a terminal needs it

        return terminal_text(self.printed(), status=self.status)

    def __repr__(self) -> str:
        what = self.document.document_type or "?"
        who = ", ".join(owner.name or owner.cik or "?" for owner in self.document.reporting_owners)
        issuer = self.document.issuer.name if self.document.issuer else None
        return f"<Filing {self.accession or self.kind.value}: Form {what}, {issuer or '?'}, {who or '?'}>"
