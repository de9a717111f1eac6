"""EDGAR's lists as the client fetches them: indexes of days and quarters, what is published, a filer's submissions."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, TypeVar

import msgspec

from section16 import limits
from section16.edgar.dataset_page import read_dataset_page
from section16.edgar.dissemination_paths import (
    DATASETS_PATH,
    TICKERS_PATH,
    IndexKind,
    daily_feed_listing_path,
    daily_feed_path,
    daily_index_listing_path,
    daily_index_path,
    older_page_path,
    quarterly_index_path,
    submissions_json_path,
)
from section16.edgar.filing_index import IndexedFiling, IndexLine, filings_of, read_index
from section16.edgar.folder_listing import ListedFile, read_listing
from section16.edgar.submissions_json import SubmissionLine, Submissions, read_older_page, read_submissions
from section16.edgar.tickers_json import read_tickers
from section16.errors import IdentifierError, RemoteError, SourceError, UsageError, excerpt
from section16.identifiers import cik, ticker
from section16.sources.client import EdgarClient

_DAILY: Final = re.compile(r"(form|company|master)\.([0-9]{8})\.idx", re.ASCII)
_FEED: Final = re.compile(r"([0-9]{8})\.nc\.tar\.gz", re.ASCII)
_PREFERRED: Final[tuple[IndexKind, ...]] = ("master", "form", "company")
_GZIP: Final = 31
Items = TypeVar("Items", bound=Collection[object])


class FeedFile(msgspec.Struct, frozen=True):
    """A daily feed that is published: its path, and its size in bytes as far as the listing tells."""

    path: str
    size: int


def quarterly_filings(
    client: EdgarClient, year: int, quarter: int, forms: Collection[str], *, is_expected: bool = True
) -> list[IndexedFiling]:
    """Return the filings of a quarter; of an index that is expected, an answer of "not there" is asked again.

    Raises as `EdgarClient.get`; INDEX_EMPTY, INDEX_INVALID if it stays so.
    """
    path = quarterly_index_path(year, quarter, "master", "gz")

    def read(data: bytes) -> list[IndexLine]:
        return read_index(unpacked(data), forms)

    return filings_of(client.get(path, read, limit=limits.INDEX_BYTES, is_kept=True, is_listed=is_expected))


def daily_filings(
    client: EdgarClient, day: date, forms: Collection[str], kind: IndexKind = "master"
) -> list[IndexedFiling]:
    """Return the filings of a day. Raises as `quarterly_filings`."""
    path = daily_index_path(day, kind)

    def read(data: bytes) -> list[IndexLine]:
        return read_index(data, forms)

    return filings_of(client.get(path, read, limit=limits.INDEX_BYTES, is_kept=True, is_listed=True))


def published_days(client: EdgarClient, year: int, quarter: int) -> dict[date, IndexKind]:
    """Return the days of a quarter that have a daily index, and which one to take; none before the quarter begins.

    Raises as `EdgarClient.get`.
    """
    found: dict[date, set[str]] = {}
    for file in _listing(client, daily_index_listing_path(year, quarter), is_certain=True):
        name = _DAILY.fullmatch(file.name)
        day = _day(name[2]) if name else None
        if name and day:
            found.setdefault(day, set()).add(name[1])
    return {day: next(kind for kind in _PREFERRED if kind in kinds) for day, kinds in sorted(found.items())}


def published_feeds(client: EdgarClient, year: int, quarter: int) -> dict[date, FeedFile]:
    """Return the daily feeds of a quarter whose size is listed. Raises as `EdgarClient.get`."""
    found: dict[date, FeedFile] = {}
    for file in _listing(client, daily_feed_listing_path(year, quarter), is_certain=False):
        name = _FEED.fullmatch(file.name)
        day = _day(name[1]) if name else None
        if day and file.size:
            found[day] = FeedFile(daily_feed_path(day), file.size)
    return found


def published_datasets(client: EdgarClient) -> dict[tuple[int, int], str]:
    """Return the path of each quarter's data set. Raises as `EdgarClient.get`."""
    try:
        return client.get(DATASETS_PATH, read_dataset_page, limit=limits.FEED_XML_BYTES, is_kept=True, is_listed=True)
    except RemoteError as error:
        if error.code == "NOT_PUBLISHED":
            return {}
        raise


