"""Documents to begin from: fictional reports of four kinds, all of the shapes that nearly every filing has."""

from __future__ import annotations

from pathlib import Path

import pytest

SHELF = Path(__file__).resolve().parent / "shelf"


@pytest.fixture(scope="session")
def shelf() -> dict[str, bytes]:
    """Fictional ownership XML by name: `form3`, `form4a`, `form5`, `x0101`."""
    return {path.stem: path.read_bytes() for path in sorted(SHELF.glob("*.xml"))}
