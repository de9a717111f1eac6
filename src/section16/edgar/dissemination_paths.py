"""Where EDGAR publishes: the path of every index, feed, list and filing, built from checked parts only.

All paths begin with `/` and stand on the SEC's web host, those of `submissions` on its data host. A path is never taken
from an answer as it stands: `filing_named` takes it apart into a CIK and an accession number, and refuses all others.
Description: the SEC's pages "Accessing EDGAR Data" and "EDGAR Application Programming Interfaces".
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal
from urllib.parse import quote

from section16.errors import SourceError, excerpt
from section16.identifiers import accession, cik

IndexKind = Literal["form", "company", "master"]

TICKERS_PATH: Final = "/files/company_tickers.json"
DATASETS_PATH: Final = "/data-research/sec-markets-data/insider-transactions-data-sets"

_ARCHIVES: Final = "/Archives/"
_HOST_BEFORE: Final = r"(?:https?://www\.sec\.gov)?"
_NAME: Final = re.compile(
    rf"(?:{_HOST_BEFORE}/Archives/)?edgar/data/([0-9]{{1,10}})/(?:[0-9]{{18}}/)?([0-9]{{10}}-[0-9]{{2}}-[0-9]{{6}})"
    r"(?:\.txt|-index\.html?)",
    re.ASCII,
)
_OLDER_PAGE: Final = re.compile(r"CIK[0-9]{10}-submissions-[0-9]{3,6}\.json", re.ASCII)
_FORM: Final = re.compile(r"[0-9A-Z][0-9A-Z /-]{0,19}", re.ASCII)
_MONTHS: Final = 3


def quarter_of(day: date) -> int:
    """The calendar quarter of `day`, 1 to 4: EDGAR's folders go by it."""
    return (day.month - 1) // _MONTHS + 1


def quarterly_index_path(
    year: int, quarter: int, kind: IndexKind = "master", ending: Literal["idx", "gz"] = "gz"
) -> str:
    """The index of all filings of a quarter; `gz` is the same, compressed."""
    return f"{_quarter_folder('full-index', year, quarter)}{kind}.{ending}"


def daily_index_path(day: date, kind: IndexKind = "master") -> str:
    """The index of the filings that were disseminated on `day`."""
    return f"{_quarter_folder('daily-index', day.year, quarter_of(day))}{kind}.{day:%Y%m%d}.idx"


def daily_index_listing_path(year: int, quarter: int) -> str:
    """The list of the daily indexes of a quarter."""
    return f"{_quarter_folder('daily-index', year, quarter)}index.json"


def daily_feed_path(day: date) -> str:
    """The tar of everything disseminated on `day`, a `.nc` file each."""
    return f"{_quarter_folder('Feed', day.year, quarter_of(day))}{day:%Y%m%d}.nc.tar.gz"


def daily_feed_listing_path(year: int, quarter: int) -> str:
    """The list of the daily feeds of a quarter, with their sizes."""
    return f"{_quarter_folder('Feed', year, quarter)}index.json"


def submission_name(filer: str, number: str) -> str:
    """The name of a full submission text as indexes write it, below `/Archives/`. Raises IdentifierError."""
    return f"edgar/data/{cik.validate(filer)}/{accession.format(number)}.txt"


def submission_path(filer: str, number: str) -> str:
    """The path of a full submission text, under the CIK of any of its filers. Raises IdentifierError."""
    return _ARCHIVES + submission_name(filer, number)


def submission_folder_path(filer: str, number: str) -> str:
    """The path of the same full text inside the submission's own folder. Raises IdentifierError."""
    folder = f"{_ARCHIVES}edgar/data/{cik.validate(filer)}/{accession.validate(number)}/"
    return f"{folder}{accession.format(number)}.txt"


def filing_named(name: str) -> tuple[str, str]:
    """The CIK (no leading zeros) and accession number (with hyphens) that a name in an index or feed stands for.

    Takes `edgar/data/...txt` and the addresses of index pages on www.sec.gov. Raises SourceError INDEX_INVALID for
    anything else: another host, `..`, other separators, a folder too many.
    """
    found = _NAME.fullmatch(name)
    if found is None or not found[1].strip("0"):
        raise SourceError("INDEX_INVALID", f"'{excerpt(name)}' is not the place of a filing on EDGAR")
    return found[1].lstrip("0"), found[2]


def newest_path(form: str, start: int, count: int) -> str:
    """The feed of newest filings whose form begins with `form`, those of owners only. Raises SourceError."""
    if not _FORM.fullmatch(form) or start < 0 or count < 1:
        raise SourceError("INDEX_INVALID", f"no feed of newest filings for the form '{excerpt(form)}'")
    query = f"action=getcurrent&type={quote(form)}&company=&dateb=&owner=only&start={start}&count={count}&output=atom"
    return f"/cgi-bin/browse-edgar?{query}"


def submissions_json_path(filer: str) -> str:
    """The list of a filer's submissions, on the data host. Raises IdentifierError."""
    return f"/submissions/CIK{cik.format(filer)}.json"


def older_page_path(name: str) -> str:
    """An older page of such a list, by the name that the list gives. Raises SourceError INDEX_INVALID."""
    if not _OLDER_PAGE.fullmatch(name):
        raise SourceError("INDEX_INVALID", f"'{excerpt(name)}' is not the name of a page of submissions")
    return f"/submissions/{name}"


def _quarter_folder(folder: str, year: int, quarter: int) -> str:
    return f"/Archives/edgar/{folder}/{year:04}/QTR{quarter}/"
