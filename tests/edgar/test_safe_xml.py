"""Bytes to a tree: encodings, document type declarations, limits, and nothing from outside."""

from __future__ import annotations

import http.server
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import limits
from section16.edgar import safe_xml
from section16.edgar.ownership_xml import read_ownership_xml
from section16.edgar.safe_xml import parse, to_utf8
from section16.errors import SourceError

REMARK = "<ownershipDocument><remarks>{}</remarks></ownershipDocument>"
LONGEST_SECONDS = 2.0


def refused(data: bytes) -> SourceError:
    """The error of bytes that must be refused, by the tree and by the reader, in time and in one printable line."""
    begun = time.process_time()
    with pytest.raises(SourceError) as caught:
        read_ownership_xml(data)
    assert time.process_time() - begun < LONGEST_SECONDS
    line = str(caught.value)
    assert line.isprintable()
    assert len(line) <= 300
    return caught.value


def remark(data: bytes) -> str | None:
    return read_ownership_xml(data).remarks


# Encodings


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        (None, "utf-8", "Zoë “Ω” 𝄞"),
        ("UTF-8", "utf-8", "Zoë “Ω” 𝄞"),
        ("utf8", "utf-8", "Zoë"),
        ("US-ASCII", "ascii", "Zoe"),
        ("iso-8859-1", "latin-1", "Zoë ½"),
        ("Windows-1252", "cp1252", "Zoë “x” €"),
    ],
)
def test_allowed_encodings_are_read(label: str | None, codec: str, text: str) -> None:
    declaration = "" if label is None else f'<?xml version="1.0" encoding="{label}"?>'
    assert remark((declaration + REMARK.format(text)).encode(codec)) == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("label", [None, "utf-16", "utf-8", "iso-8859-1"])
def test_a_byte_order_mark_goes_before_the_label(codec: str, label: str | None) -> None:
    declaration = "" if label is None else f'<?xml version="1.0" encoding="{label}"?>'
    mark = "\ufeff" if codec in {"utf-16-le", "utf-16-be"} else ""
    assert remark((mark + declaration + REMARK.format("Zoë")).encode(codec)) == "Zoë"


@pytest.mark.parametrize(
    "label",
    [
        *("utf-7", "UTF-32", "utf-16", "EBCDIC-CP-US", "cp037", "hex", "rot13", "idna", "punycode", "zlib"),
        *("no-such", "", "unicode_escape", "raw_unicode_escape", "../../etc/passwd", "/etc/passwd", "x" * 10_000),
        *("shift_jis", "gb18030"),
    ],
)
def test_other_labels_are_refused(label: str) -> None:
    error = refused(f'<?xml version="1.0" encoding="{label}"?>{REMARK.format("x")}'.encode())
    assert error.code == "XML_ENCODING"


@pytest.mark.parametrize(
    ("label", "content"),
    [
        (b"UTF-8", "Zoë".encode("latin-1")),
        (b"US-ASCII", "Zoë".encode()),
        (b"windows-1252", b"\x81\x8d"),
        (b"UTF-8", b"\xc0\xaf"),  # overlong
        (b"UTF-8", b"\xed\xa0\x80"),  # a surrogate
        (b"UTF-8", b"\xe2\x82"),  # cut within a character
        (b"UTF-8", b"\xf4\x90\x80\x80"),  # beyond the last character
        (b"UTF-8", b"\xff"),
    ],
)
def test_bytes_that_are_not_what_the_label_says_are_refused(label: bytes, content: bytes) -> None:
    body = REMARK.encode().replace(b"{}", content)
    assert refused(b'<?xml version="1.0" encoding="' + label + b'"?>\n' + body).code == "XML_ENCODING"
    if label == b"UTF-8":
        error = refused(b"\n" + body)
        assert error.code == "XML_ENCODING"
        assert error.line == 2


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "cp037"])
def test_encodings_without_a_mark_of_ours_are_refused(codec: str) -> None:
    refused(REMARK.format("x").encode(codec))


