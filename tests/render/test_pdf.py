"""The form as a tagged PDF."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from section16.errors import MissingExtraError
from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render import pdf as pdf_module
from section16.render.layouts import layout
from section16.render.paper_widths import paper_widths
from section16.render.pdf import pdf
from section16.render.print_form import print_form
from section16.render.printed import PrintedCell, PrintedForm, PrintedOwner, PrintedTable
from section16.render.status import Status, StatusKind, status_of

Sample = Callable[[str], OwnershipDocument]


@pytest.fixture(autouse=True)
def _needs_typst(request: pytest.FixtureRequest) -> None:
    if "without_typst" not in request.keywords:
        pytest.importorskip("typst", reason="the extra [pdf] is not installed")


def _form(text: str, rows: int = 1) -> PrintedForm:
    sheet = layout("4", Look.Y2003)
    cell = PrintedCell(text)
    return PrintedForm(
        layout=sheet,
        name="FORM 4",
        owners=(PrintedOwner(name=text),),
        table1=PrintedTable(layout=sheet.table1, rows=((cell,) * 11,) * rows),
        table2=PrintedTable(layout=sheet.table2),
        remarks=text,
    )


def _tool(poppler: Path, name: str, data: bytes, *arguments: str) -> str:
    command = [str(poppler / name), *arguments, "-", *(["-"] if name == "pdftotext" else [])]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()  # noqa: S603


def _text(poppler: Path, data: bytes) -> str:
    return " ".join(_tool(poppler, "pdftotext", data, "-raw").split())


@pytest.mark.parametrize(
    "name",
    ["form3-2026-derivative", "form4-2003-tax-withholding", "form4a-2026-joint", "form5-2026-late"],
)
def test_every_word_of_the_form_is_in_it(name: str, sample: Sample, poppler: Path) -> None:
    form = print_form(sample(name))
    text = _text(poppler, pdf(form, status_of(sample(name))))
    cells = [cell.text for table in (form.table1, form.table2) for row in table.rows for cell in row]
    names = [owner.name for owner in form.owners]
    for filled in (*cells, *names, *(note.text for note in form.footnotes), form.layout.title, form.period):
        assert all(word in text for word in filled.split())


def test_it_is_tagged_with_language_and_title_on_letter_landscape(sample: Sample, poppler: Path) -> None:
    data = pdf(print_form(sample("form4-2003-tax-withholding")), None)
    info = _tool(poppler, "pdfinfo", data)
    assert "Tagged:          yes" in info
    assert "792 x 612 pts (letter)" in info
    assert "Title:           SEC FORM 4, QUALYS, INC., Peters Allan, 09/01/2022" in info
    assert b"/Lang(en-US)" in data.replace(b"/Lang (", b"/Lang(")
    assert b"pdfuaid" in data


def test_long_tables_repeat_their_headings_on_every_page(poppler: Path) -> None:
    data = pdf(_form("x", rows=120), Status(kind=StatusKind.COPY, source="archive"))
    pages = int(_tool(poppler, "pdfinfo", data).split("Pages:")[1].split()[0])
    text = _text(poppler, data)
    assert pages > 2
    assert text.count("1. Title of Security (Instr. 3)") == pages - (0 if "Title of Security" in text[-2500:] else 1)
    assert text.count("ARCHIVE COPY, source: archive") == pages


def test_a_draft_says_so_over_every_page(sample: Sample, poppler: Path) -> None:
    data = pdf(print_form(sample("form4a-2026-joint")), Status(kind=StatusKind.DRAFT))
    text = _text(poppler, data)
    pages = int(_tool(poppler, "pdfinfo", data).split("Pages:")[1].split()[0])
    assert text.count("DRAFT, not filed") == pages
    assert text.count("NOT FILED") == pages
    assert "NOT FILED" not in _text(poppler, pdf(print_form(sample("form4-2003-tax-withholding")), None))


def test_text_is_never_markup(poppler: Path) -> None:
    hostile = '#panic("x") $a$ *b* _c_ `d` [e] \\ #read("/etc/passwd") <f> @g // h'
    text = _text(poppler, pdf(_form(hostile), None))
    assert all(word in text for word in hostile.split())


def test_control_and_direction_characters_are_shown(poppler: Path) -> None:
    text = _text(poppler, pdf(_form("a\u202eb\x1bc\ud800"), None))
    assert r"a\u202eb\x1bc\ud800" in text


def test_a_character_that_no_font_has_is_shown_as_its_escape(poppler: Path) -> None:
    text = _text(poppler, pdf(_form("王 \U0001f600 é"), None))
    assert r"\u738b" in text
    assert "é" in _text(poppler, pdf(_form("é"), None))


def test_the_same_report_gives_the_same_bytes(sample: Sample) -> None:
    form = print_form(sample("form5-2026-late"))
    first = pdf(form, None)
    time.sleep(1.1)
    assert pdf(form, None) == first


def test_columns_on_paper_have_room_for_their_longest_word() -> None:
    sheet = layout("4", Look.Y2003)
    row = tuple(PrintedCell("112,139,108.25" if column.key == "owned" else "") for column in sheet.table1.columns)
    plain = paper_widths(PrintedTable(layout=sheet.table1))
    wide = paper_widths(PrintedTable(layout=sheet.table1, rows=(row,)))
    assert wide[8] > plain[8]
    assert sum(wide) == pytest.approx(100)


def test_without_typst_the_error_names_the_line_that_brings_it(monkeypatch: pytest.MonkeyPatch, sample: Sample) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf_module._compiler.cache_clear()  # noqa: SLF001 - another test may have loaded it
    try:
        with pytest.raises(MissingExtraError, match=r"pip install 'section16\[pdf\]'"):
            pdf(print_form(sample("form5-2026-late")), None)
    finally:
        pdf_module._compiler.cache_clear()  # noqa: SLF001
