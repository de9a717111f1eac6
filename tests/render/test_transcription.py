"""From printed form to document: marks beside codes, amounts, places, and what is said about the rest."""

from __future__ import annotations

import msgspec
import pytest

from section16.form.edition import Look
from section16.form.rows import DerivativeTransaction, NonDerivativeTransaction
from section16.render.columns import FORM_4_TABLE_I, FORM_4_TABLE_II, FORM_5_TABLE_I, FORM_5_TABLE_II
from section16.render.layouts import layout
from section16.render.picture import PictureNote
from section16.render.printed import (
    PrintedCell,
    PrintedFootnote,
    PrintedForm,
    PrintedIssuer,
    PrintedOwner,
    PrintedTable,
    TableLayout,
)
from section16.render.transcribed_rows import (
    derivative_row,
    footnote_id,
    non_derivative_row,
    read_printed_date,
    read_printed_number,
)
from section16.render.transcription import transcribe


def cells(table: TableLayout, **filled: PrintedCell) -> tuple[PrintedCell, ...]:
    return tuple(filled.get(column.key, PrintedCell()) for column in table.columns)


def blank(form: str = "4", look: Look = Look.Y2003) -> PrintedForm:
    sheet = layout(form, look)
    return PrintedForm(
        layout=sheet,
        name=sheet.name,
        table1=PrintedTable(layout=sheet.table1),
        table2=PrintedTable(layout=sheet.table2),
    )


@pytest.mark.parametrize(
    ("text", "code", "form_type", "swap", "timeliness"),
    [
        ("F", "F", "5", "0", None),
        ("P4", "P", "4", "0", None),
        ("G5", "G", "5", "0", "L"),
        ("J/K", "J", "5", "1", None),
        ("S/K4", "S", "4", "1", None),
    ],
)
def test_on_form_5_the_digit_after_the_code_tells_what_came_late(
    text: str, code: str, form_type: str, swap: str, timeliness: str | None
) -> None:
    row = non_derivative_row(cells(FORM_5_TABLE_I, code=PrintedCell(text, notes=("1",))), FORM_5_TABLE_I, "5")
    assert isinstance(row, NonDerivativeTransaction)
    assert row.coding is not None
    assert row.coding.equity_swap is not None
    assert (row.coding.code, row.coding.form_type, row.coding.equity_swap.text) == (code, form_type, swap)
    assert row.coding.footnotes == ("F1",)
    assert (row.timeliness.text if row.timeliness else None) == timeliness


@pytest.mark.parametrize(("early", "form_type"), [("", "4"), ("V", "5")])
def test_on_form_4_a_v_tells_a_form_5_transaction(early: str, form_type: str) -> None:
    row = cells(FORM_4_TABLE_I, code=PrintedCell("G"), early=PrintedCell(early, notes=("2",)))
    read = non_derivative_row(row, FORM_4_TABLE_I, "4")
    assert isinstance(read, NonDerivativeTransaction)
    assert read.coding is not None
    assert read.coding.form_type == form_type
    assert read.timeliness is not None
    assert (read.timeliness.text, read.timeliness.footnotes) == (None, ("F2",))


def test_an_odd_code_stays_as_it_is() -> None:
    row = non_derivative_row(cells(FORM_4_TABLE_I, code=PrintedCell("S 4")), FORM_4_TABLE_I, "4")
    assert row.coding is not None
    assert row.coding.code == "S 4"


def test_a_line_without_date_code_and_amount_is_a_holding() -> None:
    held = {"title": PrintedCell("Stock"), "owned": PrintedCell("5,000"), "ownership": PrintedCell("D")}
    assert non_derivative_row(cells(FORM_4_TABLE_I, **held), FORM_4_TABLE_I, "4").kind == "holding"
    assert derivative_row(cells(FORM_5_TABLE_II, **held), FORM_5_TABLE_II, "5").kind == "holding"
    for key in ("date", "code", "amount", "acquired_disposed", "price"):
        row = cells(
            FORM_4_TABLE_I, **held, **{key: PrintedCell("", notes=("1",)) if key != "code" else PrintedCell("P")}
        )
        assert non_derivative_row(row, FORM_4_TABLE_I, "4").kind == "transaction"


def test_a_3_alone_in_the_code_column_is_a_late_holding() -> None:
    row = non_derivative_row(cells(FORM_5_TABLE_I, code=PrintedCell("3", notes=("4",))), FORM_5_TABLE_I, "5")
    assert row.kind == "holding"
    assert row.coding is not None
    assert (row.coding.form_type, row.coding.code, row.coding.footnotes) == ("3", None, ("F4",))


