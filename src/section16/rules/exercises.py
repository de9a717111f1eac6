"""Exercises and conversions: the line of Table I and its twin in Table II.

Official texts: Form 4, General Instructions 4(c) and 8; SEC staff, Section 16 Electronic Reporting FAQ (2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from section16.codes import transaction_code
from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import Security, Transaction, folded

_OPTIONS: Final = frozenset({"M", "X", "O"})
_CITES: Final = "Form 4, General Instruction 4(c): an exercise or conversion is shown in both tables"
_CASH: Final = ("cash", "defer", "phantom")
"""Words of footnotes and titles by which units end without stock."""
_STOCK_IS_A_UNIT: Final = ("unit", "restricted", "award", "performance")
"""Words of titles in Table I that tell of awards held there, whose vesting has no line in Table II."""
_REASONS: Final = ("ratio", "net ", "dividend", "%", "performance", "formula", "goal", "fraction")
"""Words of footnotes that may explain why the two sides differ."""
_BRINGS: Final = frozenset({"M", "X", "C", "O", "A"})
_RESTRICTED: Final = re.compile(r"restricted (?:(?:common|ordinary|class [a-z]) )?(?:stock|shares?)(?! unit)")
"""Words of stock that was reported when granted: its withholding has no other line."""
_STEPS: Final = Decimal("0.01")
_RATIO_TITLES: Final = ("unit", "phantom", "convertible", "deferred", "class b")


def _exercises(report: Report, table: str) -> list[Transaction]:
    return [line for line in report.transactions if line.table == table and line.code in _OPTIONS]


def _code_unread(report: Report, table: str) -> bool:
    """Whether a line has no code, or none of the list: it may be the twin, and has a finding of its own."""
    return any(line.table == table and transaction_code(line.code) is None for line in report.transactions)


@rule(
    "L-11",
    Severity.ODD,
    Source.LIKELY,
    on="4 5",
    says="An exercise in Table I has no line in Table II.",
    mend="Add the line of Table II that shows the derivative security going, or use another code for stock awards that "
    "were reported in Table I.",
    cites=_CITES,
    basis="guide",
    aliases="DQ-LEG-UNPAIRED",
)
def an_exercise_has_its_twin_in_table_two(report: Report) -> Iterator[Place]:
    """Reports with M, X or O in Table I acquiring stock, and not one such line in Table II."""
    acquired = [line for line in _exercises(report, "I") if line.direction == "A"]
    if not acquired or _exercises(report, "II") or len(report.lines_2) == _FULL or "equivalent" in report.words:
        return
    if _code_unread(report, "II"):
        return
    line = acquired[0]
    said = f"{line.part.place} is an exercise (code {line.code}), but Table II shows none."
    if not any(word in line.security.title for word in _STOCK_IS_A_UNIT):
        yield report.column(line.part, "transactionCoding", "transactionCode", message=said)


_FULL: Final = 30
"""Lines a table can hold; what follows is in another report."""


@rule(
    "L-91",
    Severity.ODD,
    Source.LIKELY,
    on="4 5",
    says="An exercise in Table II has no line in Table I.",
    mend="Add the line of Table I that shows the stock coming in; if cash was paid, say so in a footnote.",
    cites=_CITES,
    basis="guide",
)
def an_exercise_has_its_twin_in_table_one(report: Report) -> Iterator[Place]:
    """Reports with M, X or O in Table II giving up a security, no such line in Table I, and no word of cash."""
    given = [line for line in _exercises(report, "II") if line.direction == "D"]
    if not given or _exercises(report, "I") or _code_unread(report, "I") or len(report.lines_1) == _FULL:
        return
    if any(line.direction == "A" for line in _exercises(report, "II")) or any(word in report.words for word in _CASH):
        return
    line = given[0]
    if not any(word in line.security.title for word in _CASH):
        said = f"{line.part.place} is an exercise (code {line.code}), but Table I shows none."
        yield report.column(line.part, "transactionCoding", "transactionCode", message=said)


@rule(
    "L-92",
    Severity.ODD,
    Source.LIKELY,
    on="4 5",
    says="An exercise moves different amounts in the two tables.",
    mend="Check the amounts of the lines with this code and day in both tables; a footnote says so if a ratio explains "
    "them.",
    cites=_CITES,
    basis="guide",
)
def both_sides_of_an_exercise_are_equal(report: Report) -> Iterator[Place]:
    """Code M, day by day, where nothing is said of a ratio, of cash or of goals that set the number of shares."""
    days = {line.day for line in _exercises(report, "I") if line.code == "M"}
    if not days or len(report.owners) != 1 or any(word in report.words for word in (*_CASH, *_REASONS)):
        return
    for day in days:
        stock = _total(report, "I", day)
        rights = _total(report, "II", day)
        if stock and rights and abs(stock[0] - rights[0]) > 1:
            said = f"On {day} code M brings {stock[0]} in Table I and takes {rights[0]} in Table II."
            yield report.column(stock[1].part, "transactionAmounts", "transactionShares", message=said)


def _total(report: Report, table: str, day: object) -> tuple[Decimal, Transaction] | None:
    """What M lines of a day move in a table, and the first of them; None unless all move the usual way."""
    lines = [line for line in report.transactions if line.table == table and line.code == "M" and line.day == day]
    usual = "A" if table == "I" else "D"
    if not lines or any(line.direction != usual or line.shares is None or line.in_dollars for line in lines):
        return None
    return sum((line.shares for line in lines if line.shares is not None), Decimal(0)), lines[0]


@rule(
    "L-12",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The price paid for the stock isn't the exercise price.",
    mend="Column 4 of Table I and column 2 of Table II show the same exercise price.",
    cites=_CITES,
    basis="derived",
)
def the_stock_costs_the_exercise_price(report: Report) -> Iterator[Place]:
    """One M, X or O line in each table, of one day, with both prices given and neither zero."""
    stock, rights = _exercises(report, "I"), _exercises(report, "II")
    if len(stock) != 1 or len(rights) != 1 or stock[0].day != rights[0].day:
        return
    exercise = rights[0].part.record.conversion_or_exercise_price
    paid, price = stock[0].price, exercise.value if exercise else None
    if paid and price and abs(paid - price) > _STEPS:
        said = f"The stock was acquired at {paid}; the exercise price in Table II is {price}."
        yield report.column(stock[0].part, "transactionAmounts", "transactionPricePerShare", message=said)


@rule(
    "L-123",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="More shares are withheld than the exercise or conversion of that day brings.",
    mend="Check both amounts; if shares of another award were withheld, say so in a footnote of the F line.",
    cites="Form 4, General Instruction 8: code F is payment of exercise price or tax in securities",
    basis="guide",
)
def no_more_is_withheld_than_comes_in(report: Report) -> Iterator[Place]:
    """Table I: F lines without a footnote beside M, X, C or O of one day and security; grants of it count as well.

    Restricted stock vests without a line, so F alone is sound, and so is F beside a grant.
    """
    if len(report.owners) != 1 or _RESTRICTED.search(report.words):
        return
    days: dict[tuple[Security, date | None], list[Transaction]] = {}
    for line in report.transactions:
        if line.table == "I":
            days.setdefault((line.security, line.day), []).append(line)
    for lines in days.values():
        withheld = [line for line in lines if line.code == "F" and line.direction == "D"]
        came = [line for line in lines if line.code in _BRINGS and line.direction == "A"]
        if (
            not withheld
            or all(line.code == "A" for line in came)
            or any(report.explains(each.part) for each in withheld)
        ):
            continue
        out, into = _amount(withheld), _amount(came)
        if out is not None and into is not None and out > into:
            said = f"{out} withheld of {into} that came in on {withheld[0].day}."
            yield report.column(withheld[0].part, "transactionAmounts", "transactionShares", message=said)


def _amount(lines: Sequence[Transaction]) -> Decimal | None:
    """The amounts of some lines together; None if one isn't given."""
    amounts = [line.shares for line in lines if line.shares is not None]
    return sum(amounts, Decimal(0)) if len(amounts) == len(lines) else None


@rule(
    "L-21",
    Severity.NOTE,
    Source.LAW,
    says="The conversion price looks like a ratio of one to one, not like dollars.",
    mend="Leave the value of column 2 (Form 3: column 4) out; say in a footnote there how many shares each unit is.",
    cites="SEC staff, Section 16 Electronic Reporting FAQ (2003): a price not in dollars goes into a footnote",
    basis="guide",
)
def a_ratio_is_no_price(report: Report) -> Iterator[Place]:
    """Units and convertible securities at exactly 1 with no footnote beside it; 0, a widespread habit, is let be."""
    for line in report.lines_2:
        price = line.record.conversion_or_exercise_price
        if price is None or price.value != 1 or price.footnotes:
            continue
        if any(word in folded(line.record.title) for word in _RATIO_TITLES):
            said = f"The conversion price is {price.text}, which reads as dollars."
            yield report.column(line, "conversionOrExercisePrice", message=said)
