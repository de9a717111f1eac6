from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import check, read, write
from section16.compliance.fills import Fill, Position, draft, form_lines
from section16.compliance.fills.numbers import price_text, rounded
from section16.errors import UsageError
from section16.form.document import Issuer, OwnershipDocument, ReportingOwner, ReportingOwnerId
from section16.law import Calendar, Closing
from section16.reading import Filing, SourceKind

COMMON = Position(security="Common Stock", ownership="D")
SPOUSE = Position(security="Common Stock", ownership="I", nature="By Spouse")
MONDAY = date(2026, 3, 2)


def fill(price: str, shares: str = "100", day: date = MONDAY, side: str = "S", **more: object) -> Fill:
    facts: dict[str, object] = {"position": COMMON, **more}
    return Fill(traded=day, side=side, shares=Decimal(shares), price=Decimal(price), **facts)  # type: ignore[arg-type]


def test_balances_run_from_line_to_line_and_each_position_has_its_own() -> None:
    fills = [fill("10", "300"), fill("12", "200"), fill("11.5", "50", position=SPOUSE), fill("9", "10", side="P")]
    answer = form_lines(fills, {COMMON.key: Decimal(1000), SPOUSE.key: Decimal(80)})
    assert [(line.code, line.ownership, line.owned_before, line.owned_after) for line in answer.lines] == [
        ("P", "D", Decimal(1000), Decimal(1010)),
        ("S", "D", Decimal(1010), Decimal(710)),
        ("S", "D", Decimal(710), Decimal(510)),
        ("S", "I", Decimal(80), Decimal(30)),
    ]


def test_an_unknown_balance_stays_unknown_and_is_said() -> None:
    answer = form_lines([fill("10"), fill("10", position=SPOUSE)], {COMMON.key: Decimal(500)})
    assert [line.owned_after for line in answer.lines] == [400, None]
    assert [words for words in answer.warnings if "not known" in words] == [
        "what is owned before the first trade is not known: Common Stock (indirect, By Spouse); column 5 stays empty"
    ]


def test_a_balance_of_nothing_is_no_unknown_one() -> None:
    (line,) = form_lines([fill("10", side="P")], {COMMON.key: Decimal(0)}).lines
    assert (line.owned_before, line.owned_after) == (Decimal(0), Decimal(100))


def test_more_sold_than_owned_is_refused() -> None:
    with pytest.raises(UsageError, match="20 more than what is owned"):
        form_lines([fill("10")], {COMMON.key: Decimal(80)})


def test_the_footnote_gives_range_undertaking_and_addressees() -> None:
    (report,) = form_lines([fill("2556.63"), fill("2557.63")]).reports
    (note,) = report.footnotes
    for words in (
        "weighted average price",
        "sold in multiple transactions at prices ranging from $2,556.63 to $2,557.63, inclusive",
        "undertakes to provide to the issuer, any security holder of the issuer, or the staff of the Securities",
        "full information regarding the number of shares sold at each separate price",
    ):
        assert words in note.text
    assert report.lines[0].price_footnotes == (note.id,)


def test_one_price_is_no_average_and_needs_no_footnote() -> None:
    (report,) = form_lines([fill("14.5", "10"), fill("14.50", "20")]).reports
    assert report.footnotes == ()
    assert (report.lines[0].price, report.lines[0].fills, report.lines[0].price_rounded) == ("14.50", 2, False)


def test_a_plan_has_its_footnote_its_own_line_and_ticks_the_box() -> None:
    (report,) = form_lines([fill("10"), fill("10", plan_adopted=date(2025, 9, 5))]).reports
    (note,) = report.footnotes
    assert "Rule 10b5-1 trading plan adopted by the reporting person on September 5, 2025" in note.text
    assert [line.code_footnotes for line in report.lines] == [(), ("F1",)]
    assert report.plan_box
    box = draft(report).aff10b5_one
    assert box is not None
    assert box.text == "1"


def test_a_plan_older_than_the_conditions_does_not_tick_the_box() -> None:
    (report,) = form_lines([fill("10", plan_adopted=date(2023, 2, 26))]).reports
    assert not report.plan_box
    assert draft(report).aff10b5_one is None


@pytest.mark.parametrize(("lines", "reports"), [(30, [30]), (31, [30, 1]), (60, [30, 30]), (61, [30, 30, 1])])
def test_past_thirty_lines_another_report_begins_and_carries_the_balance(lines: int, reports: list[int]) -> None:
    answer = form_lines([fill(str(10 + 2 * number)) for number in range(lines)], {COMMON.key: Decimal(10_000)})
    assert [len(report.lines) for report in answer.reports] == reports
    assert [line.line for report in answer.reports for line in report.lines] == [
        place for count in reports for place in range(1, count + 1)
    ]
    assert [line.owned_after for line in answer.lines] == [10_000 - 100 * (number + 1) for number in range(lines)]
    said = [report.remarks for report in answer.reports]
    several = len(reports) > 1
    assert said == [
        f"This is Form {n} of {len(reports)} filed for these transactions." if several else None
        for n in range(1, len(reports) + 1)
    ]


