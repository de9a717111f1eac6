from __future__ import annotations

import csv
import gzip
import zipfile
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from section16.reading import Filing, read
from section16.standin.catalogue import Catalogue
from section16.standin.data_sets import write_data_set
from section16.standin.full_text import content_at

Tables = dict[str, list[dict[str, str]]]
COLUMNS = {
    "SUBMISSION": 14,
    "REPORTINGOWNER": 13,
    "NONDERIV_TRANS": 28,
    "NONDERIV_HOLDING": 14,
    "DERIV_TRANS": 42,
    "DERIV_HOLDING": 26,
    "FOOTNOTES": 3,
    "OWNER_SIGNATURE": 3,
}


@pytest.fixture(scope="module")
def filings(catalogue: Catalogue) -> list[Filing]:
    return [read(text) for one in catalogue.filings if (text := content_at(one.place))]


@pytest.fixture(scope="module")
def tables(catalogue: Catalogue) -> Tables:
    file = BytesIO()
    write_data_set(catalogue.filings, file)
    found = {}
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            with TextIOWrapper(packed.open(name), encoding="utf-8", newline="") as text:
                rows = csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
                found[name.removesuffix(".tsv")] = list(rows)
    return found


def test_the_tables_are_those_of_the_sec(tables: Tables) -> None:
    assert {name: len(rows[0]) for name, rows in tables.items()} == COLUMNS
    assert not any(None in row or None in row.values() for rows in tables.values() for row in rows)


def test_header_rows_are_those_of_real_files(tables: Tables, corpus: Path) -> None:
    compared = 0
    for name, rows in tables.items():
        real = corpus / "datasets" / "2024q3_form345" / f"{name}.tsv.gz"
        if real.is_file():
            with gzip.open(real, "rt", encoding="utf-8") as file:
                header = file.readline().rstrip("\r\n").split("\t")
            assert [column for column in rows[0] if column in header or column != "AFF10B5ONE"] == header
            compared += 1
    assert compared >= 4


def test_every_line_of_every_report_is_a_row(tables: Tables, filings: list[Filing]) -> None:
    assert len(tables["SUBMISSION"]) == len(filings)
    assert len(tables["REPORTINGOWNER"]) == sum(len(one.document.reporting_owners) for one in filings)
    assert len(tables["OWNER_SIGNATURE"]) == sum(len(one.document.signatures) for one in filings)
    rows = sum(len(tables[name]) for name in COLUMNS if name.startswith(("NONDERIV", "DERIV")))
    assert rows == sum(
        len(table.rows)
        for one in filings
        for table in (one.document.non_derivative_table, one.document.derivative_table)
        if table
    )
    keys = [row["NONDERIV_TRANS_SK"] for row in tables["NONDERIV_TRANS"]]
    assert len(set(keys)) == len(keys)


def test_values_are_those_of_the_report_rounded_to_cents(tables: Tables, filings: list[Filing]) -> None:
    by_accession = {one.accession: one.document for one in filings}
    seen = dict.fromkeys(by_accession, 0)
    for row in tables["NONDERIV_TRANS"]:
        table = by_accession[row["ACCESSION_NUMBER"]].non_derivative_table
        assert table is not None
        lines = [line for line in table.rows if line.kind == "transaction"]
        line = lines[seen[row["ACCESSION_NUMBER"]]]
        seen[row["ACCESSION_NUMBER"]] += 1
        assert line.title is not None
        assert row["SECURITY_TITLE"] == line.title.text
        amounts = line.amounts  # type: ignore[union-attr]
        shares = amounts.shares.value if amounts and amounts.shares else None
        assert (Decimal(row["TRANS_SHARES"]) if row["TRANS_SHARES"] else None) == (
            None if shares is None else round(shares, 2)
        )
        price = amounts.price_per_share if amounts else None
        assert row["TRANS_PRICEPERSHARE_FN"] == ", ".join(price.footnotes if price else ())


def test_days_and_relationships_are_written_as_the_sec_writes_them(tables: Tables, filings: list[Filing]) -> None:
    dates = {row["ACCESSION_NUMBER"]: row["FILING_DATE"] for row in tables["SUBMISSION"]}
    for one in filings:
        assert one.filed_on is not None
        assert dates[one.accession or ""] == f"{one.filed_on:%d-%b-%Y}".upper()
    words = {word for row in tables["REPORTINGOWNER"] for word in row["RPTOWNER_RELATIONSHIP"].split(",")}
    assert words <= {"Director", "Officer", "TenPercentOwner", "Other", ""}
    assert {"Director", "Officer"} <= words
