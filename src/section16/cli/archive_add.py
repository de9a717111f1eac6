"""`section16 archive add`: files of any usual kind into the archive, with progress, throughput and remaining time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import msgspec

from section16.archive import Added, Archive, Incoming, open_archive
from section16.archive.archive import WAIT
from section16.archive.datasets import DataSetAdded, data_sets_below
from section16.archive.members import files_below, incoming, incoming_from
from section16.cli.exits import Exit, complain, say
from section16.cli.interruption import stoppable
from section16.cli.standard_output import write_json
from section16.errors import Section16Error, SourceError, UsageError, visible

_FEW: Final = 1 << 20
"""Bytes from which a progress bar is worth its place."""

_STANDARD_INPUT: Final = Path("-")
_MANY: Final = 2
"""Pieces of work, more than one: see `stoppable`."""


def add(
    paths: Sequence[Path],
    archive: Path | None,
    *,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
    no_wait: bool = False,
    cluster: str | None = None,
) -> Exit:
    """Add what the paths name; return the exit code. Raises Section16Error for what stops everything."""
    if paths.count(_STANDARD_INPUT) > 1:
        raise UsageError("USAGE", "standard input (-) is named twice")
    if cluster is not None and _STANDARD_INPUT in paths:
        raise UsageError("USAGE", "a cluster cannot read standard input (-)", mend="Name a file that all machines see")
    missing = [path for path in paths if path != _STANDARD_INPUT and not path.exists()]
    for path in missing:
        complain(SourceError("SOURCE_UNREADABLE", "there is no such file or folder"), str(path))
    stored = [path for path in paths if path.is_file() or path.is_dir()]  # a pipe can be read but once
    sets = [found for path in stored for found in data_sets_below(path)]
    files = _files(paths, {*missing, *sets})
    if not files and not sets:
        if not missing:
            say("there are no files to add")
        return Exit.UNREADABLE if missing else Exit.DONE
    failed: list[Path] = list(missing)
    wait = 0.0 if no_wait else WAIT
    total = sum(_size(file) for file, _ in files)
    with open_archive(archive) as opened, _bar(total, quiet=quiet) as bar, stoppable(_MANY) as stopping:
        try:
            taken = _add_data_sets(opened, sets, failed, stopping, quiet=quiet or as_json, wait=wait)
            if cluster is not None:
                named = [path for path in paths if path not in missing]
                added = _on_cluster(opened, named, sets, cluster, bar, wait=wait)
            else:
                contents = _contents(files, failed, bar, stopping)
                added = opened.add(contents, jobs=jobs, progress=bar.count, waiting=_say_waiting, wait=wait)
        except KeyboardInterrupt:
            say("stopped; what was added stays, run it again to go on")
            return Exit.INTERRUPTED
    _say_added(added, taken, as_json=as_json, quiet=quiet or not files)
    if stopping():
        say("stopped; what was added stays, run it again to go on")
        return Exit.INTERRUPTED
    return _end(added, failed, taken)


def _files(paths: Sequence[Path], others: set[Path]) -> list[tuple[Path, bool]]:
    """The files that the paths name, but for others and what these hold, each with whether a folder holds it."""
    return [
        (file, path.is_dir())
        for path in paths
        if path not in others
        for file in files_below(path)
        if file not in others and file.parent not in others
    ]


def _say_waiting(who: str) -> None:
    say(f"waiting for {who}")


def _say_added(added: Added, taken: Sequence[DataSetAdded], *, as_json: bool, quiet: bool) -> None:
    """What became of everything: a line for the first few that could not be read, and what to do next."""
    if as_json:
        write_json(msgspec.to_builtins(added) | {"files": added.files, "datasets": msgspec.to_builtins(taken)})
    elif not quiet:
        say(_sentence(added))
    for reason in added.reasons:
        say(f"  {visible(reason)}")
    if added.rejected or added.conflicts or added.aside:
        say("see `section16 archive quarantine` and `section16 archive status` for what was put aside")


def _end(added: Added, failed: Sequence[Path], taken: Sequence[DataSetAdded]) -> Exit:
    """How it ends: something is not in the archive; none of it is."""
    if not (failed or added.rejected or added.aside or added.conflicts):
        return Exit.DONE
    some = added.new + added.joined + added.known + added.conflicts
    return Exit.FOUND if some or taken else Exit.UNREADABLE


def adopt(
    shards: Path, archive: Path | None, *, jobs: int | None, as_json: bool, quiet: bool, no_wait: bool = False
) -> Exit:
    """Take in a folder of shards; return the exit code. Raises Section16Error for what stops it."""
    with open_archive(archive) as opened:
        wait = 0.0 if no_wait else WAIT
        added = opened.adopt(shards, jobs=jobs, waiting=_say_waiting, wait=wait)
    if as_json:
        write_json(msgspec.to_builtins(added) | {"files": added.files})
    elif not quiet:
        say(_sentence(added))
    return Exit.FOUND if added.rejected or added.conflicts else Exit.DONE


def _on_cluster(
    archive: Archive, paths: Sequence[Path], sets: Sequence[Path], address: str, bar: Bar, *, wait: float
) -> Added:
    """Let a cluster read what the paths name, but for data sets, and build the shards. Raises as `RayExecutor`."""
    from section16.archive.cluster import RayExecutor  # noqa: PLC0415 - loads an extra

    with RayExecutor(None if address == "local" else address) as executor:
        return archive.add_by_paths(
            paths,
            executor,
            width=executor.width,
            but=sets,
            progress=bar.count,
            waiting=_say_waiting,
            wait=wait,
        )


def _add_data_sets(
    archive: Archive,
    sets: Sequence[Path],
    failed: list[Path],
    stopping: Callable[[], bool],
    *,
    quiet: bool,
    wait: float,
) -> list[DataSetAdded]:
    """Add the SEC's quarterly data sets; one that can't be read is said and the rest goes on."""
    done: list[DataSetAdded] = []
    for path in sets:
        if stopping():
            break
        try:
            added = archive.add_dataset(path, waiting=_say_waiting, wait=wait)
        except SourceError as error:
            failed.append(path)
            complain(error, str(path))
            continue
        done.append(added)
        if not quiet:
            say(_data_set_sentence(added))
            for problem in added.problems:
                say(f"  {problem.kind}: {problem.message}")
    return done


def _data_set_sentence(added: DataSetAdded) -> str:
    """What became of a data set, in words."""
    if added.is_known:
        return f"data set {added.name}: known"
    parts = [
        f"{added.new:,} new",
        *([f"{added.renewed:,} in place of an older data set"] if added.renewed else []),
        *([f"{added.originals:,} whose originals are here"] if added.originals else []),
    ]
    return f"data set {added.name}: {added.filings:,} filings, {', '.join(parts)}"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _contents(
    files: Sequence[tuple[Path, bool]], failed: list[Path], bar: Bar, stopping: Callable[[], bool]
) -> Iterator[Incoming]:
    """What the files hold, until somebody wants the end; one that can't be read is said and the rest goes on."""
    for file, in_folder in files:
        try:
            for one in _held(file, in_folder=in_folder):
                if stopping():
                    return
                yield one
        except Section16Error as error:
            failed.append(file)
            complain(error, str(file))
        bar.done(_size(file))


def _held(file: Path, *, in_folder: bool) -> Iterator[Incoming]:
    if file == _STANDARD_INPUT:
        return incoming_from(sys.stdin.buffer, Path("standard input"))
    return incoming(file, in_folder=in_folder)


def _sentence(added: Added) -> str:
    """What became of the files, in words."""
    counts = (
        (added.joined, "further containers of filings"),
        (added.known, "known"),
        (added.conflicts, "in conflict with what is there"),
        (added.rejected, "in quarantine"),
        (added.aside, "in quarantine since before"),
    )
    parts = [f"{added.new:,} new", *(f"{count:,} {words}" for count, words in counts if count)]
    other = f"; {added.passed:,} others passed over, which are no ownership reports" if added.passed else ""
    files = added.files - added.passed
    return f"{files:,} file{'' if files == 1 else 's'} read: {', '.join(parts)}{other}"


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
