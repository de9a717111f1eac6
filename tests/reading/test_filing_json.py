from __future__ import annotations

import copy
import io
import json
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from section16 import limits
from section16.edgar.containers import Attachment, DocumentFacts
from section16.errors import SourceError
from section16.form.edition import Look
from section16.reading import Filing, SourceKind, read, write
from section16.reading.filing_facts import FilingJson
from section16.reading.filing_json import filing_schema, filing_to_json, write_filing_json
from section16.samples import Sample, sample_bytes

KEYS = ["schema", "form", "edition", "look", "document", "filing"]
FACTS = ["accession", "form_type", "period", "filed_on", "accepted_at", "changed_on", "filers", "attachments"]
FACTS += ["header", "source"]


def values(data: bytes) -> dict[str, Any]:
    """The JSON of a source."""
    found = json.loads(write(read(data), "json"))
    assert isinstance(found, dict)
    return found


def refusal(value: object) -> SourceError:
    """The error for JSON that is changed."""
    with pytest.raises(SourceError) as refused:
        read(json.dumps(value).encode())
    return refused.value


def tree(data: bytes) -> object:
    """Elements in order, with attributes and trimmed text."""

    def shape(node: Any) -> object:
        text = (node.text or "").strip()
        return node.tag, dict(node.attrib), text, [(shape(child), (child.tail or "").strip()) for child in node]

    return shape(etree.fromstring(data))


def test_the_json_of_a_bare_xml_file_has_exactly_the_keys_of_the_contract(amendment_xml: bytes) -> None:
    found = values(amendment_xml)
    assert list(found) == KEYS
    assert found["schema"] == 1
    assert found["form"] == "4"
    assert found["edition"] == "X0508"
    assert found["look"] == "2023-07"
    assert found["document"]["document_type"] == "4/A"
    assert found["filing"] is None


def test_without_a_version_the_edition_is_null_and_the_look_goes_by_the_day() -> None:
    xml = b"<ownershipDocument><documentType>4</documentType><periodOfReport>2023-04-03</periodOfReport>"
    found = values(xml + b"</ownershipDocument>")
    assert (found["edition"], found["look"]) == (None, "2023-03")


def test_an_unknown_form_is_null() -> None:
    found = values(b"<ownershipDocument><documentType>13F</documentType></ownershipDocument>")
    assert found["form"] is None


def test_a_container_gives_the_facts_of_the_contract(samples: list[Sample]) -> None:
    sample = next(one for one in samples if one.attachments)
    facts = values(sample_bytes(sample, "submission"))["filing"]
    assert [key for key in facts if key not in {"primary", "submission", "notes"}] == FACTS
    assert facts["accession"] == sample.accession
    assert facts["filed_on"] == sample.filed_on.isoformat()
    assert facts["accepted_at"] == sample.accepted_at.isoformat()
    assert facts["source"] == "full text"
    first = facts["attachments"][0]
    assert first["text"].encode() == sample.attachments[0].content
    assert {"type", "sequence", "name", "description", "text"} == set(first)


def test_json_is_a_fixed_point(shapes: dict[str, bytes]) -> None:
    for kind, source in shapes.items():
        once = write(read(source), "json")
        assert write(read(once), "json") == once, kind


def test_a_container_comes_back_from_json_with_all_it_held(samples: list[Sample]) -> None:
    for sample in samples:
        data = sample_bytes(sample, "submission")
        filing = read(data)
        again = read(write_filing_json(filing, indent=None))
        for name in Filing.__struct_fields__:
            if name not in {"kind", "content", "look"}:
                assert getattr(again, name) == getattr(filing, name), (sample.accession, name)
        assert again.kind is SourceKind.JSON
        assert again.drawn_look() == filing.drawn_look()


