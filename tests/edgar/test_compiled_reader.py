"""The compiled reader against the careful one: on what both take they agree, and it takes nothing that is not XML."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fuzz_cases
from section16.edgar import compiled_reader
from section16.edgar.careful_reader import read_careful
from section16.edgar.compiled_reader import Unusual, read_usual
from section16.edgar.ownership_xml import read_ownership_xml
from section16.edgar.safe_xml import parse
from section16.errors import SourceError
from section16.form.document import OwnershipDocument

MORSELS = (
    *(
        "",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "x",
        "<",
        ">",
        "&",
        "/",
        '"',
        "'",
        "=",
        "]]>",
        "]]&gt;",
        "-->",
        "\x00",
        "\x1f",
    ),
    *(
        "&amp;",
        "&lt;",
        "&gt;",
        "&quot;",
        "&apos;",
        "&nbsp;",
        "&#13;",
        "&#10;",
        "&#x9;",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
    ),
    *(
        "&#65;",
        "&#x85;",
        "&#xA0;",
        "&#xFFFE;",
        "&#32;",
        "&#X41;",
        "&#00000000065;",
        "&amp",
        "&#;",
        "&;",
        "\x7f",
        "\x0b",
    ),
    *("<value/>", "<value></value>", "<value> </value>", "<value>1</value>", "</value>", "<value >1</value >"),
    *('<footnoteId id="F9"/>', "<footnoteId id='F9'/>", "<footnoteId/>", '<footnoteId id="">', "</footnoteId>"),
    *(
        '<footnoteId yd="F5"/>',
        '<footnoteId id="F1" x="2"/>',
        '<footnoteId id="F1"></footnoteId>',
        '<footnoteId id="a>b"/>',
    ),
    *('<footnote id="F1"/>', '<footnote id="F1">x</footnote>', "<footnote>x</footnote>", "<remarks/>", "<issuer/>"),
    *("<!-- x -->", "<![CDATA[x]]>", "<?pi x?>", "<other/>", "<derivativeTable/>", "<reportingOwnerAddress/>"),
    *("<!DOCTYPE ownershipDocument>", '<?xml version="1.0"?>', "\xe9", "</ownershipDocument>", "<ownershipDocument>"),
)


def outcome(data: bytes) -> OwnershipDocument | SourceError:
    """What the careful way makes of the bytes."""
    try:
        return read_careful(parse(data))
    except SourceError as error:
        return error


def assert_agrees(data: bytes) -> bool:
    """Whether the compiled reader took the bytes; if so, the careful one reads the same document from them."""
    try:
        quick = read_usual(data)
    except Unusual:
        return False
    assert quick == outcome(data), data
    return True


def respelled(text: str, seed: int) -> Iterator[str]:
    """A document with one place changed, many times over: by line, by tag and by morsel."""
    chance = random.Random(seed)  # noqa: S311 - the same on every machine
    while True:
        lines = text.splitlines(keepends=True)
        line, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        at = chance.randrange(len(text))
        end = at + chance.choice((0, 0, 1, 2, 7))
        morsel = chance.choice(MORSELS)
        tags = [tag.start() for tag in re.finditer("<", text)]
        place = chance.choice(tags)
        yield "".join(lines[:line] + lines[line + 1 :])
        yield "".join([*lines[:line], lines[other], *lines[line:]])
        yield text[:at] + morsel + text[end:]
        yield text[:place] + morsel + text[place:]


def test_usual_reports_are_taken(shelf: dict[str, bytes]) -> None:
    for name, data in shelf.items():
        assert assert_agrees(data), name


@pytest.mark.parametrize("seed", range(4))
def test_documents_changed_in_one_place_are_read_alike_or_left_to_the_parser(
    shelf: dict[str, bytes], seed: int
) -> None:
    taken = 0
    for data in shelf.values():
        changed = respelled(data.decode(), seed)
        taken += sum(assert_agrees(next(changed).encode()) for _ in range(1500))
    assert taken > 300  # the comparison is worth something


def test_spoiled_documents_are_read_alike_or_left_to_the_parser(shelf: dict[str, bytes]) -> None:
    for case in fuzz_cases.cases(16, 3000, list(shelf.values())):
        assert_agrees(case.data)


def test_a_document_cut_at_any_byte_is_refused(shelf: dict[str, bytes]) -> None:
    for data in shelf.values():
        whole = data.rstrip()
        for end in range(len(whole)):
            with pytest.raises(Unusual):
                read_usual(whole[:end])
        for end in range(0, len(whole), 1 if len(whole) < 2000 else 11):
            with pytest.raises(SourceError):
                read_ownership_xml(whole[:end])


@given(st.binary(max_size=60))
def test_any_bytes_are_left_to_the_parser(data: bytes) -> None:
    with pytest.raises(Unusual):
        read_usual(data)
    with pytest.raises(SourceError):
        read_ownership_xml(data)


@given(st.text(alphabet=st.sampled_from("a0 \n\r\t<>&;#x\"']/-!?[=."), max_size=24))
def test_any_text_in_a_value_is_read_alike_or_left_to_the_parser(text: str) -> None:
    for before, after in (("<remarks>", "</remarks>"), ('<footnotes><footnote id="F1">', "</footnote></footnotes>")):
        assert_agrees(f"<ownershipDocument>{before}{text}{after}</ownershipDocument>".encode())
    assert_agrees(f'<ownershipDocument><footnotes><footnote id="{text}"/></footnotes></ownershipDocument>'.encode())


@pytest.mark.parametrize(
    "declaration",
    [
        "",
        '<?xml version="1.0"?>',
        "<?xml version='1.0'?>\n",
        "<?xml version='1.0' encoding='UTF-8'?>",
        '<?xml version="1.0" encoding="us-ascii" ?>',
        '<?xml version="1.0" encoding="Windows-1252"?>',
        " \n\t",
    ],
)
def test_usual_declarations_are_taken(declaration: str) -> None:
    assert assert_agrees(f"{declaration}<ownershipDocument><remarks>x</remarks></ownershipDocument>\n \n".encode())


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.1"?><ownershipDocument/>',
        b'<?xml version="1.0" encoding="utf-7"?><ownershipDocument></ownershipDocument>',
        b"<?xml version=\"1.0'?><ownershipDocument></ownershipDocument>",
        b'<?xml version="1.0" standalone="yes"?><ownershipDocument></ownershipDocument>',
        b'\n<?xml version="1.0"?><ownershipDocument></ownershipDocument>',
        b"\xef\xbb\xbf<ownershipDocument></ownershipDocument>",
        b"<ownershipDocument></ownershipDocument>x",
        b"<ownershipDocument></ownershipDocument><ownershipDocument></ownershipDocument>",
        b"<ownershipDocument></ownershipDocument>\x0c",
        b"<ownershipDocument><remarks>\xc3\xa9</remarks></ownershipDocument>",
        b"<ownershipDocument><remarks></remarks><remarks></remarks></ownershipDocument>",
    ],
)
def test_anything_else_is_left_to_the_parser(data: bytes) -> None:
    with pytest.raises(Unusual):
        read_usual(data)


def test_a_large_document_is_left_to_the_parser() -> None:
    around = len(b"<ownershipDocument><remarks></remarks></ownershipDocument>")
    most = compiled_reader._LARGEST
    document = "<ownershipDocument><remarks>{}</remarks></ownershipDocument>"
    assert read_usual(document.format("x" * (most - around)).encode()).remarks == "x" * (most - around)
    with pytest.raises(Unusual):
        read_usual(document.format("x" * (most - around + 1)).encode())


def test_the_most_elements_in_a_document_it_takes_are_within_the_limit() -> None:
    shortest = b'<footnoteId id=""/>'
    assert compiled_reader._LARGEST / len(shortest) < 50_000


def test_long_texts_are_not_kept_for_other_documents() -> None:
    title = "x" * 100_000
    row = f"<nonDerivativeHolding><securityTitle><value>{title}</value></securityTitle></nonDerivativeHolding>"
    table = f"<nonDerivativeTable>{row}</nonDerivativeTable>"
    read_usual(f"<ownershipDocument>{table}</ownershipDocument>".encode())
    shared = [cells for cells in compiled_reader._SCOPE.values() if isinstance(cells, compiled_reader._Shared)]
    assert shared
    assert max((len(text) for cells in shared for text in cells), default=0) <= 256
    assert all(len(cells) <= 4096 for cells in shared)


def test_shared_cells_are_emptied_when_full() -> None:
    shared = compiled_reader._Shared(str.upper)
    for number in range(10_000):
        assert shared[f"a{number}"] == f"A{number}"
        assert len(shared) <= 4096


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ("<ownershipDocument>", " "),
        ("<ownershipDocument><remarks>", "&amp;"),
        ("<ownershipDocument><remarks>", "&"),
        ("<ownershipDocument><remarks>", "x "),
        ("<ownershipDocument><issuer>", "<issuerCik/>\n"),
        ("<ownershipDocument><footnotes>", '<footnote id="F1"/>'),
        ("<ownershipDocument><footnotes>", '<footnote id="F1">x</footnote> '),
        ("<ownershipDocument><nonDerivativeTable>", "<nonDerivativeHolding></nonDerivativeHolding>"),
        ("<ownershipDocument><nonDerivativeTable>", "<nonDerivativeHolding><securityTitle>"),
        ("<ownershipDocument><derivativeTable><derivativeHolding><securityTitle>", '<footnoteId id="F1"/>'),
        ("<ownershipDocument>", "<ownerSignature></ownerSignature>"),
        ("", "<?xml "),
        ("", "\r"),
    ],
)
def test_time_is_linear_whatever_the_bytes_hold(before: str, again: str) -> None:
    data = (before + again * (compiled_reader._LARGEST // len(again)))[: compiled_reader._LARGEST].encode()
    begun = time.process_time()
    with pytest.raises(Unusual):
        read_usual(data)
    assert time.process_time() - begun < 1
