"""Writes an index of filings as EDGAR does: form.idx, company.idx or master.idx, quarterly or daily."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from section16.edgar.dissemination_paths import IndexKind, submission_name
from section16.edgar.filing_index import IndexLine

_TITLES: Final = {"form": " by Form Type", "company": " by Company Name", "master": ""}
_WIDTHS: Final = {"form": 12, "company": 62, "cik": 12, "date": 12}
_BLANKS: Final = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_RULE: Final = 141
_MASTER_RULE: Final = 80


def write_index(lines: Iterable[IndexLine], kind: IndexKind, received_on: date, *, daily: bool = False) -> bytes:
    """Return the index of `lines`, in their order. `received_on` is the day of the last filing in it.

    Daily indexes write dates as `20230703` and end their lines in blanks. Raises IdentifierError for a CIK or
    accession number that is none.
    """
    title = f"{'Daily' if daily else 'Master'} Index of EDGAR Dissemination Feed{_TITLES[kind]}"
    header = (
        f"Description:           {title}\n"
        f"Last Data Received:    {received_on:%B %d, %Y}\n"
        "Comments:              webmaster@sec.gov\n"
        "Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n"
        " \n \n \n \n"
    )
    written = [header, _column_names(kind)]
    written += [_written(line, kind, "%Y%m%d" if daily else "%Y-%m-%d") for line in lines]
    return "".join(written).encode("utf-8")


def _column_names(kind: IndexKind) -> str:
    if kind == "master":
        return f"CIK|Company Name|Form Type|Date Filed|Filename\n{'-' * _MASTER_RULE}\n"
    left = _columns(kind, "Form Type", "Company Name")
    return f"{left}{'CIK':<12}{'Date Filed':<12}File Name\n{'-' * _RULE}\n"


def _columns(kind: IndexKind, form: str, company: str) -> str:
    """The two left columns; what is too long pushes the next ones to the right, two blanks apart, as EDGAR's does."""
    cells = ("form", form), ("company", company)
    ordered = cells if kind == "form" else cells[::-1]
    return "".join(f"{text}  ".ljust(_WIDTHS[column]) for column, text in ordered)


def _written(line: IndexLine, kind: IndexKind, dates: str) -> str:
    name = submission_name(line.cik, line.accession)
    company = line.company.translate(_BLANKS)
    day = f"{line.filed_on:{dates}}"
    if kind == "master":
        return f"{line.cik}|{company}|{line.form}|{day}|{name}\n"
    return f"{_columns(kind, line.form, company)}{line.cik:<12}{day:<12}{name}\n"
