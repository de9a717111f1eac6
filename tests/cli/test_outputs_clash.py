from __future__ import annotations

from pathlib import Path

import pytest

from section16.cli.inputs import inputs_of
from section16.cli.outputs import targets
from section16.errors import ConflictError
from section16.reading import Format

FORM = b"<ownershipDocument><documentType>4</documentType></ownershipDocument>"


def test_a_picture_beside_a_filing_takes_nobodys_name(tmp_path: Path) -> None:
    (tmp_path / "form4.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "form4.xml").write_bytes(FORM)
    places = targets(inputs_of([str(tmp_path)]), Format.JSON, str(tmp_path / "out"), overwrite=False)
    assert places == [tmp_path / "out" / "form4.json"] * 2


def test_two_filings_with_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("form4.txt", "form4.jpg", "form4.xml"):
        (tmp_path / name).write_bytes(FORM if name != "form4.jpg" else b"\xff\xd8\xff")
    with pytest.raises(ConflictError):
        targets(inputs_of([str(tmp_path)]), Format.JSON, str(tmp_path / "out"), overwrite=False)
