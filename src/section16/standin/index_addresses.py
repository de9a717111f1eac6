"""Indexes and daily feeds by quarter and day, and the folders they lie in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import BinaryIO, cast

import msgspec

from section16.edgar.dissemination_paths import IndexKind, quarter_of
from section16.standin import listings
from section16.standin.answers import GZIP, JSON, TEXT, Answer
from section16.standin.catalogue import Listed, View
from section16.standin.daily_feeds import write_daily_feed
from section16.standin.kept_files import KeptFiles

_KINDS = ("company", "form", "master")
_FEED_SHARE = 5
"""A day's filings deflate to about a fifth; a listing's size need not be exact."""


class Here(msgspec.Struct, frozen=True):
    """What an address is answered from: what is public, where made files are kept, the query's parameters."""

    view: View
    kept: KeptFiles
    parameters: Mapping[str, str]
    feed_entries: int


Words = Mapping[str, str | None]
"""The parts of an address by name; None for a part that it may lack and does."""


def quarterly_index(here: Here, words: Words) -> Answer | None:
    """Answer `full-index/2023/QTR2/master.idx` and its kin."""
    year, quarter = number(words["year"]), number(words["quarter"])
    filings = here.view.of_quarter(year, quarter)
    if filings is None:
        return None
    last = latest(filings)
    day = last.date() if last else date(year, quarter * 3, 1)
    key = ("index", words["kind"], year, quarter, len(filings))
    return _index(here, filings, words, key, day=day, packed=words["ending"] == "gz")


def daily_index(here: Here, words: Words) -> Answer | None:
    """Answer `daily-index/2023/QTR3/form.20230703.idx` and its kin."""
    day = day_of(words)
    filings = here.view.of_day(day) if day else None
    if day is None or filings is None:
        return None
    key = ("index", words["kind"], day, len(filings))
    return _index(here, filings, words, key, day=day, packed=words["packed"] is not None, daily=True)


def daily_feed(here: Here, words: Words) -> Answer | None:
    """Answer `Feed/2023/QTR3/20230703.nc.tar.gz`."""
    day = day_of(words)
    filings = here.view.of_day(day) if day else None
    if filings is None:
        return None
    file = here.kept.get(("feed", day, len(filings)), partial(write_daily_feed, filings))
    return Answer(content=file, media_type=GZIP, modified=latest(filings))


def quarter_folder(here: Here, words: Words) -> Answer | None:
    """Answer the `index.json` of a quarter's folder."""
    year, quarter, folder = number(words["year"]), number(words["quarter"]), words["folder"]
    view = here.view
    days = [day for day in view.days() if day.year == year and quarter_of(day) == quarter]
    if not days:
        return None
    files: Iterable[tuple[str, int | None, bool]]
    if view.empty:
        files = ()
    elif folder == "full-index":
        files = [(f"{kind}.{ending}", None, False) for kind in _KINDS for ending in ("gz", "idx")]
    elif folder == "Feed":
        files = [(f"{day:%Y%m%d}.nc.tar.gz", _feed_size(view, day), False) for day in days]
    else:
        files = [(f"{kind}.{day:%Y%m%d}.idx", None, False) for kind in _KINDS for day in days]
    return Answer(content=listings.folder(f"{folder}/{year}/QTR{quarter}/", files), media_type=JSON)


def year_folder(here: Here, words: Words) -> Answer | None:
    """Answer the `index.json` of a year's folder."""
    year = number(words["year"])
    quarters = sorted({quarter_of(day) for day in here.view.days() if day.year == year})
    files = [] if here.view.empty else [(f"QTR{quarter}", None, True) for quarter in quarters]
    content = listings.folder(f"{words['folder']}/{year}/", files)
    return Answer(content=content, media_type=JSON) if quarters else None


def top_folder(here: Here, words: Words) -> Answer:
    """Answer the `index.json` above the years."""
    years = [] if here.view.empty else sorted({day.year for day in here.view.days()})
    content = listings.folder(f"{words['folder']}/", [(str(year), None, True) for year in years])
    return Answer(content=content, media_type=JSON)


def day_of(words: Words) -> date | None:
    """Return the day that an address names, if its folders agree with it."""
    try:
        day = date.fromisoformat(words["day"] or "")
    except ValueError:
        return None
    return day if day.year == number(words["year"]) and quarter_of(day) == number(words["quarter"]) else None


def latest(filings: Iterable[Listed]) -> datetime | None:
    """Return when the last of some filings was accepted; None of none."""
    return max((filing.accepted_at for filing in filings), default=None)


def number(word: str | None) -> int:
    """Return a part of an address that is known to be digits."""
    return int(word or 0)


def _index(
    here: Here,
    filings: list[Listed],
    words: Words,
    key: tuple[object, ...],
    *,
    day: date,
    packed: bool,
    daily: bool = False,
) -> Answer:
    kind = cast("IndexKind", words["kind"])

    def write(target: BinaryIO) -> None:
        target.write(listings.index_of(filings, kind, day, daily=daily))

    file = here.kept.get(key, write)
    if packed:
        return Answer(content=here.kept.gzipped(file), media_type=GZIP, modified=latest(filings))
    return Answer(content=file, media_type=TEXT, modified=latest(filings))


def _feed_size(view: View, day: date) -> int:
    return sum(filing.size for filing in view.of_day(day) or ()) // _FEED_SHARE
