from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from section16.compliance.fiscal_year import fiscal_year
from section16.compliance.year_end import PersonYearEnd, YearEnd, year_end
from section16.compliance.year_end_candidates import Candidate
from section16.compliance.year_end_events import Event, read_events
from section16.compliance.year_end_statement import no_form_5_statement
from section16.errors import SourceError
from section16.reading import Filing

Make = Callable[..., Any]
YEAR = fiscal_year(2025)


def event(day: str, code: str, direction: str | None = "A", shares: str = "50", **more: object) -> Event:
    facts: dict[str, Any] = {"cik": "9990002", "direction": direction, "shares": Decimal(shares), **more}
    return Event(day=date.fromisoformat(day), code=code, **facts)


def owed(*events: Event, filings: tuple[Filing, ...] = ()) -> PersonYearEnd:
    (person,) = year_end(filings, YEAR, events).persons
    return person


def candidate(*events: Event, filings: tuple[Filing, ...] = ()) -> Candidate:
    (one,) = owed(*events, filings=filings).candidates
    return one


@pytest.mark.parametrize("code", ["G", "W", "Z"])
def test_exempt_acquisitions_stand_on_form_5(code: str) -> None:
    one = candidate(event("2025-05-05", code))
    assert (one.missed, one.certain, one.earlier_year) == (False, True, False)
    assert "due on Form 5" in one.why


def test_a_gift_given_was_due_on_form_4_since_february_2023() -> None:
    one = candidate(event("2025-05-05", "G", "D"))
    assert (one.missed, one.was_due) == (True, date(2025, 5, 7))
    before = candidate(event("2023-02-24", "G", "D"))
    assert (before.missed, before.was_due, before.earlier_year) == (True, None, True)


def test_a_missed_sale_is_a_candidate_with_the_day_it_was_due() -> None:
    one = candidate(event("2025-05-05", "S", "D"))
    assert (one.missed, one.was_due) == (True, date(2025, 5, 7))
    assert "report it at once" in one.why


def test_older_misses_are_not_dropped() -> None:
    one = candidate(event("2019-05-06", "S", "D"))
    assert (one.missed, one.earlier_year) == (True, True)


def test_what_any_report_has_even_late_need_not_stand_on_form_5(filing: Make, line: Make) -> None:
    late = filing(line("2025-05-05", "S", "50"), filed="2025-08-01")
    person = owed(event("2025-05-05", "S", "D"), filings=(late,))
    assert (person.form_5, person.candidates) == ("none found", ())
    assert [(one.accession, one.place) for one in person.reported] == [("0009990001-25-000001", "Table I line 1")]


def test_each_line_reports_one_event(filing: Make, line: Make) -> None:
    once = filing(line("2025-05-05", "S", "50"), filed="2025-05-07")
    person = owed(event("2025-05-05", "S", "D"), event("2025-05-05", "S", "D"), filings=(once,))
    assert (len(person.reported), len(person.candidates)) == (1, 1)


def test_another_amount_is_another_event(filing: Make, line: Make) -> None:
    other = filing(line("2025-05-05", "S", "60"), filed="2025-05-07")
    assert candidate(event("2025-05-05", "S", "D"), filings=(other,)).missed


def test_a_small_acquisition_waits_for_form_5() -> None:
    one = candidate(event("2025-05-05", "L", price=Decimal(100)))
    assert (one.missed, one.certain) == (False, True)
    assert "$5,000 in six months" in one.why


def test_small_acquisitions_over_ten_thousand_together_were_due_on_form_4() -> None:
    both = owed(event("2025-05-05", "L", price=Decimal(120)), event("2025-07-07", "L", price=Decimal(120)))
    assert [(one.missed, one.was_due) for one in both.candidates] == [(True, date(2025, 7, 9))] * 2


def test_a_sale_within_six_months_ends_the_waiting(filing: Make, line: Make) -> None:
    sale = filing(line("2025-08-04", "S", "10"), filed="2025-08-06")
    one = candidate(event("2025-05-05", "L", price=Decimal(100)), filings=(sale,))
    assert (one.missed, one.was_due) == (True, date(2025, 8, 6))


