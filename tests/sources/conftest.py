"""A clock that only moves when somebody sleeps, an archive in memory, and EDGAR as a function of a path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx2
import pytest

from section16.archive.incoming import Added, Incoming
from section16.edgar.submission_text import read_submission_text
from section16.sources.client import EdgarClient
from section16.sources.edgar_host import SEC, EdgarHost
from section16.sources.manners import Manners
from section16.sources.pace import Pace

CONTACT = "Example Research analyst@example.com"


class PlayedClock:
    """Time that passes only in `sleep`; `slept` are the waits asked for."""

    def __init__(self, now: datetime = datetime(2024, 7, 10, 15, 0, tzinfo=UTC)) -> None:
        self._begin, self._passed = now, 1000.0
        self._guard = threading.Lock()
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self._passed

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self._passed - 1000.0)

    def sleep(self, seconds: float) -> None:
        with self._guard:
            self.slept.append(seconds)
            self._passed += max(seconds, 0.0)


class MemoryKeeper:
    """An archive of bytes by accession number. It takes only what reads as a submission, as the real one does."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.quarantine: list[str] = []
        self.notes: dict[str, str] = {}
        self.adds = 0

    def add(self, incoming: Iterable[Incoming]) -> Added:
        self.adds += 1
        added = Added()
        for one in incoming:
            accession = read_submission_text(one.data).accession
            assert accession is not None
            if accession in self.files:
                added.known += 1
            else:
                added.new += 1
                self.files[accession] = one.data
        return added

    def has(self, accessions: Iterable[str]) -> set[str]:
        return {number for number in accessions if number in self.files}

    def note(self, key: str, value: str) -> None:
        self.notes[key] = value

    def noted(self, key: str) -> str | None:
        return self.notes.get(key)


Handler = Callable[[httpx2.Request], httpx2.Response]
MakeClient = Callable[..., EdgarClient]


@pytest.fixture
def clock() -> PlayedClock:
    return PlayedClock()


@pytest.fixture
def new_keeper() -> Callable[[], MemoryKeeper]:
    """Makes empty archives."""
    return MemoryKeeper


@pytest.fixture
def keeper() -> MemoryKeeper:
    return MemoryKeeper()


@pytest.fixture
def client_of(tmp_path: Path, clock: PlayedClock) -> Iterator[MakeClient]:
    """Makes clients whose EDGAR is a function of the request, or a real host, in played time."""
    opened: list[EdgarClient] = []

    def make(
        handler: Handler | None = None, host: EdgarHost = SEC, manners: Manners | None = None, name: str = "client"
    ) -> EdgarClient:
        client = EdgarClient(
            CONTACT,
            pace=Pace(tmp_path / f"{name}.sqlite", clock=clock),
            folder=tmp_path / name,
            host=host,
            clock=clock,
            manners=manners,
            transport=httpx2.MockTransport(handler) if handler else None,
            random=Random(16),  # noqa: S311 - spreads waits
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()
