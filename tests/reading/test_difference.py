"""The difference of two reports says what a reader of both forms would, and nothing that both forms say alike."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.ownership_xml import read_ownership_xml
from section16.form.document import OwnershipDocument
from section16.reading.alignment import Pair, align
from section16.reading.difference import Change, ChangeKind, difference, difference_text

HEAD = (
    "<schemaVersion>X0508</schemaVersion><documentType>4</documentType><periodOfReport>2023-09-01</periodOfReport>"
    "<issuer><issuerCik>0000000016</issuerCik><issuerName>ACME INC</issuerName></issuer>"
    "<reportingOwner><reportingOwnerId><rptOwnerCik>0000000017</rptOwnerCik><rptOwnerName>DOE JANE</rptOwnerName>"
    "</reportingOwnerId><reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>"
    "</reportingOwner>"
)
SIGNED = (
    "<ownerSignature><signatureName>/s/ Jane Doe</signatureName><signatureDate>2023-09-05</signatureDate>"
    "</ownerSignature>"
)
F1 = '<footnote id="F1">Shares held in trust.</footnote>'


def line(title: str = "Common", day: str = "2023-09-01", code: str = "S", shares: str = "100", notes: str = "") -> str:
    references = "".join(f'<footnoteId id="{note}"/>' for note in notes.split())
    return (
        f"<nonDerivativeTransaction><securityTitle><value>{title}</value></securityTitle>"
        f"<transactionDate><value>{day}</value></transactionDate>"
        f"<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{code}</transactionCode>"
        "<equitySwapInvolved>0</equitySwapInvolved></transactionCoding><transactionAmounts>"
        f"<transactionShares><value>{shares}</value>{references}</transactionShares></transactionAmounts>"
        "<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>"
        "</nonDerivativeTransaction>"
    )


def report(*lines: str, head: str = HEAD, footnotes: str = F1, remarks: str = "", signed: str = SIGNED) -> str:
    return (
        f"<ownershipDocument>{head}<nonDerivativeTable>{''.join(lines)}</nonDerivativeTable>"
        f"<footnotes>{footnotes}</footnotes><remarks>{remarks}</remarks>{signed}</ownershipDocument>"
    )


def document(xml: str) -> OwnershipDocument:
    return read_ownership_xml(xml.encode())


def changes(before: str, after: str, *, spelling: bool = False) -> list[Change]:
    return list(difference(document(before), document(after), spelling=spelling).changes)


def brief(found: list[Change]) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.kind.value, change.place, change.before, change.after) for change in found]


def test_a_report_is_no_different_from_itself() -> None:
    same = difference(document(report(line())), document(report(line())), spelling=True)
    assert not same
    assert difference_text(same) == ""


def test_a_changed_number_is_told_by_its_printed_column_and_its_path() -> None:
    (change,) = changes(report(line(), line(code="P")), report(line(), line(code="P", shares="250")))
    assert change == Change(
        place="Table I line 2, column 4 Amount",
        path="ownershipDocument/nonDerivativeTable/nonDerivativeTransaction[2]"
        "/transactionAmounts/transactionShares/value",
        kind=ChangeKind.CHANGED,
        before="100",
        after="250",
    )


def test_an_inserted_line_is_one_change_and_the_lines_below_it_stay_the_same() -> None:
    before = report(line(shares="1"), line(shares="2"), line(shares="3"))
    after = report(line(shares="1"), line(shares="9", code="G", title="Class B"), line(shares="2"), line(shares="3"))
    (change,) = changes(before, after)
    assert (change.kind, change.place, change.before) == (ChangeKind.ADDED, "Table I line 2", None)
    assert change.after is not None
    assert "security title: Class B; transaction date: 2023-09-01" in change.after
    (back,) = changes(after, before)
    assert (back.kind, back.before, back.after) == (ChangeKind.REMOVED, change.after, None)


def test_a_change_below_an_inserted_line_says_where_the_line_was() -> None:
    found = changes(
        report(line(shares="1"), line(shares="2", code="G")),
        report(line(title="Class B", code="P", shares="7"), line(shares="1"), line(shares="3", code="G")),
    )
    assert [change.place for change in found] == ["Table I line 1", "Table I line 3 (was 2), column 4 Amount"]


def test_of_lines_with_one_title_date_and_code_the_equal_ones_are_matched_first() -> None:
    found = changes(
        report(line(shares="100"), line(shares="200"), line(shares="300")),
        report(line(shares="200"), line(shares="300")),
    )
    assert brief(found)[0][:2] == ("removed", "Table I line 1")
    assert len(found) == 1


def test_a_line_that_stands_elsewhere_has_moved() -> None:
    rows = [line(title="A"), line(title="B", code="P"), line(title="C", code="G")]
    found = changes(report(*rows), report(rows[2], rows[0], rows[1]))
    assert brief(found) == [("moved", "Table I line 1", "Table I line 3", "Table I line 1")]


def test_a_transaction_is_never_a_holding() -> None:
    holding = re.sub("nonDerivativeTransaction>", "nonDerivativeHolding>", line())
    holding = re.sub("<transactionDate>.*</transactionAmounts>", "", holding)
    found = changes(report(line()), report(holding))
    assert sorted(change.kind.value for change in found) == ["added", "removed"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (line(shares="13334"), line(shares="13334.00")),
        (line(day="2023-09-01"), line(day="2023-09-01-05:00")),
        (line(title="Common Stock"), line(title=" Common\n Stock ")),
    ],
)
def test_another_spelling_of_a_value_is_a_change_only_if_asked(before: str, after: str) -> None:
    assert changes(report(before), report(after)) == []
    (change,) = changes(report(before), report(after), spelling=True)
    assert change.same_value


def test_a_value_that_cannot_be_read_is_compared_by_its_words() -> None:
    (change,) = changes(report(line(shares="1,000")), report(line(shares="1000")))
    assert (change.before, change.after, change.same_value) == ("1,000", "1000", False)


def test_an_unmarked_box_is_an_absent_one_but_no_answer_is_not_a_no() -> None:
    unmarked = HEAD.replace("<isDirector>", "<isOfficer>0</isOfficer><isOther>false</isOther><isDirector>")
    assert changes(report(), report(head=unmarked)) == []
    answered = HEAD.replace("<reportingOwner>", "<aff10b5One>0</aff10b5One><reportingOwner>")
    assert brief(changes(report(), report(head=answered)))[0][0] == "added"


def test_what_edgar_inserts_is_no_change_where_one_side_lacks_it() -> None:
    sent = re.sub("<(schemaVersion|issuerName|rptOwnerName)>[^<]*</[^>]*>", "", HEAD)
    assert changes(report(head=sent), report(), spelling=True) == []
    assert changes(report(), report(head=sent), spelling=True) == []
    newer = HEAD.replace("X0508", "X0609")
    assert brief(changes(report(), report(head=newer))) == [("changed", "Schema version", "X0508", "X0609")]


def test_a_confirmation_code_is_never_repeated() -> None:
    secret = HEAD.replace("</rptOwnerCik>", "</rptOwnerCik><rptOwnerCcc>hush#123</rptOwnerCcc>")
    assert changes(report(head=secret), report(), spelling=True) == []
    other = secret.replace("hush#123", "mute$456").replace("<isDirector>1", "<isDirector>0")
    found = difference(document(report(head=secret)), document(report(head=other)))
    assert b"hush" not in msgspec.json.encode(found)
    assert b"mute" not in msgspec.json.encode(found)
    owner = secret[secret.index("<reportingOwner>") :]
    dropped = difference(document(report(head=secret)), document(report(head=secret.replace(owner, ""))))
    assert dropped
    assert b"hush" not in msgspec.json.encode(dropped)


def test_header_fields_are_told_by_their_printed_boxes() -> None:
    after = (
        HEAD.replace("<documentType>4<", "<documentType>4/A<")
        .replace("2023-09-01", "2023-09-02")
        .replace("ACME", "APEX")
        .replace("<isDirector>1", "<isDirector>0")
    )
    found = changes(report(), report(head=after))
    assert [change.place for change in found] == [
        "Form (document type)",
        "Box 3 period of report",
        "Issuer, box 2 name",
        "Reporting owner 1, box 5 Director",
    ]


def test_owners_are_matched_by_cik_without_leading_zeros_else_by_name() -> None:
    owner = HEAD[HEAD.index("<reportingOwner>") :]
    fund = owner.replace("0000000017", "99").replace("DOE JANE", "FUND LP")
    assert changes(report(), report(head=HEAD.replace("0000000017", "17"))) == []
    (added,) = changes(report(), report(head=HEAD.replace(owner, owner + fund)))
    assert (added.kind, added.place) == (ChangeKind.ADDED, "Reporting owner 2")
    (moved,) = changes(report(head=HEAD.replace(owner, owner + fund)), report(head=HEAD.replace(owner, fund + owner)))
    assert moved.kind is ChangeKind.MOVED
    (mended,) = changes(report(), report(head=HEAD.replace("0000000017", "0000000071")))
    assert mended.place == "Reporting owner 1, box 1 CIK"
    other_person = HEAD.replace("0000000017", "71").replace("DOE JANE", "ROE RICHARD")
    assert [change.kind.value for change in changes(report(), report(head=other_person))] == ["removed", "added"]


def test_a_footnote_that_only_got_another_number_changes_no_line() -> None:
    before = report(line(notes="F1"))
    after = report(line(notes="F2"), footnotes='<footnote id="F1">New.</footnote>' + F1.replace("F1", "F2"))
    assert brief(changes(before, after)) == [("added", "Footnote F1", None, "New.")]
    asked = changes(before, after, spelling=True)
    assert [(change.place, change.same_value) for change in asked] == [
        ("Table I line 1, column 4 Amount, footnotes", True),
        ("Footnote F1", False),
        ("Footnote F2", True),
    ]


def test_a_reworded_footnote_is_told_once() -> None:
    reworded = F1.replace("held in trust", "held in a family trust")
    found = changes(
        report(line(notes="F1"), line(code="P", notes="F1")),
        report(line(notes="F1"), line(code="P", notes="F1"), footnotes=reworded),
    )
    assert brief(found) == [("changed", "Footnote F1", "Shares held in trust.", "Shares held in a family trust.")]


def test_a_line_that_refers_to_another_footnote_has_changed() -> None:
    two = F1 + '<footnote id="F2">Weighted average price.</footnote>'
    found = changes(report(line(notes="F1"), footnotes=two), report(line(notes="F1 F2"), footnotes=two))
    assert brief(found) == [("changed", "Table I line 1, column 4 Amount, footnotes", "F1", "F1 F2")]
    assert found[0].path.endswith("/transactionShares/footnoteId")


def test_a_reference_that_lost_its_footnote_has_changed() -> None:
    found = changes(report(line(notes="F1")), report(line(notes="F1"), footnotes=""))
    assert [change.place for change in found] == ["Table I line 1, column 4 Amount, footnotes", "Footnote F1"]


def test_remarks_and_signatures_come_last() -> None:
    signed = SIGNED.replace("2023-09-05", "2023-09-06") + SIGNED.replace("Jane Doe", "Fund LP, by its manager")
    found = changes(report(line()), report(line(shares="1"), remarks="Late.", signed=signed))
    assert [(change.kind.value, change.place) for change in found] == [
        ("changed", "Table I line 1, column 4 Amount"),
        ("added", "Remarks"),
        ("changed", "Signature 1, Date"),
        ("added", "Signature 2"),
    ]


def test_what_the_form_does_not_know_is_compared_word_for_word() -> None:
    odd = HEAD.replace("</issuer>", "<desk>7</desk></issuer>")
    (change,) = changes(report(), report(head=odd))
    assert (change.place, change.path, change.after) == (
        "Not on the form",
        "ownershipDocument/issuer",
        "<desk>7</desk>",
    )
    commented = HEAD.replace("</issuer>", "<!-- checked --></issuer>")
    assert changes(report(), report(head=commented)) == []


def test_the_first_edition_of_2003_is_compared_with_later_ones() -> None:
    old = report(line()).replace("<nonDerivativeTable>", "").replace("</nonDerivativeTable>", "")
    old = old.replace("nonDerivativeTransaction>", "nonDerivativeSecurity>")
    assert changes(old, report(line())) == []
    (change,) = changes(report(line(shares="1")), old)
    assert change.path.startswith("ownershipDocument/nonDerivativeSecurity[1]/")


def test_columns_of_table_two_and_of_form_3_have_their_own_numbers() -> None:
    def on(form: str, shares: str) -> str:
        head = HEAD.replace("<documentType>4", f"<documentType>{form}")
        rows = line(shares=shares).replace("nonDerivative", "derivative")
        return report(head=head).replace("<footnotes>", f"<derivativeTable>{rows}</derivativeTable><footnotes>", 1)

    (change,) = changes(on("4", "1"), on("4", "2"))
    assert change.place == ("Table II line 1, column 5 Number of Derivative Securities Acquired (A) or Disposed of (D)")
    title = changes(on("3", "1"), on("3", "1").replace("<value>Common", "<value>Option"))
    assert [found.place for found in title] == ["Table II line 1, column 1 Title of Derivative Security"]


def test_the_text_has_a_place_over_each_change_and_folds() -> None:
    found = difference(
        document(report(line(), remarks="Old words " * 9)), document(report(line(shares="2"), remarks="New words " * 9))
    )
    text = difference_text(found, 40)
    assert text.startswith("Table I line 1, column 4 Amount\n- 100\n+ 2\n\nRemarks\n- Old words Old")
    assert all(len(row) <= 40 for row in text.split("\n"))
    assert text.endswith("\n")
    colored = difference_text(found, 40, color=True)
    assert colored != text
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == text


def test_the_text_of_a_hostile_report_commands_no_terminal() -> None:
    before, after = document(report()), document(report())
    hostile = msgspec.structs.replace(after, remarks="\x1b]0;owned\x07 \u202etxt")
    text = difference_text(difference(before, hostile))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b]0;owned" in text


def test_json_has_all_parts_of_a_change() -> None:
    found = difference(document(report(line())), document(report(line(shares="2"))))
    (change,) = msgspec.json.decode(msgspec.json.encode(found))["changes"]
    assert change.keys() == {"place", "path", "kind", "before", "after", "same_value"}
    assert msgspec.json.decode(msgspec.json.encode(found), type=type(found)) == found


@given(st.lists(st.integers(0, 4), max_size=9), st.lists(st.integers(0, 4), max_size=9))
def test_alignment_uses_every_entry_once_and_pairs_equal_ones(before: list[int], after: list[int]) -> None:
    pairs = align(before, after, lambda one, other: 1.0 if before[one] == after[other] else 0.0)
    assert sorted(pair.before for pair in pairs if pair.before is not None) == list(range(len(before)))
    assert [pair.after for pair in pairs if pair.after is not None] == list(range(len(after)))
    matched = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    assert all(
        before[pair.before] == after[pair.after]
        for pair in matched
        if pair.before is not None and pair.after is not None
    )
    assert len(matched) == sum(min(before.count(value), after.count(value)) for value in range(5))
    stayed = [pair.before for pair in matched if pair.before is not None and not pair.moved]
    assert stayed == sorted(stayed)


def test_the_likest_entries_are_paired_where_none_are_equal() -> None:
    likeness = {(0, 0): 0.6, (0, 1): 0.9, (1, 0): 0.9, (1, 1): 0.5, (1, 2): 0.8}
    pairs = align(["a", "b"], ["x", "y", "z"], lambda one, other: likeness.get((one, other), 0.0))
    assert pairs == [Pair(None, 0), Pair(0, 1), Pair(1, 2)]


def test_more_entries_than_any_form_has_are_compared_place_by_place() -> None:
    many = list(range(1_500))
    pairs = align(many, [*many[:-1], -1], lambda one, other: 1.0 if one == other and one < 1_499 else 0.0)
    assert pairs[:-2] == [Pair(index, index) for index in range(1_499)]
    assert pairs[-2:] == [Pair(1_499, None), Pair(None, 1_499)]


def test_real_reports_differ_from_others_and_not_from_themselves(corpus: Path) -> None:
    paths = sorted((corpus / "xml").glob("*.xml"))[::50]
    assert paths
    reports = [read_ownership_xml(path.read_bytes()) for path in paths]
    for one, other in pairwise(reports):
        assert not difference(one, one, spelling=True)
        assert difference(one, other)
