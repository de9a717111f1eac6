"""Tables that a command takes as CSV: the text of a file or of standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from section16 import limits
from section16.cli.inputs import STANDARD_INPUT
from section16.errors import SourceError


def read_text(source: str) -> str:
    """The text of a table: UTF-8, UTF-16 with its mark, or else Windows-1252. Raises SourceError."""
    try:
        if source == STANDARD_INPUT:
            data = sys.stdin.buffer.read(limits.JSON_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(limits.JSON_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise SourceError("SOURCE_UNREADABLE", f"the file cannot be read: {reason}", path=source) from None
    if len(data) > limits.JSON_BYTES:
        raise SourceError("LIMIT_SIZE", f"the table has more than {limits.JSON_BYTES:,} bytes", path=source)
    try:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
