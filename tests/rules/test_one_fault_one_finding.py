"""One mistake gives one finding, and its words are enough to mend it: mistakes as people make them."""

from __future__ import annotations

from importlib.resources import files

import pytest

import section16
from section16.errors import SourceError
from section16.rules import check
from section16.rules.structure_guesses import guess
from structure_documents import full


def broken(old: str, new: str) -> list[tuple[str, str]]:
    """Rule and mend of what is found anew once every `old` of a sound document has become `new`."""
    sound = full("4")
    assert old.encode() in sound
    before = {(one.rule, one.path) for one in check(section16.read(sound))}
    after = check(section16.read(sound.replace(old.encode(), new.encode(), 1)))
    return [(one.rule, one.mend or "") for one in after if (one.rule, one.path) not in before]


def between(text: str, start: str, end: str) -> str:
    at = text.index(start)
    return text[at : text.index(end, at) + len(end)]


def test_a_line_in_the_other_table_is_to_be_moved_not_removed() -> None:
    text = full("4").decode()
    line = between(text, "<nonDerivativeHolding>", "</nonDerivativeHolding>")
    moved = text.replace(line, "").replace("<derivativeTable>", f"<derivativeTable>{line}")
    found = [one for one in check(section16.read(moved.encode())) if one.rule == "R-HDR-4"]
    assert [one.mend for one in found] == ["Move it into nonDerivativeTable, where it belongs, or remove it."]


def test_a_misspelt_element_is_not_missing_as_well() -> None:
    text = full("4").decode()
    shares = between(text, "<transactionShares>", "</transactionShares>")
    wrong = shares.replace("transactionShares", "TransactionShare")
    assert broken(shares, wrong) == [
        ("R-HDR-4", "Write transactionShares, if that is meant: names are case-sensitive.")
    ]


def test_a_value_without_its_element_is_shown_how_to_write() -> None:
    wrong = "<directOrIndirectOwnership>I<"
    sound = "<directOrIndirectOwnership><value>I</value><"
    assert broken(sound, wrong) == [("R-HDR-20", "Write <value>I</value>.")]


def test_a_small_letter_is_told_its_capital() -> None:
    sound = "<directOrIndirectOwnership><value>I</value><"
    assert broken(sound, sound.replace("I</v", "i</v")) == [("R-ROW-15", "Write I.")]


def test_a_reference_with_a_small_letter_leaves_its_footnote_referred_to() -> None:
    found = [one for one in broken_reference("f1") if one[0] in {"R-FN-1", "R-FN-4"}]
    assert found == [("R-FN-1", "Write F1: the capital F belongs to the id.")]


def test_a_footnote_that_is_missing_is_not_a_gap_in_the_numbers_as_well() -> None:
    footnotes = '<footnotes><footnote id="F1">One.</footnote><footnote id="F3">Three.</footnote></footnotes>'
    text = full("4").decode().replace('footnoteId id="F2"', 'footnoteId id="F1"')
    changed = text.replace(between(text, "<footnotes>", "</footnotes>"), footnotes)
    gap = {one.rule for one in check(section16.read(changed.encode()))}
    assert "L-54" in gap
    referred = changed.replace('<footnoteId id="F1"/>', '<footnoteId id="F2"/>', 1)
    found = {one.rule for one in check(section16.read(referred.encode()))}
    assert "R-FN-3" in found
    assert "L-54" not in found


def broken_reference(name: str) -> list[tuple[str, str]]:
    return broken('<footnoteId id="F1"/>', f'<footnoteId id="{name}"/>')


def test_a_missing_group_is_told_with_its_parts() -> None:
    text = full("4").decode()
    group = between(text, "<underlyingSecurity>", "</underlyingSecurity>")
    ((rule, mend),) = [one for one in broken(group, "") if one[0].startswith("R-ROW")]
    assert rule == "R-ROW-17"
    assert "underlyingSecurityTitle and either underlyingSecurityShares or underlyingSecurityValue" in mend


def test_a_missing_column_is_shown_as_it_is_written() -> None:
    text = full("4").decode()
    price = between(text, "<transactionPricePerShare>", "</transactionPricePerShare>")
    ((_, mend),) = [one for one in broken(price, "") if one[0] == "R-ROW-10"]
    assert "<transactionPricePerShare><value>a number</value></transactionPricePerShare>, or with a footnote" in mend


@pytest.mark.parametrize(
    ("name", "absent", "meant"),
    [
        ("issuername", ["issuerName"], "issuerName"),
        ("securityTitel", ["securityTitle", "transactionDate"], "securityTitle"),
        ("memo", ["securityTitle"], ""),
        ("securityTitle" * 90, ["securityTitle"], ""),
        ("nonDerivativeTransaction", ["derivativeTransaction"], ""),
    ],
)
def test_a_guess_takes_a_close_name_only(name: str, absent: list[str], meant: str) -> None:
    assert guess(name, "somewhere", absent).name == meant


def test_two_schema_versions_do_not_make_a_published_report_a_draft() -> None:
    version = "<schemaVersion>X0609</schemaVersion>"
    published = full("4").replace(b"<documentType>", f"{version}{version}<documentType>".encode(), 1)
    found = {one.rule for one in check(section16.read(published))}
    assert "R-HDR-1" in found
    assert "R-HDR-3" not in found


