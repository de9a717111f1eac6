"""What a document's record says, for the usual and for everything unusual that well-formed XML can hold."""

from __future__ import annotations

import threading
import time
from decimal import Decimal

import pytest

from section16.edgar.ownership_xml import read_ownership_xml, write_ownership_xml
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import OwnershipDocument
from section16.form.json_shape import from_json, to_json
from section16.form.rows import NonDerivativeHolding, NonDerivativeTransaction


def read(inside: str) -> OwnershipDocument:
    """The document of a root with this inside; it must come back from XML and from JSON as it was."""
    document = read_ownership_xml(f"<ownershipDocument>{inside}</ownershipDocument>".encode())
    written = write_ownership_xml(document)
    assert read_ownership_xml(written) == document
    assert write_ownership_xml(read_ownership_xml(written)) == written
    assert from_json(to_json(document)) == document
    return document


def holding(inside: str) -> NonDerivativeHolding:
    row = read(
        f"<nonDerivativeTable><nonDerivativeHolding>{inside}</nonDerivativeHolding></nonDerivativeTable>"
    ).table_one[0]
    assert isinstance(row, NonDerivativeHolding)
    return row


def title(inside: str) -> Noted[str]:
    cell = holding(f"<securityTitle>{inside}</securityTitle>").title
    assert cell is not None
    return cell


def shares(value: str) -> Noted[Decimal]:
    owned = f"<sharesOwnedFollowingTransaction>{value}</sharesOwnedFollowingTransaction>"
    row = holding(f"<postTransactionAmounts>{owned}</postTransactionAmounts>")
    assert row.owned_after is not None
    assert row.owned_after.shares_owned is not None
    return row.owned_after.shares_owned


def test_a_usual_report_is_read_whole(shelf: dict[str, bytes]) -> None:
    document = read_ownership_xml(shelf["form4a"])
    assert (document.form, document.is_amendment, document.schema_version) == ("4", True, "X0508")
    assert document.issuer is not None
    assert document.issuer.name == "Lantern & Quay Corp"
    assert [owner.name for owner in document.reporting_owners] == ["MERROW ADA T", "Merrow Family Trust"]
    sale = document.table_one[0]
    assert isinstance(sale, NonDerivativeTransaction)
    assert sale.amounts is not None
    assert sale.amounts.price_per_share == Noted(value=Decimal("13334.00"), text="13334.00", footnotes=("F2",))
    assert sale.transaction_date is not None
    assert sale.transaction_date.text == "2024-05-13-05:00"
    assert str(sale.transaction_date.value) == "2024-05-13"
    assert sale.coding is not None
    assert sale.coding.footnotes == ("F1", "F2")
    assert [row.kind for row in document.table_one] == ["transaction", "holding"]
    assert [row.kind for row in document.table_two] == ["holding", "transaction"]
    assert document.footnote_texts["F2"] == "Between $66.50 & $67.20;\n the rest on request."
    assert document.remarks == ""
    assert document.signatures[0].name == "/s/ Ada T. Merrow"


def test_lines_of_2003_stand_directly_under_the_root(shelf: dict[str, bytes]) -> None:
    document = read_ownership_xml(shelf["x0101"])
    (sale,) = document.table_one
    assert isinstance(sale, NonDerivativeTransaction)
    assert sale.amounts is not None
    assert sale.amounts.transaction_value == Noted(value=Decimal("3.8"), text="3.8")
    assert document.non_derivative_table is None
    assert len(document.table_two) == 1


@pytest.mark.parametrize(
    ("inside", "cell"),
    [
        ("", Noted()),
        ("<value/>", Noted(text="")),
        ("<value></value>", Noted(text="")),
        ("<value> \n</value>", Noted(text=" \n")),
        ("<value>x</value>", Noted(value="x", text="x")),
        ("\n <value> x </value> ", Noted(value="x", text=" x ")),
        ('<footnoteId id="F1"/>', Noted(footnotes=("F1",))),
        ('<value/><footnoteId id="F1"/><footnoteId id="F1"/>', Noted(text="", footnotes=("F1", "F1"))),
    ],
)
def test_absent_blank_and_footnote_only_differ(inside: str, cell: Noted[str]) -> None:
    assert title(inside) == cell
    assert title(f"<!-- -->{inside}").extra is not None  # and so on the careful way


def test_an_absent_cell_is_none_and_an_empty_element_is_not() -> None:
    assert holding("").title is None
    assert holding("<securityTitle/>").title == Noted()
    assert read("").remarks is None
    assert read("<remarks/>").remarks == ""
    assert read("").footnotes is None
    assert read("<footnotes/>").footnotes is not None
    assert read("").issuer is None
    assert read("<issuer/>").issuer is not None


