"""Quarterly data sets: read as they are, marked for what they are, and giving way to the filings themselves."""

from __future__ import annotations

import csv
import gzip
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from section16.archive import Archive, Incoming, open_archive
from section16.archive.datasets import data_sets_below
from section16.edgar import data_sets as layout
from section16.edgar.data_set_files import is_data_set
from section16.edgar.data_set_writer import Report, write_data_set
from section16.errors import SourceError
from section16.reading import Filing, read

Named = Callable[[list[bytes]], list[Incoming]]
TABLES = ("filings", "owners", "transactions", "holdings", "footnotes", "footnote_references", "signatures")


def reports(texts: list[bytes]) -> list[Report]:
    return [report(read(text)) for text in texts]


def report(filing: Filing) -> Report:
    numbers = [filer.file_number or "" for filer in filing.filers if filer.role == "reporting-owner"]
    return Report(
        accession=filing.accession or "", filed_on=filing.filed_on, document=filing.document, file_numbers=numbers
    )


def tables_of(given: list[Report]) -> dict[str, str]:
    """The members of a data set, as texts."""
    file = BytesIO()
    write_data_set(given, file)
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return path


@pytest.fixture(scope="module")
def members(texts: list[bytes]) -> dict[str, str]:
    return tables_of(reports(texts))


@pytest.fixture
def data_set(tmp_path: Path, members: dict[str, str]) -> Path:
    return zipped(tmp_path / "2024q1_form345.zip", members)


def rows(archive: Archive, question: str) -> list[tuple[object, ...]]:
    return archive.sql(question).fetchall()


def count(archive: Archive, table: str) -> int:
    return int(str(rows(archive, f"select count(*) from {table}")[0][0]))


def test_a_part_of_a_real_data_set_loads_with_counts_equal_to_an_independent_count(
    archive: Archive, corpus: Path
) -> None:
    folder = corpus / "datasets" / "2024q3_form345"
    lines: dict[str, list[dict[str, str]]] = {}
    for file in folder.glob("*.tsv.gz"):
        with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
            lines[file.name.split(".")[0]] = list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    added = archive.add_dataset(folder)
    assert added.lines == {table: len(held) for table, held in lines.items()}
    accessions = {row[layout.ACCESSION] for held in lines.values() for row in held}
    assert (added.new, count(archive, "filings")) == (len(accessions), len(accessions))
    assert count(archive, "transactions") == len(lines["DERIV_TRANS"])
    assert count(archive, "holdings") == len(lines["DERIV_HOLDING"]) + len(lines["NONDERIV_HOLDING"])
    assert count(archive, "signatures") == len(lines["OWNER_SIGNATURE"])
    marks = sum(
        len(cell.split(","))
        for held in lines.values()
        for row in held
        for name, cell in row.items()
        if name.endswith("_FN") and cell
    )
    assert count(archive, "footnote_references") == marks
    crossed = Counter[str]()
    for table, held in lines.items():
        if "HOLDING" in table or "TRANS" in table:
            bad = {
                row[layout.ACCESSION]
                for row in held
                if (
                    row["DIRECT_INDIRECT_OWNERSHIP"] == "I"
                    and not row["NATURE_OF_OWNERSHIP"].strip()
                    and not row["NATURE_OF_OWNERSHIP_FN"]
                )
                or (row["DIRECT_INDIRECT_OWNERSHIP"] == "D" and row["NATURE_OF_OWNERSHIP"].strip())
            }
            crossed[table] = sum(row[layout.ACCESSION] in bad for row in held)
    marked = "select count(*) from (select doubt from transactions union all select doubt from holdings) where doubt = "
    assert rows(archive, f"{marked} 'rounded, ownership'") == [(crossed.total(),)]
    assert crossed.total() > 0
    assert {problem.kind for problem in added.problems} == {"DATASET_INCOMPLETE", "DATASET_CROSSED"}
    assert rows(archive, "select distinct owner_count, transaction_count from filings") == [(None, None)]
    assert archive.verify(jobs=1).faults == []