def test_without_a_price_a_small_acquisition_stays_open() -> None:
    person = owed(event("2025-05-05", "L"))
    assert (person.form_5, person.candidates[0].certain) == ("open", False)


def test_code_j_asks_what_happened() -> None:
    assert owed(event("2025-05-05", "J")).form_5 == "open"


def test_a_holding_left_off_form_3_is_a_candidate_until_reported(filing: Make, holding: Make) -> None:
    left_off = event("2025-01-06", "3", None, "700")
    assert candidate(left_off).why == "a holding that the Form 3 left out"
    told = filing(holding("700", form_type="3"), form="5", period="2025-12-31", filed="2026-02-10")
    assert owed(left_off, filings=(told,)).form_5 == "filed"


def test_events_after_the_year_wait() -> None:
    person = owed(event("2026-01-05", "G"))
    assert (person.form_5, person.later) == ("none found", 1)


def test_the_statement_is_drafted_only_where_nothing_was_found(filing: Make, line: Make) -> None:
    answer: YearEnd = year_end(
        [filing(line("2025-05-05"), filed="2025-05-07")], YEAR, [event("2025-05-05", "G", cik="", name="QUAY LEO")]
    )
    ada, leo = answer.persons
    said = no_form_5_statement(answer, ada)
    assert said is not None
    for words in (
        "Lantern & Quay Corp",
        "December 31, 2025",
        "Item 405(b)(2)",
        "no Form 5 is required",
        "MERROW ADA T",
    ):
        assert words in said
    assert (leo.name, leo.form_5, no_form_5_statement(answer, leo)) == ("QUAY LEO", "due", None)
    assert answer.due == date(2026, 2, 17)


def test_the_order_of_events_makes_no_difference() -> None:
    events = [
        event("2025-05-05", "G", cik="", name="Quay Leo"),
        event("2025-06-02", "W", cik="777", name="QUAY LEO"),
        event("2025-05-05", "L", price=Decimal(150)),
        event("2025-07-07", "L", price=Decimal(120)),
    ]
    first = year_end([], YEAR, events)
    assert [(one.name, one.cik, len(one.candidates)) for one in first.persons] == [
        ("9990002", "9990002", 2),
        ("QUAY LEO", "777", 2),
    ]
    assert year_end([], YEAR, events[::-1]) == first


def test_a_person_whose_reports_have_no_lines_may_sign_too(filing: Make) -> None:
    answer = year_end([filing(form="3", period="2025-03-03", filed="2025-03-10")], YEAR)
    assert [(one.name, one.form_5) for one in answer.persons] == [("MERROW ADA T", "none found")]


def test_events_are_read_with_names_that_people_use() -> None:
    text = 'Date,Name,CIK,Code,A/D,Qty,Price\r\n5/5/2025,Merrow,0009990002,g,,"1,000",$0\r\n'
    (one,) = read_events(text.replace(",,", ",A,")).events
    assert (one.day, one.name, one.cik, one.code, one.direction) == (date(2025, 5, 5), "Merrow", "9990002", "G", "A")
    assert (one.shares, one.price) == (Decimal(1000), Decimal(0))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2025-02-29,X,G,A", "no day of the calendar"),
        ("2025-02-03,X,V,A", "code 'V' is no transaction code"),
        ("2025-02-03,X,,A", "code is blank"),
        ("2025-02-03,,G,A", "owner is blank"),
        ("2025-02-03,X,G,", "direction is blank, and code G leaves it open"),
        ("2025-02-03,X,G,up", "direction 'up' is neither"),
    ],
)
def test_faults_of_events_are_named_with_their_line(row: str, said: str) -> None:
    (fault,) = read_events(f"date,owner,code,a/d\n{row}\n").faults
    assert said in str(fault)
    assert fault.line == 2


def test_a_table_without_codes_is_refused() -> None:
    with pytest.raises(SourceError, match="no column code"):
        read_events("date,owner\n")
