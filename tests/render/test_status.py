"""What a rendered form says it is."""

from __future__ import annotations

from datetime import UTC, datetime

from section16.form.document import OwnershipDocument
from section16.render.status import Status, StatusKind, status_of

PUBLISHED = OwnershipDocument(schema_version="X0508")
OWN = OwnershipDocument()


def test_without_schema_version_and_filing_it_is_a_draft() -> None:
    assert status_of(OWN).words == "DRAFT, not filed"
    assert status_of(OwnershipDocument(schema_version=" ")).kind is StatusKind.DRAFT


def test_with_an_accession_number_it_is_filed() -> None:
    moment = datetime(2022, 9, 2, 18, 3, 51)  # noqa: DTZ001 - EDGAR's own time carries no zone
    status = status_of(PUBLISHED, accession="0001234567-22-000001", accepted_at=moment)
    assert status.words == "FILED, accession 0001234567-22-000001, accepted 2022-09-02 18:03:51 Eastern time"


def test_a_time_with_a_zone_is_told_in_eastern_time() -> None:
    moment = datetime(2022, 1, 3, 3, 30, tzinfo=UTC)
    assert "accepted 2022-01-02 22:30:00 Eastern" in status_of(OWN, accession="x", accepted_at=moment).words


def test_what_edgar_has_published_is_a_copy_with_its_source() -> None:
    assert status_of(PUBLISHED, source="form4.xml").words == "ARCHIVE COPY, source: form4.xml"


def test_the_words_stay_on_one_line_and_show_what_would_hide() -> None:
    status = Status(kind=StatusKind.COPY, source="a\nFILED\x1b[2J\u202e.xml")
    assert status.words == "ARCHIVE COPY, source: a FILED\\x1b[2J\\u202e.xml"


def test_a_test_filing_is_never_called_filed() -> None:
    assert Status(kind=StatusKind.TEST, accession="0001234567-22-000001").words.startswith("TEST, not filed")
