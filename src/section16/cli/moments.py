"""A moment on the command line: a day, or a day and a time, Eastern unless it says its zone."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from section16.errors import UsageError, excerpt

_EASTERN = ZoneInfo("America/New_York")


def moment(text: str | None) -> datetime | None:
    """Read `2024-03-01` (its end), `2024-03-01T16:30`, `2024-03-01T21:30Z`. Raises UsageError."""
    if text is None:
        return None
    try:
        if len(text) == len("2024-03-01"):
            return datetime.combine(date.fromisoformat(text), time.max, _EASTERN)
        found = datetime.fromisoformat(text)
    except ValueError:
        message = f"'{excerpt(text)}' is no day or moment"
        raise UsageError("USAGE", message, mend="Write 2024-03-01 or 2024-03-01T16:30") from None
    return found if found.tzinfo else found.replace(tzinfo=_EASTERN)
