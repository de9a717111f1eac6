"""The members of a tar, read as a stream: what is damaged is never taken for the end, headers are bounded.

`tarfile` alone ends in silence at a header it cannot read, follows any claimed size, and fills files with holes.
"""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, Self

from section16 import limits
from section16.archive.incoming import Incoming
from section16.archive.member_checks import BROKEN, fault_of, member_of, refused_of

_PIECE: Final = 1 << 16
"""Bytes read at a time; what is left of a piece is copied with every member."""

_EXTENSIONS: Final = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, b"X")
_EXTENSION_BYTES: Final = 64 * 1024


class TarMember(tarfile.TarInfo):
    """A header. Raises tarfile.ReadError for one that is damaged, cut or missing, and for sizes nobody has."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header."""
        member = super().frombuf(buf, encoding, errors)
        if member.size < 0 or (member.type in _EXTENSIONS and member.size > _EXTENSION_BYTES):
            raise tarfile.ReadError(f"a header claims {member.size:,} bytes")
        return member

    @classmethod
    def fromtarfile(cls, tarfile: Any) -> Self:  # the name is the base class's
        """Read the next header; only blocks of zeros are the end."""
        try:
            return super().fromtarfile(tarfile)
        except _END:
            raise
        except _DAMAGED as error:
            raise _READ_ERROR(str(error)) from None


_END: Final = tarfile.EOFHeaderError  # type: ignore[attr-defined] # not in typeshed
_DAMAGED: Final = tarfile.HeaderError
_READ_ERROR: Final = tarfile.ReadError


def tar_members(stream: IO[bytes] | Any, path: Path, doubled: frozenset[str] = frozenset()) -> Iterator[Incoming]:
    """Yield what a tar holds; members of a name in `doubled` are refused, so is a name that comes again.

    Raises what `member_checks.BROKEN` names where the tar is damaged.
    """
    seen: Counter[str] = Counter()
    with tarfile.open(fileobj=stream, mode="r|", bufsize=_PIECE, tarinfo=TarMember) as opened:
        for count, member in enumerate(opened, 1):
            if count > limits.ARCHIVE_MEMBERS:
                words = f"the archive has over {limits.ARCHIVE_MEMBERS:,} members"
                yield refused_of(path, path.name, "LIMIT_COUNT", words)
                return
            opened.members = []  # type: ignore[attr-defined] # else every header stays in memory
            if member.isdir():
                continue
            name = member.name
            seen[name] += 1
            fault = fault_of(name, member.size, plain=is_plain(member), doubled=seen[name] > 1 or name in doubled)
            if fault is not None:
                yield refused_of(path, name, *fault, again=seen[name])
                continue
            content = opened.extractfile(member)
            yield member_of(path, name, content.read() if content is not None else b"")
        rest: Any = opened.fileobj
        while piece := rest.read(_PIECE):  # to the end of what is compressed, too: there stands its checksum
            if piece.strip(b"\0"):
                raise tarfile.ReadError("something follows its end")


def is_plain(member: tarfile.TarInfo) -> bool:
    """Whether a member is a file whose bytes all stand in the tar."""
    return member.isreg() and not member.issparse()


def listed(file: IO[bytes]) -> Iterator[tarfile.TarInfo]:
    """The members of a plain tar, their contents passed over. Raises what `member_checks.BROKEN` names."""
    with tarfile.open(fileobj=file, mode="r:", tarinfo=TarMember) as opened:
        for member in opened:
            if member.size < 0:  # by an extended header: the next one would be this again
                raise tarfile.ReadError(f"a header claims {member.size:,} bytes")
            yield member
            opened.members = []  # type: ignore[attr-defined] # else every header stays in memory


def doubled_names(file: IO[bytes]) -> frozenset[str]:
    """Names that several members of a plain tar have, as far as it can be read; the file then stands at its beginning.

    A compressed tar would have to be unpacked twice for it: there the first of a name is taken before the second comes.
    """
    times: Counter[str] = Counter()
    with suppress(*BROKEN):
        times.update(member.name for member in islice(listed(file), limits.ARCHIVE_MEMBERS) if not member.isdir())
    file.seek(0)
    return frozenset(name for name, number in times.items() if number > 1)
