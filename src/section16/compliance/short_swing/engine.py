"""Short-swing profit: trades, a person and a table of splits in, an explained answer out.

decisions    which trades count, which need a fact, which don't (code, exemption, status)
lots         trades as shares of a class, restated for splits
matching     the greatest profit of each class, proved
answer       what is told: pairs, exclusions, facts missing, proof, assumptions
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from section16.compliance.short_swing.answer import Asked, Pair, Proof, Row, ShortSwing
from section16.compliance.short_swing.assumptions import assumptions
from section16.compliance.short_swing.cautions import warnings
from section16.compliance.short_swing.decisions import Decision, Reason, decide
from section16.compliance.short_swing.lots import NO_CLASS_SAID, Lot, classes, lot_of
from section16.compliance.short_swing.money import is_exact, money
from section16.compliance.short_swing.reckoning import Solved, by_class, solve, total
from section16.compliance.short_swing.settled import settle
from section16.compliance.short_swing.trade import Insider, Trade, in_order
from section16.compliance.short_swing.written import PRESUMED, presumed_expiries
from section16.law.six_months import Reading
from section16.positions import Split


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the trades: the person, splits, the last day to look at, and whether all classes are one."""

    insider: Insider = Insider()
    splits: tuple[Split, ...] = ()
    as_of: date | None = None
    one_class: bool = False


class Sorted(msgspec.Struct, frozen=True, kw_only=True):
    """Trades after judgement: those decided, and the lots of those that count or may count, with their classes."""

    decisions: tuple[Decision, ...]
    lots: tuple[Lot, ...]
    names: tuple[str, ...]

    def groups(self, *, all_count: bool) -> dict[str, list[Lot]]:
        """Lots by class: those that count for certain, or all that may."""
        kept = [number for number, lot in enumerate(self.lots) if all_count or lot.is_certain]
        return by_class([self.lots[number] for number in kept], [self.names[number] for number in kept])


def short_swing(trades: Sequence[Trade], terms: Terms = Terms()) -> ShortSwing:  # noqa: B008 - a frozen record
    """The greatest profit recoverable under Section 16(b) from `trades`; their order never matters.

    Says what was matched, what was left out and why, which facts are missing, what was assumed, and proves the figure.
    """
    known = sort_out(trades, terms)
    certain, possible = known.groups(all_count=False), known.groups(all_count=True)
    found = solve(certain, Reading.NARROW)
    profit, if_all = total(found), profit_of(known, certain, possible, total(found))
    wide = total(solve(certain, Reading.WIDE))
    pairs = tuple(sorted((pair for one in found for pair in one.pairs()), key=_pair_order))
    return ShortSwing(
        profit=money(profit),
        says=_says(profit, if_all),
        pairs=pairs,
        excluded=tuple(_row(one, one.left_out) for one in known.decisions if one.left_out),
        undecided=tuple(_asked(one) for one in known.decisions if one.left_out is None and one.asked),
        profit_if_all_count=money(if_all),
        profit_wide=money(wide) if wide != profit else None,
        profit_at_most=_at_most(certain, profit),
        profit_exact=None if is_exact(profit) else str(profit),
        greedy=money(sum((one.greedy for one in found), Fraction(0))),
        another_pairing=_another(found),
        proof=_proof(found, profit),
        assumptions=tuple(assumptions(known.lots, known.decisions, terms.insider, terms.splits)),
        warnings=tuple(warnings(known.lots, known.names, terms.insider, profit, wide)),
        trades=len(trades),
    )


