"""Whether reports and their lines came in time: late, on time, or not to be said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
import pytest

import section16
from section16 import Filing
from section16.compliance.lateness import ReportLateness, lateness, lateness_of
from section16.law import Timeliness


def line(
    traded: str | None,
    code: str = "S",
    way: str = "D",
    *,
    shares: str = "1000",
    price: str = "50",
    kind: str = "4",
    deemed: str = "",
    mark: str | None = None,
) -> str:
    """A transaction of Table I."""
    day = f"<transactionDate><value>{traded}</value></transactionDate>" if traded else ""
    told = f"<deemedExecutionDate><value>{deemed}</value></deemedExecutionDate>" if deemed else ""
    timely = "" if mark is None else f"<transactionTimeliness><value>{mark}</value></transactionTimeliness>"
    return (
        "<nonDerivativeTransaction><securityTitle><value>Common Stock</value></securityTitle>"
        f"{day}{told}<transactionCoding><transactionFormType>{kind}</transactionFormType>"
        f"<transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>{timely}"
        f"<transactionAmounts><transactionShares><value>{shares}</value></transactionShares>"
        f"<transactionPricePerShare><value>{price}</value></transactionPricePerShare>"
        f"<transactionAcquiredDisposedCode><value>{way}</value></transactionAcquiredDisposedCode></transactionAmounts>"
        "<postTransactionAmounts><sharesOwnedFollowingTransaction><value>5000</value></sharesOwnedFollowingTransaction>"
        "</postTransactionAmounts><ownershipNature><directOrIndirectOwnership><value>D</value>"
        "</directOrIndirectOwnership></ownershipNature></nonDerivativeTransaction>"
    )


def late_holding() -> str:
    """A holding that a Form 3 left out, on a Form 5."""
    return (
        "<nonDerivativeHolding><securityTitle><value>Common Stock</value></securityTitle><transactionCoding>"
        "<transactionFormType>3</transactionFormType></transactionCoding><postTransactionAmounts>"
        "<sharesOwnedFollowingTransaction><value>5000</value></sharesOwnedFollowingTransaction></postTransactionAmounts>"
        "<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>"
        "</nonDerivativeHolding>"
    )


def report(  # noqa: PLR0913 - all given by name
    *lines: str,
    form: str = "4",
    period: str = "2026-04-14",
    signed: str = "2026-04-15",
    box: bool = False,
    note: str = "",
    original: str = "",
    foreign_symbol: str = "",
    ties: str = "<isDirector>1</isDirector>",
    filed: str | None = None,
    accepted: str | None = None,
    accession: str | None = None,
) -> Filing:
    """A report with lines in Table I."""
    first = f"<dateOfOriginalSubmission>{original}</dateOfOriginalSubmission>" if original else ""
    abroad = f"<issuerForeignTradingSymbol>{foreign_symbol}</issuerForeignTradingSymbol>" if foreign_symbol else ""
    table = f"<nonDerivativeTable>{''.join(lines)}</nonDerivativeTable>" if lines else ""
    notes = f'<footnotes><footnote id="F1">{note}</footnote></footnotes>' if note else ""
    xml = (
        f"<ownershipDocument><schemaVersion>X0609</schemaVersion><documentType>{form}</documentType>"
        f"<periodOfReport>{period}</periodOfReport>{first}<issuer><issuerCik>0001107843</issuerCik>"
        f"<issuerName>Example Co</issuerName><issuerTradingSymbol>EX</issuerTradingSymbol>{abroad}</issuer>"
        "<reportingOwner><reportingOwnerId><rptOwnerCik>0001234567</rptOwnerCik><rptOwnerName>Doe Jane</rptOwnerName>"
        f"</reportingOwnerId><reportingOwnerRelationship>{ties}</reportingOwnerRelationship></reportingOwner>"
        f"<aff10b5One>{int(box)}</aff10b5One>{table}{notes}<ownerSignature><signatureName>/s/ Jane Doe</signatureName>"
        f"<signatureDate>{signed}</signatureDate></ownerSignature></ownershipDocument>"
    )
    facts: dict[str, Any] = {"accession": accession}
    if filed:
        facts["filed_on"] = date.fromisoformat(filed)
    if accepted:
        facts["accepted_at"] = datetime.fromisoformat(accepted)
    return msgspec.structs.replace(section16.read(xml.encode()), **facts)


def state(filing: Filing, **options: Any) -> str:
    return str(lateness(filing, **options).state)


def only(filing: Filing, **options: Any) -> ReportLateness:
    return lateness(filing, **options)


def days(one: ReportLateness) -> tuple[str, int | None, int | None]:
    return str(one.due), one.late_days, one.late_calendar_days


def test_a_report_of_the_second_business_day_is_on_time() -> None:
    one = only(report(line("2022-09-01", "F"), filed="2022-09-06"))
    assert (one.state, one.late, days(one)) == (Timeliness.ON_TIME, False, ("2022-09-06", 0, 0))


@pytest.mark.parametrize(
    ("traded", "filed", "due", "late", "calendar"),
    [
        ("2026-04-02", "2026-04-07", "2026-04-06", 1, 1),
        ("2026-10-12", "2026-10-19", "2026-10-14", 3, 5),
        ("2025-12-22", "2026-01-02", "2025-12-29", 3, 4),
    ],
)
def test_lateness_is_counted_in_both_days(traded: str, filed: str, due: str, late: int, calendar: int) -> None:
    one = only(report(line(traded), filed=filed))
    assert (one.late, days(one)) == (True, (due, late, calendar))


def test_one_late_line_makes_the_report_late() -> None:
    one = only(report(line("2026-04-13"), line("2026-04-10"), filed="2026-04-15"))
    assert [each.late_days for each in one.lines] == [0, 1]
    assert (one.late, days(one)) == (True, ("2026-04-14", 1, 1))


@pytest.mark.parametrize(
    ("accepted", "late"),
    [
        ("2026-04-16T22:00:00-04:00", False),
        ("2026-04-16T22:00:01-04:00", True),
        ("2026-04-17T02:00:00+00:00", False),
        ("2026-04-17T02:00:01+00:00", True),
    ],
)
def test_without_a_filing_date_the_time_of_acceptance_counts(accepted: str, late: bool) -> None:
    one = only(report(line("2026-04-14"), accepted=accepted))
    assert (one.late, one.filed_basis) == (late, "acceptance")


def test_the_filing_date_of_the_header_comes_before_the_time_of_acceptance() -> None:
    one = only(report(line("2026-04-14"), filed="2026-04-16", accepted="2026-04-16T22:30:00-04:00"))
    assert (one.late, one.filed_basis) == (False, "header")


def test_a_signature_can_prove_lateness_but_not_its_absence() -> None:
    assert state(report(line("2026-04-14"), signed="2026-04-20")) == "late"
    one = only(report(line("2026-04-14"), signed="2026-04-15"))
    assert (one.late, one.filed_basis) == (None, "signature")
    assert one.assumptions


def test_a_deemed_date_counts_up_to_its_cap() -> None:
    assert state(report(line("2026-06-15", deemed="2026-06-17"), box=True, filed="2026-06-22")) == "on time"
    assert state(report(line("2026-06-15", deemed="2026-06-25"), box=True, filed="2026-06-23")) == "on time"
    assert state(report(line("2026-06-15", deemed="2026-06-25"), box=True, filed="2026-06-24")) == "late"
    assert state(report(line("2026-06-15", deemed="2026-06-15"), box=True, filed="2026-06-18")) == "late"
    assert state(report(line("2026-06-15", deemed="2026-06-12"), box=True, filed="2026-06-18")) == "unknown"


def test_a_plan_s_trade_without_a_notice_can_t_be_judged_until_the_outer_limit() -> None:
    assert state(report(line("2026-06-15"), box=True, filed="2026-06-17")) == "on time"
    one = only(report(line("2026-06-15"), box=True, filed="2026-06-22"))
    assert (one.late, str(one.lines[0].latest)) == (None, "2026-06-23")
    assert state(report(line("2026-06-15"), note="Under a Rule 10b5-1 plan.", filed="2026-06-22")) == "unknown"
    assert state(report(line("2026-06-15"), box=True, filed="2026-06-24")) == "late"


@pytest.mark.parametrize(
    ("traded", "way", "expected"),
    [("2023-02-24", "D", "on time"), ("2023-02-27", "D", "late"), ("2023-02-27", "A", "on time")],
)
def test_gifts_are_due_by_their_day_and_direction(traded: str, way: str, expected: str) -> None:
    assert state(report(line(traded, "G", way, price="0"), filed="2023-03-20")) == expected


def test_a_gift_in_the_disputed_weeks_has_a_note() -> None:
    one = only(report(line("2023-03-01", "G", price="0"), filed="2023-03-20"))
    assert any("disputed" in note for note in one.lines[0].notes)


def test_a_line_due_on_form_5_is_on_time_on_an_early_form_4() -> None:
    one = only(report(line("2026-01-05", "W", "A", kind="5", mark="E"), filed="2026-02-16"))
    assert (one.late, one.disagrees, one.lines[0].form) == (False, False, "5")


def test_a_form_5_line_without_a_known_year_is_late_only_after_the_longest_year() -> None:
    assert state(report(line("2025-01-06", "W", "A", kind="5"), filed="2026-02-24")) == "unknown"
    assert state(report(line("2025-01-06", "W", "A", kind="5"), note="2025", filed="2026-03-02")) == "late"


def test_a_sale_marked_as_due_on_form_5_can_t_be_judged() -> None:
    assert state(report(line("2026-03-02", kind="5"), filed="2026-03-20")) == "unknown"


def test_an_open_code_can_t_be_judged_after_two_days() -> None:
    assert state(report(line("2026-03-02", "J"), filed="2026-03-04")) == "on time"
    assert state(report(line("2026-03-02", "J"), filed="2026-03-05")) == "unknown"


def test_small_purchases_may_have_waited() -> None:
    small = line("2026-03-02", "P", "A", shares="100", price="40")
    assert state(report(small, filed="2026-03-20")) == "unknown"
    assert state(report(small, small, small, filed="2026-03-20")) == "late"
    assert state(report(small, line("2026-03-18", "S", shares="1"), filed="2026-03-20")) == "on time"


def test_a_line_without_a_date_can_t_be_judged() -> None:
    one = only(report(line(None), filed="2026-03-20"))
    assert (one.late, one.why) == (None, "Table I line 1: the line gives no date")


def test_a_mistyped_year_is_no_proof() -> None:
    assert state(report(line("2025-04-14"), filed="2026-04-15")) == "unknown"
    assert state(report(line("2025-04-14"), note="Sold in 2025.", filed="2026-04-15")) == "late"


@pytest.mark.parametrize("traded", ["0202-04-14", "9999-12-31"])
def test_a_day_that_can_t_be_is_not_counted_from(traded: str) -> None:
    assert state(report(line(traded), filed="2026-04-15")) == "unknown"


def test_a_report_without_transactions_had_nothing_due() -> None:
    assert state(report(filed="2026-04-15")) == "on time"


# Forms 3 and 5


@pytest.mark.parametrize(
    ("event", "filed", "expected"),
    [
        ("2026-12-15", "2026-12-28", "on time"),
        ("2026-12-15", "2026-12-29", "late"),
        ("2026-03-18", "2026-03-30", "on time"),
    ],
)
def test_a_form_3_has_ten_days(event: str, filed: str, expected: str) -> None:
    one = only(report(form="3", period=event, filed=filed))
    assert str(one.state) == expected
    assert bool(one.assumptions) is (expected == "on time")


def test_at_a_first_registration_a_form_3_is_due_at_once() -> None:
    filing = report(form="3", period="2026-04-14", filed="2026-04-15")
    assert state(filing, first_registration=True) == "late"


def test_foreign_insiders() -> None:
    early = report(form="3", period="2020-01-02", filed="2026-03-18", foreign_symbol="EX.L")
    assert state(early) == "on time"
    late = only(report(form="3", period="2020-01-02", filed="2026-03-19", foreign_symbol="EX.L"))
    assert (late.late, days(late)[:2]) == (True, ("2026-03-18", 1))
    assert any("Form ID" in text for text in late.warnings)
    ten = "<isTenPercentOwner>1</isTenPercentOwner>"
    mere = report(form="3", period="2020-01-02", filed="2026-06-19", foreign_symbol="EX.L", ties=ten)
    assert state(mere) == "on time"
    assert state(report(line("2026-03-02"), filed="2026-06-19", foreign_symbol="EX.L")) == "on time"
    assert state(report(line("2026-03-02"), filed="2026-06-19"), foreign=True) == "on time"


def test_a_form_5_and_its_lines_are_judged_apart() -> None:
    gift = line("2025-05-05", "G", "A", kind="5", price="0")
    one = only(report(gift, form="5", period="2025-12-31", filed="2026-02-17"))
    assert (one.late, str(one.due)) == (False, "2026-02-17")
    assert state(report(gift, form="5", period="2025-12-31", filed="2026-02-18")) == "late"


def test_a_missed_form_4_trade_on_a_form_5_is_late() -> None:
    one = only(report(line("2025-05-05", kind="4", mark="L"), form="5", period="2025-12-31", filed="2026-02-17"))
    assert (one.late, one.disagrees, one.lines[0].mark) == (True, False, "L")
    unmarked = only(report(line("2025-05-05", kind="4"), form="5", period="2025-12-31", filed="2026-02-17"))
    assert unmarked.disagrees


def test_a_mark_of_the_filer_that_contradicts_is_said() -> None:
    assert only(report(line("2026-01-05", "W", "A", kind="5", mark="L"), filed="2026-02-16")).disagrees


def test_a_holding_left_out_of_form_3_is_late() -> None:
    one = only(report(late_holding(), form="5", period="2025-12-31", filed="2026-02-17"))
    assert (one.late, one.lines[0].form, one.lines[0].due) == (True, "3", None)


def test_a_form_5_of_a_day_that_ends_no_year_can_t_be_judged() -> None:
    assert state(report(form="5", period="2025-12-12", filed="2026-06-17")) == "unknown"


# Amendments

SALE, OTHER = line("2026-04-14"), line("2026-04-10", shares="500")


def amendment(*lines: str, filed: str = "2026-05-04") -> Filing:
    return report(*lines, form="4/A", original="2026-04-16", filed=filed, accession="0000000000-26-000002")


def test_by_itself_an_amendment_s_late_line_may_have_been_in_the_original() -> None:
    assert state(amendment(SALE)) == "unknown"
    assert state(amendment(SALE, filed="2026-04-16")) == "on time"
    assert state(amendment(line("2026-04-01"))) == "late"


def test_with_the_original_a_restated_line_is_on_time_and_an_added_one_runs_from_its_own_date() -> None:
    original = report(SALE, filed="2026-04-16", accession="0000000000-26-000001")
    first, second = lateness_of([original, amendment(SALE, OTHER)])
    assert (first.late, second.late) == (False, True)
    assert [str(each.state) for each in second.lines] == ["on time", "late"]
    assert second.late_days == 14
    backwards = lateness_of([amendment(SALE, OTHER), original])
    assert [one.state for one in backwards] == [second.state, first.state]


def test_nothing_is_judged_of_nothing() -> None:
    assert lateness_of([]) == []


def test_the_rules_of_check_say_the_same() -> None:
    for traded, filed in (("2026-04-14", "2026-04-16"), ("2026-04-14", "2026-04-17"), ("2026-04-14", "2026-05-14")):
        for code, way in (("S", "D"), ("P", "A"), ("J", "D"), ("G", "A"), ("G", "D")):
            filing = report(line(traded, code, way), filed=filed)
            broken = "L-32" in {finding.rule for finding in section16.check(filing)}
            assert broken is (lateness(filing).late is True), (code, way, filed)
