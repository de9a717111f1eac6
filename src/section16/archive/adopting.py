"""Shards that were made elsewhere, or whose ledger was lost, become part of an archive. Their folder stays as it is.

A shard beside which stands what the ledger has to know (`cluster.write_shards`) is copied and counts. Of others the
bytes are added as if they came anew; rows of a data set, which have no bytes, are copied.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from section16.archive.adding import Adder
from section16.archive.cluster import BUILT, read_built
from section16.archive.datasets import DataSetShard, enter, standing
from section16.archive.incoming import Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.shards import ORIGINALS, UNFINISHED, Built, database, flushed, quoted
from section16.archive.tables import PLACE, tables
from section16.errors import SourceError, StorageError

_READ: Final = 256


def adopt(layout: Layout, ledger: Ledger, folder: Path, adder: Adder, *, jobs: int) -> None:
    """Take in what a folder of shards holds; the numbers are `adder.added`. The writer's lock is held by the caller.

    Raises SourceError (no shards there) and StorageError (a shard is damaged, or the disk is full). Shards taken in
    before stay; to run it again does only what is missing.
    """
    shards = sorted([each for each in folder.iterdir() if _is_shard(each)]) if folder.is_dir() else []
    prepared = sorted(folder.glob(f"*{BUILT}")) if folder.is_dir() else []
    if not shards and not prepared:
        raise SourceError("SOURCE_UNREADABLE", "there are no shards in this folder", path=str(folder))
    adder.take(_prepared(layout, folder, prepared))
    named = {file.name.removesuffix(BUILT) for file in prepared}
    rest = [each for each in shards if each.name not in named]
    adder.add(_originals([each for each in rest if (each / f"{ORIGINALS}.parquet").is_file()]), jobs=jobs)
    for each in rest:
        if not (each / f"{ORIGINALS}.parquet").is_file():
            _data_set(layout, ledger, each, adder)


def _is_shard(folder: Path) -> bool:
    return not folder.name.endswith(UNFINISHED) and (folder / "filings.parquet").is_file()


def _prepared(layout: Layout, folder: Path, files: list[Path]) -> Iterator[Built]:
    """Shards that are ready to count, copied, their files proved to be those that were written."""
    for file in files:
        try:
            built = read_built(file)
        except (msgspec.DecodeError, OSError):
            raise _damaged(file) from None
        if built.digests:
            digests = _copied(folder / built.name, layout.shards / (built.name + UNFINISHED))
            if digests != built.digests:
                raise _damaged(folder / built.name)
        yield built


def _copied(source: Path, target: Path) -> dict[str, str]:
    """Copy a shard; return the SHA-256 of its files as they stand on the disk now."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return {file.stem: flushed(file) for file in sorted(target.iterdir())}


def _damaged(path: Path) -> StorageError:
    mend = "Build this shard again, or restore it from a backup"
    return StorageError("STORE_DAMAGED", "a shard is not as it was written", path=str(path), mend=mend)


def _originals(shards: list[Path]) -> Iterator[Incoming]:
    """The bytes of shards, proved by their hashes."""
    with closing(database()) as connection:
        for shard in shards:
            cursor = connection.execute(
                f"select name, origin, bytes, sha256 from read_parquet({quoted(shard / f'{ORIGINALS}.parquet')})"
            )
            while rows := cursor.fetchmany(_READ):
                for name, origin, data, digest in rows:
                    if sha256(data).digest() != digest:
                        raise _damaged(shard)
                    yield Incoming(name=name, data=data, origin=origin)


def _data_set(layout: Layout, ledger: Ledger, source: Path, adder: Adder) -> None:
    """A shard of rows of a data set, copied if it brings a filing; filings whose originals are here keep them."""
    with closing(database()) as connection:
        file = quoted(source / "filings.parquet")
        held = connection.execute(f"select accession, filed_on from read_parquet({file}) order by {PLACE}").fetchall()
    known = len(standing(ledger.connection, [key for key, _ in held]))
    adder.added.known += known
    adder.added.new += len(held) - known
    if known == len(held):
        return
    name = f"s{ledger.last_shard() + 1:08}-{os.urandom(4).hex()}"
    target = layout.shards / (name + UNFINISHED)
    digests = _copied(source, target)
    counts: dict[str, int] = {}
    with closing(database()) as connection:
        for table in tables():
            file = quoted(target / f"{table}.parquet")
            row = connection.execute(f"select count(*) from read_parquet({file})").fetchone()
            counts[table] = row[0] if row else 0
    made = DataSetShard(
        name=name,
        keys=[key for key, _ in held],
        days=[day.isoformat() for _, day in held if day is not None],
        counts=counts,
        digests=digests,
        size=sum(each.stat().st_size for each in target.iterdir()),
    )
    enter(layout, ledger, made)
