"""How a command ends: exit codes, and errors as one line on stderr."""

from __future__ import annotations

import os
import sys
import traceback
from enum import IntEnum
from typing import Final, NoReturn

from section16.errors import (
    ConflictError,
    RemoteError,
    Section16Error,
    SourceError,
    StorageError,
    UsageError,
    visible,
)


class Exit(IntEnum):
    """Exit codes, the same for all commands."""

    DONE = 0
    FOUND = 1
    """`check` or `diff` found something, or some but not all inputs failed."""
    USAGE = 2
    UNREADABLE = 3
    """No input could be read."""
    NOT_ALLOWED = 4
    CONFLICT = 5
    OUTSIDE = 6
    STORAGE = 7
    INTERNAL = 70
    INTERRUPTED = 130


MEANINGS: Final = {
    Exit.DONE: "done",
    Exit.FOUND: "`check` or `diff` found something, or some but not all inputs failed",
    Exit.USAGE: "wrong usage; a missing extra is named with the line that installs it",
    Exit.UNREADABLE: "no input could be read",
    Exit.NOT_ALLOWED: "not allowed: others may read a file of confirmation codes",
    Exit.CONFLICT: "an output exists, or two inputs would have one output",
    Exit.OUTSIDE: "an outside system, such as EDGAR, failed or refused",
    Exit.STORAGE: "a disk or a file on it failed",
    Exit.INTERNAL: "an error nobody expected",
    Exit.INTERRUPTED: "stopped by Ctrl-C; what was done is said",
}
"""What each exit code means, for the documentation."""

_BY_KIND = (
    (UsageError, Exit.USAGE),
    (ConflictError, Exit.CONFLICT),
    (StorageError, Exit.STORAGE),
    (RemoteError, Exit.OUTSIDE),
    (SourceError, Exit.UNREADABLE),
)


def code_of(error: Section16Error) -> Exit:
    """The exit code of an error."""
    if error.code == "KEY_PERMISSIONS":
        return Exit.NOT_ALLOWED
    return next((code for kind, code in _BY_KIND if isinstance(error, kind)), Exit.USAGE)


def say(line: str) -> None:
    """One line for people, on stderr."""
    sys.stderr.write(f"{line}\n")


def complain(error: Section16Error, subject: str = "") -> None:
    """Print an error as its one line, with the input it belongs to before it."""
    say(f"{visible(subject)}: error: {error}" if subject else f"error: {error}")


def end(code: Exit) -> None:
    """End a command with an exit code; done is no end but the command's own."""
    if code:
        import typer  # noqa: PLC0415 - the rest of this module is for those who don't run commands, too

        raise typer.Exit(int(code))


def end_unknown(error: BaseException) -> NoReturn:
    """An error of ours that nobody expected: one line with an id; the whole story with SECTION16_DEBUG."""
    if os.environ.get("SECTION16_DEBUG"):
        traceback.print_exception(error)
    mend = "Run again with SECTION16_DEBUG=1 and report what it prints"
    say(f"error: INTERNAL: {type(error).__name__} (id {os.urandom(4).hex()}). {mend}")
    raise SystemExit(Exit.INTERNAL) from error
