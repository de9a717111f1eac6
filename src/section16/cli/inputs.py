"""SRC arguments as a list of inputs in a stable order: files, folders, standard input, filings of the archive, EDGAR's.

An accession number is a filing of the archive; `issuer:CIK` and `owner:CIK` are all of one issuer or reporting owner
in it, and an archive's own folder is all of it. What exists as a file is that file. An address of EDGAR is fetched.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import msgspec

from section16.archive.layout import Layout, archive_folder
from section16.cli.exits import say
from section16.errors import Section16Error, SourceError, UsageError, excerpt, visible
from section16.identifiers import accession
from section16.reading import Filing, read

if TYPE_CHECKING:
    from section16.archive import Archive

STANDARD_INPUT: Final = "-"
_SUBJECT: Final = re.compile(r"(issuer|owner):(.+)")
_NOT_FILINGS: Final = frozenset({"NOT_OWNERSHIP", "EMPTY_FILING"})


class Input(msgspec.Struct, frozen=True):
    """One filing to read: where it is, its place below the argument that named it, and whether a folder held it.

    `archive` is the folder of the archive that has it, and then `path` is its key.
    """

    path: str
    relative: str
    in_folder: bool = False
    archive: str | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file on the disk."""
        return self.archive is None and not self.is_standard_input and not is_address(self.path)

    @property
    def is_standard_input(self) -> bool:
        """Whether it is read from standard input."""
        return self.path == STANDARD_INPUT


def inputs_of(sources: Sequence[str]) -> list[Input]:
    """Return every file of the arguments: a folder stands for all files below it, hidden ones aside.

    A file that does not exist is an input, too: reading it fails, and the rest goes on. Raises UsageError if standard
    input is named twice, SourceError if there is nothing but empty folders.
    """
    if sum(source == STANDARD_INPUT for source in sources) > 1:
        raise UsageError("USAGE", "standard input (-) is named twice")
    found = [one for source in sources for one in _inputs_of(source)]
    if not found:
        raise SourceError("SOURCE_UNREADABLE", f"there is no file below {excerpt(', '.join(sources))}")
    return found


def _inputs_of(source: str) -> Iterator[Input]:
    path = Path(source)
    if source == STANDARD_INPUT:
        yield Input(source, "stdin")
    elif path.is_dir():
        yield from (_all_of(path) if Layout(path).ledger.is_file() else _below(path))
    elif is_address(source):
        yield Input(source, PurePath(source).name)
    elif not path.exists() and (subject := _SUBJECT.fullmatch(source)):
        yield from _all_of(None, **{subject[1]: subject[2]})
    elif not path.exists() and accession.is_valid(source):
        yield _kept(accession.format(source), None)
    else:
        yield Input(source, path.name)


def is_address(source: str) -> bool:
    """Whether a source is an address on the network."""
    return source.startswith(("https://", "http://"))


def _all_of(folder: Path | None, *, issuer: str | None = None, owner: str | None = None) -> Iterator[Input]:
    """The filings of an archive, or those of one issuer or owner. Raises Section16Error."""
    from section16.archive import open_archive  # noqa: PLC0415 - only where the archive is asked for

    with open_archive(folder, create=False) as archive:
        keys = archive.keys(issuer=issuer, owner=owner)
    if not keys:
        whose = f" of {'issuer' if issuer else 'owner'} {excerpt(issuer or owner or '')}" if issuer or owner else ""
        raise SourceError("SOURCE_UNREADABLE", f"the archive has no filings{whose}")
    yield from (_kept(key, folder) for key in keys)


def _kept(key: str, folder: Path | None) -> Input:
    return Input(key, f"{key.replace(':', '-')}.txt", archive=str(archive_folder(folder)))


def _below(folder: Path) -> Iterator[Input]:
    """Files below a folder, sorted by name; pipes and devices are left alone, a folder that cannot be read is said."""
    for parent, folders, files in os.walk(folder, onerror=_say_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and (path.is_file() or path.is_symlink()):
                yield Input(str(path), PurePath(path).relative_to(folder).as_posix(), in_folder=True)


def _say_unreadable(error: OSError) -> None:
    say(f"{visible(str(error.filename))}: error: the folder cannot be read: {error.strerror}")


def is_no_filing(source: Input, error: Section16Error) -> bool:
    """Whether an error only says that a file of a folder is no filing: folders hold other files, so nothing failed."""
    return source.in_folder and error.code in _NOT_FILINGS


def read_input(source: Input) -> Filing:
    """Read one input. Raises Section16Error."""
    if source.archive is not None:
        return read(_archive(source.archive).original(source.path))
    if is_address(source.path):
        from section16.cli.edgar_address import fetched  # noqa: PLC0415 - only where EDGAR is asked

        return read(fetched(source.path))
    return read(sys.stdin.buffer) if source.is_standard_input else read(source.path)


@cache
def _archive(folder: str) -> Archive:
    """An archive, open for as long as the process: one command reads many filings of it. Raises Section16Error."""
    from section16.archive import open_archive  # noqa: PLC0415 - only where the archive is asked for

    return open_archive(folder, create=False)
