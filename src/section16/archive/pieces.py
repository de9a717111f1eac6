"""Work by paths: pieces of files that name what is to be read, so that who builds a shard reads it where it lies.

For a cluster: tasks get paths on storage that all machines share, never the bytes. A folder is parted into runs of
files, a plain tar into runs of members; what is compressed can only be read from its beginning and is one piece.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from section16 import limits
from section16.archive.adding import SHARD_BYTES, SHARD_FILES, batches_of
from section16.archive.incoming import Incoming
from section16.archive.member_checks import BROKEN, HEAD, damage, fault_of, is_tar, member_of, refused_of
from section16.archive.members import files_below, incoming
from section16.archive.shards import Batch, Built, build
from section16.archive.tar_members import doubled_names, is_plain, listed
from section16.errors import Section16Error


class Span(msgspec.Struct, frozen=True):
    """A member of a plain tar: name, where its bytes begin, how many there are, why it is refused.

    `again` tells apart members of one name, counted from 1; 0 is the tar itself.
    """

    name: str
    start: int
    size: int
    refused: tuple[str, str] | None = None
    again: int = 0


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Work for one task: the folder of shards, and files to be read whole, or members of one plain tar.

    With each file stands whether a folder that holds it was named, not the file itself.
    """

    shards: str
    files: tuple[tuple[str, bool], ...] = ()
    tar: str = ""
    spans: tuple[Span, ...] = ()


def pieces(paths: Iterable[Path], shards: Path, but: Collection[Path] = ()) -> Iterator[Piece]:
    """Part what the paths name into pieces of about a shard each, but for some files and folders below them."""
    run: list[tuple[str, bool]] = []
    held = 0
    for path in paths:
        for found in files_below(path):
            if found in but or found.parent in but:
                continue
            file = found.absolute()  # a worker stands in another folder
            if _is_plain_tar(file):
                yield from _tar_pieces(file, shards)
                continue
            run.append((str(file), path.is_dir()))
            held += file.stat().st_size
            if len(run) >= SHARD_FILES or held >= SHARD_BYTES:
                yield Piece(shards=str(shards), files=tuple(run))
                run, held = [], 0
    if run:
        yield Piece(shards=str(shards), files=tuple(run))


def _is_plain_tar(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return is_tar(opened.read(HEAD))
    except OSError:
        return False


def _tar_pieces(file: Path, shards: Path) -> Iterator[Piece]:
    run: list[Span] = []
    held = 0
    for span in _spans(file):
        run.append(span)
        held += span.size
        if len(run) >= SHARD_FILES or held >= SHARD_BYTES:
            yield Piece(shards=str(shards), tar=str(file), spans=tuple(run))
            run, held = [], 0
    if run:
        yield Piece(shards=str(shards), tar=str(file), spans=tuple(run))


def _spans(file: Path) -> Iterator[Span]:
    """List the members of a plain tar without reading them; where it is damaged, that is the last one."""
    seen: Counter[str] = Counter()
    try:
        with file.open("rb") as opened:
            doubled = doubled_names(opened)
            for count, member in enumerate(listed(opened), 1):
                if count > limits.ARCHIVE_MEMBERS:
                    words = f"the archive has over {limits.ARCHIVE_MEMBERS:,} members"
                    yield Span(file.name, 0, 0, ("LIMIT_COUNT", words))
                    return
                if not member.isdir():
                    name = member.name
                    seen[name] += 1
                    fault = fault_of(name, member.size, plain=is_plain(member), doubled=name in doubled)
                    yield Span(name, member.offset_data, 0 if fault else member.size, fault, seen[name])
    except BROKEN as error:
        yield Span(file.name, 0, 0, ("CONTAINER_MALFORMED", f"the archive is damaged: {damage(error)}"))


def contents(piece: Piece) -> Iterator[Incoming]:
    """What a piece holds. A file that cannot be read comes out refused, with the reason."""
    for name, in_folder in piece.files:
        path = Path(name)
        try:
            yield from incoming(path, in_folder=in_folder)
        except Section16Error as error:
            yield refused_of(path, path.name, error.code, error.message)
    if piece.tar:
        path = Path(piece.tar)
        with path.open("rb") as opened:
            for span in piece.spans:
                if span.refused is not None:
                    yield refused_of(path, span.name, *span.refused, again=span.again)
                    continue
                opened.seek(span.start)
                data = opened.read(span.size)
                if len(data) == span.size:
                    yield member_of(path, span.name, data)
                else:
                    words = "the archive ends within this member"
                    yield refused_of(path, span.name, "CONTAINER_MALFORMED", words, again=span.again)


def build_piece(piece: Piece) -> tuple[Built, ...]:
    """Build the shards of a piece, each under a name nobody else has: a task that is tried again begins anew.

    Their folders stay under the temporary name. Raises StorageError.
    """
    token = os.urandom(6).hex()
    return tuple(
        [
            build(Batch(name=f"p{token}-{number:04}", shards=piece.shards, files=tuple(files)))
            for number, files in enumerate(batches_of(contents(piece)))
        ]
    )
