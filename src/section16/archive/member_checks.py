"""What is looked at of every member of an archive before it is taken, and how one that is refused comes out."""

from __future__ import annotations

import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Final

from section16 import limits
from section16.archive.incoming import Incoming
from section16.errors import excerpt

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP, XZ, ZSTD, BZ2 = b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"BZh"
HEAD: Final = 512
"""Bytes from which what a file is can be told."""

BROKEN: Final = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    gzip.BadGzipFile,
    EOFError,
    OSError,
    ValueError,
    RecursionError,
)
"""What the readers of archives raise for a damaged one; some headers in a row make tarfile call itself too deep."""

_TAR_MARK, _TAR_AT = b"ustar", 257
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def is_tar(head: bytes) -> bool:
    """Whether a file that begins so is a tar, not compressed; those of before POSIX have nothing but a sound sum."""
    if head[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK:
        return True
    if b"\0" not in head or len(head) < HEAD:
        return False
    try:
        return bool(tarfile.TarInfo.frombuf(head[:HEAD], "utf-8", "surrogateescape").name)
    except (tarfile.HeaderError, ValueError):
        return False


def damage(error: BaseException) -> str:
    """What is wrong with an archive, in a few words of its reader."""
    return excerpt(str(error) or type(error).__name__)


def refused_of(path: Path, name: str, code: str, words: str, again: int = 0) -> Incoming:
    """A member of an archive, or the archive itself, that cannot be had, with the reason.

    `again` tells apart members of one name, counted from 1.
    """
    inside = name != path.name or again
    origin = f"{path}/{name}" if inside else str(path)
    return Incoming(name=name, data=b"", origin=f"{origin}#{again}" if again else origin, refused=(code, words))


def fault_of(name: str, size: int, *, plain: bool, doubled: bool) -> tuple[str, str] | None:
    """What is wrong with a member by its name, kind and size, as code and words."""
    if (
        not name
        or "\0" in name
        or "\\" in name
        or ".." in name.split("/")
        or len(name.encode("utf-8", "replace")) > limits.NAME_BYTES
        or name.startswith("/")
        or _DRIVE.match(name)
    ):
        return "ARCHIVE_PATH", "the member's name is not a plain path"
    if not plain:
        return "ARCHIVE_TYPE", "the member is a link, a device or has holes: not a plain file"
    if doubled:
        return "CONTAINER_MALFORMED", "two members of the archive have this name"
    if size > limits.SUBMISSION_BYTES:
        return "LIMIT_SIZE", f"the member has more than {limits.SUBMISSION_BYTES:,} bytes"
    return None


def member_of(path: Path, name: str, data: bytes) -> Incoming:
    """A member of an archive, as it is to be added; refused if it is an archive itself."""
    if data.startswith((*ZIP, GZIP, XZ, ZSTD, BZ2)) or is_tar(data[:HEAD]):
        return refused_of(path, name, "ARCHIVE_TYPE", "an archive inside an archive is not opened", again=1)
    return Incoming(name=name.rstrip("/").rpartition("/")[2], data=data, origin=f"{path}/{name}", within="archive")
