"""What is public at this moment: everything, all but the filings held back, or as the days go by.

A catalogue's filings are public in the order of acceptance, so "how much is public" is one number. EDGAR's daily index
and daily feed come at night; in a replay a day's are there from the next day on, otherwise with its first filing.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta

from section16.errors import UsageError
from section16.standin.catalogue import Catalogue, View


class Publication:
    """How far a catalogue has been published. Safe to ask and to move from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        hold: int = 0,
        replay: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold back the newest `hold` filings; with `replay` they come in their own rhythm, that many times as fast.

        A replay without `hold` begins with nothing public. Raises UsageError for a speed that is none.
        """
        refuse_odd_pace(hold, replay)
        self.catalogue = catalogue
        self._clock = clock
        self._speed = replay
        self._began = clock()
        held = min(hold, len(catalogue)) if hold or replay is None else len(catalogue)
        self._public = len(catalogue) - held
        waiting = catalogue.filings[self._public :]
        self._begins_at = waiting[0].accepted_at - timedelta(seconds=1) if waiting else None
        self._guard = threading.Lock()

    @property
    def public(self) -> int:
        """How many filings are public now."""
        with self._guard:
            now = self._now()
            if now is not None:
                by_now = bisect_right(self.catalogue.filings, now, key=lambda filing: filing.accepted_at)
                self._public = max(self._public, by_now)
            return self._public

    def publish(self, count: int) -> int:
        """Make the next `count` filings public; return how many are."""
        before = self.public
        with self._guard:
            self._public = min(len(self.catalogue), max(before, self._public) + max(0, count))
            return self._public

    def view(self, *, empty: bool = False) -> View:
        """Return what is public now; an `empty` view lists none of it."""
        return self.catalogue.view(self.public, self._now(), empty=empty)

    def _now(self) -> datetime | None:
        """Return the moment a replay has reached; None without one."""
        if self._speed is None or self._begins_at is None:
            return None
        return self._begins_at + timedelta(seconds=(self._clock() - self._began) * self._speed)


def refuse_odd_pace(hold: int, replay: float | None) -> None:
    """Raise UsageError for a count of filings held back below 0 and for a speed that is none."""
    if hold < 0 or (replay is not None and not 0 < replay < float("inf")):
        raise UsageError("USAGE", "filings held back are counted from 0, and a replay has a speed above 0")
