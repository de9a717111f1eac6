from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.reading import SourceKind, read

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("words", "kind"), [([], SourceKind.FULL_TEXT), (["--as", "xml"], SourceKind.OWNERSHIP_XML)], ids=["text", "xml"]
)
def test_filings_are_written_and_listed(section16: Command, words: list[str], kind: SourceKind, tmp_path: Path) -> None:
    ended = section16("generate", "--count", "12", "--seed", "3", "-o", tmp_path / "new", *words)
    assert ended.code == 0
    assert ended.err.startswith("12 fictional filings in ")
    with (tmp_path / "new" / "INDEX.csv").open(newline="") as index:
        rows = list(csv.DictReader(index))
    assert len(rows) == 12
    for row in rows:
        filing = read(tmp_path / "new" / row["file"])
        assert filing.kind is kind
        assert filing.document.document_type == row["form"]
        assert row["accession"].startswith("9999")


def test_the_same_seed_makes_the_same_filings(section16: Command, tmp_path: Path) -> None:
    for name in "ab":
        section16("generate", "--count", "5", "--seed", "8", "-o", tmp_path / name, "-q")
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab")
    assert one == two


def test_a_folder_with_something_in_it_is_left_alone(section16: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for place in (tmp_path, tmp_path / "mine.txt"):
        ended = section16("generate", "--count", "1", "-o", place)
        assert ended.code == 5
        assert "OUTPUT_EXISTS" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert section16("generate", "--count", "0", "-o", tmp_path / "x").code == 2
    assert section16("generate", "--count", "1").code == 2
