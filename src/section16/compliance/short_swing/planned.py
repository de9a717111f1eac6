"""What a planned trade would do: the profit it adds, the trades it would match, and from when on it is safe.

More cautious than liability: every trade that may count counts, month ends are read wide, and after the last matching
day a band of caution runs through the corresponding day itself (the habit of "six months and a day").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec
from msgspec.structs import replace

from section16.compliance.cells import read_amount, read_day
from section16.compliance.short_swing.answer import Pair
from section16.compliance.short_swing.engine import Sorted, Terms, sort_out
from section16.compliance.short_swing.lots import NO_CLASS_SAID, Lot
from section16.compliance.short_swing.money import money
from section16.compliance.short_swing.reckoning import solve, total
from section16.compliance.short_swing.trade import Trade
from section16.errors import UsageError, excerpt
from section16.law.six_months import Reading, corresponding_day, last_matching_day

PLANNED_ROW: Final = 0
"""The row of the planned trade."""

_PLAN: Final = re.compile(
    r"(?P<code>[PS]|buy|sell|purchase|sale)\s+(?P<shares>[\d,.]+)(?:\s+shares)?\s*(?:@|at)\s*(?P<price>\$?\s*[\d,.]+)"
    r"\s+on\s+(?P<day>\S+)(?:\s+of\s+(?P<security>.+))?",
    re.IGNORECASE,
)
_DAY: Final = timedelta(days=1)


class Block(msgspec.Struct, frozen=True, kw_only=True, rename={"day": "date"}):
    """A trade that stands in the way: until when an opposite trade matches it, and until when caution is advised."""

    row: int
    day: date
    code: str
    blocks_until: date
    caution_until: date
    is_certain: bool


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What a planned trade would do.

    `adds` is what it adds to the profit for certain; `adds_at_most` with all that may count and month ends read wide.
    `verdict`: blocked (a trade here matches it), caution (only in the band, or at no profit), or none found.
    `unblocked_from` is the first day from then on which no trade here matches, whatever the price, `safe_from` the
    first beyond the band.
    """

    planned: str
    verdict: str
    says: str
    adds: Decimal
    adds_at_most: Decimal
    pairs: tuple[Pair, ...]
    blocks: tuple[Block, ...]
    unblocked_from: date
    safe_from: date


def read_plan(text: str) -> Trade:
    """Read "S 5000 @ 20.00 on 2026-03-03", with "of Class A" behind it where that has to be said. Raises UsageError."""
    found = _PLAN.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError("is no planned trade")  # noqa: TRY301 - said with the rest
        shares = read_amount(found["shares"])
        price, day = read_amount(found["price"].replace(" ", ""), dollars=True, zero=True), read_day(found["day"])
    except ValueError as error:
        message = f"--what-if '{excerpt(text)}': {error}"
        raise UsageError("USAGE", message, mend='Write "S 5000 @ 20.00 on 2026-03-03"') from None
    bought = found["code"].lower() in {"p", "buy", "purchase"}
    return Trade(
        row=PLANNED_ROW,
        day=day,
        code="P" if bought else "S",
        direction="A" if bought else "D",
        shares=shares,
        price=price,
        security=" ".join((found["security"] or "").split()),
        source="planned",
    )


