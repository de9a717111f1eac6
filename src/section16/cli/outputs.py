"""Where results go: standard output, or files that replace nothing unless told to."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final, NoReturn

import msgspec

from section16.cli.exits import Exit
from section16.cli.inputs import STANDARD_INPUT, Input
from section16.errors import ConflictError, StorageError, UsageError, excerpt
from section16.reading import Format

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FOR_ALL, _FOR_OWNER = 0o666, 0o600


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
        _refuse(error, "standard output")


def write_json(value: Any, *, one_line: bool = False) -> None:
    """Put a value on standard output as JSON, indented unless `one_line`. Raises as `write_out`."""
    encoded = msgspec.json.encode(value)
    write_out((encoded if one_line else msgspec.json.format(encoded, indent=2)) + b"\n")


def joined(lines: Iterable[str]) -> bytes:
    """Lines as they go to standard output."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def targets(inputs: Sequence[Input], form: Format, output: str | None, *, overwrite: bool) -> list[Path | None]:
    """Return the file for each input; None is standard output.

    One input goes to standard output, to the file named, or into the folder named; several need a folder, and each
    keeps its path below the argument that named it, its ending changed. Raises UsageError, and ConflictError if two
    inputs have one name or a file exists, before anything is written.
    """
    single = len(inputs) == 1 and not inputs[0].in_folder
    if single and (output is None or not _is_folder(output)):
        return [None if output in {None, STANDARD_INPUT} else _unless_there(Path(str(output)), overwrite=overwrite)]
    if output is None or output == STANDARD_INPUT or is_special(Path(output)) or Path(output).is_file():
        several = "a folder of inputs needs" if len(inputs) == 1 else f"{len(inputs):,} inputs need"
        raise UsageError("USAGE", f"{several} a folder for the results", mend="Give -o DIR")
    found: dict[Path, str] = {}
    for source in inputs:
        path = Path(output, PurePosixPath(source.relative).with_suffix(form.extension))
        if path in found:
            message = f"{excerpt(found[path])} and {excerpt(source.path)} would both be written to {excerpt(str(path))}"
            raise ConflictError("OUTPUT_CONFLICT", message, mend="Convert them into different folders")
        found[path] = source.path
        _unless_there(path, overwrite=overwrite)
    return list(found)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def is_special(path: Path) -> bool:
    """Whether a path is a device or a pipe: written to as it is, never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _unless_there(path: Path, *, overwrite: bool) -> Path:
    if not overwrite and path.exists() and not is_special(path):
        message = f"{excerpt(str(path))} exists"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Give --overwrite to replace it")
    return path


def save(path: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write a file whole or not at all: under another name first, then renamed; only its owner may read a private one.

    Raises StorageError.
    """
    try:
        if is_special(path):
            path.write_bytes(data)
        else:
            _save_beside(path, data, _FOR_OWNER if is_private else _FOR_ALL)
    except OSError as error:
        _refuse(error, str(path))


def _save_beside(path: Path, data: bytes, mode: int) -> None:
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123
            file.write(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _refuse(error: OSError, path: str) -> NoReturn:
    code = "DISK_FULL" if error.errno in _FULL else "STORAGE_FAILED"
    raise StorageError(code, f"cannot write: {error.strerror or type(error).__name__}", path=path) from None
