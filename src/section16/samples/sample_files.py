"""Generated filings in a folder, with an index of what they are and what is wrong with some of them."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Iterable
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import Final, TextIO

from section16.errors import ConflictError, StorageError, excerpt
from section16.samples.sample import SUFFIXES, Sample, Shape, sample_bytes

INDEX: Final = "INDEX.csv"
COLUMNS: Final = ("accession", "form", "original", "faults", "file")
"""`original` is the accession number of what an amendment amends; `faults` are names of FAULTS, `;` between them."""

_FLAT: Final = 10_000
_IN_A_FOLDER: Final = 1_000


def sample_path(position: int, sample: Sample, as_: Shape) -> PurePosixPath:
    """Return where the filing at a position (from 0) goes, relative to the folder.

    The first 10,000 lie in the folder itself, every thousand after them in a folder of its own (`000010`), so that the
    place of a filing doesn't depend on how many are written.
    """
    name = sample.name + SUFFIXES[as_]
    return PurePosixPath(name) if position < _FLAT else PurePosixPath(f"{position // _IN_A_FOLDER:06d}", name)


def write_samples(
    samples: Iterable[Sample], directory: str | PathLike[str], as_: Shape = "submission", *, overwrite: bool = False
) -> int:
    """Write filings and their INDEX.csv into a folder, which is new or empty, and return how many there are.

    With `overwrite` the folder may hold files; those of the same name are replaced, others stay.

    Raises:
        ConflictError: `OUTPUT_EXISTS`, the folder is a file or not empty.
        StorageError: `DISK_FULL` or `STORAGE_FAILED`, the disk refused.
    """
    folder = Path(directory)
    try:
        _prepare(folder, overwrite=overwrite)
        with (folder / INDEX).open("w", encoding="ascii", newline="") as index:
            return _write_all(samples, folder, as_, index)
    except OSError as error:
        code = "DISK_FULL" if error.errno == errno.ENOSPC else "STORAGE_FAILED"
        message = f"cannot write: {error.strerror or type(error).__name__}"
        raise StorageError(code, message, path=str(error.filename or folder)) from None


def _prepare(folder: Path, *, overwrite: bool) -> None:
    if folder.exists() and not folder.is_dir():
        message = f"{excerpt(str(folder))} is a file"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Name a new or empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    with os.scandir(folder) as entries:
        has_something = next(entries, None) is not None
    if has_something and not overwrite:
        message = f"{excerpt(str(folder))} is not empty"
        raise ConflictError("OUTPUT_EXISTS", message, mend="Name a new or empty folder")


def _write_all(samples: Iterable[Sample], folder: Path, as_: Shape, index: TextIO) -> int:
    rows = csv.writer(index, lineterminator="\n")
    rows.writerow(COLUMNS)
    count = 0
    for position, sample in enumerate(samples):
        path = sample_path(position, sample, as_)
        if position >= _FLAT and position % _IN_A_FOLDER == 0:
            (folder / path.parent).mkdir(exist_ok=True)
        (folder / path).write_bytes(sample_bytes(sample, as_))
        rows.writerow((sample.accession, sample.form, sample.original or "", ";".join(sample.faults), str(path)))
        count += 1
    return count
