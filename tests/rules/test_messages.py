"""Every finding says where it is in print and in the XML, and how to mend it: tried on every failing example."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

import section16
from section16.findings import Finding
from section16.reading import SourceKind
from section16.rules import check, check_between
from section16.rules.catalogue import rules
from section16.rules.rule import Rule

EXAMPLES = files("section16.rules") / "examples"
PRINTED = re.compile(
    r"Table II? line \d+(, columns? \d+A?( .+)?)?"
    r"|Tables? I( and II)?|Table II"
    r"|Box \d+a?( .+)?|10b5-1 box|Exit box .+|Remarks|Form \(document type\)"
    r"|Reporting owner \d+, (box \d .+|CCC|address .+)"
    r"|Signatures?( \d+)?(, (name|[Dd]ate))?"
    r"|Footnotes and remarks|Footnote F?\d+|Explanation.*"
    r"|Submission file(, .+)?|XML of the report"
    r"|Schema version|No longer subject to Section 16"  # not printed on the form, or not on this one
)
IN_THE_HEADER_OF_THE_SUBMISSION = {"L-38"}
"""Rules about what stands outside the XML."""


def findings(rule: Rule) -> list[tuple[Finding, bool]]:
    """The findings of a rule on its failing example, and whether the source has lines of XML to tell."""
    place = next(place for place in (EXAMPLES / rule.id).iterdir() if place.name.startswith("fail"))
    documents = sorted(place.iterdir(), key=lambda one: one.name) if place.is_dir() else [place]
    filings = [section16.read(one.read_bytes()) for one in documents]
    encoded = any(filing.kind is SourceKind.SUBMISSION_FILE for filing in filings)
    found = [one for filing in filings for one in check(filing)]
    found += [one for _, between in check_between(filings) for one in between]
    return [(one, not (encoded and (one.path or "").startswith("ownershipDocument"))) for one in found]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_finding_says_where_it_is_and_how_to_mend_it(rule: Rule) -> None:
    own = [(one, has_lines) for one, has_lines in findings(rule) if one.rule == rule.id]
    assert own
    for one, has_lines in own:
        assert one.mend
        for text in (one.message, one.mend):
            assert re.search(r"[.!?)]$", text), text
            assert "  " not in text
            assert "None" not in text
        assert one.mend[0].isupper() or one.mend[0] in "'\""
        if rule.id in IN_THE_HEADER_OF_THE_SUBMISSION:
            continue
        assert PRINTED.fullmatch(one.where), one.where
        assert re.fullmatch(r"(ownershipDocument|edgarSubmission)(/\w+(\[\d+\])?)*", one.path or ""), one.path
        assert (one.line is not None) == has_lines


@pytest.mark.parametrize(
    ("done", "where"),
    [
        (("<documentType>4<", '<documentType odd="1">4<'), "Form (document type)"),
        (("<issuerCik>", "<issuerCik>9</issuerCik><issuerCik>"), "Box 2 CIK"),
        (("<isOfficer>", "<isOfficer>1</isOfficer><isOfficer>"), "Reporting owner 1, box 5 Officer"),
        (("<securityTitle>", '<securityTitle odd="1">'), "Table I line 1, column 1 Title of Security"),
        (
            ("<ownershipNature>", "<ownershipNature/><ownershipNature>"),
            "Table I line 1, columns 6 and 7 (ownership nature)",
        ),
    ],
)
def test_what_is_no_part_of_the_form_is_told_by_the_box_it_stands_in(done: tuple[str, str], where: str) -> None:
    text = (EXAMPLES / "R-OWN-2" / "pass.xml").read_text(encoding="utf-8")
    assert done[0] in text
    found = check(section16.read(text.replace(*done, 1).encode()))
    assert where in {one.where for one in found if one.source == "schema"}
