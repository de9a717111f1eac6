"""Verifying: is all that we said was kept there, once, unchanged, and do the columns say what the bytes say?

Nothing is changed. Shards are looked at by `verifying_shards`, in several processes where there are many; here stand
the ledger, the tail, the quarantine, the index and what lies about in the folder.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.archive.contents import UNPUBLISHED, entry_of
from section16.archive.incoming import Incoming
from section16.archive.index import UNINDEXED, newest
from section16.archive.projection import Projection
from section16.archive.readers import reading
from section16.archive.shards import UNFINISHED
from section16.archive.verifying_ledger import RESTORE, contradictions, damage
from section16.archive.verifying_shards import Depth, Fault, ShardTask, check_shard
from section16.archive.workers import in_order, processes
from section16.errors import Section16Error, excerpt

if TYPE_CHECKING:
    from section16.archive.archive import Archive

Progress = Callable[[int, int], None]
"""Called with the filings looked at so far, and how many there are."""

_TRIES: Final = 3
_POOL_FROM: Final = 30_000
"""Filings in shards from which several processes are worth their start; a tenth of it if all are parsed again."""

_PRELOAD: Final = ("section16.archive.verifying_shards", "section16.archive.preloaded")
_OURS: Final = frozenset({"shards", "index", "lock", "lock.holder"})
_COMPACT: Final = "Run: section16 archive compact"
_UNPACK: Final = msgspec.msgpack.Decoder(dict[str, list[list[Any]]])


class Verified(msgspec.Struct, kw_only=True):
    """What was looked at, and what is wrong. `compared` filings were parsed again and equal their columns.

    `notes` are no faults: what a killed run left over, files that do not belong to the archive, an index to be made.
    """

    faults: list[Fault] = []
    notes: list[Fault] = []
    filings: int = 0
    containers: int = 0
    rows: int = 0
    shards: int = 0
    tail: int = 0
    quarantined: int = 0
    compared: int = 0
    bytes: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    archive: Archive, *, depth: Depth = Depth.USUAL, jobs: int | None = None, progress: Progress | None = None
) -> Verified:
    """Look at everything; see `Archive.verify`. What a writer changes meanwhile is looked at again."""
    found = Verified()
    for _ in range(_TRIES):
        before = archive.ledger.generation()
        found = _Verifier(archive, depth, jobs or os.cpu_count() or 1, progress).verify()
        if found.clean or archive.ledger.generation() == before:
            return found
    message = "the archive was written to while it was being verified"
    found.faults.append(Fault("ledger", message, "Verify again while nobody writes"))
    return found


class _Verifier:
    """One look at an archive."""

    def __init__(self, archive: Archive, depth: Depth, jobs: int, progress: Progress | None) -> None:
        self._archive, self._layout, self._ledger = archive, archive.layout, archive.ledger
        self._ask = archive.ledger.connection.execute
        self._depth, self._jobs, self._progress = depth, jobs, progress
        self.found = Verified()

    def verify(self) -> Verified:
        try:
            self.found.faults += damage(self._ask, quick=self._depth is Depth.QUICK)
            if self.found.clean:
                with reading(self._layout.shards):
                    self.found.faults += contradictions(self._ask)
                    self._tail()
                    self._quarantine()
                    self._shards()
                self._questions()
        except sqlite3.Error as error:
            self._fault("ledger", f"the ledger cannot be read: {excerpt(str(error))}", RESTORE)
        self._about()
        return self.found

    def _fault(self, record: str, message: str, mend: str) -> None:
        self.found.faults.append(Fault(record, message, mend))

    # The tail and the quarantine -------------------------------------------------------------------------------------

    def _tail(self) -> None:
        """Bytes of the newest filings against their hashes, their rows against their bytes."""
        asked = self._ask("select t.place, t.sha256, t.key, t.packed, t.rows from tail t order by t.place")
        for place, digest, key, packed, rows in asked:
            self.found.tail += 1
            self.found.containers += 1
            data = _unpacked(packed)
            self.found.bytes += len(data)
            if sha256(data).digest() != digest:
                self._fault(key, "the bytes in the ledger's tail are not those that were added", RESTORE)
                continue
            if rows is None:
                continue
            self.found.filings += 1
            held = _UNPACK.decode(rows)
            self.found.rows += sum(len(lines) for lines in held.values())
            if self._depth is Depth.QUICK:
                continue
            _, filing = entry_of(Incoming(name="", data=data))
            projection = Projection()
            if filing is not None:
                projection.add(place, key, filing)
            if projection.rows != held:
                self._fault(key, "the rows in the ledger's tail are not what its bytes say", _COMPACT)
            self.found.compared += 1

    def _quarantine(self) -> None:
        for digest, name, origin, code, packed in self._ask(
            "select sha256, name, origin, code, packed from quarantine"
        ):
            self.found.quarantined += 1
            if code == UNPUBLISHED and not packed:
                continue
            data = _unpacked(packed)
            if digest not in {
                sha256(data).digest(),
                Incoming(name=name, data=b"", origin=origin, refused=("", "")).digest,
            }:
                self._fault(f"quarantine {excerpt(name)}", "its bytes are not those that came", RESTORE)

    # Shards ----------------------------------------------------------------------------------------------------------

    def _shards(self) -> None:
        shards = self._ledger.shards()
        total = sum(shard.counts["filings"] for shard in shards)
        filings = dict(self._ask("select shard, count(*) from filings where shard is not null group by shard"))
        kept = dict(self._ask("select shard, count(*) from containers where shard is not null group by shard"))
        tasks = [
            ShardTask(
                root=str(self._layout.root),
                shard=shard,
                depth=self._depth,
                filings=filings.get(shard.id, 0),
                containers=kept.get(shard.id, 0),
                turn=self._ledger.generation(),
            )
            for shard in shards
        ]
        seen = 0
        for task, checked in zip(tasks, self._spread(tasks, total), strict=True):
            self.found.faults += checked.faults
            self.found.shards += 1
            for name in ("filings", "containers", "rows", "compared", "bytes"):
                setattr(self.found, name, getattr(self.found, name) + getattr(checked, name))
            seen += task.shard.counts["filings"]
            if self._progress is not None:
                self._progress(seen, total)

    def _spread(self, tasks: list[ShardTask], total: int) -> Iterator[Any]:
        enough = _POOL_FROM // 10 if self._depth is Depth.FULL else _POOL_FROM
        if self._jobs == 1 or len(tasks) == 1 or total < enough or self._depth is Depth.QUICK:
            yield from map(check_shard, tasks)
            return
        with processes(self._jobs, _PRELOAD) as pool:
            yield from in_order(pool, check_shard, tasks, ahead=self._jobs + 1)

    # The index and the folder ----------------------------------------------------------------------------------------

    def _questions(self) -> None:
        """Whether questions find what the ledger lists."""
        index = newest(self._layout)
        if index is None and sum(shard.counts["filings"] for shard in self._ledger.shards()) > UNINDEXED:
            self.found.notes.append(Fault("index", "there is no index; questions read the shards", _COMPACT))
        try:
            with self._archive.connect() as connection:
                answer = connection.execute(
                    "select count(*), if(count(*) = count(transaction_count), sum(transaction_count)::bigint, t.n), "
                    "if(count(*) = count(holding_count), sum(holding_count)::bigint, h.n), t.n, h.n from filings, "
                    "(select count(*) n from transactions) t, (select count(*) n from holdings) h group by t.n, h.n"
                ).fetchone() or (0, 0, 0, 0, 0)
        except Section16Error as error:
            mend = "Delete the folder `index` of the archive, then: section16 archive compact"
            self._fault("index", f"questions fail: {error.message}", mend)
            return
        except Exception as error:  # noqa: BLE001 - whatever the database stumbles over is the finding
            self._fault("index", f"questions fail: {excerpt(str(error))}", "See the faults of the shards")
            return
        listed = self._ask("select count(*) from filings").fetchone()[0]
        filings, *said = [number or 0 for number in answer]
        mend = "Delete the folder `index` of the archive, then: section16 archive compact"
        if filings != listed:
            self._fault("index", f"questions find {filings:,} filings, the ledger lists {listed:,}", mend)
        if said[:2] != said[2:]:
            self._fault("index", "questions find other numbers of lines than the filings say they have", mend)

    def _about(self) -> None:
        """What lies in the folder and does not belong there."""
        listed = {shard.name for shard in self._ledger.shards()} if self._readable() else None
        root = self._layout.root
        for path in sorted(root.iterdir()):
            if path.name not in _OURS and not path.name.startswith(self._layout.ledger.name):
                self._note(path.name, "it is no part of the archive", "Take it away if nobody needs it")
        if listed is None or not self._layout.shards.is_dir():
            return
        for path in sorted(self._layout.shards.iterdir()):
            if path.name not in listed:
                unfinished = path.name.endswith(UNFINISHED)
                words = "a run that was stopped left it over" if unfinished else "a shard that no longer counts"
                self._note(f"shards/{path.name}", words, "The next command that writes takes it away")

    def _readable(self) -> bool:
        try:
            self._ledger.shards()
        except (sqlite3.Error, ValueError):
            return False
        return True

    def _note(self, record: str, message: str, mend: str) -> None:
        self.found.notes.append(Fault(record, message, mend))


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""