@pytest.mark.parametrize(
    "text", ["1,000", "-5", "1e9", "NaN", "sNaN", "1e1000000000", "\uff11", "9" * 50_000, "abc", ""]
)
def test_a_number_that_cannot_be_read_keeps_its_text(text: str) -> None:
    assert shares(f"<value>{text}</value>") == Noted(value=None, text=text)


@pytest.mark.parametrize("text", ["0", "0.00", "13334.00", ".5", "5.", "007", "999999999999.9999", "9" * 40])
def test_a_number_keeps_its_spelling_beside_its_decimal(text: str) -> None:
    assert shares(f"<value>{text}</value>") == Noted(value=Decimal(text), text=text)


def test_a_value_is_the_text_of_all_its_pieces() -> None:
    for split in ("10<!-- x -->00", "10<?x y?>00", "10<b>0</b>0", "1<b>0<i>0</i></b>0"):
        cell = shares(f"<value>{split}</value>")
        assert (cell.value, cell.text) == (Decimal(1000), "1000")
        assert cell.extra is not None
        assert cell.extra.other[0].of == "value"
        assert cell.extra.other[0].xml == f"<value>{split}</value>"
    assert shares("<value>10<![CDATA[00]]></value>") == Noted(value=Decimal(1000), text="1000")


def test_a_value_in_pieces_is_written_anew_once_it_says_something_else() -> None:
    document = read("<remarks>10<!-- x -->00</remarks>")
    changed = from_json(to_json(document) | {"remarks": "2000"})
    assert b"<remarks>2000</remarks>" in write_ownership_xml(changed)
    assert b"<remarks>10<!-- x -->00</remarks>" in write_ownership_xml(document)


@pytest.mark.parametrize("name", ["issuer", "periodOfReport", "remarks", "footnotes", "nonDerivativeTable"])
def test_of_two_that_may_stand_once_neither_is_read_and_both_are_kept(name: str) -> None:
    document = read(f"<documentType>4</documentType><{name}>1</{name}><aff10b5One>1</aff10b5One><{name}>2</{name}>")
    assert document.extra == Extra(
        other=(Other(at=1, xml=f"<{name}>1</{name}>"), Other(at=3, xml=f"<{name}>2</{name}>")),
    )
    assert document == OwnershipDocument(
        document_type="4", aff10b5_one=Plain(value=True, text="1"), extra=document.extra
    )


def test_a_doubled_value_is_not_read() -> None:
    cell = title('<value>a</value><footnoteId id="F1"/><value>b</value>')
    others = (Other(at=0, xml="<value>a</value>"), Other(at=2, xml="<value>b</value>"))
    assert cell == Noted(footnotes=("F1",), extra=Extra(other=others))


def test_unknown_things_are_kept_with_their_place() -> None:
    document = read(
        "<!-- a --><documentType>4</documentType>stray &amp; more<new x='1'><b>2</b></new><?p q?><remarks>r</remarks>"
    )
    assert document.document_type == "4"
    assert document.remarks == "r"
    assert document.extra == Extra(
        other=(
            Other(at=0, xml="<!-- a -->"),
            Other(at=2, xml="stray &amp; more"),
            Other(at=3, xml='<new x="1"><b>2</b></new>'),
            Other(at=4, xml="<?p q?>"),
        )
    )


def test_comments_and_instructions_around_the_root_are_kept() -> None:
    data = b"<?xml version='1.0'?><!-- a --><?xml-stylesheet href='x'?><ownershipDocument/><!-- b -->"
    document = read_ownership_xml(data)
    assert document.prolog == ("<!-- a -->", "<?xml-stylesheet href='x'?>")
    assert document.epilog == ("<!-- b -->",)
    assert read_ownership_xml(write_ownership_xml(document)) == document
    assert from_json(to_json(document)) == document


def test_another_order_is_kept() -> None:
    document = read("<remarks>r</remarks><documentType>4</documentType><issuer/>")
    assert document.extra == Extra(order=("remarks", "documentType", "issuer"))
    assert title('<footnoteId id="F1"/><value>x</value><footnoteId id="F2"/>') == Noted(
        value="x",
        text="x",
        footnotes=("F1", "F2"),
        extra=Extra(order=("footnoteId", "value", "footnoteId")),
    )


