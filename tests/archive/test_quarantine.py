"""What could not be read is kept with the reason, and can be read again."""

from __future__ import annotations

import pytest

from section16.archive import Archive, Incoming, adding
from section16.errors import SourceError
from section16.reading import sources


def test_what_cannot_be_read_is_listed_with_the_reason(archive: Archive, texts: list[bytes]) -> None:
    bad = [
        Incoming(name="b.xml", data=b"<ownershipDocument>", origin="here/b.xml"),
        Incoming(name="a.zip", data=b"", origin="here/a.zip", refused=("ARCHIVE_BOMB", "too much")),
        Incoming(name="c.txt", data=texts[0]),
    ]
    assert archive.add(bad, jobs=1).rejected == 2
    one, other = archive.quarantined()
    assert (one.name, one.origin, one.code, one.reason, one.size, one.tries, one.kept) == (
        "a.zip",
        "here/a.zip",
        "ARCHIVE_BOMB",
        "too much",
        0,
        1,
        False,
    )
    assert (other.name, other.code, other.size, other.tries, other.kept) == (
        "b.xml",
        "XML_NOT_WELL_FORMED",
        19,
        1,
        True,
    )


def test_what_can_be_read_now_is_added_and_the_rest_stays(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: bytes) -> None:
        raise SourceError("STRUCTURE", "not understood yet")

    files = [Incoming(name=f"{number}", data=text) for number, text in enumerate([*texts[:3], b"no filing"])]
    with monkeypatch.context() as patched:
        patched.setattr("section16.archive.contents.read_stored", refuse)
        assert archive.add(files, jobs=1).rejected == 4
        assert archive.retry().rejected == 4
    assert {one.tries for one in archive.quarantined()} == {2}
    again = archive.retry()
    assert (again.new, again.rejected) == (3, 1)
    (left,) = archive.quarantined()
    assert (left.name, left.code, left.tries) == ("3", "NOT_OWNERSHIP", 3)
    assert archive.verify(jobs=1).clean
    assert archive.status().filings == 3
    added = archive.add(files, jobs=1)
    assert (added.new, added.known, added.aside, added.rejected, added.files) == (0, 3, 1, 0, 4)


def test_a_retry_that_was_killed_between_adding_and_clearing_up_is_completed(
    archive: Archive, texts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: bytes) -> None:
        raise SourceError("STRUCTURE", "not understood yet")

    with monkeypatch.context() as patched:
        patched.setattr("section16.archive.contents.read_stored", refuse)
        archive.add([Incoming(name="a", data=texts[0])], jobs=1)
    with monkeypatch.context() as patched:
        patched.setattr(adding.Adder, "_leave_quarantine", lambda *_: None)
        assert archive.retry().new == 1
    assert archive.quarantined()
    assert archive.retry().files == 0
    assert archive.quarantined() == []
    assert archive.verify(jobs=1).clean
    assert sources.read(archive.original(sources.read(texts[0]).accession or "")).accession
