"""What is written: one spelling, nothing that breaks out of its place, nothing XML cannot hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from section16.edgar.ownership_xml import read_ownership_xml, write_ownership_xml
from section16.errors import SourceError
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, Footnotes, Issuer, OwnershipDocument
from section16.form.rows import NonDerivativeHolding, NonDerivativeTable


def refused(document: OwnershipDocument) -> SourceError:
    with pytest.raises(SourceError) as caught:
        write_ownership_xml(document)
    assert str(caught.value).isprintable()
    assert caught.value.code == "XML_NOT_WELL_FORMED"
    return caught.value


def test_one_element_stands_on_a_line_with_four_blanks_of_indentation() -> None:
    cell = Noted(value="x", text="x", footnotes=("F1",))
    document = OwnershipDocument(
        document_type="4",
        period_of_report=Plain(value=date(2024, 5, 13), text="2024-05-13"),
        issuer=Issuer(cik="1", name="A & B \u201cC\u201d"),
        non_derivative_table=NonDerivativeTable(rows=(NonDerivativeHolding(title=cell),)),
        footnotes=Footnotes(rows=(Footnote(id="F1", text='<&">'),)),
        remarks="",
    )
    assert write_ownership_xml(document).decode("ascii") == (
        '<?xml version="1.0"?>\n'
        "<ownershipDocument>\n"
        "    <documentType>4</documentType>\n"
        "    <periodOfReport>2024-05-13</periodOfReport>\n"
        "    <issuer>\n"
        "        <issuerCik>1</issuerCik>\n"
        "        <issuerName>A &amp; B &#8220;C&#8221;</issuerName>\n"
        "    </issuer>\n"
        "    <nonDerivativeTable>\n"
        "        <nonDerivativeHolding>\n"
        "            <securityTitle>\n"
        "                <value>x</value>\n"
        '                <footnoteId id="F1"/>\n'
        "            </securityTitle>\n"
        "        </nonDerivativeHolding>\n"
        "    </nonDerivativeTable>\n"
        "    <footnotes>\n"
        '        <footnote id="F1">&lt;&amp;&quot;&gt;</footnote>\n'
        "    </footnotes>\n"
        "    <remarks></remarks>\n"
        "</ownershipDocument>\n"
    )


def test_every_spelling_of_a_report_is_written_alike(shelf: dict[str, bytes]) -> None:
    for data in shelf.values():
        written = write_ownership_xml(read_ownership_xml(data))
        assert written.isascii()
        text = data.decode()
        for respelled in (
            text.replace("\n", "\r\n"),
            text.replace("    ", ""),
            text.replace("></footnoteId>", "/>").replace("/>", " />"),
            text.replace('id="F1"', "id='F1'"),
            text.replace("&amp;", "&#38;").replace("&#8220;", "\u201c").replace("&#x201d;", "&#8221;"),
        ):
            assert write_ownership_xml(read_ownership_xml(respelled.encode())) == written


def test_the_text_of_a_number_is_written_not_its_value() -> None:
    cell = Noted(value=Decimal("1.5"), text="1.50")
    document = OwnershipDocument(
        non_derivative_table=NonDerivativeTable(rows=(NonDerivativeHolding(title=Noted(value="t", text=None)),))
    )
    assert b"<value>" not in write_ownership_xml(document)  # no text, no value element
    assert cell.text == "1.50"


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", chr(0xD800), chr(0xDFFF)])
def test_a_character_that_xml_does_not_have_is_refused_wherever_it_stands(character: str) -> None:
    text = f"a{character}b"
    documents = [
        OwnershipDocument(remarks=text),
        OwnershipDocument(footnotes=Footnotes(rows=(Footnote(id=text, text=""),))),
        OwnershipDocument(extra=Extra(attributes=(("a", text),))),
        OwnershipDocument(extra=Extra(attributes=((text, "a"),))),
        OwnershipDocument(extra=Extra(other=(Other(at=0, xml=text),))),
        OwnershipDocument(extra=Extra(other=(Other(at=0, xml=f"<!-- {text} -->"),))),
        OwnershipDocument(prolog=(f"<!-- {text} -->",)),
        OwnershipDocument(epilog=(f"<?x {text}?>",)),
    ]
    for document in documents:
        refused(document)
    kept = Extra(other=(Other(at=0, xml=f"<remarks>{text}</remarks>", of="remarks"),))
    refused(OwnershipDocument(remarks=text, extra=kept))
    assert b"<remarks>fine</remarks>" in write_ownership_xml(OwnershipDocument(remarks="fine", extra=kept))


@pytest.mark.parametrize(
    "xml",
    [
        "</issuer>",
        "</issuer><issuer>",
        "<a>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<!-- a --><!-- b -->",
        "<!--",
        "<!-- a -- b -->",
        "<![CDATA[",
        "]]>",
        "&x;",
        "&",
        "<p:a/>",
        "<a b=1/>",
        "<!DOCTYPE x>",
        '<?xml version="1.0"?>',
        "</x><x>",
        "",
        " \n",
        "<a></a >&#0;",
    ],
)
def test_kept_markup_that_is_not_one_sound_piece_is_refused(xml: str) -> None:
    refused(OwnershipDocument(extra=Extra(other=(Other(at=0, xml=xml),))))
    refused(OwnershipDocument(issuer=Issuer(cik="1", extra=Extra(other=(Other(at=1, xml=xml),)))))
    refused(OwnershipDocument(footnotes=Footnotes(extra=Extra(other=(Other(at=0, xml=xml),)))))
    cell = Noted[str](text="x", extra=Extra(other=(Other(at=0, xml=xml),)))
    refused(OwnershipDocument(non_derivative_table=NonDerivativeTable(rows=(NonDerivativeHolding(title=cell),))))
    refused(OwnershipDocument(prolog=(xml,)))
    refused(OwnershipDocument(epilog=(xml,)))


@pytest.mark.parametrize(
    "xml", ["<a/>", "text", "<ownershipDocument/>", "<!-- a -->x", "<!DOCTYPE x>", "<?xml version='1.0'?>"]
)
def test_only_comments_and_instructions_stand_outside_the_root(xml: str) -> None:
    refused(OwnershipDocument(prolog=(xml,)))
    refused(OwnershipDocument(epilog=("<!-- fine -->", xml)))


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", 'a="1" b', "a='1'", "a>", "a/", "a><issuer>", "&a", "1a", "-a", "p:a", "a:b:c", "xmlns:", "\n"],
)
def test_what_is_not_the_name_of_an_attribute_is_refused(name: str) -> None:
    refused(OwnershipDocument(extra=Extra(attributes=((name, "x"),))))
    refused(OwnershipDocument(issuer=Issuer(extra=Extra(attributes=((name, "x"),)))))


def test_doubled_attributes_are_refused() -> None:
    refused(OwnershipDocument(extra=Extra(attributes=(("a", "1"), ("a", "2")))))


def test_values_of_attributes_and_ids_are_escaped() -> None:
    text = "\"'<>&\n\t\r\xe9"
    document = OwnershipDocument(
        footnotes=Footnotes(rows=(Footnote(id=text, text=text),)), extra=Extra(attributes=(("a", text),))
    )
    assert write_ownership_xml(document).isascii()
    assert read_ownership_xml(write_ownership_xml(document)) == document


@pytest.mark.parametrize(
    "kept",
    [
        "<issuerName>other name</issuerName>",
        "<remarks>another text</remarks>",
        "<remarks>says",
        "<!-- c --><remarks>says</remarks>",
        "<remarks>says</remarks><!-- c -->",
        "<remarks>says</remarks></ownershipDocument>",
        "<!DOCTYPE remarks><remarks>says</remarks>",
    ],
)
def test_markup_of_a_value_that_says_something_else_is_not_written(kept: str) -> None:
    document = OwnershipDocument(remarks="says", extra=Extra(other=(Other(at=0, xml=kept, of="remarks"),)))
    assert read_ownership_xml(write_ownership_xml(document)) == OwnershipDocument(remarks="says")


def test_a_place_behind_the_last_child_is_the_end() -> None:
    others = (Other(at=7, xml="<b/>"), Other(at=10**30, xml="<c/>"), Other(at=0, xml="<a/>"))
    written = write_ownership_xml(OwnershipDocument(remarks="r", extra=Extra(other=others)))
    expected = (Other(at=0, xml="<a/>"), Other(at=2, xml="<b/>"), Other(at=3, xml="<c/>"))
    assert read_ownership_xml(written).extra == Extra(other=expected)
