"""`section16 generate`: filings of fictional issuers and people."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from section16.cli.exits import Exit, say
from section16.cli.interruption import stoppable
from section16.cli.progress import progress
from section16.samples import generate as make_samples
from section16.samples import write_samples


def generate(count: int, seed: int, output: str, shape: Literal["submission", "xml"], *, quiet: bool) -> Exit:
    """Write the filings and their INDEX.csv into a new or empty folder. Raises ConflictError or StorageError."""
    with stoppable(count) as stopping:
        samples = takewhile(lambda _: not stopping(), make_samples(count, seed))
        written = write_samples(progress(samples, count, "generating", quiet=quiet), output, shape)
    if written < count:
        say(f"interrupted: {written:,} of {count:,} written, listed in INDEX.csv")
        return Exit.INTERRUPTED
    if not quiet:
        say(f"{written:,} fictional filings in {output}, listed in INDEX.csv")
    return Exit.DONE
