"""`section16 archive verify`: is everything there, once, unchanged? Exit code 1 if not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.verifying import Progress, Verified
from section16.archive.verifying_shards import Depth, Fault
from section16.cli.exits import Exit
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import UsageError, visible


def verify(archive: Path | None, *, quick: bool, full: bool, jobs: int | None, as_json: bool, quiet: bool) -> Exit:
    """Print what is wrong; return the exit code. Raises Section16Error for what cannot be looked at."""
    if quick and full:
        raise UsageError("USAGE", "--quick and --full exclude one another")
    depth = Depth.QUICK if quick else Depth.FULL if full else Depth.USUAL
    with open_archive(archive, create=False) as opened, _bar(quiet=quiet or as_json) as progress:
        found = opened.verify(depth=depth, jobs=jobs, progress=progress)
    if as_json:
        write_json({"clean": found.clean, "depth": depth.value, **msgspec.to_builtins(found)})
    elif not quiet or not found.clean:
        write_out(joined(_lines(found, depth)))
    return Exit.DONE if found.clean else Exit.FOUND


def _lines(found: Verified, depth: Depth) -> Iterator[str]:
    for fault in found.faults:
        yield _line(fault)
    for note in found.notes:
        yield f"note: {_line(note)}"
    if found.faults or found.notes:
        yield ""
    counted = f"{found.filings:,} filings in {found.containers:,} containers, {found.rows:,} rows"
    looked = {
        Depth.QUICK: "files and counts looked at, bytes not read",
        Depth.USUAL: f"all bytes read, {found.compared:,} filings parsed again",
        Depth.FULL: f"all bytes read, all {found.compared:,} filings parsed again",
    }
    yield f"{'clean' if found.clean else f'{len(found.faults):,} faults'}: {counted}; {looked[depth]}"


def _line(fault: Fault) -> str:
    return f"{visible(fault.record)}: {visible(fault.message)}. {fault.mend}"


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Drawing  # noqa: PLC0415

    columns = (TextColumn("verifying"), BarColumn(), MofNCompleteColumn(), TextColumn("filings"), TimeRemainingColumn())
    with Drawing(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task("verifying", total=None)
        yield lambda done, total: drawn.update(task, completed=done, total=total)
