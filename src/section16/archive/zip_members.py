"""The members of a zip, counted as they unpack, whatever sizes its directory claims."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from section16 import limits
from section16.archive.incoming import Incoming
from section16.archive.member_checks import BROKEN, damage, fault_of, member_of, refused_of
from section16.errors import SourceError

_PIECE: Final = 1 << 20
_MAKERS_KIND: Final = 28
_PLAIN: Final = {0, 8}
"""Kinds of file that a Unix maker of the zip may give: none said, or a regular one."""


def zip_members(file: IO[bytes], path: Path) -> Iterator[Incoming]:
    """Yield what a zip holds. Raises what `member_checks.BROKEN` names, SourceError ARCHIVE_BOMB."""
    with zipfile.ZipFile(file) as opened:
        members = [member for member in opened.infolist() if not member.is_dir()]
        if len(members) > limits.ARCHIVE_MEMBERS:
            words = f"the archive has over {limits.ARCHIVE_MEMBERS:,} members"
            yield refused_of(path, path.name, "LIMIT_COUNT", words)
            return
        times = Counter(member.orig_filename for member in members)
        _refuse_overlaps(members, file)
        seen: Counter[str] = Counter()
        total = 0
        for member in members:
            name = member.orig_filename
            seen[name] += 1
            fault = _fault(member, doubled=times[name] > 1)
            if fault is not None:
                yield refused_of(path, name, *fault, again=seen[name])
                continue
            try:
                data = _unpacked(opened, member)
            except SourceError as error:
                yield refused_of(path, name, error.code, error.message, again=seen[name])
                continue
            except (*BROKEN, NotImplementedError, RuntimeError) as error:
                words = f"the member is damaged: {damage(error)}"
                yield refused_of(path, name, "CONTAINER_MALFORMED", words, again=seen[name])
                continue
            total += len(data)
            if total > limits.ARCHIVE_BYTES:
                raise SourceError("ARCHIVE_BOMB", f"more than {limits.ARCHIVE_BYTES:,} bytes are in it")
            yield member_of(path, name, data)


def _refuse_overlaps(members: list[zipfile.ZipInfo], file: IO[bytes]) -> None:
    """Refuse a zip whose members claim more packed bytes together than it has: they share them."""
    packed = sum(member.compress_size for member in members)
    at = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(at)
    if packed > size:
        raise SourceError("ARCHIVE_BOMB", "the members of the archive overlap")


def _fault(member: zipfile.ZipInfo, *, doubled: bool) -> tuple[str, str] | None:
    plain = member.external_attr >> _MAKERS_KIND in _PLAIN
    fault = fault_of(member.orig_filename, member.file_size, plain=plain, doubled=doubled)
    if fault is None and member.flag_bits & 1:
        return "ARCHIVE_TYPE", "the member is encrypted"
    return fault


def _unpacked(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes. Raises SourceError ARCHIVE_BOMB within a piece of the limit, and as `zipfile` does."""
    most = min(limits.SUBMISSION_BYTES, max(_PIECE, limits.ARCHIVE_RATIO * member.compress_size))
    pieces: list[bytes] = []
    held = 0
    with opened.open(member) as content:
        while piece := content.read(_PIECE):
            held += len(piece)
            if held > most:
                raise SourceError("ARCHIVE_BOMB", "the member unpacks to more than it may")
            pieces.append(piece)
    return b"".join(pieces)
