"""The calendar and lateness against real filings; skipped where there are none."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from section16 import law

STAMP = re.compile(rb"<ACCEPTANCE-DATETIME>\s*(\d{14})")
FILED = re.compile(rb"(?:FILED AS OF DATE:\s*|<FILING-DATE>)(\d{8})")
HEAD = 4000


def heads(corpus: Path) -> Iterator[bytes]:
    """The beginnings of all submissions of the corpus."""
    for path in sorted((corpus / "submissions").rglob("*")):
        if path.is_file():
            yield path.read_bytes()[:HEAD]
    for archive in sorted((corpus / "bulk").glob("*.tar.xz")):
        with tarfile.open(archive) as members:
            for member in members:
                file = members.extractfile(member)
                if file is not None:
                    yield file.read(HEAD)


@pytest.fixture(scope="module")
def accepted(corpus: Path) -> list[tuple[datetime, date]]:
    """Time of acceptance and filing date of each submission that gives both."""
    found = []
    for head in heads(corpus):
        stamp, filed = STAMP.search(head), FILED.search(head)
        if stamp and filed:
            at = datetime.strptime(stamp[1].decode(), "%Y%m%d%H%M%S")  # noqa: DTZ007 - Eastern time as given
            found.append((at, datetime.strptime(filed[1].decode(), "%Y%m%d").date()))  # noqa: DTZ007 - a day
    if not found:
        pytest.skip("the corpus has no submissions with a time of acceptance")
    return found


def test_nothing_was_accepted_on_a_day_that_we_call_closed(accepted: list[tuple[datetime, date]]) -> None:
    closed = Counter(at.date() for at, _ in accepted if not law.business_day(at.date()))
    assert not closed
    assert all(law.business_day(filed) for _, filed in accepted)


def test_the_filing_day_is_the_one_in_the_header(accepted: list[tuple[datetime, date]]) -> None:
    assert [at for at, filed in accepted if law.filing_day(at) != filed] == []


def test_indexes_have_no_filing_of_a_closed_day(corpus: Path) -> None:
    days = set()
    for path in sorted((corpus / "indexes").iterdir()):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        days |= set(re.findall(rb"(?<![\d-])(20\d\d-\d\d-\d\d)(?![\d-])", data))
    if not days:
        pytest.skip("the corpus has no indexes")
    assert sorted(day.decode() for day in days if not law.business_day(date.fromisoformat(day.decode()))) == []


def test_lists_of_filings_have_none_of_a_closed_day(corpus: Path) -> None:
    days = set()
    for path in sorted((corpus / "feeds").glob("*.json")):
        data = json.loads(path.read_bytes())
        recent = data.get("filings", {}).get("recent", data)
        named = zip(recent.get("form", ()), recent.get("filingDate", ()), strict=False)
        days |= {day for form, day in named if form.removesuffix("/A") in {"3", "4", "5"}}
    if not days:
        pytest.skip("the corpus has no lists of filings")
    assert sorted(day for day in days if not law.business_day(date.fromisoformat(day))) == []
