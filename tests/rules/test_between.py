"""Reports judged by earlier ones: their order, drafts, splits, amendments, and what is kept."""

from __future__ import annotations

from importlib.resources import files

import section16
from section16.reading import Filing
from section16.rules import Between, check_between

EXAMPLES = files("section16.rules") / "examples"


def filings(rule: str, kind: str = "fail", *, instead: dict[str, str] | None = None) -> list[Filing]:
    """The example's filings; `instead` changes the last one."""
    folder = sorted((EXAMPLES / rule / kind).iterdir(), key=lambda file: file.name)
    texts = [file.read_text(encoding="utf-8") for file in folder]
    for old, new in (instead or {}).items():
        assert old in texts[-1]
        texts[-1] = texts[-1].replace(old, new)
    return [section16.read(text.encode()) for text in texts]


def rules_found(given: list[Filing]) -> list[tuple[int, str]]:
    return [(position, one.rule) for position, findings in check_between(given) for one in findings]


def test_the_later_report_is_at_fault_in_whatever_order_they_come() -> None:
    given = filings("L-02")
    assert rules_found(given) == [(1, "L-02")]
    assert rules_found(given[::-1]) == [(0, "L-02")]


def test_a_balance_is_named_with_what_was_owned_before() -> None:
    ((_, (finding,)),) = check_between(filings("L-02"))
    assert finding.where.startswith("Table I line 1, column 5")
    assert finding.message == "5000 were owned after 2026-04-14; before this line there were 4500."
    assert finding.line is not None


def test_a_split_explains_a_balance() -> None:
    assert rules_found(filings("L-02", instead={">3500<": ">9000<"})) == []
    assert rules_found(filings("L-02", instead={">3500<": ">1500<"})) == []
    assert rules_found(filings("L-02", instead={">3500<": ">9100<"})) != []


def test_a_footnote_explains_a_balance() -> None:
    note = "<footnotes><footnote id='F1'>Includes a dividend.</footnote></footnotes><ownerSignature>"
    value = "<value>3500</value>"
    instead = {value: f"{value}<footnoteId id='F1'/>", "<ownerSignature>": note}
    assert rules_found(filings("L-02", instead=instead)) == []


def test_an_amendment_ends_what_was_known_of_a_balance() -> None:
    first, last = filings("L-02")
    amended = section16.read(first.content.replace(b"<documentType>4<", b"<documentType>4/A<"))
    assert [rule for _, rule in rules_found([first, amended, last])] == []


def test_drafts_are_judged_by_reports_and_not_by_drafts() -> None:
    draft = {"    <schemaVersion>X0609</schemaVersion>\n": ""}
    assert rules_found(filings("L-102", instead=draft)) == [(1, "L-102")]
    one = section16.read(filings("L-102")[0].content.replace(b"    <schemaVersion>X0609</schemaVersion>\n", b""))
    assert rules_found([one, one]) == []


def test_another_owner_s_reports_say_nothing_of_a_balance() -> None:
    other = {"<rptOwnerCik>9990002<": "<rptOwnerCik>9990007<", "EXAMPLE PAT": "EXAMPLE KIM"}
    assert rules_found(filings("L-02", instead=other)) == []


def test_form_3_may_come_again_after_leaving() -> None:
    first, last = filings("L-105")
    left = first.content.replace(b"<issuer>", b"<notSubjectToSection16>1</notSubjectToSection16><issuer>", 1)
    assert rules_found([first, last]) == [(1, "L-105")]
    assert rules_found([section16.read(left), last]) == []


def test_what_is_said_of_one_after_another_is_what_is_said_of_all() -> None:
    given = filings("L-104")
    between = Between()
    assert [[one.rule for one in between.add(filing)] for filing in given] == [[], ["L-104"]]


def test_a_report_without_issuer_or_day_is_left_alone() -> None:
    given = filings("L-02", instead={"<signatureDate>2026-05-13</signatureDate>": ""})
    assert rules_found(given) == []
    assert rules_found(filings("L-02", instead={"<issuerCik>9990001</issuerCik>": ""})) == []
