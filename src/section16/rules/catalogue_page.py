"""The catalogue as a page: `python -m section16.rules.catalogue_page` prints docs/rules.md."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

from section16.findings import Severity
from section16.rules.catalogue import rules
from section16.rules.example_documents import examples
from section16.rules.rule import FORMS, Rule

_BEGINNING: Final = """\
# Rules

What `section16 check` finds, in the order in which it says it. `section16 rules ID` shows a rule with its examples,
`section16 rules --json` gives this list to programs (also in rules.json). `make docs` makes this page from the code.

| severity | who objects | rules |
| --- | --- | --- |
"""
_WHO: Final = {
    Severity.SUSPEND: "EDGAR refuses the submission",
    Severity.WARN: "EDGAR takes it with a warning",
    Severity.LAW: "the form's instructions or the SEC's rules are broken",
    Severity.ODD: "likely a mistake",
    Severity.NOTE: "good to know",
}
_LONGEST_EXAMPLE: Final = 16


def catalogue_page() -> str:
    """Return the page in Markdown."""
    counts = Counter(rule.severity for rule in rules())
    severities = "".join(f"| `{one}` | {who} | {counts[one]} |\n" for one, who in _WHO.items())
    listed = "".join(
        f"| [{rule.id}](#{rule.id.lower()}) | {rule.severity} | {_cell(rule.says)} |\n" for rule in rules()
    )
    table = f"\n| rule | severity | says |\n| --- | --- | --- |\n{listed}"
    return _BEGINNING + severities + table + "".join(line for rule in rules() for line in _section(rule))


def forms_of(rule: Rule) -> str:
    """The forms a rule speaks of in a few words."""
    return "all forms" if rule.on == FORMS else f"forms {', '.join(rule.on)}"


def _section(rule: Rule) -> Iterator[str]:
    yield f"\n## {rule.id}\n\n{rule.says}\n\n*To mend:* {rule.mend}\n\n"
    when = "; only before it is sent" if rule.submitted else ""
    when += "; only where several reports are checked together" if rule.between else ""
    yield f"- `{rule.severity}`, {rule.source}; {forms_of(rule)}{when}\n"
    yield from [f"- cites {text}\n" for text in rule.cites]
    yield f"- basis: {rule.basis}\n"
    if rule.aliases:
        yield f"- also known as {', '.join(rule.aliases)}\n"
    shown = examples(rule.id)
    if shown is not None:
        lines = shown.difference()
        if len(lines) > _LONGEST_EXAMPLE:
            lines = [*lines[:_LONGEST_EXAMPLE], "..."]
        body = "\n".join(line[:200] for line in lines)
        yield f"\nFrom a document that passes to one that fails:\n\n```diff\n{body}\n```\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(catalogue_page())
