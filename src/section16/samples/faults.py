"""Faults put into a small share of the filings on purpose, each named in INDEX.csv.

Each is one that EDGAR lets pass or that tests of a checker need. A fault touches one report only: what the insider owns
goes on as if nothing were wrong, and the next report starts from the truth. Everything without a fault named is meant
to be in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from section16.samples.chance import Chance, Mix
from section16.samples.lines import Line
from section16.samples.reports import Report
from section16.samples.vocabulary import footnote

LATE: Final = "late"
DUPLICATE: Final = "duplicate"

FAULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "acquired-disposed-swapped": "a purchase, grant, sale or withholding says D for A, or A for D",
        "arithmetic": "an amount owned after a transaction does not follow from the one before",
        DUPLICATE: "the report was filed before, word for word, under another accession number",
        "future-date": "a transaction is dated a year ahead, after the filing",
        LATE: "filed, or a line of it filed, well after its due date",
        "missing-footnote": "a footnote is referred to but not there",
        "period-not-earliest": "the period of report is not the day of the earliest transaction",
        "placeholder-symbol": "the trading symbol is N/A, NONE or a dash though the issuer has one",
        "total-as-price": "the price per share is the total price",
        "unreferenced-footnote": "a footnote is there but nothing refers to it",
    }
)
"""The names of all faults, and what each is."""

SHARE: Final = 0.03
"""How many filings have a fault, as long as chance finds the report fit for one."""

_DRAWN: Final = Mix(
    [
        (LATE, 30),
        ("arithmetic", 14),
        ("acquired-disposed-swapped", 10),
        ("period-not-earliest", 8),
        (DUPLICATE, 8),
        ("total-as-price", 8),
        ("unreferenced-footnote", 7),
        ("missing-footnote", 5),
        ("future-date", 5),
        ("placeholder-symbol", 5),
    ]
)
_LARGEST: Final = Decimal("999999999999.9999")
_FEWEST: Final = 20
_CODES_AT_MARKET: Final = frozenset("PSFD")
_CODES_WITH_A_TWIN: Final = frozenset("MCX")
_CODES_OF_ONE_DIRECTION: Final = frozenset("PSFA")


def draw_fault(chance: Chance) -> str | None:
    """Return the fault that a filing shall have, mostly none."""
    return chance.drawn(_DRAWN) if chance.happens(SHARE) else None


def spoil(report: Report, fault: str, chance: Chance) -> None:
    """Put a fault into a report with its dates set, and name it there; where it cannot have this one, another.

    LATE and DUPLICATE are not for here: they are a matter of when, and how often, a report is filed.
    """
    tried = {LATE, DUPLICATE}
    while fault in tried or not _SPOILERS[fault](report, chance):
        tried.add(fault)
        fault = chance.drawn(_DRAWN)
    report.faults = (*report.faults, fault)


def _transactions(report: Report) -> list[Line]:
    return [line for line in report.lines if line.code is not None]


def _swap_direction(report: Report, chance: Chance) -> bool:
    lines = [line for line in _transactions(report) if line.code in _CODES_OF_ONE_DIRECTION]
    if not lines:
        return False
    line = chance.one_of(lines)
    line.acquired = not line.acquired
    return True


def _miscount(report: Report, chance: Chance) -> bool:
    """Miscount between two lines of one balance, so that the last is right and the next report too."""
    for lines in (report.one, report.two):
        for at, line in enumerate(lines[:-1]):
            if line.code and any(later.key == line.key for later in lines[at + 1 :]):
                line.owned += chance.between(1, 90) * 10
                return True
    return False


def _late_period(report: Report, chance: Chance) -> bool:
    """Give the day of a later transaction, or of the filing, for the earliest one."""
    if report.form != "4" or not _transactions(report) or report.filed_on <= report.period:
        return False
    days = sorted({line.traded_on for line in _transactions(report) if line.traded_on} | {report.filed_on})
    report.period = chance.one_of([day for day in days if report.period < day <= report.filed_on])
    return True


def _price_in_total(report: Report, chance: Chance) -> bool:
    lines = [line for line in _transactions(report) if _can_be_totalled(line)]
    if not lines:
        return False
    line = chance.one_of(lines)
    line.price = (line.shares * (line.price or 0)).quantize(Decimal("0.01"))
    return True


def _can_be_totalled(line: Line) -> bool:
    """Say whether a line at a market price would stand out with the total for a price."""
    if line.code not in _CODES_AT_MARKET or line.derivative is not None or line.price is None:
        return False
    return line.shares >= _FEWEST and line.price > 0 and line.shares * line.price < _LARGEST


def _date_ahead(report: Report, chance: Chance) -> bool:
    """Mistype the year of a line, in a report that still has another line of its period."""
    lines = [line for line in _transactions(report) if line.deemed_on is None and line.code not in _CODES_WITH_A_TWIN]
    earliest = [line for line in lines if line.traded_on == report.period]
    if report.form != "4" or len(lines) < 2 or (len(earliest) < 2 and len(lines) == len(earliest)):  # noqa: PLR2004
        return False
    line = chance.one_of(lines if len(earliest) > 1 else [line for line in lines if line not in earliest])
    traded = line.traded_on or report.period
    line.traded_on = date(traded.year + 1, traded.month, min(traded.day, 28))
    return True


def _lose_footnote(report: Report, _chance: Chance) -> bool:
    report.dangling = bool(report.one)
    return report.dangling


def _spare_footnote(report: Report, chance: Chance) -> bool:
    report.spare_footnote = footnote("spare", chance.below(10))
    return True


def _hide_symbol(report: Report, chance: Chance) -> bool:
    if report.insider.company.listed:
        report.symbol = chance.one_of(("N/A", "NONE", "-"))
    return report.symbol is not None


_SPOILERS: Final[Mapping[str, Callable[[Report, Chance], bool]]] = {
    "acquired-disposed-swapped": _swap_direction,
    "arithmetic": _miscount,
    "future-date": _date_ahead,
    "missing-footnote": _lose_footnote,
    "period-not-earliest": _late_period,
    "placeholder-symbol": _hide_symbol,
    "total-as-price": _price_in_total,
    "unreferenced-footnote": _spare_footnote,
}
