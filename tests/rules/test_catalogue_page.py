from __future__ import annotations

import json
from pathlib import Path

import msgspec

from section16.rules.catalogue import by_id, exported, rules
from section16.rules.catalogue_page import catalogue_page
from section16.rules.example_documents import examples


def test_the_committed_catalogue_is_the_one_in_the_code(repository: Path) -> None:
    committed = json.loads((repository / "docs" / "rules.json").read_text(encoding="utf-8"))
    assert committed == msgspec.to_builtins(exported()), "run make docs"


def test_the_page_of_rules_is_current(repository: Path) -> None:
    assert (repository / "docs" / "rules.md").read_text(encoding="utf-8") == catalogue_page(), "run make docs"


def test_ids_and_aliases_name_one_rule_each() -> None:
    names = [name for rule in rules() for name in (rule.id, *rule.aliases)]
    assert sorted(names) == sorted(set(names))
    assert set(by_id()) == set(names)


def test_the_difference_of_the_examples_is_small_enough_to_read() -> None:
    shown = examples("R-OWN-2")
    assert shown is not None
    assert [line for line in shown.difference() if line.startswith(("-", "+"))] == [
        "-            <officerTitle>Chief Financial Officer</officerTitle>"
    ]
    assert examples("R-NONE-1") is None
