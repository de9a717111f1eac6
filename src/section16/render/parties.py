"""Reporting persons and issuer as boxes 1, 2 and 5 print them."""

from __future__ import annotations

from typing import Final

from section16.codes.places import place
from section16.form.document import Issuer, ReportingOwner, ReportingOwnerAddress, ReportingOwnerRelationship
from section16.render.printed import FormLayout, PrintedIssuer, PrintedOwner, PrintedRelationship

UNITED_STATES: Final = "UNITED STATES"
"""Over "(Country)" where the address says that it is not outside the United States."""

_LONGEST_CIK = 10
_NO_ADDRESS: Final = ReportingOwnerAddress()
_NO_RELATIONSHIP: Final = PrintedRelationship()


def printed_owner(owner: ReportingOwner, sheet: FormLayout) -> PrintedOwner:
    """One reporting person. A look without a country line shows state, territory and country code together."""
    address = owner.address or _NO_ADDRESS
    code = (address.country or "").strip()
    state = [address.state, address.non_us_state]
    if sheet.country is None:
        state.append(code)
    return PrintedOwner(
        cik=_digits(owner.cik),
        name=(owner.name or "").strip(),
        street1=(address.street1 or "").strip(),
        street2=(address.street2 or "").strip(),
        city=(address.city or "").strip(),
        state=" ".join([part.strip() for part in state if part and part.strip()]),
        zip_code=(address.zip_code or "").strip(),
        country=_country(address, code) if sheet.country else "",
        country_code=code,
        relationship=_relationship(owner.relationship) if owner.relationship else _NO_RELATIONSHIP,
    )


def printed_issuer(issuer: Issuer | None) -> PrintedIssuer:
    """The issuer, empty if the document names none."""
    if issuer is None:
        return PrintedIssuer()
    return PrintedIssuer(
        cik=_digits(issuer.cik),
        name=(issuer.name or "").strip(),
        symbol=(issuer.trading_symbol or "").strip(),
        foreign_symbol=(issuer.foreign_trading_symbol or "").strip(),
    )


def _relationship(relationship: ReportingOwnerRelationship) -> PrintedRelationship:
    return PrintedRelationship(
        director=bool(relationship.is_director),
        ten_percent=bool(relationship.is_ten_percent_owner),
        officer=bool(relationship.is_officer),
        other=bool(relationship.is_other),
        officer_title=(relationship.officer_title or "").strip(),
        other_text=(relationship.other_text or "").strip(),
    )


def _country(address: ReportingOwnerAddress, code: str) -> str:
    if code:
        known = place(code)
        return known.name.upper() if known else code
    return UNITED_STATES if address.non_us is not None and address.non_us.value is False else ""


def _digits(cik: str | None) -> str:
    """The CIK if it is one: links are built from digits only."""
    text = (cik or "").strip()
    return text if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_CIK else ""
