"""`section16 archive verify --against-dataset`: where the SEC's quarterly tables say other than the filings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.dataset_differences import Comparison, Difference
from section16.cli.exits import Exit
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import excerpt


def against(archive: Path | None, data_set: Path | None, *, as_json: bool, quiet: bool) -> Exit:
    """Print the differences, without `data_set` those from data sets in the archive; return the exit code.

    Raises Section16Error for what cannot be compared.
    """
    with open_archive(archive, create=False) as opened:
        found = opened.compare_dataset(data_set)
    if as_json:
        write_json(msgspec.to_builtins(found))
    elif not quiet or found.differences:
        write_out(joined(_lines(found)))
    return Exit.FOUND if found.differences else Exit.DONE


def _lines(found: Comparison) -> Iterator[str]:
    for one in found.differences:
        yield _line(one)
    if found.differences:
        yield ""
    rest = f"; {found.without_original:,} are not in the archive as originals" if found.without_original else ""
    yield f"{len(found.differences):,} differences in {found.compared:,} filings compared{rest}"


def _line(one: Difference) -> str:
    place = " ".join([part for part in (one.table, one.line, one.column) if part])
    return f"{one.accession} {excerpt(place)}: the filing has {_said(one.archived)}, the data set {_said(one.data_set)}"


def _said(text: str | None) -> str:
    return "nothing" if text is None else f"'{excerpt(text)}'"
