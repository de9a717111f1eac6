"""Files as they lie on a disk, told by their bytes and opened safely: single, in folders, in archives.

Nothing is unpacked to the disk, archives inside archives are not opened, and what is unpacked is counted as it comes,
whatever sizes are claimed. A member that is refused comes out with the reason; the others still come.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from section16 import limits
from section16.archive.incoming import Incoming
from section16.archive.member_checks import (
    BROKEN,
    BZ2,
    GZIP,
    HEAD,
    XZ,
    ZIP,
    ZSTD,
    damage,
    is_tar,
    member_of,
    refused_of,
)
from section16.archive.tar_members import doubled_names, tar_members
from section16.archive.zip_members import zip_members
from section16.errors import MissingExtraError, SourceError

_PIECE: Final = 1 << 20
_ENDED: Final = 16
"""Readings past the end of a stream after which whoever reads it goes by a size that is a lie."""


def files_below(path: Path) -> Iterator[Path]:
    """The files a path names: itself, or all below it in order of their names; hidden ones and devices are left out."""
    if not path.is_dir():
        yield path
        return
    for parent, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if not name.startswith(".") and file.is_file():
                yield file


def incoming(path: Path, *, in_folder: bool = False) -> Iterator[Incoming]:
    """What a file holds: itself, or the members of the archive it is. `in_folder` says that it was not named itself.

    Raises SourceError if the file cannot be read, MissingExtraError for zstd without its extra. An archive that is
    broken or a bomb yields what came before, then one item with the reason.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise SourceError("SOURCE_UNREADABLE", message, path=str(path)) from None
    with file:
        yield from incoming_from(file, path, in_folder=in_folder)


def incoming_from(file: IO[bytes], path: Path, *, in_folder: bool = False) -> Iterator[Incoming]:
    """What an open file holds, as `incoming`; `path` is what it is called. A pipe is first put in a temporary file."""
    with TemporaryFile() if not file.seekable() else nullcontext(file) as opened:
        try:
            if opened is not file:
                _fill(opened, file)
            head = opened.read(HEAD)
            opened.seek(0)
            if head.startswith(ZIP):
                yield from zip_members(opened, path)
            elif (unpacked := _unpacked(opened, head)) is not None:
                yield from _compressed(unpacked, path)
            elif is_tar(head):
                doubled = doubled_names(opened)
                yield from tar_members(_Counted(opened, opened), path, doubled)
            else:
                yield _single(opened, path, in_folder=in_folder)
        except SourceError as error:
            yield refused_of(path, path.name, error.code, error.message)
        except BROKEN as error:
            yield refused_of(path, path.name, "CONTAINER_MALFORMED", f"the archive is damaged: {damage(error)}")


def _fill(target: IO[bytes], source: IO[bytes]) -> None:
    """Copy all of a pipe. Raises SourceError LIMIT_SIZE."""
    held = 0
    while piece := source.read(_PIECE):
        held += len(piece)
        if held > limits.DOWNLOAD_BYTES:
            raise SourceError("LIMIT_SIZE", f"more than {limits.DOWNLOAD_BYTES:,} bytes came")
        target.write(piece)
    target.seek(0)


def _single(file: IO[bytes], path: Path, *, in_folder: bool) -> Incoming:
    data = file.read(limits.SUBMISSION_BYTES + 1)
    if len(data) > limits.SUBMISSION_BYTES:
        return refused_of(path, path.name, "LIMIT_SIZE", f"the file has more than {limits.SUBMISSION_BYTES:,} bytes")
    return Incoming(name=path.name, data=data, origin=str(path), within="folder" if in_folder else "")


class _Counted(io.RawIOBase):
    """A stream of unpacked bytes that stops where they are too many, or too many for the packed ones read."""

    def __init__(self, packed: IO[bytes], unpacked: Any) -> None:
        """`packed` is the file, `unpacked` what makes bytes of it."""
        super().__init__()
        self._packed, self._unpacked, self._made = packed, unpacked, 0
        self._ended = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes. Raises SourceError ARCHIVE_BOMB, EOFError for who reads on and on past the end."""
        data: bytes = self._unpacked.read(_PIECE if size < 0 else size)
        if not data:
            self._ended += 1
            if self._ended > _ENDED:
                raise EOFError
        self._made += len(data)
        if self._made > limits.ARCHIVE_BYTES:
            raise SourceError("ARCHIVE_BOMB", f"the archive unpacks to more than {limits.ARCHIVE_BYTES:,} bytes")
        if self._unpacked is not self._packed and self._made > _PIECE:
            taken = self._packed.tell()
            if self._made > limits.ARCHIVE_RATIO * max(taken, 1):
                raise SourceError("ARCHIVE_BOMB", f"the archive unpacks to over {limits.ARCHIVE_RATIO} times its size")
        return data


def _unpacked(file: IO[bytes], head: bytes) -> _Counted | None:
    """What decompresses a file, None if it isn't compressed."""
    made: Any  # closed with the file below it
    if head.startswith(GZIP):
        made = gzip.GzipFile(fileobj=file)
    elif head.startswith(XZ):
        made = lzma.open(file)  # noqa: SIM115 - see above
    elif head.startswith(BZ2):
        made = bz2.open(file)  # noqa: SIM115 - see above
    elif head.startswith(ZSTD):
        made = _zstd(file)
    else:
        return None
    return _Counted(file, made)


def _zstd(file: IO[bytes]) -> Any:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError.of("zstd", "A file compressed with zstd") from None
    return zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)


def _compressed(stream: _Counted, path: Path) -> Iterator[Incoming]:
    """A compressed tar, or one compressed file."""
    head = _exactly(stream, HEAD)
    rest = _Prefixed(head, stream)
    if is_tar(head):
        yield from tar_members(rest, path)
        return
    data = _exactly(rest, limits.SUBMISSION_BYTES + 1)
    if len(data) > limits.SUBMISSION_BYTES:
        yield refused_of(path, path.name, "LIMIT_SIZE", f"the file has more than {limits.SUBMISSION_BYTES:,} bytes")
    else:
        yield member_of(path, path.stem, data)


def _exactly(stream: Any, size: int) -> bytes:
    pieces, left = list[bytes](), size
    while left and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class _Prefixed(io.RawIOBase):
    """A stream with bytes before it that were read already."""

    def __init__(self, head: bytes, rest: _Counted) -> None:
        """`head` comes first."""
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes."""
        if self._head:
            size = len(self._head) if size < 0 else size
            piece, self._head = self._head[:size], self._head[size:]
            return piece
        return self._rest.read(size)
