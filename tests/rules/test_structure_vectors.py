"""What the schemas of March 2026 catch and what they let pass, change by change, as our own findings have it.

Each change is made to a document that uses every element of its form. Where the SEC's schemas are at hand, they are
asked, too, so that a wrong expectation cannot stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import section16
from section16.findings import Severity, Source
from section16.rules import check
from structure_documents import full
from structure_judge import Schemas

Change = Callable[[str], str]
NOTE = '<footnoteId id="F1"/>'


class Vector(NamedTuple):
    form: str
    rule: str
    change: Change

    @property
    def broken(self) -> bytes:
        sound = full(self.form).decode()
        broken = self.change(sound)
        assert broken != sound, "the change found nothing to change"
        return broken.encode()


def put(old: str, new: str) -> Change:
    return lambda xml: xml.replace(old, new, 1)


def sub(pattern: str, new: str) -> Change:
    return lambda xml: re.sub(pattern, lambda _: new, xml, count=1, flags=re.DOTALL)


def without(name: str) -> Change:
    return sub(rf"<{name}>.*?</{name}>", "")


def text(name: str, new: str) -> Change:
    return sub(rf"<{name}>[^<]*<", f"<{name}>{new}<")


def value(name: str, new: str) -> Change:
    """The value of a cell."""

    def change(xml: str) -> str:
        start = xml.index(f"<{name}>")
        return xml[:start] + re.sub(r"<value>[^<]*<", f"<value>{new}<", xml[start:], count=1)

    return change


def times(name: str, count: int) -> Change:
    """An element so often."""

    def change(xml: str) -> str:
        found = re.findall(rf"<{name}>.*?</{name}>", xml, re.DOTALL)
        return xml.replace(found[0], found[0] * (count - len(found) + 1), 1)

    return change


def references(cell: str, count: int) -> Change:
    """Further references at the end of a cell."""
    return put(f"</{cell}>", '<footnoteId id="F1"/>' * count + f"</{cell}>")


def both(*changes: Change) -> Change:
    def change(xml: str) -> str:
        for one in changes:
            xml = one(xml)
        return xml

    return change


REFUSED = {
    "plan box missing on 4": Vector("4", "R-HDR-8", without("aff10b5One")),
    "plan box missing on 5": Vector("5", "R-HDR-8", without("aff10b5One")),
    "date of original missing": Vector("4/A", "R-HDR-5", without("dateOfOriginalSubmission")),
    "date of original on an original": Vector(
        "4",
        "R-HDR-4",
        put("</periodOfReport>", "</periodOfReport><dateOfOriginalSubmission>2026-04-15</dateOfOriginalSubmission>"),
    ),
    "exit box on form 3": Vector(
        "3", "R-HDR-4", put("<issuer>", "<notSubjectToSection16>0</notSubjectToSection16><issuer>")
    ),
    "type of another form": Vector("4", "R-HDR-5", text("documentType", "4/A")),
    "type of no form": Vector("4", "R-HDR-16", text("documentType", "6")),
    "no signature": Vector("4", "R-SIG-1", sub("<ownerSignature>.*</ownerSignature>", "")),
    "no amounts": Vector("4", "R-ROW-17", without("transactionAmounts")),
    "no a or d": Vector("4", "R-ROW-15", without("transactionAcquiredDisposedCode")),
    "no amount owned": Vector("4", "R-ROW-17", without("postTransactionAmounts")),
    "nothing in the amount owned": Vector("4", "R-ROW-8", without("sharesOwnedFollowingTransaction")),
    "no ownership": Vector("4", "R-ROW-17", without("ownershipNature")),
    "no underlying security": Vector("4", "R-ROW-17", without("underlyingSecurity")),
    "no relationship": Vector("4", "R-OWN-13", without("reportingOwnerRelationship")),
    "no symbol": Vector("4", "R-HDR-11", without("issuerTradingSymbol")),
    "coding without form type": Vector("4", "R-ROW-3", without("transactionFormType")),
    "coding without code": Vector("4", "R-ROW-4", without("transactionCode")),
    "coding without equity swap": Vector("4", "R-ROW-5", without("equitySwapInvolved")),
    "reference before value": Vector(
        "4", "R-HDR-1", put("<securityTitle>", '<securityTitle><footnoteId id="F1"/>')
    ),
    "coding on a holding of form 4": Vector(
        "4",
        "R-HDR-4",
        sub(
            "(?<=<nonDerivativeHolding>)<securityTitle>.*?</securityTitle>",
            "<securityTitle><value>x</value></securityTitle>"
            "<transactionCoding><transactionFormType>3</transactionFormType></transactionCoding>",
        ),
    ),
    "amount owned on a derivative holding of form 3": Vector(
        "3",
        "R-HDR-4",
        put(
            "</underlyingSecurity>",
            "</underlyingSecurity><postTransactionAmounts><sharesOwnedFollowingTransaction><value>1</value>"
            "</sharesOwnedFollowingTransaction></postTransactionAmounts>",
        ),
    ),
    "two remarks": Vector("4", "R-HDR-1", put("<remarks>", "<remarks>x</remarks><remarks>")),
    "unknown attribute": Vector("4", "R-HDR-19", put("<issuer>", '<issuer lang="en">')),
    "default namespace": Vector("4", "R-HDR-19", put("<ownershipDocument>", '<ownershipDocument xmlns="urn:x">')),
    "element in a footnote": Vector("4", "R-HDR-4", put("Weighted average.", "Weighted <b>average</b>.")),
    "shares and value owned": Vector(
        "4",
        "R-ROW-8",
        put(
            "</sharesOwnedFollowingTransaction>",
            "</sharesOwnedFollowingTransaction><valueOwnedFollowingTransaction><value>1</value>"
            "</valueOwnedFollowingTransaction>",
        ),
    ),
    "total value in table one": Vector(
        "4", "R-ROW-6", lambda xml: xml.replace("transactionShares", "transactionTotalValue")
    ),
    "footnote on a or d in table two": Vector(
        "4",
        "R-FN-9",
        lambda xml: xml[: xml.index("<derivativeTable>")]
        + put("</value>\n</transactionAcquiredDisposedCode>", f"</value>{NOTE}</transactionAcquiredDisposedCode>")(
            xml[xml.index("<derivativeTable>") :]
        ),
    ),
    "footnote on timeliness of form 5": Vector("5", "R-FN-9", references("transactionTimeliness", 1)),
    "shares by footnote only": Vector(
        "4", "R-ROW-6", put("<transactionShares><value>1000</value>", "<transactionShares>")
    ),
    "nature by footnote only": Vector(
        "4", "R-ROW-16", put("<natureOfOwnership><value>By trust</value>", "<natureOfOwnership>")
    ),
    "price without value and footnote": Vector(
        "4", "R-ROW-10", sub("<transactionPricePerShare>.*?</transactionPricePerShare>", "<transactionPricePerShare/>")
    ),
    "31 lines": Vector("4", "R-ROW-1", times("nonDerivativeHolding", 29)),
    "11 owners": Vector("4", "R-OWN-6", times("reportingOwner", 11)),
    "11 signatures": Vector("4", "R-SIG-1", times("ownerSignature", 11)),
    "100 references of a plain field": Vector("4", "R-FN-8", references("securityTitle", 99)),
    "a value and 99 references": Vector("4", "R-FN-8", references("transactionPricePerShare", 98)),
    "title of 61": Vector("4", "R-ROW-13", value("securityTitle", "x" * 61)),
    "title of none": Vector("4", "R-ROW-13", value("securityTitle", "")),
    "underlying title of 61": Vector("4", "R-ROW-13", value("underlyingSecurityTitle", "x" * 61)),
    "nature of 101": Vector("4", "R-HDR-12", value("natureOfOwnership", "x" * 101)),
    "officer title of 31": Vector("4", "R-HDR-12", text("officerTitle", "x" * 31)),
    "street of 41": Vector("4", "R-HDR-12", text("rptOwnerStreet1", "x" * 41)),
    "city of 31": Vector("4", "R-HDR-12", text("rptOwnerCity", "x" * 31)),
    "zip of 11": Vector("4", "R-HDR-12", text("rptOwnerZipCode", "1" * 11)),
    "symbol of none": Vector("4", "R-HDR-11", text("issuerTradingSymbol", "")),
    "symbol of 11": Vector("4", "R-HDR-11", text("issuerTradingSymbol", "x" * 11)),
    "foreign symbol of 15": Vector("4", "R-HDR-12", text("issuerForeignTradingSymbol", "x" * 15)),
    "territory of 41": Vector("4", "R-HDR-12", text("rptOwnerNonUSStateTerritory", "x" * 41)),
    "remarks of 2001": Vector("4", "R-HDR-12", text("remarks", "x" * 2001)),
    "signature of none": Vector("4", "R-SIG-1", text("signatureName", "")),
    "signature of 256": Vector("4", "R-SIG-1", text("signatureName", "x" * 256)),
    "ccc of 7": Vector("4", "R-OWN-14", text("rptOwnerCcc", "abcd12$")),
    "cik of 11": Vector("4", "R-HDR-18", text("issuerCik", "1" * 11)),
    "issuer's name of 151": Vector("4", "R-HDR-12", text("issuerName", "x" * 151)),
    "state description of 51": Vector("4", "R-HDR-12", text("rptOwnerStateDescription", "x" * 51)),
    "True": Vector("4", "R-HDR-22", text("isDirector", "True")),
    "empty yes or no": Vector("4", "R-HDR-6", text("isDirector", "")),
    "empty date": Vector("4", "R-HDR-6", value("transactionDate", "")),
    "30 February": Vector("4", "R-HDR-22", value("transactionDate", "2026-02-30")),
    "comma": Vector("4", "R-HDR-15", value("transactionPricePerShare", "66,903")),
    "five places": Vector("4", "R-HDR-15", value("transactionPricePerShare", "66.90301")),
    "below zero": Vector("4", "R-HDR-15", value("transactionPricePerShare", "-1")),
    "exponent": Vector("4", "R-HDR-15", value("transactionPricePerShare", "6e3")),
    "a million millions": Vector("4", "R-HDR-15", value("transactionPricePerShare", "1000000000000")),
    "cik with a letter": Vector("4", "R-HDR-18", text("issuerCik", "12a")),
    "zip with a period": Vector("4", "R-OWN-15", text("rptOwnerZipCode", "12.3")),
    "code K": Vector("4", "R-ROW-4", text("transactionCode", "K")),
    "code V": Vector("4", "R-ROW-4", text("transactionCode", "V")),
    "code B": Vector("4", "R-ROW-4", text("transactionCode", "B")),
    "form type 3 on a transaction": Vector("4", "R-ROW-3", text("transactionFormType", "3")),
    "footnote id F01": Vector("4", "R-FN-1", put('<footnote id="F1">', '<footnote id="F01">')),
    "footnote id F100": Vector("4", "R-FN-1", put('<footnote id="F1">', '<footnote id="F100">')),
    "footnote id f3": Vector("4", "R-FN-1", put('<footnote id="F3">', '<footnote id="f3">')),
    "footnote id doubled": Vector("4", "R-FN-2", put('<footnote id="F3">', '<footnote id="F1">')),
    "state in small letters": Vector("4", "R-OWN-8", text("rptOwnerState", "ca")),
    "province as state": Vector("4", "R-OWN-8", text("rptOwnerState", "A6")),
    "country US": Vector("4", "R-OWN-9", text("rptOwnerCountry", "US")),
}  # fmt: skip

LET_PASS = {
    "no relationship true": Vector(
        "4", "R-OWN-1", lambda xml: re.sub("(<is(?:Director|Officer)>)(?:1|true)<", r"\g<1>0<", xml)
    ),
    "officer without title": Vector("4", "R-OWN-2", without("officerTitle")),
    "indirect without nature": Vector("4", "R-ROW-12", without("natureOfOwnership")),
    "indirect with empty nature": Vector("4", "R-ROW-12", value("natureOfOwnership", "")),
    "direct with nature": Vector("4", "R-ROW-11", value("directOrIndirectOwnership", "D")),
    "no underlying amount": Vector("4", "R-ROW-9", without("underlyingSecurityShares")),
    "no coding": Vector("4", "R-ROW-14", without("transactionCoding")),
    "pipe as timeliness": Vector("4", "R-TIM", value("transactionTimeliness", "|")),
    "late on form 4": Vector("4", "R-TIM", value("transactionTimeliness", "L")),
    "unreferenced footnote": Vector("4", "R-FN-4", put("</footnotes>", '<footnote id="F9">x</footnote></footnotes>')),
    "same footnote twice": Vector("4", "R-FN-5", references("transactionDate", 1)),
    "footnote of 1,001": Vector("4", "R-FN-6", put("Weighted average.", "x" * 1001)),
    "dangling reference": Vector("4", "R-FN-3", put(NOTE, '<footnoteId id="F77"/>')),
    "empty remarks": Vector("4", "", text("remarks", "")),
    "empty footnote": Vector("4", "", put("Weighted average.", "")),
    "no tables": Vector("3", "", both(without("nonDerivativeTable"), without("derivativeTable"), without("footnotes"))),
    "empty deemed date": Vector(
        "4", "", sub("<deemedExecutionDate>.*?</deemedExecutionDate>", "<deemedExecutionDate/>")
    ),
    "empty timeliness": Vector(
        "4", "", sub("<transactionTimeliness>.*?</transactionTimeliness>", "<transactionTimeliness/>")
    ),
    "empty street, zip and foreign symbol": Vector(
        "4", "", both(text("rptOwnerStreet1", ""), text("rptOwnerZipCode", ""), text("issuerForeignTradingSymbol", ""))
    ),
    "territory of 40": Vector("4", "", text("rptOwnerNonUSStateTerritory", "x" * 40)),
    "time zone": Vector("4", "", value("transactionDate", "2026-04-14-05:00")),
    "year 9999": Vector("4", "", value("expirationDate", "9999-12-31")),
    "plus": Vector("4", "", value("transactionPricePerShare", "+1")),
    "period first": Vector("4", "", value("transactionPricePerShare", ".5")),
    "period last": Vector("4", "", value("transactionPricePerShare", "5.")),
    "leading zeros": Vector("4", "", value("transactionPricePerShare", "000066.903")),
    "trailing zeros": Vector("4", "", value("transactionPricePerShare", "66.90300")),
    "comment": Vector("4", "", put("<issuerCik>", "<issuerCik><!-- x -->")),
    "cdata": Vector("4", "", put("None.", "<![CDATA[None.]]>")),
    "beyond ascii": Vector("4", "", text("signatureName", "/s/ Ren\u00e9 Example")),
    "country X1": Vector("4", "", text("rptOwnerCountry", "X1")),
    "obsolete country": Vector("4", "", text("rptOwnerCountry", "I7")),
    "30 lines": Vector("4", "", times("nonDerivativeHolding", 28)),
    "99 references": Vector("4", "", references("securityTitle", 98)),
    "a value and 98 references": Vector("4", "", references("transactionPricePerShare", 97)),
}  # fmt: skip


def structural(document: bytes) -> set[str]:
    found = check(section16.read(document), as_="disseminated", edition="current")
    return {one.rule for one in found if one.source is Source.SCHEMA and one.severity is Severity.SUSPEND}


@pytest.mark.parametrize("vector", REFUSED.values(), ids=REFUSED)
def test_what_the_schemas_refuse_is_found(vector: Vector) -> None:
    assert vector.rule in structural(vector.broken)


@pytest.mark.parametrize("vector", LET_PASS.values(), ids=LET_PASS)
def test_what_the_schemas_let_pass_is_no_fault_of_structure(vector: Vector) -> None:
    assert structural(vector.broken) <= {"R-FN-3"}


@pytest.mark.parametrize(
    "vector", [one for one in LET_PASS.values() if one.rule], ids=[name for name, one in LET_PASS.items() if one.rule]
)
def test_what_the_schemas_let_pass_and_edgar_does_not_is_found(vector: Vector) -> None:
    assert vector.rule in {finding.rule for finding in check(section16.read(vector.broken))}


@pytest.mark.parametrize("vector", REFUSED.values(), ids=REFUSED)
def test_the_schemas_really_refuse_it(vector: Vector, schemas: Path) -> None:
    assert Schemas(schemas).refusal(vector.broken) is not None


@pytest.mark.parametrize("vector", LET_PASS.values(), ids=LET_PASS)
def test_the_schemas_really_let_it_pass(vector: Vector, schemas: Path) -> None:
    assert Schemas(schemas).refusal(vector.broken) is None


@pytest.mark.parametrize("blanks", [" 2026-04-14", "2026-04-14\n", "\t2026-04-14Z "])
def test_blanks_around_a_date_are_a_warning(blanks: str) -> None:
    broken = text("periodOfReport", blanks)(full("4").decode()).encode()
    found = {finding.rule: finding.severity for finding in check(section16.read(broken), as_="disseminated")}
    assert found["R-HDR-21"] is Severity.WARN
    assert structural(broken) == set()
