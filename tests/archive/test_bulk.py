"""A quarter of real filings, added from one tar: counted and read here from the XML alone, by no code of ours."""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from section16.archive import Added, Archive, open_archive
from section16.archive.members import incoming

COUNTED = {
    "owners": "reportingOwner",
    "transactions": "*/nonDerivativeTransaction|*/derivativeTransaction",
    "holdings": "*/nonDerivativeHolding|*/derivativeHolding",
    "footnotes": "footnotes/footnote",
    "footnote_references": "nonDerivativeTable//footnoteId|derivativeTable//footnoteId",
    "signatures": "ownerSignature",
}
SAMPLE = 12
OF_THE_FILING = {
    *("accession", "document_type", "filed_on", "public_at", "period_of_report", "issuer_cik", "issuer_name"),
    *("issuer_trading_symbol", "aff10b5_one", "ordinal", "form_table", "line", "value", "unread"),
}
OF_ITS_OWNERS = {
    *("rpt_owner_cik", "rpt_owner_name", "owner_count", "is_director", "is_officer", "is_ten_percent_owner"),
    *("is_other", "officer_title"),
}
"""Columns of a line that repeat its filing's, or are derived."""

NAMES = {"rpt_owner_non_u_s_address_flag": "rpt_owner_non_us_address_flag"}


def tar_of(corpus: Path) -> Path:
    found = corpus / "bulk" / "form4-submissions-2023.tar.xz"
    if not found.is_file():
        pytest.skip("the corpus has no bulk of submissions")
    return found


class Bulk(msgspec.Struct):
    """What stands in the tar: documents by accession number (of every twelfth filing), and counts of all."""

    counts: Counter[str]
    accessions: set[str]
    sample: dict[str, Any]


@pytest.fixture(scope="module")
def bulk(corpus: Path) -> Bulk:
    made = Bulk(counts=Counter(), accessions=set(), sample={})
    with tarfile.open(tar_of(corpus)) as members:
        for member in members:
            content = members.extractfile(member) if member.isfile() else None
            if content is None:
                continue
            text = content.read()
            number = re.search(rb"ACCESSION NUMBER:\s*(\S+)", text)
            inside = re.search(rb"<XML>\s*(<.*?</ownershipDocument>)\s*</XML>", text, re.DOTALL)
            assert number
            assert inside
            accession, document = number[1].decode(), etree.fromstring(inside[1])
            made.accessions.add(accession)
            for table, path in COUNTED.items():
                made.counts[table] += len(document.xpath(path))
            if len(made.accessions) % SAMPLE == 0:
                made.sample[accession] = document
    return made


@pytest.fixture(scope="module")
def added(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Added]]:
    tar = tar_of(corpus)
    with open_archive(tmp_path_factory.mktemp("bulk") / "archive") as archive:
        yield archive, archive.add(incoming(tar))


def test_every_filing_is_in_and_all_counts_are_those_of_the_xml(added: tuple[Archive, Added], bulk: Bulk) -> None:
    archive, told = added
    assert (told.new, told.rejected, told.files) == (len(bulk.accessions), 0, len(bulk.accessions))
    assert set(archive.keys()) == bulk.accessions
    assert archive.quarantined() == []
    with archive.connect() as connection:
        found = {
            table: (connection.execute(f"select count(*) from {table}").fetchone() or (0,))[0] for table in COUNTED
        }
    assert found == bulk.counts
    assert archive.verify().clean


def test_from_a_second_run_nothing_changes(added: tuple[Archive, Added], corpus: Path) -> None:
    archive, told = added
    generation, status = archive.ledger.generation(), archive.status()
    again = archive.add(incoming(tar_of(corpus)))
    assert (again.known, again.files) == (told.new, told.new)
    assert (archive.ledger.generation(), archive.status()) == (generation, status)