def test_markup_spelt_in_utf_7_is_no_markup() -> None:
    refused(REMARK.format("x").replace("<", "+ADw-").encode())
    assert remark(REMARK.format("+ADw-b+AD4-").encode()) == "+ADw-b+AD4-"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("prologue", ["", "<!DOCTYPE ownershipDocument>"])
def test_two_byte_order_marks_are_refused(codec: str, prologue: str) -> None:
    assert refused(("\ufeff\ufeff" + prologue + REMARK).encode(codec)).code == "XML_ENCODING"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff"), max_size=40))
def test_what_comes_out_is_the_same_text_as_utf_8(text: str) -> None:
    body = "<a>" + text
    assert to_utf8(body.encode()) == body.encode()
    assert to_utf8(("\ufeff" + body).encode()) == body.encode()
    assert to_utf8(("\ufeff" + body).encode("utf-16-le")) == body.encode()
    assert to_utf8(("\ufeff" + body).encode("utf-16-be")) == body.encode()


# Characters


@pytest.mark.parametrize("code", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
def test_characters_that_xml_does_not_have_are_refused(code: int) -> None:
    for body in (chr(code), f"&#{code};", f"&#x{code:x};"):
        assert refused(REMARK.format(body).encode()).code == "XML_CONTROL_CHAR", body


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#xDFFF;", "&#x110000;", "&#1114112;", "&#;", "&#x;", "&#99999999999999999999;"]
)
def test_references_to_no_character_are_refused(reference: str) -> None:
    refused(REMARK.format(reference).encode())


@pytest.mark.parametrize("entity", ["&nbsp;", "&copy;", "&x;", "&amp", "&;", "& ", "&AMP;", "%x;&y;"])
def test_undefined_entities_are_refused(entity: str) -> None:
    assert refused(REMARK.format(entity).encode()).code == "XML_NOT_WELL_FORMED"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a&amp;&lt;&gt;&quot;&apos;b", "a&<>\"'b"),
        ("&#65;&#x42;&#x1F600;", "AB😀"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a&#13;b&#10;c&#9;d", "a\rb\nc\td"),
        ("<![CDATA[<!DOCTYPE x>&amp;]]>", "<!DOCTYPE x>&amp;"),
        ("a<![CDATA[b]]>c", "abc"),
        ("10<!-- x -->00", "1000"),
        ("10<?x y?>00", "1000"),
        ("1<b>2</b>3", "123"),
        ("<b>1</b> <b>2</b>", "1 2"),
        ("\x7f\x85\xa0", "\x7f\x85\xa0"),
    ],
)
def test_a_text_is_all_its_pieces(source: str, text: str) -> None:
    assert remark(REMARK.format(source).encode()) == text


def test_an_end_of_a_character_section_in_text_is_refused() -> None:
    assert refused(REMARK.format("a]]>b").encode()).code == "XML_NOT_WELL_FORMED"
    assert remark(REMARK.format("a]]&gt;b").encode()) == "a]]>b"


@pytest.mark.parametrize("where", ["{}<a/>", "<a>{}</a>", "<a/>{}", "<a{} b='1'/>", "<a b='{}'/>", "<!--{}--><a/>"])
def test_nul_bytes_are_refused_anywhere(where: str) -> None:
    with pytest.raises(SourceError):
        parse(where.format("\x00").encode())


# Versions


def test_a_label_1_1_is_read_by_the_rules_of_1_0() -> None:
    labelled = '<?xml version="1.1"?>' + REMARK
    assert remark(labelled.format("x\x85y").encode()) == "x\x85y"
    assert refused(labelled.format("&#1;").encode()).code == "XML_CONTROL_CHAR"


@pytest.mark.parametrize("version", ["2", "2.0", "", "x", "0.9"])
def test_other_versions_are_refused(version: str) -> None:
    assert refused(f'<?xml version="{version}"?>{REMARK}'.encode()).code == "XML_NOT_WELL_FORMED"


# Document type declarations

