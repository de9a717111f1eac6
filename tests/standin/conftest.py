from __future__ import annotations

from pathlib import Path

import pytest

from section16.samples import generate, write_samples
from section16.standin.catalogue import Catalogue
from section16.standin.scanning import scan_folder

COUNT = 60


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Full submissions of fictional insiders, and the INDEX.csv beside them."""
    place = tmp_path_factory.mktemp("filings")
    write_samples(generate(COUNT, 5), place)
    return place


@pytest.fixture(scope="session")
def catalogue(folder: Path) -> Catalogue:
    return scan_folder(folder).catalogue
