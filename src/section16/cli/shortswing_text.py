"""The short-swing answer as text: the sum, pairs with their windows, a timeline, and all that bears on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from section16.cli.plain_table import plain_table
from section16.compliance.short_swing import Asked, End, Pair, Row, ShortSwing, WhatIf

_WIDTH: Final = 60
_MOST_BARS: Final = 40
_CENTS: Final = 2
_RIGHT: Final = frozenset({"Shares", "Price", "Bought at", "Sold at", "Profit", "Row"})


def answer_lines(answer: ShortSwing, planned: WhatIf | None) -> Iterator[str]:
    """The lines of an answer."""
    if answer.issuer:
        yield f"{answer.owner} at {answer.issuer}"
    yield f"Short-swing profit, Section 16(b): {_dollars(answer.profit)}"
    yield answer.says
    if answer.pairs:
        yield ""
        yield from _pairs(answer)
        yield ""
        yield from _timeline(answer.pairs)
    yield ""
    yield from _beside(answer)
    if planned is not None:
        yield ""
        yield from _planned(planned)
    yield from _left_open(answer)
    yield from [line for warning in answer.warnings for line in ("", f"Warning: {warning}")]
    yield ""
    yield "Assumed and applied (rule: read in the law; guide: in a guide; memory: not read again)"
    for step in answer.assumptions:
        source = "; ".join(part for part in (step.basis, step.cites) if part)
        yield f"  - {step.text}" + (f" [{source}]" if source else "")


def _pairs(answer: ShortSwing) -> Iterator[str]:
    headings = (
        "Bought",
        "At row",
        "Bought at",
        "Sold",
        "Of row",
        "Sold at",
        "Shares",
        "Profit",
        "Matches through",
        "By",
    )
    rows = [
        (
            str(pair.purchase.day),
            _row_name(pair.purchase),
            _dollars(pair.purchase.price),
            str(pair.sale.day),
            _row_name(pair.sale),
            _dollars(pair.sale.price),
            f"{pair.shares:,f}",
            _dollars(pair.profit),
            str(pair.last_matching_day),
            pair.measure,
        )
        for pair in answer.pairs
    ]
    yield from plain_table(headings, rows, right=_RIGHT)
    yield f"{'Sum':<8}{_dollars(answer.profit)}"


def _row_name(end: End) -> str:
    return "planned" if not end.row else f"{end.row} {end.source}".rstrip()


def _timeline(pairs: Sequence[Pair]) -> Iterator[str]:
    """A bar a pair: P and S where it was bought and sold (= on one day), a dot for each stretch the window goes on."""
    shown = pairs[:_MOST_BARS]
    first = min(pair.earlier for pair in shown)
    last = max(max(pair.last_matching_day, pair.sale.day, pair.purchase.day) for pair in shown)
    span = max((last - first).days, 1)
    yield f"{first} {'(P bought, S sold, = both, ] last matching day)':^{_WIDTH - 18}} {last}"
    for pair in shown:
        yield f"|{_bar(pair, first, span)}| {_dollars(pair.profit)}"
    if len(pairs) > len(shown):
        yield f"... and {len(pairs) - len(shown):,} more pairs"


def _bar(pair: Pair, first: date, span: int) -> str:
    def at(day: date) -> int:
        return (day - first).days * (_WIDTH - 1) // span

    bought, sold, end = at(pair.purchase.day), at(pair.sale.day), at(pair.last_matching_day)
    marks = [" "] * _WIDTH
    for place in range(min(bought, sold), end + 1):
        marks[place] = "." if place > max(bought, sold) else "-"
    marks[end] = "]"
    marks[bought] = "P"
    marks[sold] = "=" if sold == bought else "S"
    return "".join(marks)


def _beside(answer: ShortSwing) -> Iterator[str]:
    rows = [("The usual recipe (lowest in, highest out) finds", _dollars(answer.greedy))]
    if answer.profit_wide is not None:
        rows.append(("By the wide reading of month ends (caution)", _dollars(answer.profit_wide)))
    if answer.undecided:
        rows.append(("If the undecided trades count", _dollars(answer.profit_if_all_count)))
    if answer.profit_at_most is not None:
        rows.append(("At most, by the ranges of averaged prices", _dollars(answer.profit_at_most)))
    rows.append(("Another pairing reaches the same profit", _yes(answer.another_pairing)))
    proved = "yes, by its duals (--json has them)" if answer.proof.checked else "NO: report this as a fault"
    rows.append(("Proved to be the maximum", proved))
    widest = max(len(words) for words, _ in rows)
    yield from (f"{words:<{widest}}  {figure}" for words, figure in rows)


def _yes(answer: bool | None) -> str:
    return "not looked through: too many" if answer is None else "yes" if answer else "no"


def _planned(planned: WhatIf) -> Iterator[str]:
    yield f"Planned: {planned.planned}: {planned.verdict.upper()}"
    yield f"  {planned.says}"
    yield f"  It adds {_dollars(planned.adds)} for certain, {_dollars(planned.adds_at_most)} at most."
    for pair in planned.pairs:
        other = pair.purchase if pair.purchase.row else pair.sale
        shares = f"{pair.shares:,f} shares of row {_row_name(other)} ({other.day})"
        yield f"  It would match {shares}: {_dollars(pair.profit)}"
    for block in planned.blocks:
        unsure = "" if block.is_certain else ", if it counts"
        through = f"matches through {block.blocks_until}, caution through {block.caution_until}"
        yield f"  Row {block.row} of {block.day} {through}{unsure}"
    safe = f"safe from {planned.safe_from} on"
    yield f"  From {planned.unblocked_from} on no trade here matches it, whatever the price; {safe}."


def _left_open(answer: ShortSwing) -> Iterator[str]:
    if answer.undecided:
        yield from ("", "Undecided: what has to be known")
        yield from plain_table(
            _headings("Missing"), [_cells(one, "; ".join(one.missing)) for one in answer.undecided], right=_RIGHT
        )
    if answer.excluded:
        yield from ("", "Left out")
        why = [_cells(one, f"{one.why} ({one.cites})" if one.cites else one.why) for one in answer.excluded]
        yield from plain_table(_headings("Why"), why, right=_RIGHT)


def _headings(last: str) -> tuple[str, ...]:
    return ("Row", "Date", "Code", "Shares", "Price", "Source", last)


def _cells(one: Row | Asked, last: str) -> tuple[str, ...]:
    price = "" if one.price is None else _dollars(one.price)
    return (str(one.row), str(one.day), one.code, f"{one.shares:,f}", price, one.source, last)


def _dollars(amount: Decimal) -> str:
    exponent = amount.as_tuple().exponent
    return f"${amount:,.2f}" if isinstance(exponent, int) and exponent > -_CENTS else f"${amount:,f}"
