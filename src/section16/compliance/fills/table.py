"""A broker's table of fills as CSV text, read into fills; every fault with its line and column.

The names of the columns are `columns`', the cells `cells`'. What stands for the whole table (one security, one side)
may be given aside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

import msgspec

from section16.compliance.cells import Ownership, read_amount, read_day, read_ownership
from section16.compliance.csv_table import Table, TableRow, read_table
from section16.compliance.fills.cells import read_moment, read_side
from section16.compliance.fills.columns import NAMES
from section16.compliance.fills.fill import Fill, Position, Side
from section16.errors import SourceError

COMMON_STOCK: Final = "Common Stock"
_MOST_FAULTS: Final = 50
_LONGEST_TITLE, _LONGEST_NATURE = 60, 100


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every row that does not say otherwise; None where nothing was said."""

    security: str | None = None
    side: Side | None = None
    ownership: Ownership | None = None
    nature: str | None = None
    plan_adopted: date | None = None


class FillTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table as read: its fills in order, the starting balances in it, and what has to be known about the reading.

    `faults` are the cells that could not be read, at most fifty: where there are any, the fills are not all there.
    `balances` are by position key. `assumed` says what was taken for granted, `unused` which columns were left out.
    """

    fills: tuple[Fill, ...] = ()
    balances: Mapping[tuple[str, str, str], Decimal] = {}
    faults: tuple[SourceError, ...] = ()
    assumed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def read_fills(text: str, given: Given = Given(), name: str | None = None) -> FillTable:  # noqa: B008 - a frozen record
    """Read CSV text; `name` is what an error calls it.

    Raises SourceError TABLE_INVALID if it has no header of fills; cells' faults are in the answer.
    """
    needed = [name for name in ("date", "side", "shares", "price") if name != "side" or given.side is None]
    return _read_rows(read_table(text, NAMES, needed, name), given)


def read_balances(text: str, given: Given = Given()) -> dict[tuple[str, str, str], Decimal]:  # noqa: B008
    """Read starting balances as CSV text: `security,ownership,nature,owned`, one row a position.

    Returns what is owned by position key. Raises SourceError TABLE_INVALID at the first fault.
    """
    balances: dict[tuple[str, str, str], Decimal] = {}
    for row in read_table(text, NAMES, ["owned"]).rows:
        faults = row.beyond()
        ownership = row.read("ownership", read_ownership, faults, given.ownership or "D")
        position = _position(row, given, given.security or COMMON_STOCK, ownership, faults)
        owned = row.read("owned", lambda cell: read_amount(cell, zero=True), faults, needed=True)
        if position is not None and position.key in balances:
            faults.append(row.fault("owned", f"is a second balance of {position}"))
        if faults or position is None:
            raise faults[0]
        balances[position.key] = owned
    return balances


def _read_rows(table: Table, given: Given) -> FillTable:
    fills: list[Fill] = []
    faults: list[SourceError] = []
    balances: dict[tuple[str, str, str], Decimal] = {}
    security, assumed = _title(table.rows, given)
    for row in table.rows:
        fill, wrong = _fill(row, given, security)
        wrong += _keep_balance(row, fill, balances)
        if fill is not None:
            fills.append(fill)
        faults += wrong
    return FillTable(
        fills=tuple(fills), balances=balances, faults=tuple(faults[:_MOST_FAULTS]), assumed=assumed, unused=table.unused
    )


def _title(rows: Sequence[TableRow], given: Given) -> tuple[str | None, tuple[str, ...]]:
    """The title for rows without one, if all are of one security; and what is assumed about titles."""
    if all("security" in row.cells for row in rows):
        return None, ()
    symbols = {row.cells["symbol"] for row in rows if "symbol" in row.cells and "security" not in row.cells}
    if len(symbols) > 1:
        return None, (f"the titles of the securities are their symbols ({', '.join(sorted(symbols))})",)
    if given.security:
        return given.security, ()
    return COMMON_STOCK, (f"the title of the security is {COMMON_STOCK}",)


def _fill(row: TableRow, given: Given, security: str | None) -> tuple[Fill | None, list[SourceError]]:
    """The fill of a row, or what is wrong with it."""
    faults: list[SourceError] = []

    faults = row.beyond()
    cell = partial(row.read, faults=faults)
    clock = row.cells.get("time")
    moment = cell("date", lambda text: read_moment(text, clock), needed=True)
    side = cell("side", read_side, default=given.side, needed=True)
    shares = cell("shares", read_amount, needed=True)
    price = cell("price", lambda text: read_amount(text, dollars=True), needed=True)
    plan = cell("plan", read_day, default=given.plan_adopted)
    ownership = cell("ownership", read_ownership, default=given.ownership or "D")
    position = _position(row, given, security, ownership, faults)
    if moment and plan and plan > moment[0]:
        faults.append(row.fault("plan", f"lies after the trade of {moment[0]}"))
    if faults or position is None:
        return None, faults
    traded, executed_at = moment
    return Fill(
        traded=traded,
        side=side,
        shares=shares,
        price=price,
        position=position,
        plan_adopted=plan,
        executed_at=executed_at,
        order=row.cells.get("order"),
        account=row.cells.get("account"),
        line=row.line,
    ), []


def _position(
    row: TableRow, given: Given, security: str | None, ownership: Ownership | None, faults: list[SourceError]
) -> Position | None:
    title = row.cells.get("security") or security or row.cells.get("symbol")
    if title is None:
        faults.append(row.fault("security", "is blank, and the table has several"))
        return None
    nature = row.cells.get("nature") or (given.nature if ownership == "I" else None)
    if ownership == "I" and not nature:
        mend = "Say through whom, such as By Spouse, in a column nature"
        faults.append(row.fault("nature", "is blank, but the shares are held indirectly", mend))
    if ownership == "D" and nature:
        faults.append(row.fault("nature", "is given, but the shares are held directly"))
    for name, words, longest in (("security", title, _LONGEST_TITLE), ("nature", nature or "", _LONGEST_NATURE)):
        if len(words) > longest:
            faults.append(row.fault(name, f"has over {longest} characters, which the form does not take"))
    return None if ownership is None else Position(security=title, ownership=ownership, nature=nature)


def _keep_balance(row: TableRow, fill: Fill | None, balances: dict[tuple[str, str, str], Decimal]) -> list[SourceError]:
    """Keep the starting balance of a row; a position has one."""
    if fill is None or "owned" not in row.cells:
        return []
    try:
        owned = read_amount(row.cells["owned"], zero=True)
    except ValueError as error:
        return [row.fault("owned", str(error))]
    before = balances.setdefault(fill.position.key, owned)
    if before != owned:
        mend = "Give what was owned before the first trade, the same on each row"
        return [row.fault("owned", f"contradicts the {before} of an earlier row", mend)]
    return []
