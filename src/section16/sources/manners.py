"""What a client does when EDGAR does not answer as it should: how long to wait, how often to ask again.

Sources: SEC, "Accessing EDGAR Data" (fair access); that a block lasts about ten minutes is hearsay, so the second wait
without a `Retry-After` is as long. Waits grow and are spread by chance, so that many clients do not come back at once.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from random import Random
from typing import Final

import msgspec

from section16.sources.clock import Clock

_LONGEST_ASKED: Final = 3600.0


class Trouble(Enum):
    """What went wrong with one request."""

    BLOCKED = "blocked"
    """403, 429, or the page that says so."""

    FAILED = "failed"
    """5xx, no connection, a time limit, a body cut short or of the wrong length."""

    MISSING = "missing"
    """404 for a file that EDGAR itself lists."""

    UNUSABLE = "unusable"
    """A whole answer that is not what was asked for: an error page, an empty list."""


class AskAgainError(Exception):
    """One request that failed and may be made again. `asked` is the seconds that EDGAR asked to wait."""

    def __init__(self, trouble: Trouble, words: str, asked: float | None = None) -> None:
        """Keep the parts."""
        super().__init__(words)
        self.trouble, self.words, self.asked = trouble, words, asked


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers, in seconds and tries. A rehearsal may shorten them; the pace is not among them."""

    first_wait: float = 0.5
    longest_wait: float = 60.0
    tries: int = 8
    other_tries: int = 4
    block_waits: tuple[float, ...] = (60.0, 60.0, 600.0, 600.0)
    connect: float = 10.0
    idle: float = 30.0
    """Without a single byte."""

    whole: float = 120.0
    """For a whole answer that is no download."""

    slowest: float = 4096.0
    """Bytes a second below which a download counts as stuck, after `whole` seconds."""


class Patience:
    """What is left of one request's tries."""

    def __init__(self, manners: Manners, random: Random) -> None:
        """Begin with all of them."""
        self._manners, self._random = manners, random
        self._met = dict.fromkeys(Trouble, 0)

    def wait_after(self, failure: AskAgainError) -> float | None:
        """Seconds to wait before the next try; None when it is enough."""
        self._met[failure.trouble] += 1
        met = self._met[failure.trouble]
        if failure.trouble is Trouble.BLOCKED:
            waits = self._manners.block_waits
            if met > len(waits):
                return None
            asked = waits[met - 1] if failure.asked is None else max(1.0, failure.asked)
            return asked * (1 + self._random.random() / 10)
        most = self._manners.tries if failure.trouble is Trouble.FAILED else self._manners.other_tries
        if met >= most:
            return None
        grown = min(self._manners.longest_wait, self._manners.first_wait * 2.0 ** (met - 1))
        return max(grown * (0.5 + self._random.random() / 2), failure.asked or 0.0)

    def renew(self) -> None:
        """All tries again, since something was achieved."""
        self._met = dict.fromkeys(Trouble, 0)


def asked_wait(header: str | None, clock: Clock) -> float | None:
    """Seconds that a `Retry-After` asks for, as a number or a date; at most an hour; None where it says nothing."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(float(header.strip()[:9]), _LONGEST_ASKED)
    moment = http_date(header)
    if moment is None:
        return None
    return min(max((moment - clock.now()).total_seconds(), 0.0), _LONGEST_ASKED)


def http_date(header: str | None) -> datetime | None:
    """A moment as HTTP writes it, with its zone; None for anything else."""
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else None