def sort_out(trades: Sequence[Trade], terms: Terms) -> Sorted:
    """Judge each trade, and make lots of those that count or may count."""
    given = in_order(list(trades))
    presumed = presumed_expiries(given, terms.as_of)
    ordered = [*given, *presumed]
    decisions = [_as_of(decide(trade, terms.insider), terms.as_of) for trade in ordered]
    for place in range(len(given), len(ordered)):
        decisions[place] = replace(decisions[place], asked=(*decisions[place].asked, PRESUMED))
    named = classes(ordered, one_class=terms.one_class)
    for place, decision in enumerate(decisions):
        if named[place] is None and decision.left_out is None:
            asked = (*decision.asked, NO_CLASS_SAID)
            decisions[place] = replace(decision, asked=asked, can_count=False)
    kept = [place for place, decision in enumerate(decisions) if decision.may_count]
    names = [named[place] or "" for place in kept]
    lots = [lot_of(decisions[place], terms.insider, terms.splits) for place in kept]
    decided, lots = settle(decisions, kept, lots, names)
    count = [number for number, place in enumerate(kept) if decided[place].may_count]
    return Sorted(
        decisions=tuple(decided),
        lots=tuple(lots[number] for number in count),
        names=tuple(names[number] for number in count),
    )


def profit_of(
    known: Sorted, certain: dict[str, list[Lot]], possible: dict[str, list[Lot]], profit: Fraction
) -> Fraction:
    """The profit if all count that may; no second reckoning if all count for certain."""
    if all(lot.is_certain for lot in known.lots) or certain == possible:
        return profit
    return total(solve(possible, Reading.NARROW))


def _as_of(decision: Decision, as_of: date | None) -> Decision:
    if as_of is None or decision.trade.day <= as_of:
        return decision
    return replace(decision, left_out=Reason(why=f"after {as_of}, the last day looked at"), asked=())


def _at_most(groups: dict[str, list[Lot]], profit: Fraction) -> Decimal | None:
    """The bound where prices are averages: purchases at the lowest price of their range, sales at the highest."""
    ranged = [
        lot for lots in groups.values() for lot in lots if lot.trade.low is not None or lot.trade.high is not None
    ]
    if not ranged:
        return None
    bounded = {name: [_at_best(lot) for lot in lots] for name, lots in groups.items()}
    return money(max(profit, total(solve(bounded, Reading.NARROW))))


def _at_best(lot: Lot) -> Lot:
    best = lot.trade.low if lot.is_purchase else lot.trade.high
    return lot if best is None or lot.series else replace(lot, price=Fraction(best) / lot.factor)


def _another(found: Sequence[Solved]) -> bool | None:
    answers = [one.another for one in found]
    return True if True in answers else None if None in answers else False


def _proof(found: Sequence[Solved], profit: Fraction) -> Proof:
    return Proof(
        says="For every purchase and sale that may be matched, the two duals together are at least what a share of the "
        "pair brings. So no pairing brings more than the sum of shares times duals; the pairs shown bring just that.",
        bound=money(profit),
        checked=all(one.is_proved for one in found),
        duals=tuple(dual for one in found for dual in one.duals()),
    )


def _says(profit: Fraction, if_all: Fraction) -> str:
    more = "; more if the undecided trades count" if if_all > profit else ""
    if not profit:
        return f"None found in these trades, under the assumptions listed{more}."
    return f"${money(profit):,} is recoverable from these trades at most, under the assumptions listed{more}."


def _pair_order(pair: Pair) -> tuple[date, int, date, int]:
    purchase, sale = pair.purchase, pair.sale
    return purchase.day, purchase.row, sale.day, sale.row


def _row(decision: Decision, reason: Reason) -> Row:
    trade = decision.trade
    return Row(
        row=trade.row,
        day=trade.day,
        code=trade.code,
        shares=trade.shares,
        price=trade.price,
        why=reason.why,
        cites=reason.cites,
        basis=reason.basis,
        source=trade.source,
    )


def _asked(decision: Decision) -> Asked:
    trade = decision.trade
    return Asked(
        row=trade.row,
        day=trade.day,
        code=trade.code,
        shares=trade.shares,
        price=trade.price,
        missing=tuple(reason.why for reason in decision.asked),
        counted_if_all=decision.may_count,
        cites=tuple(dict.fromkeys(reason.cites for reason in decision.asked if reason.cites)),
        source=trade.source,
    )
