"""A plan of what to fetch and by which road, with what it will take, said before anything is fetched.

Three roads lead to a filing: one by one (a request each, the full text with its time of acceptance), the feed of its
day (one large file, without that time), the data set of its quarter (small and quick, but figures rounded to cents and
no original). What a road costs is seconds at the pace of requests and at the line's speed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from section16.edgar.filing_index import IndexedFiling
from section16.law import next_business_day
from section16.sources.indexes import FeedFile
from section16.sources.pace import USUAL_PER_SECOND

_FILING_BYTES: Final = 9_000
_DATASET_BYTES: Final = 11_000_000
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """What the roads cost, and from when a quicker one is worth its drawback.

    `feed_worth` and `dataset_worth` are seconds: a day or a quarter that takes longer one by one goes by its feed if
    that is quicker, or by its data set. Both drawbacks are said in `section16.sources.roads`.
    """

    per_second: float = USUAL_PER_SECOND
    bytes_per_second: float = 4_000_000.0
    feed_worth: float = 60.0
    dataset_worth: float = 600.0

    def one_by_one(self, filings: int) -> float:
        """Seconds for so many filings, a request each."""
        return max(filings / self.per_second, filings * _FILING_BYTES / self.bytes_per_second)

    def file(self, size: int) -> float:
        """Seconds for one large file of so many bytes."""
        return 1 / self.per_second + size / self.bytes_per_second


class DayPart(msgspec.Struct, frozen=True, kw_only=True):
    """A day: all its filings of the forms wanted, those that the archive lacks, and the feed if that is the road."""

    day: date
    listed: tuple[IndexedFiling, ...]
    lacking: tuple[IndexedFiling, ...]
    feed: FeedFile | None = None

    def seconds(self, costs: Costs) -> float:
        """What it takes."""
        return costs.file(self.feed.size) if self.feed else costs.one_by_one(len(self.lacking))


class DatasetPart(msgspec.Struct, frozen=True, kw_only=True):
    """A quarter's data set: its path and how many filings of the quarter the archive lacks."""

    year: int
    quarter: int
    path: str
    filings: int

    def seconds(self, costs: Costs) -> float:
        """What it takes."""
        return costs.file(_DATASET_BYTES)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync will do. `singles` are filings of an issuer or owner, which belong to no day's mark.

    `problems` say which lists could not be had: their days are not in the plan and stay unmarked. `unpublished` are
    business days whose index is not there yet.
    """

    forms: tuple[str, ...]
    days: tuple[DayPart, ...] = ()
    datasets: tuple[DatasetPart, ...] = ()
    singles: tuple[IndexedFiling, ...] = ()
    unpublished: tuple[date, ...] = ()
    problems: tuple[str, ...] = ()
    costs: Costs = Costs()

    @property
    def filings(self) -> int:
        """How many filings will come."""
        by_day = sum(len(part.lacking) for part in self.days)
        return by_day + sum(part.filings for part in self.datasets) + len(self.singles)

    @property
    def seconds(self) -> float:
        """What it takes, in all."""
        parts: Iterable[DayPart | DatasetPart] = (*self.days, *self.datasets)
        return sum(part.seconds(self.costs) for part in parts) + self.costs.one_by_one(len(self.singles))

    def words(self) -> list[str]:
        """The plan for people: how much and how long, then a line for each road."""
        if not self.filings:
            return ["nothing to fetch"]
        feeds = [part for part in self.days if part.feed]
        from_feeds = sum(len(part.lacking) for part in feeds)
        from_sets = sum(part.filings for part in self.datasets)
        single = self.filings - from_feeds - from_sets
        lines = [f"{_counted(self.filings, 'filing')}, about {duration(self.seconds)}"]
        if self.datasets:
            lines.append(
                f"  {from_sets:,} from {_counted(len(self.datasets), 'quarterly data set')}: figures rounded to cents, "
                "replaced when the originals come (--originals fetches them at once)"
            )
        if feeds:
            lines.append(f"  {from_feeds:,} from {_counted(len(feeds), 'daily feed')}, without the time of acceptance")
        if single and len(lines) > 1:
            lines.append(f"  {single:,} one by one")
        return lines

    def as_json(self) -> dict[str, object]:
        """The plan for programs."""
        feeds = [part for part in self.days if part.feed]
        return {
            "filings": self.filings,
            "seconds": round(self.seconds),
            "forms": self.forms,
            "one_by_one": sum(len(part.lacking) for part in self.days if not part.feed) + len(self.singles),
            "feeds": [{"day": part.day, "filings": len(part.lacking)} for part in feeds],
            "datasets": [{"quarter": f"{part.year}q{part.quarter}", "filings": part.filings} for part in self.datasets],
            "unpublished": [{"first": first, "last": last} for first, last in spans(self.unpublished)],
            "problems": self.problems,
        }


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """First and last of each run of days between which no business day is missing."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and next_business_day(found[-1][1]) == day:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def duration(seconds: float) -> str:
    """Seconds in words: `40 seconds`, `9 minutes`, `3 hours`, `6 days`."""
    if seconds < _MINUTE:
        return _counted(max(1, round(seconds)), "second")
    if seconds < 2 * _HOUR:
        return _counted(round(seconds / _MINUTE), "minute")
    if seconds < 2 * _DAY:
        return _counted(round(seconds / _HOUR), "hour")
    return _counted(round(seconds / _DAY), "day")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
