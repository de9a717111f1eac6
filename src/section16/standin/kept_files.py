"""What is large and dear to make (a day's feed, a quarter's index), made once and kept as a file in a folder."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

_MOST_KEPT: Final = 400
_PIECE: Final = 1024 * 1024


class KeptFile(msgspec.Struct, frozen=True):
    """A file as made: `tag` is the hash of its bytes."""

    path: Path
    size: int
    tag: str

    def bytes(self) -> bytes:
        """Return all of it."""
        return self.path.read_bytes()


class KeptFiles:
    """Files by what they are made of. The oldest in use go first; whoever still reads one goes on reading it."""

    def __init__(self, folder: Path) -> None:
        """Keep files in `folder`, which is the stand-in's own and goes with it."""
        self._folder = folder
        self._files: OrderedDict[Hashable, KeptFile] = OrderedDict()
        self._numbers = count(1)
        self._making: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[BinaryIO], object]) -> KeptFile:
        """Return the file of a key, made by `make` if it is not there. Who asks for it meanwhile waits for it."""
        with self._guard:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            return self._found(key) or self._insert(key, self._make(make))

    def gzipped(self, file: KeptFile) -> KeptFile:
        """Return a kept file gzipped."""

        def deflate(target: BinaryIO) -> None:
            with file.path.open("rb") as source, gzip.GzipFile("", "wb", 6, target, mtime=0) as packed:
                while piece := source.read(_PIECE):
                    packed.write(piece)

        return self.get(("gzip", file.tag, file.size), deflate)

    def _found(self, key: Hashable) -> KeptFile | None:
        with self._guard:
            if key in self._files:
                self._making.pop(key, None)
                self._files.move_to_end(key)
            return self._files.get(key)

    def _insert(self, key: Hashable, file: KeptFile) -> KeptFile:
        with self._guard:
            self._making.pop(key, None)
            self._files[key] = file
            while len(self._files) > _MOST_KEPT:
                self._files.popitem(last=False)[1].path.unlink(missing_ok=True)
        return file

    def _make(self, make: Callable[[BinaryIO], object]) -> KeptFile:
        path = self._folder / f"{next(self._numbers):06d}"
        try:
            with path.open("wb") as file:
                make(file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        with path.open("rb") as file:
            tag = hashlib.file_digest(file, "sha256").hexdigest()[:32]
        return KeptFile(path, path.stat().st_size, tag)
