"""What can be asked: the tables, and views made of them for the questions that come again and again."""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from section16.archive import amendment_links, quarters
from section16.archive.index import CLUSTERED
from section16.archive.tables import CIK, DAY, NUMBER, TEXT, Column, tables

AMENDMENTS: Final = "amendments"
_COUNT: Final = "BIGINT"
_TYPES: Final = {"quarter": DAY, "issuer_cik": CIK, "rpt_owner_cik": CIK, "purchases": _COUNT, "sales": _COUNT}
_CLUSTERED: Final = {
    "transactions_by_issuer": (
        "the same rows as `transactions`, those of an issuer together: quickest where issuer_cik is given"
    ),
    "transactions_by_owner": (
        "`transactions` once for each reporting owner of a report: quickest where by_owner_cik is given"
    ),
}


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind a name in SQL: what a row is, the columns that readers see.

    A `copy` has rows that stand in another view already.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    copy: bool = False


@cache
def views() -> dict[str, View]:
    """All views by name, the tables first."""
    made = [View(name=table.name, says=table.says, columns=table.shown) for table in tables().values()]
    made.append(View(name=AMENDMENTS, says=amendment_links.SAYS, columns=_columns(amendment_links.COLUMNS, TEXT)))
    made += [
        View(name=name, says=quarters.SAYS[name], columns=_columns(quarters.COLUMNS[name], NUMBER))
        for name in quarters.KEYS
    ]
    lines = tables()["transactions"].shown
    owner = Column("by_owner_cik", CIK, "CIK of a reporting owner; a joint report has its rows once for each")
    made += [
        View(name=name, says=_CLUSTERED[name], columns=lines if key == "issuer_cik" else (owner, *lines), copy=True)
        for name, key in CLUSTERED.items()
    ]
    return {view.name: view for view in made}


def _columns(says: dict[str, str], usual: str) -> tuple[Column, ...]:
    return tuple([Column(name, _TYPES.get(name, usual), words) for name, words in says.items()])