def test_broken_xml_inside_a_submission_is_told_by_the_line_of_the_file() -> None:
    head = "<SEC-DOCUMENT>0009990001-26-000001.txt : 20260414\n<SEC-HEADER>\n</SEC-HEADER>\n"
    head += "<DOCUMENT>\n<TYPE>4\n<TEXT>\n<XML>\n"
    body = '<?xml version="1.0"?>\n<ownershipDocument>\n<issuer>\n</issuers>\n</ownershipDocument>\n'
    text = f"{head}{body}</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    with pytest.raises(SourceError) as refused:
        section16.read(text.encode())
    assert refused.value.line == text[: text.index("</issuers>")].count("\n") + 1
    assert "issuer line 10" in refused.value.message


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<ownershipDocument><remarks>A & B</remarks></ownershipDocument>", "&amp;"),
        ("<ownershipDocument><remarks\n<issuer/></ownershipDocument>", "Close the tag"),
        ("<ownershipDocument><footnotes><footnote id=F1/></footnotes></ownershipDocument>", 'id="F1"'),
        ("<ownershipDocument><remarks></remarks>", "Add the end tags"),
        ("<ownershipDocument><remarks></remark></ownershipDocument>", "end tag"),
    ],
)
def test_broken_xml_is_told_how_to_mend(wrong: str, told: str) -> None:
    with pytest.raises(SourceError) as refused:
        section16.read(wrong.encode())
    assert told in (refused.value.mend or "")


def test_broken_json_is_told_by_line_and_column() -> None:
    with pytest.raises(SourceError) as refused:
        section16.read(b'{\n  "schema": 1,\n  "document": {"a": [1,]}\n}\n')
    assert (refused.value.line, refused.value.column) == (3, 24)


def test_a_line_that_stands_twice_is_no_break_of_the_balance_as_well() -> None:
    example = files("section16.rules") / "examples" / "L-57" / "fail.xml"
    found = {one.rule for one in check(section16.read(example.read_bytes()))}
    assert "L-57" in found
    assert "L-01" not in found


def test_an_unknown_code_may_be_the_twin_of_an_exercise() -> None:
    example = files("section16.rules") / "examples" / "L-11" / "pass.xml"
    text = example.read_text(encoding="utf-8")
    at = text.index("<derivativeTable>")
    wrong = text[:at] + text[at:].replace("<transactionCode>M<", "<transactionCode>MM<")
    assert wrong != text
    found = {one.rule for one in check(section16.read(wrong.encode()))}
    assert "R-ROW-4" in found
    assert "L-11" not in found


def test_letters_in_a_long_cik_are_told_as_letters() -> None:
    ((rule, mend),) = broken("<rptOwnerCik>3<", "<rptOwnerCik>CIK0000000003<")
    assert (rule, mend) == ("R-HDR-18", "Use digits only, at most 10 of them.")


def test_a_transaction_named_a_holding_is_told_its_name() -> None:
    found = broken("<nonDerivativeHolding>", "<nonDerivativeHolding><transactionDate/>")
    assert [mend.partition(";")[0] for rule, mend in found if rule == "R-HDR-4"] == [
        "If the line is a transaction, name it nonDerivativeTransaction instead of nonDerivativeHolding",
    ]


def test_an_answer_that_is_none_is_not_a_report_of_nothing_as_well() -> None:
    example = files("section16.rules") / "examples" / "R-HDR-9" / "fail.xml"
    text = example.read_text(encoding="utf-8")
    box = "<notSubjectToSection16>2</notSubjectToSection16>"
    unclear = text.replace("<notSubjectToSection16>0</notSubjectToSection16>", box)
    unclear = unclear if box in unclear else unclear.replace("<issuer>", f"{box}<issuer>", 1)
    found = {one.rule for one in check(section16.read(unclear.encode()))}
    assert "R-HDR-22" in found
    assert "R-HDR-9" not in found


@pytest.mark.parametrize(("code", "note", "odd"), [("G", "", True), ("G", "F1", False), ("J", "", False)])
def test_nothing_moved_is_odd_unless_a_footnote_or_the_code_explains_it(code: str, note: str, odd: bool) -> None:
    example = files("section16.rules") / "examples" / "L-121" / "pass.xml"
    text = example.read_text(encoding="utf-8").replace("<transactionCode>S<", f"<transactionCode>{code}<")
    amount = f'<value>0</value><footnoteId id="{note}"/>' if note else "<value>0</value>"
    text = text.replace("<value>1000</value>", amount)
    assert ("L-04" in {one.rule for one in check(section16.read(text.encode()))}) == odd


def test_names_in_markdown_are_the_printed_form_s() -> None:
    example = files("section16.rules") / "examples" / "L-57" / "pass.xml"
    printed = section16.write(section16.read(example.read_bytes()), "md")
    found = {one.rule for one in check(section16.read(printed))}
    assert "R-OWN-13" in found
    assert "R-HDR-3" not in found
