"""EDGAR's business rules for reporting owners: relationship, CCC, address.

Of R-OWN-4 only what can be known without EDGAR's directory is judged: that there is a CCC, and its shape. No message
repeats one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from section16.codes.places import PlaceKind, place
from section16.findings import Severity, Source
from section16.identifiers import ccc, cik
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.structure_plan import Era

_ADDRESS: Final = "reportingOwnerAddress"
_RELATIONSHIP: Final = "reportingOwnerRelationship"
_LONGEST_CCC: Final = 8
_MEND_STATE = (
    "Write the two letters of the state or territory, or set rptOwnerNonUSAddressFlag to 1 and give the country."
)
_MEND_COUNTRY = (
    "Write EDGAR's two-character code of the country, or set rptOwnerNonUSAddressFlag to 0 and give the state."
)


@rule(
    "R-OWN-1",
    Severity.SUSPEND,
    Source.EDGAR,
    says="No relationship to the issuer is checked: director, officer, ten percent owner or other.",
    mend="Check at least one for this reporting owner.",
    cites=specification("reportingOwnerRelationship: at least one of four is true"),
    basis="spec",
    aliases="DQ-ROLE-NONE",
)
def owner_has_a_relationship(report: Report) -> Iterator[Place]:
    """One of the four boxes is true for each owner."""
    for owner in report.owners:
        relation = owner.record.relationship
        if relation and not (
            relation.is_director or relation.is_officer or relation.is_ten_percent_owner or relation.is_other
        ):
            yield report.owner(owner, _RELATIONSHIP)


@rule(
    "R-OWN-2",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The reporting owner is an officer, but the title is missing.",
    mend="Write the title (at most 30 characters; if it is longer, 'See Remarks' and the title in the remarks).",
    cites=specification("reportingOwnerRelationship: officerTitle"),
    basis="spec",
    aliases="DQ-TITLE-NONE",
)
def officer_has_a_title(report: Report) -> Iterator[Place]:
    """`officerTitle` where `isOfficer` is true."""
    for owner in report.owners:
        relation = owner.record.relationship
        if relation and relation.is_officer and not (relation.officer_title or "").strip():
            yield report.owner(owner, _RELATIONSHIP, "officerTitle")


@rule(
    "R-OWN-3",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The relationship 'other' is checked, but not explained.",
    mend="Write what the relationship is (at most 30 characters), or uncheck the box.",
    cites=specification("reportingOwnerRelationship: otherText"),
    basis="spec",
)
def other_relationship_is_explained(report: Report) -> Iterator[Place]:
    """`otherText` where `isOther` is true."""
    for owner in report.owners:
        relation = owner.record.relationship
        if relation and relation.is_other and not (relation.other_text or "").strip():
            yield report.owner(owner, _RELATIONSHIP, "otherText")


@rule(
    "R-OWN-4",
    Severity.SUSPEND,
    Source.EDGAR,
    says="Every reporting owner needs a valid CCC.",
    mend="Give the owner's CCC: eight letters, digits and signs, at least one digit and one of @ # $ *.",
    cites=specification("reportingOwnerId: rptOwnerCcc"),
    basis="spec",
    submitted=True,
)
def owner_gives_a_ccc(report: Report) -> Iterator[Place]:
    """There is one, and it has the shape of one."""
    for owner in report.owners:
        code = ((owner.record.id.ccc if owner.record.id else None) or "").strip()
        if not code:
            message = "The reporting owner's CCC is missing."
            yield report.owner(owner, "reportingOwnerId", "rptOwnerCcc", message=message)
        elif len(code) == _LONGEST_CCC and not ccc.is_valid(code):
            message = "The reporting owner's CCC does not have the shape of one."
            yield report.owner(owner, "reportingOwnerId", "rptOwnerCcc", message=message)


@rule(
    "R-OWN-5",
    Severity.SUSPEND,
    Source.EDGAR,
    says="A reporting owner is named twice.",
    mend="Name each CIK once.",
    cites=specification("reportingOwnerId: rptOwnerCik"),
    basis="spec",
)
def owners_differ(report: Report) -> Iterator[Place]:
    """No CIK twice, leading zeros aside."""
    if len(report.owners) == 1:
        return
    seen: dict[str, str] = {}
    for owner in report.owners:
        number = cik.compact(owner.record.cik or "")
        if number in seen:
            message = f"The CIK {number} is also that of {seen[number].lower()}."
            yield report.owner(owner, "reportingOwnerId", "rptOwnerCik", message=message)
        elif number:
            seen[number] = owner.place


@rule(
    "R-OWN-7",
    Severity.SUSPEND,
    Source.EDGAR,
    says="An address must say whether it is outside the United States (since 18 March 2026).",
    mend="Write rptOwnerNonUSAddressFlag, 0 or 1, first in the address.",
    cites=specification("reportingOwnerAddress: rptOwnerNonUSAddressFlag"),
    basis="spec",
    submitted=True,
)
def address_says_whether_it_is_foreign(report: Report) -> Iterator[Place]:
    """The flag, wherever there is an address. Some reports of 2026 are published without it."""
    for owner in _with_address(report):
        if owner.record.address.non_us is None:
            where = f"{owner.place}, address outside the United States (yes or no; not printed)"
            yield Place(where, f"{owner.path}/{_ADDRESS}/rptOwnerNonUSAddressFlag")


def us_addresses_without_state(report: Report) -> Iterator[Place]:
    """`rptOwnerState` where the flag is false: EDGAR's half of R-OWN-8."""
    for owner in _with_address(report):
        address = owner.record.address
        if address.non_us is not None and address.non_us.value is False and not (address.state or "").strip():
            message = "An address in the United States needs its state."
            found = report.owner(owner, _ADDRESS, "rptOwnerState", message=message, mend=_MEND_STATE)
            yield msgspec.structs.replace(found, source=Source.EDGAR)


def foreign_addresses_without_country(report: Report) -> Iterator[Place]:
    """`rptOwnerCountry` where the flag is true: EDGAR's half of R-OWN-9."""
    for owner in _with_address(report):
        address = owner.record.address
        if address.non_us and address.non_us.value and not (address.country or "").strip():
            message = "An address outside the United States needs its country."
            found = report.owner(owner, _ADDRESS, "rptOwnerCountry", message=message, mend=_MEND_COUNTRY)
            yield msgspec.structs.replace(found, source=Source.EDGAR)


def obsolete_countries(report: Report) -> Iterator[Place]:
    """The 22 codes that only old filings use; EDGAR refuses them in a document that a filer built: part of R-OWN-9."""
    if not report.submitted:
        return
    for owner in _with_address(report):
        code = (owner.record.address.country or "").strip()
        found = place(code) if code else None
        if found is not None and found.kind is PlaceKind.OBSOLETE:
            message = f"The place code {code} ({found.name}) is obsolete; EDGAR refuses it."
            mend = "Use the current code: section16 codes CODE says what a code means."
            place_of_code = report.owner(owner, _ADDRESS, "rptOwnerCountry", message=message, mend=mend)
            yield msgspec.structs.replace(place_of_code, source=Source.EDGAR)


def _with_address(report: Report) -> Iterator[Any]:
    """Owners with an address, where the rules of March 2026 hold."""
    if report.era >= Era.X0609:
        for owner in report.owners:
            if owner.record.address is not None:
                yield owner
