"""Where things stand in the folder of an archive.

ledger.sqlite           what counts: shards, keys, the newest filings, quarantine, problems
shards/s00000001/       Parquet, written once: originals.parquet (the bytes) and one file a table
index/7.duckdb          made from the shards at generation 7, to be thrown away at will; 7.footnotes.sqlite beside it
lock                    held by who writes
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

FOLDER_VARIABLE: Final = "SECTION16_ARCHIVE"


class Layout(msgspec.Struct, frozen=True):
    """The folder of an archive."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger."""
        return self.root / "ledger.sqlite"

    @property
    def shards(self) -> Path:
        """The folder of shards."""
        return self.root / "shards"

    @property
    def index(self) -> Path:
        """The folder of what can be made anew."""
        return self.root / "index"

    @property
    def lock(self) -> Path:
        """The file that a writer locks."""
        return self.root / "lock"


def archive_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """The archive's folder: as given, else `$SECTION16_ARCHIVE`, else `archive` in the user's data directory."""
    if given is not None:
        return Path(given)
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only where nothing else is said

    return platformdirs.user_data_path("section16", appauthor=False) / "archive"
