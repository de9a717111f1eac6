from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import msgspec
import pytest

from section16.compliance.fiscal_year import FiscalYear, fiscal_year
from section16.compliance.item_405 import CAPTION, Item405, KnownFailure, item_405
from section16.compliance.item_405_words import item_405_words
from section16.errors import UsageError
from section16.reading import Filing

Make = Callable[..., Any]
YEAR = fiscal_year(2025)
SPOUSES = (("0009990002", "MERROW ADA T"), ("0009990003", "MERROW BEN"))


def counts(table: Item405) -> dict[str, tuple[int, int]]:
    return {one.name: (one.late_reports, one.late_transactions) for one in table.persons}


def judged(*filings: Filing, year: FiscalYear = YEAR) -> Item405:
    return item_405(filings, year)


def test_reports_and_transactions_are_counted_apart(filing: Make, line: Make) -> None:
    late = filing(line("2025-03-03"), line("2025-03-03", price="12"), filed="2025-03-07", number=1)
    half = filing(line("2025-06-02"), line("2025-06-04"), filed="2025-06-06", number=2)
    in_time = filing(line("2025-09-02"), filed="2025-09-04", number=3)
    table = judged(late, half, in_time)
    assert counts(table) == {"MERROW ADA T": (2, 3)}
    assert table.caption == CAPTION
    assert [(one.accession, one.due, one.late_days) for one in table.persons[0].sources] == [
        ("0009990001-25-000001", date(2025, 3, 5), 2),
        ("0009990001-25-000002", date(2025, 6, 4), 2),
    ]
    assert [one.place for one in table.persons[0].sources[1].lines] == ["Table I line 1"]


def test_nothing_late_leaves_the_caption_out(filing: Make, line: Make) -> None:
    table = judged(filing(line("2025-03-03"), filed="2025-03-05"))
    assert (table.caption, table.persons, item_405_words(table)) == (None, (), None)
    assert (table.reviewed, table.people) == (1, 1)


def test_each_person_of_a_joint_report_is_named(filing: Make, line: Make) -> None:
    table = judged(filing(line("2025-03-03"), filed="2025-03-07", owners=SPOUSES))
    assert counts(table) == {"MERROW ADA T": (1, 1), "MERROW BEN": (1, 1)}


def test_a_report_given_twice_counts_once_and_order_makes_no_difference(filing: Make, line: Make) -> None:
    given = [
        filing(line("2025-03-03"), filed="2025-03-07", number=1),
        filing(line("2025-06-02"), filed="2025-06-06", number=2, owners=SPOUSES),
        filing(line("2025-06-02"), filed=None, number=3),
        filing(line("2025-06-02"), filed="2025-06-06", number=2, owners=SPOUSES),
    ]
    first, *others = [judged(*order) for order in permutations(given)]
    assert counts(first) == {"MERROW ADA T": (2, 2), "MERROW BEN": (1, 1)}
    assert all(other == first for other in others)


def test_a_loose_copy_of_a_filing_is_no_second_report(filing: Make, line: Make) -> None:
    late = filing(line("2025-03-03"), filed="2025-03-07")
    copy = msgspec.structs.replace(late, accession=None, filed_on=None, content=b"<ownershipDocument/>")
    table = judged(copy, late)
    assert (table.reviewed, counts(table), table.not_judged) == (1, {"MERROW ADA T": (1, 1)}, ())


def test_a_report_of_nobody_is_left_out_and_said(filing: Make, line: Make) -> None:
    table = judged(filing(line("2025-03-03"), filed="2025-03-07", owners=()))
    assert (table.reviewed, table.warnings) == (0, ("1 report without a reporting owner's CIK left out",))


def test_what_could_not_be_judged_is_listed_and_not_counted(filing: Make, line: Make) -> None:
    table = judged(filing(line("2025-03-03"), filed=None))
    assert counts(table) == {}
    (one,) = table.not_judged
    assert (one.name, one.report.accession) == ("MERROW ADA T", "0009990001-25-000001")
    assert "filing date" in one.report.lines[0].why


def test_a_late_form_3_is_a_late_report_of_no_transaction(filing: Make, holding: Make) -> None:
    table = judged(filing(holding(), form="3", period="2025-03-03", filed="2025-03-20"))
    assert counts(table) == {"MERROW ADA T": (1, 0)}
    assert table.persons[0].sources[0].due == date(2025, 3, 13)


def test_a_form_5_belongs_to_its_fiscal_year_though_due_after_it(filing: Make, line: Make) -> None:
    gift = line("2025-05-05", "G", direction="A", price="0", form_type="5")
    late = filing(gift, form="5", period="2025-12-31", filed="2026-02-20")
    assert counts(judged(late)) == {"MERROW ADA T": (1, 1)}
    assert [one.of_earlier_years for one in judged(late, year=fiscal_year(2026)).persons] == [1]
    in_time = filing(gift, form="5", period="2025-12-31", filed="2026-02-17")
    assert counts(judged(in_time)) == {}


def test_a_sale_first_reported_on_form_5_was_late_though_the_form_5_was_not(filing: Make, line: Make) -> None:
    sale = line("2025-05-05", form_type="4", timeliness="L")
    table = judged(filing(sale, form="5", period="2025-12-31", filed="2026-02-10"))
    assert counts(table) == {"MERROW ADA T": (1, 1)}
    assert table.persons[0].sources[0].due == date(2025, 5, 7)


def test_the_fiscal_year_told_decides_when_a_gift_was_due_on_form_5(filing: Make, line: Make) -> None:
    gift = line("2025-05-05", "G", direction="A", price="0", form_type="5")
    early = filing(gift, filed="2025-09-02", year_end=None)
    assert counts(judged(early, year=fiscal_year(2025))) == {}
    assert judged(early, year=fiscal_year(2025)).not_judged == ()
    assert counts(judged(early, year=fiscal_year(2025, 6, 30))) == {"MERROW ADA T": (1, 1)}


