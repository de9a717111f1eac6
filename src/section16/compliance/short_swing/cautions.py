"""What a reader of the answer has to be warned of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from section16.compliance.short_swing.lots import Lot
from section16.compliance.short_swing.money import money
from section16.compliance.short_swing.trade import Insider


def warnings(
    lots: Sequence[Lot], names: Sequence[str], insider: Insider, profit: Fraction, wide: Fraction
) -> Iterator[str]:
    """The warnings, the gravest first."""
    if wide != profit:
        yield (
            f"Month ends: by the wide reading, one day more, the profit is {money(wide)}; the figure here is by the "
            "narrow one. No court has been seen to decide between them: do not clear a trade on that day."
        )
    classes = sorted(set(names))
    if len(classes) > 1:
        yield (
            f"Trades of different classes ({', '.join(classes)}) are not matched with each other (Gibbons v. Malone, "
            "703 F.3d 595). If two are one class under two names, or convertible, say so: --one-class."
        )
    ranged = [lot for lot in lots if lot.trade.low is not None or lot.trade.high is not None]
    if ranged:
        yield (
            "Weighted average prices hide the single fills: the true figure is not below the profit and not above "
            "profit_at_most."
        )
    if insider.foreign:
        yield "Section 16(b) is not applied: the issuer is a foreign private issuer."
    if insider.only_owns and any(lot.trade.owned_before is None for lot in lots):
        yield "Where owned_before or outstanding is missing, a ten-percent owner's trade is undecided."
