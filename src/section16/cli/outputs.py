"""Where results go that are not for standard output: files that replace nothing unless told to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from section16.cli.inputs import STANDARD_INPUT, Input
from section16.cli.standard_output import refuse_writing
from section16.errors import ConflictError, Section16Error, UsageError, excerpt
from section16.reading import Format
from section16.reading.recognition import recognise

_FOR_ALL, _FOR_OWNER = 0o666, 0o600


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
    places: list[Path | None] = []
    found: dict[Path, Input] = {}
    for source in inputs:
        path = Path(output, PurePosixPath(source.relative).with_suffix(form.extension))
        other = found.get(path)
        if other is None or not _claims(other):
            found[path] = source
        elif _claims(source):
            message = f"{excerpt(other.path)} and {excerpt(source.path)} would both be written to {excerpt(str(path))}"
            raise ConflictError("OUTPUT_CONFLICT", message, mend="Convert them into different folders")
        places.append(_unless_there(path, overwrite=overwrite))
    return places


def _claims(source: Input) -> bool:
    """Whether an input claims its name: a folder's file that is no filing writes nothing, and takes nobody's name."""
    if not source.in_folder:
        return True
    try:
        recognise(Path(source.path).read_bytes())
    except (Section16Error, OSError):
        return False
    return True


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


def save_new(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write one file as `save`; raises ConflictError if it exists and may not be replaced."""
    save(_unless_there(path, overwrite=overwrite), data)


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
        refuse_writing(error, str(path))


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
