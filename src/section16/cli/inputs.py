"""SRC arguments: files, folders and standard input, as a list of inputs in a stable order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from section16.errors import SourceError, UsageError, excerpt
from section16.reading import Filing, read

STANDARD_INPUT = "-"


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

    Raises SourceError for what does not exist, UsageError if standard input is named twice.
    """
    if sum(source == STANDARD_INPUT for source in sources) > 1:
        raise UsageError("USAGE", "standard input (-) is named twice")
    return [found for source in sources for found in _inputs_of(source)]


def _inputs_of(source: str) -> Iterator[Input]:
    path = Path(source)
    if source == STANDARD_INPUT:
        yield Input(source, "stdin")
    elif path.is_dir():
        yield from _below(path)
    elif path.exists():
        yield Input(source, path.name)
    else:
        raise SourceError("SOURCE_UNREADABLE", f"no such file or folder: {excerpt(source)}")


def _below(folder: Path) -> Iterator[Input]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(parent, name)
                yield Input(str(path), PurePath(path).relative_to(folder).as_posix(), in_folder=True)


def read_input(source: Input) -> Filing:
    """Read one input. Raises Section16Error."""
    return read(sys.stdin.buffer) if source.is_standard_input else read(source.path)
