"""Archives of generated filings, and the shapes in which a filing may come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from section16.archive import Archive, Incoming, open_archive
from section16.reading import read
from section16.reading.writing import write
from section16.samples import generate, sample_bytes


@pytest.fixture(scope="session")
def texts() -> list[bytes]:
    """Full submissions of some forty generated filings, no two of which say the same."""
    made = [sample_bytes(sample, "submission") for sample in generate(45, seed=7)]
    return list({loose(text): text for text in made}.values())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def named() -> Callable[[list[bytes]], list[Incoming]]:
    """Bytes as files to be added."""
    return lambda files: [Incoming(name=f"{number}.txt", data=data) for number, data in enumerate(files)]


def loose(text: bytes) -> bytes:
    """The ownership XML of a full submission, alone."""
    return bytes(write(read(text), "xml"))
