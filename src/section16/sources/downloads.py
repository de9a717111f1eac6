"""Large files, fetched so that nothing already had is fetched again: after a fault, or by the next process.

What has come so far lies in a part file beside a note of what EDGAR called the file (its ETag or date). The rest is
asked for on condition that it is still that file; if it changed, everything comes anew. A finished file has the length
that was announced.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

import httpx2
import msgspec

from section16.errors import SourceError
from section16.sources.clock import Clock
from section16.sources.exchange import Reply, refuse_trouble
from section16.sources.manners import AskAgainError, Manners, Trouble
from section16.sources.page_cache import storage_failed

_RANGE: Final = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15}|\*)", re.ASCII)
_LOOKED_AT: Final = 4096
_OK: Final = 200
_PARTIAL: Final = 206
_NO_SUCH_RANGE: Final = 416


class Part(msgspec.Struct, kw_only=True):
    """What is known of a file that is under way: what EDGAR called it, and its length where announced."""

    address: str
    etag: str = ""
    last_modified: str = ""
    length: int | None = None


class Download:
    """One large file under way in a folder."""

    def __init__(self, folder: Path, address: str, limit: int) -> None:
        """Take up what is there. Raises StorageError."""
        name = sha256(address.encode()).hexdigest()
        self.file, self._note = folder / f"{name}.part", folder / f"{name}.note"
        self._address, self._limit = address, limit
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._part = self._known()
        except OSError as error:
            raise storage_failed(error, folder) from None

    @property
    def size(self) -> int:
        """Bytes that have come."""
        try:
            return self.file.stat().st_size
        except OSError:
            return 0

    @property
    def is_whole(self) -> bool:
        """Whether all bytes announced are there."""
        return self._part.length is not None and self.size == self._part.length

    @property
    def headers(self) -> dict[str, str]:
        """What to ask with: for the rest, on condition that the file is the same, or for all of it."""
        plain = {"Accept-Encoding": "identity"}
        same = self._part.etag if not self._part.etag.startswith("W/") else ""
        validator = same or self._part.last_modified
        if not self.size or not validator or self.is_whole:
            return plain
        return plain | {"Range": f"bytes={self.size}-", "If-Range": validator}

    def take(self, response: httpx2.Response, clock: Clock, manners: Manners) -> None:
        """Write what an answer brings.

        Raises AskAgainError if it ends early, comes too slowly or is not what was asked for, SourceError LIMIT_SIZE,
        StorageError.
        """
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.status_code == _NO_SUCH_RANGE:
            self.forget()
            raise AskAgainError(Trouble.FAILED, "EDGAR does not have the rest of the file")
        if response.status_code not in {_OK, _PARTIAL}:
            refuse_trouble(_short_reply(response, headers), clock)
            raise AskAgainError(Trouble.UNUSABLE, f"EDGAR answered {response.status_code}")
        if headers.get("content-encoding", "identity") != "identity":
            raise AskAgainError(Trouble.UNUSABLE, "the file came packed, which was not asked for")
        start = self._start(response.status_code, headers)
        try:
            with self.file.open("r+b" if start else "wb") as file:
                file.seek(start)
                self._write(response, file, clock, manners)
        except OSError as error:
            raise storage_failed(error, self.file) from None
        if self._part.length is None:
            self._part.length = self.size  # sent without a length, to its end
            self._remember()
        if not self.is_whole:
            size, length = self.size, self._part.length
            if size > length:
                self.forget()
            raise AskAgainError(Trouble.FAILED, f"{size:,} of {length:,} bytes came")

    def forget(self) -> None:
        """Remove what has come. Raises StorageError."""
        try:
            self.file.unlink(missing_ok=True)
            self._note.unlink(missing_ok=True)
        except OSError as error:
            raise storage_failed(error, self.file) from None
        self._part = Part(address=self._address)

    def _start(self, status: int, headers: dict[str, str]) -> int:
        """The place where the answer's bytes belong; remembers what EDGAR calls the file."""
        if status == _OK:
            self.forget()
            announced = headers.get("content-length", "")
            self._part = Part(
                address=self._address,
                etag=headers.get("etag", ""),
                last_modified=headers.get("last-modified", ""),
                length=int(announced) if announced.isdecimal() else None,
            )
            self._remember()
            return 0
        found = _RANGE.fullmatch(headers.get("content-range", ""))
        etag = headers.get("etag", self._part.etag)
        if found is None or int(found[1]) != self.size or etag != self._part.etag:
            self.forget()
            raise AskAgainError(Trouble.FAILED, "EDGAR answered with another part of the file than asked for")
        if found[3] != "*":
            self._part.length = int(found[3])
            self._remember()
        return self.size

    def _write(self, response: httpx2.Response, file: BinaryIO, clock: Clock, manners: Manners) -> None:
        began, came = clock.monotonic(), 0
        for piece in response.iter_raw():
            if file.tell() + len(piece) > self._limit:
                raise SourceError("LIMIT_SIZE", f"the file has more than {self._limit:,} bytes")
            file.write(piece)
            came += len(piece)
            passed = clock.monotonic() - began
            if passed > manners.whole and came < manners.slowest * passed:
                raise AskAgainError(Trouble.FAILED, f"only {came:,} bytes came in {passed:,.0f} seconds")

    def _known(self) -> Part:
        try:
            part = msgspec.json.decode(self._note.read_bytes(), type=Part)
        except (FileNotFoundError, msgspec.MsgspecError):
            part = Part(address="")
        if part.address == self._address and self.size <= (part.length or self._limit):
            return part
        self.file.unlink(missing_ok=True)
        return Part(address=self._address)

    def _remember(self) -> None:
        try:
            self._note.write_bytes(msgspec.json.encode(self._part))
        except OSError as error:
            raise storage_failed(error, self._note) from None


def _short_reply(response: httpx2.Response, headers: dict[str, str]) -> Reply:
    """The beginning of an answer that brings no file."""
    beginning = b""
    for piece in response.iter_raw():
        beginning += piece
        if len(beginning) >= _LOOKED_AT:
            break
    return Reply(status=response.status_code, headers=headers, body=beginning)