def test_a_holding_left_off_form_3_is_no_transaction(filing: Make, holding: Make) -> None:
    table = judged(filing(holding(form_type="3"), form="5", period="2025-12-31", filed="2026-02-10"))
    assert counts(table) == {"MERROW ADA T": (1, 0)}


def test_what_was_due_in_an_earlier_year_is_named_and_marked(filing: Make, line: Make) -> None:
    table = judged(filing(line("2024-11-04"), filed="2025-02-03"))
    (report,) = table.persons[0].sources
    assert [one.when.value for one in report.lines] == ["earlier year"]
    assert "no earlier disclosure named what was due in earlier years" in table.assumptions
    assert counts(judged(filing(line("2024-11-04"), filed="2024-12-03"))) == {}


def test_what_was_due_after_the_year_belongs_to_the_next(filing: Make, line: Make) -> None:
    over = filing(line("2025-12-31"), filed="2026-01-20")
    assert counts(judged(over)) == {}
    assert counts(judged(over, year=fiscal_year(2026))) == {"MERROW ADA T": (1, 1)}


def test_an_exercise_in_both_tables_is_one_transaction(filing: Make, line: Make) -> None:
    legs = [line("2025-03-03", "M"), line("2025-03-03", "M", table="II", direction="D", title="Option")]
    late = filing(*legs, line("2025-03-03", "S"), filed="2025-03-07")
    assert counts(judged(late)) == {"MERROW ADA T": (1, 2)}
    assert len(judged(late).persons[0].sources[0].lines) == 3


def test_a_transaction_added_late_by_an_amendment_is_late_and_a_correction_is_not(filing: Make, line: Make) -> None:
    original = filing(line("2025-03-03", shares="100"), filed="2025-03-05", number=1)
    correction = filing(
        line("2025-03-03", shares="101"), form="4/A", original="2025-03-05", filed="2025-04-01", number=2
    )
    assert counts(judged(original, correction)) == {}
    addition = filing(
        line("2025-03-03", shares="100"),
        line("2025-03-03", "P", shares="7"),
        form="4/A",
        original="2025-03-05",
        filed="2025-04-01",
        number=2,
    )
    table = judged(original, addition)
    assert counts(table) == {"MERROW ADA T": (1, 1)}
    assert table.persons[0].sources[0].lines[0].place == "Table I line 2"


def test_known_failures_are_told_of_persons_known_and_unknown(filing: Make, line: Make) -> None:
    known = [
        KnownFailure(cik="9990002", what="Form 5"),
        KnownFailure(name="merrow ada t", what="Form 3"),
        KnownFailure(name="QUAY LEO", what="Form 3"),
    ]
    table = item_405([filing(line("2025-03-03"), filed="2025-03-05")], YEAR, known)
    assert [(one.name, one.cik, one.known_failures) for one in table.persons] == [
        ("MERROW ADA T", "9990002", ("Form 5", "Form 3")),
        ("QUAY LEO", "", ("Form 3",)),
    ]


def test_relief_for_a_pending_form_id_is_noted_and_the_report_listed_all_the_same(filing: Make, holding: Make) -> None:
    late = filing(holding(), form="3", period="2026-02-27", filed="2026-03-30")
    (report,) = judged(late, year=fiscal_year(2026)).persons[0].sources
    assert "Form ID" in report.notes[0]


def test_the_words_say_who_how_many_and_what(filing: Make, line: Make, holding: Make) -> None:
    late = filing(line("2025-03-03"), line("2025-03-03", price="12"), filed="2025-03-07", number=1)
    old = filing(line("2024-11-04"), filed="2025-02-03", number=2)
    third = filing(holding(), form="3", period="2025-03-03", filed="2025-03-20", number=3, owners=SPOUSES[1:])
    words = item_405_words(item_405([late, old, third], YEAR, [KnownFailure(name="QUAY LEO", what="Form 3")]))
    assert words is not None
    caption, opening, *sentences = words.split("\n\n")
    assert caption == "Delinquent Section 16(a) Reports"
    assert "fiscal year ended December 31, 2025" in opening
    assert "prior fiscal years" in opening
    ada, *others = sentences
    assert ada.startswith(
        "MERROW ADA T filed two late reports (two Forms 4), one of which was due in a prior fiscal year"
    )
    assert ada.endswith(", covering three transactions that were not reported on a timely basis.")
    assert others == [
        "MERROW BEN filed one late report (one Form 3).",
        "QUAY LEO failed to file a Form 3.",
    ]


def test_of_no_reports_nothing_is_said() -> None:
    table = judged()
    assert (table.caption, table.reviewed, table.people) == (None, 0, 0)


@pytest.mark.parametrize(
    ("year", "end", "first", "last"),
    [
        (2025, (12, 31), date(2025, 1, 1), date(2025, 12, 31)),
        (2025, (6, 30), date(2024, 7, 1), date(2025, 6, 30)),
        (2024, (2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        (2025, (2, 28), date(2024, 3, 1), date(2025, 2, 28)),
        (2026, (9, 26), date(2025, 9, 27), date(2026, 9, 26)),
    ],
)
def test_a_fiscal_year_is_named_by_its_end(year: int, end: tuple[int, int], first: date, last: date) -> None:
    assert (fiscal_year(year, *end).first, fiscal_year(year, *end).last) == (first, last)


@pytest.mark.parametrize("end", [(13, 1), (4, 31), (0, 1)])
def test_a_fiscal_year_ends_on_a_day_that_is(end: tuple[int, int]) -> None:
    with pytest.raises(UsageError):
        fiscal_year(2025, *end)
