"""HTML read back to a document: our own page, and those that sec.gov served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from section16.edgar.ownership_xml import read_ownership_xml, write_ownership_xml
from section16.errors import SourceError
from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.as_printed import as_printed_differences
from section16.render.html import html
from section16.render.html_page import parse_page, runs, visible_part
from section16.render.picture import PictureNote
from section16.render.print_form import print_form
from section16.render.read_html import looks_like_form_html, read_html

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.xml"))
SERVED = {
    "alphabet-form4-brin-2022.html": None,
    "form3-bam-partners.html": None,
    "microsoft-form4.html": None,
    "snowflake-form3-garrett.html": "snowflake-inc-2020-09-15-222baf.xml",
    "xslF345X03-form4.html": "0001192482-19-000071.xml",
}


def document_of(name: str) -> OwnershipDocument:
    return read_ownership_xml((Path(__file__).parent / "documents" / f"{name}.xml").read_bytes())


def page_of(document: OwnershipDocument, look: Look | None = None) -> str:
    return html(print_form(document, look), None)


def visible_words(page: bytes) -> list[str]:
    """The words of the form on a page, cell by cell; empty cells aside, numbers without trailing zeros."""
    words = [run.text for run in runs(visible_part(parse_page(page))) if run.text]
    return [re.sub(r"^(\$[\d,]+)\.0+$", r"\1", word) for word in words]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_our_page_reads_back_as_printed(path: Path) -> None:
    document = read_ownership_xml(path.read_bytes())
    page = page_of(document)
    assert looks_like_form_html(page.encode())
    picture = read_html(page.encode())
    assert as_printed_differences(_padded(document), picture.document) == ()
    again = page_of(picture.document, picture.look)
    assert visible_words(again.encode()) == visible_words(page.encode())


def _padded(document: OwnershipDocument) -> OwnershipDocument:
    """The document with CIKs of ten digits, as the links of the page have them."""
    xml = re.sub(
        rb"<(issuerCik|rptOwnerCik)>(\d+)<",
        lambda found: b"<%s>%s<" % (found[1], found[2].zfill(10)),
        write_ownership_xml(document),
    )
    return read_ownership_xml(xml)


@pytest.mark.parametrize("name", SERVED)
def test_a_page_as_served_draws_the_same_words_again(corpus: Path, name: str) -> None:
    page = (corpus / "html" / name).read_bytes()
    assert looks_like_form_html(page)
    picture = read_html(page)
    again = page_of(picture.document, picture.look).encode()
    assert visible_words(again) == visible_words(page)
    assert as_printed_differences(picture.document, read_html(again).document) == ()


@pytest.mark.parametrize("name", [name for name, xml in SERVED.items() if xml])
def test_a_page_as_served_is_the_filing_as_printed(corpus: Path, name: str) -> None:
    page = (corpus / "html" / name).read_bytes()
    document = read_ownership_xml((corpus / "xml" / str(SERVED[name])).read_bytes())
    assert as_printed_differences(document, read_html(page).document) == ()
    assert visible_words(page_of(document).encode()) == visible_words(page)


@pytest.mark.parametrize("name", ["filing-index-page-form4.htm", "index-headers-form4.html"])
def test_other_pages_of_the_site_are_no_form(corpus: Path, name: str) -> None:
    page = (corpus / "html" / name).read_bytes()
    assert not looks_like_form_html(page)
    with pytest.raises(SourceError) as caught:
        read_html(page)
    assert caught.value.code == "NOT_OWNERSHIP"


def test_links_give_the_ciks_and_their_lack_is_said() -> None:
    page = page_of(document_of("form4-2003-tax-withholding"))
    picture = read_html(page.encode())
    assert picture.document.issuer is not None
    assert picture.document.issuer.cik == "0000000001"
    assert picture.document.reporting_owners[0].cik == "0000000002"
    without = read_html(re.sub(r'<a href="https://www.sec.gov[^>]*>(.*?)</a>', r"\1", page).encode())
    assert without.document.issuer is not None
    assert (without.document.issuer.cik, without.document.issuer.name) == (None, "QUALYS, INC.")
    assert {note.rule for note in without.notes} >= {PictureNote.ISSUER_CIK, PictureNote.OWNER_CIK}


ROW_OF_TWO_CELLS = re.compile(r"<tr><td></td><td><span class=\"FormData\">(.*?)</span></td><td></td><td>.*?</tr>")


@pytest.mark.parametrize(
    ("cell", "title", "other"),
    [
        ('<td colspan="4"><span class="FormData">Chief</span></td>', "Chief", None),
        (
            '<td colspan="4"><span class="FormData">Chief</span><span class="FormData">Trustee</span></td>',
            "Chief",
            "Trustee",
        ),
        ('<td colspan="4"></td>', None, None),
    ],
)
def test_older_pages_have_title_and_other_text_in_one_cell(cell: str, title: str | None, other: str | None) -> None:
    page = page_of(document_of("form4-2003-tax-withholding"))
    older = ROW_OF_TWO_CELLS.sub(f"<tr>{cell}</tr>", page)
    assert older != page
    relationship = read_html(older.encode()).document.reporting_owners[0].relationship
    assert relationship is not None
    assert (relationship.officer_title, relationship.other_text) == (title, other)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_a_page_is_decoded_by_its_mark_or_what_it_names(encoding: str) -> None:
    page = page_of(document_of("form4-2003-tax-withholding")).replace("Chief Revenue", "Café Revenue")
    page = page.replace('charset="utf-8"', f'charset="{encoding}"').replace("&nbsp;", " ")
    assert looks_like_form_html(page.encode(encoding))
    relationship = read_html(page.encode(encoding)).document.reporting_owners[0].relationship
    assert relationship is not None
    assert relationship.officer_title == "Café Revenue Officer"


def test_words_that_look_like_markup_or_labels_stay_words() -> None:
    xml = (Path(__file__).parent / "documents" / "form4-2003-tax-withholding.xml").read_text(encoding="utf-8")
    for words in ("(Street)", "X", "[ a ]", "<b>x</b>", "Remarks:", "$5", "(1)", "Explanation of Responses:", "(Last)"):
        said = words.replace("<", "&lt;")
        hostile = re.sub(r"(Peters Allan|C/O QUALYS, INC\.|Common Stock|/s/ Bruce[^<]*|Chief[^<]*)", said, xml)
        hostile = hostile.replace("<remarks></remarks>", f"<remarks>{said}</remarks>")
        document = read_ownership_xml(hostile.encode())
        assert as_printed_differences(document, read_html(page_of(document).encode()).document) == ()


@pytest.mark.parametrize("page", ["", " ", "<p>nothing</p>", "no markup"])
def test_what_is_no_page_of_a_form_is_refused(page: str) -> None:
    assert not looks_like_form_html(page.encode())
    with pytest.raises(SourceError) as caught:
        read_html(page.encode())
    assert caught.value.code == "NOT_OWNERSHIP"


@pytest.mark.parametrize(
    ("words", "instead", "code"),
    [
        ("(Street)", "", "STRUCTURE"),
        ("10% Owner", "", "STRUCTURE"),
        ("If Amendment", "Date", "STRUCTURE"),
        ("Explanation of Responses:", "", "STRUCTURE"),
        ("** Signature of Reporting Person", "", "STRUCTURE"),
        ("6. Ownership Form", "6. Form", "STRUCTURE"),
        ('<td><span class="FormData">24,059</span></td>', "", "STRUCTURE"),
        ("Common", "Com\x00mon", "XML_CONTROL_CHAR"),
        ("</html>", " " * 6_000_000, "LIMIT_SIZE"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(words: str, instead: str, code: str) -> None:
    page = page_of(document_of("form4-2003-tax-withholding"))
    assert words in page
    with pytest.raises(SourceError) as caught:
        read_html(page.replace(words, instead).encode())
    assert caught.value.code == code


def test_a_form_without_title_and_omb_number_is_no_form() -> None:
    page = page_of(document_of("form4-2003-tax-withholding"))
    page = page.replace("STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP", "").replace("3235-0287", "")
    with pytest.raises(SourceError) as caught:
        read_html(page.encode())
    assert caught.value.code == "NOT_OWNERSHIP"


def test_a_reference_to_a_character_that_no_form_can_hold_becomes_a_mark() -> None:
    page = page_of(document_of("form4-2003-tax-withholding")).replace("Common Stock", "Common&#1;Stock")
    title = read_html(page.encode()).document.table_one[0].title
    assert title is not None
    assert title.text == "Common\ufffdStock"


def test_a_page_cut_off_anywhere_is_refused_or_still_whole() -> None:
    page = page_of(document_of("form4-2003-tax-withholding")).encode()
    whole = read_html(page).document
    codes = set()
    for end in range(0, len(page), 97):
        try:
            document = read_html(page[:end]).document
        except SourceError as error:
            codes.add(error.code)
        else:
            assert as_printed_differences(document, whole) == ()
    assert codes == {"NOT_OWNERSHIP", "STRUCTURE"}


def test_a_deeply_nested_page_is_refused_and_not_walked_into_the_ground() -> None:
    page = "<div>" * 50_000 + "Name and Address of Reporting Person"
    with pytest.raises(SourceError):
        read_html(page.encode())


def test_an_ownership_document_that_talks_of_tables_is_no_page() -> None:
    talk = b"<ownershipDocument><!-- <table> Name and Address of Reporting Person, Non-Derivative Securities -->"
    assert not looks_like_form_html(talk)