def test_a_data_set_written_from_filings_says_what_they_say_cell_by_cell(
    archive: Archive, texts: list[bytes], named: Named, data_set: Path, tmp_path: Path
) -> None:
    archive.add(named(texts), jobs=1)
    found = archive.compare_dataset(data_set)
    assert (found.compared, found.without_original, found.differences) == (len(texts), 0, ())
    with open_archive(tmp_path / "other") as other:
        added = other.add_dataset(data_set)
        assert (added.new, added.problems) == (len(texts), ())
        for table in TABLES:
            assert count(other, table) == count(archive, table), table
        exact = "accession, issuer_cik, issuer_name, document_type, filed_on, period_of_report, remarks, owner_count, "
        question = f"select {exact} transaction_count, holding_count, footnote_count from filings order by all"
        assert rows(other, question) == rows(archive, question)
        lines = (
            "select accession, form_table, security_title, round(transaction_shares, 2), transaction_code, "
            "round(transaction_price_per_share, 2), transaction_date, direct_or_indirect_ownership, "
            "nature_of_ownership, "
            "coalesce(round(transaction_shares, 2) * round(transaction_price_per_share, 2) = value, true) "
            "or doubt is null, round(shares_owned_following_transaction, 2), expiration_date "
            "from transactions order by all"
        )
        assert rows(other, lines) == rows(archive, lines)
        notes = "select accession, footnote_id, regexp_replace(footnote, '\\s', ' ', 'g') from footnotes order by all"
        assert rows(other, notes) == rows(archive, notes)
        marks = (
            "select t.accession, security_title, column_name, footnote_id from footnote_references "
            "join transactions t using (accession, form_table, line) order by all"
        )
        if not rows(archive, "select 1 from holdings h join transactions t using (accession, form_table) limit 1"):
            assert rows(other, marks) == rows(archive, marks)


def test_filings_of_the_corpus_go_through_a_data_set_without_a_difference(
    archive: Archive, corpus: Path, named: Named, tmp_path: Path
) -> None:
    texts = [file.read_bytes() for file in sorted((corpus / "submissions").glob("*"))[:60] if file.is_file()]
    readable = [text for text in texts if _is_whole(text)]
    assert len(readable) > 20
    archive.add(named(readable), jobs=1)
    keys = {key for (key,) in rows(archive, "select accession from filings")}
    by_key = {one.accession: one for one in reports(readable) if one.accession in keys}
    found = archive.compare_dataset(zipped(tmp_path / "set.zip", tables_of(list(by_key.values()))))
    assert found.compared == len(by_key)
    assert found.differences == ()


def _is_whole(text: bytes) -> bool:
    try:
        filing = read(text)
    except Exception:  # noqa: BLE001 - what the reader refuses is another test's matter
        return False
    return filing.accession is not None and not filing.document.non_derivative_securities


def test_what_the_data_set_says_otherwise_is_listed_by_accession_line_and_column(
    archive: Archive, texts: list[bytes], named: Named, members: dict[str, str], tmp_path: Path
) -> None:
    archive.add(named(texts), jobs=1)
    table = members["NONDERIV_TRANS.tsv"].splitlines()
    header, first = table[0].split("\t"), table[1].split("\t")
    at = header.index("TRANS_SHARES")
    first[at] = "123456789.0"
    changed = members | {"NONDERIV_TRANS.tsv": "\n".join([table[0], "\t".join(first), *table[2:-1]]) + "\n"}
    found = archive.compare_dataset(zipped(tmp_path / "set.zip", changed)).differences
    cell = next(one for one in found if one.column == "transaction_shares")
    assert (cell.accession, cell.table, cell.data_set) == (first[0], "transactions", "123456789.000000000000")
    assert cell.line.startswith("I transaction ")
    gone = next(one for one in found if not one.column)
    assert (gone.accession, gone.archived, gone.data_set) == (table[-1].split("\t")[0], "a row", None)


