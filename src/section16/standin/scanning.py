"""From a folder, or from the generator, to a catalogue.

Every file is read once. What is no filing is counted and not served.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from section16 import limits
from section16.edgar.containers import OWNERSHIP_FORMS, Filer, SubmissionHeader, decode_text
from section16.edgar.sgml_header import EASTERN
from section16.edgar.submission_text import read_submission_header
from section16.errors import SourceError, StorageError, UsageError, excerpt, visible
from section16.identifiers import accession, cik, ticker
from section16.samples import Sample, sample_bytes
from section16.standin.catalogue import Catalogue, Listed, Party, Place
from section16.standin.full_text import document_names, documents_of, full_text_of, moment_of

_DATA_SET: Final = re.compile(r"(?:19|20)\d\dq[1-4]_form345\.zip")
_VERSION: Final = re.compile(rb"<schemaVersion>\s*X(\d\d)")
_TICKER: Final = re.compile(rb"<issuerTradingSymbol>\s*([^<\s][^<]{0,40})")


class Scanned(msgspec.Struct, frozen=True):
    """What scanning found: the catalogue, and how many files were passed over, with the first of them and why."""

    catalogue: Catalogue
    passed_over: int = 0
    first: str = ""


class _Parties:
    """Parties seen, each kept once: a company's name stands in thousands of its filings."""

    def __init__(self) -> None:
        self._known: dict[Party, Party] = {}

    def of(self, filers: Iterable[Filer]) -> tuple[Party, ...]:
        found: dict[Party, None] = {}
        for filer in filers:
            if cik.is_valid(filer.cik or ""):
                party = Party(int(cik.validate(filer.cik or "")), " ".join((filer.name or "").split()), filer.role)
                found[self._known.setdefault(party, party)] = None
        return tuple(found)


def scan_folder(folder: Path) -> Scanned:
    """Return the filings below a folder: full submissions, `.nc` files, reports as XML, quarterly data-set zips.

    Raises UsageError if it is no folder.
    """
    if not folder.is_dir():
        message = f"{excerpt(str(folder))} is no folder"
        raise UsageError("USAGE", message, mend="Name a folder of filings, or use --generate N")
    parties, filings, data_sets = _Parties(), [], {}
    passed_over, first = 0, ""
    for path in _files_below(folder):
        if _DATA_SET.fullmatch(path.name):
            data_sets[path.name] = path
            continue
        try:
            filings.append(_read_listed(path, parties))
        except (SourceError, OSError) as error:
            first = first or visible(f"{path.name}: {error}")
            passed_over += 1
    return Scanned(Catalogue(filings, data_sets), passed_over, first)


def spool_samples(samples: Iterable[Sample], spool: Path) -> Scanned:
    """Write generated filings one behind the other into a file, each deflated, and return their catalogue.

    Raises StorageError if the disk refuses.
    """
    parties = _Parties()
    try:
        with spool.open("wb") as file:
            filings = [_spooled(sample, file, spool, parties) for sample in samples]
    except OSError as error:
        message = f"the generated filings cannot be kept: {error.strerror or type(error).__name__}"
        raise StorageError("STORAGE_FAILED", message, path=str(spool)) from None
    return Scanned(Catalogue(filings))


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder by name, hidden ones left out; links to other folders are not followed."""
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _read_listed(path: Path, parties: _Parties) -> Listed:
    """Return what indexes tell of one file. Raises SourceError for what EDGAR could not have published."""
    with path.open("rb") as file:
        text = full_text_of(file.read(limits.SUBMISSION_BYTES + 1))
    return _listed(text, read_submission_header(text), Place(str(path)), parties)


def _spooled(sample: Sample, file: BinaryIO, spool: Path, parties: _Parties) -> Listed:
    text = sample_bytes(sample, "submission")
    stored = zlib.compress(text, 1)
    place = Place(str(spool), file.tell(), len(stored))
    file.write(stored)
    return _listed(text, read_submission_header(text), place, parties)


def _listed(text: bytes, header: SubmissionHeader, place: Place, parties: _Parties) -> Listed:
    moment = moment_of(header)
    named = parties.of(header.filers)
    if moment is None or not named or not header.form_type or not accession.is_valid(header.accession or ""):
        message = "the header lacks an accession number, a form, a day or a party"
        raise SourceError("CONTAINER_MALFORMED", message)
    documents = documents_of(text)
    names = document_names(documents)
    reports = [name for name, one in zip(names, documents, strict=True) if one.facts.get("TYPE") in OWNERSHIP_FORMS]
    symbol, version = _TICKER.search(text), _VERSION.search(text)
    return Listed(
        accession=accession.format(header.accession or ""),
        form=header.form_type,
        filed_on=header.filed_on or moment.date(),
        accepted_at=moment if moment.tzinfo else moment.replace(tzinfo=EASTERN),
        period=header.period,
        parties=named,
        size=len(text),
        document=(reports or names or [""])[0],
        ticker=next(iter(ticker.symbols(unescape(decode_text(symbol[1])))), "") if symbol else "",
        viewer=f"xslF345X{version[1].decode()}" if version and reports else "",
        place=place,
    )
