"""What section16 reports about a document and carries on from. What it cannot go on from is in `errors`.

A finding is a value: collected, ordered, compared, written as JSON under these field names. The rules that make
findings live with the rules; readers use findings to say what a source does not carry or what they left unread.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """Who objects, gravest first."""

    SUSPEND = "suspend"
    """EDGAR would refuse the submission."""
    WARN = "warn"
    """EDGAR accepts it with a warning."""
    LAW = "law"
    """The form's instructions or the rules of the SEC are broken."""
    ODD = "odd"
    """Likely a mistake."""
    NOTE = "note"
    """Good to know; nothing is wrong."""

    @property
    def gravity(self) -> int:
        """4 for `suspend` down to 0 for `note`, to compare severities by."""
        return len(_FROM_GRAVEST) - 1 - _FROM_GRAVEST.index(self)


_FROM_GRAVEST = tuple(Severity)


class Source(StrEnum):
    """Where a finding's standard comes from."""

    SCHEMA = "schema"
    """Structure that the SEC's XML schema can see."""
    EDGAR = "edgar"
    """EDGAR's business rules."""
    LAW = "law"
    """Statute, rules and the form's instructions."""
    LIKELY = "likely"
    """Experience with filings: arithmetic, pairing, plausibility, reading itself."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to say about one place of a document.

    `where` speaks the printed form's words ("Table I line 3, column 7"), `path` the XML's; `line` counts from 1 in the
    source. `basis` tells how sure the rule itself is (as its reference states it), `cites` what it rests on.
    """

    rule: str
    severity: Severity
    source: Source
    where: str
    message: str
    path: str | None = None
    line: int | None = None
    mend: str | None = None
    basis: str | None = None
    cites: tuple[str, ...] = ()
