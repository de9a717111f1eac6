"""The bytes as they came, by accession number: from the tail or a shard, with their hash compared."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from hashlib import sha256
from typing import Final

from section16.archive.incoming import LOOSE
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger
from section16.archive.shards import ORIGINALS, database, quoted
from section16.archive.tables import PLACE
from section16.errors import Section16Error, StorageError, UsageError, excerpt
from section16.identifiers import accession as accession_number

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


def original(layout: Layout, ledger: Ledger, accession: str) -> bytes:
    """The bytes of the container whose rows stand for a filing. See `Archive.original`."""
    key = key_of(ledger, accession)
    row = ledger.connection.execute(
        f"{_FIELDS} join filings f on f.key = c.key and f.place = c.place and f.shard is c.shard where c.key = ?",
        (key,),
    ).fetchone()
    if row is None:
        message = f"'{excerpt(accession)}' is not in the archive"
        if ledger.connection.execute("select 1 from filings where key = ?", (key,)).fetchone():
            message = f"of '{excerpt(accession)}' the archive holds only rows of a data set, not the filing"
        raise UsageError("NOT_FOUND", message, mend="Add the filing: section16 archive add FILE")
    return _bytes(layout, ledger, row)


def containers(layout: Layout, ledger: Ledger, accession: str) -> list[bytes]:
    """The bytes of all containers of a filing, in the order of their hashes."""
    rows = ledger.connection.execute(f"{_FIELDS} where c.key = ? order by c.sha256", (key_of(ledger, accession),))
    return [_bytes(layout, ledger, row) for row in rows.fetchall()]


def _bytes(layout: Layout, ledger: Ledger, row: sqlite3.Row | tuple[bytes, int | None, int, str | None]) -> bytes:
    digest, shard, place, name = row
    if shard is None or name is None:
        (packed,) = ledger.connection.execute("select packed from tail where sha256 = ?", (digest,)).fetchone()
        data = zlib.decompress(packed)
    else:
        file = layout.shards / name / f"{ORIGINALS}.parquet"
        with closing(database()) as connection:
            found = connection.execute(f"select bytes from read_parquet({quoted(file)}) where {PLACE} = ?", [place])
            answer = found.fetchone()
        data = answer[0] if answer else b""
    if sha256(data).digest() != digest:
        message = "the bytes of the filing are not those that were added"
        raise StorageError("STORE_DAMAGED", message, mend="Run: section16 archive verify")
    return data