@pytest.mark.parametrize(
    ("filled", "shares", "value", "direction"),
    [
        ({"acquired": PrintedCell("1,000")}, "1000", None, "A"),
        ({"disposed": PrintedCell("1,000.5")}, "1000.5", None, "D"),
        ({"disposed": PrintedCell("25,000", True)}, None, "25000", "D"),
        ({"acquired": PrintedCell("1,000 (?)")}, "1000", None, None),
        ({"acquired": PrintedCell("$5 (X)")}, None, "5", "X"),
        ({"acquired": PrintedCell("7; $10")}, "7", "10", "A"),
    ],
)
def test_the_column_of_an_amount_tells_its_direction(
    filled: dict[str, PrintedCell], shares: str | None, value: str | None, direction: str | None
) -> None:
    row = derivative_row(cells(FORM_4_TABLE_II, date=PrintedCell("09/01/2022"), **filled), FORM_4_TABLE_II, "4")
    assert isinstance(row, DerivativeTransaction)
    amounts = row.amounts
    assert amounts is not None
    assert (amounts.shares.text if amounts.shares else None) == shares
    assert (amounts.total_value.text if amounts.total_value else None) == value
    assert (amounts.acquired_disposed.text if amounts.acquired_disposed else None) == direction


@pytest.mark.parametrize(
    ("printed", "text", "readable"),
    [
        ("1,234.50", "1234.50", True),
        (".5", ".5", True),
        ("about 5", "about 5", False),
        ("1,2;3", "1,2;3", False),
        ("", "", False),
    ],
)
def test_thousands_separators_go_and_the_spelling_stays(printed: str, text: str, readable: bool) -> None:
    value, said = read_printed_number(printed)
    assert (said, value is not None) == (text, readable)


@pytest.mark.parametrize(
    ("printed", "text"),
    [("09/01/2022", "2022-09-01"), ("9/1/2022", "2022-09-01"), ("02/30/2022", "02/30/2022"), ("soon", "soon")],
)
def test_dates_become_iso_and_what_is_no_day_stays(printed: str, text: str) -> None:
    assert read_printed_date(printed)[1] == text


def test_marks_become_ids() -> None:
    assert [footnote_id(mark) for mark in ("1", "12", "FN", "")] == ["F1", "F12", "FN", ""]
    form = msgspec.structs.replace(blank(), footnotes=(PrintedFootnote("2", "two"), PrintedFootnote("", "none")))
    read = transcribe(form)[0].footnotes
    assert read is not None
    assert [note.id for note in read.rows] == ["F2", None]


@pytest.mark.parametrize(
    ("owner", "state", "non_us_state", "country", "flag"),
    [
        (PrintedOwner(state="CA"), "CA", None, None, None),
        (PrintedOwner(state="CA", country="UNITED STATES"), "CA", None, None, "0"),
        (PrintedOwner(state="TAIWAN", country="TAIWAN"), None, "TAIWAN", "F5", "1"),
        (PrintedOwner(state="SP", country="BRAZIL"), None, "SP", "D5", "1"),
        (PrintedOwner(country="ATLANTIS"), None, None, "ATLANTIS", "1"),
        (PrintedOwner(state="BAVARIA"), None, "BAVARIA", None, None),
    ],
)
def test_an_address_abroad_is_told_by_its_country(
    owner: PrintedOwner, state: str | None, non_us_state: str | None, country: str | None, flag: str | None
) -> None:
    form = msgspec.structs.replace(blank(look=Look.Y2026_03), owners=(owner,))
    address = transcribe(form)[0].reporting_owners[0].address
    assert address is not None
    said = address.non_us.text if address.non_us is not None else None
    assert (address.state, address.non_us_state, address.country, said) == (state, non_us_state, country, flag)


def test_what_the_picture_does_not_say_is_said() -> None:
    form = msgspec.structs.replace(
        blank(look=Look.Y2026_03),
        issuer=PrintedIssuer(name="A"),
        owners=(PrintedOwner(name="B", cik="0000000001"), PrintedOwner(name="C", country="ATLANTIS")),
    )
    assert [note.rule for note in transcribe(form)[1]] == [
        PictureNote.NOT_PRINTED,
        PictureNote.ISSUER_CIK,
        PictureNote.OWNER_CIK,
        PictureNote.COUNTRY,
        PictureNote.FURTHER_OWNERS,
    ]


def test_a_form_of_an_unknown_name_keeps_it() -> None:
    form = blank()
    assert transcribe(form)[0].document_type == "4"
    assert transcribe(msgspec.structs.replace(form, amendment_date="09/02/2022"))[0].document_type == "4/A"
    assert transcribe(msgspec.structs.replace(form, name="FORM 8"))[0].document_type == "8"
    assert transcribe(msgspec.structs.replace(form, name="FORM ?"))[0].document_type is None
