"""The page that links the SEC's quarterly Insider Transactions Data Sets, `2024q3_form345.zip`.

The folder of the zips has changed, so the links are taken from the page: the path only, which must lie below `/files/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import urlsplit

from section16 import limits
from section16.errors import SourceError

_LINK: Final = re.compile(rb"""href\s*=\s*["']([^"'<>\s]{1,300}?)["']""", re.IGNORECASE)
_PATH: Final = re.compile(r"/files/(?:[A-Za-z0-9_-]+/){0,8}([0-9]{4})q([1-4])_form345\.zip", re.ASCII)
_HOSTS: Final = ("", "www.sec.gov")


def read_dataset_page(data: bytes) -> dict[tuple[int, int], str]:
    """Return the path on the SEC's web host of each quarter's zip, by year and quarter.

    Links to other hosts and other places are left out. Raises SourceError: INDEX_INVALID (a page without one such
    link), LIMIT_SIZE.
    """
    if len(data) > limits.FEED_XML_BYTES:
        raise SourceError("LIMIT_SIZE", f"the page of data sets has {len(data):,} bytes")
    found: dict[tuple[int, int], str] = {}
    for link in _LINK.finditer(data):
        address = urlsplit(link[1].decode("ascii", "backslashreplace"))
        path = _PATH.fullmatch(address.path)
        if path and address.netloc in _HOSTS and address.scheme in {"", "https"}:
            found.setdefault((int(path[1]), int(path[2])), address.path)
    if not found:
        mend = "EDGAR may have answered with an error page: ask again later"
        raise SourceError("INDEX_INVALID", "this page links no quarterly data set", mend=mend)
    return found


def write_dataset_page(paths: Mapping[tuple[int, int], str]) -> bytes:
    """Return a page with a link for each quarter, newest first."""
    rows = "".join(
        f'<tr><td><a href="{escape(path)}">{year} Q{quarter}</a></td></tr>\n'
        for (year, quarter), path in sorted(paths.items(), reverse=True)
    )
    page = f"<!DOCTYPE html>\n<html><head><title>Insider Transactions Data Sets</title></head><body>\n<table>\n{rows}"
    return f"{page}</table>\n</body></html>\n".encode("ascii", "xmlcharrefreplace")