def test_a_submission_file_comes_back_from_json(schemas: Path) -> None:
    for path in sorted(schemas.glob("filing*.xml")):
        filing = read(path)
        again = read(write(filing, "json"))
        assert again.submission is not None
        assert filing.submission is not None
        assert again.submission.contact == filing.submission.contact
        assert again.submission.notification_addresses == filing.submission.notification_addresses
        assert again.submission.test_or_live == filing.submission.test_or_live
        assert write(again, "submission") == write(filing, "submission")


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment(type="GRAPHIC", name="a.jpg", content=b"\xff\xd8\x00\x01", encoding="uuencode"),
        Attachment(type="EX-24", content=b"plain\r\ntext\n\n"),
        Attachment(type="EX-24", content="caf\xe9".encode("latin-1"), wrapper="PDF"),
        Attachment(content=b"", other_lines=("<FLAWED>", "")),
        Attachment(content=b"abc", encoding="uuencode", encoded=b"begin 644 x\n#86)C\n\xa0\nend\n"),
        Attachment(content=b"a\x00b", encoding="base64", sequence="7", description=""),
    ],
    ids=range(6),
)
def test_an_attachment_keeps_every_byte(attachment: Attachment, amendment_xml: bytes) -> None:
    filing = msgspec.structs.replace(read(amendment_xml), attachments=(attachment,), source="full text")
    assert read(write(filing, "json")).attachments == (attachment,)


def test_what_stands_around_the_report_is_kept(amendment_xml: bytes) -> None:
    primary = DocumentFacts(
        type="4/A", name="a.xml", other_lines=("<X>y",), before=b"\xff before", after=b"after", position=2
    )
    filing = msgspec.structs.replace(read(amendment_xml), primary=primary, source="full text")
    assert read(write(filing, "json")).primary == primary
    plain = msgspec.structs.replace(filing, primary=DocumentFacts(type="4"))
    assert json.loads(write(plain, "json"))["filing"]["primary"] == {
        "type": "4",
        "sequence": None,
        "name": None,
        "description": None,
    }


def test_facts_given_without_a_container_are_written_too(amendment_xml: bytes) -> None:
    filing = msgspec.structs.replace(read(amendment_xml), filed_on=date(2024, 5, 20))
    facts = filing_to_json(filing)["filing"]
    assert facts["filed_on"] == "2024-05-20"
    assert facts["source"] is None


def test_a_picture_keeps_its_look_and_has_no_filing(repository: Path) -> None:
    filing = read(repository / "examples" / "qualys-form4.md")
    found = filing_to_json(filing)
    assert found["look"] == "2003"
    assert found["filing"] is None
    assert read(write(filing, "json")).look is Look.Y2003


def test_xml_to_json_to_xml_is_equal_for_generated_reports(samples: list[Sample]) -> None:
    for sample in samples:
        xml = sample_bytes(sample, "xml")
        assert tree(write(read(write(read(xml), "json")), "xml")) == tree(xml), sample.accession


def test_xml_to_json_to_xml_is_equal_for_a_share_of_the_corpus(corpus: Path) -> None:
    paths = [*sorted((corpus / "xml").iterdir())[::25], *sorted((corpus / "submissions").iterdir())[::25]]
    for path in paths:
        try:
            filing = read(path)
        except SourceError as refused:
            assert refused.code in {"LEGACY_NOT_XML", "NOT_OWNERSHIP"}, path  # noqa: PT017 - the rest must be read
            continue
        again = read(write(filing, "json"))
        assert again.document == filing.document, path
        assert again.attachments == filing.attachments, path
        assert write(again, "xml") == write(filing, "xml"), path
        if filing.kind is SourceKind.OWNERSHIP_XML:
            assert tree(write(again, "xml")) == tree(path.read_bytes()), path


