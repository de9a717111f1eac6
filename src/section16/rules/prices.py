"""Prices that can't be right for their code, their amount or their footnote.

Official texts: Form 4, General Instruction 8; staff letter of 25 June 2008 to the Society of Corporate Secretaries
(several trades on one line: within one dollar, weighted average price, range and undertaking in a footnote).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from section16.findings import Severity, Source
from section16.law.aggregation import one_line
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Transaction

_MONEY: Final = r"(?:us|u\.s\.)? ?\$ ?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)"
_RANGE: Final = re.compile(
    _MONEY + r"(?: per (?:share|unit|ads))?,? ?(?:to|and|through|-|–|—) ?(?:a high of )?"
    r"(?:\$ ?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)|([0-9]+(?:,[0-9]{3})*\.[0-9]+)(?! shares))"
)
_RANGE_WORDS: Final = ("rang", "between", "low", "high")
_AMOUNT: Final = re.compile(r"[0-9]*\.[0-9]+|\$ ?[0-9]+")
_UNDERTAKES: Final = re.compile(r"undertak|upon request|request|will (?:provide|furnish)|agrees to provide")
_HUGE: Final = Decimal(20_000)
_FEW: Final = Decimal(100)
_FEWEST: Final = Decimal(10)
_PRICED: Final = frozenset({"P", "S", "F", "D"})
_LETTER: Final = "SEC staff letter to the Society of Corporate Secretaries, 25 June 2008"
_TRADES: Final = frozenset({"P", "S"})


def _price(report: Report, line: Transaction, message: str, mend: str | None = None) -> Place:
    place = report.column(line.part, "transactionAmounts", "transactionPricePerShare", message=message)
    return place if mend is None else Place(place.where, place.path, message, mend)


def _price_notes(report: Report, line: Transaction) -> str:
    amounts = line.part.record.amounts
    return report.notes_of(amounts.price_per_share) if amounts and amounts.price_per_share else ""


def _averaged(report: Report) -> list[tuple[Transaction, str]]:
    """P and S lines of Table I whose price is called a weighted average, with the footnotes of the price."""
    if "average" not in report.words:
        return []
    trades = [line for line in report.transactions if line.code in _TRADES and line.table == "I"]
    noted = [(line, _price_notes(report, line)) for line in trades]
    return [(line, notes) for line, notes in noted if "average price" in notes or _weighted(notes)]


def _weighted(notes: str) -> bool:
    return "average" in notes and "weighted" in notes


def _range(notes: str) -> tuple[Decimal, Decimal] | None:
    """The one range of prices that footnotes give, low and high; None if there is none or more than one."""
    found = {(_number(low), _number(high or bare)) for low, high, bare in _RANGE.findall(notes)}
    return min(found) if len(found) == 1 else None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@rule(
    "L-22",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="A purchase or sale has the price 0.",
    mend="Enter the price in column 4 (Table II: 8); if there was none, use the code of what happened (G, J, A).",
    cites="Form 4, General Instruction 8: P and S are purchases and sales",
    basis="guide",
    aliases="DQ-PRICE-ZERO",
)
def a_purchase_or_sale_has_a_price(report: Report) -> Iterator[Place]:
    """P and S at 0 without a footnote beside the price."""
    for line in report.transactions:
        if line.code in _TRADES and line.price is not None and not line.price and not _price_notes(report, line):
            yield _price(report, line, f"Code {line.code} is a {_trade(line)}, but the price is 0.")


def _trade(line: Transaction) -> str:
    return "purchase" if line.code == "P" else "sale"


@rule(
    "L-15",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="Shares withheld for tax or price have the price 0.",
    mend="Enter the market price at which they were withheld.",
    cites="Form 4, General Instruction 8: code F is payment of exercise price or tax in securities",
    basis="guide",
)
def withheld_shares_have_a_price(report: Report) -> Iterator[Place]:
    """F at 0 in Table I without a footnote beside the price."""
    for line in report.transactions:
        zero = line.code == "F" and line.table == "I" and line.price is not None and not line.price
        if zero and not _price_notes(report, line):
            yield _price(report, line, f"{line.shares} securities paid for tax or price at a price of 0.")


@rule(
    "L-05",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The price looks like a total or a number of securities.",
    mend="Enter the price of one security.",
    cites="Experience: totals and share counts typed as prices",
    basis="seen",
)
def the_price_is_that_of_one_security(report: Report) -> Iterator[Place]:
    """Table I, P, S, F and D: the number of shares, a total by another line's price, or beyond any stock so traded."""
    priced = [line for line in report.transactions if line.table == "I" and line.code in _PRICED and line.price]
    for line in priced:
        if line.price is None or line.shares is None or line.shares < _FEWEST:
            continue
        each = line.price / line.shares
        if line.price == line.shares and line.shares >= _FEW:
            yield _price(report, line, f"The price, {line.price}, is the number of securities.")
        elif _total_by(line, each, priced) or (line.price >= _HUGE and line.shares >= _FEW and not _dear(report)):
            said = f"{line.price} for each of {line.shares} securities; as a total it is {each:,.2f} each."
            yield _price(report, line, said)


