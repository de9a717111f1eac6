"""The page of the archive's tables, made of what the code says of them: `python -m section16.archive.tables_page`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from section16.archive.tables import Column, tables

_ELEMENT = re.compile(r"<([\w/]+)>")


def tables_page() -> str:
    """The page, as Markdown."""
    return "\n".join([*_head(), *(line for name in tables() for line in _table(name)), ""])


def _head() -> Iterator[str]:
    yield "# Tables of the archive"
    yield ""
    yield "Made from the code; see [archive.md](archive.md) for what they mean together. A name in `code` under *what*"
    yield "is the XML element that the column is read from."


def _table(name: str) -> Iterator[str]:
    table = tables()[name]
    yield from ("", f"## {name}", "", f"{table.says[0].upper()}{table.says[1:]}.", "")
    yield "| column | type | what |"
    yield "|---|---|---|"
    yield from map(_row, table.shown)


def _row(column: Column) -> str:
    says = _ELEMENT.sub(r"`\1`", column.says)
    return f"| `{column.name}` | {column.type} | {says}{'; as in `filings`' if column.repeated else ''} |"


if __name__ == "__main__":
    sys.stdout.write(tables_page())
