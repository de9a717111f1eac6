"""A filing's folder: the full submission, its documents one by one, its index pages, its report as a page."""

from __future__ import annotations

from typing import Final

from section16.edgar.sgml_documents import StoredDocument
from section16.edgar.submission_text import read_submission_header
from section16.errors import Section16Error, SourceError
from section16.reading import read, write
from section16.standin import listings
from section16.standin.answers import HTML, JSON, TEXT, XML, Answer
from section16.standin.catalogue import Listed
from section16.standin.full_text import content_at, document_names, documents_of
from section16.standin.pages import filing_page, header_page

_TYPES: Final = {"xml": XML, "htm": HTML, "html": HTML, "json": JSON}


def filing_answer(filing: Listed, name: str, *, cik: int) -> Answer | None:
    """Return what a filing's folder has under a name; None if nothing, or if its file is gone."""
    text = content_at(filing.place)
    if text is None:
        return None
    if name == f"{filing.accession}.txt":
        return Answer(content=text, media_type=TEXT, modified=filing.accepted_at)
    documents = documents_of(text)
    named = dict(zip(document_names(documents), documents, strict=True))
    content = _listing(filing, name, text, named, cik)
    if content is not None:
        return content
    if filing.viewer and name == f"{filing.viewer}/{filing.document}":
        return _as_page(filing, text)
    document = named.get(name)
    if document is None:
        return None
    media_type = _TYPES.get(name.rpartition(".")[2].lower(), TEXT)
    return Answer(content=_stored(document), media_type=media_type, modified=filing.accepted_at)


def _listing(filing: Listed, name: str, text: bytes, named: dict[str, StoredDocument], cik: int) -> Answer | None:
    """Return one of the folder's own pages."""
    if name in {"", "index.json"}:
        files: list[tuple[str, int | None, bool]]
        files = [(file, len(document.content), False) for file, document in named.items()]
        files += [(f"{filing.accession}.txt", len(text), False), (f"{filing.accession}-index.htm", None, False)]
        path = f"/Archives/edgar/data/{cik}/{filing.nodash}"
        content = listings.folder(path, files, filing.accepted_at)
        return Answer(content=content, media_type=JSON, modified=filing.accepted_at)
    if name in {f"{filing.accession}-index.htm", f"{filing.accession}-index.html"}:
        rows = [(file, document.facts.get("TYPE", "")) for file, document in named.items()]
        page = filing_page(filing, [*rows, (f"{filing.accession}.txt", "Complete submission text file")])
        return Answer(content=page, modified=filing.accepted_at)
    if name == f"{filing.accession}-index-headers.html":
        try:
            return Answer(content=header_page(read_submission_header(text).text), modified=filing.accepted_at)
        except SourceError:
            return None
    return None


def _as_page(filing: Listed, text: bytes) -> Answer | None:
    """Return the report drawn as the form, which EDGAR shows under a name that ends in `.xml`."""
    try:
        return Answer(content=write(read(text), "html"), media_type=HTML, modified=filing.accepted_at)
    except Section16Error:
        return None


def _stored(document: StoredDocument) -> bytes:
    """Return a document's content as stored, a report in XML ended by a line end as EDGAR's single files are."""
    return document.content.lstrip(b"\r\n") + b"\n" if document.wrapper == "XML" else document.content
