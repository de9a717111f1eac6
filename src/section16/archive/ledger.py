"""The ledger of an archive: one SQLite file in which everything that must not be lost or doubled is decided.

It says which shards count, under which key each filing stands, which bytes are kept where, what is in quarantine, and
holds the newest filings themselves until they are folded into a shard. A change is one transaction, durable when it
returns (`synchronous=FULL`). SQLite older than the versions in which a fault of the write-ahead log was mended runs in
the safe mode: a rollback journal in place of the log.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from section16.errors import ConflictError, StorageError

VERSION: Final = 1
"""Of the ledger's tables, kept as `user_version`; `migrations/` brings an older one here, a step a version."""

_WAITS: Final = 30.0
_FIXED: Final = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""SQLite releases from which each line's write-ahead log is sound."""

_FULL_CODES: Final = {sqlite3.SQLITE_FULL}
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LEFT_BY_A_KILL: Final = {sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY}
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BASE_CODE: Final = 0xFF


def log_is_sound(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether the write-ahead log of this SQLite can be trusted."""
    return version >= _FIXED[0] or any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED[1:])


def storage_error(error: Exception, place: Path) -> StorageError:
    """What to say of a failed disk or database, without its insides."""
    code = getattr(error, "sqlite_errorcode", None)
    base = None if code is None else code & _BASE_CODE
    if base in _FULL_CODES or getattr(error, "errno", None) in _NO_SPACE:
        return StorageError(
            "DISK_FULL", "the disk of the archive is full", path=str(place), mend="Make room, run again"
        )
    if base in _DAMAGED:
        return StorageError("STORE_DAMAGED", "the ledger is damaged", path=str(place), mend="Restore it from a backup")
    if base in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return StorageError(
            "STORAGE_FAILED", "the archive can't be written", path=str(place), mend="Allow writing there"
        )
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return StorageError("STORAGE_FAILED", f"the archive could not be read or written: {reason}", path=str(place))


def _can_write(path: Path) -> bool:
    """Whether a reader may take back what a killed writer left half done, which SQLite does on the first reading."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def make_ledger(path: Path) -> None:
    """Make an empty ledger; it is there whole or not at all. Raises StorageError."""
    made = path.with_name(f"{path.name}.making")
    try:
        made.unlink(missing_ok=True)
        Ledger(made, writable=True).close()
        made.replace(path)
    except OSError as error:
        raise storage_error(error, path) from None


def _migration(version: int) -> str:
    """What brings a ledger to a version from the one before."""
    return resources.files("section16.archive").joinpath("migrations", f"{version:04}.sql").read_text("utf-8")


def _marked(version: int) -> str:
    return f"pragma user_version={version};"


def expected_schema() -> set[tuple[str, str, str]]:
    """Kind, name and SQL of everything a ledger of this version consists of."""
    with closing(sqlite3.connect(":memory:")) as made:
        for version in range(1, VERSION + 1):
            made.executescript(_migration(version))
        return set(made.execute("select type, name, sql from sqlite_schema where sql is not null"))


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that counts: number, folder name, `original` or `dataset`, rows by table, SHA-256 of its files.

    `first_filed` and `last_filed` bound the filing dates that are known; `derivation` is the version of the rules by
    which derived columns were made.
    """

    id: int
    name: str
    source: str
    counts: dict[str, int]
    digests: dict[str, str]
    first_filed: str | None
    last_filed: str | None
    derivation: int


class Retired(msgspec.Struct, frozen=True):
    """A filing's rows in a shard that no longer count, its key, and the generation in which that happened."""

    shard: int
    place: int
    key: str
    generation: int


def _roll_back(path: Path) -> None:
    """Let SQLite undo what a killed writer left half done, which takes the right to write. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAITS)) as connection:
        connection.execute("select count(*) from sqlite_master").fetchone()


class Ledger:
    """An open ledger. One process writes at a time (see `lock`); any number read."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        """Open `path`, made and brought to this version if `writable`.

        Raises StorageError (it cannot be opened or is damaged) and ConflictError (a newer section16 made it, or an
        older one and it is not writable).
        """
        self.path = path
        try:
            mode = "rwc" if writable else "rw" if _can_write(path) else "ro"
            self.connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode={mode}",
                uri=True,
                timeout=_WAITS,
                isolation_level=None,
                check_same_thread=False,
            )
            if writable:
                journal = "wal" if log_is_sound() else "delete"
                self.connection.execute(f"pragma journal_mode={journal}")
                self.connection.execute("pragma synchronous=full")
                self.connection.execute("pragma foreign_keys=on")
            else:
                self.connection.execute("pragma query_only=on")
            try:
                self._migrate(writable=writable)
            except sqlite3.OperationalError as error:
                if writable or error.sqlite_errorcode not in _LEFT_BY_A_KILL:
                    raise
                _roll_back(path)
                self._migrate(writable=writable)
        except sqlite3.Error as error:
            raise storage_error(error, path) from None

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @property
    def safe_mode(self) -> bool:
        """Whether it runs without the write-ahead log."""
        return not log_is_sound()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One change: all of it is durable when the block ends, or none of it happened.

        Raises StorageError if it cannot be kept.
        """
        try:
            self.connection.execute("begin immediate")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:  # of a full disk SQLite takes all back by itself
                    self.connection.execute("rollback")
                raise
            self.connection.execute("commit")
        except sqlite3.Error as error:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise storage_error(error, self.path) from None

    def _migrate(self, *, writable: bool) -> None:
        (found,) = self.connection.execute("pragma user_version").fetchone()
        if found == VERSION:
            return
        if found > VERSION:
            message = f"the archive was made by a newer section16 (ledger {found}, this one knows {VERSION})"
            raise ConflictError("SCHEMA_UNKNOWN", message, path=str(self.path), mend="Install a newer section16")
        if not writable:
            message = f"the archive's ledger is of version {found}, this section16 needs {VERSION}"
            raise ConflictError("SCHEMA_UNKNOWN", message, path=str(self.path), mend="Run any `archive add` once")
        for version in range(found + 1, VERSION + 1):
            self.connection.executescript(f"begin immediate;\n{_migration(version)}\n{_marked(version)}\ncommit;")

    # Reading ---------------------------------------------------------------------------------------------------------

    def generation(self) -> int:
        """A number that grows with every change of what the archive holds."""
        (value,) = self.connection.execute("select value from counters where name = 'generation'").fetchone()
        return int(value)

    def last_shard(self) -> int:
        """The highest number a shard ever had, 0 if there was none; numbers are not used again."""
        (value,) = self.connection.execute(
            "select max(value, (select coalesce(max(id), 0) from shards)) from counters where name = 'shard'"
        ).fetchone()
        return int(value)

    def shards(self) -> list[Shard]:
        """The shards that count, oldest first."""
        found = self.connection.execute(
            "select id, name, source, counts, digests, first_filed, last_filed, derivation from shards order by id"
        )
        return [
            Shard(
                id=number,
                name=name,
                source=source,
                counts=json.loads(counts),
                digests=json.loads(digests),
                first_filed=first,
                last_filed=last,
                derivation=derivation,
            )
            for number, name, source, counts, digests, first, last, derivation in found
        ]

    def retired(self) -> list[Retired]:
        """The rows of shards that no longer count."""
        return [Retired(*row) for row in self.connection.execute("select shard, place, key, generation from retired")]

    def is_empty(self) -> bool:
        """Whether no bytes came in yet."""
        found = self.connection.execute("select 1 from containers union all select 1 from quarantine limit 1")
        return found.fetchone() is None

    def tail_length(self) -> int:
        """How many containers are in the tail."""
        (count,) = self.connection.execute("select count(*) from tail").fetchone()
        return int(count)

    def tail_rows(self) -> list[bytes]:
        """The rows of the newest filings, packed."""
        found = self.connection.execute("select rows from tail where rows is not null order by place")
        return [rows for (rows,) in found]

    @contextmanager
    def steady(self) -> Iterator[None]:
        """What is read in the block is of one moment."""
        self.connection.execute("begin")
        try:
            yield
        finally:
            self.connection.execute("rollback")

    def noted(self, key: str) -> str | None:
        """A note kept under `key`, None if there is none."""
        row = self.connection.execute("select value from notes where key = ?", (key,)).fetchone()
        return row[0] if row else None

    # Changing, inside `change` -------------------------------------------------------------------------------------

    def list_shard(
        self,
        *,
        name: str,
        source: str,
        days: list[str],
        counts: dict[str, int],
        digests: dict[str, str],
        size: int,
        derivation: int,
    ) -> int:
        """Let a finished shard count; return its number."""
        number = self.last_shard() + 1
        self.connection.execute(
            "insert into shards values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                name,
                source,
                counts["filings"],
                min(days, default=None),
                max(days, default=None),
                size,
                json.dumps(counts),
                json.dumps(digests),
                derivation,
            ),
        )
        self.connection.execute("update counters set value = ? where name = 'shard'", (number,))
        return number

    def retire(self, shard: int | None, place: int, key: str) -> None:
        """Let a filing's rows in a shard count no longer; in the tail (no shard) there is nothing to do."""
        if shard is not None:
            self.connection.execute(
                "insert or ignore into retired select ?, ?, ?, value + 1 from counters where name = 'generation'",
                (shard, place, key),
            )

    def grow(self) -> None:
        """Say that what the archive holds has changed."""
        self.connection.execute("update counters set value = value + 1 where name = 'generation'")

    def note(self, key: str, value: str) -> None:
        """Keep a note under `key`, in place of an older one."""
        self.connection.execute("insert or replace into notes values (?, ?)", (key, value))
