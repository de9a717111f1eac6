"""Documents to spoil for the proof of structure: six that use every element, and other filings brought up to date.

A filing of an older edition is no use as it stands: the schemas of today refuse it for a box that did not exist. So the
10b5-1 box is added, and states abroad are cleared; what the schemas still refuse is left out.
"""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

FORMS = ("3", "3/A", "4", "4/A", "5", "5/A")

_OWNER = """<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerCcc>abcd12$x</rptOwnerCcc>
<rptOwnerName>EXAMPLE PAT</rptOwnerName></reportingOwnerId><reportingOwnerAddress>
<rptOwnerNonUSAddressFlag>{abroad}</rptOwnerNonUSAddressFlag><rptOwnerStreet1>1 MAIN ST</rptOwnerStreet1>
<rptOwnerStreet2></rptOwnerStreet2><rptOwnerCity>ALBANY</rptOwnerCity>
<rptOwnerNonUSStateTerritory></rptOwnerNonUSStateTerritory><rptOwnerState>{state}</rptOwnerState>
<rptOwnerCountry>{country}</rptOwnerCountry><rptOwnerZipCode>12207-1234</rptOwnerZipCode>
<rptOwnerStateDescription></rptOwnerStateDescription><rptOwnerGoodAddress>1</rptOwnerGoodAddress>
</reportingOwnerAddress><reportingOwnerRelationship><isDirector>1</isDirector><isOfficer>true</isOfficer>
<isTenPercentOwner>0</isTenPercentOwner><isOther>false</isOther><officerTitle>CFO</officerTitle>
<otherText></otherText></reportingOwnerRelationship></reportingOwner>"""
_HELD = """<ownershipNature><directOrIndirectOwnership><value>I</value></directOrIndirectOwnership>
<natureOfOwnership><value>By trust</value><footnoteId id="F2"/></natureOfOwnership></ownershipNature>"""
_OWNED = """<postTransactionAmounts><{kind}OwnedFollowingTransaction><value>5381.2</value><footnoteId id="F1"/>
</{kind}OwnedFollowingTransaction></postTransactionAmounts>"""
_TITLE = '<securityTitle><value>Common Stock</value><footnoteId id="F1"/></securityTitle>'
_DATES = """<transactionDate><value>2026-04-14</value><footnoteId id="F1"/></transactionDate>
<deemedExecutionDate><value>2026-04-15</value></deemedExecutionDate>"""
_CODING = """<transactionCoding><transactionFormType>{kind}</transactionFormType>
<transactionCode>{code}</transactionCode>
<equitySwapInvolved>0</equitySwapInvolved><footnoteId id="F1"/><footnoteId id="F3"/></transactionCoding>"""
_TIMELY = "<transactionTimeliness><value>{value}</value>{note}</transactionTimeliness>"
_AMOUNTS = """<transactionAmounts><{kind}><value>1000</value><footnoteId id="F1"/></{kind}>
<transactionPricePerShare>{price}</transactionPricePerShare><transactionAcquiredDisposedCode><value>D</value>{note}
</transactionAcquiredDisposedCode></transactionAmounts>"""
_PRICE = '<value>66.903</value><footnoteId id="F2"/>'
_NOTE = '<footnoteId id="F2"/>'
_CONVERSION = "<conversionOrExercisePrice>{price}</conversionOrExercisePrice>"
_EXPIRES = """<exerciseDate><footnoteId id="F3"/><footnoteId id="F1"/></exerciseDate>
<expirationDate><value>2030-03-01</value><footnoteId id="F1"/></expirationDate>"""
_UNDERLYING = """<underlyingSecurity><underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle>
<underlyingSecurity{kind}><value>1000</value><footnoteId id="F3"/></underlyingSecurity{kind}></underlyingSecurity>"""
_FOOTNOTES = """<footnotes><footnote id="F1">Weighted average.</footnote><footnote id="F3">Fully vested.</footnote>
<footnote id="F2"></footnote></footnotes>"""
_SIGNED = """<ownerSignature><signatureName>/s/ Pat Example</signatureName><signatureDate>2026-04-16</signatureDate>
</ownerSignature>"""


