"""The form as a tagged PDF."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.layouts import layout
from section16.render.paper_widths import paper_widths
from section16.render.pdf import pdf
from section16.render.print_form import print_form
from section16.render.printed import PrintedCell, PrintedForm, PrintedOwner, PrintedTable
from section16.render.status import Status, StatusKind, status_of

Sample = Callable[[str], OwnershipDocument]


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
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


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
    pages = _tool(poppler, "pdftotext", data, "-raw").rstrip("\f").split("\f")
    with_lines = [page for page in pages if "x x x" in " ".join(page.split())]
    assert len(with_lines) > 2
    for page in with_lines:
        assert "1. Title of Security (Instr. 3)" in page
        assert "Amount" in page
    assert all("ARCHIVE COPY, source: archive" in page for page in pages)


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


def test_threads_draw_at_the_same_time(sample: Sample) -> None:
    form = print_form(sample("form4a-2026-joint"))
    with ThreadPoolExecutor(3) as threads:
        drawn = list(threads.map(lambda _: pdf(form, None), range(9)))
    assert set(drawn) == {pdf(form, None)}
