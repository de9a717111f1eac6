"""A line with what became of it once amendments are applied."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from section16.positions.lines import Line, ReportFacts


class Status(StrEnum):
    """What became of a line."""

    STAYS = "stays"
    """Of an original, and in force as filed."""
    SUPERSEDED = "superseded"
    """Of an original; an amendment's line stands in its place."""
    WITHDRAWN = "withdrawn"
    """Of an original; the amendment leaves it out and says it was reported in error."""
    SUPERSEDES = "supersedes"
    """Of an amendment, in place of an original's line."""
    RESTATES = "restates"
    """Of an amendment, equal to the original's line, which stays: not counted again."""
    ADDED = "added"
    """Of an amendment, and new."""
    REPEATS = "repeats"
    """Of a report that isn't an amendment; an earlier one has the same transaction with the same balance after it."""
    AMENDMENT_UNMATCHED = "amendment_unmatched"
    """Of an amendment whose original isn't at hand, or is one of several."""


class Applied(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line with what became of it.

    `counts`: it is in force. `original` is the report whose line it is or amends; its own where that isn't known.
    `other` is the line that supersedes it, is superseded or restated by it, or reports the same event. `why` is a
    sentence for people, "" where the status says all.
    """

    line: Line
    status: Status
    counts: bool
    original: ReportFacts
    other: Line | None = None
    why: str = ""
