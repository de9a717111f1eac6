from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

import section16
from section16 import limits
from section16.errors import Section16Error, SourceError, UsageError
from section16.form.json_shape import to_json
from section16.reading import SourceKind, read, write
from section16.samples import Sample, sample_bytes

SMALL = b"""<ownershipDocument><documentType>4</documentType><remarks>a remark that goes on and on</remarks>
</ownershipDocument>"""


def submission(xml: bytes) -> bytes:
    """A full submission around an ownership document."""
    return (
        b"""<SEC-DOCUMENT>0000000001-04-000001.txt : 20040105
<SEC-HEADER>0000000001-04-000001.hdr.sgml : 20040105
<ACCEPTANCE-DATETIME>20040105180000
ACCESSION NUMBER:\t\t0000000001-04-000001
CONFORMED SUBMISSION TYPE:\t4
PUBLIC DOCUMENT COUNT:\t\t1
FILED AS OF DATE:\t\t20040105
</SEC-HEADER>
<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>form4.xml
<TEXT>
<XML>
%b
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
        % xml
    )


@pytest.mark.parametrize(
    "kind", ["ownership xml", "full text", "nc", "submission file", "json", "markdown"], ids=str.split
)
def test_every_kind_of_source_is_told_from_its_bytes(kind: str, shapes: dict[str, bytes]) -> None:
    assert read(shapes[kind]).kind is SourceKind(kind)


def test_a_page_of_the_secs_site_is_read(corpus: Path) -> None:
    filing = read(corpus / "html" / "microsoft-form4.html")
    assert filing.kind is SourceKind.HTML
    assert filing.document.form == "4"
    assert filing.source is None


@pytest.mark.parametrize("kind", ["nc", "submission file", "json"])
def test_every_container_gives_the_same_report(kind: str, shapes: dict[str, bytes]) -> None:
    filing = read(shapes[kind])
    original = read(shapes["full text"])
    assert [one.content for one in filing.attachments] == [one.content for one in original.attachments]
    if kind == "submission file":  # only this leaves out what EDGAR inserted
        assert filing.document.table_one == original.document.table_one
    else:
        assert to_json(filing.document) == to_json(original.document)


def test_a_container_brings_its_facts(samples: list[Sample]) -> None:
    sample = next(one for one in samples if one.original)
    filing = read(sample_bytes(sample, "submission"))
    assert filing.accession == sample.accession
    assert filing.form_type == sample.form
    assert filing.filed_on == sample.filed_on
    assert filing.accepted_at == sample.accepted_at
    assert filing.source == "full text"
    assert filing.header is not None
    assert sample.accession in filing.header
    assert [one.cik for one in filing.filers] == [one.cik for one in sample.filers]


def test_a_submission_file_keeps_whom_to_call_and_the_place_of_the_report(schemas: Path) -> None:
    filing = read(schemas / "filing4.xml")
    assert filing.primary is not None
    assert filing.primary.name
    assert filing.submission is not None
    assert filing.submission.contact is not None
    assert filing.form_type == "4"


def test_a_path_bytes_and_an_open_file_read_alike(tmp_path: Path, full_text: bytes) -> None:
    path = tmp_path / "any.name"
    path.write_bytes(full_text)
    with path.open("rb") as buffered, path.open("rb", buffering=0) as raw:
        found = [read(one) for one in (path, str(path), bytearray(full_text), memoryview(full_text), buffered, raw)]
    assert [one.content for one in found] == [full_text] * 6
    assert section16.read(path).document == found[0].document


class Dribble:
    """An open file that gives a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes) -> None:
        self.file = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self.file.read(min(size, 1000))


def test_a_file_that_gives_little_at_a_time_is_read_whole(full_text: bytes) -> None:
    assert read(Dribble(full_text)).content == full_text


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for source in (tmp_path / "missing.xml", tmp_path, "a\0b"):
        with pytest.raises(SourceError) as refused:
            read(source)
        assert refused.value.code == "SOURCE_UNREADABLE"
    with pytest.raises(UsageError, match="open as text"):
        read(io.StringIO("<ownershipDocument/>"))  # type: ignore[arg-type]


def test_a_source_over_every_limit_is_refused_before_it_is_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.SUBMISSION_BYTES == limits.JSON_BYTES
    monkeypatch.setattr("section16.reading.sources._LONGEST", 5000)
    assert read(io.BytesIO(SMALL + b" " * (5000 - len(SMALL)))).document.document_type == "4"
    with pytest.raises(SourceError, match="LIMIT_SIZE"):
        read(io.BytesIO(SMALL + b" " * (5001 - len(SMALL))))


def test_a_wrapped_tag_is_repaired_and_noted() -> None:
    start, cut = b"<ownershipDocument><documentType>4</documentType><remarks>", b"</rem"
    words = b"x" * (1023 - len(start) - len(cut))
    line = start + words + cut
    filing = read(submission(line + b"\narks></ownershipDocument>"))
    assert filing.document.remarks == words.decode()
    (note,) = [one for one in filing.notes if one.rule == "C-WRAPPED"]
    assert "joined" in note.message
    assert filing.content.count(b"</rem\narks>") == 1


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<ownershipDocument><documentType>4</ownershipDocument>", "XML_NOT_WELL_FORMED"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><ownershipDocument>&b;</ownershipDocument>', "XML_DTD_FORBIDDEN"),
        (b"<other/>", "NOT_OWNERSHIP"),
    ],
)
def test_bad_xml_is_refused_bare_and_in_a_container(xml: bytes, code: str) -> None:
    for source in (xml, submission(xml)):
        with pytest.raises(SourceError) as refused:
            read(source)
        assert refused.value.code == code


def test_every_cut_of_a_container_is_refused_or_read_never_a_crash(full_text: bytes) -> None:
    for end in range(0, len(full_text), 97):
        try:
            filing = read(full_text[:end])
        except Section16Error:
            continue
        assert filing.document.document_type


def test_threads_read_alike(shapes: dict[str, bytes]) -> None:
    expected = {kind: write(read(data), "json") for kind, data in shapes.items()}
    differing: list[str] = []

    def work() -> None:
        for kind, data in shapes.items():
            if write(read(data), "json") != expected[kind]:
                differing.append(kind)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not differing
