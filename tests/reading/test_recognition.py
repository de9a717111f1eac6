from __future__ import annotations

import pytest

from section16.errors import SourceError
from section16.reading import SourceKind
from section16.reading.recognition import recognise

XML = b'<?xml version="1.0"?>\n<ownershipDocument/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (XML, SourceKind.OWNERSHIP_XML),
        (b"\xef\xbb\xbf" + XML, SourceKind.OWNERSHIP_XML),
        (b"\n\n  <ownershipDocument/>", SourceKind.OWNERSHIP_XML),
        (b"<!-- first --><ownershipDocument/>", SourceKind.OWNERSHIP_XML),
        (b"<a:ownershipDocument xmlns:a='b'/>", SourceKind.OWNERSHIP_XML),
        (XML.decode().encode("utf-16"), SourceKind.OWNERSHIP_XML),
        (b"<?xml version='1.0'?><edgarSubmission/>", SourceKind.SUBMISSION_FILE),
        (b'{"schema": 1}', SourceKind.JSON),
        (b"\xef\xbb\xbf \n[1]", SourceKind.JSON),
        (b"<SEC-DOCUMENT>0000000001-04-000001.txt : 20040105\n", SourceKind.FULL_TEXT),
        (b"<SUBMISSION>\n<TYPE>4\n", SourceKind.FULL_TEXT),
    ],
    ids=range(11),
)
def test_a_kind_is_told_from_how_the_bytes_begin(data: bytes, kind: SourceKind) -> None:
    assert recognise(data) is kind


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_nothing_is_an_empty_filing(data: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        recognise(data)
    assert refused.value.code == "EMPTY_FILING"


@pytest.mark.parametrize(
    "data",
    [
        b"Dear shareholder,\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"# A heading\n\nand words\n",
        b"accession,form\n9999000000-11-000008,3\n",
        b"<!DOCTYPE html><html><body>a page</body></html>",
        b"\x00\x01\x02\x03",
        bytes(range(256)),
    ],
    ids=range(8),
)
def test_what_is_no_report_is_not_taken_for_one(data: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        recognise(data)
    assert refused.value.code == "NOT_OWNERSHIP"


def test_words_of_another_kind_inside_a_report_do_not_mislead() -> None:
    xml = b"<ownershipDocument><remarks>{ &lt;html> &lt;SEC-DOCUMENT> edgarSubmission</remarks></ownershipDocument>"
    assert recognise(xml) is SourceKind.OWNERSHIP_XML
    assert recognise(b"\n" + xml) is SourceKind.OWNERSHIP_XML
