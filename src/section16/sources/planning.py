"""Plans what to fetch: reads EDGAR's lists, takes off what the archive has, and chooses the cheapest road for the rest.

Quarters that are over are read from their one index where more than a few days are wanted; the running quarter from
the index of each day that is published. Filings that stand in an index several times, once a filer, are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from section16.edgar.containers import OWNERSHIP_FORMS
from section16.edgar.dissemination_paths import quarter_of
from section16.edgar.filing_index import IndexedFiling
from section16.errors import RemoteError, SourceError, UsageError, excerpt
from section16.law.business_days import business_day
from section16.sources.client import EdgarClient
from section16.sources.clock import edgar_day
from section16.sources.day_notes import dataset_is_loaded, is_fetched
from section16.sources.indexes import (
    FeedFile,
    daily_filings,
    filer_named,
    filer_submissions,
    published_datasets,
    published_days,
    published_feeds,
    quarterly_filings,
)
from section16.sources.keeper import Keeper
from section16.sources.roads import Costs, DatasetPart, DayPart, Plan

FIRST_DAY: Final = date(2003, 5, 5)
"""From here on ownership reports are XML; what is older has no ownership document."""

_DAYS_WORTH_A_QUARTER: Final = 10
_STILL_EXPECTED: Final = timedelta(days=5)
"""A day without an index is no longer waited for when there is one of a day so much later."""

_MONTHS: Final = 3


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted: filings of these forms, of these days, and if set of one issuer or owner (CIK or symbol).

    `originals` leaves data sets out. The range of an issuer or owner may begin at any time.
    """

    since: date | None = None
    until: date | None = None
    forms: frozenset[str] = OWNERSHIP_FORMS
    issuer: str | None = None
    owner: str | None = None
    originals: bool = False


def forms_named(words: str) -> frozenset[str]:
    """The forms in a list such as `3,4,5`; a form brings its amendments, `4/A` is those alone. Raises UsageError."""
    named = [word.strip().upper() for word in words.split(",") if word.strip()]
    unknown = [word for word in named if word not in OWNERSHIP_FORMS]
    if unknown or not named:
        shown = excerpt(unknown[0]) if unknown else ""
        raise UsageError("USAGE", f"'{shown}' is no form of Section 16", mend="Give some of 3,4,5,3/A,4/A,5/A")
    return frozenset(form for word in named for form in (word, word if "/" in word else f"{word}/A"))


def plan(keeper: Keeper, client: EdgarClient, wish: Wish, costs: Costs | None = None) -> Plan:
    """Return the plan for a wish. Nothing is fetched but lists.

    `wish.since` is needed unless an issuer or owner is given. Raises UsageError, and as `EdgarClient.get`; a list that
    stays unusable is among the plan's problems instead.
    """
    costs = costs or Costs()
    if wish.issuer or wish.owner:
        return _of_filers(keeper, client, wish, costs)
    today = edgar_day(client.clock)
    since, until = wish.since, min(wish.until or today, today)
    if since is None:
        raise UsageError("USAGE", "a sync needs the day to begin with", mend="Give --since YYYY-MM-DD")
    found = Plan(forms=tuple(sorted(wish.forms)), costs=costs)
    absent: list[str] = []
    is_any = False
    for year, quarter in _quarters(max(since, FIRST_DAY), until):
        one = _Quarter(keeper, client, wish, costs, year, quarter, today, is_expected=not absent)
        found = _with_quarter(found, one, _days(year, quarter, max(since, FIRST_DAY), until))
        if one.absence:
            absent.append(one.absence)
            continue
        is_any = True
        found, absent = _with_problems(found, absent), []
    return found if is_any else _with_problems(found, absent)


def _with_problems(found: Plan, more: Sequence[str]) -> Plan:
    return msgspec.structs.replace(found, problems=(*found.problems, *more))


