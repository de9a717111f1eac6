"""A run of generated filings, made once, and the same read back from their bytes."""

from __future__ import annotations

import pytest

from section16.edgar.ownership_xml import read_ownership_xml
from section16.edgar.submission_text import read_submission_text
from section16.form.document import OwnershipDocument
from section16.samples import Sample, generate, sample_bytes

SEED = 36
COUNT = 6_000


@pytest.fixture(scope="session")
def filings() -> list[Sample]:
    """Six thousand filings as generated."""
    return list(generate(COUNT, SEED))


@pytest.fixture(scope="session")
def published(filings: list[Sample]) -> list[tuple[Sample, OwnershipDocument]]:
    """Two thousand of them, each with the document read from its submission's bytes."""
    return [(sample, read_back(sample)) for sample in filings[:2_000]]


def read_back(sample: Sample) -> OwnershipDocument:
    """Write a filing as a submission and read its document again."""
    return read_ownership_xml(read_submission_text(sample_bytes(sample, "submission")).primary)
