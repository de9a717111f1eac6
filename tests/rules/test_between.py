"""Reports judged by earlier ones: their order, drafts, splits, amendments, and what is kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from importlib.resources import files

import section16
from made_reports import made
from section16.positions import Split
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


def test_an_amendment_without_the_date_of_its_original_ends_what_was_known() -> None:
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


def test_an_amendment_stands_in_place_of_the_balance_of_its_original() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =9000"])
    fixed = made("4/A", "2026-03-10", ["S 2026-03-02 D900 @10 =9100"], original="2026-03-04", period="2026-03-02")
    old = made("4", "2026-04-03", ["S 2026-04-01 D100 @10 =8900"])
    new = made("4", "2026-04-03", ["S 2026-04-01 D100 @10 =9000"])
    assert rules_found([first, fixed, new]) == []
    assert rules_found([first, fixed, old]) == [(2, "L-02")]


def test_an_amendment_of_an_older_report_ends_what_was_known() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =9000"])
    second = made("4", "2026-03-06", ["S 2026-03-05 D1000 @10 =8000"])
    fixed = made("4/A", "2026-03-10", ["S 2026-03-02 D900 @10 =9100"], original="2026-03-04", period="2026-03-02")
    for owned in (7900, 8000):
        last = made("4", "2026-04-03", [f"S 2026-04-01 D100 @10 ={owned}"])
        assert rules_found([first, second, fixed, last]) == []


def test_a_split_that_is_given_is_counted() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =9000"])
    last = made("4", "2026-04-03", ["S 2026-04-01 D100 @10 =12500"])
    split = Split(day=date(2026, 3, 20), factor=Fraction(7, 5))
    assert [one.rule for _, found in check_between([first, last]) for one in found] == ["L-02"]
    assert list(check_between([first, last], [split])) == []


def test_indirect_holdings_options_and_joint_owners_are_followed_each_by_itself() -> None:
    five, six = "[II Option 5 2030-01-01]", "[II Option 6 2030-01-01]"
    lines = ["H =500 [I By Spouse]", "H =70 [I By Trust]", f"H =100 {five}", f"H =200 {six}"]
    later = ["H =400 [I By Spouse]", "H =70 [I By Trust]", f"H =100 {five}", f"H =250 {six}"]
    for owners in (["22"], ["22", "33"]):
        given = made("4", "2026-03-04", lines, owners=owners), made("4", "2026-04-03", later, owners=owners)
        found = [one.where for _, findings in check_between(list(given)) for one in findings]
        assert [where.split(",")[0] for where in found] == ["Table I line 1", "Table II line 2"]


def test_what_goes_from_one_form_of_ownership_to_another_is_no_gap() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1 @10 =1000", "H =500 [I By Spouse]"])
    moved = made("4", "2026-04-03", ["S 2026-04-01 D1 @10 =899", "H =600 [I By Spouse]"])
    new = made("4", "2026-04-03", ["S 2026-04-01 D1 @10 =899", "H =500 [I By Spouse]", "H =100 [I By LLC]"])
    assert rules_found([first, moved]) == []
    assert rules_found([first, new]) == []


def test_accounts_that_grow_by_themselves_and_lots_are_left_alone() -> None:
    for line in ("[I By 401(k) Plan]", "[title Restricted Stock Units]", "[title DRIP shares]", "[II RSU ? ?]"):
        given = [made("4", "2026-03-04", [f"H =500 {line}"]), made("4", "2026-04-03", [f"H =510 {line}"])]
        assert rules_found(given) == []


def test_more_is_disposed_of_than_was_known() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1 @10 =100"])
    last = made("4", "2026-04-03", ["S 2026-04-01 D150 @10 =30"])
    ((_, (finding,)),) = check_between([first, last])
    assert finding.message.endswith("150 are disposed of, more than were known to be owned.")


def test_a_missing_holding_is_noted_once_and_not_where_nothing_was_dealt_in() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D1 @10 =100", "H =500 [I By Spouse]"])
    second = made("4", "2026-04-03", ["S 2026-04-01 D1 @10 =99"])
    third = made("4", "2026-05-04", ["S 2026-05-01 D1 @10 =98"])
    other = made("4", "2026-04-03", ["S 2026-04-01 D1 @10 =99 [title Class B]"])
    assert rules_found([first, second, third]) == [(1, "L-46")]
    assert rules_found([first, other]) == []
    named = made("4", "2026-04-03", ["S 2026-04-01 D1 @10 =99 [note 1]"], notes=("Smithson Trust holds 500 no more.",))
    listed = made("4", "2026-03-04", ["S 2026-03-02 D1 @10 =100", "H =500 [I By Smithson Trust]"])
    assert rules_found([listed, named]) == []


def test_a_transaction_reported_again_is_named_with_the_first_report() -> None:
    first = made("4", "2026-03-04", ["S 2026-03-02 D100 @10 =900"])
    again = made("4", "2026-03-06", ["S 2026-03-02 D100 @10 =900", "S 2026-03-05 D100 @10 =800"])
    found = [one for _, findings in check_between([first, again]) for one in findings]
    assert [(one.rule, one.where) for one in found] == [("L-108", "Table I line 1")]
    assert "2026-03-04" in found[0].message
    alike = made("4", "2026-03-06", ["S 2026-03-02 D100 @10 =800"])
    assert rules_found([first, alike]) == []