class _Quarter:
    """One quarter while it is planned.

    `absence` says that EDGAR shows no index of it. That is a fault where a later quarter has one, or none at all has;
    else EDGAR, or a stand-in for it, goes no further.
    """

    def __init__(
        self,
        keeper: Keeper,
        client: EdgarClient,
        wish: Wish,
        costs: Costs,
        year: int,
        quarter: int,
        today: date,
        *,
        is_expected: bool,
    ) -> None:
        self.keeper, self.client, self.wish, self.costs = keeper, client, wish, costs
        self.year, self.quarter, self.today = year, quarter, today
        self.first, self.last = quarter_days(year, quarter)
        self.newest = date.min
        self.is_expected, self.absence = is_expected, ""

    @property
    def is_over(self) -> bool:
        return self.last < self.today

    def listed(self, days: Sequence[date]) -> tuple[dict[date, list[IndexedFiling]], list[str]]:
        """The filings of each day that has an index, and what went wrong."""
        if self.is_over and len(days) > _DAYS_WORTH_A_QUARTER:
            return self._whole(days), []
        found: dict[date, list[IndexedFiling]] = {}
        problems: list[str] = []
        published = published_days(self.client, self.year, self.quarter)
        self.newest = max(published, default=date.min)
        if not published and min(days) < self.today - _STILL_EXPECTED:
            self.absence = f"index of {self.year} quarter {self.quarter}: EDGAR shows none for any of its days"
        for day, kind in published.items():
            if day not in days:
                continue
            try:
                found[day] = daily_filings(self.client, day, self.wish.forms, kind)
            except SourceError as error:
                problems.append(f"index of {day}: {error}")
            except RemoteError as error:
                if error.code != "NOT_PUBLISHED":
                    raise
                problems.append(f"index of {day}: {error}")
        return found, problems

    def _whole(self, days: Sequence[date]) -> dict[date, list[IndexedFiling]]:
        """The filings of each day by the quarter's one index; none if EDGAR shows none."""
        try:
            filings = quarterly_filings(
                self.client, self.year, self.quarter, self.wish.forms, is_expected=self.is_expected
            )
        except RemoteError as error:
            if error.code != "NOT_PUBLISHED":
                raise
            self.absence = f"index of {self.year} quarter {self.quarter}: {error}"
            return {}
        found: dict[date, list[IndexedFiling]] = {day: [] for day in days}
        for filing in filings:
            day = min(max(filing.filed_on, self.first), self.last)
            if day in found:
                found[day].append(filing)
        return found

    def dataset(self, lacking: int, days: Sequence[date]) -> DatasetPart | None:
        """The quarter's data set, if it is the road."""
        whole = self.is_over and days[0] == self.first and days[-1] == self.last
        if self.wish.originals or not whole or self.costs.one_by_one(lacking) <= self.costs.dataset_worth:
            return None
        path = published_datasets(self.client).get((self.year, self.quarter))
        return DatasetPart(year=self.year, quarter=self.quarter, path=path, filings=lacking) if path else None

    def feeds(self, parts: Sequence[DayPart]) -> dict[date, FeedFile]:
        """The feeds of the days for which they are the road."""
        long = [part for part in parts if self.costs.one_by_one(len(part.lacking)) > self.costs.feed_worth]
        if not long:
            return {}
        feeds = published_feeds(self.client, self.year, self.quarter)
        return {
            part.day: feeds[part.day]
            for part in long
            if part.day in feeds and self.costs.file(feeds[part.day].size) < self.costs.one_by_one(len(part.lacking))
        }


def _with_quarter(found: Plan, quarter: _Quarter, days: list[date]) -> Plan:
    keeper, wish = quarter.keeper, quarter.wish
    open_days = [day for day in days if not is_fetched(keeper, day, wish.forms)]
    if not open_days or (not wish.originals and dataset_is_loaded(keeper, quarter.year, quarter.quarter)):
        return found
    try:
        listed, problems = quarter.listed(open_days)
    except SourceError as error:
        words = f"index of {quarter.year} quarter {quarter.quarter}: {error}"
        return msgspec.structs.replace(found, problems=(*found.problems, words))
    known = keeper.has(filing.accession for filings in listed.values() for filing in filings)
    parts = [
        DayPart(
            day=day,
            listed=tuple(filings),
            lacking=tuple(filing for filing in filings if filing.accession not in known),
        )
        for day, filings in sorted(listed.items())
    ]
    dataset = quarter.dataset(sum(len(part.lacking) for part in parts), days)
    if dataset is not None:
        return msgspec.structs.replace(found, datasets=(*found.datasets, dataset))
    feeds = quarter.feeds(parts)
    parts = [msgspec.structs.replace(part, feed=feeds.get(part.day)) for part in parts]
    given_up = quarter.newest - _STILL_EXPECTED if quarter.newest > date.min else date.min
    waited = [day for day in open_days if day not in listed and day > given_up and business_day(day)]
    return msgspec.structs.replace(
        found,
        days=(*found.days, *parts),
        unpublished=(*found.unpublished, *waited),
        problems=(*found.problems, *problems),
    )


def _of_filers(keeper: Keeper, client: EdgarClient, wish: Wish, costs: Costs) -> Plan:
    """The filings of an issuer, of an owner, or of both together: those that stand in both lists."""
    lists: list[dict[str, IndexedFiling]] = []
    for words in filter(None, (wish.issuer, wish.owner)):
        filer = filer_named(client, words)
        _, lines = filer_submissions(client, filer, wish.since)
        lists.append(
            {
                line.accession: IndexedFiling(
                    accession=line.accession, form=line.form, filed_on=line.filed_on, ciks=(filer,)
                )
                for line in lines
                if line.form in wish.forms and (wish.until is None or line.filed_on <= wish.until)
            }
        )
    common = [filing for number, filing in lists[0].items() if all(number in other for other in lists[1:])]
    common = [filing for filing in common if filing.filed_on >= FIRST_DAY]
    known = keeper.has(filing.accession for filing in common)
    lacking = tuple(filing for filing in reversed(common) if filing.accession not in known)
    return Plan(forms=tuple(sorted(wish.forms)), singles=lacking, costs=costs)


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(year, _MONTHS * (quarter - 1) + 1, 1)
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, _MONTHS * quarter + 1, 1)  # noqa: PLR2004 - the last
    return first, after - timedelta(days=1)


def _quarters(since: date, until: date) -> Iterator[tuple[int, int]]:
    day = since
    while day <= until:
        year, quarter = day.year, quarter_of(day)
        yield year, quarter
        day = quarter_days(year, quarter)[1] + timedelta(days=1)


def _days(year: int, quarter: int, since: date, until: date) -> list[date]:
    first, last = quarter_days(year, quarter)
    first, last = max(first, since), min(last, until)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
