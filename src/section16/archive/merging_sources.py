"""The shards that are to be merged: proved to be as they were written, and read a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from section16.archive.contents import entry_of
from section16.archive.incoming import Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger, Shard
from section16.archive.projection import DERIVATION, Projection
from section16.archive.shards import ORIGINALS, database, quoted, write
from section16.archive.tables import PLACE
from section16.errors import StorageError

_CHUNK: Final = 1024
"""Places that are made anew at a time."""

_PORTION_FILINGS: Final = 16_384
_PORTION_BYTES: Final = 32 * 1024 * 1024
"""Rows of so many filings, or so many bytes of originals, go through the database at a time."""


class Span(msgspec.Struct, frozen=True):
    """Places of a shard, from `low` to `high`, both included."""

    shard: int
    low: int
    high: int


class Sources:
    """Shards and the files of each, some of them made anew in a folder for work."""

    def __init__(self, layout: Layout, ledger: Ledger, shards: Sequence[Shard], work: Path) -> None:
        """Nothing is looked at yet."""
        self._layout, self._ledger, self._shards, self._work = layout, ledger, shards, work
        self._files = {shard.id: layout.shards / shard.name for shard in shards}

    def prove(self, *, remake: bool) -> None:
        """No damage is carried on: files must be as they were written; columns that are not are made again.

        With `remake` all are. Raises StorageError.
        """
        for shard in self._shards:
            damaged = {name for name, digest in shard.digests.items() if not self._is(shard, name, digest)}
            if ORIGINALS in damaged or (damaged and ORIGINALS not in shard.digests):
                path = f"shards/{shard.name}"
                mend = "Restore this folder from a backup, then run again"
                raise StorageError("STORE_DAMAGED", "a shard is damaged; nothing was changed", path=path, mend=mend)
            if ORIGINALS in shard.digests and (remake or damaged or shard.derivation < DERIVATION):
                self._files[shard.id] = self._made_anew(shard)

    def _is(self, shard: Shard, name: str, digest: str) -> bool:
        try:
            with (self._layout.shards / shard.name / f"{name}.parquet").open("rb") as file:
                made = sha256()
                while piece := file.read(1 << 20):
                    made.update(piece)
        except OSError:
            return False
        return made.hexdigest() == digest

    def _made_anew(self, shard: Shard) -> Path:
        """A folder with the shard's tables, made of its bytes; parts of it are files of their own."""
        folder = self._work / shard.name
        file = quoted(self._layout.shards / shard.name / f"{ORIGINALS}.parquet")
        keys = dict(self._ledger.connection.execute("select place, key from filings where shard = ?", (shard.id,)))
        with closing(database()) as connection:
            (last,) = connection.execute(f"select max({PLACE}) from read_parquet({file})").fetchone() or (-1,)
            for start in range(0, last + 1, _CHUNK):
                rows = connection.execute(
                    f"select {PLACE}, bytes from read_parquet({file}) "
                    f"where {PLACE} between {start} and {start + _CHUNK - 1} order by {PLACE}"
                ).fetchall()
                projection = Projection()
                for place, data in rows:
                    if place in keys:
                        _, filing = entry_of(Incoming(name="", data=data))
                        if filing is None:
                            raise StorageError("STORE_DAMAGED", "a filing can no longer be read", path=keys[place])
                        projection.add(place, keys[place], filing)
                write(folder / f"{start:08}", projection.rows, [])
        return folder

    def files(self, table: str, of: Sequence[Span] | None = None) -> dict[str, int]:
        """The files that hold a table's rows, of all shards or those of some spans, and the shard each belongs to."""
        found: dict[str, int] = {}
        chosen = None if of is None else {span.shard for span in of}
        for shard in self._shards:
            if table not in shard.digests or (chosen is not None and shard.id not in chosen):
                continue
            folder = self._layout.shards / shard.name if table == ORIGINALS else self._files[shard.id]
            for file in sorted(folder.rglob(f"{table}.parquet")):
                found[str(file)] = shard.id
        return found

    def rows(self, table: str, columns: str, of: Sequence[Span] | None = None) -> str:
        """SQL of a table's rows in all shards, or in some spans, with the shard's number."""
        files = self.files(table, of)
        numbers = ", ".join([f"({quoted(file)}, {number})" for file, number in files.items()])
        within = " or ".join(
            [f"(s.shard = {span.shard} and r.{PLACE} between {span.low} and {span.high})" for span in of or ()]
        )
        return (
            f"(select s.shard, {columns} from read_parquet([{', '.join(map(quoted, files))}], filename=true) r "
            f"join (values {numbers}) s (filename, shard) using (filename){f' where {within}' if within else ''})"
        )

    def portions(self, table: str) -> Iterator[list[Span]]:
        """All places of the shards that have the table, in portions that fit into memory."""
        portion: list[Span] = []
        held = 0.0
        for span, share in self._spans(table):
            if portion and held + share > 1:
                yield portion
                portion, held = [], 0.0
            portion.append(span)
            held += share
        if portion:
            yield portion

    def _spans(self, table: str) -> Iterator[tuple[Span, float]]:
        """Places of each shard, parted where it is more than a portion, with the share of one that they are."""
        question = "select count(*), coalesce(sum(size), 0), coalesce(max(place), -1) from containers where shard = ?"
        for shard in self._shards:
            if table not in shard.digests:
                continue
            count, size, last = self._ledger.connection.execute(question, (shard.id,)).fetchone()
            share = size / _PORTION_BYTES if table == ORIGINALS else shard.counts["filings"] / _PORTION_FILINGS
            last = max(last, shard.counts["filings"], count)
            step = -(-(last + 1) // max(1, round(share)))
            for low in range(0, last + 1, step):
                yield Span(shard.id, low, min(low + step - 1, last)), share * min(step / (last + 1), 1)