def test_an_original_takes_the_place_of_rows_of_a_data_set_whichever_comes_first(
    archive: Archive, texts: list[bytes], named: Named, data_set: Path
) -> None:
    half = len(texts) // 2
    archive.add(named(texts[:half]), jobs=1)
    added = archive.add_dataset(data_set)
    assert (added.originals, added.new) == (half, len(texts) - half)
    sources = rows(archive, "select source = 'dataset', count(*) from filings group by 1 order by 1")
    assert sources == [(False, half), (True, len(texts) - half)]
    keys = [read(text).accession or "" for text in texts]
    assert archive.has(keys) == set(keys[:half])
    assert archive.compare_dataset().differences == ()
    later = archive.add(named(texts), jobs=1)
    assert (later.new, later.known) == (len(texts) - half, half)
    assert rows(archive, "select distinct source from filings where source = 'dataset'") == []
    assert count(archive, "filings") == len(texts)
    assert rows(archive, "select count(*) from transactions where doubt is not null") == [(0,)]
    assert archive.compare_dataset().compared == len(texts)
    archive.compact()
    assert count(archive, "filings") == len(texts)
    assert archive.verify(jobs=1).faults == []


def test_a_data_set_published_anew_takes_the_place_of_the_older_one_and_the_same_one_changes_nothing(
    archive: Archive, texts: list[bytes], data_set: Path, members: dict[str, str], tmp_path: Path
) -> None:
    archive.add_dataset(data_set)
    generation = archive.ledger.generation()
    assert archive.add_dataset(shutil.copy(data_set, tmp_path / "again.zip")).is_known
    assert archive.ledger.generation() == generation
    newer = zipped(tmp_path / "newer.zip", members | {"FORM_345_readme.htm": "rebuilt"})
    added = archive.add_dataset(newer)
    assert (added.renewed, added.new) == (len(texts), 0)
    assert count(archive, "filings") == len(texts)
    assert archive.ledger.connection.execute("select count(*) from datasets").fetchone() == (2,)


def test_columns_are_found_by_name_and_what_is_odd_is_kept_as_text_or_reported(
    archive: Archive, texts: list[bytes], members: dict[str, str], tmp_path: Path
) -> None:
    submission = [line.split("\t") for line in members["SUBMISSION.tsv"].splitlines()]
    header = submission[0]
    assert header[-1] == "AFF10B5ONE"
    submission = [line[:-1] for line in submission]
    submission[0][header.index("FORM3_HOLDINGS_REPORTED")] = "form3_holding_reported"
    submission[1][header.index("PERIOD_OF_REPORT")] = "31-FEB-2024"
    submission[1][header.index("ISSUERNAME")] = '"Acme" & Söhne'
    key = submission[1][0]
    derivative = [line.split("\t") for line in members["DERIV_TRANS.tsv"].splitlines()]
    assert "EXCERCISE_DATE" in derivative[0]
    derivative[0] = [name.replace("EXCERCISE", "EXERCISE") for name in derivative[0]]
    derivative = [line[::-1] for line in derivative]
    drifted = members | {
        "SUBMISSION.tsv": "\r\n".join(["\t".join(line) for line in submission]) + "\r\n",
        "DERIV_TRANS.tsv": "\n".join(["\t".join(line) for line in derivative]) + "\n",
        "FOOTNOTES.tsv": members["FOOTNOTES.tsv"] + "torn line\n",
    }
    del drifted["OWNER_SIGNATURE.tsv"]
    path = zipped(tmp_path / "old.zip", {f"insider_transactions/{name}": text for name, text in drifted.items()})
    added = archive.add_dataset(path)
    assert {problem.kind for problem in added.problems} == {"DATASET_INCOMPLETE", "DATASET_LINES"}
    assert count(archive, "filings") == len(texts)
    assert rows(archive, f"select issuer_name, period_of_report, unread from filings where accession = '{key}'") == [
        ('"Acme" & Söhne', None, '{"period_of_report": "31-FEB-2024"}')
    ]
    place = derivative[0].index("EXERCISE_DATE")
    dated = sum(bool(line[place]) for line in derivative[1:])
    assert rows(archive, "select count(exercise_date) from transactions") == [(dated,)]
    assert [problem.kind for problem in archive.status().problems if problem.accession == "old.zip"]


