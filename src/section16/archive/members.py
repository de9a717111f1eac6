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
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from section16 import limits
from section16.archive.incoming import Incoming
from section16.errors import MissingExtraError, SourceError

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP, _XZ, _ZSTD, _BZ2 = b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"BZh"
_TAR_MARK, _TAR_AT = b"ustar", 257
_HEAD: Final = 512
_PIECE: Final = 1 << 20
_TAR_PIECE: Final = 1 << 16
"""Bytes read of a tar at a time; what is left of a piece is copied with every member."""

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_DATASET: Final = "submission.tsv"
_BROKEN: Final = (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)


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


def is_dataset(path: Path) -> bool:
    """Whether a file is one of the SEC's quarterly data sets: a zip of tables."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(_ZIP):
                return False
        with zipfile.ZipFile(path) as opened:
            names = {PurePosixPath(name).name.lower() for name in opened.namelist()}
    except _BROKEN:
        return False
    return any(name.endswith(_DATASET) for name in names)


def incoming(path: Path) -> Iterator[Incoming]:
    """What a file holds: itself, or the members of the archive it is.

    Raises SourceError if the file cannot be read, MissingExtraError for zstd without its extra. An archive that is
    broken or a bomb yields what came before, then one item with the reason.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise SourceError("SOURCE_UNREADABLE", message, path=str(path)) from None
    with file:
        head = file.read(_HEAD)
        file.seek(0)
        try:
            if head.startswith(_ZIP):
                yield from _zip(file, path)
            elif (unpacked := _unpacked(file, head)) is not None:
                yield from _compressed(unpacked, path)
            elif _is_tar(head):
                yield from _tar(_Counted(file, file), path)
            else:
                yield _single(file, path)
        except SourceError as error:
            yield _refused(path, path.name, error.code, error.message)
        except _BROKEN as error:
            words = f"the archive is damaged: {type(error).__name__}"
            yield _refused(path, path.name, "CONTAINER_MALFORMED", words)


