"""What lots bring: class by class, solved, proved, and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import msgspec

from section16.compliance.short_swing.answer import Dual, End, Pair
from section16.compliance.short_swing.lots import Lot
from section16.compliance.short_swing.matching import Scaled, gain, greedy, is_proved, scaled, solved
from section16.compliance.short_swing.money import decimal_of, is_exact, money
from section16.compliance.short_swing.other_pairings import another_pairing
from section16.compliance.short_swing.program import Match, Solution
from section16.law.six_months import Reading, corresponding_day, last_matching_day


class Solved(msgspec.Struct, frozen=True, kw_only=True):
    """One class with its greatest profit."""

    name: str
    group: Scaled
    solution: Solution
    reading: Reading

    @property
    def profit(self) -> Fraction:
        """In dollars."""
        return self.group.dollars(self.solution.profit)

    @property
    def is_proved(self) -> bool:
        """Whether the certificate holds."""
        return is_proved(self.group, self.solution, self.reading)

    @property
    def greedy(self) -> Fraction:
        """What the usual recipe finds."""
        return self.group.dollars(greedy(self.group, self.reading))

    @property
    def another(self) -> bool | None:
        """Whether another pairing reaches the same."""
        return another_pairing(self.group, self.solution, self.reading)

    def pairs(self) -> Iterator[Pair]:
        """The pairs, the earliest purchase first."""
        for match in self.solution.matches:
            yield _pair(self, match)

    def duals(self) -> Iterator[Dual]:
        """The proof's figures."""
        for lots, duals in (
            (self.group.purchases, self.solution.purchase_duals),
            (self.group.sales, self.solution.sale_duals),
        ):
            for lot, dual in zip(lots, duals, strict=True):
                value = Fraction(dual, self.group.per_dollar)
                yield Dual(
                    row=lot.trade.row,
                    side="purchase" if lot.is_purchase else "sale",
                    day=lot.trade.day,
                    security=self.name,
                    shares=decimal_of(lot.shares),
                    price=money(lot.price),
                    value=money(value),
                    value_exact=str(value),
                )


def solve(by_class: dict[str, list[Lot]], reading: Reading) -> list[Solved]:
    """Each class solved, in order of their names."""
    found = []
    for name in sorted(by_class):
        group = scaled(by_class[name])
        found.append(Solved(name=name, group=group, solution=solved(group, reading), reading=reading))
    return found


def total(found: Iterable[Solved]) -> Fraction:
    """The profit of all classes."""
    return sum((one.profit for one in found), Fraction(0))


def by_class(lots: Sequence[Lot], names: Sequence[str]) -> dict[str, list[Lot]]:
    """Lots by the name of their class.

    Derivative securities whose stock's market price isn't known match identical ones only: each such series is a group
    of its own, so that stock beside it is still solved as stock.
    """
    priced = {(name, lot.series) for lot, name in zip(lots, names, strict=True) if lot.market is not None}
    groups: dict[str, list[Lot]] = {}
    for lot, name in zip(lots, names, strict=True):
        apart = lot.series and (name, lot.series) not in priced
        groups.setdefault(" ".join([name, *lot.series]).strip() if apart else name, []).append(lot)
    return groups


def _pair(found: Solved, match: Match) -> Pair:
    purchase, sale = found.group.purchases[match.purchase], found.group.sales[match.sale]
    earlier = min(purchase.trade.day, sale.trade.day)
    later = purchase if purchase.trade.day > sale.trade.day else sale
    restated = Fraction(match.amount, found.group.per_share)
    each = gain(purchase, sale, found.reading) or Fraction(0)
    shares = restated / later.factor
    return Pair(
        purchase=_end(purchase, later),
        sale=_end(sale, later),
        shares=decimal_of(shares),
        profit=money(restated * each),
        earlier=earlier,
        corresponding_day=corresponding_day(earlier, found.reading),
        last_matching_day=last_matching_day(earlier, found.reading),
        measure=_measure(purchase, sale),
        security=purchase.trade.security if purchase.trade.security == sale.trade.security else found.name,
        shares_exact=None if is_exact(shares) else str(shares),
    )


def _measure(purchase: Lot, sale: Lot) -> str:
    if purchase.series != sale.series:
        return "market"
    return "premium" if purchase.series else "price"


def _end(lot: Lot, later: Lot) -> End:
    """An end of a pair; where the two are of different kinds, the stock's market price stands as price."""
    return End(
        row=lot.trade.row,
        day=lot.trade.day,
        code=lot.trade.code,
        shares=decimal_of(lot.shares / later.factor),
        price=money(lot.price * later.factor),
        security=lot.trade.security,
        source=lot.trade.source,
    )
