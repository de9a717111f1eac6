"""One fictional report in every shape in which people meet it."""

from __future__ import annotations

from pathlib import Path

import pytest

from section16.reading import Filing, read, write
from section16.samples import Sample, generate, sample_bytes

SHELF = Path(__file__).resolve().parent.parent / "edgar" / "shelf"


@pytest.fixture(scope="session")
def samples() -> list[Sample]:
    """Generated filings of all forms, with exhibits."""
    return list(generate(250, 7))


@pytest.fixture(scope="session")
def amendment_xml() -> bytes:
    """A Form 4/A as it was submitted, as ownership XML."""
    return (SHELF / "form4a.xml").read_bytes()


@pytest.fixture(scope="session")
def full_text(samples: list[Sample]) -> bytes:
    """A full submission with an exhibit."""
    return next(sample_bytes(one, "submission") for one in samples if one.attachments)


@pytest.fixture(scope="session")
def shapes(full_text: bytes, repository: Path) -> dict[str, bytes]:
    """A source of each kind, by the name of the kind."""
    filing: Filing = read(full_text)
    nc = full_text[full_text.index(b"<DOCUMENT>") : full_text.rindex(b"</DOCUMENT>") + len(b"</DOCUMENT>")]
    return {
        "ownership xml": write(filing, "xml"),
        "full text": full_text,
        "nc": b"<SUBMISSION>\n<TYPE>" + str(filing.form_type).encode() + b"\n" + nc + b"\n</SUBMISSION>\n",
        "submission file": write(filing, "submission"),
        "json": write(filing, "json"),
        "markdown": (repository / "examples" / "qualys-form4.md").read_bytes(),
    }
