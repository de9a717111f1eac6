"""Insiders of foreign private issuers whom the Commission exempted by order, jurisdiction by jurisdiction.

The data is `foreign_insiders.toml`. Official texts: Holding Foreign Insiders Accountable Act; Release 34-104903; the
exemptive orders of 5 March and 20 May 2026.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import msgspec

from section16.law.calendar_table import Basis
from section16.law.dated_table import read_table

CONDITIONS: Final = (
    "the issuer is incorporated in a listed jurisdiction",
    "the issuer is subject to a qualifying regulation, of that or another listed jurisdiction",
    "the person reports under that regulation",
    "the reports are public in English within two business days of their posting",
)
"""All of them are needed, for each person."""


class Jurisdiction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A listed jurisdiction; `also` are other names it goes by, `members` of a union the members' codes and names."""

    code: str
    name: str
    regulation: str
    regulation_basis: Basis
    also: tuple[str, ...] = ()
    members: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """All codes and names, casefolded."""
        members = (*self.members, *self.members.values())
        return frozenset(name.casefold() for name in (self.code, self.name, *self.also, *members))


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exemptive order and the jurisdictions that it lists."""

    since: date
    cites: str
    jurisdictions: tuple[Jurisdiction, ...]


class Listed(msgspec.Struct, frozen=True):
    """A jurisdiction with the order that lists it."""

    jurisdiction: Jurisdiction
    order: Order


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    as_of: date
    basis: Basis
    orders: tuple[Order, ...]


def listed(place: str) -> Listed | None:
    """The listing of a jurisdiction by code or name (`CA`, `canada`, `DE`, `Germany`); None if no order lists it."""
    wanted = " ".join(place.split()).casefold()
    for order in _table().orders:
        for one in order.jurisdictions:
            if wanted in one.names:
                return Listed(one, order)
    return None


def orders() -> tuple[Order, ...]:
    """The exemptive orders in order of time."""
    return _table().orders


def orders_as_of() -> date:
    """The day on which orders were last looked for."""
    return _table().as_of


@cache
def _table() -> _Table:
    return msgspec.convert(read_table("foreign_insiders"), _Table, strict=True)
