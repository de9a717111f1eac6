"""The report in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from section16.codes.transaction_codes import transaction_codes
from section16.form.document import OwnershipDocument
from section16.render.phrases import phrase
from section16.render.sentence import sentence

Report = Callable[..., OwnershipDocument]
Sample = Callable[[str], OwnershipDocument]


def _line(  # noqa: PLR0913 - each a part of the line, by name
    code: str,
    shares: str,
    direction: str,
    price: str = "",
    *,
    owned: str = "",
    form: str = "D",
    nature: str = "",
    title: str = "Common Stock",
    day: str = "2022-09-01",
    form_type: str = "4",
    number: str = "I",
) -> str:
    name = "nonDerivativeTransaction" if number == "I" else "derivativeTransaction"
    owned = owned and f"<sharesOwnedFollowingTransaction><value>{owned}</value></sharesOwnedFollowingTransaction>"
    price = price and f"<transactionPricePerShare><value>{price}</value></transactionPricePerShare>"
    return f"""<{name}><securityTitle><value>{title}</value></securityTitle>
<transactionDate><value>{day}</value></transactionDate><transactionCoding>
<transactionFormType>{form_type}</transactionFormType><transactionCode>{code}</transactionCode></transactionCoding>
<transactionAmounts><transactionShares><value>{shares}</value></transactionShares>{price}
<transactionAcquiredDisposedCode><value>{direction}</value></transactionAcquiredDisposedCode></transactionAmounts>
<postTransactionAmounts>{owned}</postTransactionAmounts><ownershipNature>
<directOrIndirectOwnership><value>{form}</value></directOrIndirectOwnership>
<natureOfOwnership><value>{nature}</value></natureOfOwnership></ownershipNature></{name}>"""


def _holding(shares: str, form: str = "D", nature: str = "", title: str = "Common Stock") -> str:
    return f"""<nonDerivativeHolding><securityTitle><value>{title}</value></securityTitle><postTransactionAmounts>
