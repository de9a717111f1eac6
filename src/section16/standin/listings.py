"""EDGAR's lists, made from what is public: indexes, newest filings, a party's submissions, trading symbols, folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Final

from section16.edgar.containers import OWNERSHIP_FORMS
from section16.edgar.dissemination_paths import IndexKind
from section16.edgar.filing_index import IndexLine
from section16.edgar.filing_index_writer import write_index
from section16.edgar.folder_listing import ListedFile, write_listing
from section16.edgar.newest_filings import NewestEntry
from section16.edgar.newest_filings_writer import write_newest
from section16.edgar.sgml_header import EASTERN
from section16.edgar.submissions_json import SubmissionLine, Submissions
from section16.edgar.submissions_json_writer import paged, write_older_page, write_submissions
from section16.edgar.tickers_json import Ticker, write_tickers
from section16.standin.catalogue import Listed, Party, View

_COUNTS: Final = (10, 20, 40, 80, 100)
_USUAL_COUNT: Final = 40
_ORDERS: Final = {
    "form": lambda line: (line.form, line.company, line.accession),
    "company": lambda line: (line.company, line.form, line.accession),
    "master": lambda line: (int(line.cik), line.form, line.filed_on, line.accession),
}
_ROLES: Final = {
    "issuer": "Issuer",
    "reporting-owner": "Reporting",
    "subject-company": "Subject",
    "filed-by": "Filed by",
}


def index_of(filings: Iterable[Listed], kind: IndexKind, day: date, *, daily: bool) -> bytes:
    """Return an index: a line for each party of each filing, in the order of its kind."""
    lines = [
        IndexLine(
            form=filing.form,
            company=party.name,
            cik=str(party.cik),
            filed_on=filing.filed_on,
            accession=filing.accession,
        )
        for filing in filings
        for party in _each_once(filing.parties)
    ]
    return write_index(sorted(lines, key=_ORDERS[kind]), kind, day, daily=daily)


def newest(view: View, parameters: Mapping[str, str], entries: int) -> bytes | None:
    """Return a page of the feed of newest filings; None beyond its end.

    `type` is what forms begin with, `owner` include, exclude or only; the feed goes back `entries` entries.
    """
    count = _number(parameters.get("count"), _USUAL_COUNT)
    count = count if count in _COUNTS else _USUAL_COUNT
    start = _number(parameters.get("start"), 0)
    wanted, owner = parameters.get("type", ""), parameters.get("owner", "include")
    found = (
        filing
        for filing in view.newest()
        if filing.form.startswith(wanted)
        and (owner not in {"only", "exclude"} or (owner == "only") == (filing.form in OWNERSHIP_FORMS))
    )
    page = list(islice(islice(_entries(found), entries), start, start + count))
    if start and not page:
        return None
    latest = page[0].accepted_at if page else datetime.now(EASTERN)
    return write_newest(page, latest.astimezone(EASTERN))


def submissions(view: View, cik: int) -> dict[str, bytes] | None:
    """Return the list of a party's submissions and its older pages by file name; None if EDGAR does not know it."""
    filings = view.of_party(cik)
    if filings is None:
        return None
    selves = [party for filing in filings for party in filing.parties if party.cik == cik]
    is_issuer = any(party.role == "issuer" for party in selves)
    symbols = [filing.ticker for filing in filings if filing.ticker] if is_issuer else []
    whole = Submissions(
        cik=str(cik),
        name=selves[0].name if selves else "",
        tickers=tuple(symbols[:1]),
        lines=tuple(map(_submission_line, filings)),
        is_owner=any(party.role == "reporting-owner" for party in selves),
        is_issuer=is_issuer,
    )
    recent, pages = paged(whole)
    written = {f"CIK{cik:010}.json": write_submissions(recent)}
    return written | {name: write_older_page(lines) for name, lines in pages.items()}


def tickers(view: View) -> bytes:
    """Return the list of trading symbols; the SEC writes `BRK-B`."""
    return write_tickers(
        Ticker(cik=str(party.cik), ticker=ticker.replace(".", "-"), title=party.name)
        for party, ticker in view.issuers()
    )


def folder(name: str, files: Iterable[tuple[str, int | None, bool]], modified: datetime | None = None) -> bytes:
    """Return the `index.json` of a folder; `files` are name, size, and whether it is a folder."""
    changed = modified.astimezone(EASTERN).replace(tzinfo=None) if modified else None
    return write_listing(
        name,
        [ListedFile(name=file, size=size, modified=changed, is_folder=is_folder) for file, size, is_folder in files],
    )


def _entries(filings: Iterable[Listed]) -> Iterator[NewestEntry]:
    for filing in filings:
        for party in _each_once(filing.parties):
            yield NewestEntry(
                accession=filing.accession,
                form=filing.form,
                cik=str(party.cik),
                name=party.name,
                role=_ROLES.get(party.role, "Filer"),
                filed_on=filing.filed_on,
                accepted_at=filing.accepted_at.astimezone(EASTERN),
                size=f"{max(1, round(filing.size / 1024))} KB",
            )


def _each_once(parties: Iterable[Party]) -> Iterable[Party]:
    """Return each CIK of a filing once: EDGAR lists a filing under a folder, not under a role."""
    return {party.cik: party for party in parties}.values()


def _submission_line(filing: Listed) -> SubmissionLine:
    return SubmissionLine(
        accession=filing.accession,
        form=filing.form,
        filed_on=filing.filed_on,
        period=filing.period,
        accepted_at=f"{filing.accepted_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        primary_document=f"{filing.viewer}/{filing.document}" if filing.viewer else filing.document,
        size=filing.size,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004
