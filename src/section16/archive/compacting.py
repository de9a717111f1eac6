"""Compacting: the tail becomes a shard, small shards become larger ones. Nothing is lost at any moment of it."""

from __future__ import annotations

import os
import zlib

from section16.archive.contents import Entry, entry_of
from section16.archive.incoming import Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.projection import DERIVATION, Projection
from section16.archive.shards import UNFINISHED, finish, write
from section16.errors import StorageError


def fold_tail(layout: Layout, ledger: Ledger) -> int:
    """Make a shard of the tail; return how many containers it took. The writer's lock is held by the caller.

    Raises StorageError; the tail then stays as it is.
    """
    tail = ledger.connection.execute(
        "select t.sha256, t.key, t.packed, t.rows is not null, c.name, c.origin from tail t "
        "join containers c using (sha256) order by t.filed_on, t.key, t.place"
    ).fetchall()
    if not tail:
        return 0
    projection, kept, standing = Projection(), list[tuple[Entry, bytes]](), list[tuple[int, str]]()
    for place, (digest, key, packed, stands, name, origin) in enumerate(tail):
        data = zlib.decompress(packed)
        entry, filing = entry_of(Incoming(name=name, data=data, origin=origin))
        if filing is None or entry.sha256 != digest:
            message = "a filing in the ledger can no longer be read"
            raise StorageError("STORE_DAMAGED", message, path=str(ledger.path), mend="Run: section16 archive verify")
        kept.append((entry, data))
        if stands:
            projection.add(place, key, filing)
            standing.append((place, key))
    name = f"s{ledger.last_shard() + 1:08}-{os.urandom(4).hex()}"
    folder = layout.shards / (name + UNFINISHED)
    digests = write(folder, projection.rows, kept)
    size = sum(file.stat().st_size for file in folder.iterdir())
    finish(layout.shards, [name])
    with ledger.change() as connection:
        number = ledger.list_shard(
            name=name,
            source="original",
            days=[entry.filed_on for entry, _ in kept if entry.filed_on],
            counts={table: len(rows) for table, rows in projection.rows.items()},
            digests=digests,
            size=size,
            derivation=DERIVATION,
        )
        connection.executemany(
            "update containers set shard = ?, place = ? where sha256 = ?",
            [(number, place, entry.sha256) for place, (entry, _) in enumerate(kept)],
        )
        connection.executemany(
            "update filings set shard = ?, place = ? where key = ?", [(number, place, key) for place, key in standing]
        )
        connection.execute("delete from tail")
        ledger.grow()
    return len(kept)
