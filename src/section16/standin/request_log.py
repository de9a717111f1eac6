"""What was asked for and what became of it: in memory for tests, as JSON lines in a file for everyone."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from typing import Final

import msgspec

from section16.errors import StorageError

_KEPT: Final = 200_000
_PATIENCE: Final = 2.0


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request: `time` of arrival in seconds since 1970, `bytes` of the body that were sent, `faults` that came.

    `refused` says which rule refused it (`contact` or `rate`).
    """

    time: float
    method: str
    path: str
    query: str = ""
    status: int = 0
    bytes: int = 0
    seconds: float = 0.0
    faults: tuple[str, ...] = ()
    refused: str = ""
    agent: str = ""
    range: str = ""
    conditional: bool = False


class RequestLog:
    """The last 200,000 requests, and all of them in a file if one is named."""

    def __init__(self, path: Path | None = None) -> None:
        """Append to the file at `path`. Raises StorageError if it cannot be opened."""
        self._requests: deque[Request] = deque(maxlen=_KEPT)
        self._under_way = 0
        self._guard = threading.Condition()
        try:
            self._file = path.open("ab", buffering=0) if path else None
        except OSError as error:
            message = f"the log cannot be written: {error.strerror or type(error).__name__}"
            raise StorageError("STORAGE_FAILED", message, path=str(path)) from None

    def __len__(self) -> int:
        """How many requests are remembered."""
        return len(self._requests)

    def requests(self) -> list[Request]:
        """Return them in the order they came, once those under way are answered, or after two seconds."""
        with self._guard:
            self._guard.wait_for(lambda: not self._under_way, _PATIENCE)
            return sorted(self._requests, key=lambda request: request.time)

    def begin(self) -> None:
        """Count a request that came; `add` follows when it is answered."""
        with self._guard:
            self._under_way += 1

    def add(self, request: Request) -> None:
        """Keep a request that has been answered. A log on a full disk loses lines, and the stand-in goes on."""
        with self._guard:
            self._under_way -= 1
            self._guard.notify_all()
            self._requests.append(request)
            if self._file is not None:
                try:
                    self._file.write(msgspec.json.encode(request) + b"\n")
                except OSError:
                    self._file.close()
                    self._file = None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
