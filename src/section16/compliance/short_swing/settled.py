"""What only the other trades decide: the tail after leaving, the look-back before registration, written options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from section16.compliance.short_swing.decisions import Decision, Reason
from section16.compliance.short_swing.lots import Lot
from section16.law.six_months import Reading, within_six_months

_TAIL = Reason(
    why="after leaving, and no opposite trade that counts was made in office less than six months before",
    cites="Rule 16a-2(b)",
    basis="guide",
)
_LOOK_BACK = Reason(
    why="before the issuer's first registration, and no opposite trade that counts lies less than six months after it",
    cites="Rule 16a-2(a)",
    basis="guide",
)
_NOT_WRITTEN = Reason(why="when the option was written, and for what premium", cites="Rule 16b-6(d)", basis="memory")
_LATE_EXPIRY = Reason(
    why="the option expired six months or more after it was written", cites="Rule 16b-6(d)", basis="memory"
)
_NO_MARKET = Reason(
    why="the stock's market price on that day, to match it with stock or other derivative securities",
    cites="Rule 16b-6(c)(2)",
    basis="memory",
)


def settle(
    decisions: Sequence[Decision], places: Sequence[int], lots: Sequence[Lot], names: Sequence[str]
) -> tuple[list[Decision], list[Lot]]:
    """Decisions and lots after each was held against the others of its class."""
    decided = list(decisions)
    after: list[Lot] = []
    groups: dict[str, list[Lot]] = {}
    for lot, name in zip(lots, names, strict=True):
        groups.setdefault(name, []).append(lot)
    for place, lot, name in zip(places, lots, names, strict=True):
        decided[place] = _judged(decided[place], lot, groups[name])
        still = decided[place]
        after.append(replace(lot, is_certain=lot.is_certain and still.left_out is None and still.can_count))
    return decided, after


def _judged(decision: Decision, lot: Lot, others: Sequence[Lot]) -> Decision:
    if lot.expired:
        return _expiry(decision, lot, others)
    if lot.stage and not any(one.stage == 0 for one in _opposite(lot, others)):
        return replace(decision, left_out=_TAIL if lot.stage > 0 else _LOOK_BACK, asked=())
    unlike = (one for one in _opposite(lot, others) if one.series != lot.series and not one.expired)
    if lot.market is None and next(unlike, None) is not None:
        return replace(decision, asked=(*decision.asked, _NO_MARKET))
    return decision


def _expiry(decision: Decision, lot: Lot, others: Sequence[Lot]) -> Decision:
    """The end of a written option is matched with its writing, if that lies less than six months before."""
    written = [
        one
        for one in others
        if one.series == lot.series and one.is_purchase is not lot.is_purchase and one.trade.day <= lot.trade.day
    ]
    if not written:
        return replace(decision, asked=(*decision.asked, _NOT_WRITTEN), can_count=False)
    if not any(within_six_months(one.trade.day, lot.trade.day, Reading.WIDE) for one in written):
        return replace(decision, left_out=_LATE_EXPIRY, asked=())
    return decision


def _opposite(lot: Lot, others: Sequence[Lot]) -> Iterator[Lot]:
    """Opposite lots within six months, by either reading."""
    for one in others:
        if one.is_purchase is not lot.is_purchase and within_six_months(one.trade.day, lot.trade.day, Reading.WIDE):
            yield one
