"""Compacting: the tail becomes a shard, small shards become large ones by quarter. Nothing is lost at any moment.

New shards are written, read back and flushed first; one change of the ledger puts them in the place of the old ones;
the old folders go last, once nobody reads them. A run that is killed leaves either the old shards or the new ones.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from section16.archive.contents import Entry, entry_of
from section16.archive.incoming import Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.merging import TARGET_BYTES, TARGET_FILINGS, Merged, Merger
from section16.archive.projection import DERIVATION, Projection
from section16.archive.readers import nobody_reads
from section16.archive.shards import UNFINISHED, finish, write
from section16.errors import StorageError

_GAPS: Final = 0.05
"""Of a shard's filings: the part that may count no longer before it is written anew."""


class Compacted(msgspec.Struct, frozen=True, kw_only=True):
    """What compacting did: containers folded from the tail, shards merged into how many, shards there are now.

    `dropped` filings' rows counted no longer; `waiting` old shards stay on the disk until nobody reads them.
    """

    folded: int
    merged: int
    made: int
    shards: int
    dropped: int
    waiting: int


def compact(layout: Layout, ledger: Ledger, *, everything: bool = False) -> Compacted:
    """Fold the tail and merge what is worth it; with `everything` write all shards anew, columns made of the bytes.

    The writer's lock is held by the caller. Raises StorageError; the archive then stays as it is.
    """
    folded = fold_tail(layout, ledger)
    taken = ledger.shards() if everything else _worth_merging(ledger)
    merged = Merged()
    if taken:
        merged = Merger(layout, ledger, taken, remake=everything).merge()
    listed = {shard.name for shard in ledger.shards()}
    waiting = clear_up(layout, listed)
    return Compacted(
        folded=folded,
        merged=len(taken),
        made=merged.made,
        shards=len(listed),
        dropped=merged.dropped,
        waiting=waiting,
    )


def clear_up(layout: Layout, listed: set[str]) -> int:
    """Take away shards that do not count; return how many stay because somebody reads. The lock is held."""
    if not layout.shards.is_dir():
        return 0
    over = [folder for folder in layout.shards.iterdir() if folder.name not in listed]
    for folder in over:
        if folder.name.endswith(UNFINISHED):
            shutil.rmtree(folder, ignore_errors=True)
    whole = [folder for folder in over if not folder.name.endswith(UNFINISHED)]
    if not whole:
        return 0
    with nobody_reads(layout.shards) as free:
        if free:
            for folder in whole:
                shutil.rmtree(folder, ignore_errors=True)
    return 0 if free else len(whole)


def _worth_merging(ledger: Ledger) -> list[Shard]:
    """Shards of several quarters, with gaps or of older derivation; and small ones, where there is one to join."""
    ask = ledger.connection.execute
    sizes = {
        number: (count, size)
        for number, count, size in ask(
            "select shard, count(*), sum(size) from containers where shard is not null group by shard"
        )
    }
    gaps = dict(ask("select shard, count(*) from retired group by shard"))
    taken: dict[int, Shard] = {}
    small: dict[tuple[str, str], list[Shard]] = defaultdict(list)
    reach: list[tuple[str, str, str]] = []
    for shard in ledger.shards():
        first, last = _quarter(shard.first_filed), _quarter(shard.last_filed)
        count, size = sizes.get(shard.id, (shard.counts["filings"], 0))
        many_gaps = gaps.get(shard.id, 0) > _GAPS * max(shard.counts["filings"], 1)
        if first != last or many_gaps or shard.derivation < DERIVATION:
            taken[shard.id] = shard
            reach.append((shard.source, first, last))
        elif count < TARGET_FILINGS // 2 and size < TARGET_BYTES // 2:
            small[shard.source, first].append(shard)
    for (source, quarter), shards in small.items():
        joined = any(source == other and first <= quarter <= last for other, first, last in reach)
        if joined or len(shards) > 1:
            taken.update({shard.id: shard for shard in shards})
    return [taken[number] for number in sorted(taken)]


def _quarter(day: str | None) -> str:
    """A quarter as a text that sorts; empty if unknown."""
    return "" if day is None else f"{day[:4]}Q{(int(day[5:7]) + 2) // 3}"


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
        _move(ledger, number, [(place, entry.sha256) for place, (entry, _) in enumerate(kept)], standing)
        connection.execute("delete from tail")
        ledger.grow()
    return len(kept)


def _move(ledger: Ledger, number: int, kept: Sequence[tuple[int, bytes]], standing: Sequence[tuple[int, str]]) -> None:
    """Say that containers and the filings they stand for are in a shard now."""
    execute = ledger.connection.executemany
    execute("update containers set shard = ?, place = ? where sha256 = ?", [(number, *one) for one in kept])
    execute("update filings set shard = ?, place = ? where key = ?", [(number, *one) for one in standing])