def test_form_and_nature_that_contradict_are_kept_as_given_and_marked(
    archive: Archive, members: dict[str, str], tmp_path: Path
) -> None:
    table = [line.split("\t") for line in members["NONDERIV_TRANS.tsv"].splitlines()]
    form, nature = table[0].index("DIRECT_INDIRECT_OWNERSHIP"), table[0].index("NATURE_OF_OWNERSHIP")
    line = next(line for line in table[1:] if line[form] == "D" and not line[nature])
    line[nature] = "By trust"
    crossed = members | {"NONDERIV_TRANS.tsv": "\n".join(["\t".join(line) for line in table]) + "\n"}
    archive.add_dataset(zipped(tmp_path / "set.zip", crossed))
    found = rows(
        archive,
        "select accession, direct_or_indirect_ownership from transactions "
        "where nature_of_ownership = 'By trust' and doubt = 'rounded, ownership'",
    )
    assert (line[0], "D") in found
    others = rows(archive, f"select distinct doubt from transactions where accession != '{line[0]}'")
    assert others == [("rounded",)]


def test_bytes_that_are_not_utf_8_are_read_as_windows_has_them(
    archive: Archive, members: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            data = text.encode()
            if name == "FOOTNOTES.tsv":
                head, first, rest = data.split(b"\n", 2)
                data = b"\n".join([head, first + b" caf\xe9", rest])
            packed.writestr(name, data)
    added = archive.add_dataset(path)
    assert [problem.kind for problem in added.problems] == ["DATASET_ENCODING"]
    assert rows(archive, "select count(*) from footnotes where footnote like '% café'") == [(1,)]


def test_what_is_no_data_set_is_refused_and_what_is_damaged_changes_nothing(
    archive: Archive, data_set: Path, tmp_path: Path
) -> None:
    plain = zipped(tmp_path / "plain.zip", {"a.txt": "a"})
    assert not is_data_set(plain)
    with pytest.raises(SourceError, match="no table"):
        archive.add_dataset(plain)
    damaged = tmp_path / "damaged.zip"
    data = bytearray(data_set.read_bytes())
    data[200:260] = bytes(60)
    damaged.write_bytes(data)
    with pytest.raises(SourceError):
        archive.add_dataset(damaged)
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as packed:
        for folder in "ab":
            packed.writestr(f"{folder}/SUBMISSION.tsv", "ACCESSION_NUMBER\n")
    with pytest.raises(SourceError, match="twice"):
        archive.add_dataset(twice)
    assert archive.ledger.generation() == 0
    assert [path.name for path in archive.layout.shards.iterdir()] == []


def test_data_sets_are_found_as_zips_and_as_folders_of_tables(
    data_set: Path, members: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "below" / "2023q4"
    folder.mkdir(parents=True)
    for name, text in members.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    zipped(tmp_path / "plain.zip", {"a.txt": "a"})
    assert data_sets_below(tmp_path) == [data_set, folder]
    assert data_sets_below(data_set) == [data_set]
    assert data_sets_below(tmp_path / "plain.zip") == []


def test_the_rows_of_a_packed_folder_are_those_of_the_zip(
    archive: Archive, data_set: Path, members: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in members.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    archive.add_dataset(folder)
    with open_archive(tmp_path / "other") as other:
        other.add_dataset(data_set)
        for table in TABLES:
            question = f"select * from {table} order by all"
            assert rows(archive, question) == rows(other, question)
