"""The form as Markdown, in the notation of the page's conversions."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from lxml.html import document_fromstring
from markdown_it import MarkdownIt

from section16.edgar.ownership_xml import read_ownership_xml
from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.as_printed import as_printed_differences
from section16.render.layouts import layout
from section16.render.markdown import markdown
from section16.render.markdown_blocks import Table, blocks
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
from section16.render.read_markdown import read_markdown

SEED = Path(__file__).parents[2] / "examples" / "qualys-form4.md"
DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.xml"))


def blank(form: str = "4", look: Look = Look.Y2003) -> PrintedForm:
    sheet = layout(form, look)
    return PrintedForm(
        layout=sheet,
        name=sheet.name,
        table1=PrintedTable(layout=sheet.table1),
        table2=PrintedTable(layout=sheet.table2),
        signatures=(PrintedSignature("/s/ A", "09/02/2022"),),
    )


def changed(form: PrintedForm, **changes: object) -> PrintedForm:
    return msgspec.structs.replace(form, **changes)


def with_row(form: PrintedForm, **cells: PrintedCell) -> PrintedForm:
    """The form with one line in Table I."""
    row = tuple(cells.get(column.key, PrintedCell()) for column in form.table1.layout.columns)
    return changed(form, table1=PrintedTable(layout=form.table1.layout, rows=(row,)))


def contents(text: str) -> list[object]:
    """Paragraphs and tables with their cells, padding and delimiter lines aside."""
    return [block.rows if isinstance(block, Table) else block.text for block in blocks(text)]


def cell_with(text: str, words: str) -> str:
    return next(
        cell
        for block in blocks(text)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if words in cell
    )


@pytest.fixture(scope="module")
def seed() -> str:
    return SEED.read_text(encoding="utf-8")


def test_the_seed_comes_back_line_for_line_and_cell_for_cell(seed: str) -> None:
    picture = read_markdown(seed)
    assert contents(markdown(print_form(picture.document, picture.look))) == contents(seed)


def test_the_filing_of_the_seed_is_drawn_as_the_seed(seed: str) -> None:
    xml = (Path(__file__).parent / "documents" / "form4-2003-tax-withholding.xml").read_bytes()
    assert contents(markdown(print_form(read_ownership_xml(xml)))) == contents(seed)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_drawn_document_reads_back_as_printed_and_draws_the_same_again(path: Path) -> None:
    document = read_ownership_xml(path.read_bytes())
    drawn = markdown(print_form(document))
    picture = read_markdown(drawn)
    assert as_printed_differences(document, picture.document, ciks=False) == ()
    assert markdown(print_form(picture.document, picture.look)) == drawn


def test_table_two_has_all_its_headings_only_when_it_has_rows() -> None:
    empty = blank()
    filled = changed(
        empty,
        table2=PrintedTable(layout=empty.layout.table2, rows=((PrintedCell("Option"), *[PrintedCell()] * 15),)),
    )
    tables = [block for block in blocks(markdown(empty)) if isinstance(block, Table)]
    assert [len(row) for row in tables[-1].rows] == [13, 13]
    tables = [block for block in blocks(markdown(filled)) if isinstance(block, Table)]
    assert [len(row) for row in tables[-1].rows] == [16, 16, 16]
    assert tables[-1].rows[1] == (
        *("", "", "", "", "Code", "V", "(A)", "(D)", "Date Exercisable", "Expiration Date", "Title"),
        *("Amount or Number of Shares", "", "", "", ""),
    )


@pytest.mark.parametrize(
    ("relationship", "lines"),
    [
        (PrintedRelationship(officer=True, officer_title="CFO"), ["CFO"]),
        (PrintedRelationship(officer=True, other=True, officer_title="CFO", other_text="Trustee"), ["CFO", "Trustee"]),
        (PrintedRelationship(other=True, other_text="Trustee"), ["", "Trustee"]),
        (PrintedRelationship(director=True, officer_title="CFO"), ["CFO", ""]),
        (PrintedRelationship(director=True), []),
    ],
)
def test_title_and_other_text_can_be_told_apart(relationship: PrintedRelationship, lines: list[str]) -> None:
    drawn = markdown(changed(blank(), owners=(PrintedOwner(name="Doe Jane", relationship=relationship),)))
    assert cell_with(drawn, "5. Relationship").split("<br>")[3:] == lines
    read = read_markdown(drawn).document.reporting_owners[0].relationship
    assert read is not None
    assert (read.officer_title or "", read.other_text or "") == (relationship.officer_title, relationship.other_text)


def test_an_empty_street_is_an_empty_line() -> None:
    owner = PrintedOwner(name="Doe Jane", street2="SUITE 5", city="ERIE", state="PA", zip_code="16501")
    drawn = cell_with(markdown(changed(blank(), owners=(owner,))), "1. Name")
    assert drawn.split("<br>")[3:5] == ["", "SUITE 5"]


def test_a_marked_box_is_a_checked_input_and_an_unmarked_one_has_none() -> None:
    drawn = markdown(changed(blank("5", Look.Y2023_07), exit_box=True, plan=False, form4_transactions=True))
    marked = [line for line in drawn.split("\n") if line.startswith('<input checked="" type="checkbox"/> ')]
    assert [line.removeprefix('<input checked="" type="checkbox"/> ')[:20] for line in marked] == [
        "Check this box if no",
        "Form 4 Transactions ",
    ]


def test_a_cell_has_dollar_value_and_each_mark_after_a_blank() -> None:
    drawn = markdown(with_row(blank(), title=PrintedCell("Stock"), price=PrintedCell("1.5", True, ("1", "12"))))
    assert r"| \$1.5 <sup>(1)</sup> <sup>(12)</sup> |" in drawn


def test_a_number_in_parentheses_that_was_filed_is_no_mark() -> None:
    form = with_row(blank(), ownership=PrintedCell("(1)"), owned=PrintedCell("5 (2)", notes=("3",)))
    (row,) = read_markdown(markdown(form)).document.table_one
    assert row.ownership is not None
    assert row.ownership.direct_or_indirect is not None
    assert (row.ownership.direct_or_indirect.text, row.ownership.direct_or_indirect.footnotes) == ("(1)", ())
    assert row.owned_after is not None
    assert row.owned_after.shares_owned is not None
    assert (row.owned_after.shares_owned.text, row.owned_after.shares_owned.footnotes) == ("5 (2)", ("F3",))


HOSTILE = (
    "a | b",
    "a \\| b",
    "<script>alert(1)</script>",
    "<br>",
    "</u>",
    "`code` ``x",
    "**bold** _it_ ~~no~~",
    "&lt;b&gt; &amp; &#60;",
    "<sup>(1)</sup>",
    "[click](http://evil.example/)",
    "![x](http://evil.example/x.png)",
    "http://evil.example/ www.evil.example",
    "line one\nline two",
    "$5 \\(x\\)",
    "\u202eright to left",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_third_parties_stay_words(words: str) -> None:
    form = changed(
        with_row(blank(), title=PrintedCell(words), nature=PrintedCell(words)),
        owners=(PrintedOwner(name=words, street1=words, city=words),),
        issuer=PrintedIssuer(name=words, symbol=words),
        footnotes=(PrintedFootnote("1", words),),
        remarks=words,
        signatures=(PrintedSignature(words, "09/02/2022"),),
    )
    drawn = markdown(form)
    said = " ".join(words.split())
    document = read_markdown(drawn).document
    assert _all_words(document) == {said}
    page = document_fromstring(MarkdownIt("gfm-like", {"linkify": False}).render(drawn))
    assert {node.tag for node in page.iter()} <= {
        *("html", "body", "div", "p", "strong", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
        *("u", "br", "hr", "input", "sup"),
    }
    rows = [[cell.text_content() for cell in row] for row in page.findall(".//table")[2].findall(".//tr")]
    assert rows[-1] == [said, *[""] * 9, said]


def _all_words(document: OwnershipDocument) -> set[str | None]:
    owner, row = document.reporting_owners[0], document.table_one[0]
    assert owner.address is not None
    assert document.issuer is not None
    assert document.footnotes is not None
    assert row.title is not None
    assert row.ownership is not None
    assert row.ownership.nature is not None
    return {
        owner.name,
        owner.address.street1,
        owner.address.city,
        document.issuer.name,
        document.issuer.trading_symbol,
        row.title.text,
        row.ownership.nature.text,
        document.footnotes.rows[0].text,
        document.remarks,
        document.signatures[0].name,
    }


def test_web_addresses_do_not_become_links() -> None:
    drawn = markdown(changed(blank(), remarks="see https://evil.example/a or www.evil.example"))
    assert r"see https:\//evil.example/a or www\.evil.example" in drawn


@pytest.mark.parametrize("words", ["# title", "- item", "+ item", "1. item", "2) item", "---", "===", "> quote"])
def test_a_remark_begins_no_list_heading_quote_or_rule(words: str) -> None:
    page = document_fromstring(
        MarkdownIt("gfm-like", {"linkify": False}).render(markdown(changed(blank(), remarks=words)))
    )
    assert words in [paragraph.text_content() for paragraph in page.findall(".//p")]


@pytest.mark.parametrize(
    ("numbers", "starts"),
    [
        (["1", "2", "3"], ["1.", "2.", "3."]),
        (["2", "3"], ["2.", "3."]),
        (["1", "3", "4"], ["1.", r"3\.", r"4\."]),
        (["2", "1"], ["2.", r"1\."]),
        (["1", "1"], ["1.", r"1\."]),
    ],
)
def test_numbers_that_do_not_run_on_are_no_list_items_that_a_viewer_would_count_anew(
    numbers: list[str], starts: list[str]
) -> None:
    drawn = markdown(changed(blank(), footnotes=tuple(PrintedFootnote(number, "text") for number in numbers)))
    assert re.findall(r"^(\S+) text$", drawn, re.MULTILINE) == starts
    read = read_markdown(drawn).document.footnotes
    assert read is not None
    assert [note.id for note in read.rows] == [f"F{number}" for number in numbers]


def test_a_remark_that_ends_like_a_signature_stays_a_remark() -> None:
    picture = read_markdown(markdown(changed(blank(), remarks="Signed by Jane Doe 09/02/2022")))
    assert picture.document.remarks == "Signed by Jane Doe 09/02/2022"
    assert [signature.name for signature in picture.document.signatures] == ["/s/ A"]


def test_signatures_without_a_date_read_back() -> None:
    signatures = (PrintedSignature("/s/ A", ""), PrintedSignature("", "09/02/2022"), PrintedSignature("B", "soon"))
    read = read_markdown(markdown(changed(blank(), signatures=signatures))).document.signatures
    assert [(one.name, one.date.text if one.date is not None else None) for one in read] == [
        ("/s/ A", None),
        (None, "2022-09-02"),
        ("B", "soon"),
    ]
