"""EDGAR's rules for programs: say who you are, and ask for no more than ten things in a second.

A `User-Agent` without an e-mail address gets 403. More than ten requests within any second get 429, and everything is
refused for a while (about ten minutes at EDGAR). Source: SEC, Accessing EDGAR Data, fair access; the length of the
block is hearsay.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from math import ceil
from typing import Final

MOST_IN_A_SECOND: Final = 10
BLOCK_SECONDS: Final = 600.0
_CONTACT: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def declares_contact(agent: str) -> bool:
    """Tell whether a User-Agent names an e-mail address."""
    return _CONTACT.search(agent) is not None


def busiest_second(times: Iterable[float]) -> int:
    """Return the most requests that came within any one second; `times` in seconds."""
    window: deque[float] = deque()
    most = 0
    for moment in sorted(times):
        window.append(moment)
        while moment - window[0] >= 1:
            window.popleft()
        most = max(most, len(window))
    return most


class RateRule:
    """Counts requests of all comers together: whoever reaches a stand-in is one user on one machine."""

    def __init__(
        self,
        most: int = MOST_IN_A_SECOND,
        block: float = BLOCK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow `most` requests in any second; after more refuse everything for `block` seconds."""
        self._most = most
        self._block = block
        self._clock = clock
        self._recent: deque[float] = deque()
        self._blocked_until = float("-inf")
        self._guard = threading.Lock()

    def refuses_for(self) -> int | None:
        """Count a request. Return None if it may pass, else for how many seconds everything is refused, 1 at least."""
        with self._guard:
            now = self._clock()
            self._recent.append(now)
            while now - self._recent[0] >= 1:
                self._recent.popleft()
            if now >= self._blocked_until and len(self._recent) > self._most:
                self._blocked_until = now + self._block
            return max(1, ceil(self._blocked_until - now)) if now < self._blocked_until else None
