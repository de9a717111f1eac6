"""Writes the list of a filer's submissions and its older pages as EDGAR's data host does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from section16.edgar.submissions_json import OlderPage, SubmissionLine, Submissions
from section16.identifiers import accession, cik

_Pages = dict[str, tuple[SubmissionLine, ...]]


def write_submissions(submissions: Submissions) -> bytes:
    """Return the list with the lines and older pages as given. Raises IdentifierError."""
    return msgspec.json.encode(
        {
            "cik": cik.format(submissions.cik),
            "entityType": "operating" if submissions.is_issuer else "other",
            "insiderTransactionForOwnerExists": int(submissions.is_owner),
            "insiderTransactionForIssuerExists": int(submissions.is_issuer),
            "name": submissions.name,
            "tickers": submissions.tickers,
            "exchanges": [None] * len(submissions.tickers),
            "filings": {
                "recent": _columns(submissions.lines),
                "files": [
                    {
                        "name": page.name,
                        "filingCount": page.count,
                        "filingFrom": page.first,
                        "filingTo": page.last,
                    }
                    for page in submissions.older
                ],
            },
        }
    )


def write_older_page(lines: Iterable[SubmissionLine]) -> bytes:
    """Return an older page. Raises IdentifierError."""
    return msgspec.json.encode(_columns(tuple(lines)))


def paged(submissions: Submissions, recent: int = 1000, page: int = 2000) -> tuple[Submissions, _Pages]:
    """Return the list with its newest `recent` lines, and the rest as pages of `page` lines by file name.

    Lines are put newest first: by filing date, acceptance time and accession number.
    """
    newest_first = sorted(
        submissions.lines, key=lambda line: (line.filed_on, line.accepted_at, line.accession), reverse=True
    )
    rest = newest_first[recent:]
    pages = {
        f"CIK{cik.format(submissions.cik)}-submissions-{start // page + 1:03}.json": tuple(rest[start : start + page])
        for start in range(0, len(rest), page)
    }
    older = tuple(
        OlderPage(name=name, count=len(lines), first=lines[-1].filed_on, last=lines[0].filed_on)
        for name, lines in pages.items()
    )
    return msgspec.structs.replace(submissions, lines=tuple(newest_first[:recent]), older=older), pages


def _columns(lines: Sequence[SubmissionLine]) -> dict[str, list[Any]]:
    return {
        "accessionNumber": [accession.format(line.accession) for line in lines],
        "filingDate": [line.filed_on for line in lines],
        "reportDate": [line.period or "" for line in lines],
        "acceptanceDateTime": [line.accepted_at for line in lines],
        "act": ["34"] * len(lines),
        "form": [line.form for line in lines],
        "fileNumber": [line.file_number for line in lines],
        "filmNumber": [line.film_number for line in lines],
        "items": [""] * len(lines),
        "size": [line.size for line in lines],
        "isXBRL": [0] * len(lines),
        "isInlineXBRL": [0] * len(lines),
        "primaryDocument": [line.primary_document for line in lines],
        "primaryDocDescription": [""] * len(lines),
    }
