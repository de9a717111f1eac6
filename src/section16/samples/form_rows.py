"""Lines spelled as records of the form: cells with footnotes, blank elements as the filer's program has them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from section16.form.cells import Noted, Plain
from section16.form.document import Footnote, Footnotes
from section16.form.rows import (
    DerivativeHolding,
    DerivativeSecurity,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeSecurity,
    NonDerivativeTransaction,
    OwnershipNature,
    PostTransactionAmounts,
    TransactionAmounts,
    TransactionCoding,
    UnderlyingSecurity,
)
from section16.samples.filing_habits import Habits
from section16.samples.lines import Line, NotedCell

_ACQUIRED: Final = Noted[str](value="A", text="A")
_DISPOSED: Final = Noted[str](value="D", text="D")
_DIRECT: Final = Noted[str](value="D", text="D")
_INDIRECT: Final = Noted[str](value="I", text="I")
_BLANK_TEXT: Final = Noted[str]()
_BLANK_DATE: Final = Noted[date]()
_PLAIN_DIRECT: Final = OwnershipNature(direct_or_indirect=_DIRECT)
_BLANK_NATURE: Final = OwnershipNature(direct_or_indirect=_DIRECT, nature=Noted(text=""))


class Explanation:
    """The footnotes of one report: each text once, numbered in the order of its first reference."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        """Begin with none."""
        self._ids: dict[str, str] = {}

    def refer(self, text: str | None) -> tuple[str, ...]:
        """Return the reference to a text, none for no text."""
        if not text:
            return ()
        return (self._ids.setdefault(text, f"F{len(self._ids) + 1}"),)

    @property
    def next_id(self) -> str:
        """The id that the next new text would have."""
        return f"F{len(self._ids) + 1}"

    def footnotes(self) -> Footnotes:
        """Return the record of all footnotes."""
        return Footnotes(rows=tuple(Footnote(id=id_, text=text) for text, id_ in self._ids.items()))


class Speller:
    """Spells the lines of one report. `in_tables` is False for the X0101 edition, whose lines stand under the root."""

    __slots__ = ("explanation", "habits", "in_tables")

    def __init__(self, habits: Habits, *, in_tables: bool = True) -> None:
        """Keep the habits of the filer's program; the footnotes gather in `explanation`."""
        self.habits = habits
        self.in_tables = in_tables
        self.explanation = Explanation()

    def non_derivative(self, line: Line) -> NonDerivativeTransaction | NonDerivativeHolding:
        """Return a line of Table I. Cells are made in the form's order, which numbers the footnotes."""
        if line.code is None:
            return NonDerivativeHolding(
                title=self._text(line, line.title),
                coding=self._late_holding(line),
                owned_after=self._owned(line),
                ownership=self._ownership(line),
            )
        kind = NonDerivativeTransaction if self.in_tables else NonDerivativeSecurity
        return kind(
            title=self._text(line, line.title),
            transaction_date=_date(line.traded_on, ()),
            deemed_execution_date=self._deemed(line),
            coding=self._coding(line),
            timeliness=self._timeliness(line),
            amounts=self._amounts(line),
            owned_after=self._owned(line),
            ownership=self._ownership(line),
        )

    def derivative(self, line: Line, *, on_form_3: bool = False) -> DerivativeTransaction | DerivativeHolding:
        """Return a line of Table II; on Form 3 the underlying shares alone tell how much is owned."""
        lot = line.derivative
        if lot is None:
            message = f"{line.title}: a line of Table II needs its derivative security"
            raise ValueError(message)
        title = self._text(line, line.title)
        strike = self._number(line, "strike", lot.strike, lot.strike_note)
        if line.code is None:
            coding = self._late_holding(line)
            exercise, expiration = self._terms(line)
            return DerivativeHolding(
                title=title,
                conversion_or_exercise_price=strike,
                coding=coding,
                exercise_date=exercise,
                expiration_date=expiration,
                underlying=self._underlying(line, line.owned),
                owned_after=None if on_form_3 else self._owned(line),
                ownership=self._ownership(line),
            )
        deemed, coding = self._deemed(line), self._coding(line)
        timeliness, amounts = self._timeliness(line), self._amounts(line)
        exercise, expiration = self._terms(line)
        kind = DerivativeTransaction if self.in_tables else DerivativeSecurity
        return kind(
            title=title,
            conversion_or_exercise_price=strike,
            transaction_date=_date(line.traded_on, ()),
            deemed_execution_date=deemed,
            coding=coding,
            timeliness=timeliness,
            amounts=amounts,
            exercise_date=exercise,
            expiration_date=expiration,
            underlying=self._underlying(line, line.shares),
            owned_after=self._owned(line),
            ownership=self._ownership(line),
        )

    def _text(self, line: Line, text: str) -> Noted[str]:
        return Noted(value=text, text=text, footnotes=self.explanation.refer(line.notes.get("title")))

    def _number(self, line: Line, cell: NotedCell, number: Decimal | None, about: str | None = None) -> Noted[Decimal]:
        notes = self.explanation.refer(line.notes.get(cell) or about)
        if number is None:
            return Noted(footnotes=notes)
        return Noted(value=number, text=format(number, "f"), footnotes=notes)

    def _deemed(self, line: Line) -> Noted[date] | None:
        if line.deemed_on is not None:
            return _date(line.deemed_on, ())
        return _BLANK_DATE if self.habits.blank_deemed else None

    def _coding(self, line: Line) -> TransactionCoding:
        spelled = self.habits.swap_truth[line.swap]
        return TransactionCoding(
            form_type=line.form_type,
            code=line.code,
            equity_swap=Plain(value=line.swap, text=spelled),
            footnotes=self.explanation.refer(line.notes.get("coding")),
        )

    def _late_holding(self, line: Line) -> TransactionCoding | None:
        if not line.form_type:
            return None
        return TransactionCoding(form_type=line.form_type, footnotes=self.explanation.refer(line.notes.get("coding")))

    def _timeliness(self, line: Line) -> Noted[str] | None:
        if line.timeliness:
            return Noted(value=line.timeliness, text=line.timeliness)
        return _BLANK_TEXT if self.habits.blank_timeliness else None

    def _amounts(self, line: Line) -> TransactionAmounts:
        amount = self._number(line, "shares", line.shares)
        price = self._number(line, "price", line.price)
        direction = _ACQUIRED if line.acquired else _DISPOSED
        if line.in_dollars:
            return TransactionAmounts(total_value=amount, price_per_share=price, acquired_disposed=direction)
        if not self.in_tables:
            return TransactionAmounts(shares=amount, transaction_value=price, acquired_disposed=direction)
        return TransactionAmounts(shares=amount, price_per_share=price, acquired_disposed=direction)

    def _terms(self, line: Line) -> tuple[Noted[date], Noted[date]]:
        lot = line.derivative
        if lot is None:
            return _BLANK_DATE, _BLANK_DATE
        refer = self.explanation.refer
        exercise = _date(lot.exercisable_on, refer(line.notes.get("exercisable") or lot.exercisable_note))
        return exercise, _date(lot.expires_on, refer(line.notes.get("expires") or lot.expires_note))

    def _underlying(self, line: Line, shares: Decimal) -> UnderlyingSecurity:
        text = line.derivative.underlying if line.derivative else ""
        title = Noted[str](value=text, text=text)
        if line.derivative and line.derivative.underlying_note:
            return UnderlyingSecurity(
                title=title, shares=Noted(footnotes=self.explanation.refer(line.derivative.underlying_note))
            )
        amount = self._number(line, "underlying", shares)
        if line.in_dollars:
            return UnderlyingSecurity(title=title, value=amount)
        return UnderlyingSecurity(title=title, shares=amount)

    def _owned(self, line: Line) -> PostTransactionAmounts:
        owned = self._number(line, "owned", line.owned)
        if line.in_dollars:
            return PostTransactionAmounts(value_owned=owned)
        return PostTransactionAmounts(shares_owned=owned)

    def _ownership(self, line: Line) -> OwnershipNature:
        if line.nature is None:
            return _BLANK_NATURE if self.habits.blank_nature else _PLAIN_DIRECT
        notes = self.explanation.refer(line.notes.get("nature") or line.about)
        nature = Noted[str](value=line.nature, text=line.nature, footnotes=notes)
        return OwnershipNature(direct_or_indirect=_INDIRECT, nature=nature)


def _date(day: date | None, notes: tuple[str, ...]) -> Noted[date]:
    if day is None:
        return Noted(footnotes=notes)
    return Noted(value=day, text=day.isoformat(), footnotes=notes)
