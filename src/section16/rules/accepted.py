"""Findings that a drafter has looked at and accepts: lines of a sidecar file, never of the filed XML.

Beside `form4.xml` stands `form4.xml.accept`, with lines `# section16: accept L-52 because REASON`. An accepted finding
is listed as such and not counted; what EDGAR would do with the report stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from section16.errors import UsageError, excerpt
from section16.findings import Finding
from section16.rules.catalogue import by_id

ENDING: Final = ".accept"
_LINE: Final = re.compile(r"#\s*section16:\s*accept\s+(\S+)(?:\s+because(?:\s+(.*))?)?")
_MEND: Final = "Write: # section16: accept RULE because REASON"


def acceptances(text: str, path: str) -> Mapping[str, str]:
    """Return the reasons by rule id from the text of a sidecar file; `path` is for errors.

    Blank lines and other comments (`#`) say nothing. Raises UsageError for a line that is neither, a rule that does not
    exist, and a missing reason.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found |= _acceptance(line.strip(), path, number)
    return found


def _acceptance(line: str, path: str, number: int) -> dict[str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        if line.startswith("#") and "section16" not in line:
            return {}
        raise UsageError("USAGE", f"this accepts nothing: {excerpt(line)!r}", path=path, line=number, mend=_MEND)
    rule, reason = by_id().get(found[1]), (found[2] or "").strip()
    if rule is None:
        mend = "section16 rules lists the rules"
        raise UsageError("USAGE", f"there is no rule {excerpt(found[1])}", path=path, line=number, mend=mend)
    if not reason:
        raise UsageError("USAGE", f"no reason is given for accepting {rule.id}", path=path, line=number, mend=_MEND)
    return {rule.id: reason}


def divided(
    findings: Iterable[Finding], reasons: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, str], ...]]:
    """Divide findings into those that count and those accepted, each of these with the reason."""
    if not reasons:
        return tuple(findings), ()
    found = list(findings)
    counted = tuple(one for one in found if one.rule not in reasons)
    return counted, tuple((one, reasons[one.rule]) for one in found if one.rule in reasons)
