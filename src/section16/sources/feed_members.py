"""The filings in a daily feed, `YYYYMMDD.nc.tar.gz`: read as a stream, bounded, nothing unpacked to disk.

A feed holds everything that was disseminated on a day; only the members wanted are kept in memory, and handed out when
the whole feed has proved sound. Descriptions: the tar format of POSIX.1-1988 (ustar); the feed, SEC "Accessing EDGAR
Data".
"""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from section16 import limits
from section16.errors import SourceError, excerpt

_BLOCK: Final = tarfile.BLOCKSIZE
_PIECE: Final = 1024 * 1024
_FREE: Final = 64 * 1024 * 1024
"""Bytes that may come out before the ratio counts."""
_EXTENSION_BYTES: Final = 64 * 1024
_EXTENSIONS: Final = (tarfile.XHDTYPE, tarfile.XGLTYPE)
_CHANGES_MEMBER: Final = re.compile(rb"(?:^|\n)[0-9]+ (?:path|size|linkpath|GNU\.[a-z.]+)=")
_NAME: Final = re.compile(r"(?:\./)?(?:[0-9]{8}\.nc/)?([0-9]{10}-[0-9]{2}-[0-9]{6})\.nc", re.ASCII)
_HELD_BYTES: Final = 512 * 1024 * 1024


def feed_filings(file: Path, wanted: Collection[str]) -> dict[str, bytes]:
    """Return the `.nc` files of the accession numbers wanted (with hyphens), as far as the feed has them.

    A number that stands twice in the feed is left out. Raises SourceError: CONTAINER_MALFORMED (cut or damaged),
    INDEX_EMPTY, ARCHIVE_TYPE, ARCHIVE_PATH, ARCHIVE_BOMB, LIMIT_SIZE, LIMIT_COUNT; OSError for the disk.
    """
    found: dict[str, bytes] = {}
    doubled: set[str] = set()
    held = 0
    try:
        with file.open("rb") as packed, gzip.GzipFile(fileobj=packed) as unpacked:
            stream = _Bounded(packed, unpacked)
            is_empty = True
            for name, size in _members(stream):
                is_empty = False
                number = _NAME.fullmatch(name)
                if number is None or number[1] not in wanted:
                    stream.skip(_padded(size))
                    continue
                if number[1] in found:
                    doubled.add(number[1])
                if size > limits.SUBMISSION_BYTES or held + size > _HELD_BYTES:
                    raise SourceError("LIMIT_SIZE", f"'{excerpt(name)}' in the feed has {size:,} bytes")
                found[number[1]] = stream.read(_padded(size))[:size]
                held += size
            stream.skip_all()
            if is_empty:
                raise SourceError("INDEX_EMPTY", "the feed has no files")
    except (EOFError, gzip.BadGzipFile, zlib.error, tarfile.HeaderError):
        raise _malformed("the feed is cut or damaged") from None
    return {number: data for number, data in found.items() if number not in doubled}


class _Bounded:
    """The unpacked bytes of a feed, counted."""

    def __init__(self, packed: BinaryIO, unpacked: gzip.GzipFile) -> None:
        self._packed, self._unpacked = packed, unpacked
        self._came = 0

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes. Raises EOFError, SourceError."""
        data = self._unpacked.read(size)
        self._count(len(data))
        if len(data) < size:
            raise EOFError
        return data

    def skip(self, size: int) -> None:
        """Leave out `size` bytes. Raises EOFError, SourceError."""
        while size > 0:
            size -= len(self.read(min(size, _PIECE)))

    def skip_all(self) -> None:
        """Read to the end, so that the checksum is looked at."""
        while data := self._unpacked.read(_PIECE):
            self._count(len(data))

    def _count(self, size: int) -> None:
        self._came += size
        if self._came > limits.FEED_UNPACKED_BYTES:
            raise SourceError("LIMIT_SIZE", f"the feed unpacks to more than {limits.FEED_UNPACKED_BYTES:,} bytes")
        if self._came > max(_FREE, limits.UNPACKED_RATIO * self._packed.tell()):
            raise SourceError("ARCHIVE_BOMB", f"the feed unpacks to more than {limits.UNPACKED_RATIO} times its size")


def _members(stream: _Bounded) -> Iterator[tuple[str, int]]:
    """Yield name and size of each file; the caller reads or leaves out its padded bytes."""
    count = 0
    while any(block := stream.read(_BLOCK)):
        count += 1
        if count > limits.FEED_MEMBERS:
            raise SourceError("LIMIT_COUNT", f"the feed has more than {limits.FEED_MEMBERS:,} files")
        member = tarfile.TarInfo.frombuf(block, "ascii", "backslashreplace")
        if member.type in _EXTENSIONS:
            _refuse_changes(stream, member.size)
        elif member.isdir():
            continue
        elif not member.isreg() or member.type in tarfile.GNU_TYPES or member.size < 0:
            raise SourceError("ARCHIVE_TYPE", f"'{excerpt(member.name)}' in the feed is no plain file")
        elif member.name.startswith("/") or ".." in member.name or "\\" in member.name:
            raise SourceError("ARCHIVE_PATH", f"'{excerpt(member.name)}' in the feed is no name of a filing")
        else:
            yield member.name, member.size


def _refuse_changes(stream: _Bounded, size: int) -> None:
    """Read past an extended header; one that gives the next file another name or size is refused."""
    if not 0 <= size <= _EXTENSION_BYTES:
        raise SourceError("LIMIT_SIZE", f"an extended header in the feed has {size:,} bytes")
    if _CHANGES_MEMBER.search(stream.read(_padded(size))):
        raise SourceError("ARCHIVE_TYPE", "an extended header in the feed changes a file's name or size")


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _malformed(words: str) -> SourceError:
    return SourceError("CONTAINER_MALFORMED", words, mend="Fetch it again")
