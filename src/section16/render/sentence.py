"""The report in one plain sentence, from code, table and A/D alone: what happened, and what is held after it.

Nothing is estimated: amounts are added only within one code, security and direction, prices stand as a range, and what
is missing or unreadable is said. What is held after it: `held`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from section16.form.cells import Noted
from section16.form.document import OwnershipDocument
from section16.form.rows import DerivativeTransaction, NonDerivativeTransaction, Row, is_transaction
from section16.render.figures import format_dollars, format_number, printed_date
from section16.render.held import holdings
from section16.render.phrases import TRADES, phrase
from section16.render.visible import one_line

_MOST_EVENTS: Final = 8
_EXIT: Final = "no longer subject to Section 16"


class _Kind(NamedTuple):
    """Lines that are told together. `title` is empty where all of Table I is one security."""

    table: str
    code: str
    direction: str
    swap: bool
    late: bool
    title: str
    money: bool


def sentence(document: OwnershipDocument) -> str:
    """Return the sentence, without a capital at its beginning or a full stop: several go on one line of a list."""
    parts = [*_events(document), *holdings(document)]
    if document.not_subject_to_section16:
        parts.append(_EXIT)
    if not parts:
        parts.append(_nothing(document))
    return f"{_opening(document)}{'; '.join(parts)}"


def _opening(document: OwnershipDocument) -> str:
    """What kind of report it is, where that matters."""
    opening = ""
    if document.is_amendment:
        original = document.date_of_original_submission
        day = one_line(printed_date(original.text)) if original else ""
        opening = f"amends the report of {day}: " if day else "amends an earlier report: "
    if document.form == "5":
        end = one_line(printed_date(document.period_of_report.text)) if document.period_of_report else ""
        opening += f"annual report for the fiscal year ended {end}: " if end else "annual report: "
    return opening


def _nothing(document: OwnershipDocument) -> str:
    if document.extra and any(other.of is None and other.xml.startswith("<") for other in document.extra.other):
        return "reports nothing that could be read"
    if document.form != "3":
        return "reports no transactions and no holdings"
    return "owns no securities" if document.no_securities_owned else "reports no holdings"


def _events(document: OwnershipDocument) -> list[str]:
    kinds: dict[_Kind, list[Row]] = {}
    one_security = len({_title(row) for row in document.table_one}) < len("ab")
    for table, rows in (("I", document.table_one), ("II", document.table_two)):
        for row in rows:
            if isinstance(row, NonDerivativeTransaction | DerivativeTransaction) and is_transaction(row):
                kinds.setdefault(_kind(document, table, row, one_security=one_security), []).append(row)
    if not kinds:
        return [] if document.form == "3" or not _has_rows(document) else ["reports no transactions"]
    told = [_event(kind, rows) for kind, rows in kinds.items()]
    if len(told) <= _MOST_EVENTS:
        return told
    rest = sum(len(rows) for rows in list(kinds.values())[_MOST_EVENTS - 1 :])
    return [*told[: _MOST_EVENTS - 1], f"and {_counted(rest, 'more line')}"]


def _has_rows(document: OwnershipDocument) -> bool:
    return bool(document.table_one or document.table_two)


def _kind(
    document: OwnershipDocument,
    table: str,
    row: NonDerivativeTransaction | DerivativeTransaction,
    *,
    one_security: bool,
) -> _Kind:
    coding, amounts = row.coding, row.amounts
    form_type = _plain(coding.form_type) if coding else ""
    late = document.form == "5" and (form_type == "4" or _text(row.timeliness) == "L")
    return _Kind(
        table=table,
        code=_plain(coding.code) if coding else "",
        direction=_text(amounts.acquired_disposed) if amounts else "",
        swap=bool(coding and coding.equity_swap),
        late=late,
        title="" if table == "I" and one_security else _title(row),
        money=bool(amounts and amounts.total_value is not None and amounts.shares is None),
    )


def _event(kind: _Kind, rows: Sequence[Row]) -> str:
    words = phrase(kind.table, kind.code, kind.direction).format(_amount(kind, rows))
    if len(rows) > 1:
        words += f" in {len(rows)} {'trades' if kind.code in TRADES else 'lines'}"
    words += _at(kind, rows)
    if kind.swap:
        words += " through an equity swap"
    return f"{words} (reported late)" if kind.late else words


def _amount(kind: _Kind, rows: Sequence[Row]) -> str:
    """`719 shares`, `1,000 Class B Common Stock`, `$250,000 of Total return swap`."""
    cells = [_money(row, kind) for row in rows]
    values = [cell.value for cell in cells if cell and cell.value is not None]
    if not values:
        given = any(cell and cell.text and cell.text.strip() for cell in cells)
        return f"an {'unreadable amount' if given else 'amount not given'} of {kind.title or 'shares'}"
    text = _quantity(sum(values, Decimal()), kind.title, money=kind.money)
    missing = len(rows) - len(values)
    return f"{text} and {_counted(missing, 'line')} without an amount" if missing else text


def _money(row: Row, kind: _Kind) -> Noted[Decimal] | None:
    amounts = row.amounts if isinstance(row, NonDerivativeTransaction | DerivativeTransaction) else None
    if amounts is None:
        return None
    return amounts.total_value if kind.money else amounts.shares


def _quantity(value: Decimal, title: str, *, money: bool) -> str:
    if money:
        return f"{format_dollars(value)} of {title}" if title else format_dollars(value)
    number = format_number(value)
    if title:
        return f"{number} {title}"
    return f"{number} {'share' if value == 1 else 'shares'}"


def _at(kind: _Kind, rows: Sequence[Row]) -> str:
    """The prices, as one or as a range. A price of nothing is said of trades only."""
    prices = [price.value for row in rows if (price := _price(row)) is not None and price.value is not None]
    if kind.code not in TRADES:
        prices = [price for price in prices if price]
        if kind.table == "II" or not prices:
            return ""
    if not prices:
        return ", no price given"
    low, high = format_dollars(min(prices)), format_dollars(max(prices))
    some = " where given" if len(prices) < len(rows) else ""
    return f" at {low}{some}" if low == high else f" at {low} to {high}{some}"


def _price(row: Row) -> Noted[Decimal] | None:
    amounts = row.amounts if isinstance(row, NonDerivativeTransaction | DerivativeTransaction) else None
    if amounts is None:
        return None
    return amounts.price_per_share if amounts.transaction_value is None else amounts.transaction_value


def _title(row: Row) -> str:
    return one_line(row.title.text or "") if row.title else ""


def _text(cell: Noted[str] | None) -> str:
    return _plain(cell.text) if cell else ""


def _plain(text: str | None) -> str:
    return one_line(text) if text else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
