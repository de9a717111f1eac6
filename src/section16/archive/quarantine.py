"""What could not be read: kept with its bytes and the reason, listed, and tried again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

import msgspec

from section16.archive.adding import Adder
from section16.archive.contents import UNPUBLISHED
from section16.archive.incoming import Added, Incoming
from section16.archive.layout import Layout
from section16.archive.ledger import Ledger

_BATCH: Final = 100


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read: its name, where it came from, code and words, bytes, how often it was tried.

    `kept` says whether its bytes are there: they are not of what never came, or what holds confirmation codes.
    """

    sha256: str
    name: str
    origin: str
    code: str
    reason: str
    size: int
    tries: int
    kept: bool


def quarantined(ledger: Ledger) -> list[Quarantined]:
    """Everything in quarantine, in the order of names."""
    found = ledger.connection.execute(
        "select sha256, name, origin, code, message, size, tries, code != ? and size > 0 from quarantine "
        "order by name, origin, sha256",
        (UNPUBLISHED,),
    )
    return [
        Quarantined(
            sha256=digest.hex(),
            name=name,
            origin=origin,
            code=code,
            reason=reason,
            size=size,
            tries=tries,
            kept=bool(kept),
        )
        for digest, name, origin, code, reason, size, tries, kept in found
    ]


def retry(layout: Layout, ledger: Ledger) -> Added:
    """Read again what has its bytes here; the writer's lock is held by the caller. Raises StorageError."""
    total = Added()
    for batch in _batches(ledger):
        adder = Adder(layout, ledger)
        adder.again(batch)
        for name in total.__struct_fields__:
            setattr(total, name, getattr(total, name) + getattr(adder.added, name))
    return total


def _batches(ledger: Ledger) -> Iterator[list[Incoming]]:
    """Files with their bytes, some at a time."""
    digests = [
        digest
        for (digest,) in ledger.connection.execute(
            "select sha256 from quarantine where code != ? and size > 0 order by sha256", (UNPUBLISHED,)
        ).fetchall()
    ]
    for at in range(0, len(digests), _BATCH):
        batch: list[Incoming] = []
        for digest in digests[at : at + _BATCH]:
            name, origin, packed = ledger.connection.execute(
                "select name, origin, packed from quarantine where sha256 = ?", (digest,)
            ).fetchone()
            batch.append(Incoming(name=name, data=zlib.decompress(packed), origin=origin))
        yield batch