def test_owners_and_signatures_apart_from_one_another_keep_their_places() -> None:
    document = read(
        "<ownerSignature/><reportingOwner/><ownerSignature><signatureName>b</signatureName></ownerSignature><reportingOwner/>"
    )
    assert document.extra is not None
    assert document.extra.order == ("ownerSignature", "reportingOwner", "ownerSignature", "reportingOwner")
    assert [signature.name for signature in document.signatures] == [None, "b"]


def test_attributes_stand_in_the_record_that_has_them() -> None:
    document = read("<issuer a='1' b=''><issuerCik>1</issuerCik></issuer><derivativeTable c='x'/>")
    assert document.issuer is not None
    assert document.issuer.extra == Extra(attributes=(("a", "1"), ("b", "")))
    assert document.derivative_table is not None
    assert document.derivative_table.extra == Extra(attributes=(("c", "x"),))
    assert title("<value nil='true'/>") == Noted(
        text="", extra=Extra(other=(Other(at=0, xml='<value nil="true"/>', of="value"),))
    )


@pytest.mark.parametrize(
    "root",
    [
        '<ownershipDocument xmlns="urn:x">{}</ownershipDocument>',
        '<p:ownershipDocument xmlns:p="urn:x">{}</p:ownershipDocument>',
        '<p:ownershipDocument xmlns:p="urn:x" xmlns="urn:y">{}</p:ownershipDocument>',
    ],
)
@pytest.mark.parametrize("prefix", ["", "p:"])
def test_a_namespace_is_read_by_local_names(root: str, prefix: str) -> None:
    if prefix and "xmlns:p" not in root:
        root = root.replace('xmlns="urn:x"', 'xmlns="urn:x" xmlns:p="urn:x"')
    issuer = f"<{prefix}issuer><{prefix}issuerName>N</{prefix}issuerName></{prefix}issuer>"
    inside = f"{issuer}<{prefix}new/><{prefix}remarks>r</{prefix}remarks>"
    document = read_ownership_xml(root.format(inside).encode())
    assert document.issuer is not None
    assert (document.issuer.name, document.remarks) == ("N", "r")
    assert document.extra is not None
    assert ("xmlns", "urn:x") in document.extra.attributes
    written = write_ownership_xml(document)
    assert read_ownership_xml(written) == document
    assert from_json(to_json(document)) == document


def test_attributes_in_a_namespace_keep_their_prefix() -> None:
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    location = "xsi:noNamespaceSchemaLocation='x.xsd' xml:lang='en'"
    data = f"<ownershipDocument xmlns:xsi='{instance}' {location}><issuer xsi:nil='1'/></ownershipDocument>"
    document = read_ownership_xml(data.encode())
    assert document.extra == Extra(
        attributes=(("xmlns:xsi", instance), ("xsi:noNamespaceSchemaLocation", "x.xsd"), ("xml:lang", "en"))
    )
    assert document.issuer is not None
    assert document.issuer.extra == Extra(attributes=(("xsi:nil", "1"),))
    assert read_ownership_xml(write_ownership_xml(document)) == document


def test_an_unknown_element_without_a_namespace_stays_without_one() -> None:
    data = b"<p:ownershipDocument xmlns:p='urn:x'><new a='1'><c/></new><p:q><d/></p:q></p:ownershipDocument>"
    document = read_ownership_xml(data)
    again = read_ownership_xml(write_ownership_xml(document))
    assert again == document
    assert document.extra is not None
    assert [other.xml for other in document.extra.other] == [
        '<new xmlns="" xmlns:p="urn:x" a="1"><c/></new>',
        '<p:q xmlns="" xmlns:p="urn:x"><d/></p:q>',
    ]


def test_footnotes_of_every_kind_are_held() -> None:
    document = read(
        "<footnotes>"
        "<footnote id='F1'>a <b>bold</b> <i>word</i><!-- c --></footnote><!-- between --><footnote>no id</footnote>"
        "<footnote id='F2' lang='en'>x</footnote><new/><footnote id=''/><footnote id='F2'>again</footnote>"
        "<footnote id='F3'>t <u>u</u></footnote></footnotes>"
    )
    assert document.footnotes is not None
    texts = [(footnote.id, footnote.text) for footnote in document.footnotes.rows]
    assert texts == [("F1", "a bold word"), (None, "no id"), ("F2", "x"), ("", ""), ("F2", "again"), ("F3", "t u")]
    assert document.footnote_texts["F2"] == "x"
    written = write_ownership_xml(document).decode()
    assert '<footnote id="F1">a <b>bold</b> <i>word</i><!-- c --></footnote>' in written
    assert '<footnote id="F2" lang="en">x</footnote>' in written
    assert '<footnote id="F3">t <u>u</u></footnote>' in written
    assert written.index("bold") < written.index("between") < written.index("no id") < written.index("<new/>")