def test_footnotes_are_numbered_anew_in_each_report() -> None:
    fills = [fill(str(10 + 2 * number + extra)) for number in range(31) for extra in (0, 1)]
    answer = form_lines(fills)
    assert [(len(report.footnotes), report.footnotes[0].id) for report in answer.reports] == [(30, "F1"), (1, "F1")]


def test_a_report_is_due_for_its_earliest_trade_and_says_when_that_is_too_early_for_others() -> None:
    fills = [fill("10"), fill("10", day=MONDAY + timedelta(days=4))]
    (report,) = form_lines(fills).reports
    assert (report.period_of_report, report.due, report.last_due) == (MONDAY, date(2026, 3, 4), date(2026, 3, 10))
    assert any("holds trades of 2026-03-06 and later" in words for words in form_lines(fills).warnings)
    assert [one.due for one in form_lines(fills, each_day=True).reports] == [date(2026, 3, 4), date(2026, 3, 10)]


def test_trades_on_a_saturday_are_doubted() -> None:
    assert any("Saturday" in words for words in form_lines([fill("10", day=date(2026, 3, 7))]).warnings)


@pytest.mark.parametrize(
    ("number", "decimals", "kept"),
    [("1.00005", 4, "1.0001"), ("1.00004999", 4, "1.0000"), ("14.295", 2, "14.30"), ("0.5", 4, "0.5000")],
)
def test_numbers_are_rounded_half_up(number: str, decimals: int, kept: str) -> None:
    assert str(rounded(Decimal(number), decimals)) == kept


@pytest.mark.parametrize(
    ("price", "text"), [("14", "14.00"), ("14.5000", "14.50"), ("14.5025", "14.5025"), ("100", "100.00")]
)
def test_prices_have_two_decimals_or_more(price: str, text: str) -> None:
    assert price_text(Decimal(price)) == text


def test_a_draft_survives_writing_and_its_lines_have_no_faults() -> None:
    fills = [
        fill("14.01", "1000"),
        fill("14.50", "500"),
        fill("15.02", "0.5"),
        fill("9", "10", side="P", position=SPOUSE),
    ]
    answer = form_lines(fills, {COMMON.key: Decimal(24059), SPOUSE.key: Decimal(0)})
    document = draft(answer.reports[0])
    for form in ("json", "xml"):
        assert read(write(Filing(document=document, kind=SourceKind.JSON), form)).document == document
    found = check(read(write(Filing(document=document, kind=SourceKind.JSON), "xml")), as_="disseminated")
    assert [one.rule for one in found if "Table I" in one.where and one.rule != "L-32"] == []


def test_a_draft_has_issuer_and_person_of_an_earlier_report_but_no_confirmation_code() -> None:
    owner = ReportingOwner(id=ReportingOwnerId(cik="0009990002", ccc="abcd#123", name="MERROW ADA T"))
    like = OwnershipDocument(issuer=Issuer(cik="0009990001"), reporting_owners=(owner,))
    document = draft(form_lines([fill("10")]).reports[0], like)
    assert document.issuer == like.issuer
    assert document.reporting_owners == (ReportingOwner(id=ReportingOwnerId(cik="0009990002", name="MERROW ADA T")),)


def test_closings_that_were_added_move_the_due_day() -> None:
    closing = Closing(day=date(2026, 3, 3), why="a closing", cites="a notice")
    (report,) = form_lines([fill("10")], calendar=Calendar([closing])).reports
    assert report.due == date(2026, 3, 5)


SOME = st.lists(
    st.builds(
        lambda cents, shares, side, day: fill(
            str(Decimal(cents).scaleb(-2)), str(shares), MONDAY + timedelta(days=day), side
        ),
        st.integers(1000, 9000),
        st.integers(1, 1000),
        st.sampled_from("PS"),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=60,
)


@given(SOME)
def test_the_last_balance_is_the_first_with_all_fills(fills: list[Fill]) -> None:
    answer = form_lines(fills, {COMMON.key: Decimal(1_000_000)})
    change = sum((one.shares if one.side == "P" else -one.shares for one in fills), Decimal(0))
    assert answer.lines[-1].owned_after == 1_000_000 + change
    assert sum(line.fills for line in answer.lines) == len(fills) == answer.fills
    for line in answer.lines:
        half_a_unit = Decimal("0.00005")
        assert Decimal(line.low) - half_a_unit <= Decimal(line.price) <= Decimal(line.high) + half_a_unit