def test_full_submissions_of_the_corpus_come_back_from_json(corpus: Path) -> None:
    with tarfile.open(corpus / "bulk" / "form4-submissions-2023.tar.xz") as bulk:
        for number, member in enumerate(bulk):
            file = bulk.extractfile(member)
            if number >= 250:
                break
            if file is not None:
                filing = read(io.BytesIO(file.read()))
                again = read(write(filing, "json"))
                for name in ("document", "attachments", "header", "filers", "primary", "accepted_at", "notes"):
                    assert getattr(again, name) == getattr(filing, name), (member.name, name)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"schema": 2}, "schema"),
        ({"schema": True}, "schema"),
        ({"schema": "1"}, "schema"),
        ({"look": "2004"}, "look"),
        ({"look": 2003}, "look"),
        ({"look": ["2003"]}, "look"),
        ({"document": []}, "document"),
        ({"document": {"document_type": 4}}, "document.document_type"),
        ({"document": {"table": []}}, "document"),
        ({"filing": []}, "filing"),
        ({"filing": {"accesion": "x"}}, "filing"),
        ({"filing": {"filed_on": "yesterday"}}, "filing"),
        ({"filing": {"filers": [{"name": "A"}]}}, "filing"),
        ({"filing": {"attachments": [{}]}}, "filing.attachments[0]"),
        ({"filing": {"attachments": [{"text": "", "base64": ""}]}}, "filing.attachments[0]"),
        ({"filing": {"attachments": [{"base64": "*"}]}}, "filing.attachments[0].base64"),
        ({"filing": {"attachments": [{"base64": "ä"}]}}, "filing.attachments[0].base64"),
        ({"filing": {"attachments": [{"text": "", "stored": "zip"}]}}, "filing"),
        ({"filing": {"attachments": [{"text": "", "encoded": "ł"}]}}, "filing.attachments[0].encoded"),
        ({"other": 1}, None),
    ],
    ids=str,
)
def test_json_of_another_shape_is_refused_with_its_place(
    change: dict[str, object], path: str | None, amendment_xml: bytes
) -> None:
    refused = refusal(values(amendment_xml) | change)
    assert refused.code == "JSON_INVALID"
    assert refused.path == path


@pytest.mark.parametrize("key", ["schema", "document"])
def test_json_without_what_makes_it_a_filing_is_refused(key: str, amendment_xml: bytes) -> None:
    value = values(amendment_xml)
    del value[key]
    assert refusal(value).code == "JSON_INVALID"


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b'{"schema": 1', b"{}x", b'{"a": "\xff"}', b'{"schema": 1, "document": {"remarks": "\\ud800"}}'],
    ids=range(6),
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        read(data)
    assert refused.value.code == "JSON_INVALID"


def test_deep_json_is_refused() -> None:
    for depth in (limits.JSON_DEPTH + 1, 5_000, 200_000):
        data = b'{"schema": 1, "document": ' + b"[" * depth + b"]" * depth + b"}"
        with pytest.raises(SourceError) as refused:
            read(data)
        assert refused.value.code in {"LIMIT_DEPTH", "JSON_INVALID"}


def test_json_over_its_limit_is_refused(monkeypatch: pytest.MonkeyPatch, amendment_xml: bytes) -> None:
    data = write(read(amendment_xml), "json")
    monkeypatch.setattr(limits, "JSON_BYTES", len(data))
    assert read(data).document.document_type == "4/A"
    with pytest.raises(SourceError, match="LIMIT_SIZE"):
        read(data + b" ")


def test_a_byte_order_mark_does_not_matter(amendment_xml: bytes) -> None:
    data = write(read(amendment_xml), "json")
    assert read(b"\xef\xbb\xbf" + data).document == read(data).document


def test_form_and_edition_follow_the_document(amendment_xml: bytes) -> None:
    value = values(amendment_xml)
    changed = copy.deepcopy(value) | {"form": "3", "edition": None}
    assert filing_to_json(read(json.dumps(changed).encode())) == value


def test_the_facts_of_a_filing_are_all_in_its_json() -> None:
    left_out = {"document", "kind", "look", "content"}
    assert set(FilingJson.__struct_fields__) == set(Filing.__struct_fields__) - left_out
    assert "filing" in filing_schema()["properties"]
