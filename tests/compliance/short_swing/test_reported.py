from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from section16.compliance.short_swing import Kind, Status, Terms, short_swing
from section16.compliance.short_swing.reported import reported_trades
from section16.compliance.short_swing.stakes import with_outstanding
from section16.errors import UsageError
from section16.reading import Filing, read


def line(day: str, code: str, shares: str, price: str, direction: str, note: str = "", owned: str = "1") -> str:
    mark = f'<footnoteId id="{note}"/>' if note else ""
    return (
        "<nonDerivativeTransaction><securityTitle><value>Common Stock</value></securityTitle>"
        f"<transactionDate><value>{day}</value></transactionDate><transactionCoding><transactionFormType>4"
        f"</transactionFormType><transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved>"
        f"</transactionCoding><transactionAmounts><transactionShares><value>{shares}</value></transactionShares>"
        f"<transactionPricePerShare><value>{price}</value>{mark}</transactionPricePerShare>"
        f"<transactionAcquiredDisposedCode><value>{direction}</value></transactionAcquiredDisposedCode>"
        f"</transactionAmounts><postTransactionAmounts><sharesOwnedFollowingTransaction><value>{owned}</value>"
        "</sharesOwnedFollowingTransaction></postTransactionAmounts><ownershipNature><directOrIndirectOwnership>"
        "<value>D</value></directOrIndirectOwnership></ownershipNature></nonDerivativeTransaction>"
    )


def report(
    *lines: str,
    owners: tuple[str, ...] = ("0000000011",),
    issuer: str = "0000000001",
    form: str = "4",
    signed: str = "2026-03-04",
    box: str = "isDirector",
    more: str = "",
    derivative: str = "",
) -> Filing:
    people = "".join(
        f"<reportingOwner><reportingOwnerId><rptOwnerCik>{number}</rptOwnerCik>"
        f"<rptOwnerName>OWNER {number}</rptOwnerName></reportingOwnerId><reportingOwnerRelationship>"
        f"<{box}>1</{box}></reportingOwnerRelationship></reportingOwner>"
        for number in owners
    )
    text = (
        f"<ownershipDocument><schemaVersion>X0508</schemaVersion><documentType>{form}</documentType>"
        f"<periodOfReport>2026-03-02</periodOfReport>{more}<issuer><issuerCik>{issuer}</issuerCik><issuerName>ISSUER"
        f"</issuerName><issuerTradingSymbol>ISS</issuerTradingSymbol></issuer>{people}<nonDerivativeTable>"
        f"{''.join(lines)}</nonDerivativeTable>{derivative}<footnotes><footnote id='F1'>Weighted average price. "
        "Sold in multiple transactions at prices ranging from $14.50 to $15.25, inclusive.</footnote></footnotes>"
        f"<ownerSignature><signatureName>X</signatureName><signatureDate>{signed}</signatureDate></ownerSignature>"
        "</ownershipDocument>"
    )
    return read(text.encode())


BOUGHT = report(line("2026-03-02", "P", "100", "10", "A"))
SOLD = report(line("2026-05-04", "S", "100", "15", "D", "F1"), signed="2026-05-05")


def test_a_persons_reports_are_reckoned_in_any_order() -> None:
    (found,) = reported_trades([BOUGHT, SOLD])
    assert (found.owner, found.issuer, found.insider.status) == ("11", "1", Status.DIRECTOR)
    assert (found.trades[1].low, found.trades[1].high) == (Decimal("14.50"), Decimal("15.25"))
    answer = short_swing(found.trades)
    assert answer.profit == 500
    assert answer.profit_at_most == 525
    assert answer.pairs[0].purchase.source.endswith("Table I line 1")
    assert reported_trades([SOLD, BOUGHT, SOLD]) == [found]


def test_an_amendment_replaces_the_line_it_corrects() -> None:
    amended = report(
        line("2026-05-04", "S", "100", "16", "D"),
        form="4/A",
        signed="2026-05-20",
        more="<dateOfOriginalSubmission>2026-05-05</dateOfOriginalSubmission>",
    )
    (found,) = reported_trades([BOUGHT, SOLD, amended])
    assert [trade.price for trade in found.trades] == [10, 16]


