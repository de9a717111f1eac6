"""Every real filing at hand: XML to JSON to XML gives the same elements, order, attributes and text."""

from __future__ import annotations

import json
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import fuzz_judge
from section16.edgar.careful_reader import read_careful
from section16.edgar.ownership_xml import read_ownership_xml, write_ownership_xml
from section16.edgar.safe_xml import parse
from section16.form.document import OwnershipDocument
from section16.form.json_shape import from_json, to_json

_XML = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL)


def assert_nothing_is_lost(data: bytes, where: str) -> OwnershipDocument:
    """Through JSON and back to XML: the same document and the same tree."""
    document = read_ownership_xml(data)
    back = from_json(json.loads(json.dumps(to_json(document))))
    assert back == document, where
    written = write_ownership_xml(back)
    assert written.isascii(), where
    assert tree(written) == tree(data), where
    assert read_ownership_xml(written) == document, where
    return document


def tree(data: bytes) -> list[tuple[str, ...]]:
    text = fuzz_judge.decoded(data)
    assert text is not None
    return fuzz_judge.tree_of(text)


def share_of(found: list[Path], share: int, seed: int = 16) -> list[Path]:
    chance = random.Random(seed)  # noqa: S311 - the same on every machine
    return found if len(found) <= share else chance.sample(sorted(found), share)


def test_disseminated_documents(corpus: Path) -> None:
    paths = sorted((corpus / "xml").glob("*.xml"))
    assert paths
    for path in paths:
        assert_nothing_is_lost(path.read_bytes(), path.name)


def test_both_readers_agree(corpus: Path) -> None:
    for path in share_of(list((corpus / "xml").glob("*.xml")), 700):
        data = path.read_bytes()
        assert read_careful(parse(data)) == read_ownership_xml(data), path.name


def test_abridged_documents_of_2003(corpus: Path) -> None:
    for path in sorted((corpus / "xml-abridged").glob("*.xml")):
        document = assert_nothing_is_lost(path.read_bytes(), path.name)
        assert document.table_one or document.table_two
        assert all(row.amounts and row.amounts.extra is None for row in document.non_derivative_securities)


def test_documents_inside_full_submissions(corpus: Path) -> None:
    read = 0
    for path in share_of(list((corpus / "submissions").glob("*.txt")), 250):
        for data in _sound(path.read_bytes()):
            assert_nothing_is_lost(data, path.name)
            read += 1
    assert read > 200


def test_a_share_of_the_bulk(corpus: Path) -> None:
    archive = corpus / "bulk" / "form4-submissions-2023.tar.xz"
    chance = random.Random(16)  # noqa: S311 - the same on every machine
    read = 0
    with tarfile.open(archive) as members:
        for member in members:
            if read == 400:
                break
            if not member.isfile() or chance.random() < 0.6:
                continue
            content = members.extractfile(member)
            assert content is not None
            for data in _sound(content.read()):
                assert_nothing_is_lost(data, member.name)
                read += 1
    assert read == 400


def _sound(submission: bytes) -> Iterator[bytes]:
    """Ownership XML in a full submission; wrapped lines of 2003 and 2004 are another test's."""
    for found in _XML.finditer(submission):
        text = fuzz_judge.decoded(found[1])
        if b"<ownershipDocument" in found[1] and text is not None and fuzz_judge.well_formed(text):
            yield found[1]


def test_constructed_examples_of_the_reference(corpus: Path) -> None:
    reference = corpus.parent / "reference" / "ownership-xml.md"
    if not reference.is_file():
        pytest.skip("no reference with constructed examples beside the corpus")
    examples = re.findall(r"```xml\n(.*?)\n```", reference.read_text(encoding="utf-8"), re.DOTALL)
    whole = [
        example for example in examples if example.rstrip().endswith("</ownershipDocument>") and "..." not in example
    ]
    forms = [assert_nothing_is_lost(example.encode(), example[:200]).document_type for example in whole]
    assert {"3", "4/A", "5"} <= set(forms)


@pytest.mark.parametrize("name", ["doc3", "doc3a", "doc4", "doc4a", "doc5", "doc5a"])
def test_samples_of_the_specification(schemas: Path, name: str) -> None:
    document = assert_nothing_is_lost((schemas / f"{name}.xml").read_bytes(), name)
    expected = name.removeprefix("doc").replace("a", "/A")
    assert document.document_type == expected
    assert document.extra is None
