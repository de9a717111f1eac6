from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from collections import defaultdict
from itertools import islice, pairwise
from pathlib import Path

import pytest

from section16.errors import UsageError
from section16.identifiers import accession, ticker
from section16.samples import Sample, generate, sample_bytes

FIRST_200 = "38ff7c3859c83afbde3d97e291686fb09e173a79f059d398e19c88144bf87e98"
"""Changes with the generator, its words, and the spelling of the writers: then the new one is put here."""
HASHED = """
import hashlib
from section16.samples import generate, sample_bytes
digest = hashlib.sha256()
for sample in generate(200, 36):
    digest.update(sample_bytes(sample, "submission"))
    digest.update(f"{sample.original} {sample.faults}".encode())
print(digest.hexdigest())
"""


def digest(samples: list[Sample]) -> str:
    whole = hashlib.sha256()
    for sample in samples:
        whole.update(sample_bytes(sample, "submission"))
        whole.update(f"{sample.original} {sample.faults}".encode())
    return whole.hexdigest()


def test_the_first_two_hundred_filings_of_a_seed_are_these_to_the_byte(filings: list[Sample]) -> None:
    assert digest(filings[:200]) == FIRST_200


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_neither_string_hashing_nor_time_zone_changes_a_byte(hash_seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    ran = subprocess.run([sys.executable, "-c", HASHED], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == FIRST_200


def test_fewer_filings_are_the_beginning_of_more(filings: list[Sample]) -> None:
    assert list(generate(10, 36)) == filings[:10]
    assert list(islice(generate(100_000_000, 36), 500)) == filings[:500]


def test_another_seed_makes_other_filings(filings: list[Sample]) -> None:
    others = list(generate(50, 17))
    assert digest(others) != digest(filings[:50])


def test_more_than_the_numbers_suffice_for_is_refused() -> None:
    with pytest.raises(UsageError):
        next(generate(100_000_001, 1))
    assert list(generate(0, 1)) == []


def test_memory_does_not_grow_with_the_number_of_filings() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in generate(count, 5):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(200)
    assert peak(2_400) < 3 * peak(600)


def test_accession_numbers_are_unique_and_plainly_not_edgars(filings: list[Sample]) -> None:
    assert len({sample.accession for sample in filings}) == len(filings)
    for sample in filings:
        assert accession.is_valid(sample.accession)
        assert sample.accession.startswith("9999")
        assert int(sample.accession[11:13]) == sample.filed_on.year % 100


def test_filings_of_one_agent_come_in_the_order_of_acceptance(filings: list[Sample]) -> None:
    by_agent = defaultdict(list)
    for sample in filings:
        by_agent[sample.accession[:10]].append(sample)
    assert len(by_agent) > 10
    for samples in by_agent.values():
        for before, after in pairwise(samples):
            assert before.accepted_at <= after.accepted_at
            if before.filed_on.year == after.filed_on.year:
                assert before.accession < after.accession


def test_filings_are_accepted_on_weekdays_from_six_to_ten_eastern(filings: list[Sample]) -> None:
    for sample in filings:
        assert str(sample.accepted_at.tzinfo) == "America/New_York"
        assert 6 <= sample.accepted_at.hour < 22
        assert sample.accepted_at.weekday() < 5
        assert sample.filed_on == sample.accepted_at.date()


def test_an_amendment_follows_the_report_it_amends_and_gives_its_filing_date(filings: list[Sample]) -> None:
    before: dict[str, Sample] = {}
    amendments = 0
    for sample in filings:
        dated = sample.document.date_of_original_submission
        assert bool(sample.original) == sample.form.endswith("/A") == bool(dated)
        if sample.original:
            original = before[sample.original]
            assert sample.form == f"{original.form}/A"
            assert dated is not None
            assert dated.value == original.filed_on <= sample.filed_on
            assert owners(sample) == owners(original)
            assert sample.document.table_one != original.document.table_one or sample.document != original.document
            amendments += 1
        before[sample.accession] = sample
    assert amendments > 50


def owners(sample: Sample) -> tuple[str | None, ...]:
    return tuple(owner.cik for owner in sample.document.reporting_owners)


def test_every_insider_begins_with_form_3(filings: list[Sample]) -> None:
    begun: set[tuple[object, ...]] = set()
    for sample in filings:
        issuer = sample.document.issuer
        assert issuer is not None
        who = (issuer.cik, *owners(sample))
        assert sample.form == "3" or who in begun
        begun.add(who)


def test_the_header_says_what_the_document_says(filings: list[Sample]) -> None:
    for sample in filings[:500]:
        issuer = sample.document.issuer
        assert issuer is not None
        assert [(filer.role, filer.cik, filer.name) for filer in sample.filers] == [
            *(("reporting-owner", owner.cik, owner.name) for owner in sample.document.reporting_owners),
            ("issuer", issuer.cik, issuer.name),
        ]


def test_identifiers_are_of_no_real_company_or_person(filings: list[Sample]) -> None:
    for sample in filings:
        issuer = sample.document.issuer
        assert issuer is not None
        assert 90_000_000 <= int(issuer.cik or 0) < 100_000_000
        assert all(int(cik or 0) >= 100_000_000 for cik in owners(sample))
        symbol = issuer.trading_symbol or ""
        assert symbol in {"N/A", "NONE", "-"} or (symbol.startswith("ZZ") and ticker.is_valid(symbol))
        assert not set("AEIOUY") & set(symbol) or symbol in {"N/A", "NONE"}


def test_names_are_not_among_those_of_real_filers(filings: list[Sample], corpus: Path) -> None:
    import gzip  # noqa: PLC0415 - for the one test that has a corpus

    with gzip.open(
        corpus / "indexes" / "master.2023QTR2.ownership-forms-only.idx.gz", "rt", encoding="latin-1"
    ) as index:
        real = {word for line in index if "|" in line for word in line.split("|")[1].upper().split()}
    assert len(real) > 10_000
    for sample in filings:
        issuer = sample.document.issuer
        assert issuer is not None
        assert (issuer.name or "").upper().split()[0] not in real
        for owner in sample.document.reporting_owners:
            assert (owner.name or "").upper().split()[0] not in real
