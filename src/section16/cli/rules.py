"""`section16 rules`: the catalogue, and one rule with its examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from section16.cli.exits import Exit
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import UsageError, excerpt
from section16.rules.catalogue import by_id, exported
from section16.rules.catalogue import rules as all_rules
from section16.rules.catalogue_page import forms_of
from section16.rules.example_documents import Examples, examples
from section16.rules.rule import Rule


def rules(wanted: str | None, *, as_json: bool) -> Exit:
    """List every rule, or explain one. Raises UsageError for an id that no rule has."""
    if wanted is None:
        if as_json:
            write_json(exported())
        else:
            write_out(joined(_listed(all_rules())))
        return Exit.DONE
    rule = by_id().get(wanted) or by_id().get(wanted.upper())
    if rule is None:
        raise UsageError("USAGE", f"there is no rule '{excerpt(wanted)}'", mend="section16 rules lists them")
    if as_json:
        write_json(_as_json(rule, examples(rule.id)))
    else:
        write_out(joined(_explained(rule, examples(rule.id))))
    return Exit.DONE


def _listed(rules: tuple[Rule, ...]) -> Iterator[str]:
    widest = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        yield f"{rule.id:<{widest}}  {rule.severity:<7}  {rule.says}"
        yield f"{'':<{widest}}           {forms_of(rule)}; {'; '.join(rule.cites)}"


def _as_json(rule: Rule, shown: Examples | None) -> dict[str, Any]:
    facts = next(one for one in exported() if one["id"] == rule.id)
    return facts | {"examples": None if shown is None else msgspec.to_builtins(shown)}


def _explained(rule: Rule, shown: Examples | None) -> Iterator[str]:
    yield f"{rule.id}  {rule.name}"
    yield ""
    yield f"  {rule.says}"
    yield f"  To mend: {rule.mend}"
    yield ""
    yield f"  severity  {rule.severity} (source: {rule.source})"
    yield f"  speaks of {forms_of(rule)}" + ("; only before it is sent" if rule.submitted else "")
    if rule.between:
        yield "  judges    a report by earlier ones, where several are checked together"
    yield from [f"  cites     {text}" for text in rule.cites]
    yield f"  basis     {rule.basis}"
    if rule.aliases:
        yield f"  aliases   {', '.join(rule.aliases)}"
    if shown is not None:
        yield from ("", "This document passes:", "")
        yield from shown.passing.splitlines()
        yield from ("", "With this difference it fails:", "")
        yield from shown.difference()