def _dear(report: Report) -> bool:
    """Whether the issuer is the one whose stock does trade at hundreds of thousands of dollars."""
    issuer = report.document.issuer
    return bool(issuer and (issuer.trading_symbol or "").strip().upper().startswith("BRK"))


def _total_by(line: Transaction, each: Decimal, priced: list[Transaction]) -> bool:
    """Whether the price, divided by the amount, is what another line of the security paid."""
    return any(
        other.security == line.security and other.price is not None and abs(each - other.price) * 50 < other.price
        for other in priced
        if other is not line
    )


@rule(
    "L-53",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="A weighted average price stands without the range of prices.",
    mend="Give the lowest and the highest price in the footnote.",
    cites=_LETTER,
    basis="rule",
)
def a_weighted_average_price_has_its_range(report: Report) -> Iterator[Place]:
    """Footnotes of the price that say weighted average and neither a range nor two prices."""
    for line, notes in report.once(_averaged):
        if not any(word in notes for word in _RANGE_WORDS) and len(set(_AMOUNT.findall(notes))) < 2:  # noqa: PLR2004
            yield _price(report, line, "The footnote calls the price a weighted average but gives no range of prices.")


@rule(
    "L-84",
    Severity.NOTE,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="A weighted average price stands without the undertaking to give each price on request.",
    mend="Add that the reporting person undertakes to give the SEC staff, the issuer or a security holder full "
    "information on the number of securities at each price.",
    cites=_LETTER,
    basis="rule",
)
def a_weighted_average_price_has_its_undertaking(report: Report) -> Iterator[Place]:
    """Weighted averages in reports whose footnotes and remarks undertake nothing."""
    if report.once(_averaged) and not _UNDERTAKES.search(report.words):
        yield from [
            _price(report, line, "No footnote undertakes to give each price.") for line, _ in report.once(_averaged)
        ]


@rule(
    "L-07",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The weighted average price lies outside the range in its footnote.",
    mend="Check the price, the range, and whether the line refers to the right footnote.",
    cites=_LETTER,
    basis="rule",
)
def a_weighted_average_lies_in_its_range(report: Report) -> Iterator[Place]:
    """Footnotes that give one range; rounding to a cent is allowed for."""
    for line, notes in report.once(_averaged):
        prices = _range(notes)
        if prices is None or line.price is None:
            continue
        low, high = min(prices), max(prices)
        if not low - _CENT <= line.price <= high + _CENT:
            yield _price(report, line, f"The price {line.price} isn't between {low} and {high} of the footnote.")


_CENT: Final = Decimal("0.01")


@rule(
    "L-85",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="Trades over more than one dollar stand on one line.",
    mend="Use a line for each range of one dollar, with its own weighted average.",
    cites=_LETTER,
    basis="rule",
)
def trades_on_one_line_lie_within_a_dollar(report: Report) -> Iterator[Place]:
    """Footnotes that give one range."""
    for line, notes in report.once(_averaged):
        prices = _range(notes)
        if prices is not None and max(prices) - min(prices) > one_line(line.day or date.max).width:
            yield _price(report, line, f"The prices of the line range from {min(prices)} to {max(prices)}.")


@rule(
    "L-86",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="A gift has a price.",
    mend="Enter 0 in column 4: a gift has no price. If it was no gift, correct the code.",
    cites="Form 4, General Instruction 8: code G is a bona fide gift",
    basis="guide",
)
def a_gift_has_no_price(report: Report) -> Iterator[Place]:
    """G lines with a price above 0."""
    for line in report.transactions:
        if line.code == "G" and line.price:
            yield _price(report, line, f"A gift, but the price is {line.price}.")


_OTHER_MONEY: Final = re.compile(
    r"\b(?:cad|c\$|gbp|pence|eur|euros?|nis|chf|cdn\$?|a\$|aud|canadian dollars|pounds sterling|swiss francs|yen|rmb)\b"
)


@rule(
    "DQ-CURRENCY",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="A footnote of the price names another currency.",
    mend="Give prices in U.S. dollars, and the rate in the footnote.",
    cites="Ownership XML has no element for a currency; the form's figures are read as U.S. dollars",
    basis="derived",
)
def prices_are_in_dollars(report: Report) -> Iterator[Place]:
    """Footnotes beside a price."""
    for line in report.transactions:
        notes = _price_notes(report, line)
        found = _OTHER_MONEY.search(notes) if notes else None
        if found:
            yield _price(report, line, f"The footnote of the price speaks of '{found[0]}'.")
