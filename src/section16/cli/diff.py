"""`section16 diff`: what changed from one report to another."""

from __future__ import annotations

from section16.cli.exits import Exit
from section16.cli.inputs import inputs_of, read_input
from section16.cli.outputs import write_json, write_out
from section16.cli.show import colored, width
from section16.errors import UsageError
from section16.reading.difference import difference, difference_text


def diff(a: str, b: str, *, as_json: bool, spelling: bool) -> Exit:
    """Print the difference; FOUND if there is one. Raises Section16Error if a report cannot be read."""
    inputs = [inputs_of([source]) for source in (a, b)]
    if any(len(found) != 1 for found in inputs):
        raise UsageError("USAGE", "diff compares two files, not folders")
    first, second = (read_input(found[0]) for found in inputs)
    found = difference(first.document, second.document, spelling=spelling)
    if as_json:
        write_json(found)
    else:
        write_out(difference_text(found, width(), color=colored()).rstrip("\n").encode() + b"\n")
    return Exit.FOUND if found else Exit.DONE
