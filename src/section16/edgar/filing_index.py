"""EDGAR's indexes of filings: form.idx, company.idx, master.idx and crawler.idx, quarterly and daily.

An index is some lines of description, the names of the columns (in daily company indexes broken over two lines), a line
of hyphens, and a line for each filer of each filing. Columns are told from their names, and in the blank-separated
layouts places, dates and CIKs are taken from the right: names of companies overflow their column, and widths changed
over the years. Dates are `2023-04-03` or `20230403`.

A page that is no index, and an index with a cut line, are INDEX_INVALID; an index without lines is INDEX_EMPTY, which
may be a fault of the moment and never means that nothing was filed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from typing import Final

import msgspec

from section16 import limits
from section16.edgar.dissemination_paths import filing_named
from section16.errors import SourceError, excerpt

_NAMES: Final = ("Company Name", "Form Type", "CIK", "Date Filed")
_HEADER_LINES: Final = 40
_FROM_THE_RIGHT: Final = 3
_GAP: Final = re.compile(rb"\s{2,}")
_DATE: Final = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})", re.ASCII)
_Cells = tuple[bytes, bytes, bytes, bytes, bytes]


class IndexLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One filer of one filing: `cik` without leading zeros, `accession` with hyphens."""

    form: str
    company: str
    cik: str
    filed_on: date
    accession: str


class IndexedFiling(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One filing with all its filers' CIKs, in the order of the index. Roles cannot be told from an index."""

    accession: str
    form: str
    filed_on: date
    ciks: tuple[str, ...]


def read_index(data: bytes, forms: Collection[str] | None = None) -> list[IndexLine]:
    """Return the lines of an index, of the given forms only (`{"4", "4/A"}`) or of all.

    Raises SourceError: INDEX_INVALID (no index, a block page, a line that is none, a foreign or odd place; with the
    line), INDEX_EMPTY (no line at all, of whatever form), LIMIT_SIZE, LIMIT_COUNT.
    """
    if len(data) > limits.INDEX_BYTES:
        raise SourceError("LIMIT_SIZE", f"the index has {len(data):,} bytes, over the limit of {limits.INDEX_BYTES:,}")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise _invalid("a NUL stands in the index", line)
    lines = io.BytesIO(data)
    names, before = _column_names(lines)
    wanted = None if forms is None else {form.encode() for form in forms}
    found: list[IndexLine] = []
    last: tuple[_Cells, int] | None = None
    for number, cells in _cells(lines, names, before):
        last = cells, number
        if wanted is None or cells[0] in wanted:
            found.append(_line(cells, number))
    if last is None:
        mend = "Ask again later: an empty index may be a fault of the moment"
        raise SourceError("INDEX_EMPTY", "the index names no filing at all", mend=mend)
    _line(*last)
    return found


def filings_of(lines: Iterable[IndexLine]) -> list[IndexedFiling]:
    """Return one entry an accession number, in the order of first appearance, with the CIKs of all its lines."""
    filers: dict[str, list[str]] = {}
    first: dict[str, IndexLine] = {}
    for line in lines:
        first.setdefault(line.accession, line)
        filers.setdefault(line.accession, []).append(line.cik)
    return [
        IndexedFiling(
            accession=number,
            form=line.form,
            filed_on=line.filed_on,
            ciks=tuple(dict.fromkeys(filers[number])),
        )
        for number, line in first.items()
    ]


def _column_names(lines: io.BytesIO) -> tuple[str, int]:
    """Return the line of column names, joined if broken, and how many lines stand before the data."""
    words = ""
    for number, raw in enumerate(lines, start=1):
        line = raw.decode("latin-1").rstrip()
        if words and line and not line.strip("-"):
            if all(name in words for name in _NAMES):
                return words, number
            break
        if words or line.startswith(("Form Type", "Company Name", "CIK|")):
            words += line
        if number >= _HEADER_LINES:
            break
    raise SourceError(
        "INDEX_INVALID",
        "this is no index of filings: the line of column names is missing",
        mend="EDGAR may have answered with an error page: ask again later",
    )


def _cells(lines: io.BytesIO, names: str, before: int) -> Iterator[tuple[int, _Cells]]:
    """Yield the number and the form, company, CIK, date and place of each line."""
    split = _splitter(names)
    for number, raw in enumerate(lines, start=before + 1):
        if raw.isspace():
            continue
        if number > limits.INDEX_LINES:
            raise SourceError("LIMIT_COUNT", f"the index has more than {limits.INDEX_LINES:,} lines")
        try:
            yield number, split(raw)
        except ValueError:
            raise _invalid(f"'{excerpt(raw.strip())}' is no line of an index", number) from None


def _splitter(names: str) -> Callable[[bytes], _Cells]:
    if "|" in names:
        return _piped
    if names.startswith("Form"):
        return partial(_form_first, column=names.index("Company Name"))
    return partial(_company_first, column=names.index("Form Type"))


def _piped(raw: bytes) -> _Cells:
    """Split a line of master.idx. Raises ValueError."""
    filer, rest = raw.split(b"|", 1)
    company, form, day, place = rest.rsplit(b"|", _FROM_THE_RIGHT)
    return form.strip(), company, filer, day, place


def _form_first(raw: bytes, column: int) -> _Cells:
    """Split a line of form.idx: the form stands before the `column` of company names. Raises ValueError."""
    left, filer, day, place = raw.rsplit(None, _FROM_THE_RIGHT)
    form, company = left[:column], left[column:]
    if form[-1:].strip():  # the form reaches into the next column
        form, company = _GAP.split(left, maxsplit=1)
    return form.strip(), company, filer, day, place


def _company_first(raw: bytes, column: int) -> _Cells:
    """Split a line of company.idx or crawler.idx: the form stands from `column` on. Raises ValueError."""
    left, filer, day, place = raw.rsplit(None, _FROM_THE_RIGHT)
    company, form = left[:column], left[column:]
    if company[-1:].strip() or _GAP.search(form.strip()):  # the company reaches into the next column
        *_, gap = _GAP.finditer(left.rstrip())
        company, form = left[: gap.start()], left[gap.end() :]
    return form.strip(), company, filer, day, place


def _line(cells: _Cells, number: int) -> IndexLine:
    form, company, filer, day, place = cells
    try:
        _, accession = filing_named(place.decode("ascii", "backslashreplace").strip())
        return IndexLine(
            form=_form(form),
            company=company.decode("utf-8", "replace").strip(),
            cik=_filer(filer),
            filed_on=_day(day.strip()),
            accession=accession,
        )
    except ValueError:
        raise _invalid(f"the form, CIK or date of '{excerpt(b' '.join(cells))}' cannot be read", number) from None
    except SourceError as error:
        raise _invalid(error.message, number) from None


@lru_cache(maxsize=1024)
def _form(form: bytes) -> str:
    words = form.decode("ascii")
    if not words:
        raise ValueError(words)
    return words


def _filer(filer: bytes) -> str:
    digits = filer.strip().lstrip(b"0")
    if not digits.isdigit():
        raise ValueError(filer)
    return digits.decode()


@lru_cache(maxsize=1024)
def _day(day: bytes) -> date:
    found = _DATE.fullmatch(day.decode("ascii"))
    if found is None:
        raise ValueError(day)
    return date(int(found[1]), int(found[3]), int(found[4]))


def _invalid(message: str, line: int) -> SourceError:
    return SourceError("INDEX_INVALID", message, line=line, mend="The index may have been cut: ask for it again")
