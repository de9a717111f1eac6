from __future__ import annotations

import csv
from pathlib import Path, PurePosixPath

import pytest

from section16.errors import ConflictError, StorageError
from section16.samples import FAULTS, Sample, generate, sample_bytes, write_samples
from section16.samples.sample_files import sample_path


def index(folder: Path) -> list[dict[str, str]]:
    with (folder / "INDEX.csv").open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def test_filings_are_named_by_accession_and_listed(filings: list[Sample], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert write_samples(filings[:800], folder) == 800
    rows = index(folder)
    assert [row["accession"] for row in rows] == [sample.accession for sample in filings[:800]]
    assert {path.name for path in folder.iterdir()} == {row["file"] for row in rows} | {"INDEX.csv"}
    for row, sample in zip(rows, filings, strict=False):
        assert row == {
            "accession": sample.accession,
            "form": sample.form,
            "original": sample.original or "",
            "faults": ";".join(sample.faults),
            "file": f"{sample.accession}.txt",
        }
        assert set(filter(None, row["faults"].split(";"))) <= set(FAULTS)
        assert (folder / row["file"]).read_bytes() == sample_bytes(sample, "submission")
    assert any(row["original"] for row in rows)
    assert any(row["faults"] for row in rows)


def test_the_document_alone_is_the_xml_inside_the_submission(filings: list[Sample], tmp_path: Path) -> None:
    write_samples(filings[:20], tmp_path, "xml")
    for sample in filings[:20]:
        xml = (tmp_path / f"{sample.accession}.xml").read_bytes()
        assert xml.startswith(b'<?xml version="1.0"?>\n<ownershipDocument>')
        assert xml.strip() in sample_bytes(sample, "submission")


def test_the_index_ends_its_lines_alike_on_every_system(tmp_path: Path) -> None:
    write_samples(generate(3, 1), tmp_path)
    data = (tmp_path / "INDEX.csv").read_bytes()
    assert data.startswith(b"accession,form,original,faults,file\n")
    assert b"\r" not in data


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="ascii")
    with pytest.raises(ConflictError, match="OUTPUT_EXISTS"):
        write_samples(generate(1, 1), tmp_path)
    with pytest.raises(ConflictError, match="OUTPUT_EXISTS"):
        write_samples(generate(1, 1), tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_overwriting_replaces_files_of_the_same_name_only(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="ascii")
    write_samples(generate(2, 1), tmp_path, overwrite=True)
    write_samples(generate(2, 1), tmp_path, overwrite=True)
    assert len(list(tmp_path.iterdir())) == 4
    assert (tmp_path / "mine.txt").read_text(encoding="ascii") == "keep"


def test_a_disk_that_refuses_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="STORAGE_FAILED"):
        write_samples(generate(1, 1), tmp_path / "file" / "below")


def test_no_folder_grows_beyond_ten_thousand_files(filings: list[Sample]) -> None:
    sample = filings[0]
    name = f"{sample.accession}.txt"
    assert sample_path(0, sample, "submission") == PurePosixPath(name)
    assert sample_path(9_999, sample, "submission") == PurePosixPath(name)
    assert sample_path(10_000, sample, "submission") == PurePosixPath("000010", name)
    assert sample_path(1_234_567, sample, "submission") == PurePosixPath("001234", name)


def test_filings_beyond_the_first_folder_are_written_and_listed(
    filings: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("section16.samples.sample_files._FLAT", 20)
    monkeypatch.setattr("section16.samples.sample_files._IN_A_FOLDER", 10)
    write_samples(filings[:45], tmp_path, "xml")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"000002", "000003", "000004"}
    assert all((tmp_path / row["file"]).is_file() for row in index(tmp_path))
