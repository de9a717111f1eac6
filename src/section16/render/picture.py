"""What reading a picture of a form gives: the document as printed, and what the picture could not say."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from section16.findings import Finding, Severity, Source
from section16.form.document import OwnershipDocument
from section16.form.edition import Look


class PictureNote(StrEnum):
    """All that is ever said about a picture; the ids of the findings in :class:`ReadPicture`."""

    NOT_PRINTED = "P-NOT-PRINTED"
    ISSUER_CIK = "P-ISSUER-CIK"
    OWNER_CIK = "P-OWNER-CIK"
    FURTHER_OWNERS = "P-FURTHER-OWNERS"
    MISSING_OWNERS = "P-MISSING-OWNERS"
    CITY_LINE = "P-CITY-LINE"
    TITLE_LINE = "P-TITLE-LINE"
    COUNTRY = "P-COUNTRY"
    UNREAD = "P-UNREAD"


_MESSAGES: Final = {
    PictureNote.NOT_PRINTED: "the form does not print the schema version, whether a transaction came early or late "
    "beyond the marks in its code column, and whether an unmarked box was answered no or left out: they are absent",
    PictureNote.ISSUER_CIK: "no link holds the issuer's CIK: issuerCik is absent",
    PictureNote.OWNER_CIK: "no link holds the CIK of this reporting person: rptOwnerCik is absent",
    PictureNote.FURTHER_OWNERS: "the form prints the relationship of the first reporting person only: "
    "that of the others is absent",
    PictureNote.MISSING_OWNERS: "the form is marked as filed by more than one person, but shows one",
    PictureNote.CITY_LINE: "no known place code divides city, state and postal code: all stand in rptOwnerCity",
    PictureNote.TITLE_LINE: "officer's title and other text stand on one line: all of it stands in officerTitle",
    PictureNote.COUNTRY: "the country has no known code: its name stands in rptOwnerCountry",
    PictureNote.UNREAD: "this is not part of the form and was left out",
}


class ReadPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A document read from a picture of its form.

    `look` is the look of the picture, by which drawing the document again gives the same form even where its dates
    would tell another. `notes` say what the picture does not carry and what was left unread; none of them is a fault
    of the document.
    """

    document: OwnershipDocument
    look: Look
    notes: tuple[Finding, ...] = ()


def picture_note(note: PictureNote, where: str, *, line: int | None = None, said: str | None = None) -> Finding:
    """Return the finding for a note: `where` in the form's words, `said` the text in question."""
    message = _MESSAGES[note] if said is None else f"{_MESSAGES[note]}: {said!r}"
    return Finding(
        rule=note.value, severity=Severity.NOTE, source=Source.LIKELY, where=where, message=message, line=line
    )