def _is_tar(head: bytes) -> bool:
    return head[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK


def _single(file: IO[bytes], path: Path) -> Incoming:
    data = file.read(limits.SUBMISSION_BYTES + 1)
    if len(data) > limits.SUBMISSION_BYTES:
        return _refused(path, path.name, "LIMIT_SIZE", f"the file has more than {limits.SUBMISSION_BYTES:,} bytes")
    return Incoming(name=path.name, data=data, origin=str(path))


def _refused(path: Path, name: str, code: str, words: str) -> Incoming:
    return Incoming(
        name=name, data=b"", origin=f"{path}/{name}" if name != path.name else str(path), refused=(code, words)
    )


class _Counted(io.RawIOBase):
    """A stream of unpacked bytes that stops where they are too many, or too many for the packed ones read."""

    def __init__(self, packed: IO[bytes], unpacked: Any) -> None:
        """`packed` is the file, `unpacked` what makes bytes of it."""
        super().__init__()
        self._packed, self._unpacked, self._made = packed, unpacked, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes. Raises SourceError ARCHIVE_BOMB."""
        data: bytes = self._unpacked.read(_PIECE if size < 0 else size)
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
    if head.startswith(_GZIP):
        made = gzip.GzipFile(fileobj=file)
    elif head.startswith(_XZ):
        made = lzma.open(file)  # noqa: SIM115 - see above
    elif head.startswith(_BZ2):
        made = bz2.open(file)  # noqa: SIM115 - see above
    elif head.startswith(_ZSTD):
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
    head = _exactly(stream, _HEAD)
    rest = _Prefixed(head, stream)
    if _is_tar(head):
        yield from _tar(rest, path)
        return
    data = _exactly(rest, limits.SUBMISSION_BYTES + 1)
    if len(data) > limits.SUBMISSION_BYTES:
        yield _refused(path, path.name, "LIMIT_SIZE", f"the file has more than {limits.SUBMISSION_BYTES:,} bytes")
    else:
        yield _member(path, path.stem, data)


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


def _tar(stream: Any, path: Path) -> Iterator[Incoming]:
    seen: set[str] = set()
    with tarfile.open(fileobj=stream, mode="r|", bufsize=_TAR_PIECE) as opened:
        for count, member in enumerate(opened, 1):
            if count > limits.ARCHIVE_MEMBERS:
                yield _refused(
                    path, path.name, "LIMIT_COUNT", f"the archive has over {limits.ARCHIVE_MEMBERS:,} members"
                )
                return
            if member.isdir():
                continue
            name = member.name
            fault = _fault(name, member.size, plain=member.isfile(), doubled=name in seen)
            seen.add(name)
            if fault is not None:
                yield _refused(path, name, *fault)
                continue
            content = opened.extractfile(member)
            yield _member(path, name, content.read() if content is not None else b"")
            opened.members = []  # type: ignore[attr-defined] # else every header stays in memory


def _zip(file: IO[bytes], path: Path) -> Iterator[Incoming]:
    with zipfile.ZipFile(file) as opened:
        members = [member for member in opened.infolist() if not member.is_dir()]
        if len(members) > limits.ARCHIVE_MEMBERS:
            yield _refused(path, path.name, "LIMIT_COUNT", f"the archive has over {limits.ARCHIVE_MEMBERS:,} members")
            return
        times = Counter(member.filename for member in members)
        total = 0
        for member in members:
            name = member.filename
            kind = member.external_attr >> 28
            fault = _fault(name, member.file_size, plain=kind in {0, 8}, doubled=times[name] > 1)
            if fault is None and member.flag_bits & 1:
                fault = "ARCHIVE_TYPE", "the member is encrypted"
            if fault is not None:
                yield _refused(path, name, *fault)
                continue
            try:
                with opened.open(member) as content:
                    data = _exactly(content, limits.SUBMISSION_BYTES + 1)
            except (*_BROKEN, NotImplementedError, RuntimeError) as error:
                yield _refused(path, name, "CONTAINER_MALFORMED", f"the member is damaged: {type(error).__name__}")
                continue
            total += len(data)
            if len(data) > limits.SUBMISSION_BYTES or len(data) > max(
                _PIECE, limits.ARCHIVE_RATIO * member.compress_size
            ):
                yield _refused(path, name, "ARCHIVE_BOMB", "the member unpacks to more than it may")
            elif total > limits.ARCHIVE_BYTES:
                yield _refused(path, path.name, "ARCHIVE_BOMB", f"more than {limits.ARCHIVE_BYTES:,} bytes are in it")
                return
            else:
                yield _member(path, name, data)


def _fault(name: str, size: int, *, plain: bool, doubled: bool) -> tuple[str, str] | None:
    """What is wrong with a member by its name, kind and size, as code and words."""
    if (
        not name
        or "\0" in name
        or "\\" in name
        or ".." in name.split("/")
        or len(name.encode("utf-8", "replace")) > limits.NAME_BYTES
    ):
        return "ARCHIVE_PATH", "the member's name is not a plain path"
    if name.startswith("/") or _DRIVE.match(name):
        return "ARCHIVE_PATH", "the member's name is not a plain path"
    if not plain:
        return "ARCHIVE_TYPE", "the member is a link or a device, not a file"
    if doubled:
        return "CONTAINER_MALFORMED", "two members of the archive have this name"
    if size > limits.SUBMISSION_BYTES:
        return "LIMIT_SIZE", f"the member has more than {limits.SUBMISSION_BYTES:,} bytes"
    return None


def _member(path: Path, name: str, data: bytes) -> Incoming:
    if data.startswith((*_ZIP, _GZIP, _XZ, _ZSTD, _BZ2)) or _is_tar(data[:_HEAD]):
        return _refused(path, name, "ARCHIVE_TYPE", "an archive inside an archive is not opened")
    return Incoming(name=name.rstrip("/").rpartition("/")[2], data=data, origin=f"{path}/{name}")
