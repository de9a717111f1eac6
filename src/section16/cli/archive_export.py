"""`section16 archive export`: Parquet by year and quarter, with a manifest, for any engine."""

from __future__ import annotations

from pathlib import Path

import msgspec

from section16.archive import open_archive
from section16.cli.exits import Exit, say
from section16.cli.moments import moment
from section16.cli.standard_output import write_json
from section16.errors import visible


def export(
    folder: Path, archive: Path | None, *, as_of: str | None, overwrite: bool, as_json: bool, quiet: bool
) -> Exit:
    """Write the tables; return the exit code. Raises Section16Error."""
    with open_archive(archive, create=False) as opened:
        manifest = opened.export(folder, as_of=moment(as_of), overwrite=overwrite)
    if as_json:
        write_json(msgspec.to_builtins(manifest))
    elif not quiet:
        files = sum(len(table.files) for table in manifest.tables)
        say(f"{manifest.rows:,} rows of {len(manifest.tables)} tables in {files:,} files: {visible(str(folder))}")
    return Exit.DONE
