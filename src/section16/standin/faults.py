"""Faults on demand: what they are called, how often they come, and a choice that is the same in every run.

    NAME[=PART[:PART]][@PATHS]      429=0.1    delay=2s:0.5    truncated=1x@/Archives/*    outage=10s

A part is a share of requests (`0.1`), the first requests of each address (`2x`), or an amount with its unit. Without a
share a fault comes always. Whether it comes depends on seed, fault, address and how often that address was asked for:
not on the time, nor on what else is asked for meanwhile.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from section16.errors import UsageError, excerpt

FAULTS: Final = {
    "delay": "the answer comes late (delay=2s)",
    "slow": "the body comes slowly (slow=2kB/s)",
    "403": "refused, as a client without a contact is",
    "404": "not found",
    "429": "too many requests, with Retry-After (429=5s:0.1 says five seconds)",
    "5xx": "one of 500, 502, 503 and 504; each is a fault by its own name too",
    "truncated": "the connection breaks before the promised length is reached",
    "wrong-length": "the body is cut, and Content-Length says that this is all",
    "rebuilt": "the same content in other bytes, with another ETag",
    "changed": "a digit of the content is another, with another ETag",
    "corrupt": "a byte of the content has become a NUL",
    "block-page": "a page of HTML instead of the data, with status 200",
    "empty-list": "indexes, feeds and lists with nothing in them",
    "redirect": "sent on to another host",
    "clock-skew": "the Date of answers is wrong by so much (clock-skew=90s)",
    "outage": "no answer, the connection is dropped (outage=10s from now; without an amount until switched off)",
}
"""Every fault by name, and what it does."""

_STATUSES: Final = ("500", "502", "503", "504")
_AMOUNT_NEEDED: Final = frozenset({"delay", "slow", "clock-skew"})
_AMOUNT_TAKEN: Final = _AMOUNT_NEEDED | {"429", "outage"}
_SHARE: Final = re.compile(r"0(?:\.\d+)?|1(?:\.0*)?|\.\d+")
_FIRST: Final = re.compile(r"(\d{1,6})x")
_AMOUNT: Final = re.compile(r"(-?\d{1,9}(?:\.\d{1,6})?)(ms|s|m|B/s|kB/s|MB/s)")
_UNITS: Final = {"ms": 0.001, "s": 1, "m": 60, "B/s": 1, "kB/s": 1_000, "MB/s": 1_000_000}
_REMEMBERED: Final = 1_000_000


class Fault(msgspec.Struct, frozen=True):
    """One fault as it was asked for: `amount` in seconds or bytes a second, `share` and `first` say how often."""

    name: str
    amount: float | None = None
    share: float = 1.0
    first: int | None = None
    paths: str = "*"


class Came(msgspec.Struct, frozen=True):
    """A fault that befalls a request. `chance` from 0 to 1 settles where in a body it strikes."""

    name: str
    amount: float | None
    chance: float


def read_fault(text: str) -> Fault:
    """Return the fault that a text such as `429=0.1` asks for. Raises UsageError."""
    head, _, paths = text.partition("@")
    name, _, parts = head.partition("=")
    if name not in FAULTS and name not in _STATUSES:
        raise UsageError("USAGE", f"'{excerpt(name)}' is not a fault; known are {', '.join(FAULTS)}")
    amount, share, first = None, 1.0, None
    for part in parts.split(":") if parts else ():
        if counted := _FIRST.fullmatch(part):
            first = int(counted[1])
        elif _SHARE.fullmatch(part):
            share = float(part)
        elif (
            (sized := _AMOUNT.fullmatch(part)) and name in _AMOUNT_TAKEN and sized[2].endswith("/s") == (name == "slow")
        ):
            amount = float(sized[1]) * _UNITS[sized[2]]
        else:
            raise UsageError("USAGE", f"'{excerpt(part)}' says nothing about the fault {name}", mend=_MEND)
    if name in _AMOUNT_NEEDED and amount is None:
        raise UsageError("USAGE", f"the fault {name} needs an amount: {FAULTS[name]}", mend=_MEND)
    if amount is not None and name != "clock-skew" and not amount > 0:
        raise UsageError("USAGE", f"the amount of the fault {name} must be above 0", mend=_MEND)
    return Fault(name, amount, share, first, paths or "*")


_MEND: Final = "Write a share (0.1), first requests of each address (2x), or an amount (2s, 50ms, 2kB/s)"


class Faults:
    """The faults that are on, and what comes of them for each request. Several threads may ask and change them."""

    def __init__(
        self, faults: Iterable[Fault | str] = (), seed: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """See `set`."""
        self._seed = seed
        self._clock = clock
        self._guard = threading.Lock()
        self.set(faults)

    def set(self, faults: Iterable[Fault | str]) -> None:
        """Put these in the place of all that are on and count anew. Raises UsageError and then changes nothing."""
        chosen = tuple(read_fault(one) if isinstance(one, str) else one for one in faults)
        with self._guard:
            self._on = chosen
            self._since = self._clock()
            self._asked: Counter[str] = Counter()

    @property
    def on(self) -> Sequence[Fault]:
        """The faults that are on."""
        return self._on

    def befall(self, address: str) -> dict[str, Came]:
        """Return the faults that befall the next request for an address (path and query), by name."""
        with self._guard:
            on, since = self._on, self._since
            if not on:
                return {}
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            time_of_asking = self._asked[address]
            self._asked[address] += 1
        path = address.partition("?")[0]
        came: dict[str, Came] = {}
        for number, fault in enumerate(on):
            if not fnmatchcase(path, fault.paths) or (fault.first is not None and time_of_asking >= fault.first):
                continue
            if fault.name == "outage" and fault.amount is not None and self._clock() - since > fault.amount:
                continue
            chance = _chance(self._seed, number, fault.name, address, time_of_asking)
            if chance < fault.share:
                where = _chance(self._seed, number, "where", address, time_of_asking)
                name = _STATUSES[int(where * len(_STATUSES))] if fault.name == "5xx" else fault.name
                came.setdefault(name, Came(name, fault.amount, where))
        return came


def status_of(came: dict[str, Came]) -> int | None:
    """Return the error status among faults, if one is among them."""
    return next((int(name) for name in came if name.isdigit()), None)


def _chance(*parts: object) -> float:
    """Return a number from 0 up to 1 that depends on the parts alone."""
    digest = hashlib.blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=7).digest()
    return int.from_bytes(digest, "big") / 2**56
