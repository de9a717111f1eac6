"""Markdown read back to a document: the seed, other conversions of the same page, and what is no form."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from section16.errors import SourceError
from section16.form.edition import Look
from section16.render.as_printed import as_printed_differences, printed_facts
from section16.render.city_line import CityLine, city_line_markdown, read_city_line, split_city_line
from section16.render.picture import PictureNote
from section16.render.read_markdown import looks_like_form_markdown, read_markdown

SEED = (Path(__file__).parents[2] / "examples" / "qualys-form4.md").read_text(encoding="utf-8")


def rules(text: str) -> list[str]:
    return [note.rule for note in read_markdown(text).notes]


def test_every_figure_and_word_of_the_seed_stands_in_its_element() -> None:
    row, owner = "nonDerivativeTable[1]", "reportingOwner[1]"
    assert printed_facts(read_markdown(SEED).document) == {
        "documentType": "4",
        "periodOfReport": "2022-09-01",
        "issuer/issuerName": "QUALYS, INC.",
        "issuer/issuerTradingSymbol": "QLYS",
        f"{owner}/reportingOwnerId/rptOwnerName": "Peters Allan",
        f"{owner}/reportingOwnerAddress/rptOwnerStreet1": "C/O QUALYS, INC.",
        f"{owner}/reportingOwnerAddress/rptOwnerStreet2": "919 E. HILLSDALE BLVD.",
        f"{owner}/reportingOwnerAddress/rptOwnerCity": "FOSTER CITY",
        f"{owner}/reportingOwnerAddress/rptOwnerState": "CA",
        f"{owner}/reportingOwnerAddress/rptOwnerZipCode": "94404",
        f"{owner}/reportingOwnerRelationship/isOfficer": "1",
        f"{owner}/reportingOwnerRelationship/officerTitle": "Chief Revenue Officer",
        row: "transaction",
        f"{row}/securityTitle": "Common Stock",
        f"{row}/transactionDate": "2022-09-01",
        f"{row}/transactionCoding/transactionCode": "F",
        f"{row}/transactionAmounts/transactionShares": "719",
        f"{row}/transactionAmounts/transactionShares/footnoteId": "F1",
        f"{row}/transactionAmounts/transactionPricePerShare": "147.76",
        f"{row}/transactionAmounts/transactionAcquiredDisposedCode": "D",
        f"{row}/postTransactionAmounts/sharesOwnedFollowingTransaction": "24059",
        f"{row}/ownershipNature/directOrIndirectOwnership": "D",
        "footnotes[1]": "F1 The reported securities were withheld to cover the Reporting Person's tax liability in "
        "connection with the vesting of restricted stock units.",
        "remarks": "",
        "ownerSignature[1]/signatureName": "/s/ Bruce Posey, by Power of Attorney for Allan Peters",
        "ownerSignature[1]/signatureDate": "2022-09-02",
    }


def test_what_edgar_demands_of_a_coding_is_there() -> None:
    coding = read_markdown(SEED).document.table_one[0].coding
    assert coding is not None
    assert coding.equity_swap is not None
    assert (coding.form_type, coding.equity_swap.text) == ("4", "0")


def test_what_the_seed_does_not_carry_is_absent_and_said() -> None:
    picture = read_markdown(SEED)
    assert picture.document.schema_version is None
    assert picture.document.issuer is not None
    assert picture.document.issuer.cik is None
    assert picture.look is Look.Y2003
    assert rules(SEED) == [PictureNote.NOT_PRINTED, PictureNote.ISSUER_CIK, PictureNote.OWNER_CIK]


OTHER_CONVERSIONS: dict[str, Callable[[str], str]] = {
    "breaks with a slash": lambda text: text.replace("<br>", "<br />"),
    "no backslashes": lambda text: text.replace("\\", ""),
    "no bold": lambda text: text.replace("**", ""),
    "headings with number signs": lambda text: re.sub(r"^\*\*(.+?)\*\*$", r"## \1", text, flags=re.MULTILINE),
    "marks in brackets": lambda text: text.replace('<input checked="" type="checkbox"/>', "[x]"),
    "all boxes as inputs": lambda text: text.replace("<br>Director 10%", '<br><input type="checkbox"/> Director 10%'),
    "marks as X": lambda text: text.replace('<input checked="" type="checkbox"/>', "X"),
    "attributes in other order": lambda text: text.replace(
        '<input checked="" type="checkbox"/>', '<input type="checkbox" checked disabled>'
    ),
    "no padding": lambda text: re.sub(r" {2,}", " ", text),
    "wide padding": lambda text: text.replace(" | ", "      |   "),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "plain marks": lambda text: text.replace("<sup>(1)</sup>", "(1)"),
    "marks without parentheses": lambda text: text.replace("<sup>(1)</sup>", "<sup>1</sup>"),
    "rules on lines of their own": lambda text: text.replace("<hr/> ", "<hr><br>"),
    "no rules": lambda text: text.replace("<hr/> ", ""),
    "no underlining": lambda text: re.sub(r"</?u>", "", text),
    "underlined signature": lambda text: re.sub(r"^(/s/.*) (\S+)$", r"<u>\1</u> <u>\2</u>", text, flags=re.MULTILINE),
    "hard-wrapped lines": lambda text: text.replace("in connection with", "in\nconnection with"),
    "no title but the OMB number": lambda text: text.replace("**STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP**", ""),
    "bold and in the label": lambda text: text.replace("Issuer Name and Ticker", "Issuer Name **and** Ticker"),
    "aligned columns": lambda text: re.sub(r"-+\|", ":-:|", text),
}


@pytest.mark.parametrize("change", OTHER_CONVERSIONS.values(), ids=OTHER_CONVERSIONS.keys())
def test_other_conversions_of_the_page_read_the_same(change: Callable[[str], str]) -> None:
    text = change(SEED)
    assert text != SEED
    assert looks_like_form_markdown(text.encode())
    assert as_printed_differences(read_markdown(text).document, read_markdown(SEED).document) == ()


def test_links_give_the_ciks() -> None:
    list_of = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK="
    text = SEED.replace("<u>Peters Allan</u>", f"<u>[Peters Allan]({list_of}0000000002)</u>")
    text = text.replace("<u>QUALYS, INC. [ QLYS ]</u>", rf"[QUALYS, INC.]({list_of}1) \[ QLYS \]".replace("\\", ""))
    document = read_markdown(text).document
    assert document.issuer is not None
    assert (document.issuer.cik, document.issuer.name, document.issuer.trading_symbol) == (
        "0000000001",
        "QUALYS, INC.",
        "QLYS",
    )
    assert (document.reporting_owners[0].cik, document.reporting_owners[0].name) == ("0000000002", "Peters Allan")
    assert rules(text) == [PictureNote.NOT_PRINTED]


def test_a_date_in_box_4_makes_an_amendment() -> None:
    label = "4. If Amendment, Date of Original Filed (Month/Day/Year)"
    document = read_markdown(SEED.replace(label, f"{label}<br><u>08/01/2022</u>")).document
    assert document.document_type == "4/A"
    assert document.date_of_original_submission is not None
    assert document.date_of_original_submission.text == "2022-08-01"


def test_a_city_line_without_a_place_code_stands_whole_in_the_city() -> None:
    picture = read_markdown(SEED.replace("FOSTER CITY CA 94404", "FOSTER CITY CALIFORNIA"))
    address = picture.document.reporting_owners[0].address
    assert address is not None
    assert (address.city, address.state, address.zip_code) == ("FOSTER CITY CALIFORNIA", None, None)
    note = next(note for note in picture.notes if note.rule == PictureNote.CITY_LINE)
    assert "FOSTER CITY CALIFORNIA" in note.message
    assert note.line == 16


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("FOSTER CITY CA 94404", ("FOSTER CITY", "CA", "94404")),
        ("TORONTO A6 M5J 2T3", ("TORONTO", "A6", "M5J 2T3")),
        ("LA JOLLA CA 92037", ("LA JOLLA", "CA", "92037")),
        ("HAMILTON D0", ("HAMILTON", "D0", "")),
        ("", ("", "", "")),
        ("LONDON", None),
        ("los angeles ca 90001", None),
    ],
)
def test_a_city_line_is_split_at_the_last_place_code(line: str, parts: tuple[str, str, str] | None) -> None:
    assert split_city_line(line) == parts


@pytest.mark.parametrize(
    "parts",
    [
        CityLine("AMSTERDAM", "P7", "1012 CA"),
        CityLine("LONDON", "", "SW1A 1AA"),
        CityLine("CA", "", ""),
        CityLine("", "", "94404"),
        CityLine("TAIPEI", "TAIWAN", "106"),
        CityLine("", "", ""),
        CityLine("FOSTER CITY", "CA", "94404"),
    ],
)
def test_any_city_line_that_we_write_reads_back(parts: CityLine) -> None:
    assert read_city_line(city_line_markdown(parts)) == parts


def test_one_line_for_title_and_other_text_is_the_other_text_unless_officer_is_marked() -> None:
    other = SEED.replace(
        '<input checked="" type="checkbox"/> Officer (give title below) Other',
        'Officer (give title below) <input checked="" type="checkbox"/> Other',
    )
    relationship = read_markdown(other).document.reporting_owners[0].relationship
    assert relationship is not None
    assert (relationship.officer_title, relationship.other_text) == (None, "Chief Revenue Officer")
    both = SEED.replace("below) Other", 'below) <input checked="" type="checkbox"/> Other')
    relationship = read_markdown(both).document.reporting_owners[0].relationship
    assert relationship is not None
    assert (relationship.officer_title, relationship.other_text) == ("Chief Revenue Officer", None)
    assert PictureNote.TITLE_LINE in rules(both)


def test_lines_that_are_none_of_the_form_are_named() -> None:
    text = SEED.replace("**STATEMENT OF", "Downloaded from a site\n\n**STATEMENT OF") + "\n\nSee also our terms"
    unread = [note for note in read_markdown(text).notes if note.rule == PictureNote.UNREAD]
    assert [note.message.partition(": ")[2] for note in unread] == ["'Downloaded from a site'", "'See also our terms'"]
    assert unread[0].line == 8


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NOT_OWNERSHIP"),
        ("# A readme\n\nNothing here.", "NOT_OWNERSHIP"),
        ("| a | b |\n|--|--|\n| c | d |", "NOT_OWNERSHIP"),
        (SEED.replace("STATEMENT OF CHANGES IN", "").replace("3235-0287", ""), "NOT_OWNERSHIP"),
        (SEED.replace("2. Issuer Name", "Issuer"), "STRUCTURE"),
        (SEED.replace("(Street)", ""), "STRUCTURE"),
        (SEED.replace("10% Owner", ""), "STRUCTURE"),
        (SEED.replace("6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", ""), "STRUCTURE"),
        (SEED.replace(r"\*\* Signature of Reporting Person Date", ""), "STRUCTURE"),
        (SEED.replace("| Common Stock ", "| Common | Stock "), "STRUCTURE"),
        (SEED.replace("Common Stock", "Common\x00Stock"), "XML_CONTROL_CHAR"),
        (SEED + "x" * 6_000_000, "LIMIT_SIZE"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(text: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_markdown(text)
    assert caught.value.code == code


def test_a_row_with_a_stray_bar_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match="12 cells") as caught:
        read_markdown(SEED.replace("| 24,059  | D  |   |", "| 24,059  | D  | x | y |"))
    assert caught.value.line == SEED[: SEED.index("| Common Stock")].count("\n") + 1


def test_a_seed_cut_off_anywhere_is_refused_or_still_whole() -> None:
    whole = read_markdown(SEED).document
    codes = set()
    for end in range(0, len(SEED), 7):
        try:
            document = read_markdown(SEED[:end]).document
        except SourceError as error:
            codes.add(error.code)
        else:
            assert as_printed_differences(document, whole) == ()
    assert codes == {"NOT_OWNERSHIP", "STRUCTURE"}


def test_only_markdown_of_a_form_looks_like_one() -> None:
    assert looks_like_form_markdown(SEED.encode())
    assert looks_like_form_markdown(b"\xef\xbb\xbf" + SEED.encode())
    for other in (b"", b"# readme", b"<html>" + SEED.encode(), b'{"a": 1}', b"| Name | Address |"):
        assert not looks_like_form_markdown(other)


FLOODS = [
    "<sup>",
    "(1)",
    "&nbsp;",
    "<br>",
    "\\",
    "[",
    "<u></u>",
    "$1",
    "1,",
    "**",
    "Director ",
    "<input checked ",
    " \u2003",
]
FLOODED = ["Common Stock", "24,059", "Chief Revenue Officer", "/s/ Bruce Posey", "QUALYS, INC. [", "withheld to cover"]


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("place", FLOODED)
def test_floods_of_markup_are_read_or_refused_and_never_hang(flood: str, place: str) -> None:
    flooded = SEED.replace(place, flood * 60_000 + place)
    try:
        document = read_markdown(flooded).document
    except SourceError as error:
        assert error.code in {"STRUCTURE", "NOT_OWNERSHIP"}  # noqa: PT017 - either outcome will do, hanging would not
    else:
        assert document.document_type == "4"


def test_rows_of_table_two_below_the_short_headings_are_read_by_position() -> None:
    row = (
        r"| Option | \$3.74 | 09/01/2022 |  | M |  |  | 500 <sup>(1)</sup> | 01/01/2020 | 04/14/2028 "
        r"| Common Stock | 500 | \$0 | 1,500 | I | By Trust |"
    )
    text = SEED.replace("\n\n**Explanation", f"\n{row}\n\n**Explanation")
    place = "derivativeTable[1]/"
    facts = printed_facts(read_markdown(text).document)
    line = {path.removeprefix(place): said for path, said in facts.items() if path.startswith(place)}
    assert {path: line[path] for path in line if path.startswith(("trans", "under", "conv", "exp"))} == {
        "conversionOrExercisePrice": "3.74",
        "transactionDate": "2022-09-01",
        "transactionCoding/transactionCode": "M",
        "transactionAmounts/transactionShares": "500",
        "transactionAmounts/transactionShares/footnoteId": "F1",
        "transactionAmounts/transactionPricePerShare": "0",
        "transactionAmounts/transactionAcquiredDisposedCode": "D",
        "expirationDate": "2028-04-14",
        "underlyingSecurity/underlyingSecurityTitle": "Common Stock",
        "underlyingSecurity/underlyingSecurityShares": "500",
    }