def test_markup_of_a_footnote_goes_once_its_id_changes() -> None:
    document = read("<footnotes><footnote id='F1'>a <b>b</b></footnote></footnotes>")
    shape = to_json(document)
    shape["footnotes"][0]["id"] = "F9"
    assert b'<footnote id="F9">a b</footnote>' in write_ownership_xml(from_json(shape))


@pytest.mark.parametrize(
    "reference",
    [
        "<footnoteId/>",
        '<footnoteId yd="F5"/>',
        '<footnoteId id="F1" x="1"/>',
        '<footnoteId id="F1">x</footnoteId>',
        '<footnoteId id="F1"><b/></footnoteId>',
        '<footnoteId id="F1">&#x85;</footnoteId>',
        '<p:footnoteId xmlns:p="urn:x" id="F1"/>',
    ],
)
def test_a_reference_that_is_none_is_kept_word_for_word(reference: str) -> None:
    cell = title(f"<value>x</value>{reference}")
    assert cell.footnotes == ()
    assert cell.extra is not None
    (other,) = cell.extra.other
    assert other.at == 1
    row = holding(f"<transactionCoding>{reference}</transactionCoding>")
    assert row.coding is not None
    assert row.coding.footnotes == ()
    assert row.coding.extra is not None


@pytest.mark.parametrize("blank", ["\x85", "\xa0", "\u2003", "\u200b"])
def test_only_the_blanks_of_xml_are_blank(blank: str) -> None:
    for spelt in (blank, f"&#{ord(blank)};"):
        document = read(f"<issuer>{spelt}<issuerCik>1</issuerCik></issuer>")
        assert document.issuer is not None
        assert document.issuer.extra == Extra(other=(Other(at=0, xml=blank),))


def test_line_ends_become_one_and_references_to_them_stay() -> None:
    assert read("<remarks>a\r\nb\rc</remarks>").remarks == "a\nb\nc"
    assert read("<remarks>a&#13;&#10;b&#13;</remarks>").remarks == "a\r\nb\r"
    assert read("<remarks><!-- -->a&#13;&#10;b</remarks>").remarks == "a\r\nb"


def test_blanks_inside_an_unknown_element_are_kept() -> None:
    document = read("<new>  <b> </b>\n</new>")
    assert document.extra is not None
    assert document.extra.other[0].xml == "<new>  <b> </b>\n</new>"


def test_characters_beyond_ascii_are_kept_in_comments_names_and_attributes() -> None:
    document = read("<remarks>\xe9</remarks><!-- \xe9 --><n\xe9w \xe9='\xe9'>\xe9</n\xe9w><?p \xe9?><issuer \xe9='1'/>")
    written = write_ownership_xml(document).decode("utf-8")
    assert "<remarks>&#233;</remarks>" in written
    assert "<!-- \xe9 -->" in written
    assert "<?p \xe9?>" in written
    assert "<issuer \xe9=" in written
    assert write_ownership_xml(read("<remarks>\xe9</remarks><new a='\xe9'>\xe9</new>")).count(b"&#233;") == 2


def test_hostile_names_are_only_text() -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;lt; &#x202E; {{7*7}} ' \" \\"
    document = read(f"<issuer><issuerName>{hostile}</issuerName></issuer>")
    assert document.issuer is not None
    assert document.issuer.name == "<script>alert(1)</script> ]]> &lt; \u202e {{7*7}} ' \" \\"


def test_a_document_of_50_000_references_is_read_and_written_in_time() -> None:
    references = '<footnoteId id="F1"/>' * 49_990
    coding = f"<transactionCoding><!-- -->{references}</transactionCoding>"
    row = f"<nonDerivativeTable><nonDerivativeHolding>{coding}</nonDerivativeHolding></nonDerivativeTable>"
    begun = time.process_time()
    document = read_ownership_xml(f"<ownershipDocument>{row}</ownershipDocument>".encode())
    written = write_ownership_xml(document)
    assert time.process_time() - begun < 2
    assert written.count(b"<footnoteId") == 49_990


def test_eight_threads_read_what_one_does(shelf: dict[str, bytes]) -> None:
    unusual = {name: data.replace(b"<issuer>", b"<!-- x --><issuer>") for name, data in shelf.items()}
    sources = [*shelf.values(), *unusual.values()]
    expected = [read_ownership_xml(data) for data in sources]
    results: list[list[OwnershipDocument]] = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        for _ in range(20):
            results.append([read_ownership_xml(data) for data in sources])  # noqa: PERF401 - seen by all threads

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 160
    assert all(result == expected for result in results)
