"""`section16 archive add`: files of any usual kind into the archive, with progress, throughput and remaining time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import msgspec

from section16.archive import Added, Incoming, open_archive
from section16.archive.members import files_below, incoming
from section16.cli.exits import Exit, complain, say
from section16.cli.standard_output import write_json
from section16.errors import Section16Error, SourceError

_FEW: Final = 1 << 20
"""Bytes from which a progress bar is worth its place."""


def add(paths: Sequence[Path], archive: Path | None, *, jobs: int | None, as_json: bool, quiet: bool) -> Exit:
    """Add what the paths name; return the exit code. Raises Section16Error for what stops everything."""
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        complain(SourceError("SOURCE_UNREADABLE", "there is no such file or folder"), str(path))
    files = [file for path in paths if path not in missing for file in files_below(path)]
    if not files:
        if not missing:
            say("there are no files to add")
        return Exit.UNREADABLE if missing else Exit.DONE
    total = sum(_size(file) for file in files)
    failed: list[Path] = list(missing)
    with open_archive(archive) as opened, _bar(total, quiet=quiet) as bar:
        try:
            added = opened.add(
                _contents(files, failed, bar), jobs=jobs, progress=bar.count, waiting=lambda who: say(f"waiting: {who}")
            )
        except KeyboardInterrupt:
            say("stopped; what was added stays, run it again to go on")
            return Exit.INTERRUPTED
    if as_json:
        write_json(msgspec.to_builtins(added) | {"files": added.files})
    elif not quiet:
        say(_sentence(added))
    if added.rejected or added.conflicts:
        say("see `section16 archive quarantine` and `section16 archive status` for what was put aside")
    return Exit.FOUND if failed or added.rejected or added.conflicts else Exit.DONE


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _contents(files: Sequence[Path], failed: list[Path], bar: Bar) -> Iterator[Incoming]:
    """What the files hold; one that can't be read is said and the rest goes on."""
    for file in files:
        try:
            yield from incoming(file)
        except Section16Error as error:
            failed.append(file)
            complain(error, str(file))
        bar.done(_size(file))


def _sentence(added: Added) -> str:
    """What became of the files, in words."""
    parts = [
        f"{added.new:,} new",
        *([f"{added.joined:,} further containers of filings"] if added.joined else []),
        *([f"{added.known:,} known"] if added.known else []),
        *([f"{added.conflicts:,} in conflict with what is there"] if added.conflicts else []),
        *([f"{added.rejected:,} in quarantine"] if added.rejected else []),
    ]
    return f"{added.files:,} filings read: {', '.join(parts)}"


class Bar(Protocol):
    """What shows how far the work is."""

    def done(self, size: int) -> None:
        """A file of `size` bytes has been read."""

    def count(self, added: Added) -> None:
        """So many filings have been dealt with."""


class _Silent:
    """Shows nothing."""

    def done(self, size: int) -> None:
        """Show nothing."""

    def count(self, added: Added) -> None:
        """Show nothing."""


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[Bar]:
    if quiet or total < _FEW or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _Silent()
        return
    from rich.console import Console  # noqa: PLC0415 - only long work on a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("adding"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[filings]:,} filings, {task.fields[rate]:,.0f} a second"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("adding", total=total, filings=0, rate=0.0)

        class Drawn:
            """Draws on the terminal."""

            def done(self, size: int) -> None:
                """Move on."""
                progress.advance(task, size)

            def count(self, added: Added) -> None:
                """Say how many, and how fast."""
                elapsed = progress.tasks[0].elapsed or 0.0
                progress.update(task, filings=added.files, rate=added.files / elapsed if elapsed else 0.0)

        yield Drawn()
