"""`section16 archive quarantine`: what could not be read, why, and whether it can be read now."""

from __future__ import annotations

from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.archive.archive import WAIT
from section16.archive.quarantine import Quarantined
from section16.cli.exits import Exit, say
from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import visible

_HEADINGS = ("name", "from", "code", "reason", "bytes", "tries")


def quarantine(archive: Path | None, *, retry: bool, as_json: bool, no_wait: bool) -> Exit:
    """Print what is in quarantine, after `retry` what still is; return the exit code. Raises Section16Error."""
    with open_archive(archive, create=False) as opened:
        if retry:
            added = opened.retry(waiting=lambda who: say(f"waiting for {who}"), wait=0.0 if no_wait else WAIT)
            say(f"{added.files:,} read again: {added.files - added.rejected:,} can be read now")
        held = opened.quarantined()
    if as_json:
        write_json(msgspec.to_builtins(held))
    elif held:
        write_out(joined(plain_table(_HEADINGS, [_cells(one) for one in held], right={"bytes", "tries"})))
    else:
        say("nothing is in quarantine")
    return Exit.FOUND if retry and held else Exit.DONE


def _cells(one: Quarantined) -> tuple[str, ...]:
    origin = "" if one.origin == one.name else one.origin
    return (visible(one.name), visible(origin), one.code, visible(one.reason), f"{one.size:,}", str(one.tries))
