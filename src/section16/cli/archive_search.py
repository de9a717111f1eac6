"""`section16 archive search`: footnotes and remarks that have some words, the newest first."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.search import Found
from section16.cli.exits import Exit, say
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import visible

_NARROW, _WIDE = 40, 100
_MANY = 200_000


def search(words: str, archive: Path | None, *, limit: int, as_json: bool) -> Exit:
    """Print what is found; return the exit code. Raises Section16Error."""
    with open_archive(archive, create=False) as opened:
        if (new := opened.unsearched()) > _MANY:
            say(f"{new:,} footnotes are entered into the full-text index first, once")
        found = opened.search(words, limit=limit)
    if as_json:
        write_json([msgspec.to_builtins(each) for each in found])
    else:
        write_out(joined(line for each in found for line in _lines(each)))
        say(_count(len(found), limit))
    return Exit.DONE


def _count(found: int, limit: int) -> str:
    if not found:
        return "nothing is found"
    if found == limit:
        return f"the newest {found:,}; --limit N shows more"
    return f"{found:,} places" if found > 1 else "1 place"


def _lines(found: Found) -> Iterator[str]:
    """A heading for whose report it is, then the text, every character of it harmless."""
    where = f"footnote {found.footnote_id}" if found.footnote_id else "remarks"
    parts = [
        found.filed_on.isoformat() if found.filed_on else "undated",
        f"form {found.document_type}" if found.document_type else "",
        found.issuer_name or "",
        found.rpt_owner_name or "",
        where,
        found.accession,
    ]
    yield visible("  ".join(part for part in parts if part))
    width = min(max(shutil.get_terminal_size().columns, _NARROW), _WIDE)
    text = visible(" ".join(found.text.split()))
    yield from textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="    ")
    yield ""
