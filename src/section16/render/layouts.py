"""The fixed words of Forms 3, 4 and 5 in each look, and which field of the document stands where.

Sources: the forms as sec.gov shows them (viewer folders X02 to X06), and for what no page at hand shows (a marked box,
the 10b5-1 block of March 2023, country line and foreign symbol of March 2026) the stylesheets of EDGAR Ownership XML
Technical Specification 5.5. What changed when: `section16.form.edition`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, cast

import msgspec

from section16.form.edition import Look, plain_look
from section16.render import columns
from section16.render.printed import CheckBox, FormLayout

FormNumber = Literal["3", "4", "5"]

AGENCY: Final = "UNITED STATES SECURITIES AND EXCHANGE COMMISSION"
CITY: Final = "Washington, D.C. 20549"
PURSUANT: Final = (
    "Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934",
    "or Section 30(h) of the Investment Company Act of 1940",
)
OMB_APPROVAL: Final = "OMB APPROVAL"
OMB_NUMBER: Final = "OMB Number:"
OMB_BURDEN: Final = ("Estimated average burden", "hours per response:")
NAME_AND_ADDRESS: Final = "1. Name and Address of Reporting Person*"
NAME_PARTS: Final = ("(Last)", "(First)", "(Middle)")
STREET: Final = "(Street)"
CITY_AND_STATE: Final = ("(City)", "(State)")
CHECK_ALL: Final = "(Check all applicable)"
RELATIONSHIPS: Final = ("Director", "10% Owner", "Officer (give title below)", "Other (specify below)")
FILED_BY: Final = ("Form filed by One Reporting Person", "Form filed by More than One Reporting Person")
EXPLANATION: Final = "Explanation of Responses:"
NO_SECURITIES: Final = "No securities are beneficially owned."
REMARKS: Final = "Remarks:"
SIGNATURE: Final = ("** Signature of Reporting Person", "Date")

_EXIT_BOX: Final = CheckBox(
    key="exit_box",
    text="Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. "
    "See Instruction 1(b).",
)
_FORM_3_BOX: Final = CheckBox(key="form3_holdings", text="Form 3 Holdings Reported.")
_FORM_4_BOX: Final = CheckBox(key="form4_transactions", text="Form 4 Transactions Reported.")
_PLAN_BLOCK: Final = CheckBox(
    key="plan",
    heading="Rule 10b5-1(c) Transaction Indication",
    text="Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan "
    "that is intended to satisfy the affirmative defense conditions of Rule 10b5-1(c). See Instruction 10.",
)
_PLAN_BOX: Final = CheckBox(
    key="plan",
    text="Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan "
    "for the purchase or sale of equity securities of the issuer that is intended to satisfy the affirmative defense "
    "conditions of Rule 10b5-1(c). See Instruction 10.",
)

_FORM_3: Final = FormLayout(
    form="3",
    look=Look.Y2003,
    name="FORM 3",
    title="INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
    omb_number="3235-0104",
    burden_hours="0.5",
    boxes=(),
    plan_block=None,
    issuer="3. Issuer Name and Ticker or Trading Symbol",
    foreign_symbol=None,
    relationship="4. Relationship of Reporting Person(s) to Issuer",
    period="2. Date of Event Requiring Statement (Month/Day/Year)",
    amendment="5. If Amendment, Date of Original Filed (Month/Day/Year)",
    joint="6. Individual or Joint/Group Filing (Check Applicable Line)",
    zip_code="(Zip)",
    country=None,
    table1=columns.FORM_3_TABLE_I,
    table2=columns.FORM_3_TABLE_II,
    instruction="5",
)
_FORM_4: Final = msgspec.structs.replace(
    _FORM_3,
    form="4",
    name="FORM 4",
    title="STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    omb_number="3235-0287",
    boxes=(_EXIT_BOX,),
    issuer="2. Issuer Name and Ticker or Trading Symbol",
    relationship="5. Relationship of Reporting Person(s) to Issuer",
    period="3. Date of Earliest Transaction (Month/Day/Year)",
    amendment="4. If Amendment, Date of Original Filed (Month/Day/Year)",
    table1=columns.FORM_4_TABLE_I,
    table2=columns.FORM_4_TABLE_II,
    instruction="4",
)
_FORM_5: Final = msgspec.structs.replace(
    _FORM_4,
    form="5",
    name="FORM 5",
    title="ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    omb_number="3235-0362",
    burden_hours="1.0",
    boxes=(_EXIT_BOX, _FORM_3_BOX, _FORM_4_BOX),
    period="3. Statement for Issuer's Fiscal Year Ended (Month/Day/Year)",
    table1=columns.FORM_5_TABLE_I,
    table2=columns.FORM_5_TABLE_II,
)
_OF_2003: Final[Mapping[FormNumber, FormLayout]] = {"3": _FORM_3, "4": _FORM_4, "5": _FORM_5}

PLACES: Final[Mapping[str, str]] = {
    "documentType": "name",
    "periodOfReport": "period",
    "dateOfOriginalSubmission": "amendment",
    "noSecuritiesOwned": "explanation",
    "notSubjectToSection16": "exit_box",
    "form3HoldingsReported": "form3_holdings",
    "form4TransactionsReported": "form4_transactions",
    "aff10b5One": "plan",
    "issuerCik": "issuer",
    "issuerName": "issuer",
    "issuerTradingSymbol": "issuer",
    "issuerForeignTradingSymbol": "foreign_symbol",
    "rptOwnerCik": "owner",
    "rptOwnerName": "owner",
    "rptOwnerStreet1": "owner",
    "rptOwnerStreet2": "owner",
    "rptOwnerCity": "owner",
    "rptOwnerState": "owner",
    "rptOwnerNonUSStateTerritory": "owner",
    "rptOwnerNonUSAddressFlag": "owner",
    "rptOwnerCountry": "owner",
    "rptOwnerZipCode": "owner",
    "isDirector": "relationship",
    "isOfficer": "relationship",
    "isTenPercentOwner": "relationship",
    "isOther": "relationship",
    "officerTitle": "relationship",
    "otherText": "relationship",
    "footnote": "explanation",
    "remarks": "remarks",
    "signatureName": "signature",
    "signatureDate": "signature",
}
"""Where each field outside the tables is printed. Those of the tables: `columns.FEEDS`."""

UNPRINTED: Final[Mapping[str, str]] = {
    "schemaVersion": "chooses the look",
    "rptOwnerCcc": "secret, never shown",
    "rptOwnerStateDescription": "EDGAR's own words for the state code",
    "rptOwnerGoodAddress": "EDGAR's internal use",
}
"""Fields that no look prints, and why."""


@cache
def layout(form: str | None, look: Look) -> FormLayout:
    """The layout of a form in a look; Form 3 falls back to the look it had. Any other form: that of Form 4."""
    number = cast("FormNumber", form if form in _OF_2003 else "4")
    look = plain_look(look, number)
    old = msgspec.structs.replace(_OF_2003[number], look=look)
    if look is Look.Y2003:
        return old
    if look is Look.Y2023_03:
        return msgspec.structs.replace(old, plan_block=_PLAN_BLOCK)
    boxes = old.boxes if number == "3" else (*old.boxes, _PLAN_BOX)
    if look is Look.Y2023_07:
        return msgspec.structs.replace(old, boxes=boxes)
    box = "3a" if number == "3" else "2a"
    return msgspec.structs.replace(
        old,
        boxes=boxes,
        foreign_symbol=f"{box}. Foreign Trading Symbol",
        zip_code="(Zip/Postal Code)",
        country="(Country)",
    )


_CRIMINAL: Final = (
    "** Intentional misstatements or omissions of facts constitute Federal Criminal Violations "
    "See 18 U.S.C. 1001 and 15 U.S.C. 78ff(a)."
)
_COPIES: Final = (
    "Note: File three copies of this Form, one of which must be manually signed. "
    "If space is insufficient, see Instruction 6 for procedure."
)
_OMB_SENTENCE: Final = (
    "Persons who respond to the collection of information contained in this form are not required to respond "
    "unless the form displays a currently valid OMB Number."
)


def small_print(layout: FormLayout) -> tuple[str, ...]:
    """The five lines at the foot of the form. `see` and `See` stand in italics."""
    return (
        "Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.",
        f"* If the form is filed by more than one reporting person, see Instruction {layout.instruction} (b)(v).",
        _CRIMINAL,
        _COPIES,
        _OMB_SENTENCE,
    )