def filer_submissions(client: EdgarClient, filer: str, since: date | None) -> tuple[Submissions, list[SubmissionLine]]:
    """Return a filer and its submissions filed since a day, older pages included as far as they reach.

    Raises as `EdgarClient.get`; INDEX_EMPTY for a list with nothing in it.
    """
    submissions = client.get(submissions_json_path(filer), _some_submissions, is_kept=True, is_listed=True)
    lines = list(submissions.lines)
    for page in submissions.older:
        if since is None or page.last >= since:
            lines += client.get(older_page_path(page.name), _some_lines, is_kept=True, is_listed=True)
    return submissions, [line for line in lines if since is None or line.filed_on >= since]


def filer_named(client: EdgarClient, words: str) -> str:
    """Return the CIK that a CIK or a trading symbol stands for. Raises UsageError, and as `EdgarClient.get`."""
    try:
        return cik.validate(words)
    except IdentifierError:
        pass
    try:
        symbol = ticker.validate(words)
    except IdentifierError:
        raise UsageError("USAGE", f"'{excerpt(words)}' is neither a CIK nor a trading symbol") from None
    known = client.get(TICKERS_PATH, _some_tickers, is_kept=True, is_listed=True)
    if symbol not in known:
        mend = "Give its CIK, a number of up to ten digits"
        raise UsageError("USAGE", f"the SEC's list has no company for the symbol '{excerpt(words)}'", mend=mend)
    return known[symbol]


def unpacked(data: bytes) -> bytes:
    """Return what a `.gz` file holds; bytes that are no gzip are returned as they are.

    Raises SourceError: INDEX_INVALID (cut or damaged), LIMIT_SIZE.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(_GZIP)
    try:
        whole = unpacker.decompress(data, limits.INDEX_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile):
        raise SourceError("INDEX_INVALID", "the packed index is damaged") from None
    if len(whole) > limits.INDEX_BYTES:
        raise SourceError("LIMIT_SIZE", f"the index unpacks to more than {limits.INDEX_BYTES:,} bytes")
    if not unpacker.eof:
        raise SourceError("INDEX_INVALID", "the packed index was cut")
    return whole


def _listing(client: EdgarClient, path: str, *, is_certain: bool) -> list[ListedFile]:
    """What a folder holds, nothing if there is no such folder; of a certain one that is asked again first."""
    try:
        return client.get(path, _some_files, is_kept=True, is_listed=is_certain)
    except RemoteError as error:
        if error.code == "NOT_PUBLISHED":
            return []
        raise


def _some_files(data: bytes) -> list[ListedFile]:
    return _not_empty(read_listing(data), "the folder listing")


def _some_submissions(data: bytes) -> Submissions:
    submissions = read_submissions(data)
    _not_empty(submissions.lines, "the list of submissions")
    return submissions


def _some_lines(data: bytes) -> tuple[SubmissionLine, ...]:
    lines = read_older_page(data)
    _not_empty(lines, "the page of submissions")
    return lines


def _some_tickers(data: bytes) -> Mapping[str, str]:
    """CIKs by symbol, in the one spelling."""
    known: dict[str, str] = {}
    for one in _not_empty(read_tickers(data), "the list of trading symbols"):
        for symbol in ticker.symbols(one.ticker):
            known.setdefault(symbol, one.cik)
    return known


def _not_empty(items: Items, what: str) -> Items:
    if not items:
        raise SourceError("INDEX_EMPTY", f"{what} is empty")
    return items


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
