"""Follows the newest filings: no gaps, no doubles, over restarts too.

Each round reads the feed of newest filings page by page, back to a moment safely before the end of the last good round,
and fetches what the archive lacks. The moment is remembered only after all of it was added. Where the feed does not
reach back so far, the days between are owed, and come from the daily indexes once these are published; so does every
day that ends, as a proof that nothing was overlooked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from section16 import limits
from section16.edgar.containers import OWNERSHIP_FORMS
from section16.edgar.dissemination_paths import newest_path
from section16.edgar.filing_index import IndexedFiling
from section16.edgar.newest_filings import NewestEntry, read_newest
from section16.errors import RemoteError, SourceError
from section16.sources.client import EdgarClient
from section16.sources.clock import EASTERN, edgar_day
from section16.sources.keeper import Keeper
from section16.sources.planning import Wish, plan
from section16.sources.syncing import Sync, Synced

_NOTE: Final = "edgar.watch"
_PAGE: Final = 100
_LAST_START: Final = 5_000
_OVERLAP: Final = timedelta(minutes=30)
"""How far before the last good round a round reads again: filings appear in the feed out of order and late."""


_SOON: Final = timedelta(days=1)
"""How long a filing that the feed names and EDGAR lacks is waited for; after that its day's index decides."""


class WatchNote(msgspec.Struct, frozen=True, kw_only=True):
    """Where watching stands: everything accepted up to `until` is there, but for the days from `owed_since` on.

    Days from `owed_since` are owed until their index proves them whole; every day is, until it has ended.
    """

    until: datetime
    owed_since: date


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One look at the feed. `new` are the accession numbers that came; `is_whole` says that the feed left no gap."""

    new: tuple[str, ...]
    is_whole: bool
    owed_since: date
    problems: tuple[str, ...] = ()


class Watch:
    """Watches for one archive."""

    def __init__(
        self,
        keeper: Keeper,
        client: EdgarClient,
        *,
        forms: frozenset[str] = OWNERSHIP_FORMS,
        since: date | None = None,
        workers: int = 4,
    ) -> None:
        """`since` is the first day owed when the archive was never watched before: today without it."""
        self._keeper, self._client, self._forms, self._workers = keeper, client, forms, workers
        self._since = since

    def rounds(
        self, every: float = 60.0, stopping: Callable[[], bool] | None = None, count: int | None = None
    ) -> Iterator[Round]:
        """Yield each round's result, one every so many seconds, until asked to stop or `count` rounds were done.

        A round in which EDGAR cannot be had is a round with a problem; watching goes on. Raises StorageError and
        ConflictError.
        """
        done = 0
        while not (stopping and stopping()) and (count is None or done < count):
            began = self._client.clock.monotonic()
            yield self.round()
            done += 1
            if count is None or done < count:
                self._pause(every - (self._client.clock.monotonic() - began), stopping)

    def round(self) -> Round:
        """Look once, fetch what is new, and pay what is owed of past days."""
        note = self._note()
        problems: list[str] = []
        new: list[str] = []
        is_whole = False
        try:
            entries, is_whole = self._entries(note.until - _OVERLAP)
            new += self._fetch(entries, problems)
            if not problems:
                note = self._moved_on(note, entries, is_whole=is_whole)
            note = self._pay(note, new, problems)
        except (RemoteError, SourceError) as error:
            problems.append(str(error))
        return Round(new=tuple(new), is_whole=is_whole, owed_since=note.owed_since, problems=tuple(problems))

    def _entries(self, back_to: datetime) -> tuple[dict[str, NewestEntry], bool]:
        """The filings in the feed accepted since a moment, one each, and whether the feed reached back to it."""
        found: dict[str, NewestEntry] = {}
        is_whole = True
        for form in sorted({form[0] for form in self._forms}):
            is_whole &= self._entries_of(form, back_to, found)
        return found, is_whole

    def _entries_of(self, form: str, back_to: datetime, found: dict[str, NewestEntry]) -> bool:
        for start in range(0, _LAST_START, _PAGE):
            page = self._page(form, start)
            for entry in page:
                if entry.form in self._forms and entry.accepted_at >= back_to:
                    found.setdefault(entry.accession, entry)
            if any(entry.accepted_at < back_to for entry in page):
                return True
            if len(page) < _PAGE // 2:  # pages may be a little short; one that is much shorter is the last
                return False
        return False

    def _page(self, form: str, start: int) -> list[NewestEntry]:
        """One page of the feed; empty past its end, which EDGAR may answer with an error."""
        path = newest_path(form, start, _PAGE)
        hosts = self._client.host.names
        try:
            return self._client.get(
                path, lambda data: read_newest(data, hosts), limit=limits.FEED_XML_BYTES, is_listed=start == 0
            )
        except RemoteError as error:
            if start and error.code in {"EDGAR_FAILED", "NOT_PUBLISHED"}:
                return []
            raise

    def _fetch(self, entries: dict[str, NewestEntry], problems: list[str]) -> list[str]:
        """Fetch the filings that the archive lacks, oldest first; return those that came."""
        known = self._keeper.has(entries)
        lacking = [
            IndexedFiling(accession=number, form=entry.form, filed_on=entry.filed_on, ciks=(entry.cik,))
            for number, entry in entries.items()
            if number not in known
        ]
        run = Sync(self._keeper, self._client, workers=self._workers)
        not_had = set(run.fetch(lacking))
        problems += run.done.problems
        recent = self._client.clock.now() - _SOON
        problems += [
            f"{number}: in the feed, but not there yet"
            for number in run.done.missing
            if entries[number].accepted_at > recent
        ]
        return [filing.accession for filing in lacking if filing.accession not in not_had]

    def _moved_on(self, note: WatchNote, entries: dict[str, NewestEntry], *, is_whole: bool) -> WatchNote:
        """Remember that everything up to the newest entry is there; if there was a gap, from which day on."""
        newest = max((entry.accepted_at for entry in entries.values()), default=note.until)
        gap = note.owed_since if is_whole else min(note.owed_since, note.until.astimezone(EASTERN).date())
        return self._remember(note, WatchNote(until=max(note.until, newest), owed_since=gap))

    def _pay(self, note: WatchNote, new: list[str], problems: list[str]) -> WatchNote:
        """Sync the days owed that have ended, as far as their indexes are published without a break."""
        today = edgar_day(self._client.clock)
        if note.owed_since >= today:
            return note
        wish = Wish(since=note.owed_since, until=today - timedelta(days=1), forms=self._forms, originals=True)
        planned = plan(self._keeper, self._client, wish)
        done: Synced = Sync(self._keeper, self._client, workers=self._workers).run(planned)
        wanted = [filing.accession for part in planned.days for filing in part.lacking]
        new += sorted(self._keeper.has(wanted))
        problems += [*done.problems, *(f"{number}: in the index, but not there" for number in done.missing)]
        paid = min(planned.unpublished, default=today)
        if done.problems:
            paid = note.owed_since
        return self._remember(note, WatchNote(until=note.until, owed_since=max(note.owed_since, paid)))

    def _note(self) -> WatchNote:
        text = self._keeper.noted(_NOTE)
        if text:
            try:
                return msgspec.json.decode(text, type=WatchNote)
            except msgspec.MsgspecError:
                pass
        day = self._since or edgar_day(self._client.clock)
        return WatchNote(until=datetime(day.year, day.month, day.day, tzinfo=EASTERN), owed_since=day)

    def _remember(self, before: WatchNote, after: WatchNote) -> WatchNote:
        if after != before or self._keeper.noted(_NOTE) is None:
            self._keeper.note(_NOTE, msgspec.json.encode(after).decode())
        return after

    def _pause(self, seconds: float, stopping: Callable[[], bool] | None) -> None:
        """Wait, a second at a time so that an end is not waited for."""
        until = self._client.clock.monotonic() + seconds
        while (left := until - self._client.clock.monotonic()) > 0 and not (stopping and stopping()):
            self._client.clock.sleep(min(left, 1.0))


def watch(
    keeper: Keeper,
    client: EdgarClient,
    *,
    forms: frozenset[str] = OWNERSHIP_FORMS,
    since: date | None = None,
    every: float = 60.0,
    stopping: Callable[[], bool] | None = None,
    count: int | None = None,
    workers: int = 4,
) -> Iterator[Round]:
    """Yield rounds of watching; see `Watch`."""
    watcher = Watch(keeper, client, forms=forms, since=since, workers=workers)
    return watcher.rounds(every, stopping, count)
