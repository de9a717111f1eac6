"""A filing by its address on EDGAR: fetched whole, as its full submission, within EDGAR's access rules."""

from __future__ import annotations

import importlib.util
import re
from typing import Final
from urllib.parse import urlsplit

from section16 import limits
from section16.cli.settings import setting
from section16.edgar.dissemination_paths import submission_path
from section16.errors import MissingExtraError, UsageError, excerpt

_SEC: Final = ("https", "www.sec.gov")
_TEXT: Final = re.compile(r"/Archives/edgar/data/([0-9]{1,10})/([0-9]{10}-[0-9]{2}-[0-9]{6})", re.ASCII)
_FOLDER: Final = re.compile(r"/Archives/edgar/data/([0-9]{1,10})/([0-9]{18})(?:/|$)", re.ASCII)


def submission_of(address: str, edgar: str | None) -> str:
    """The path of the full submission that an address belongs to: its text, index page, folder, XML or picture.

    Raises UsageError for another host than EDGAR's (or the one set in its place), and for what names no filing.
    """
    parts = urlsplit(address)
    hosts = {_SEC, *([urlsplit(edgar)[:2]] if edgar else [])}
    if (parts.scheme, parts.netloc) not in hosts:
        message = f"'{excerpt(address)}' is not on EDGAR"
        raise UsageError("URL_NOT_ALLOWED", message, mend="Give an address below https://www.sec.gov/Archives/")
    found = _FOLDER.match(parts.path) or _TEXT.match(parts.path)
    if found is None:
        message = f"'{excerpt(address)}' does not name a filing"
        raise UsageError("USAGE", message, mend="It ends in an accession number, its folder or a file in it")
    return submission_path(found[1], found[2])


def fetched(address: str) -> bytes:
    """The full submission that an address belongs to.

    Raises UsageError (as `submission_of`, CONTACT_MISSING), MissingExtraError, RemoteError, StorageError.
    """
    edgar = setting("edgar").text or None
    path = submission_of(address, edgar)
    if importlib.util.find_spec("httpx2") is None:
        raise MissingExtraError.of("sync", "Fetching from EDGAR")
    from section16.sources.opening import filing_client  # noqa: PLC0415 - an extra

    with filing_client(setting("contact").text, edgar=edgar) as client:
        return client.get(path, bytes, limit=limits.SUBMISSION_BYTES)
