"""`section16 archive status`: what is there, how new, how large, and what a person should look at."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.status import FormYear, Status
from section16.cli.exits import Exit
from section16.cli.standard_output import write_json, write_out
from section16.errors import visible


def status(archive: Path | None, *, as_json: bool) -> Exit:
    """Print the status; return the exit code. Raises Section16Error."""
    with open_archive(archive, create=False) as opened:
        found = opened.status()
    if as_json:
        write_json(msgspec.to_builtins(found))
    else:
        write_out("\n".join([*_lines(found), ""]).encode())
    return Exit.DONE


def _lines(found: Status) -> list[str]:
    newest = found.newest_accepted_at.replace("T", " ") + " Eastern" if found.newest_accepted_at else "unknown"
    counts = {
        "filings": found.filings,
        "with their bytes": found.originals,
        "reporting owners": found.owners,
        "transactions": found.transactions,
        "holdings": found.holdings,
        "footnotes": found.footnotes,
        "in quarantine": found.rejected,
    }
    lines = [f"Archive {visible(found.archive)}, {_size(found.bytes)}, newest acceptance {newest}", ""]
    lines += [f"  {name:<18}{count:>14,}" for name, count in counts.items()]
    if found.tail or found.unindexed:
        waiting = f"{found.tail:,} containers and {found.unindexed:,} shards"
        lines += ["", f"  {waiting} are not in the index yet; questions find them all the same"]
    if found.safe_mode:
        lines += ["", "  safe mode: this SQLite is too old for the write-ahead log, a rollback journal is used"]
    lines += ["", *_years(found.by_form_and_year)]
    if found.problems:
        lines += ["", "Problems"]
        lines += [f"  {each.accession}  {each.kind}: {visible(each.message)}" for each in found.problems]
    if not found.filings:
        lines += ["", "Nothing is in it yet. Add filings: section16 archive add FILE..."]
    return lines


def _years(counts: list[FormYear]) -> list[str]:
    """A table of years by form."""
    if not counts:
        return []
    forms = sorted({each.form for each in counts})
    years: dict[int | None, dict[str, int]] = defaultdict(dict)
    for each in counts:
        years[each.year][each.form] = each.filings
    ordered = sorted(years, key=lambda year: (year is None, year))
    head = "  year    " + "".join([f"{visible(form):>12}" for form in forms])
    rows = [
        f"  {year or 'unknown':<8}" + "".join([f"{years[year].get(form, 0):>12,}" for form in forms])
        for year in ordered
    ]
    return [head, *rows]


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 - a thousand of each is one of the next
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1000
    return f"{size:,.2f} GB"
