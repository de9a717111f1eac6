"""Writes the feed of newest filings as EDGAR's `browse-edgar?action=getcurrent&output=atom` does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final
from xml.sax.saxutils import quoteattr

from section16.edgar.newest_filings import NewestEntry
from section16.identifiers import accession, cik

_SELF: Final = "/cgi-bin/browse-edgar?action=getcurrent"
_FORBIDDEN: Final = {number: None for number in range(32) if chr(number) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}


def write_newest(entries: Iterable[NewestEntry], updated: datetime, host: str = "https://www.sec.gov") -> bytes:
    """Return a page of the feed with the entries in their order, in ISO-8859-1, other characters as references.

    `updated` is the moment of the page, with its zone; `host` begins the addresses. Raises IdentifierError for a CIK
    or accession number that is none.
    """
    head = (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Latest Filings - {updated:%a, %d %b %Y %H:%M:%S} {_text(updated.tzname() or '')}</title>\n"
        f'<link rel="alternate" href="{_SELF}"/>\n'
        f'<link rel="self" href="{_SELF}"/>\n'
        f"<id>{_text(host)}{_SELF}</id>\n"
        "<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n"
        f"<updated>{updated.isoformat(timespec='seconds')}</updated>\n"
    )
    body = "".join(_written(entry, host) for entry in entries)
    return f"{head}{body}</feed>\n".encode("iso-8859-1", "xmlcharrefreplace")


def _written(entry: NewestEntry, host: str) -> str:
    number = accession.format(entry.accession)
    folder = f"/Archives/edgar/data/{cik.validate(entry.cik)}/{accession.validate(number)}/"
    title = f"{entry.form} - {entry.name} ({cik.format(entry.cik)}) ({entry.role})"
    summary = f"\n <b>Filed:</b> {entry.filed_on} <b>AccNo:</b> {number} <b>Size:</b> {entry.size or '5 KB'}\n"
    link = _attribute(f"{host}{folder}{number}-index.htm")
    return (
        "<entry>\n"
        f"<title>{_text(title)}</title>\n"
        f'<link rel="alternate" type="text/html" href={link}/>\n'
        f'<summary type="html">{_text(summary)}</summary>\n'
        f"<updated>{entry.accepted_at.isoformat(timespec='seconds')}</updated>\n"
        f'<category scheme="https://www.sec.gov/" label="form type" term={_attribute(entry.form)}/>\n'
        f"<id>urn:tag:sec.gov,2008:accession-number={number}</id>\n"
        "</entry>\n"
    )


def _text(words: str) -> str:
    return escape(words.translate(_FORBIDDEN), quote=False)


def _attribute(words: str) -> str:
    return quoteattr(words.translate(_FORBIDDEN))
