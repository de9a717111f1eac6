"""Confirmation codes and answers for a submission, from the environment and a file of the user's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from section16.errors import StorageError, UsageError, excerpt
from section16.identifiers import ccc, cik

_PREFIX = "SECTION16_CCC_"
_OTHERS = 0o077


def confirmation_codes(file: str | None, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return CCCs by CIK (without leading zeros): from SECTION16_CCC_<CIK>, then from lines `CIK CCC` of a file.

    Raises UsageError KEY_PERMISSIONS if others may read the file, UsageError for a line that is no pair,
    IdentifierError for what is no CIK or CCC; none of them repeats a code.
    """
    codes = {
        cik.compact(name.removeprefix(_PREFIX)): ccc.validate(value)
        for name, value in environment.items()
        if name.startswith(_PREFIX)
    }
    return codes | (_from_file(Path(file)) if file else {})


def _from_file(path: Path) -> dict[str, str]:
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            message = f"{excerpt(str(path))} may be read by others"
            raise UsageError("KEY_PERMISSIONS", message, mend="chmod 600 it")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("STORAGE_FAILED", f"the CCC file cannot be read: {type(error).__name__}") from None
    codes = {}
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2:  # noqa: PLR2004 - a CIK and its code
            raise UsageError("USAGE", "a line of the CCC file is a CIK, a blank and its code", line=number)
        codes[cik.compact(words[0])] = ccc.validate(words[1])
    return codes


def yes_or_no(answer: str | None) -> bool | None:
    """`yes` and `no` of an option."""
    return None if answer is None else answer == "yes"
