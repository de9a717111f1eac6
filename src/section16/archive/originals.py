"""The bytes as they came, by accession number: from the tail or a shard, with their hash compared."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from section16.archive.incoming import LOOSE
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.shards import ORIGINALS, database, quoted
from section16.archive.tables import PLACE
from section16.errors import Section16Error, StorageError, UsageError, excerpt
from section16.identifiers import accession as accession_number

if TYPE_CHECKING:
    import duckdb

_TOGETHER: Final = 256
"""Neighbours that are read at once, from the second of a shard on."""

_FIELDS: Final = "select c.sha256, c.shard, c.place, s.name from containers c left join shards s on s.id = c.shard "


def key_of(ledger: Ledger, given: str) -> str:
    """The key under which a filing stands: an accession number with hyphens or not, or a hash.

    Raises UsageError for what is neither.
    """
    text = given.strip()
    if not text.startswith(LOOSE):
        try:
            text = accession_number.format(text)
        except Section16Error as error:
            raise UsageError("USAGE", error.message, mend=error.mend) from None
    row = ledger.connection.execute("select key from aliases where alias = ?", (text,)).fetchone()
    return row[0] if row else text


def containers(layout: Layout, ledger: Ledger, accession: str) -> list[bytes]:
    """The bytes of all containers of a filing, in the order of their hashes."""
    rows = ledger.connection.execute(f"{_FIELDS} where c.key = ? order by c.sha256", (key_of(ledger, accession),))
    with Originals(layout, ledger) as originals:
        return [originals.of(*row) for row in rows.fetchall()]


class Originals:
    """Reads bytes of containers, one after another; neighbours in a shard are read together and kept for the next."""

    def __init__(self, layout: Layout, ledger: Ledger) -> None:
        """Nothing is open yet."""
        self._layout, self._ledger = layout, ledger
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._near: dict[tuple[str, int], bytes] = {}

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of what is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._near = {}

    def original(self, accession: str) -> bytes:
        """The bytes of the container whose rows stand for a filing. See `Archive.original`."""
        key = key_of(self._ledger, accession)
        row = self._ledger.connection.execute(
            f"{_FIELDS} join filings f on f.key = c.key and f.place = c.place and f.shard is c.shard where c.key = ?",
            (key,),
        ).fetchone()
        if row is None:
            message = f"'{excerpt(accession)}' is not in the archive"
            if self._ledger.connection.execute("select 1 from filings where key = ?", (key,)).fetchone():
                message = f"of '{excerpt(accession)}' the archive holds only rows of a data set, not the filing"
            raise UsageError("NOT_FOUND", message, mend="Add the filing: section16 archive add FILE")
        return self.of(*row)

    def of(self, digest: bytes, shard: int | None, place: int, name: str | None) -> bytes:
        """The bytes of a container, its hash compared. Raises StorageError."""
        if shard is None or name is None:
            (packed,) = self._ledger.connection.execute(
                "select packed from tail where sha256 = ?", (digest,)
            ).fetchone()
            data = zlib.decompress(packed)
        else:
            data = self._or_nothing(name, place)
        if sha256(data).digest() != digest:
            message = "the bytes of the filing are not those that were added"
            raise StorageError("STORE_DAMAGED", message, mend="Run: section16 archive verify")
        return data

    def _or_nothing(self, name: str, place: int) -> bytes:
        """The bytes at a place, none if its file cannot be read."""
        import duckdb  # noqa: PLC0415 - see shards

        try:
            return self._in_shard(name, place)
        except duckdb.Error:
            return b""

    def _in_shard(self, name: str, place: int) -> bytes:
        if (name, place) not in self._near:
            if self._connection is None:
                self._connection = database()
            file = self._layout.shards / name / f"{ORIGINALS}.parquet"
            alone = not any(near == name for near, _ in self._near)
            rows = self._connection.execute(
                f"select {PLACE}, bytes from read_parquet({quoted(file)}) where {PLACE} between ? and ?",
                [place, place if alone else place + _TOGETHER - 1],
            ).fetchall()
            self._near = {(name, at): data for at, data in rows}
        return self._near.get((name, place), b"")
