"""`section16 archive compact`: small shards become large ones, by quarter; the index is made anew."""

from __future__ import annotations

from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.archive import WAIT
from section16.archive.compacting import Compacted
from section16.cli.exits import Exit, say
from section16.cli.standard_output import write_json


def compact(archive: Path | None, *, everything: bool, as_json: bool, quiet: bool, no_wait: bool) -> Exit:
    """Compact, and say what was done; return the exit code. Raises Section16Error."""
    with open_archive(archive, create=False) as opened:
        done = opened.compact(
            everything=everything, waiting=lambda who: say(f"waiting for {who}"), wait=0.0 if no_wait else WAIT
        )
    if as_json:
        write_json(msgspec.to_builtins(done))
    elif not quiet:
        say(_sentence(done))
    return Exit.DONE


def _sentence(done: Compacted) -> str:
    parts = [
        *([f"{done.folded:,} containers of the tail folded into a shard"] if done.folded else []),
        *([f"{done.merged:,} shards merged into {done.made:,}"] if done.merged else []),
        *([f"{done.dropped:,} filings' rows left out that counted no longer"] if done.dropped else []),
    ]
    waiting = f"; {done.waiting:,} old ones stay until nobody reads them" if done.waiting else ""
    return f"{', '.join(parts) or 'nothing to do'}; {done.shards:,} shards now{waiting}"
