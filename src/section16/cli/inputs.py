"""SRC arguments: files, folders and standard input, as a list of inputs in a stable order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final

import msgspec

from section16.cli.exits import say
from section16.errors import Section16Error, SourceError, UsageError, excerpt, visible
from section16.reading import Filing, read

STANDARD_INPUT: Final = "-"
_NOT_FILINGS: Final = frozenset({"NOT_OWNERSHIP", "EMPTY_FILING"})


class Input(msgspec.Struct, frozen=True):
    """One file to read: where it is, its place below the argument that named it, and whether a folder held it."""

    path: str
    relative: str
    in_folder: bool = False

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
        yield from _below(path)
    else:
        yield Input(source, path.name)


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
    return read(sys.stdin.buffer) if source.is_standard_input else read(source.path)