def full(form: str) -> bytes:
    """A document of one of the six types that uses every element which the type has."""
    number = form[0]
    transactions = number != "3"
    header = [
        "<schemaVersion>X0609</schemaVersion>",
        f"<documentType>{form}</documentType>",
        "<periodOfReport>2026-04-14</periodOfReport>",
        "<dateOfOriginalSubmission>2026-04-15</dateOfOriginalSubmission>" if form.endswith("/A") else "",
        "<noSecuritiesOwned>0</noSecuritiesOwned>" if number == "3" else "",
        "<notSubjectToSection16>0</notSubjectToSection16>" if transactions else "",
        "<form3HoldingsReported>1</form3HoldingsReported>" if number == "5" else "",
        "<form4TransactionsReported>0</form4TransactionsReported>" if number == "5" else "",
        "<issuer><issuerCik>0000000001</issuerCik><issuerName>EXAMPLE INC</issuerName>",
        "<issuerTradingSymbol>EXMP</issuerTradingSymbol><issuerForeignTradingSymbol>EXMP.TO</issuerForeignTradingSymbol>",
        "</issuer>",
        _OWNER.format(cik=2, abroad=0, state="NY", country=""),
        _OWNER.format(cik=3, abroad=1, state="", country="A6"),
        "<aff10b5One>0</aff10b5One>",
    ]
    tail = [_FOOTNOTES, "<remarks>None.</remarks>", _SIGNED, _SIGNED]
    parts = [*header, *_table_one(number), *_table_two(number), *tail]
    return f'<?xml version="1.0"?>\n<ownershipDocument>{"".join(parts)}</ownershipDocument>\n'.encode()


def _table_one(number: str) -> list[str]:
    late = (
        "<transactionCoding><transactionFormType>3</transactionFormType></transactionCoding>" if number == "5" else ""
    )
    note = "" if number == "5" else '<footnoteId id="F3"/>'
    transaction = [
        "<nonDerivativeTransaction>", _TITLE, _DATES, _CODING.format(kind=4, code="S"),
        _TIMELY.format(value="L" if number == "5" else "", note=note),
        _AMOUNTS.format(kind="transactionShares", price=_PRICE, note=_NOTE), _OWNED.format(kind="shares"), _HELD,
        "</nonDerivativeTransaction>",
    ]  # fmt: skip
    holding = ["<nonDerivativeHolding>", _TITLE, late, _OWNED.format(kind="value"), _HELD, "</nonDerivativeHolding>"]
    rows = holding if number == "3" else transaction + holding + transaction
    return ["<nonDerivativeTable>", *rows, "</nonDerivativeTable>"]


def _table_two(number: str) -> list[str]:
    late = "<transactionCoding><transactionFormType></transactionFormType></transactionCoding>" if number == "5" else ""
    owned = "" if number == "3" else _OWNED.format(kind="shares")
    transaction = [
        "<derivativeTransaction>", _TITLE, _CONVERSION.format(price=_NOTE), _DATES, _CODING.format(kind=5, code="M"),
        _TIMELY.format(value="" if number == "5" else "E", note=""),
        _AMOUNTS.format(kind="transactionTotalValue", price=_NOTE, note=""), _EXPIRES,
        _UNDERLYING.format(kind="Shares"), _OWNED.format(kind="value"), _HELD, "</derivativeTransaction>",
    ]  # fmt: skip
    holding = [
        "<derivativeHolding>", _TITLE, _CONVERSION.format(price=_PRICE), late, _EXPIRES,
        _UNDERLYING.format(kind="Value"), owned, _HELD, "</derivativeHolding>",
    ]  # fmt: skip
    rows = holding if number == "3" else transaction + holding
    return ["<derivativeTable>", *rows, "</derivativeTable>"]


def up_to_date(root: Element) -> bytes:
    """A filing as it would stand in the newest edition: with a 10b5-1 box, without states abroad."""
    if root.find("aff10b5One") is None and not (root.findtext("documentType") or "").startswith("3"):
        box = etree.Element("aff10b5One")
        box.text = "0"
        owners = root.findall("reportingOwner")
        if owners:
            owners[-1].addnext(box)
    for state in root.iter("rptOwnerState"):
        if not (state.text or "").isalpha():
            state.text = ""
    return etree.tostring(root, encoding="ascii", xml_declaration=True)