def test_cells_of_a_sample_say_what_the_xml_says(added: tuple[Archive, Added], bulk: Bulk) -> None:
    archive, _ = added
    seen = 0
    wanted: dict[str, dict[str | None, str]] = {
        "filings": {None: "."},
        "owners": {None: "reportingOwner"},
        "transactions": {"I": COUNTED["transactions"], "II": COUNTED["transactions"]},
        "holdings": {"I": COUNTED["holdings"], "II": COUNTED["holdings"]},
        "signatures": {None: "ownerSignature"},
    }
    for table, paths in wanted.items():
        rows = held(archive, table, list(bulk.sample))
        for (accession, part), lines in rows.items():
            elements = bulk.sample[accession].xpath(paths[part])
            if part is not None:
                within = "nonDerivativeTable" if part == "I" else "derivativeTable"
                elements = [element for element in elements if element.getparent().tag == within]
            assert len(elements) == len(lines)
            for element, row in zip(elements, lines, strict=True):
                names = same(element, row, accession)
                seen += len(names)
                if table != "filings":
                    others = OF_THE_FILING | (OF_ITS_OWNERS if part else set())
                    assert {name for name, value in row.items() if value is not None} <= names | others
    assert seen > 20_000


def test_footnotes_and_marks_of_a_sample_are_those_of_the_xml(added: tuple[Archive, Added], bulk: Bulk) -> None:
    archive, _ = added
    for rows in (
        held(archive, "footnotes", list(bulk.sample)),
        held(archive, "footnote_references", list(bulk.sample)),
    ):
        for (accession, part), lines in rows.items():
            root = bulk.sample[accession]
            if part is None:
                expected = [
                    (note.get("id"), note.xpath("string()").strip()) for note in root.xpath("footnotes/footnote")
                ]
                assert [(row["footnote_id"], row["footnote"].strip()) for row in lines] == expected
            else:
                marks = root.xpath(f"{'nonDerivativeTable' if part == 'I' else 'derivativeTable'}//footnoteId/@id")
                assert sorted(row["footnote_id"] for row in lines) == sorted(marks)


def held(archive: Archive, table: str, accessions: list[str]) -> dict[tuple[str, str | None], list[dict[str, Any]]]:
    """Rows of a table by filing and part of the form, in order."""
    found: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    with archive.connect() as connection:
        asked = connection.execute(
            f"select * from {table} where accession in (select unnest(?::varchar[]))", [accessions]
        )
        names = [column[0] for column in asked.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    for row in sorted(rows, key=lambda row: (row.get("line") or 0, row.get("ordinal") or 0)):
        found.setdefault((row["accession"], row.get("form_table")), []).append(row)
    return found


def same(element: Any, row: dict[str, Any], accession: str) -> set[str]:
    """Compare the leaves below an element with a row; return the names of the columns they are."""
    unread = msgspec.json.decode(row["unread"] or "{}")
    names: set[str] = set()
    for leaf in leaves(element):
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", leaf.tag).lower()
        name = NAMES.get(name, name)
        assert name in row, (accession, name)
        value = leaf.find("value")
        text = ((leaf if value is None else value).text or "").strip()
        assert row[name] == as_column(text, row[name], unread.get(name)), (accession, name, text)
        names.add(name)
    return names


def leaves(element: Any) -> Iterator[Any]:
    """Elements that hold a value; the document's own tables, owners and footnotes are rows of others."""
    skip = {"nonDerivativeTable", "derivativeTable", "reportingOwner", "footnotes", "ownerSignature", "footnoteId"}
    for child in element:
        if not isinstance(child.tag, str) or child.tag in skip:
            continue
        if child.find("value") is not None or not [one for one in child if one.tag != "footnoteId"]:
            yield child
        else:
            yield from leaves(child)


def as_column(text: str, like: object, unread: str | None) -> object:
    """A text as the type of the value it is compared with; None where a column could not hold it."""
    if unread is not None:
        assert unread.strip() == text
        return None
    if not text:
        return None
    if isinstance(like, bool):
        return {"1": True, "true": True, "0": False, "false": False}[text.lower()]
    if isinstance(like, Decimal):
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    if isinstance(like, date):
        return date.fromisoformat(text[:10])
    return int(text) if isinstance(like, int) else text
