"""The page of the archive's tables, made of what the code says of them: `python -m section16.archive.tables_page`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from section16.archive.tables import Column
from section16.archive.views import View, views

_ELEMENT = re.compile(r"<([\w/]+)>")


def tables_page() -> str:
    """The page, as Markdown."""
    return "\n".join([*_head(), *(line for view in views().values() for line in _view(view)), ""])


def _head() -> Iterator[str]:
    yield "# Tables of the archive"
    yield ""
    yield "Made from the code; see [archive.md](archive.md) for what they mean together. A name in `code` under *what*"
    yield "is the XML element that the column is read from."


def _view(view: View) -> Iterator[str]:
    yield from ("", f"## {view.name}", "", f"{view.says[0].upper()}{view.says[1:]}.", "")
    if view.copy:
        first = [column for column in view.columns if column.name == "by_owner_cik"]
        yield from [f"`{column.name}` ({column.type}): {column.says}." for column in first]
        return
    yield "| column | type | what |"
    yield "|---|---|---|"
    yield from map(_row, view.columns)


def _row(column: Column) -> str:
    says = _ELEMENT.sub(r"`\1`", column.says)
    return f"| `{column.name}` | {column.type} | {says}{'; as in `filings`' if column.repeated else ''} |"


if __name__ == "__main__":
    sys.stdout.write(tables_page())
