"""What happened to insiders' holdings in a year, as a stock-plan team keeps it: CSV text, read into events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final, Literal

import msgspec

from section16.codes import transaction_code
from section16.compliance.cells import (
    read_amount,
    read_code,
    read_day,
    read_direction,
    read_money,
    read_ownership,
    read_yes,
)
from section16.compliance.csv_table import Names, TableRow, read_table
from section16.errors import SourceError
from section16.identifiers import cik

OMITTED_HOLDING: Final = "3"
"""Stands for a code where a holding was left off a Form 3."""

_NAMES: Final[Names] = {
    "date": ("date", "trade date", "traded", "transaction date", "event date"),
    "owner_cik": ("owner cik", "cik", "reporting owner cik"),
    "owner": ("owner", "name", "person", "insider", "reporting person", "owner name"),
    "code": ("code", "transaction code"),
    "direction": ("acquired disposed", "a d", "a or d", "direction"),
    "shares": ("shares", "quantity", "qty", "amount"),
    "price": ("price", "price per share", "market price"),
    "security": ("security", "title", "security title", "class"),
    "ownership": ("ownership", "ownership form", "direct or indirect", "d i"),
    "nature": ("nature", "nature of ownership"),
    "from_issuer": ("from issuer", "from the issuer"),
    "note": ("note", "notes", "remark", "why"),
}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event: a transaction by its code, or a holding that a Form 3 left out (code `3`).

    The person is `cik` (without zeros in front), `name` or both. Facts that are not known are None; for a disposition
    or acquisition that the code leaves open, `direction` has to say A or D. `line` is where it stood in the table.
    """

    day: date
    cik: str = ""
    name: str = ""
    code: str
    direction: Literal["A", "D"] | None = None
    shares: Decimal | None = None
    price: Decimal | None = None
    security: str = "Common Stock"
    ownership: Literal["D", "I"] = "D"
    nature: str = ""
    from_issuer: bool = False
    note: str = ""
    line: int | None = None

    @property
    def worth(self) -> Decimal | None:
        """Shares times price."""
        return None if self.shares is None or self.price is None else self.shares * self.price


class EventTable(msgspec.Struct, frozen=True, kw_only=True):
    """Events as read; where there are faults, the events are not all there."""

    events: tuple[Event, ...] = ()
    faults: tuple[SourceError, ...] = ()
    unused: tuple[str, ...] = ()


def read_events(text: str, name: str | None = None) -> EventTable:
    """Read CSV text; `name` is what an error calls it.

    Raises SourceError TABLE_INVALID without a header of events; cells' faults are in the answer.
    """
    table = read_table(text, _NAMES, ["date", "code"], name)
    read = [_event(row) for row in table.rows]
    return EventTable(
        events=tuple(event for event, _ in read if event is not None),
        faults=tuple(fault for _, faults in read for fault in faults),
        unused=table.unused,
    )


def _event(row: TableRow) -> tuple[Event | None, list[SourceError]]:
    faults = row.beyond()
    cell = partial(row.read, faults=faults)
    day = cell("date", read_day, needed=True)
    code = cell("code", _code, needed=True)
    number = cell("owner_cik", _cik, default="")
    name = row.cells.get("owner", "")
    if not number and not name and "owner_cik" not in row.cells:
        faults.append(row.fault("owner", "is blank", "Give the person's name or CIK"))
    direction = cell("direction", read_direction, default=_usual(code))
    if code and code != OMITTED_HOLDING and direction is None and "direction" not in row.cells:
        faults.append(row.fault("direction", f"is blank, and code {code} leaves it open", "Give A or D"))
    shares = cell("shares", read_amount)
    price = cell("price", read_money)
    ownership = cell("ownership", read_ownership, default="D")
    from_issuer = cell("from_issuer", read_yes, default=False)
    if faults:
        return None, faults
    event = Event(
        day=day,
        cik=number,
        name=name,
        code=code,
        direction=direction,
        shares=shares,
        price=price,
        security=row.cells.get("security", "Common Stock"),
        ownership=ownership,
        nature=row.cells.get("nature", ""),
        from_issuer=from_issuer,
        note=row.cells.get("note", ""),
        line=row.line,
    )
    return event, []


def _code(text: str) -> str:
    code = text.upper().removeprefix("FORM ")
    if code == OMITTED_HOLDING:
        return code
    return read_code(code)


def _usual(code: str | None) -> Literal["A", "D"] | None:
    """The direction that a code has by itself."""
    known = transaction_code(code or "")
    return known.usual.table_i if known else None


def _cik(text: str) -> str:
    if not cik.is_valid(text):
        raise ValueError("is no CIK")
    return cik.compact(text)
