"""What an archive holds, counted: for people, and for programs that watch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from section16.archive.index import indexed_shards

if TYPE_CHECKING:
    from section16.archive.archive import Archive


class FormYear(msgspec.Struct, frozen=True):
    """Filings of a form in a year; the year is that of the filing date, None if unknown."""

    form: str
    year: int | None
    filings: int


class Problem(msgspec.Struct, frozen=True):
    """Something a person should look at."""

    accession: str
    kind: str
    message: str


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of what stands in the archive. `bytes` is its size on the disk, without what can be made anew.

    `rejected` files are in quarantine; `newest_accepted_at` is Eastern time on the clock; `originals` filings are
    there with their bytes, the others as rows of a data set. `tail` containers wait to be folded into a shard,
    `unindexed` shards to be part of the index.
    """

    archive: str
    filings: int
    transactions: int
    holdings: int
    owners: int
    footnotes: int
    rejected: int
    newest_accepted_at: str | None
    bytes: int
    originals: int
    containers: int
    aliases: int
    tail: int
    shards: int
    unindexed: int
    safe_mode: bool
    by_form_and_year: list[FormYear]
    problems: list[Problem]


def status_of(archive: Archive) -> Status:
    """Count what an archive holds. Raises StorageError."""
    layout, ledger = archive.layout, archive.ledger
    ask = ledger.connection.execute
    with archive.connect() as connection:
        tables = ("filings", "transactions", "holdings", "owners", "footnotes")
        count = {name: _count(connection.execute(f"select count(*) from {name}").fetchone()) for name in tables}
        newest = connection.execute("select max(accepted_at) from filings").fetchone()
        years = connection.execute(
            "select coalesce(document_type, '?'), year(filed_on)::integer, count(*) from filings "
            "group by all order by all"
        ).fetchall()
    shards = ledger.shards()
    known = indexed_shards(layout)
    files = [layout.ledger, *[file for shard in shards for file in (layout.shards / shard.name).iterdir()]]
    problems = ask("select key, kind, message from problems where not settled order by key, id").fetchall()
    return Status(
        archive=str(layout.root),
        **count,
        rejected=_count(ask("select count(*) from quarantine").fetchone()),
        newest_accepted_at=newest[0].isoformat() if newest and newest[0] else None,
        bytes=sum(file.stat().st_size for file in files),
        originals=_count(ask("select count(*) from filings where length(document) > 0").fetchone()),
        containers=_count(ask("select count(*) from containers").fetchone()),
        aliases=_count(ask("select count(*) from aliases").fetchone()),
        tail=ledger.tail_length(),
        shards=len(shards),
        unindexed=sum(shard.id not in known for shard in shards),
        safe_mode=ledger.safe_mode,
        by_form_and_year=[FormYear(*row) for row in years],
        problems=[Problem(*row) for row in problems],
    )


def _count(row: tuple[int, ...] | None) -> int:
    return row[0] if row else 0
