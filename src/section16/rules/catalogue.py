"""The catalogue: which modules hold the rules, each rule by its id or alias, exported as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from section16.rules.rule import Rule

_MODULES: tuple[str, ...] = (
    "structure_submission",
    "structure_header",
    "structure_owners",
    "structure_lines",
    "structure_footnotes",
    "edgar_envelope",
    "edgar_documents",
    "edgar_header",
    "edgar_owners",
    "edgar_lines",
    "edgar_footnotes",
    "timeliness",
    "codes_and_forms",
    "trading_plans",
    "foreign_insiders",
    "dates",
    "forms_3_and_5",
    "running_balances",
    "prices",
    "exercises",
    "titles",
    "parties",
    "repeated_lines",
    "earlier_holdings",
    "earlier_reports",
)
"""Names of the modules of this room that hold rules, in the order in which findings are listed."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the catalogue."""
    return tuple(_all_rules())


def _all_rules() -> Iterator[Rule]:
    for name in _MODULES:
        module = import_module(f"section16.rules.{name}")
        yield from [value for value in vars(module).values() if isinstance(value, Rule)]


@cache
def by_id() -> Mapping[str, Rule]:
    """Rules by id and by alias."""
    found = {alias: rule for rule in rules() for alias in rule.aliases}
    return found | {rule.id: rule for rule in rules()}


def exported() -> list[dict[str, Any]]:
    """The catalogue as JSON values, for the committed file that shows every change of a rule in review."""
    return [
        {
            "id": rule.id,
            "severity": rule.severity.value,
            "source": rule.source.value,
            "on": list(rule.on),
            "submitted": rule.submitted,
            "between": rule.between,
            "name": rule.name,
            "says": rule.says,
            "mend": rule.mend,
            "cites": list(rule.cites),
            "basis": rule.basis,
            "aliases": list(rule.aliases),
        }
        for rule in rules()
    ]
