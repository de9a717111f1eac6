"""Carries a plan out: fetches what the archive lacks, adds it as it comes, and marks each day when it is done.

May be stopped or killed at any moment; the next plan holds what is still lacking. A day is marked only when each filing
of its index is in the archive or was handed to it, or EDGAR itself says that it has no such file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path
from typing import Final

import msgspec

from section16 import limits
from section16.archive.incoming import Added, Incoming
from section16.edgar.dissemination_paths import submission_folder_path, submission_path
from section16.edgar.filing_index import IndexedFiling
from section16.errors import RemoteError, SourceError
from section16.sources.client import EdgarClient
from section16.sources.day_notes import mark_dataset, mark_fetched
from section16.sources.feed_members import feed_filings
from section16.sources.keeper import AddDataset, Keeper
from section16.sources.roads import DatasetPart, DayPart, Plan
from section16.sources.submission_check import whole_submission

BATCH: Final = 200
"""Filings fetched one by one before they are added: what a kill loses at most is these."""

_WORKERS: Final = 4


class Synced(msgspec.Struct, kw_only=True):
    """What a sync did. `missing` are filings that lists name and EDGAR does not have."""

    added: Added = msgspec.field(default_factory=Added)
    fetched: int = 0
    days: int = 0
    datasets: int = 0
    missing: list[str] = msgspec.field(default_factory=list)
    problems: list[str] = msgspec.field(default_factory=list)
    is_stopped: bool = False


class _Stopped(Exception):  # noqa: N818 - no error: somebody wants the end
    """The caller wants to stop."""


class Sync:
    """One run of a sync. `workers` requests may be under way at once; the pace holds over all of them."""

    def __init__(
        self,
        keeper: Keeper,
        client: EdgarClient,
        *,
        add_dataset: AddDataset | None = None,
        progress: Callable[[int], None] | None = None,
        stopping: Callable[[], bool] | None = None,
        workers: int = _WORKERS,
    ) -> None:
        """`progress` is told how many filings have come, `stopping` asked between filings whether to end."""
        self.done = Synced()
        self._keeper, self._client, self._add_dataset = keeper, client, add_dataset
        self._progress = progress or (lambda _: None)
        self._stopping = stopping or (lambda: False)
        self._workers = workers

    def run(self, plan: Plan) -> Synced:
        """Carry the plan out and return what was done; the same is in `done` while it runs, and after an error.

        Raises RemoteError when EDGAR cannot be had, StorageError, ConflictError; what was added before stays.
        """
        self.done.problems += plan.problems
        try:
            for dataset in plan.datasets:
                self._dataset(dataset)
            for part in plan.days:
                self._day(part, plan.forms)
            self.fetch(plan.singles)
        except _Stopped:
            self.done.is_stopped = True
        return self.done

    def fetch(self, filings: Sequence[IndexedFiling]) -> list[str]:
        """Fetch filings one by one and add them; return the accession numbers that could not be had.

        Those that EDGAR lacks are among `missing`, the others among `problems`.
        """
        lacking: list[str] = []
        for batch in _batches(filings, BATCH):
            came: list[Incoming] = []
            try:
                for filing, incoming in self._each(batch):
                    self._progress(1)
                    if incoming is None:
                        lacking.append(filing.accession)
                    else:
                        came.append(incoming)
            finally:
                self._add(came)
        return lacking

    def _each(self, batch: Sequence[IndexedFiling]) -> Iterator[tuple[IndexedFiling, Incoming | None]]:
        """Each filing of a batch with what came for it, in order. Raises _Stopped."""
        if self._workers <= 1:
            for filing in batch:
                self._end_if_asked()
                yield filing, self._single(filing)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            under_way: list[tuple[IndexedFiling, Future[Incoming | None]]] = [
                (filing, pool.submit(self._single, filing)) for filing in batch
            ]
            try:
                for filing, future in under_way:
                    incoming = future.result()
                    yield filing, incoming
                    self._end_if_asked()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _single(self, filing: IndexedFiling) -> Incoming | None:
        """One filing, under the number of any of its filers; None if it cannot be had, which is noted.

        Raises RemoteError where EDGAR as a whole cannot be had.
        """
        gone = True
        check = whole_submission(filing.accession)
        for number, path in enumerate(_paths(filing)):
            try:
                data = self._client.get(path, check, limit=limits.SUBMISSION_BYTES, is_listed=number == 0)
            except RemoteError as error:
                if error.code != "NOT_PUBLISHED":
                    raise
            except SourceError as error:
                gone = False
                self.done.problems.append(f"{filing.accession}: {error}")
                break
            else:
                origin = self._client.host.address(path)
                return Incoming(name=f"{filing.accession}.txt", data=data, origin=origin)
        if gone:
            self.done.missing.append(filing.accession)
        return None

    def _day(self, part: DayPart, forms: Sequence[str]) -> None:
        """Fetch what a day lacks and mark it."""
        self._end_if_asked()
        lacking = part.lacking
        if part.feed is not None:
            lacking = self._by_feed(part, part.feed.path)
        not_had = self.fetch(lacking)
        if set(not_had) <= set(self.done.missing):
            mark_fetched(self._keeper, part.day, forms, part.listed, not_had)
            self.done.days += 1

    def _by_feed(self, part: DayPart, path: str) -> tuple[IndexedFiling, ...]:
        """Add what the day's feed has, and return what it has not."""
        wanted = {filing.accession for filing in part.lacking}
        found: dict[str, bytes] = {}
        try:
            found = self._client.download(path, lambda file: feed_filings(file, wanted))
        except SourceError as error:
            self.done.problems.append(f"feed of {part.day}: {error}")
        except RemoteError as error:
            if error.code != "NOT_PUBLISHED":
                raise
            self.done.problems.append(f"feed of {part.day}: {error}")
        origin = self._client.host.address(path)
        self._add(
            [Incoming(name=f"{number}.nc", data=data, origin=f"{origin}!{number}.nc") for number, data in found.items()]
        )
        self._progress(len(found))
        return tuple(filing for filing in part.lacking if filing.accession not in found)

    def _dataset(self, part: DatasetPart) -> None:
        """Fetch a quarter's data set and hand it to the archive."""
        self._end_if_asked()
        if self._add_dataset is None:
            words = f"data set of {part.year} quarter {part.quarter}: nobody here takes data sets"
            self.done.problems.append(words)
            return
        taker, origin = self._add_dataset, self._client.host.address(part.path)

        def take(file: Path) -> str:
            taker(file, origin)
            with file.open("rb") as data:
                return file_digest(data, "sha256").hexdigest()

        try:
            digest = self._client.download(part.path, take)
        except SourceError as error:
            self.done.problems.append(f"data set of {part.year} quarter {part.quarter}: {error}")
            return
        mark_dataset(self._keeper, part.year, part.quarter, digest)
        self.done.datasets += 1
        self._progress(part.filings)

    def _add(self, incoming: list[Incoming]) -> None:
        if not incoming:
            return
        added = self._keeper.add(incoming)
        self.done.fetched += len(incoming)
        for name in msgspec.structs.asdict(added):
            setattr(self.done.added, name, getattr(self.done.added, name) + getattr(added, name))

    def _end_if_asked(self) -> None:
        if self._stopping():
            raise _Stopped


def sync(
    keeper: Keeper,
    plan: Plan,
    client: EdgarClient,
    *,
    add_dataset: AddDataset | None = None,
    progress: Callable[[int], None] | None = None,
    stopping: Callable[[], bool] | None = None,
    workers: int = _WORKERS,
) -> Synced:
    """Carry `plan` out; see `Sync.run`."""
    run = Sync(keeper, client, add_dataset=add_dataset, progress=progress, stopping=stopping, workers=workers)
    return run.run(plan)


def _paths(filing: IndexedFiling) -> Iterator[str]:
    """Where a filing may be had: under each filer's number, and in its own folder."""
    for filer in filing.ciks:
        yield submission_path(filer, filing.accession)
    yield submission_folder_path(filing.ciks[0], filing.accession)


def _batches(filings: Iterable[IndexedFiling], size: int) -> Iterator[tuple[IndexedFiling, ...]]:
    """Filings in batches, oldest first, so that a break leaves a gap at the end only."""
    ordered = sorted(filings, key=lambda filing: (filing.filed_on, filing.accession))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])
