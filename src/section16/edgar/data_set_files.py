"""Quarterly data sets as they lie on a disk: a zip of tables, or a folder with the tables of one, packed or not.

The tables are unpacked to files of plain UTF-8 with a line feed after each line; what is unpacked is counted as it
comes, whatever sizes are claimed, and names inside the zip lead nowhere.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, cast

import msgspec

from section16 import limits
from section16.edgar.data_sets import MEMBERS
from section16.errors import SourceError

_TABLE: Final = re.compile(rf"(?:^|.*[^A-Z0-9])({'|'.join(MEMBERS)})\.TSV(?:\.GZ)?", re.ASCII)
_PIECE: Final = 1 << 20
_ZIP: Final = b"PK\x03\x04"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_ODD: Final = re.compile("[\udc80-\udcff]")


class DataSet(msgspec.Struct, frozen=True, kw_only=True):
    """A data set, unpacked: its name, SHA-256 (of the zip, or of the tables' names and bytes), files by table.

    `odd` names the tables that held bytes which are not UTF-8; they were read as Windows-1252.
    """

    name: str
    sha256: bytes
    files: dict[str, Path]
    odd: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Tables that aren't there."""
        return [table for table in MEMBERS if table not in self.files]


def table_of(name: str) -> str | None:
    """The table that a file's name says it holds, None if it is none of a data set."""
    found = _TABLE.fullmatch(name.upper())
    return found[1] if found else None


def is_data_set(path: Path) -> bool:
    """Whether a path is a quarterly data set: a zip, or a folder, with at least one of its tables right in it."""
    try:
        if path.is_dir():
            return any(table_of(file.name) for file in path.iterdir())
        with path.open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                return False
        with zipfile.ZipFile(path) as opened:
            return any(table_of(_last(name)) for name in opened.namelist())
    except _BROKEN:
        return False


def unpack(path: Path, folder: Path) -> DataSet:
    """Unpack the tables of a data set into an existing folder.

    Raises SourceError: SOURCE_UNREADABLE, CONTAINER_MALFORMED (damaged, encrypted, a table twice, not a data set),
    LIMIT_SIZE and ARCHIVE_BOMB (larger than it may be).
    """
    files: dict[str, Path] = {}
    odd, digest = list[str](), sha256()
    try:
        for table, stream, packed in _members(path):
            if table in files:
                raise SourceError("CONTAINER_MALFORMED", f"the data set has {table} twice", path=str(path))
            files[table] = folder / f"{table}.tsv"
            digest.update(f"{table}\0".encode())
            if _copy(stream, files[table], digest, packed):
                odd.append(table)
        if not files:
            raise SourceError("CONTAINER_MALFORMED", "there is no table of a data set in it", path=str(path))
        known = digest.digest() if path.is_dir() else _hash(path)
    except OSError as error:
        if error.errno is None:
            raise _damaged(path, error) from None
        raise SourceError("SOURCE_UNREADABLE", f"it cannot be read: {error.strerror}", path=str(path)) from None
    except _BROKEN as error:
        raise _damaged(path, error) from None
    return DataSet(name=path.name, sha256=known, files=files, odd=tuple(odd))


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError("CONTAINER_MALFORMED", f"the data set is damaged: {type(error).__name__}", path=str(path))


def _members(path: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    """Yield table, stream and packed size of each member, in the order of their names."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            table = table_of(file.name)
            if table is not None and file.is_file():
                packed = file.name.lower().endswith(".gz")
                with file.open("rb") as plain, _gunzipped(plain, packed=packed) as stream:
                    yield table, stream, file.stat().st_size if packed else limits.DATA_SET_TABLE_BYTES
        return
    with zipfile.ZipFile(path) as opened:
        for member in opened.infolist():
            table = table_of(_last(member.filename))
            if table is not None:
                with (
                    opened.open(member) as packed_member,
                    _gunzipped(packed_member, packed=member.filename.lower().endswith(".gz")) as stream,
                ):
                    yield table, stream, member.compress_size


@contextmanager
def _gunzipped(stream: IO[bytes], *, packed: bool) -> Iterator[IO[bytes]]:
    if not packed:
        yield stream
        return
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield cast("IO[bytes]", unpacked)


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _hash(path: Path) -> bytes:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest()


def _copy(stream: IO[bytes], target: Path, digest: object, packed: int) -> bool:
    """Write a table as clean text; return whether some bytes were not UTF-8. Raises SourceError."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    made, odd, carried = 0, False, b""
    with target.open("w", encoding="utf-8", newline="") as file:
        while piece := stream.read(_PIECE):
            made += len(piece)
            if made > limits.DATA_SET_TABLE_BYTES:
                raise SourceError("LIMIT_SIZE", f"a table has more than {limits.DATA_SET_TABLE_BYTES:,} bytes")
            if made > max(_PIECE, limits.ARCHIVE_RATIO * packed):
                raise SourceError("ARCHIVE_BOMB", f"a table unpacks to over {limits.ARCHIVE_RATIO} times its size")
            digest.update(piece)  # type: ignore[attr-defined] # hashlib has no public class for it
            whole = carried + piece
            carried = b"\r" if whole.endswith(b"\r") else b""
            text = decoder.decode(_plain(whole[: len(whole) - len(carried)]))
            if not text.isascii() and _ODD.search(text):
                text, odd = _ODD.sub(_windows, text), True
            file.write(text)
        file.write(_ODD.sub(_windows, decoder.decode(b"", final=True)))
    return odd


def _plain(data: bytes) -> bytes:
    """Line ends as a line feed; a carriage return or a NUL inside a line is a blank."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    return data.replace(b"\0", b" ") if b"\0" in data else data


def _windows(escaped: re.Match[str]) -> str:
    """A byte that is not UTF-8, as Windows-1252 has it."""
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
