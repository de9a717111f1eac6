"""The letters that say what kind of transaction a line of Form 4 or 5 reports."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import msgspec

from section16.codes.official_list import OfficialList, make_list, read_table

TableName = Literal["I", "II"]
Direction = Literal["A", "D"]


class Due(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form a line is normally due on, from `since` on (None: from the beginning)."""

    on: str
    since: date | None = None


class Usual(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"table_i": "I", "table_ii": "II"}
):
    """Acquired (A) or disposed (D) as lines usually say it, by table; None where both are usual or it is not known."""

    table_i: Direction | None = None
    table_ii: Direction | None = None


class TransactionCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One code of General Instruction 8.

    `group` is the instruction's heading. `in_xml` says whether `transactionCode` may hold it; V and K may not and are
    `carried_by` something else. `tables` are the tables whose lines use it. `due` is in order of time.
    """

    code: str
    meaning: str
    group: str
    in_xml: bool
    tables: tuple[TableName, ...]
    due: tuple[Due, ...]
    usual: Usual = Usual()
    carried_by: str | None = None

    def due_on(self, day: date) -> str:
        """Return the form on which a transaction of `day` is normally due (`4`, `5, or 4 early`, `depends`)."""
        return [due.on for due in self.due if due.since is None or due.since <= day][-1]


@cache
def transaction_codes() -> OfficialList[TransactionCode]:
    """Return the 20 codes by letter, in the instruction's order."""
    table = read_table("transaction_codes")
    entries = {code: {**entry, "group": table["groups"][entry["group"]]} for code, entry in table["codes"].items()}
    return make_list(TransactionCode, entries, table)


def transaction_code(letter: str) -> TransactionCode | None:
    """Return the code of one capital letter; None where the list does not have it."""
    return transaction_codes().get(letter)
