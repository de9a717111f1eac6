"""What the sources ask of the archive: to take files, to say which filings it has, to remember where a sync stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from section16.archive.incoming import Added, Incoming


class Keeper(Protocol):
    """An archive, as the sources see it. Accession numbers are written with hyphens."""

    def add(self, incoming: Iterable[Incoming]) -> Added:
        """Take files; what is said to be added is durable on return, and a bad file never stops the rest."""

    def has(self, accessions: Iterable[str]) -> set[str]:
        """Those of the accession numbers whose originals are there."""

    def note(self, key: str, value: str) -> None:
        """Remember a small fact, durably."""

    def noted(self, key: str) -> str | None:
        """The fact remembered under a key."""


AddDataset = Callable[[Path, str], object]
"""Takes a quarterly data set into the archive, marked as such: its zip, and where it came from."""
