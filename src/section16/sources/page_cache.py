"""Answers kept on disk, so that an unchanged index or list is not sent twice: asked for with what it was known by.

A kept answer is two files named by the hash of its address: the bytes, and what EDGAR said of them with their hash.
What does not agree counts as not there. The cache may be emptied at any time.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from section16.errors import StorageError

_MOST_BYTES: Final = 1024 * 1024 * 1024
_FOR_OWNER: Final = 0o700


class KeptPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a kept answer, and its bytes."""

    address: str
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    body: bytes = b""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for it only if it has changed."""
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in known.items() if value}


class PageCache:
    """The kept answers in one folder, which is made where missing."""

    def __init__(self, folder: Path, most_bytes: int = _MOST_BYTES) -> None:
        """Raises StorageError."""
        self._folder, self._most = folder, most_bytes
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=_FOR_OWNER)
        except OSError as error:
            raise storage_failed(error, folder) from None

    def find(self, address: str) -> KeptPage | None:
        """The kept answer for an address, if there is a sound one."""
        body, facts = self._files(address)
        try:
            kept = msgspec.json.decode(facts.read_bytes(), type=KeptPage)
            data = body.read_bytes()
        except (OSError, msgspec.MsgspecError):
            return None
        if kept.address != address or sha256(data).hexdigest() != kept.digest:
            return None
        return msgspec.structs.replace(kept, body=data)

    def keep(self, address: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Keep an answer that can be asked for conditionally; others are let go. Raises StorageError."""
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        if not etag and not modified:
            return
        kept = KeptPage(address=address, etag=etag, last_modified=modified, digest=sha256(data).hexdigest())
        body, facts = self._files(address)
        try:
            _write(body, data)
            _write(facts, msgspec.json.encode(kept))
            self._make_room()
        except OSError as error:
            raise storage_failed(error, self._folder) from None

    def _files(self, address: str) -> tuple[Path, Path]:
        name = sha256(address.encode()).hexdigest()
        return self._folder / f"{name}.page", self._folder / f"{name}.json"

    def _make_room(self) -> None:
        """Let the answers that were kept longest ago go when there are too many bytes."""
        found = sorted((file.stat().st_mtime, file.stat().st_size, file) for file in self._folder.glob("*.page"))
        size = sum(bytes_ for _, bytes_, _ in found)
        for _, bytes_, file in found[:-1]:
            if size <= self._most:
                return
            file.unlink(missing_ok=True)
            file.with_suffix(".json").unlink(missing_ok=True)
            size -= bytes_


def storage_failed(error: OSError, path: Path) -> StorageError:
    """The error for a disk that failed: DISK_FULL or STORAGE_FAILED."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    words = "no space is left" if full else f"the disk failed: {error.strerror or type(error).__name__}"
    return StorageError("DISK_FULL" if full else "STORAGE_FAILED", words, path=str(path))


def _write(file: Path, data: bytes) -> None:
    beside = file.with_suffix(f".{os.urandom(4).hex()}")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