def test_joint_reports_count_once_and_owners_and_issuers_are_told_apart() -> None:
    joint = report(line("2026-03-02", "P", "100", "10", "A"), owners=("0000000012", "0000000011"))
    assert len(reported_trades([joint])[0].trades) == 1
    other = report(line("2026-03-03", "P", "7", "10", "A"), owners=("0000000012",), issuer="0000000002")
    with pytest.raises(UsageError, match="--owner"):
        reported_trades([BOUGHT, other])
    both = reported_trades([joint, other], "12")
    assert [(one.issuer, len(one.trades)) for one in both] == [("1", 1), ("2", 1)]
    with pytest.raises(UsageError, match="no report is of the owner 99"):
        reported_trades([joint], "99")


def test_a_mere_ten_percent_owner_is_known_by_the_box() -> None:
    (found,) = reported_trades([report(line("2026-03-02", "P", "1", "10", "A"), box="isTenPercentOwner")])
    assert found.insider.status is Status.TEN_PERCENT
    assert short_swing(found.trades, Terms(insider=found.insider)).undecided


def test_options_of_table_ii_keep_their_terms() -> None:
    option = (
        "<derivativeTable><derivativeTransaction>"
        "<securityTitle><value>Put Option (obligation to buy)</value></securityTitle>"
        "<conversionOrExercisePrice><value>50</value></conversionOrExercisePrice><transactionDate><value>2026-03-02</value>"
        "</transactionDate><transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S"
        "</transactionCode><equitySwapInvolved>1</equitySwapInvolved></transactionCoding><transactionAmounts>"
        "<transactionShares><value>5</value></transactionShares><transactionPricePerShare><value>150</value>"
        "</transactionPricePerShare><transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode>"
        "</transactionAmounts><expirationDate><value>2026-06-19</value></expirationDate><underlyingSecurity>"
        "<underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle><underlyingSecurityShares>"
        "<value>500</value></underlyingSecurityShares></underlyingSecurity></derivativeTransaction></derivativeTable>"
    )
    (found,) = reported_trades([report(derivative=option)])
    (trade,) = found.trades
    assert trade.kind == Kind.PUT
    assert trade.code == "S/K"
    assert trade.strike == 50
    assert trade.expires == date(2026, 6, 19)
    assert trade.underlying == "Common Stock"
    assert trade.underlying_shares == 500
    assert trade.is_purchase is True


def test_an_exit_box_asks_for_the_last_day() -> None:
    left = report(line("2026-05-04", "S", "1", "15", "D"), more="<notSubjectToSection16>1</notSubjectToSection16>")
    (found,) = reported_trades([left])
    assert any("--left" in note for note in found.notes)


def test_balances_show_that_more_than_ten_percent_was_owned_but_not_that_it_was_less() -> None:
    box = "isTenPercentOwner"
    filings = [
        report(line("2026-02-02", "P", "20", "9", "A", owned="110"), box=box, signed="2026-02-03"),
        report(line("2026-03-02", "P", "10", "10", "A", owned="120"), box=box),
        report(line("2026-05-04", "S", "30", "15", "D", owned="90"), box=box, signed="2026-05-05"),
    ]
    (found,) = reported_trades(filings)
    terms = Terms(insider=found.insider)
    assert [trade.owned_before for trade in found.trades] == [90, 110, 120]
    assert short_swing(found.trades, terms).profit == 0
    answer = short_swing(with_outstanding(found.trades, Decimal(1000), at_least=True), terms)
    assert (answer.profit, [one.row for one in answer.undecided]) == (Decimal(50), [1])
    assert answer.profit_if_all_count == 170
    given = short_swing(with_outstanding(found.trades, Decimal(1000), at_least=False), terms)
    assert ([one.row for one in given.excluded], given.undecided) == ([1], ())
