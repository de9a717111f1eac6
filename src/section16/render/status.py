"""What a rendered form is: a draft, a test, a filed report or a copy of one.

The line that says so stands outside the form and is no part of its words. A draft never looks filed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from section16.form.document import OwnershipDocument
from section16.render.visible import one_line

_EASTERN: Final = "America/New_York"


class StatusKind(StrEnum):
    """What a rendered form can be."""

    DRAFT = "draft"
    TEST = "test"
    FILED = "filed"
    COPY = "copy"


class Status(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one rendered form is. `accepted_at` without a zone is EDGAR's own time, Eastern.

    `source` says where a copy comes from: a file's name, an archive, a page.
    """

    kind: StatusKind
    accession: str | None = None
    accepted_at: datetime | None = None
    source: str | None = None

    @property
    def words(self) -> str:
        """The line for people: `FILED, accession 0001234567-22-000001, accepted 2022-09-02 18:03:51 Eastern time`."""
        parts = [_HEADS[self.kind]]
        if self.accession:
            parts.append(f"accession {one_line(self.accession)}")
        if self.accepted_at:
            parts.append(f"accepted {_eastern(self.accepted_at)} Eastern time")
        if self.source:
            parts.append(f"source: {one_line(self.source)}")
        return ", ".join(parts)


_HEADS: Final = {
    StatusKind.DRAFT: "DRAFT, not filed",
    StatusKind.TEST: "TEST, not filed",
    StatusKind.FILED: "FILED",
    StatusKind.COPY: "ARCHIVE COPY",
}


def status_of(
    document: OwnershipDocument,
    *,
    accession: str | None = None,
    accepted_at: datetime | None = None,
    source: str | None = None,
) -> Status:
    """Tell what a document is from what is known of its filing.

    With an accession number it is filed. Without one, a `schemaVersion`, which only EDGAR inserts, makes it a copy of
    what EDGAR published; without that too it is a draft.
    """
    if accession:
        return Status(kind=StatusKind.FILED, accession=accession, accepted_at=accepted_at)
    if (document.schema_version or "").strip():
        return Status(kind=StatusKind.COPY, accepted_at=accepted_at, source=source)
    return Status(kind=StatusKind.DRAFT)


def _eastern(moment: datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(_EASTERN))
    return moment.strftime("%Y-%m-%d %H:%M:%S")
