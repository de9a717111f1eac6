"""The form on a terminal: complete, inside the window, and deaf to what a filing says to the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.folding import columns_of, fold
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
    TableLayout,
)
from section16.render.status import Status, StatusKind
from section16.render.terminal_text import FormView, terminal_text
from section16.render.visible import one_line

Sample = Callable[[str], OwnershipDocument]
WIDTHS = (40, 80, 120, 200)
NAMES = ("form3-2026-derivative", "form4a-2026-joint", "form5-2026-late", "form4-2003-first-edition")

_words = st.text(st.characters(max_codepoint=0x2FFF), max_size=30)
_texts = st.lists(_words, max_size=8).map(" ".join)
_marks = st.lists(st.integers(1, 99).map(str), max_size=3).map(tuple)
_cells = st.builds(PrintedCell, _texts, st.booleans(), _marks) | st.just(PrintedCell())


def _table(table: TableLayout) -> st.SearchStrategy[PrintedTable]:
    row = st.tuples(*[_cells] * len(table.columns))
    return st.builds(PrintedTable, layout=st.just(table), rows=st.lists(row, max_size=4).map(tuple))


@st.composite
def _forms(draw: st.DrawFn) -> PrintedForm:
    sheet = layout(draw(st.sampled_from("345")), draw(st.sampled_from(list(Look))))
    relationship = st.builds(PrintedRelationship, officer_title=_texts, other_text=_texts)
    owner = st.builds(PrintedOwner, name=_texts, street1=_texts, city=_texts, relationship=relationship)
    return PrintedForm(
        layout=sheet,
        name=sheet.name,
        owners=tuple(draw(st.lists(owner, max_size=3))),
        issuer=draw(st.builds(PrintedIssuer, name=_texts, symbol=_texts)),
        table1=draw(_table(sheet.table1)),
        table2=draw(_table(sheet.table2)),
        footnotes=tuple(draw(st.lists(st.builds(PrintedFootnote, st.just("1"), _texts), max_size=3))),
        remarks=draw(_texts | st.none()),
        signatures=tuple(draw(st.lists(st.builds(PrintedSignature, _texts, _texts), max_size=2))),
    )


def _filled_in(form: PrintedForm) -> list[str]:
    """Everything that a filing has put on the form."""
    cells = [cell for table in (form.table1, form.table2) for row in table.rows for cell in row]
    relationship = form.owners[0].relationship if form.owners else PrintedRelationship()
    return [
        *(cell.text for cell in cells),
        *(f"({note})" for cell in cells for note in cell.notes),
        *(text for owner in form.owners for text in (owner.name, owner.street1, owner.city)),
        relationship.officer_title,
        relationship.other_text,
        form.issuer.name,
        form.issuer.symbol,
        *(note.text for note in form.footnotes),
        form.remarks or "",
        *(text for one in form.signatures for text in (one.name, one.date)),
    ]


@given(form=_forms(), width=st.sampled_from(WIDTHS))
def test_every_word_is_there_and_no_line_is_wider_than_the_window(form: PrintedForm, width: int) -> None:
    text = terminal_text(form, width)
    assert all(columns_of(line) <= width for line in text.splitlines())
    together = text.replace("\n", "").replace(" ", "")
    for filled in _filled_in(form):
        for word in filter(None, one_line(filled).split(" ")):
            if columns_of(word) <= width - 12:
                assert word in text
            else:
                assert word[:20] in together


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_real_form_is_whole_at_every_width(name: str, width: int, sample: Sample) -> None:
    form = print_form(sample(name))
    text = terminal_text(form, width)
    for filled in _filled_in(form):
        assert all(word in text for word in one_line(filled).split(" "))
    assert max(map(len, text.splitlines())) <= width


def test_columns_that_are_empty_in_every_line_are_named(sample: Sample) -> None:
    text = terminal_text(print_form(sample("form4-2003-tax-withholding")), 80)
    assert "Empty in every line: 2A. Deemed Date, 3. V, 7. Nature of Indirect Ownership." in text
    assert "(no lines)" in text


def test_lines_that_are_empty_altogether_are_counted() -> None:
    sheet = layout("4", Look.Y2003)
    table = PrintedTable(layout=sheet.table1, rows=((PrintedCell(),) * 11,) * 2)
    form = PrintedForm(layout=sheet, name="FORM 4", table1=table, table2=PrintedTable(layout=sheet.table2))
    assert terminal_text(form, 80).count("(an empty line)\n") == 2


def test_columns_without_room_stand_below_their_line(sample: Sample) -> None:
    text = terminal_text(print_form(sample("form4a-2026-joint")), 80)
    assert "    6. Direct or Indirect: I; 7. Nature of Indirect Ownership: By trust (3)\n" in text


def test_a_narrow_terminal_gets_a_list(sample: Sample) -> None:
    text = terminal_text(print_form(sample("form4a-2026-joint")), 40)
    assert "Line 2\n  1. Title: Common Stock\n  2. Transaction Date: 04/14/2026\n" in text
    assert "  3. Code: S (1)\n" in text


def test_a_terminal_narrower_than_any_gets_twenty_columns(sample: Sample) -> None:
    assert terminal_text(print_form(sample("form5-2026-late")), 1) == terminal_text(
        print_form(sample("form5-2026-late")), 20
    )


def test_boxes_are_marked_in_plain_characters(sample: Sample) -> None:
    text = terminal_text(print_form(sample("form4a-2026-joint")), 100)
    assert "[ ] Check this box if no longer subject" in text
    assert "[X] Check this box to indicate that a transaction" in text
    assert "[X] Form filed by More" in text
    assert text.isascii()


def test_a_filing_cannot_command_the_terminal() -> None:
    sheet = layout("4", Look.Y2003)
    hostile = "\x1b]0;owned\x07\x9b31m\u202e\u2066evil\u200b\r\x08"
    cell = PrintedCell(hostile)
    form = PrintedForm(
        layout=sheet,
        name="FORM 4",
        table1=PrintedTable(layout=sheet.table1, rows=((cell,) * 11,)),
        table2=PrintedTable(layout=sheet.table2),
        owners=(PrintedOwner(name=hostile),),
        remarks=hostile,
    )
    for text in (
        terminal_text(form, 80),
        terminal_text(form, 120, status=Status(kind=StatusKind.COPY, source=hostile)),
    ):
        assert set(text) - set("\n") == {character for character in text if character.isprintable()}
        assert r"\x1b]0;owned\x07\x9b31m\u202e\u2066evil\u200b" in text


def test_colour_is_only_added_and_taken_away_leaves_the_plain_text(sample: Sample) -> None:
    form = print_form(sample("form4a-2026-joint"))
    status = Status(kind=StatusKind.DRAFT)
    coloured = terminal_text(form, 100, color=True, status=status)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == terminal_text(form, 100, status=status)


def test_what_it_is_stands_first() -> None:
    sheet = layout("3", Look.Y2003)
    empty = (PrintedTable(layout=sheet.table1), PrintedTable(layout=sheet.table2))
    form = PrintedForm(layout=sheet, name="FORM 3", table1=empty[0], table2=empty[1])
    assert terminal_text(form, 80, status=Status(kind=StatusKind.DRAFT)).startswith("DRAFT, not filed\n\nFORM 3\n")
    assert terminal_text(form, 80).startswith("FORM 3\n")


def test_rich_prints_it_as_wide_as_the_console(sample: Sample) -> None:
    form = print_form(sample("form5-2026-late"))
    for terminal in (False, True):
        out = io.StringIO()
        console = Console(file=out, width=90, force_terminal=terminal, color_system="standard" if terminal else None)
        console.print(FormView(form))
        plain = re.sub(r"\x1b\[[\d;]*m", "", out.getvalue())
        assert [line.rstrip() for line in plain.splitlines()] == terminal_text(form, 90).splitlines()
        assert ("\x1b[" in out.getvalue()) is terminal


@given(text=st.text(max_size=80), width=st.integers(8, 60), indent=st.integers(0, 3), hanging=st.integers(0, 3))
def test_folding_keeps_every_character_and_the_width(text: str, width: int, indent: int, hanging: int) -> None:
    lines = fold(text, width, indent=indent, hanging=hanging)
    assert all(columns_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == one_line(text).replace(" ", "")