_DOCTYPES = (
    "<!DOCTYPE ownershipDocument>",
    "<!DOCTYPE ownershipDocument SYSTEM 'file:///etc/passwd'>",
    '<!DOCTYPE ownershipDocument PUBLIC "-//x//y" "http://127.0.0.1/x.dtd">',
    "<!DOCTYPE ownershipDocument [<!ENTITY x 'y'>]>",
    "<!DOCTYPE ownershipDocument [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE ownershipDocument [<!ENTITY % x SYSTEM 'http://127.0.0.1/x'> %x;]>",
    "<!DOCTYPE ownershipDocument [<!ATTLIST footnoteId id CDATA 'F1'>]>",
    "<!DOCTYPE x [<!NOTATION n SYSTEM 'n'><!ENTITY e SYSTEM 'x' NDATA n>]>",
    "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>",
    "<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>",
)


@pytest.mark.parametrize("doctype", _DOCTYPES)
@pytest.mark.parametrize(
    "before",
    [
        "<?p <ownershipDocument>?>",
        "<!--<ownershipDocument>-->",
        "",
        "\n \t",
        "<?xml version='1.0'?>\n",
        "<!-- x > <y> -->",
        "<?p <!-- ?>",
        "<!---->\r\n",
    ],
)
def test_a_document_type_declaration_is_refused(doctype: str, before: str) -> None:
    document = before + doctype + REMARK.format("&i;&x;")
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        assert refused(document.encode(codec)).code == "XML_DTD_FORBIDDEN"


def test_the_parser_alone_would_read_no_file_and_refuse_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(safe_xml, "_BEFORE_DOCTYPE", re.compile(rb"(?!)"))
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY leak 'from the disk'><!ATTLIST ownershipDocument leaked CDATA 'from the disk'>")
    with listening() as (web, asked):
        for place in (secret.as_uri(), str(secret), f"{web}/x.dtd"):
            for doctype in (f"SYSTEM '{place}'", f"PUBLIC 'x' '{place}'", f"[<!ENTITY e SYSTEM '{place}'>]"):
                for reference in ("", "&e;", "&leak;"):
                    document = f"<!DOCTYPE ownershipDocument {doctype}>{REMARK.format(reference)}"
                    error = refused(document.encode())
                    assert "subset" not in error.message
                    assert reference or error.code == "XML_DTD_FORBIDDEN"
    assert asked == []
    assert remark(REMARK.format("x").encode()) == "x"


def test_it_is_refused_at_once_however_far_away_or_large() -> None:
    comments = "<!-- " + "x" * 80_000 + " -->" + "<?p?>" * 10_000
    attributes = "".join(f"<!ATTLIST ownershipDocument a{number} CDATA 'x'>" for number in range(110_000))
    documents = [
        comments + "<!DOCTYPE x>" + REMARK,
        "\n" * 4_000_000 + "<!DOCTYPE x>" + REMARK,
        f"<!DOCTYPE ownershipDocument [{attributes}]>" + REMARK,
        "<!DOCTYPE x [<!ELEMENT x " + "(" * 60_000 + "y" + ")" * 60_000 + ">]>" + REMARK,
    ]
    for document in documents:
        begun = time.process_time()
        error = refused(document.encode())
        assert error.code == "XML_DTD_FORBIDDEN"
        assert time.process_time() - begun < 0.5  # 0.1 s and room for a slow machine
    assert refused(documents[1].encode()).line == 4_000_001


@pytest.mark.parametrize(
    "document",
    [
        "<ownershipDocument><!DOCTYPE x></ownershipDocument>",
        "<ownershipDocument></ownershipDocument><!DOCTYPE x>",
        "<!doctype html><ownershipDocument></ownershipDocument>",
        "x<!DOCTYPE x><ownershipDocument></ownershipDocument>",
        "<!ENTITY x 'y'><ownershipDocument></ownershipDocument>",
        "<!-- <!DOCTYPE x><ownershipDocument></ownershipDocument>",
    ],
)
def test_one_in_the_wrong_place_is_not_well_formed(document: str) -> None:
    assert refused(document.encode()).code == "XML_NOT_WELL_FORMED"


