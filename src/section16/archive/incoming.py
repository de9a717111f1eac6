"""What comes into the archive, and what became of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, Literal

import msgspec

LOOSE: Final = "sha256:"
"""Begins the key of a report that came without an accession number."""


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One file to be added: the name it had, where it came from (a path, an archive with its member, a URL), its bytes.

    `refused` is set by who brings the files if the bytes could not be had whole: code and words. `within` says that
    not it was named but a folder or an archive that holds it: these hold other things than ownership reports, too.
    """

    name: str
    data: bytes
    origin: str = ""
    refused: tuple[str, str] | None = None
    within: Literal["", "folder", "archive"] = ""
    known_digest: bytes = b""

    @property
    def digest(self) -> bytes:
        """SHA-256 of the bytes; of what came without any, of the name and place. Computed once by who adds it."""
        if self.known_digest:
            return self.known_digest
        if self.refused is not None and not self.data:
            return sha256(f"{self.origin}\0{self.name}".encode("utf-8", "surrogateescape")).digest()
        return sha256(self.data).digest()


class Added(msgspec.Struct, kw_only=True):
    """What became of the files given to `Archive.add`. Each file is counted once.

    `new` filings; `joined` further containers of filings that are there; `known` files whose bytes are there;
    `conflicts` other content under an accession number that is there, kept and listed; `rejected` kept in quarantine;
    `aside` in quarantine since before; `passed` over, since a folder holds other things, and a daily feed other forms.
    `reasons` has name, code and words of the first few that were rejected.
    """

    new: int = 0
    joined: int = 0
    known: int = 0
    conflicts: int = 0
    rejected: int = 0
    aside: int = 0
    passed: int = 0
    bytes: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """All files that were looked at."""
        return self.new + self.joined + self.known + self.conflicts + self.rejected + self.aside + self.passed
