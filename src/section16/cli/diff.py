"""`section16 diff`: what changed from one report to another."""

from __future__ import annotations

from section16.cli.exits import Exit, code_of, complain
from section16.cli.inputs import inputs_of, read_input
from section16.cli.show import colored, width
from section16.cli.standard_output import write_json, write_out
from section16.errors import Section16Error, UsageError
from section16.reading.difference import difference, difference_text


def diff(a: str, b: str, *, as_json: bool, spelling: bool) -> Exit:
    """Print the difference; FOUND if there is one, the error's code if a report cannot be read."""
    inputs = inputs_of([a, b])
    if any(source.in_folder for source in inputs):
        raise UsageError("USAGE", "diff compares two files, not folders")
    reports = []
    for source in inputs:
        try:
            reports.append(read_input(source))
        except Section16Error as error:
            complain(error, source.path)
            return code_of(error)
    first, second = reports
    found = difference(first.document, second.document, spelling=spelling)
    if as_json:
        write_json(found)
    elif found:
        write_out(difference_text(found, width(), color=colored()).rstrip("\n").encode() + b"\n")
    return Exit.FOUND if found else Exit.DONE
