"""Amendments: what the report first filed had wrong, and the report that puts it right.

The mistake is made in the original; the amendment is the whole report again, in order, with the date of the original
and a word on what was corrected. Both add up in themselves, and what comes after follows the amendment.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from section16.samples.chance import Chance, decimal
from section16.samples.lines import Line
from section16.samples.reports import Report

LIKELY: Final = {"3": 0.031, "4": 0.0165, "5": 0.16}
"""How many of the originals on a form are amended."""

_TRADES: Final = frozenset("PSF")
_GRANTS: Final = frozenset("A")


def first_filed(right: Report, chance: Chance) -> tuple[Report, str] | None:
    """Return the report with a mistake, as first filed, and what the mistake is; None if there is no room for one."""
    wrong = msgspec.structs.replace(right, one=_copied(right.one), two=_copied(right.two))
    first, *rest = (_wrong_price, _wrong_count, _lost_holding, _lost_explanation, _wrong_event)
    mistakes = (first, *rest) if chance.happens(0.6) else (*rest, first)
    for mistake in mistakes:
        what = mistake(wrong, chance)
        if what is not None:
            return wrong, what
    return None


def amended(original: Report, right: Report, what: str, chance: Chance) -> Report:
    """Return the amendment of an original, which says what it corrects in the remarks or in a footnote."""
    said = right.insider.company.say("correction", right.period, what=what)
    report = msgspec.structs.replace(right, one=_copied(right.one), two=_copied(right.two), amends=original)
    lines = report.lines
    free = [line for line in lines if "title" not in line.notes]
    if free and chance.happens(0.6):
        free[0].notes["title"] = said
    else:
        report.remarks = f"{report.remarks} {said}".strip()
    return report


def _copied(lines: list[Line]) -> list[Line]:
    return [msgspec.structs.replace(line, notes=dict(line.notes)) for line in lines]


def _wrong_price(wrong: Report, chance: Chance) -> str | None:
    lines = [line for line in wrong.one if line.code in _TRADES and line.price and "price" not in line.notes]
    if not lines:
        return None
    line = chance.one_of(lines)
    cents = int((line.price or Decimal(0)) * 100)
    line.price = decimal(cents + chance.between(1, max(cents // 12, 2)), 2)
    return "the price of a transaction"


def _wrong_count(wrong: Report, chance: Chance) -> str | None:
    """Count too few shares in the last line of a balance, which then ends elsewhere too."""
    for lines in (wrong.one, wrong.two):
        for at in reversed(range(len(lines))):
            line = lines[at]
            alone = all(later.key != line.key for later in lines[at + 1 :])
            if alone and line.code in _TRADES | _GRANTS and line.shares > 30:  # noqa: PLR2004 - some can be missing
                fewer = Decimal(chance.between(1, int(line.shares) // 4))
                line.shares -= fewer
                line.owned += -fewer if line.acquired else fewer
                return "the number of shares of a transaction"
    return None


def _lost_holding(wrong: Report, chance: Chance) -> str | None:
    for lines in (wrong.one, wrong.two):
        lost = [line for line in lines if line.code is None]
        if lost and len(wrong.lines) > 1:
            lines.remove(chance.one_of(lost))
            return "the securities beneficially owned"
    return None


def _wrong_event(wrong: Report, _chance: Chance) -> str | None:
    """Give a day too late for the event that Form 3 is about."""
    if wrong.form != "3" or wrong.filed_on <= wrong.period:
        return None
    wrong.period += timedelta(days=1)
    return "the date of the event requiring the statement"


def _lost_explanation(wrong: Report, chance: Chance) -> str | None:
    explained = [line for line in wrong.lines if "owned" in line.notes or "shares" in line.notes]
    if not explained:
        return None
    notes = chance.one_of(explained).notes
    notes.pop("owned" if "owned" in notes else "shares")
    return "the explanation of a line"
