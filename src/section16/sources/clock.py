"""Time as a small interface, so that waits, time limits and whole days of watching can be played in tests."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

EASTERN: Final = ZoneInfo("America/New_York")
"""EDGAR's clock."""


class Clock(Protocol):
    """What time it is, and waiting."""

    def monotonic(self) -> float:
        """Seconds that never go back, on one scale for all processes of the machine."""

    def now(self) -> datetime:
        """The moment, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        """Seconds since the machine started, or so."""
        return time.monotonic()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait; nothing for zero or less."""
        if seconds > 0:
            time.sleep(seconds)


def edgar_day(clock: Clock) -> date:
    """The day that it is at EDGAR."""
    return clock.now().astimezone(EASTERN).date()
