"""Every rule has a document that passes and one that fails; ids are unique and never used again; all are cited."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

import section16
from section16.findings import Severity, Source
from section16.rules import check, check_between
from section16.rules.catalogue import by_id, rules
from section16.rules.rule import FORMS, Rule
from section16.rules.structure_ids import all_ids

EXAMPLES = Path(str(files("section16.rules") / "examples"))
RETIRED = Path(__file__).with_name("retired_ids.txt")
ID = re.compile(r"(R-[A-Z]+(-[0-9]+)?|L-[0-9]+|(DQ|AN)-[A-Z-]+)")
EVERY_RULE = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)


def example(rule: Rule, kind: str) -> list[bytes]:
    folder = EXAMPLES / rule.id / kind
    if rule.between:
        assert folder.is_dir(), f"{rule.id} needs a folder {folder} of documents"
        return [file.read_bytes() for file in sorted(folder.iterdir())]
    found = list((EXAMPLES / rule.id).glob(f"{kind}.*"))
    assert len(found) == 1, f"{rule.id} needs one {kind}.xml or {kind}.txt in {EXAMPLES / rule.id}"
    return [found[0].read_bytes()]


def found_by(rule: Rule, documents: list[bytes]) -> list[str]:
    filings = [section16.read(document) for document in documents]
    alone = [finding for filing in filings for finding in check(filing)]
    between = [finding for _, findings in check_between(filings) for finding in findings]
    return [finding.message for finding in alone + between if finding.rule == rule.id]


@EVERY_RULE
def test_the_failing_document_gives_a_finding_of_its_rule(rule: Rule) -> None:
    assert found_by(rule, example(rule, "fail"))


@EVERY_RULE
def test_the_passing_document_gives_none(rule: Rule) -> None:
    assert found_by(rule, example(rule, "pass")) == []


@EVERY_RULE
def test_a_rule_says_what_it_rests_on_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.cites
    assert all(cite.strip() for cite in rule.cites)
    assert rule.says.strip()
    assert rule.mend.strip()
    assert rule.basis in {"spec", "rule", "guide", "seen", "derived", "memory"}
    assert rule.on
    assert set(rule.on) <= set(FORMS)


@EVERY_RULE
def test_what_rests_on_memory_is_no_more_than_odd(rule: Rule) -> None:
    assert rule.basis != "memory" or rule.severity.gravity <= Severity.ODD.gravity


@EVERY_RULE
def test_severity_says_who_objects(rule: Rule) -> None:
    legal = {
        Source.SCHEMA: {Severity.SUSPEND, Severity.WARN},
        Source.EDGAR: {Severity.SUSPEND, Severity.WARN, Severity.ODD, Severity.NOTE},
        Source.LAW: {Severity.LAW, Severity.ODD, Severity.NOTE},
        Source.LIKELY: {Severity.ODD, Severity.NOTE},
    }
    assert rule.severity in legal[rule.source]


def test_no_id_is_used_twice() -> None:
    names = Counter(name for rule in rules() for name in (rule.id, *rule.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_ids_have_the_shape_of_their_reference() -> None:
    assert [rule.id for rule in rules() if not ID.fullmatch(rule.id)] == []


def test_no_retired_id_is_used_again() -> None:
    lines = RETIRED.read_text(encoding="utf-8").splitlines()
    retired = {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}
    assert retired.isdisjoint(by_id())


def test_examples_belong_to_rules() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} <= {rule.id for rule in rules()}


def test_every_fault_of_structure_has_a_rule_of_the_schema() -> None:
    structural = {rule.id for rule in rules() if rule.source is Source.SCHEMA}
    assert all_ids() <= structural
    assert structural - all_ids() == {"R-ENV-1"}
