"""EDGAR's addresses, each answered from the catalogue. An address is taken apart into checked words and looked up.

Nothing of an address ever becomes part of a file's path: what the catalogue does not list does not exist.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from section16.edgar.dataset_page import write_dataset_page
from section16.edgar.dissemination_paths import DATASETS_PATH, TICKERS_PATH, quarter_of
from section16.standin import index_addresses as indexes
from section16.standin import listings
from section16.standin.answers import ATOM, HTML, JSON, ZIP, Answer
from section16.standin.data_sets import write_data_set
from section16.standin.filing_folder import filing_answer
from section16.standin.index_addresses import Here, Words, latest, number
from section16.standin.kept_files import KeptFiles
from section16.standin.pages import error_page, list_page
from section16.standin.publication import Publication

DATA_SETS: Final = "/files/structureddata/data/insider-transactions-data-sets/"
FEED_ENTRIES: Final = 2_000
"""How far the feed of newest filings goes back, in entries."""


class Edgar:
    """What every address holds at this moment."""

    def __init__(self, publication: Publication, kept: KeptFiles, feed_entries: int = FEED_ENTRIES) -> None:
        """Answer from a publication; large answers go through `kept`; the feed goes `feed_entries` entries back."""
        self.kept = kept
        self._publication = publication
        self._feed_entries = feed_entries

    def answer(self, path: str, parameters: Mapping[str, str], *, empty: bool = False) -> Answer:
        """Return what stands at a path; `empty` leaves nothing in lists. Unknown paths get EDGAR's 404."""
        here = Here(self._publication.view(empty=empty), self.kept, parameters, self._feed_entries)
        for pattern, handle in _ADDRESSES:
            found = pattern.fullmatch(path)
            if found is not None:
                return handle(here, found.groupdict()) or _NOTHING
        return _NOTHING


_NOTHING: Final = Answer(status=404, content=error_page(404, "There is nothing at this address."))


def _filing(here: Here, words: Words) -> Answer | None:
    name, cik = words["name"] or "", number(words["cik"])
    digits = words["folder"] or name.removesuffix(".txt").replace("-", "")
    filing = here.view.filing(f"{digits[:10]}-{digits[10:12]}-{digits[12:]}")
    if filing is None or cik not in {party.cik for party in filing.parties}:
        return None
    return filing_answer(filing, name, cik=cik)


def _newest(here: Here, _words: Words) -> Answer | None:
    if here.parameters.get("action") != "getcurrent" or here.parameters.get("output") != "atom":
        return None
    page = listings.newest(here.view, here.parameters, here.feed_entries)
    if page is None:
        return Answer(status=503, content=error_page(503, "The feed does not go back that far."))
    return Answer(content=page, media_type=ATOM)


def _submissions(here: Here, words: Words) -> Answer | None:
    pages = listings.submissions(here.view, number(words["cik"])) or {}
    content = pages.get(words["name"] or "")
    return Answer(content=content, media_type=JSON) if content else None


def _tickers(here: Here, _words: Words) -> Answer:
    return Answer(content=listings.tickers(here.view), media_type=JSON)


def _data_set_page(here: Here, _words: Words) -> Answer:
    quarters = set() if here.view.empty else here.view.whole_quarters()
    quarters |= {(int(name[:4]), int(name[5])) for name in here.view.catalogue.data_sets if not here.view.empty}
    paths = {(year, quarter): f"{DATA_SETS}{year}q{quarter}_form345.zip" for year, quarter in quarters}
    return Answer(content=write_dataset_page(paths), media_type=HTML)


def _data_set(here: Here, words: Words) -> Answer | None:
    """Answer a quarterly data set: one that lies in the folder, else one made of a quarter that is wholly public."""
    name, of = words["name"] or "", (number(words["year"]), number(words["quarter"]))
    lying = here.view.catalogue.data_sets.get(name)
    if lying is not None:
        return Answer(content=here.kept.get(("data set", name), partial(_copy, lying)), media_type=ZIP)
    filings = here.view.of_quarter(*of) if of in here.view.whole_quarters() else None
    if filings is None:
        return None
    file = here.kept.get(("data set", name, len(filings)), partial(write_data_set, filings))
    return Answer(content=file, media_type=ZIP, modified=latest(filings))


def _copy(path: Path, target: BinaryIO) -> None:
    with path.open("rb") as source:
        shutil.copyfileobj(source, target)


def _front(here: Here, _words: Words) -> Answer:
    days = here.view.days()
    paths = [TICKERS_PATH, DATASETS_PATH, "/cgi-bin/browse-edgar?action=getcurrent&output=atom"]
    if days:
        quarter = f"{days[-1].year}/QTR{quarter_of(days[-1])}"
        paths += [f"/Archives/edgar/{folder}/{quarter}/index.json" for folder in ("full-index", "daily-index", "Feed")]
    title = f"A stand-in for EDGAR. Filings: {here.view.public:,}, days: {len(days):,}"
    return Answer(content=list_page(title, paths))


_QUARTER: Final = r"(?P<year>\d{4})/QTR(?P<quarter>[1-4])/"
_FOLDER: Final = r"/Archives/edgar/(?P<folder>full-index|daily-index|Feed)/"
_KIND: Final = r"(?P<kind>form|company|master)\."
_FILE: Final = r"(?:(?P<folder>\d{18})/)?(?P<name>[A-Za-z0-9_./-]{0,200})"
_ZIP: Final = r"(?P<name>(?P<year>\d{4})q(?P<quarter>[1-4])_form345\.zip)"
_HANDLERS: Final[tuple[tuple[str, Callable[[Here, Words], Answer | None]], ...]] = (
    (rf"/Archives/edgar/data/(?P<cik>\d{{1,10}})/{_FILE}", _filing),
    (rf"/Archives/edgar/full-index/{_QUARTER}{_KIND}(?P<ending>idx|gz)", indexes.quarterly_index),
    (rf"/Archives/edgar/daily-index/{_QUARTER}{_KIND}(?P<day>\d{{8}})\.idx(?P<packed>\.gz)?", indexes.daily_index),
    (rf"/Archives/edgar/Feed/{_QUARTER}(?P<day>\d{{8}})\.nc\.tar\.gz", indexes.daily_feed),
    (rf"{_FOLDER}{_QUARTER}(?:index\.json)?", indexes.quarter_folder),
    (rf"{_FOLDER}(?P<year>\d{{4}})/(?:index\.json)?", indexes.year_folder),
    (rf"{_FOLDER}(?:index\.json)?", indexes.top_folder),
    (r"/cgi-bin/browse-edgar", _newest),
    (r"/submissions/(?P<name>CIK(?P<cik>\d{10})(?:-submissions-\d{3,6})?\.json)", _submissions),
    (re.escape(TICKERS_PATH), _tickers),
    (re.escape(DATASETS_PATH) + "/?", _data_set_page),
    (re.escape(DATA_SETS) + _ZIP, _data_set),
    (r"/", _front),
)
_ADDRESSES: Final = tuple((re.compile(pattern, re.ASCII), handler) for pattern, handler in _HANDLERS)
