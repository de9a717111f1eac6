"""The feed of newest filings: Atom from `browse-edgar?action=getcurrent`.

An entry is one filer of one filing, so a filing stands there once for the issuer and once for each owner. The accession
number is taken from the id and must agree with the address, of which nothing else is used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

import msgspec
from lxml import etree

from section16 import limits
from section16.edgar.dissemination_paths import filing_named
from section16.edgar.safe_xml import local_name, parse
from section16.errors import SourceError, excerpt

_ID: Final = re.compile(r"urn:tag:(?:www\.)?sec\.gov,2008:accession-number=([0-9]{10}-[0-9]{2}-[0-9]{6})", re.ASCII)
_TITLE: Final = re.compile(r"\S.{0,40}? - (.{0,300}) \(([0-9]{1,10})\) \(([^()]{1,40})\)", re.DOTALL)
_FILED: Final = re.compile(r"Filed:\s*(?:</b>)?\s*([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
_SIZE: Final = re.compile(r"Size:\s*(?:</b>)?\s*([0-9][0-9.,]*\s*[KMG]?B)", re.ASCII)


class NewestEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One filer of one new filing. `accepted_at` has its offset; `size` is the feed's words (`5 KB`)."""

    accession: str
    form: str
    cik: str
    name: str
    role: str
    filed_on: date
    accepted_at: datetime
    size: str = ""


def read_newest(data: bytes, hosts: Collection[str] = ("www.sec.gov",)) -> list[NewestEntry]:
    """Return the entries of a page of the feed, newest first; none where the page is past the end.

    Addresses must stand on one of `hosts` (`name` or `name:port`).

    Raises SourceError: what `safe_xml.parse` raises, INDEX_INVALID (no such feed, a foreign or odd address, an entry
    without its facts), LIMIT_COUNT.
    """
    root = parse(data, limit=limits.FEED_XML_BYTES)
    if local_name(root) != "feed":
        raise SourceError("INDEX_INVALID", f"this is no feed of filings: its root is '{excerpt(local_name(root))}'")
    entries = [node for node in root if local_name(node) == "entry"]
    if len(entries) > limits.LISTED_FILES:
        raise SourceError("LIMIT_COUNT", f"the feed has more than {limits.LISTED_FILES:,} entries")
    return [_entry(node, hosts) for node in entries]


def newest_by_accession(entries: Iterable[NewestEntry]) -> dict[str, NewestEntry]:
    """Return one entry for each filing, the issuer's where there is one, in order of first appearance."""
    found: dict[str, NewestEntry] = {}
    for entry in entries:
        if entry.accession not in found or (entry.role == "Issuer" and found[entry.accession].role != "Issuer"):
            found[entry.accession] = entry
    return found


def _entry(node: etree._Element, hosts: Collection[str]) -> NewestEntry:
    texts = {local_name(child): "".join(child.itertext(with_tail=False)).strip() for child in node}
    link = next((child.get("href", "") for child in node if local_name(child) == "link"), "")
    form = next((child.get("term", "") for child in node if local_name(child) == "category"), "")
    number, title = _ID.fullmatch(texts.get("id", "")), _TITLE.fullmatch(texts.get("title", ""))
    filed = _FILED.search(texts.get("summary", ""))
    if number is None or title is None or filed is None or not form:
        raise _odd(node, "an entry of the feed lacks its accession number, title, form or date")
    if filing_named(_path(link, hosts))[1] != number[1]:
        raise _odd(node, f"the address of {number[1]} in the feed is another filing's")
    size = _SIZE.search(texts.get("summary", ""))
    try:
        accepted_at = datetime.fromisoformat(texts.get("updated", ""))
        filed_on = date.fromisoformat(filed[1])
    except ValueError:
        raise _odd(node, f"a time of {number[1]} in the feed cannot be read") from None
    if accepted_at.tzinfo is None:
        raise _odd(node, f"the acceptance time of {number[1]} in the feed has no zone")
    return NewestEntry(
        accession=number[1],
        form=form,
        cik=title[2].lstrip("0") or "0",
        name=title[1],
        role=title[3],
        filed_on=filed_on,
        accepted_at=accepted_at,
        size=size[1] if size else "",
    )


def _path(link: str, hosts: Collection[str]) -> str:
    """The path of an address on a known host; nothing is fetched by the address itself. Raises SourceError."""
    scheme, _, rest = link.partition("://")
    host, divider, path = rest.partition("/")
    if scheme not in {"http", "https"} or not divider or host not in hosts:
        raise SourceError("INDEX_INVALID", f"'{excerpt(link)}' is no address of a filing on EDGAR")
    return f"/{path}"


def _odd(node: etree._Element, message: str) -> SourceError:
    return SourceError("INDEX_INVALID", message, line=node.sourceline)
