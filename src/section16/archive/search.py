"""Full-text search over footnotes and remarks, the newest first, wherever the filings stand."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive import full_text
from section16.archive.full_text import Hit, behind
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, storage_error
from section16.archive.words import match_of
from section16.errors import StorageError, UsageError

if TYPE_CHECKING:
    import duckdb

__all__ = ["Found", "behind", "refresh", "search"]

_MOST: Final = 10_000

_FOUND: Final = (
    "select f.accession, h.place, n.footnote_id, case h.place when 0 then f.remarks else n.footnote end as text, "
    "f.document_type, f.filed_on, f.public_at, f.issuer_cik, f.issuer_name, f.rpt_owner_cik, f.rpt_owner_name "
    "from (select unnest(?::varchar[]) as accession, unnest(?::integer[]) as place) h "
    "join (select * from filings where {moments}) f using (accession) "
    "left join (select accession, ordinal, footnote_id, footnote from footnotes where {moments}) n "
    "on n.accession = h.accession and n.ordinal = h.place"
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote, or the remarks, that has the words: its text whole, and whose report it stands in.

    `footnote_id` is None for remarks. `public_at` is UTC.
    """

    accession: str
    footnote_id: str | None
    text: str
    document_type: str | None
    filed_on: date | None
    public_at: datetime | None
    issuer_cik: int | None
    issuer_name: str | None
    rpt_owner_cik: int | None
    rpt_owner_name: str | None


def search(
    layout: Layout,
    ledger: Ledger,
    connection: duckdb.DuckDBPyConnection,
    text: str,
    *,
    limit: int,
    as_of: datetime | None = None,
) -> list[Found]:
    """The newest footnotes and remarks that have the words; see `Archive.search`."""
    if not 1 <= limit <= _MOST:
        raise UsageError("USAGE", f"a search gives 1 to {_MOST:,} places, not {limit:,}")
    match = match_of(text)
    moment = None if as_of is None else as_of.astimezone(UTC).replace(tzinfo=None)
    try:
        with full_text.searched(layout, ledger) as indexes:
            found = _distinct(heapq.merge(*[full_text.hits(one, match, moment) for one in indexes], key=_newest_first))
            answers: list[Found] = []
            while len(answers) < limit and (some := list(islice(found, limit - len(answers)))):
                answers += _texts(connection, some)
    except sqlite3.Error as error:
        raise storage_error(error, layout.index / full_text.FILE) from None
    return answers


def refresh(layout: Layout, ledger: Ledger) -> bool:
    """Bring the full-text index up to date, if it may be written; whether it could be."""
    try:
        full_text.bring_up_to_date(layout, ledger)
    except StorageError:
        return False
    return True


def _newest_first(hit: Hit) -> int:
    return -hit.seconds


def _distinct(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Each place once: a filing may have come from two sources, or stand in the tail and in a shard by turns."""
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        if (hit.accession, hit.place) not in seen:
            seen.add((hit.accession, hit.place))
            yield hit


def _texts(connection: duckdb.DuckDBPyConnection, hits: list[Hit]) -> list[Found]:
    """The texts of places, in their order; a place that no longer counts is left out."""
    moments = ", ".join(sorted({f"timestamp '{hit.moment}'" for hit in hits if hit.moment}))
    known = f"public_at in ({moments})" if moments else "false"
    unknown = " or public_at is null" if any(hit.moment is None for hit in hits) else ""
    question = _FOUND.format(moments=known + unknown)
    rows = connection.execute(question, [[hit.accession for hit in hits], [hit.place for hit in hits]]).fetchall()
    texts = {
        (accession, place): Found(
            accession=accession,
            footnote_id=note,
            text=text,
            document_type=form,
            filed_on=filed_on,
            public_at=None if public_at is None else public_at.replace(tzinfo=UTC),
            issuer_cik=issuer,
            issuer_name=issuer_name,
            rpt_owner_cik=owner,
            rpt_owner_name=owner_name,
        )
        for accession, place, note, text, form, filed_on, public_at, issuer, issuer_name, owner, owner_name in rows
        if text is not None
    }
    return [texts[hit.accession, hit.place] for hit in hits if (hit.accession, hit.place) in texts]
