"""What `due` and `calendar` read beside filings: days, instants, files of closings and of trades."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Final

from section16.cli.inputs import STANDARD_INPUT
from section16.cli.settings import setting
from section16.errors import SourceError, UsageError, excerpt
from section16.law import EASTERN, Calendar, closings_from_toml

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EDGAR_TIME: Final = re.compile(r"\d{14}", re.ASCII)


def day(text: str | None, option: str) -> date | None:
    """The day of an option. Raises UsageError for what is no day of the calendar."""
    if text is None:
        return None
    given = text.strip()
    try:
        return date.fromisoformat(given if _DAY.fullmatch(given) else "")
    except ValueError:
        message = f"{option} '{excerpt(text)}' is no day"
        raise UsageError("USAGE", message, mend="Write year, month and day: 2022-09-01") from None


def day_or_instant(text: str | None, option: str) -> date | datetime | None:
    """A day, or an instant: ISO 8601 (Eastern time without an offset) or EDGAR's 14 digits. Raises UsageError."""
    if text is None or _DAY.fullmatch(text.strip()):
        return day(text, option)
    given = text.strip()
    try:
        at = datetime.strptime(given, "%Y%m%d%H%M%S") if _EDGAR_TIME.fullmatch(given) else datetime.fromisoformat(given)  # noqa: DTZ007 - Eastern time, as EDGAR gives it
    except ValueError:
        message = f"{option} '{excerpt(text)}' is neither a day nor a time"
        raise UsageError("USAGE", message, mend="Write 2022-09-06 or 2022-09-06T21:59:00, Eastern time") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=EASTERN)


def calendar_with(closings: str | None) -> Calendar:
    """The calendar with the closings of a file, or of the one that the setting `closings` names. Raises UsageError."""
    path = closings or setting("closings").text
    return Calendar(closings_from_toml(text_of(path), path)) if path else Calendar()


def text_of(path: str) -> str:
    """The text of a file or of standard input. Raises SourceError."""
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError("SOURCE_UNREADABLE", "the file is not UTF-8 text", path=path) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or type(error).__name__}"
        raise SourceError("SOURCE_UNREADABLE", message, path=path) from None
