"""Where results go: standard output, or files that replace nothing unless told to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from section16.cli.inputs import Input
from section16.errors import ConflictError, StorageError, UsageError, excerpt
from section16.reading import Format


def write_out(data: bytes) -> None:
    """Put bytes on standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def targets(inputs: Sequence[Input], form: Format, output: str | None, *, overwrite: bool) -> list[Path | None]:
    """Return the file for each input; None is standard output.

    One input goes to standard output, to the file named, or into the folder named; several need a folder, and each
    keeps its path below the argument that named it, its ending changed. Raises UsageError, and ConflictError if two
    inputs have one name or a file exists, before anything is written.
    """
    folder = None if output is None else _as_folder(output)
    single = len(inputs) == 1 and not inputs[0].in_folder
    if single and (output is None or folder is None):
        return [_unless_there(None if output in {None, "-"} else Path(str(output)), overwrite=overwrite)]
    if output is None:
        raise UsageError("USAGE", f"{len(inputs):,} inputs need a folder for their results", mend="Give -o DIR")
    found: dict[Path, str] = {}
    for source in inputs:
        path = Path(output, PurePosixPath(source.relative).with_suffix(form.extension))
        if path in found:
            message = f"{excerpt(found[path])} and {excerpt(source.path)} would both be written to {excerpt(str(path))}"
            raise ConflictError("OUTPUT_CONFLICT", message, mend="Convert them into different folders")
        found[path] = source.path
        _unless_there(path, overwrite=overwrite)
    return list(found)


def _as_folder(output: str) -> Path | None:
    path = Path(output)
    return path if path.is_dir() or output.endswith(("/", os.sep)) else None


def _unless_there(path: Path | None, *, overwrite: bool) -> Path | None:
    if path is not None and not overwrite and path.exists():
        message = f"{excerpt(str(path))} exists"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Give --overwrite to replace it")
    return path


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: under another name first, then renamed. Raises StorageError."""
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        code = "DISK_FULL" if error.errno == _NO_SPACE else "STORAGE_FAILED"
        message = f"cannot write: {error.strerror or type(error).__name__}"
        raise StorageError(code, message, path=str(path)) from None


_NO_SPACE = 28


def joined(lines: Iterable[str]) -> bytes:
    """Lines as they go to standard output."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