<sharesOwnedFollowingTransaction><value>{shares}</value></sharesOwnedFollowingTransaction></postTransactionAmounts>
<ownershipNature><directOrIndirectOwnership><value>{form}</value></directOrIndirectOwnership>
<natureOfOwnership>{nature}</natureOfOwnership></ownershipNature></nonDerivativeHolding>"""


def _one(*lines: str) -> str:
    return f"<nonDerivativeTable>{''.join(lines)}</nonDerivativeTable>"


def _two(*lines: str) -> str:
    return f"<derivativeTable>{''.join(lines)}</derivativeTable>"


def test_the_seed(sample: Sample) -> None:
    expected = "719 shares withheld for tax at $147.76; holds 24,059 directly"
    assert sentence(sample("form4-2003-tax-withholding")) == expected


def test_lines_of_one_code_are_told_together_with_their_prices_as_a_range(report: Report) -> None:
    lines = [_line("S", str(shares), "D", price) for shares, price in ((100, "118.42"), (250, "124.5"), (50, "120"))]
    assert sentence(report(_one(*lines))) == "sold 400 shares in 3 trades at $118.42 to $124.50"


def test_lines_of_different_directions_are_never_added(report: Report) -> None:
    body = _one(_line("G", "10", "D"), _line("G", "4", "A"))
    assert sentence(report(body)) == "gave away 10 shares; received 4 shares as a gift"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (_line("P", "1", "A", "20"), "bought 1 share at $20"),
        (_line("P", "5", "A"), "bought 5 shares, no price given"),
        (_line("S", "5", "D", "0"), "sold 5 shares at $0"),
        (_line("A", "5", "A", "0"), "was granted 5 shares"),
        (_line("A", "5", "A", "3.10"), "was granted 5 shares at $3.10"),
        (_line("D", "5", "D", "3"), "returned 5 shares to the issuer at $3"),
        (_line("M", "5", "A", "1"), "acquired 5 shares on exercise or conversion at $1"),
        (_line("C", "5", "A"), "acquired 5 shares on conversion"),
        (_line("W", "5", "D"), "passed on 5 shares by will or inheritance"),
        (_line("J", "5", "D"), "disposed of 5 shares (code J)"),
        (_line("J", "5", "A"), "acquired 5 shares (code J)"),
        (_line("P", "5", "D"), "disposed of 5 shares (code P), no price given"),
        (_line("", "5", "A"), "acquired 5 shares (no code given)"),
        (_line("S", "5", ""), "reports 5 shares (code S), no price given"),
        (_line("F", "many", "D"), "an unreadable amount of shares withheld for tax"),
        (_line("F", "", "D"), "an amount not given of shares withheld for tax"),
    ],
)
def test_a_line_in_words(line: str, words: str, report: Report) -> None:
    assert sentence(report(_one(line))) == words


def test_a_missing_amount_is_said_and_not_counted(report: Report) -> None:
    body = _one(_line("S", "100", "D", "5"), _line("S", "", "D", "6"))
    assert sentence(report(body)) == "sold 100 shares and 1 line without an amount in 2 trades at $5 to $6"


def test_prices_given_on_some_lines_only_are_said_to_be(report: Report) -> None:
    body = _one(_line("S", "100", "D", "5"), _line("S", "1", "D"))
    assert sentence(report(body)) == "sold 101 shares in 2 trades at $5 where given"


def test_derivatives_are_told_by_their_titles(report: Report) -> None:
    body = _two(
        _line("A", "1000", "A", "0", title="Stock Option", number="II"),
        _line("M", "300", "D", "0", title="RSU", number="II"),
    )
    assert sentence(report(body)) == "was granted 1,000 Stock Option; exercised or converted 300 RSU"


def test_two_securities_in_table_i_are_told_apart_by_title(report: Report) -> None:
    body = _one(_line("S", "5", "D", "1", owned="10"), _line("S", "6", "D", "1", title="Class B", owned="0"))
    assert sentence(report(body)) == (
        "sold 5 Common Stock at $1; sold 6 Class B at $1; holds 10 Common Stock directly and none of Class B directly"
    )


def test_the_latest_line_of_a_position_says_what_is_held(report: Report) -> None:
    body = _one(
        _line("S", "1", "D", "1", owned="90", day="2022-09-02"),
        _line("S", "1", "D", "1", owned="89", day="2022-09-02"),
        _line("S", "1", "D", "1", owned="91", day="2022-09-01"),
    )
    assert sentence(report(body)).endswith("; holds 89 directly")


def test_holdings_of_different_natures_add_up_and_direct_stands_first(report: Report) -> None:
    body = _one(
        _line("S", "1", "D", "1", owned="50", form="I", nature="By trust"),
        _holding("7", "I", "<value>By spouse</value>"),
        _holding("5", "I", "<value>By trusts</value><footnoteId id='F1'/>"),
        _holding("5", "I", "<value>By trusts</value><footnoteId id='F2'/>"),
        _holding("3"),
    )
    assert sentence(report(body)).endswith("; holds 3 directly and 67 indirectly")


def test_nothing_is_said_of_a_position_that_is_not_certain(report: Report) -> None:
    one = _line("S", "1", "D", "1", owned="50", form="I", nature="See note").replace(
        "See note</value>", "See note</value><footnoteId id='F1'/>"
    )
    other = one.replace("F1", "F2").replace(">50<", ">60<")
    assert sentence(report(_one(one, other))) == "sold 2 shares in 2 trades at $1"
    options = [_line("M", "1", "D", owned=owned, title="Option", number="II") for owned in ("4", "9")]
    assert sentence(report(_two(*options))) == "exercised or converted 2 Option in 2 lines"


def test_many_positions_are_counted(report: Report) -> None:
    body = _one(*[_holding(str(number), title=f"Class {number}") for number in range(1, 6)])
    assert sentence(report(body)) == (
        "reports no transactions; holds 1 Class 1 directly, 2 Class 2 directly and 3 more positions"
    )


def test_many_kinds_of_lines_are_counted(report: Report) -> None:
    lines = [_line(code, "1", "A") for code in "AIJLMPWXZ"]
    told = sentence(report(_one(*lines))).split("; ")
    assert len(told) == 8
    assert told[-1] == "and 2 more lines"


def test_form_3(sample: Sample, report: Report) -> None:
    assert sentence(sample("form3-2003-nothing")) == "owns no securities"
    assert sentence(sample("form3-2026-derivative")) == "holds 134,018 Series E Preferred Stock directly"
    assert sentence(report(form="3")) == "reports no holdings"


def test_form_5_says_so_and_what_came_late(sample: Sample, report: Report) -> None:
    assert sentence(sample("form5-2026-late")).startswith(
        "annual report for the fiscal year ended 12/31/2025: bought 10 Common Stock at $20 (reported late); holds "
    )
    on_time = sentence(report(_one(_line("G", "5", "D", form_type="5")), form="5"))
    assert on_time == "annual report for the fiscal year ended 09/01/2022: gave away 5 shares"


def test_an_amendment_says_what_it_amends(sample: Sample, report: Report) -> None:
    assert sentence(sample("form4a-2026-joint")).startswith("amends the report of 04/16/2026: acquired 1,000 ")
    assert sentence(report(form="4/A")) == "amends an earlier report: reports no transactions and no holdings"


def test_an_exit(report: Report) -> None:
    box = "<notSubjectToSection16>true</notSubjectToSection16>"
    assert sentence(report(box)) == "no longer subject to Section 16"
    assert sentence(report(box + _one(_line("S", "5", "D", "2")))) == (
        "sold 5 shares at $2; no longer subject to Section 16"
    )


def test_an_equity_swap_and_an_amount_in_dollars(sample: Sample) -> None:
    words = "acquired $250,000 of Cash-settled total return swap (code J) through an equity swap"
    assert words in sentence(sample("form4a-2026-joint"))


def test_dollars_with_one_decimal_get_their_second(report: Report) -> None:
    line = _line("J", "1", "A", owned="1", title="Swap", number="II")
    line = line.replace("transactionShares", "transactionTotalValue").replace("<value>1<", "<value>1000.50<")
    line = line.replace("sharesOwnedFollowing", "valueOwnedFollowing")
    assert sentence(report(_two(line))) == "acquired $1,000.50 of Swap (code J); holds $1,000.50 of Swap directly"


_HELD_IN_2003 = """<{0}><securityTitle><value>Common Stock</value></securityTitle><transactionDate/>{1}
<postTransactionAmounts>{2}</postTransactionAmounts>
<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature></{0}>"""
_OWNED_55 = "<sharesOwnedFollowingTransaction><value>55</value></sharesOwnedFollowingTransaction>"
_UNDER_55 = (
    "<underlyingSecurity><underlyingSecurityShares><value>55</value></underlyingSecurityShares></underlyingSecurity>"
)


def test_a_line_of_the_first_edition_without_a_transaction_is_a_holding(report: Report) -> None:
    held = _HELD_IN_2003.format("nonDerivativeSecurity", "", _OWNED_55)
    assert sentence(report(held, "3")) == "holds 55 directly"
    assert sentence(report(held)) == "reports no transactions; holds 55 directly"
    option = _HELD_IN_2003.format("derivativeSecurity", _UNDER_55, "").replace("Common Stock", "Option")
    option = option.replace("<postTransactionAmounts></postTransactionAmounts>", "")
    assert sentence(report(option, "3")) == "holds 55 Option directly"


def test_titles_cannot_command_a_terminal_or_break_the_line(report: Report) -> None:
    body = _two(_line("A", "1", "A", title="A\nB &#x202e;C", number="II"))
    assert sentence(report(body)) == r"was granted 1 A B \u202eC"


@pytest.mark.parametrize("number", ["I", "II"])
def test_every_official_code_has_words_for_its_usual_direction(number: str) -> None:
    for code in transaction_codes().values():
        usual = code.usual.table_i if number == "I" else code.usual.table_ii
        if usual is not None and code.in_xml:
            assert "(code" not in phrase(number, code.code, usual), code.code
