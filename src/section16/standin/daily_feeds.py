"""A day's feed: a gzipped tar with a `.nc` file for each filing, written straight to a file, filing by filing."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from section16.errors import SourceError
from section16.standin.catalogue import Listed
from section16.standin.full_text import content_at, daily_feed_file


def write_daily_feed(filings: Iterable[Listed], target: BinaryIO) -> None:
    """Write the feed of a day, the same bytes for the same filings. One whose file is gone or damaged is left out."""
    with (
        gzip.GzipFile("", "wb", 6, target, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as feed,
    ):
        for filing in filings:
            content = _feed_file(filing)
            if content is not None:
                member = tarfile.TarInfo(f"{filing.accession}.nc")
                member.size = len(content)
                member.mtime = max(0, int(filing.accepted_at.timestamp()))
                feed.addfile(member, BytesIO(content))


def _feed_file(filing: Listed) -> bytes | None:
    text = content_at(filing.place)
    try:
        return None if text is None else daily_feed_file(text)
    except SourceError:
        return None
