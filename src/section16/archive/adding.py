"""Adding files: each is read, judged against what is there, kept, and committed; a bad one never stops the rest.

Many files go through worker processes into shards, a few into the tail of the ledger. Whatever was committed stays
when the process is killed; to run again does only what is missing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import chain, islice
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from section16.archive.contents import UNPUBLISHED, Entry, entry_of
from section16.archive.incoming import LOOSE, Added, Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.projection import DERIVATION, Projection
from section16.archive.shards import UNFINISHED, Batch, Built, build, finish
from section16.archive.workers import in_order, prepare, processes

SHARD_FILES: Final = 1792
SHARD_BYTES: Final = 18 * 1024 * 1024
"""Where a batch for one shard ends; a single file may be larger."""

TAIL_BATCH: Final = 256
"""Up to so many files at once go into the tail, more make a shard."""

_FIRST_FILES: Final = 512
"""The first batch for a shard where several processes work."""

_SEVERAL: Final = 768
"""From so many files more than the tail takes, several processes are worth their start."""

TAIL_LIMIT: Final = 1000
"""Filings in the tail from which they are folded into a shard."""

_REASONS: Final = 5
"""Rejected files whose reasons are told at once."""

_ASKED: Final = 1000
"""Values in one question to the ledger."""

T = TypeVar("T")

_LEVEL: Final = 6
_PACK: Final = msgspec.msgpack.Encoder()
_PRELOAD: Final = ("section16.archive.shards", "section16.archive.preloaded")

Progress = Callable[[Added], None]


class _Fate(msgspec.Struct):
    """What the ledger decided on an entry: `count` names the field of `Added`; `counts` whether its rows stand."""

    count: str
    counts: bool


_NEW: Final = _Fate("new", counts=True)


def _held(connection: sqlite3.Connection, column: str, table: str, values: Sequence[T], more: str = "") -> set[T]:
    """Which of some values stand in a column of the ledger."""
    found: set[T] = set()
    for at in range(0, len(values), _ASKED):
        asked = values[at : at + _ASKED]
        marks = ",".join("?" * len(asked))
        rows = connection.execute(f"select {column} from {table} where {column} in ({marks}) {more}", asked)
        found.update([value for (value,) in rows])
    return found


def batches_of(files: Iterable[Incoming], first: int = SHARD_FILES) -> Iterator[list[Incoming]]:
    """Files for one shard each; the first ones are smaller, so that all workers soon have something to do."""
    batch: list[Incoming] = []
    held, most = 0, first
    for one in files:
        batch.append(one)
        held += len(one.data)
        if len(batch) >= most or held >= SHARD_BYTES:
            yield batch
            batch, held = [], 0
            most = min(2 * most, SHARD_FILES)
    if batch:
        yield batch


class Adder:
    """One run of adding. The lock is held by who makes it."""

    def __init__(self, layout: Layout, ledger: Ledger, progress: Progress | None = None) -> None:
        """Begin with nothing added."""
        self.added = Added()
        self._layout, self._ledger, self._progress = layout, ledger, progress

    def add(self, incoming: Iterable[Incoming], *, jobs: int, executor: Executor | None = None) -> Added:
        """Add all; see `Archive.add`."""
        files = self._unknown(incoming)
        few = list(islice(files, TAIL_BATCH + 1))
        if len(few) <= TAIL_BATCH:
            if few:
                self._to_tail(few)
            return self.added
        if executor is not None:
            work = self._work(batches_of(chain(few, files)))
            self._take(in_order(executor, build, work, ahead=2 * max(jobs, 1) + 1))
            return self.added
        more: list[Incoming] = []
        if jobs > 1:
            prepare(_PRELOAD)
            more = list(islice(files, _SEVERAL))
        batches = batches_of(chain(few, more, files), first=_FIRST_FILES if len(more) == _SEVERAL else SHARD_FILES)
        if len(more) < _SEVERAL:
            self._take(map(build, self._work(batches)))
            return self.added
        with processes(jobs, _PRELOAD) as pool:
            self._take(in_order(pool, build, self._work(batches), ahead=jobs + 1))
        return self.added

    def again(self, files: Sequence[Incoming]) -> Added:
        """Read a few files again that are in quarantine; one that can be read now leaves it."""
        with self._ledger.change() as connection:
            self._leave_quarantine(connection, files)
        self._to_tail(
            [one for one in files if not _held(self._ledger.connection, "sha256", "containers", [one.digest])]
        )
        with self._ledger.change() as connection:
            self._leave_quarantine(connection, files)
        return self.added

    @staticmethod
    def _leave_quarantine(connection: sqlite3.Connection, files: Sequence[Incoming]) -> None:
        connection.executemany(
            "delete from quarantine where sha256 = ?1 and exists (select 1 from containers where sha256 = ?1)",
            [(one.digest,) for one in files],
        )

    def take(self, shards: Iterable[Built]) -> None:
        """Let shards count that were built elsewhere. One that brings nothing new is taken away again."""
        for built in shards:
            digests = [entry.sha256 for entry in built.entries if not entry.is_passed]
            known = _held(self._ledger.connection, "sha256", "containers", digests)
            known |= _held(self._ledger.connection, "sha256", "quarantine", digests, f"and code != '{UNPUBLISHED}'")
            if known.issuperset(digests):
                shutil.rmtree(self._layout.shards / (built.name + UNFINISHED), ignore_errors=True)
                self.added.known += len(digests)
                self.added.passed += len(built.entries) - len(digests)
                self._tell()
            else:
                self._commit(built)

    # Batches ---------------------------------------------------------------------------------------------------------

    def _unknown(self, incoming: Iterable[Incoming]) -> Iterator[Incoming]:
        """Files that aren't there yet and did not come a moment ago; the others are counted."""
        seen: deque[bytes] = deque(maxlen=SHARD_FILES)
        held: set[bytes] = set()
        is_empty = self._ledger.is_empty()
        for one in incoming:
            digest = one.digest
            found = "known" if digest in held else "" if is_empty else self._where(digest)
            if found:
                setattr(self.added, found, getattr(self.added, found) + 1)
                self._tell()
                continue
            if len(seen) == SHARD_FILES:
                held.discard(seen[0])
            seen.append(digest)
            held.add(digest)
            yield replace(one, known_digest=digest)

    def _where(self, digest: bytes) -> str:
        """Where bytes are that came before, by the name of their count in `Added`; empty if they are new."""
        found = self._ledger.connection.execute(
            "select 'known' from containers where sha256 = ?1 union all "
            "select 'aside' from quarantine where sha256 = ?1 and code != ?2 limit 1",
            (digest, UNPUBLISHED),
        ).fetchone()
        return found[0] if found else ""

    def _work(self, batches: Iterable[list[Incoming]]) -> Iterator[Batch]:
        """Batches with names nobody else has: a worker of a killed run may still be writing one."""
        token = os.urandom(4).hex()
        for number, files in enumerate(batches, self._ledger.last_shard() + 1):
            yield Batch(name=f"s{number:08}-{token}", shards=str(self._layout.shards), files=tuple(files))

    # Commits ---------------------------------------------------------------------------------------------------------

    def _take(self, shards: Iterable[Built]) -> None:
        for built in shards:
            self._commit(built)

    def _commit(self, built: Built) -> None:
        """One shard counts from here on, whole, or not at all."""
        kept = any(not entry.code for entry in built.entries)
        if kept:
            finish(self._layout.shards, [built.name])
        with self._ledger.change() as connection:
            number = self._list(built) if kept else None
            stored = [entry for entry in built.entries if not entry.code]
            plain = self._enter_plain(connection, stored, number)
            for place, entry in enumerate(stored):
                if entry.sha256 in plain:
                    self._count(entry, _NEW)
                else:
                    self._count(entry, self._decide(connection, entry, number, place))
            for entry in built.entries:
                if entry.code:
                    self._count(entry, self._quarantine(connection, entry, built.refused[entry.sha256]))
            if not all(entry.is_passed for entry in built.entries):
                self._ledger.grow()
        self._tell()

    def _list(self, built: Built) -> int:
        days = [entry.filed_on for entry in built.entries if entry.filed_on]
        return self._ledger.list_shard(
            name=built.name,
            source="original",
            days=days,
            counts=built.counts,
            digests=built.digests,
            size=built.size,
            derivation=DERIVATION,
        )

    def _to_tail(self, files: Sequence[Incoming]) -> None:
        """A few files, in one transaction, with their bytes and rows."""
        before = self.added.passed
        with self._ledger.change() as connection:
            for one in files:
                entry, filing = entry_of(one)
                if filing is None:
                    self._count(entry, self._quarantine(connection, entry, one.data))
                    continue
                (place,) = connection.execute("select coalesce(max(place), -1) + 1 from tail").fetchone()
                fate = self._decide(connection, entry, None, place)
                rows: bytes | None = None
                if fate.counts:
                    projection = Projection()
                    projection.add(place, entry.key, filing)
                    rows = _PACK.encode(projection.rows)
                connection.execute(
                    "insert into tail (place, sha256, key, filed_on, packed, rows) values (?, ?, ?, ?, ?, ?)",
                    (place, entry.sha256, entry.key, entry.filed_on, zlib.compress(one.data, _LEVEL), rows),
                )
                self._count(entry, fate)
            if self.added.passed - before < len(files):
                self._ledger.grow()
        self._tell()

    def _count(self, entry: Entry, fate: _Fate) -> None:
        setattr(self.added, fate.count, getattr(self.added, fate.count) + 1)
        self.added.bytes += entry.size
        if fate.count == "rejected" and len(self.added.reasons) < _REASONS:
            self.added.reasons = (*self.added.reasons, f"{entry.origin or entry.name}: {entry.code}: {entry.message}")

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.added)

    # What the ledger says --------------------------------------------------------------------------------------------

    @staticmethod
    def _enter_plain(connection: sqlite3.Connection, stored: Sequence[Entry], shard: int | None) -> set[bytes]:
        """Enter, all at once, what is new and meets nothing: neither in the ledger nor among the others; its hashes.

        What `_decide` would say of each is known without asking it; nearly all filings of a large addition are so.
        """
        known = _held(connection, "sha256", "containers", [entry.sha256 for entry in stored])
        keys = _held(connection, "key", "filings", [entry.key for entry in stored])
        times = Counter([entry.key for entry in stored])
        loose = {entry.document for entry in stored if entry.key.startswith(LOOSE)}
        loose |= _held(
            connection, "document", "filings", [entry.document for entry in stored], f"and key like '{LOOSE}%'"
        )
        plain = [
            (place, entry)
            for place, entry in enumerate(stored)
            if times[entry.key] == 1
            and entry.key not in keys
            and entry.sha256 not in known
            and entry.document not in loose
            and not entry.mismatch
        ]
        connection.executemany(
            "insert into containers values (?, ?, ?, ?, ?, ?, ?, ?)",
            [(e.sha256, e.key, shard, place, e.kind, e.name, e.origin, e.size) for place, e in plain],
        )
        connection.executemany(
            "insert into filings values (?, ?, ?, ?, ?, ?)",
            [(e.key, shard, place, e.document, e.exhibits, e.richness) for place, e in plain],
        )
        return {entry.sha256 for _, entry in plain}

    def _decide(self, connection: sqlite3.Connection, entry: Entry, shard: int | None, place: int) -> _Fate:
        """Enter a container: a new filing, a further container of one, or other content under its number."""
        if connection.execute("select 1 from containers where sha256 = ?", (entry.sha256,)).fetchone():
            self._ledger.retire(shard, place, entry.key)
            return _Fate("known", counts=False)
        alias = self._same_report(connection, entry) if entry.key.startswith(LOOSE) else None
        key = alias or entry.key
        connection.execute(
            "insert into containers values (?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.sha256, key, shard, place, entry.kind, entry.name, entry.origin, entry.size),
        )
        if entry.mismatch:
            self._problem(connection, entry, key, "CONTAINER_MISMATCH", entry.mismatch)
        if alias is not None:
            connection.execute("insert or ignore into aliases values (?, ?)", (entry.key, alias))
            self._ledger.retire(shard, place, entry.key)
            return _Fate("joined", counts=False)
        held = connection.execute(
            "select shard, place, document, exhibits, richness from filings where key = ?", (key,)
        ).fetchone()
        if held is None or not held[2]:
            self._stand(connection, entry, shard, place, held)
            is_there = not entry.key.startswith(LOOSE) and self._adopt(connection, entry)
            return _Fate("joined" if is_there else "new", counts=True)
        return self._join(connection, entry, shard, place, held)

    def _join(
        self,
        connection: sqlite3.Connection,
        entry: Entry,
        shard: int | None,
        place: int,
        held: tuple[int | None, int, bytes, bytes | None, int],
    ) -> _Fate:
        """A second container of a filing: the one whose header tells more stands for it, both are kept."""
        other = "another report" if held[2] != entry.document else ""
        if not other and None not in {held[3], entry.exhibits} and held[3] != entry.exhibits:
            other = "other exhibits"
        if other:
            words = f"a second container has {other} under the same accession number; the first stays"
            self._problem(connection, entry, entry.key, "CONTAINER_MISMATCH", words)
            self._ledger.retire(shard, place, entry.key)
            return _Fate("conflicts", counts=False)
        if entry.richness > held[4]:
            self._stand(connection, entry, shard, place, held)
            return _Fate("joined", counts=True)
        self._ledger.retire(shard, place, entry.key)
        return _Fate("joined", counts=False)

    def _stand(
        self,
        connection: sqlite3.Connection,
        entry: Entry,
        shard: int | None,
        place: int,
        held: tuple[int | None, int, bytes, bytes | None, int] | None,
    ) -> None:
        """Let a container's rows stand for its filing, in place of the ones that did."""
        if held is not None:
            self._give_way(connection, entry.key, held[0], held[1])
        connection.execute(
            "insert or replace into filings values (?, ?, ?, ?, ?, ?)",
            (entry.key, shard, place, entry.document, entry.exhibits, entry.richness),
        )

    def _adopt(self, connection: sqlite3.Connection, entry: Entry) -> bool:
        """Loose reports that say the same as a filing that has now come in its container become its aliases.

        Return whether there are any: the filing was there then, but for its header.
        """
        loose = connection.execute(
            "select key, shard, place from filings where document = ? and key like ?", (entry.document, f"{LOOSE}%")
        ).fetchall()
        for key, shard, place in loose:
            self._give_way(connection, key, shard, place)
            connection.execute("delete from filings where key = ?", (key,))
            connection.execute("update containers set key = ? where key = ?", (entry.key, key))
            connection.execute("update tail set key = ? where key = ?", (entry.key, key))
            connection.execute("update aliases set key = ? where key = ?", (entry.key, key))
            connection.execute("insert or ignore into aliases values (?, ?)", (key, entry.key))
        return bool(loose)

    def _give_way(self, connection: sqlite3.Connection, key: str, shard: int | None, place: int) -> None:
        if shard is None:
            connection.execute("update tail set rows = null where key = ? and place = ?", (key, place))
        else:
            self._ledger.retire(shard, place, key)

    @staticmethod
    def _same_report(connection: sqlite3.Connection, entry: Entry) -> str | None:
        """The filing that says the same as a report without an accession number."""
        found = connection.execute(
            "select key from filings where document = ? and key != ? order by key limit 1", (entry.document, entry.key)
        ).fetchone()
        return found[0] if found else None

    @staticmethod
    def _problem(connection: sqlite3.Connection, entry: Entry, key: str, kind: str, message: str) -> None:
        connection.execute(
            "insert or ignore into problems (key, kind, message, sha256) values (?, ?, ?, ?)",
            (key, kind, message, entry.sha256),
        )

    @staticmethod
    def _quarantine(connection: sqlite3.Connection, entry: Entry, data: bytes) -> _Fate:
        """Keep what cannot be read, with the reason; of what holds secrets, the reason alone."""
        if entry.is_passed:
            return _Fate("passed", counts=False)
        packed = b"" if entry.code == UNPUBLISHED else zlib.compress(data, _LEVEL)
        connection.execute(
            "insert into quarantine (sha256, name, origin, code, message, size, packed) values (?, ?, ?, ?, ?, ?, ?) "
            "on conflict (sha256) do update set code = excluded.code, message = excluded.message, tries = tries + 1",
            (entry.sha256, entry.name, entry.origin, entry.code, entry.message, entry.size, packed),
        )
        return _Fate("rejected", counts=False)
