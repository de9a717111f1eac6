"""Standard output: bytes, lines and JSON put on it, and what happens if nobody reads it or nothing fits."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from typing import Any, Final, NoReturn

import msgspec

from section16.cli.exits import Exit
from section16.errors import StorageError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_out(data: bytes) -> None:
    """Put bytes on standard output.

    Raises StorageError if they cannot be written, and SystemExit if nobody reads them any more (`| head`).
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(Exit.DONE) from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        refuse_writing(error, "standard output")


def write_json(value: Any, *, one_line: bool = False) -> None:
    """Put a value on standard output as JSON, indented unless `one_line`. Raises as `write_out`."""
    encoded = msgspec.json.encode(value)
    write_out((encoded if one_line else msgspec.json.format(encoded, indent=2)) + b"\n")


def joined(lines: Iterable[str]) -> bytes:
    """Lines as they go to standard output."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def refuse_writing(error: OSError, path: str) -> NoReturn:
    """Raise StorageError for a failure of the system in writing to a file or standard output."""
    code = "DISK_FULL" if error.errno in _FULL else "STORAGE_FAILED"
    raise StorageError(code, f"cannot write: {error.strerror or type(error).__name__}", path=path) from None
