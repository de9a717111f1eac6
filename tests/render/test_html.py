"""The page: words and structure of the SEC's page, nothing from a filing that acts, and a line that says what it is."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from section16.edgar.ownership_xml import read_ownership_xml
from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.html import html
from section16.render.layouts import layout
from section16.render.print_form import print_form
from section16.render.printed import (
    PrintedCell,
    PrintedFootnote,
    PrintedForm,
    PrintedIssuer,
    PrintedOwner,
    PrintedRelationship,
    PrintedSignature,
    PrintedTable,
)
from section16.render.status import Status, StatusKind, status_of
from section16.render.visible import shown

Sample = Callable[[str], OwnershipDocument]

HOSTILE = "<script>alert(1)</script>&\"'`\u202ereversed\u200b\x1b[31m"


def _words(element: etree._Element) -> list[str]:
    return " ".join(str(text) for text in element.itertext()).split()


def _main(page: str) -> etree._Element:
    main = lxml_html.document_fromstring(page).find(".//main")
    assert main is not None
    return main


def _body(page: etree._Element) -> etree._Element:
    body = page.find("body")
    assert body is not None
    return body


def everywhere(text: str, form: str = "4", look: Look = Look.Y2026_03) -> PrintedForm:
    """A form with one text in every place that a filing fills."""
    sheet = layout(form, look)
    cell = PrintedCell(text, dollar=True, notes=(text,))
    owner = PrintedOwner(
        name=text,
        street1=text,
        street2=text,
        city=text,
        state=text,
        zip_code=text,
        country=text,
        relationship=PrintedRelationship(officer_title=text, other_text=text),
    )
    return PrintedForm(
        layout=sheet,
        name=f"FORM {text}",
        owners=(owner, owner),
        issuer=PrintedIssuer(name=text, symbol=text, foreign_symbol=text),
        period=text,
        amendment_date=text,
        table1=PrintedTable(layout=sheet.table1, rows=((cell,) * len(sheet.table1.columns),)),
        table2=PrintedTable(layout=sheet.table2, rows=((cell,) * len(sheet.table2.columns),)),
        footnotes=(PrintedFootnote(text, text),),
        remarks=text,
        signatures=(PrintedSignature(text, text),),
    )


def test_the_words_of_a_form_3_are_those_of_the_sites_page(corpus: Path) -> None:
    document = read_ownership_xml((corpus / "xml" / "snowflake-inc-2020-09-15-222baf.xml").read_bytes())
    theirs = lxml_html.parse(str(corpus / "html" / "snowflake-form3-garrett.html")).getroot().find("body")
    assert theirs is not None
    assert _words(_main(html(print_form(document), None))) == _words(theirs)


def test_the_words_come_in_the_order_of_the_sites_page(sample: Sample) -> None:
    words = " ".join(_words(_main(html(print_form(sample("form4-2003-tax-withholding")), None))))
    order = [
        "SEC Form 4 FORM 4 UNITED STATES SECURITIES AND EXCHANGE COMMISSION Washington, D.C. 20549 STATEMENT OF",
        "OMB APPROVAL OMB Number: 3235-0287 Estimated average burden hours per response: 0.5 Check this box",
        "1. Name and Address of Reporting Person * Peters Allan (Last) (First) (Middle) C/O QUALYS, INC.",
        "FOSTER CITY CA 94404 (City) (State) (Zip) 2. Issuer Name and Ticker or Trading Symbol QUALYS, INC. [ QLYS ]",
        "Director 10% Owner X Officer (give title below) Other (specify below) Chief Revenue Officer 3. Date of",
        "(Month/Day/Year) 09/01/2022 4. If Amendment",
        "Common Stock 09/01/2022 F 719 (1) D $ 147.76 24,059 D Table II",
        "Explanation of Responses: 1. The reported securities",
        "Remarks: /s/ Bruce Posey, by Power of Attorney for Allan Peters 09/02/2022 ** Signature of Reporting Person",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_box_2a_stands_after_the_relationship_and_before_box_3(sample: Sample) -> None:
    words = " ".join(_words(_main(html(print_form(sample("form4a-2026-joint")), None))))
    assert "Chief Executive Officer 2a. Foreign Trading Symbol [EXMP.TO] 3. Date of Earliest" in words
    assert "(City) (State) (Zip/Postal Code) ONTARIO, CANADA (Country)" in words


def test_an_empty_table_has_no_body(sample: Sample) -> None:
    first, second = _main(html(print_form(sample("form4-2003-tax-withholding")), None)).findall(
        ".//table[@class='grid']"
    )
    assert len(first.findall("tbody/tr")) == 1
    assert second.find("tbody") is None


def test_tables_have_scopes_headings_over_every_column_and_a_named_region(sample: Sample) -> None:
    for name in ("form3-2026-derivative", "form4a-2026-joint", "form5-2026-late"):
        for table in _main(html(print_form(sample(name)), None)).iterfind(".//table[@class='grid']"):
            heads = table.findall("thead/tr")
            assert all(cell.get("scope") for row in heads for cell in row)
            columns = len(table.findall("colgroup/col"))
            for row in heads[:2]:
                assert sum(int(cell.get("colspan", "1")) for cell in row) == columns
            assert all(len(row) == columns for row in table.findall("tbody/tr"))
            region = table.getparent()
            assert region is not None
            assert (region.get("role"), region.get("tabindex")) == ("region", "0")
            assert region.get("aria-labelledby") == heads[0][0].get("id")


def test_every_other_table_is_for_layout_only_and_says_so(sample: Sample) -> None:
    tables = _main(html(print_form(sample("form4a-2026-joint")), None)).iterfind(".//table")
    assert all(table.get("role") == "presentation" for table in tables if table.get("class") != "grid")


def test_the_page_has_a_language_a_title_one_heading_and_landmarks(sample: Sample) -> None:
    page = lxml_html.document_fromstring(html(print_form(sample("form5-2026-late")), Status(kind=StatusKind.DRAFT)))
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == "SEC FORM 5"
    assert [heading.text for heading in page.iter("h1")] == ["SEC Form 5"]
    assert [element.tag for element in _body(page)] == ["aside", "main"]
    identifiers = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_marks_and_boxes_say_in_words_whether_they_are_checked(sample: Sample) -> None:
    main = _main(html(print_form(sample("form4a-2026-joint"), Look.Y2023_07), None))
    marks = main.findall(".//span[@role='img']")
    assert [mark.get("aria-label") for mark in marks[:2]] == ["Not checked", "Checked"]
    assert all((mark.text == "X") == (mark.get("aria-label") == "Checked") for mark in marks)
    assert len(marks) == 2 + 4 + 2


def test_a_footnote_mark_leads_to_its_footnote_and_nowhere_if_there_is_none(sample: Sample) -> None:
    printed = print_form(sample("form4a-2026-joint"))
    page = _main(html(printed, None))
    targets = {element.get("id") for element in page.iter() if element.get("id")}
    links = [link.get("href", "") for link in page.iterfind(".//sup/a")]
    assert links
    assert all(link.removeprefix("#") in targets for link in links)
    cell = PrintedCell("1", notes=("99",))
    table = PrintedTable(layout=printed.layout.table1, rows=((cell,) * 11,))
    lost = _main(html(PrintedForm(layout=printed.layout, name="FORM 4", table1=table, table2=printed.table2), None))
    assert len(lost.findall(".//sup")) == 11 + 1 + sum(len(cell.notes) for row in printed.table2.rows for cell in row)
    assert lost.findall(".//sup/a") == []


def test_of_two_footnotes_with_one_number_both_are_printed(sample: Sample) -> None:
    printed = print_form(sample("form3-2003-nothing"))
    notes = (PrintedFootnote("1", "one"), PrintedFootnote("1", "other"), PrintedFootnote("", "third"))
    form = PrintedForm(
        layout=printed.layout,
        name="FORM 3",
        table1=printed.table1,
        table2=printed.table2,
        footnotes=notes,
    )
    page = html(form, None)
    assert page.count('id="note-1"') == 1
    assert "1. one" in page
    assert "1. other" in page
    assert ">third<" in page


@pytest.mark.parametrize("form", ["3", "4", "5"])
def test_hostile_text_becomes_text_in_every_place(form: str) -> None:
    page = html(everywhere(HOSTILE, form), Status(kind=StatusKind.COPY, source=HOSTILE))
    plain = html(everywhere("harmless", form), Status(kind=StatusKind.COPY, source="harmless"))
    assert [element.tag for element in _tree(page)] == [element.tag for element in _tree(plain)]
    assert {name for element in _tree(page) for name in element.attrib} == {
        name for element in _tree(plain) for name in element.attrib
    }
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert "\x1b" not in page
    assert page.count("&lt;script&gt;") == plain.count("harmless")


def _tree(page: str) -> list[etree._Element]:
    return [element for element in lxml_html.document_fromstring(page).iter() if isinstance(element.tag, str)]


@given(st.text(st.characters(exclude_characters="\r\x00"), max_size=60))
def test_any_text_is_seen_as_it_is_or_as_its_escapes(text: str) -> None:
    page = html(everywhere(text), None)
    page.encode("utf-8")
    tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(encoding="utf-8"))
    remarks = tree.findall(".//table[@class='notes']//td[@class='FootnoteData']")[-1]
    assert str(remarks.text_content()).split() == shown(text).split()


def test_links_are_built_from_digits_and_lead_to_the_sec_only(sample: Sample) -> None:
    for name in ("form4-2003-tax-withholding", "form4a-2026-joint"):
        for link in _main(html(print_form(sample(name)), None)).iter("a"):
            assert re.fullmatch(
                r"#note-\d+|https://www\.sec\.gov/cgi-bin/browse-edgar\?action=getcompany&CIK=\d{10}",
                link.get("href", ""),
            )


def test_a_name_that_a_draft_does_not_have_is_replaced_by_the_cik_outside_the_words(sample: Sample) -> None:
    page = html(print_form(sample("form5-2026-late")), None)
    links = [link for link in _main(page).iter("a") if link.get("data-cik")]
    assert [(link.text, link.get("data-cik")) for link in links] == [(None, "0000000004"), (None, "0000000001")]
    assert 'a[data-cik]:empty::after { content: "CIK " attr(data-cik); }' in page


def test_the_policy_admits_the_style_sheet_of_the_page_and_nothing_else(sample: Sample) -> None:
    page = lxml_html.document_fromstring(html(print_form(sample("form4a-2026-joint")), None))
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    style = page.findtext(".//style") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.get("content") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not list(page.iter("script", "img", "link", "iframe", "object", "form", "input", "base"))
    assert not [element for element in page.iter() if element.get("style") or element.get("src")]
    assert "url(" not in style
    assert "@import" not in style


def test_the_line_that_says_what_it_is_stands_outside_the_form(sample: Sample) -> None:
    document = sample("form4a-2026-joint")
    page = lxml_html.document_fromstring(html(print_form(document), status_of(document)))
    assert page.findtext(".//aside") == "DRAFT, not filed"
    assert "DRAFT" not in " ".join(_words(_body(page)[1]))
    assert (_body(page).get("class") or "").split() == ["form4", "draft"]
    assert lxml_html.document_fromstring(html(print_form(document), None)).find(".//aside") is None
