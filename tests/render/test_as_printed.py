"""Two documents compared as printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from section16.edgar.ownership_xml import read_ownership_xml
from section16.render.as_printed import as_printed_differences, printed_facts
from section16.render.markdown import markdown
from section16.render.print_form import print_form
from section16.render.read_markdown import read_markdown

ORIGINAL = (Path(__file__).parent / "documents" / "form4-2003-tax-withholding.xml").read_text(encoding="utf-8")


def differences(changed: str) -> tuple[str, ...]:
    assert changed != ORIGINAL
    return as_printed_differences(read_ownership_xml(ORIGINAL.encode()), read_ownership_xml(changed.encode()))


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("<value>719</value>", "<value>719.00</value>"),
        ("<value>2022-09-01</value>", "<value>2022-09-01-05:00</value>"),
        ("<isDirector>0</isDirector>", ""),
        ("<isOfficer>1</isOfficer>", "<isOfficer>true</isOfficer>"),
        ("Common Stock", "Common\n   Stock"),
        ("<derivativeTable></derivativeTable>", ""),
        ("<otherText></otherText>", ""),
        ("<schemaVersion>X0306</schemaVersion>", ""),
        ("<rptOwnerStateDescription></rptOwnerStateDescription>", ""),
    ],
)
def test_what_paper_does_not_show_makes_no_difference(words: str, instead: str) -> None:
    assert differences(ORIGINAL.replace(words, instead)) == ()


@pytest.mark.parametrize(
    ("words", "instead", "path"),
    [
        ("<value>719</value>", "<value>720</value>", "transactionShares: '719', '720'"),
        ('<footnoteId id="F1"/>', "", "transactionShares/footnoteId: 'F1', None"),
        ("<remarks></remarks>", "", "remarks: '', None"),
        ("<isOfficer>1</isOfficer>", "<isOfficer>0</isOfficer>", "isOfficer: '1', None"),
        ("<value>147.76</value>", "", "transactionPricePerShare: '147.76', None"),
        ("vesting of", "vesting  off", "footnotes[1]: "),
        ("0000000001", "0000000009", "issuerCik: "),
        ("<transactionCode>F<", "<transactionCode>S<", "transactionCode: 'F', 'S'"),
        ("<transactionFormType>4<", "<transactionFormType>5<", "transactionFormType: None, '5'"),
        ("<signatureDate>2022-09-02<", "<signatureDate>2022-09-03<", "signatureDate: "),
    ],
)
def test_what_paper_shows_does(words: str, instead: str, path: str) -> None:
    (line,) = differences(ORIGINAL.replace(words, instead))
    assert path in line


def test_ciks_are_compared_only_where_links_hold_them() -> None:
    first = read_ownership_xml(ORIGINAL.encode())
    second = read_ownership_xml(ORIGINAL.replace("0000000001", "0000000009").encode())
    assert as_printed_differences(first, second, ciks=False) == ()
    assert len(as_printed_differences(first, second)) == 1


def test_only_the_first_owner_has_a_printed_relationship(sample: Callable[[str], object]) -> None:
    facts = printed_facts(sample("form4a-2026-joint"))  # type: ignore[arg-type]  # the fixture reads a document
    owners = {path.partition("/")[0] for path in facts if "Relationship/" in path}
    assert owners == {"reportingOwner[1]"}


def test_real_filings_are_the_same_as_printed_after_a_turn_through_markdown(corpus: Path) -> None:
    paths = sorted((corpus / "xml").glob("*.xml"))[::6]
    assert paths
    for path in paths:
        document = read_ownership_xml(path.read_bytes())
        drawn = markdown(print_form(document))
        picture = read_markdown(drawn)
        assert as_printed_differences(document, picture.document, ciks=False) == (), path.name
        assert markdown(print_form(picture.document, picture.look)) == drawn, path.name
