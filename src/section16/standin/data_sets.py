"""A quarterly data set made from the filings that the stand-in lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from section16.edgar.containers import OWNERSHIP_FORMS
from section16.edgar.data_set_writer import Report
from section16.edgar.data_set_writer import write_data_set as write
from section16.errors import Section16Error
from section16.reading import read
from section16.standin.catalogue import Listed
from section16.standin.full_text import content_at


def write_data_set(filings: Iterable[Listed], target: BinaryIO) -> None:
    """Write the zip of some filings. What is no ownership report, or cannot be read, is left out."""
    write(_reports(filings), target)


def _reports(filings: Iterable[Listed]) -> Iterator[Report]:
    for listed in filings:
        text = content_at(listed.place) if listed.form in OWNERSHIP_FORMS else None
        if text is None:
            continue
        try:
            filing = read(text)
        except Section16Error:
            continue
        yield Report(
            accession=filing.accession or "",
            filed_on=filing.filed_on,
            document=filing.document,
            file_numbers=[filer.file_number or "" for filer in filing.filers if filer.role == "reporting-owner"],
        )
