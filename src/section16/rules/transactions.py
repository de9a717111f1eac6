"""The transactions and holdings of a report as rules ask about them: each line's facts, read once.

A fact that the line doesn't give, or gives unreadably, is None (dates, numbers) or "" (words): never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from section16.form.cells import Noted
from section16.form.rows import OwnershipNature, PostTransactionAmounts, is_transaction
from section16.reading.report_parts import Part

SMALL_ACQUISITION: Final = Decimal(10_000)
"""Dollars up to which acquisitions of six months may wait for Form 5 (Rule 16a-6)."""

_UNSAID: Final[Noted[Any]] = Noted()
_NOWHERE: Final = OwnershipNature()
_NOTHING: Final = PostTransactionAmounts()


class Security(msgspec.Struct, frozen=True, gc=False):
    """What a line speaks of: the title, D or I, and the nature of ownership, spelled alike. A running balance is of it.

    `terms` tell derivative securities of one title apart: exercise price, date exercisable, expiration date.
    """

    table: str
    title: str
    held: str
    nature: str
    terms: tuple[object, ...] = ()


class Holding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A holding line. `amount` is what is owned, in shares, or in dollars where `amount_in_dollars`."""

    part: Part
    security: Security
    amount: Decimal | None
    amount_in_dollars: bool


class Transaction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A transaction line.

    `form_type` is 4 or 5, `direction` A or D. `shares` is the amount of Table I or II (of Table II also a total value,
    then `in_dollars`), `owned` what is owned after, in dollars where `owned_in_dollars`.
    """

    part: Part
    table: str
    security: Security
    day: date | None
    deemed: date | None
    form_type: str
    code: str
    direction: str
    shares: Decimal | None
    in_dollars: bool
    price: Decimal | None
    owned: Decimal | None
    owned_in_dollars: bool

    @property
    def worth(self) -> Decimal | None:
        """Amount times price in dollars; None unless both are given."""
        return None if self.shares is None or self.price is None else self.shares * self.price

    @property
    def change(self) -> Decimal | None:
        """The amount with its sign: acquired is added, disposed of is taken away."""
        if self.shares is None or self.direction not in {"A", "D"}:
            return None
        return self.shares if self.direction == "A" else -self.shares


def transactions(lines: Sequence[Part]) -> list[Transaction]:
    """The transaction lines among `lines`."""
    return [_transaction(line) for line in lines if is_transaction(line.record)]


def holdings(lines: Sequence[Part]) -> list[Holding]:
    """The holding lines among `lines`."""
    return [_holding(line) for line in lines if not is_transaction(line.record)]


def _transaction(line: Part) -> Transaction:
    row = line.record
    coding, amounts = row.coding, row.amounts
    owned = row.owned_after or _NOTHING
    total = amounts.total_value if amounts else None
    shares = amounts.shares if amounts else None
    return Transaction(
        part=line,
        table=line.table or "I",
        security=_security(line),
        day=(row.transaction_date or _UNSAID).value,
        deemed=(row.deemed_execution_date or _UNSAID).value,
        form_type=(coding.form_type or "").strip() if coding else "",
        code=(coding.code or "").strip() if coding else "",
        direction=_word(amounts.acquired_disposed) if amounts else "",
        shares=(shares or total or _UNSAID).value,
        in_dollars=shares is None and total is not None,
        price=(amounts.price_per_share or _UNSAID).value if amounts else None,
        owned=(owned.shares_owned or owned.value_owned or _UNSAID).value,
        owned_in_dollars=owned.shares_owned is None and owned.value_owned is not None,
    )


def _holding(line: Part) -> Holding:
    owned = line.record.owned_after or _NOTHING
    return Holding(
        part=line,
        security=_security(line),
        amount=(owned.shares_owned or owned.value_owned or _UNSAID).value,
        amount_in_dollars=owned.shares_owned is None and owned.value_owned is not None,
    )


def _security(line: Part) -> Security:
    row = line.record
    ownership = row.ownership or _NOWHERE
    terms = [row.conversion_or_exercise_price, row.exercise_date, row.expiration_date] if line.table == "II" else []
    return Security(
        line.table or "I",
        folded(row.title),
        _word(ownership.direct_or_indirect),
        _with_footnotes(ownership.nature),
        tuple([cell.value if cell else None for cell in terms]),
    )


def _word(cell: Noted[str] | None) -> str:
    return (cell.value or "").strip() if cell else ""


def _with_footnotes(cell: Noted[str] | None) -> str:
    """Two trusts are often told apart by their footnotes alone."""
    if cell is None or not cell.footnotes:
        return folded(cell)
    return " ".join([folded(cell), *cell.footnotes])


def folded(cell: Noted[str] | None) -> str:
    """A cell's words in small letters with one blank between them, to compare spellings by."""
    return folded_words(cell.value) if cell and cell.value else ""


def folded_words(text: str) -> str:
    """A text in small letters with one blank between its words."""
    return " ".join(text.lower().split())


def references(record: Any) -> Iterator[str]:
    """Ids of the footnotes that a line refers to anywhere, in the order of the form."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if value is None or name == "extra":
            continue
        if isinstance(value, tuple):
            yield from value
        elif isinstance(value, msgspec.Struct):
            yield from references(value)