def what_if(trades: Sequence[Trade], planned: Trade, terms: Terms = Terms()) -> WhatIf:  # noqa: B008 - a frozen record
    """Say what a planned trade of stock would do beside `trades`. Raises UsageError if its class cannot be told."""
    known = [trade for trade in trades if terms.as_of is None or trade.day <= terms.as_of]
    open_ended = replace(terms, as_of=None)
    before, after = sort_out(known, open_ended), sort_out([*known, planned], open_ended)
    if any(one.trade is planned and NO_CLASS_SAID in one.asked for one in after.decisions):
        message = "the trades are of several classes, and the planned one doesn't say of which"
        raise UsageError("USAGE", message, mend='Write "S 5000 @ 20.00 on 2026-03-03 of Class A Common Stock"')
    own = next((lot for lot in after.lots if lot.trade is planned), None)
    blocks = [] if own is None else sorted(_blocks(own, after), key=lambda block: (block.day, block.row))
    adds, at_most, pairs = _added(before, after)
    unblocked, safe = _first_days(planned.day, blocks)
    verdict = _verdict(planned.day, at_most, unblocked, safe)
    return WhatIf(
        planned=f"{planned.code} {planned.shares:f} @ {planned.price} on {planned.day}",
        verdict=verdict,
        says=_says(verdict, own, adds),
        adds=adds,
        adds_at_most=at_most,
        pairs=pairs,
        blocks=tuple(block for block in blocks if block.caution_until >= planned.day or block.day > planned.day),
        unblocked_from=unblocked,
        safe_from=safe,
    )


def _added(before: Sorted, after: Sorted) -> tuple[Decimal, Decimal, tuple[Pair, ...]]:
    """What is added for certain, at most, and the pairs of the planned trade in the cautious reckoning."""
    certain = total(solve(after.groups(all_count=False), Reading.NARROW)) - total(
        solve(before.groups(all_count=False), Reading.NARROW)
    )
    found = solve(after.groups(all_count=True), Reading.WIDE)
    most = total(found) - total(solve(before.groups(all_count=True), Reading.WIDE))
    pairs = [pair for one in found for pair in one.pairs() if PLANNED_ROW in {pair.purchase.row, pair.sale.row}]
    return money(certain), money(max(certain, most)), tuple(pairs)


def _blocks(own: Lot, known: Sorted) -> list[Block]:
    """Opposite trades of the planned trade's class, whatever their price."""
    names = dict(zip(map(id, known.lots), known.names, strict=True))
    return [
        Block(
            row=lot.trade.row,
            day=lot.trade.day,
            code=lot.trade.code,
            blocks_until=last_matching_day(lot.trade.day, Reading.WIDE),
            caution_until=corresponding_day(lot.trade.day, Reading.WIDE),
            is_certain=lot.is_certain,
        )
        for lot in known.lots
        if lot.is_purchase is not own.is_purchase
        and names[id(lot)] == names[id(own)]
        and not (lot.stage and own.stage)
        and not lot.expired
    ]


def _first_days(planned: date, blocks: Sequence[Block]) -> tuple[date, date]:
    """The first days from the planned one on which no trade matches, and on which none is near."""
    unblocked = safe = planned
    moved = True
    while moved:
        moved = False
        for block in blocks:
            if _first_near(block, unblocked, last=False) and unblocked <= block.blocks_until:
                unblocked, moved = block.blocks_until + _DAY, True
            if _first_near(block, safe, last=True) and safe <= block.caution_until:
                safe, moved = block.caution_until + _DAY, True
    return unblocked, max(unblocked, safe)


def _first_near(block: Block, day: date, *, last: bool) -> bool:
    """Whether a planned day before a known trade is within six months of it; after it, its own end says so."""
    if day >= block.day:
        return True
    end = corresponding_day(day, Reading.WIDE) if last else last_matching_day(day, Reading.WIDE)
    return block.day <= end


def _verdict(planned: date, at_most: Decimal, unblocked: date, safe: date) -> str:
    if at_most > 0:
        return "blocked"
    return "caution" if max(unblocked, safe) > planned else "none found"


def _says(verdict: str, own: Lot | None, adds: Decimal) -> str:
    if own is None:
        return "The planned trade doesn't count by itself under the person's status; see what is assumed."
    if verdict == "blocked" and not adds:
        return "It may match trades here at a profit, if what is undecided counts or month ends are read wide."
    if verdict == "blocked":
        return "It would match trades here at a profit that is recoverable."
    if verdict == "caution":
        return "No profit found at this price on this day, but a trade here lies within six months or next to it."
    return "None found in these trades, under the assumptions listed."
