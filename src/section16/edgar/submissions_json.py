"""The list of a filer's submissions, `CIK##########.json`, and its older pages.

The list of a company holds its insiders' reports, the list of a person those about all issuers; it does not say in
which role. Columns are arrays of equal length, newest first; of the many only those that say what to fetch are read.
Some keep the whole list under `data`, as one stored copy does; both are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from section16 import limits
from section16.edgar.dissemination_paths import older_page_path
from section16.edgar.json_tree import not_of_shape, read_object, text_of
from section16.errors import IdentifierError, SourceError
from section16.identifiers import accession, cik

_WHAT: Final = "a list of submissions"
_COLUMNS: Final = {
    "accession": "accessionNumber",
    "form": "form",
    "filed_on": "filingDate",
    "period": "reportDate",
    "accepted_at": "acceptanceDateTime",
    "primary_document": "primaryDocument",
    "file_number": "fileNumber",
    "film_number": "filmNumber",
    "size": "size",
}
_NEEDED: Final = ("accession", "form", "filed_on")


class SubmissionLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One submission. `accepted_at` is kept as written: whether its `Z` is true differs between reports."""

    accession: str
    form: str
    filed_on: date
    period: date | None = None
    accepted_at: str = ""
    primary_document: str = ""
    file_number: str = ""
    film_number: str = ""
    size: int = 0


class OlderPage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A further page of the list: its file's name, how many submissions it has, first and last filing date."""

    name: str
    count: int
    first: date
    last: date


class Submissions(msgspec.Struct, frozen=True, kw_only=True):
    """A filer and the newest of its submissions; older ones are on the pages named."""

    cik: str
    name: str
    tickers: tuple[str, ...] = ()
    lines: tuple[SubmissionLine, ...] = ()
    older: tuple[OlderPage, ...] = ()
    is_owner: bool = False
    is_issuer: bool = False


def read_submissions(data: bytes) -> Submissions:
    """Return a filer's list. Raises SourceError INDEX_INVALID (with the place), LIMIT_SIZE or LIMIT_COUNT."""
    tree = read_object(data, _WHAT)
    if isinstance(tree.get("data"), dict) and "filings" not in tree:
        tree = tree["data"]
    filings = tree.get("filings")
    if not isinstance(filings, dict) or not isinstance(filings.get("recent"), dict):
        raise not_of_shape(_WHAT, "filings.recent")
    pages = filings.get("files") or []
    if not isinstance(pages, list) or len(pages) > limits.LISTED_FILES:
        raise not_of_shape(_WHAT, "filings.files")
    tickers = tree.get("tickers") or []
    return Submissions(
        cik=_cik(tree.get("cik")),
        name=text_of(tree.get("name")),
        tickers=tuple(filter(None, map(text_of, tickers))) if isinstance(tickers, list) else (),
        lines=_lines(filings["recent"], "filings.recent"),
        older=tuple(map(_page, pages)),
        is_owner=bool(tree.get("insiderTransactionForOwnerExists")),
        is_issuer=bool(tree.get("insiderTransactionForIssuerExists")),
    )


def read_older_page(data: bytes) -> tuple[SubmissionLine, ...]:
    """Return the submissions of an older page. Raises SourceError as `read_submissions`."""
    return _lines(read_object(data, _WHAT), "")


def _lines(columns: Mapping[str, Any], place: str) -> tuple[SubmissionLine, ...]:
    arrays = {name: columns.get(column) for name, column in _COLUMNS.items()}
    size = len(arrays["accession"]) if isinstance(arrays["accession"], list) else -1
    for name, array in arrays.items():
        if array is None and name not in _NEEDED:
            continue
        if not isinstance(array, list) or len(array) != size:
            raise not_of_shape(_WHAT, f"{place}.{_COLUMNS[name]}".lstrip("."))
    rows: Sequence[tuple[Any, ...]] = list(zip(*(array or [None] * size for array in arrays.values()), strict=True))
    return tuple(_line(dict(zip(arrays, row, strict=True)), f"{place}[{at}]") for at, row in enumerate(rows))


def _line(cells: Mapping[str, Any], place: str) -> SubmissionLine:
    try:
        return SubmissionLine(
            accession=accession.format(text_of(cells["accession"])),
            form=text_of(cells["form"]),
            filed_on=date.fromisoformat(text_of(cells["filed_on"])),
            period=_day(text_of(cells["period"])),
            accepted_at=text_of(cells["accepted_at"]),
            primary_document=text_of(cells["primary_document"]),
            file_number=text_of(cells["file_number"]),
            film_number=text_of(cells["film_number"]),
            size=cells["size"] if isinstance(cells["size"], int) else 0,
        )
    except ValueError:
        raise not_of_shape(_WHAT, place) from None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _cik(value: object) -> str:
    try:
        return cik.validate(text_of(value))
    except IdentifierError:
        raise not_of_shape(_WHAT, "cik") from None


def _page(item: object) -> OlderPage:
    if not isinstance(item, dict):
        raise not_of_shape(_WHAT, "filings.files")
    name, count = text_of(item.get("name")), item.get("filingCount")
    first, last = _day(text_of(item.get("filingFrom"))), _day(text_of(item.get("filingTo")))
    try:
        older_page_path(name)
    except SourceError as error:
        raise SourceError(error.code, error.message, path="filings.files") from None
    if not isinstance(count, int) or first is None or last is None:
        raise not_of_shape(_WHAT, "filings.files")
    return OlderPage(name=name, count=count, first=first, last=last)
