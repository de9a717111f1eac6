"""What the index keeps beside the tables: the amendments' originals, sums by quarter. And rows as lines of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from section16.archive import Archive, Incoming
from section16.archive.row_lines import lines_of
from section16.archive.shards import database
from section16.archive.tables import tables
from section16.samples import generate, sample_bytes

Named = Callable[[list[bytes]], list[Incoming]]


@pytest.fixture(scope="module")
def amended() -> tuple[list[bytes], dict[str, str]]:
    """Generated filings with at least two amendments whose original is among them; original by amendment."""
    samples = list(generate(400, seed=3))
    numbers = {sample.accession for sample in samples}
    links = {sample.accession: sample.original for sample in samples if sample.original in numbers}
    chosen = set(links) | set(links.values())
    kept = [sample for number, sample in enumerate(samples) if sample.accession in chosen or number % 8 == 0]
    return [sample_bytes(sample, "submission") for sample in kept], {
        key: value for key, value in links.items() if value
    }


def links_of(archive: Archive) -> dict[str, str]:
    found = archive.sql("select accession, original_accession from amendments where status = 'matched'").fetchall()
    return dict(found)


@pytest.mark.parametrize("indexed", [0, 30])
def test_amendments_know_their_originals_wherever_either_stands(
    archive: Archive,
    amended: tuple[list[bytes], dict[str, str]],
    named: Named,
    monkeypatch: pytest.MonkeyPatch,
    indexed: int,
) -> None:
    files, links = amended
    assert len(links) >= 2
    monkeypatch.setattr("section16.archive.adding.TAIL_BATCH", 24)
    monkeypatch.setattr("section16.archive.archive.UNINDEXED", 29)
    archive.add(named(files[:indexed]), jobs=1)
    for at in range(indexed, len(files), 25):
        archive.add(named(files[at : at + 25]), jobs=1)
    assert links_of(archive).items() >= links.items()
    told = archive.sql("select count(*), count(distinct accession) from amendments").fetchall()
    count = archive.sql("select count(*) from filings where document_type like '%/A'").fetchone()
    assert told == [(count[0], count[0])] if count else False


def test_two_originals_that_fit_are_none(archive: Archive, amended: tuple[list[bytes], dict[str, str]]) -> None:
    files, links = amended
    amendment, original = next(iter(links.items()))
    twin = original[:11] + "99-" + original[14:]
    chosen = [data for data in files if amendment.encode() in data or original.encode() in data]
    archive.add([Incoming(name=str(at), data=data) for at, data in enumerate(chosen)], jobs=1)
    assert links_of(archive)[amendment] == original
    (first,) = [data for data in chosen if f"ACCESSION NUMBER:\t\t{original}".encode() in data]
    archive.add([Incoming(name="twin", data=first.replace(original.encode(), twin.encode()))], jobs=1)
    found = archive.sql(f"select original_accession, status from amendments where accession = '{amendment}'")
    assert found.fetchall() == [(None, "several")]


def sums(archive: Archive) -> dict[tuple[date, int, int], tuple[int, int, Decimal, Decimal]]:
    """The summary, added up here, line by line."""
    made: dict[tuple[date, int, int], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
    rows = archive.sql(
        "select filed_on, issuer_cik, rpt_owner_cik, transaction_code, value from transactions "
        "where form_table = 'I' and transaction_code in ('P', 'S') and document_type not like '%/A'"
    ).fetchall()
    for filed_on, issuer, owner, code, value in rows:
        at = 0 if code == "P" else 1
        held = made[date(filed_on.year, (filed_on.month - 1) // 3 * 3 + 1, 1), issuer, owner]
        held[at] += 1
        held[2 + at] += value or 0
    return {key: (int(one), int(two), three, four) for key, (one, two, three, four) in made.items()}


def test_sums_by_quarter_are_those_of_the_lines_also_of_what_came_since(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("section16.archive.adding.TAIL_BATCH", 12)
    monkeypatch.setattr("section16.archive.archive.UNINDEXED", 19)
    for low, high in ((0, 20), (20, 34), (34, 45)):
        archive.add(named(texts[low:high]), jobs=1)
        found = archive.sql("select * from insider_quarters").fetchall()
        kept = {row[:3]: row[3:] for row in found}
        assert len(kept) == len(found)
        assert kept == sums(archive)
        total = archive.sql("select sum(purchases), sum(sales), sum(bought), sum(sold) from issuer_quarters").fetchall()
        assert total == [tuple(map(sum, zip(*kept.values(), strict=True)))]
    last = archive.sql("select max(public_at) from filings").fetchone()
    assert last is not None
    before = last[0].astimezone() if last[0].tzinfo else last[0]
    assert archive.sql("select * from insider_quarters", before.astimezone() - timedelta(days=20_000)).fetchall() == []


AWKWARD = [
    [0, 1, "F1", "plain"],
    [0, 2, "", "a\nb\r\nc\rd"],
    [1, None, None, None],
    [1, 7, "None", "None of them"],
    [2, 3, "\x1e", "\x1f\x02\x02\x1e"],
    [3, 1, "F1", '  blanks "quotes" \' \\ \t'],
    [4, 1, "é😀\x00z", "\x02"],
    [5, 1, "\\N", "y" * 3_000_000],
]


@pytest.mark.parametrize("rows", [AWKWARD, AWKWARD[:1], AWKWARD[2:3], AWKWARD[3:4], AWKWARD[5:6], AWKWARD[6:], []])
def test_rows_come_back_from_lines_as_they_were(rows: list[list[object]], tmp_path: Path) -> None:
    with database() as connection, lines_of(tables()["footnotes"], rows, tmp_path / "rows") as source:
        found = connection.execute(f"select * from {source}").fetchall()
    assert [list(row) for row in found] == rows
    assert not (tmp_path / "rows").exists()