def test_its_text_inside_a_comment_a_character_section_or_a_value_is_fine() -> None:
    text = "<!DOCTYPE x [<!ENTITY y 'z'>]>"
    documents = [
        f"<!-- {text} -->{REMARK.format('x')}",
        f"<?p {text} ?>{REMARK.format('x')}",
        REMARK.format(f"<![CDATA[{text}]]>"),
        REMARK.format("&lt;!DOCTYPE x>"),
        f"{REMARK.format('x')}<!-- {text} -->",
    ]
    for document in documents:
        assert read_ownership_xml(document.encode()).remarks


# Nothing from outside


class _Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<secret>from the network</secret>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web server of our own: its address and what it was asked for."""
    asked: list[str] = []
    handler = type("Listener", (_Listener,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_nothing_is_fetched_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>from the disk</secret>")
    include, instance = "http://www.w3.org/2001/XInclude", "http://www.w3.org/2001/XMLSchema-instance"
    with listening() as (web, asked):
        for place in (secret.as_uri(), str(secret), f"{web}/x", f"ftp://{web[7:]}/x", f"//{web[7:]}/x"):
            located = f"s:noNamespaceSchemaLocation='{place}' xml:base='{place}'"
            documents = [
                f"<!DOCTYPE x [<!ENTITY e SYSTEM '{place}'>]>{REMARK.format('&e;')}",
                f"<!DOCTYPE x SYSTEM '{place}'>{REMARK.format('x')}",
                f"<!DOCTYPE x PUBLIC 'x' '{place}' [<!ENTITY % e SYSTEM '{place}'>%e;]>{REMARK.format('x')}",
                REMARK.format(f"<i:include xmlns:i='{include}' href='{place}'/>"),
                REMARK.format(f"<i:include xmlns:i='{include}' href='{place}' parse='text'/>"),
                f"<?xml-stylesheet type='text/xsl' href='{place}'?>{REMARK.format('x')}",
                REMARK.format("x").replace("<own", f"<ownershipDocument xmlns:s='{instance}' {located}><own", 1)
                + "</ownershipDocument>",
            ]
            for document in documents:
                try:
                    told = repr(read_ownership_xml(document.encode()))
                except SourceError as error:
                    told = str(error)
                assert "from the" not in told
    assert asked == []


# Limits


def test_a_document_of_the_largest_size_is_read_and_a_longer_one_is_not() -> None:
    document = REMARK.format("x" * (limits.OWNERSHIP_XML_BYTES - len(REMARK) + 2)).encode()
    assert len(document) == limits.OWNERSHIP_XML_BYTES
    assert len(remark(document) or "") > 5_000_000
    assert refused(document + b" ").code == "LIMIT_SIZE"
    assert refused(REMARK.format("x" * 10 * 1024 * 1024).encode()).code == "LIMIT_SIZE"


def nested(depth: int) -> bytes:
    return b"<ownershipDocument>" + b"<a>" * (depth - 1) + b"</a>" * (depth - 1) + b"</ownershipDocument>"


def test_elements_stand_at_most_24_deep() -> None:
    read_ownership_xml(nested(limits.XML_DEPTH))
    for depth in (limits.XML_DEPTH + 1, 200, 255, 256, 257, 5_000, 100_000):
        assert refused(nested(depth)).code == "LIMIT_DEPTH", depth


def crowded(elements: int) -> bytes:
    return b"<ownershipDocument>" + b"<a/>" * (elements - 1) + b"</ownershipDocument>"


def test_a_document_has_at_most_50_000_elements() -> None:
    read_ownership_xml(crowded(limits.XML_ELEMENTS))
    for elements in (limits.XML_ELEMENTS + 1, 100_000, 1_000_000):
        assert refused(crowded(elements)).code == "LIMIT_COUNT", elements


def attributed(count: int) -> bytes:
    attributes = " ".join(f"a{number}='x'" for number in range(count))
    return f"<ownershipDocument {attributes}/>".encode()


def test_an_element_has_at_most_16_attributes() -> None:
    document = read_ownership_xml(attributed(limits.XML_ATTRIBUTES))
    assert document.extra is not None
    assert len(document.extra.attributes) == limits.XML_ATTRIBUTES
    for count in (limits.XML_ATTRIBUTES + 1, 1000, 100_000):
        assert refused(attributed(count)).code == "LIMIT_COUNT", count


def test_a_name_has_at_most_128_characters() -> None:
    most = limits.XML_NAME_CHARACTERS
    for template in ("<ownershipDocument><{}/></ownershipDocument>", "<ownershipDocument {}='x'/>"):
        read_ownership_xml(template.format("a" * most).encode())
        for length in (most + 1, 40_000, 60_000, 4_000_000):
            assert refused(template.format("a" * length).encode()).code == "LIMIT_SIZE", length


def declared(count: int, inside: str = "") -> bytes:
    names = " ".join(f"xmlns:a{number}='urn:x'" for number in range(count))
    return f"<ownershipDocument {names}>{inside}</ownershipDocument>".encode()


def test_namespaces_are_few_and_short() -> None:
    document = read_ownership_xml(declared(limits.XML_ATTRIBUTES))
    assert document.extra is not None
    assert len(document.extra.attributes) == limits.XML_ATTRIBUTES
    for count in (limits.XML_ATTRIBUTES + 1, 1_000, 50_000):
        assert refused(declared(count, "<b/>" * 20_000)).code == "LIMIT_COUNT", count
    long = f"<ownershipDocument xmlns:a='{'x' * 100_000}'>{'<a:b/>' * 20_000}</ownershipDocument>"
    assert refused(long.encode()).code == "LIMIT_SIZE"


@pytest.mark.parametrize(
    "element", ["nonDerivativeTransaction", "reportingOwner", "footnote", "footnoteId", "derivativeSecurity"]
)
def test_100_000_lines_are_refused_in_time(element: str) -> None:
    lines = f"<{element}/>" * 100_000
    for inside in (lines, f"<nonDerivativeTable>{lines}</nonDerivativeTable>", f"<footnotes>{lines}</footnotes>"):
        assert refused(f"<ownershipDocument>{inside}</ownershipDocument>".encode()).code == "LIMIT_COUNT"


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"<", b" ", b"\x00", b"\xff", b"<?xml", b"<?xml version='1.0'?>", b"<ownershipDocument"),
        *(b"<ownershipDocument>", b"</ownershipDocument>", b"<ownershipDocument/><ownershipDocument/>"),
        *(b"<ownershipDocument/>x", b"<ownershipDocument a=1/>", b"<ownershipDocument a='1' a='2'/>"),
        *(b"<ownershipDocument a='<'/>", b"<nonDerivativeTable ativeTable></nonDerivativeTable>"),
        *(b"<ownershipDocument><a></b></ownershipDocument>", b"<ownershipDocument><p:a/></ownershipDocument>"),
        *(b"<ownershipDocument p:a='1'/>", b"<ownershipDocument><!-- -- --></ownershipDocument>"),
        *(b"<ownershipDocument><?xml version='1.0'?></ownershipDocument>",),
        *(b"<ownershipDocument><![CDATA[</ownershipDocument>",),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(data: bytes) -> None:
    error = refused(data)
    assert error.code in {"XML_NOT_WELL_FORMED", "XML_CONTROL_CHAR", "XML_ENCODING"}
    assert error.line is not None


@pytest.mark.parametrize(
    "root", ["html", "edgarSubmission", "XML", "ownershipdocument", "xsl:stylesheet xmlns:xsl='urn:x'"]
)
def test_another_root_is_no_ownership_document(root: str) -> None:
    error = refused(f"<{root}><ownershipDocument/></{root.partition(' ')[0]}>".encode())
    assert error.code == "NOT_OWNERSHIP"


def test_parsing_in_many_threads_shares_no_parser() -> None:
    roots: list[str] = []
    barrier = threading.Barrier(8)

    def work(number: int) -> None:
        barrier.wait()
        roots.extend(str(parse(f"<a{number}>{'<b/>' * 500}</a{number}>".encode()).tag) for _ in range(50))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(roots) == sorted(f"a{number}" for number in range(8) for _ in range(50))
