"""An export is what the views show, in files that any engine reads, there whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import msgspec
import pytest

from section16.archive import Archive, Incoming, exporting
from section16.archive.exporting import MANIFEST, Manifest
from section16.archive.views import views
from section16.errors import ConflictError, StorageError

from .conftest import loose


@pytest.fixture
def filled(archive: Archive, texts: list[bytes]) -> Archive:
    """Filings of several quarters, one of them without a filing date."""
    files = [*texts[:11], loose(texts[11])]
    archive.add([Incoming(name=f"{number}", data=text) for number, text in enumerate(files)], jobs=1)
    return archive


def test_every_row_is_exported_and_the_manifest_says_so(filled: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    manifest = filled.export(folder)
    kept = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    assert kept == manifest
    assert [table.name for table in kept.tables] == [view.name for view in views().values() if not view.copy]
    for table in kept.tables:
        of_filings = "accession" in {column.name for column in table.columns}
        assert table.partitions == (["year", "quarter"] if table.rows and of_filings else [])
        assert table.files
    assert kept.made_by.startswith("section16 ")
    with filled.connect() as connection:
        for table in kept.tables:
            columns = ", ".join(column.name for column in table.columns)
            files = str(folder / table.name / "**" / "*.parquet")
            theirs = duckdb.execute(
                f"select {columns} from read_parquet('{files}', hive_partitioning=true) order by all"
            )
            ours = connection.execute(f"select {columns} from {table.name} order by all").fetchall()
            assert theirs.fetchall() == ours
            assert len(ours) == table.rows
    for file in (file for table in kept.tables for file in table.files):
        assert sha256((folder / file.path).read_bytes()).hexdigest() == file.sha256
        assert (folder / file.path).stat().st_size == file.bytes
    listed = {file.path for table in kept.tables for file in table.files}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")} == listed
    years = duckdb.execute(
        f"select distinct year(filed_on) = year and quarter(filed_on) = quarter "
        f"from read_parquet('{folder}/transactions/**/*.parquet', hive_partitioning=true) where filed_on is not null"
    ).fetchall()
    assert years == [(True,)]


def test_other_engines_read_it(filled: Archive, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    filled.export(tmp_path / "export")
    read = polars.read_parquet(tmp_path / "export" / "transactions" / "**" / "*.parquet", hive_partitioning=True)
    (count, value) = filled.sql("select count(*), sum(value) from transactions").fetchone() or (0, 0)
    assert (len(read), read["value"].sum()) == (count, value)


def test_pyarrow_reads_it(filled: Archive, tmp_path: Path) -> None:
    dataset = pytest.importorskip("pyarrow.dataset", reason="pyarrow is not installed")
    filled.export(tmp_path / "export")
    read = dataset.dataset(tmp_path / "export" / "owners", partitioning="hive").to_table()
    assert read.num_rows == (filled.sql("select count(*) from owners").fetchone() or (0,))[0]


def test_an_export_as_of_a_moment_holds_what_was_public_then(filled: Archive, tmp_path: Path) -> None:
    (moment,) = filled.sql("select median(public_at) from filings").fetchone() or (None,)
    assert isinstance(moment, datetime)
    manifest = filled.export(tmp_path / "export", as_of=moment.replace(tzinfo=UTC))
    rows = {table.name: table.rows for table in manifest.tables}
    known = filled.sql(f"select count(*) from filings where public_at <= timestamp '{moment}'").fetchone() or (0,)
    assert 0 < rows["filings"] == known[0] < 12
    assert manifest.as_of == moment.replace(tzinfo=UTC).isoformat()


def test_an_empty_archive_is_exported(archive: Archive, tmp_path: Path) -> None:
    assert archive.export(tmp_path / "export").rows == 0


def test_what_is_there_is_not_replaced_unless_told(filled: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    filled.export(folder)
    with pytest.raises(ConflictError, match="--overwrite"):
        filled.export(folder)
    (folder / "old").write_bytes(b"")
    filled.export(folder, overwrite=True)
    assert not (folder / "old").exists()
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter").write_bytes(b"dear")
    with pytest.raises(ConflictError, match="no export"):
        filled.export(other, overwrite=True)
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "export", "letters"}


def test_an_export_that_fails_leaves_nothing_and_the_old_one(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    before = filled.export(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "flushed", fail)
    with pytest.raises(StorageError, match="full"):
        filled.export(folder, overwrite=True)
    assert msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest) == before
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "export"}
