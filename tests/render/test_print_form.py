"""From document to printed form: what stands in which box and cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.render.print_form import print_form
from section16.render.printed import PrintedCell, PrintedFootnote, PrintedForm

Report = Callable[..., OwnershipDocument]
EMPTY = PrintedCell()


def _table(rows: str, number: str = "I") -> str:
    name = "nonDerivativeTable" if number == "I" else "derivativeTable"
    return f"<{name}>{rows}</{name}>"


def _transaction(inner: str, number: str = "I") -> str:
    name = "nonDerivativeTransaction" if number == "I" else "derivativeTransaction"
    return _table(f"<{name}>{inner}</{name}>", number)


def _cell(printed: PrintedForm, key: str, number: str = "I", row: int = 0) -> PrintedCell:
    table = printed.table1 if number == "I" else printed.table2
    keys = [column.key for column in table.layout.columns]
    return table.rows[row][keys.index(key)]


def _coding(form_type: str, code: str = "G", swap: str = "0", notes: str = "") -> str:
    return (
        f"<transactionCoding><transactionFormType>{form_type}</transactionFormType>"
        f"<transactionCode>{code}</transactionCode><equitySwapInvolved>{swap}</equitySwapInvolved>{notes}"
        "</transactionCoding>"
    )


@pytest.mark.parametrize(
    ("filed", "printed"),
    [
        ("757756", "757,756"),
        ("5381.20", "5,381.2"),
        ("106150.00", "106,150"),
        ("0.00", "0"),
        (".5", "0.5"),
        ("100", "100"),
        ("1000000000000", "1,000,000,000,000"),
        (" 12.5 ", "12.5"),
        ("0100", "100"),
        ("1e5", "1e5"),
        ("-5", "-5"),
        ("see note", "see note"),
    ],
)
def test_a_number_has_separators_and_no_trailing_zeros_and_anything_else_stands_as_filed(
    filed: str,
    printed: str,
    report: Report,
) -> None:
    body = _transaction(
        f"<transactionAmounts><transactionShares><value>{filed}</value></transactionShares></transactionAmounts>",
    )
    assert _cell(print_form(report(body)), "amount") == PrintedCell(printed)


@pytest.mark.parametrize(
    ("filed", "printed"),
    [
        ("2022-09-01", "09/01/2022"),
        ("2022-09-01-05:00", "09/01/2022"),
        ("2022-09-01Z", "09/01/2022"),
        ("2022-02-30", "2022-02-30"),
        ("soon", "soon"),
        ("0022-09-01", "09/01/0022"),
    ],
)
def test_a_date_is_turned_and_loses_its_zone(filed: str, printed: str, report: Report) -> None:
    body = _transaction(f"<transactionDate><value>{filed}</value></transactionDate>")
    assert _cell(print_form(report(body)), "date") == PrintedCell(printed)
    assert print_form(report(f"<dateOfOriginalSubmission>{filed}</dateOfOriginalSubmission>")).amendment_date == printed


def test_a_price_has_a_dollar_sign_but_a_footnote_alone_has_none(report: Report) -> None:
    priced = "<transactionPricePerShare><value>0</value><footnoteId id='F2'/></transactionPricePerShare>"
    noted = "<transactionPricePerShare><footnoteId id='F2'/><footnoteId id='F10'/></transactionPricePerShare>"
    for xml, cell in (
        (priced, PrintedCell("0", dollar=True, notes=("2",))),
        (noted, PrintedCell("", notes=("2", "10"))),
        ("<transactionPricePerShare><value>N/A</value></transactionPricePerShare>", PrintedCell("N/A")),
    ):
        printed = print_form(report(_transaction(f"<transactionAmounts>{xml}</transactionAmounts>")))
        assert _cell(printed, "price") == cell


def test_the_price_of_the_first_edition_stands_in_the_price_column(sample: Callable[[str], OwnershipDocument]) -> None:
    printed = print_form(sample("form4-2003-first-edition"))
    assert printed.look is Look.Y2003
    assert _cell(printed, "price") == PrintedCell("21.35", dollar=True, notes=("1",))
    assert _cell(printed, "date") == PrintedCell("06/10/2003")


def test_v_marks_a_form_5_matter_reported_early_on_form_4_with_the_footnotes_of_its_timeliness(report: Report) -> None:
    timeliness = "<transactionTimeliness><value>E</value><footnoteId id='F3'/></transactionTimeliness>"
    early = print_form(report(_transaction(_coding("5", notes="<footnoteId id='F1'/>") + timeliness)))
    assert _cell(early, "code") == PrintedCell("G", notes=("1",))
    assert _cell(early, "early") == PrintedCell("V", notes=("3",))
    assert _cell(print_form(report(_transaction(_coding("4")))), "early") == EMPTY


@pytest.mark.parametrize("flag", ["1", "true"])
def test_k_marks_an_equity_swap(flag: str, report: Report) -> None:
    for form in ("4", "5"):
        printed = print_form(report(_transaction(_coding(form, code="J", swap=flag), "II"), form=form))
        assert _cell(printed, "code", "II") == PrintedCell("J/K")


@pytest.mark.parametrize(
    ("form_type", "timeliness", "printed"),
    [("4", "", "P4"), ("4", "L", "P4"), ("5", "L", "P5"), ("5", "", "P"), ("5", "\n L \n", "P5")],
)
def test_form_5_marks_what_came_late(form_type: str, timeliness: str, printed: str, report: Report) -> None:
    late = f"<transactionTimeliness><value>{timeliness}</value></transactionTimeliness>"
    for number in ("I", "II"):
        form = print_form(report(_transaction(_coding(form_type, code="P") + late, number), form="5"))
        assert _cell(form, "code", number) == PrintedCell(printed)


def test_form_5_marks_a_late_form_3_holding(report: Report) -> None:
    holding = (
        "<nonDerivativeHolding><transactionCoding><transactionFormType>3</transactionFormType>"
        "<footnoteId id='F4'/></transactionCoding></nonDerivativeHolding>"
    )
    printed = print_form(report(_table(holding), form="5"))
    assert _cell(printed, "code") == PrintedCell("3", notes=("4",))


@pytest.mark.parametrize(
    ("direction", "acquired", "disposed"),
    [
        ("<value>A</value>", "1,000", ""),
        ("<value>D</value>", "", "1,000"),
        ("<value> D </value>", "", "1,000"),
        ("<value>X</value>", "1,000 (X)", ""),
        ("", "1,000 (?)", ""),
    ],
)
def test_an_amount_of_table_ii_stands_in_the_column_of_its_code_and_is_never_lost(
    direction: str,
    acquired: str,
    disposed: str,
    report: Report,
) -> None:
    amounts = (
        "<transactionAmounts><transactionShares><value>1000</value></transactionShares>"
        f"<transactionAcquiredDisposedCode>{direction}</transactionAcquiredDisposedCode></transactionAmounts>"
    )
    printed = print_form(report(_transaction(amounts, "II")))
    assert (_cell(printed, "acquired", "II").text, _cell(printed, "disposed", "II").text) == (acquired, disposed)


def test_footnotes_of_the_code_of_table_ii_follow_the_amount(report: Report) -> None:
    amounts = (
        "<transactionAmounts><transactionTotalValue><value>5.50</value><footnoteId id='F1'/></transactionTotalValue>"
        "<transactionAcquiredDisposedCode><value>D</value><footnoteId id='F2'/></transactionAcquiredDisposedCode>"
        "</transactionAmounts>"
    )
    printed = print_form(report(_transaction(amounts, "II")))
    assert _cell(printed, "disposed", "II") == PrintedCell("5.5", dollar=True, notes=("1", "2"))


def test_where_shares_and_value_both_stand_both_are_printed(report: Report) -> None:
    owned = (
        "<postTransactionAmounts><sharesOwnedFollowingTransaction><value>10</value><footnoteId id='F1'/>"
        "</sharesOwnedFollowingTransaction><valueOwnedFollowingTransaction><value>20000</value>"
        "</valueOwnedFollowingTransaction></postTransactionAmounts>"
    )
    assert _cell(print_form(report(_transaction(owned))), "owned") == PrintedCell("10; $20,000", notes=("1",))


def test_a_form_3_that_holds_transactions_is_printed_in_the_columns_of_form_4(report: Report) -> None:
    printed = print_form(report(_transaction(_coding("4", code="P")), form="3"))
    assert printed.form == "3"
    assert _cell(printed, "code") == PrintedCell("P")
    assert len(printed.table1.layout.columns) == 11
    assert len(printed.table2.layout.columns) == 8


def test_boxes_are_none_where_the_look_has_none_and_unmarked_where_nothing_is_said(report: Report) -> None:
    document = report("<notSubjectToSection16>true</notSubjectToSection16><aff10b5One>1</aff10b5One>")
    marked = print_form(document, Look.Y2023_07)
    assert (marked.exit_box, marked.plan, marked.form3_holdings, marked.form4_transactions) == (True, True, None, None)
    assert print_form(document, Look.Y2003).plan is None
    five = print_form(report("<form3HoldingsReported>0</form3HoldingsReported>", form="5"))
    assert (five.exit_box, five.form3_holdings, five.form4_transactions) == (False, False, False)
    assert print_form(report(form="3")).exit_box is None


def test_remarks_tell_absent_from_empty(report: Report) -> None:
    assert print_form(report()).remarks is None
    assert print_form(report("<remarks/>")).remarks == ""
    assert print_form(report("<remarks> 1 of 2 </remarks>")).remarks == "1 of 2"


def test_footnote_marks_are_ids_without_their_letter_and_odd_ids_stand_as_they_are(report: Report) -> None:
    notes = (
        "<footnotes><footnote id='F1'> one </footnote><footnote id='note'>two</footnote>"
        "<footnote>three</footnote></footnotes>"
    )
    printed = print_form(report(notes))
    assert printed.footnotes == (
        PrintedFootnote("1", "one"),
        PrintedFootnote("note", "two"),
        PrintedFootnote("", "three"),
    )


def test_owners_keep_their_order_and_more_than_one_make_a_joint_filing(
    sample: Callable[[str], OwnershipDocument],
) -> None:
    printed = print_form(sample("form4a-2026-joint"))
    assert printed.joint
    assert [owner.cik for owner in printed.owners] == ["2", "3"]
    assert printed.owners[0].relationship.officer_title == "Chief Executive Officer"
    assert printed.owners[1].relationship.ten_percent
    assert not print_form(sample("form5-2026-late")).joint


def test_an_address_outside_the_united_states_shows_territory_and_country(
    sample: Callable[[str], OwnershipDocument],
) -> None:
    document = sample("form4a-2026-joint")
    owner = print_form(document).owners[0]
    assert (owner.state, owner.country, owner.country_code) == ("ONTARIO", "ONTARIO, CANADA", "A6")
    old = print_form(document, Look.Y2003).owners[0]
    assert (old.state, old.country) == ("ONTARIO A6", "")


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("<rptOwnerNonUSAddressFlag>0</rptOwnerNonUSAddressFlag>", "UNITED STATES"),
        ("<rptOwnerNonUSAddressFlag>false</rptOwnerNonUSAddressFlag>", "UNITED STATES"),
        ("<rptOwnerNonUSAddressFlag>1</rptOwnerNonUSAddressFlag>", ""),
        ("<rptOwnerCity>BERN</rptOwnerCity>", ""),
        ("<rptOwnerCountry>??</rptOwnerCountry>", "??"),
    ],
)
def test_the_country_is_the_united_states_only_where_the_document_says_so(
    address: str,
    country: str,
    report: Report,
) -> None:
    body = f"<reportingOwner><reportingOwnerAddress>{address}</reportingOwnerAddress></reportingOwner>"
    assert print_form(report(body), Look.Y2026_03).owners[0].country == country


def test_a_cik_that_is_no_number_is_not_printed(report: Report) -> None:
    for cik, printed in (("0001295032", "0001295032"), ("1'onclick=", ""), ("１２", ""), ("12345678901", "")):  # noqa: RUF001
        issuer = print_form(report(f"<issuer><issuerCik>{cik}</issuerCik></issuer>")).issuer
        assert issuer.cik == printed


def test_no_securities_is_said_on_form_3_only_and_only_if_the_document_does(report: Report) -> None:
    said = "<noSecuritiesOwned>1</noSecuritiesOwned>"
    assert print_form(report(said, form="3")).no_securities_owned
    assert not print_form(report(form="3")).no_securities_owned
    assert not print_form(report(said, form="4")).no_securities_owned


def test_a_form_3_of_the_first_edition_keeps_its_four_columns(report: Report) -> None:
    owned = "<sharesOwnedFollowingTransaction><value>55</value></sharesOwnedFollowingTransaction>"
    row = f"<nonDerivativeSecurity><postTransactionAmounts>{owned}</postTransactionAmounts></nonDerivativeSecurity>"
    printed = print_form(report(row, "3"))
    assert len(printed.table1.layout.columns) == 4
    assert _cell(printed, "owned") == PrintedCell("55")
