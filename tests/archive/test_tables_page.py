from __future__ import annotations

from pathlib import Path

from section16.archive.tables_page import tables_page
from section16.archive.views import views


def test_the_page_of_tables_is_current(repository: Path) -> None:
    assert (repository / "docs" / "archive-tables.md").read_text(encoding="utf-8") == tables_page(), "run make docs"
    for name in views():
        assert f"## {name}\n" in tables_page()
