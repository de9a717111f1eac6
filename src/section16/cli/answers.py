"""Confirmation codes and answers for a submission, from the environment and a file of the user's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from section16.errors import IdentifierError, UsageError, excerpt
from section16.identifiers import ccc, cik

_PREFIX: Final = "SECTION16_CCC_"
_OTHERS: Final = 0o077


def confirmation_codes(file: str | None, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return CCCs by CIK (without leading zeros): from SECTION16_CCC_<CIK>, then from lines `CIK CCC` of a file.

    Raises UsageError KEY_PERMISSIONS if others may read the file, UsageError for a file that cannot be read or a line
    that is no pair, IdentifierError for what is no CIK or CCC; none of them repeats a code.
    """
    given = {}
    for name, value in environment.items():
        if name.startswith(_PREFIX):
            number, code = _pair(name.removeprefix(_PREFIX), value, f"environment variable {excerpt(name)}")
            given[number] = code
    return given | (_from_file(Path(file)) if file else {})


def _pair(number: str, code: str, place: str, line: int | None = None) -> tuple[str, str]:
    """A CIK without leading zeros, and its code. The place is named, never what stands there."""
    try:
        return cik.compact(cik.validate(number)), ccc.validate(code)
    except IdentifierError as error:
        what = "no CIK" if error.code == "CIK_INVALID" else "no CCC"
        raise IdentifierError(error.code, f"{what} in this place", path=place, line=line, mend=error.mend) from None


def _from_file(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise UsageError("KEY_PERMISSIONS", "others may read the CCC file", path=str(path), mend="chmod 600 it")
            lines = file.read().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the CCC file cannot be read: {getattr(error, 'strerror', None) or type(error).__name__}"
        raise UsageError("USAGE", message, path=str(path)) from None
    codes = {}
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2:  # noqa: PLR2004 - a CIK and its code
            raise UsageError("USAGE", "a line of the CCC file is a CIK, a blank and its code", line=number)
        known, code = _pair(words[0], words[1], str(path), number)
        codes[known] = code
    return codes


def yes_or_no(answer: str | None) -> bool | None:
    """`yes` and `no` of an option."""
    return None if answer is None else answer == "yes"
