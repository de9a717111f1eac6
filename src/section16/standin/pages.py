"""Pages of HTML as EDGAR has them: refusals, a filing's index page, the stand-in's front page. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from section16.standin.catalogue import Listed


def page(title: str, body: str) -> bytes:
    """Return a page; `body` is markup, `title` text."""
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f"{head}<body>\n<h1>{escape(title)}</h1>\n{body}\n</body></html>\n".encode("ascii", "xmlcharrefreplace")


def error_page(status: int, words: str) -> bytes:
    """Return what stands behind an error's status."""
    return page(f"Error {status}", f"<p>{escape(words)}</p>")


def block_page() -> bytes:
    """Return what EDGAR gives a program that it does not know or that asks too much, which looks like an answer."""
    words = (
        "Your request has been identified as part of a network of automated tools outside of the acceptable policy. "
        "Please declare your traffic by updating your user agent to include company specific information."
    )
    return page("Your Request Originates from an Undeclared Automated Tool", f"<p>{words}</p>")


def rate_page() -> bytes:
    """Return what EDGAR says to more than ten requests a second."""
    words = "Your request rate has exceeded the SEC's maximum allowable requests per second. Please try again later."
    return page("Request Rate Threshold Exceeded", f"<p>{escape(words)}</p>")


def filing_page(filing: Listed, documents: Iterable[tuple[str, str]]) -> bytes:
    """Return the index page of a filing: its parties, and its documents (name and type)."""
    parties = "".join(
        f"<li>{escape(party.name)} ({escape(party.role)}) CIK: {party.cik:010}</li>\n" for party in filing.parties
    )
    rows = "".join(
        f'<tr><td><a href="{escape(name)}">{escape(name)}</a></td><td>{escape(kind)}</td></tr>\n'
        for name, kind in documents
    )
    facts = (
        f"<p>SEC Accession No. {escape(filing.accession)}. Filing Date {filing.filed_on}. "
        f"Accepted {filing.accepted_at:%Y-%m-%d %H:%M:%S}.</p>"
    )
    return page(f"Form {filing.form}", f"{facts}\n<ul>\n{parties}</ul>\n<table>\n{rows}</table>")


def header_page(header: str) -> bytes:
    """Return the page that shows a filing's header."""
    return page("Submission header", f"<pre>{escape(header)}</pre>")


def list_page(title: str, paths: Iterable[str]) -> bytes:
    """Return a page of links."""
    links = "".join(f'<li><a href="{escape(path)}">{escape(path)}</a></li>\n' for path in paths)
    return page(title, f"<ul>\n{links}</ul>")
