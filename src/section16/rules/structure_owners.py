"""Structure of reporting owners and signatures, as the field table and the lists of place codes have it."""

from __future__ import annotations

from collections.abc import Iterator

from section16.findings import Severity, Source
from section16.rules.citations import specification
from section16.rules.edgar_owners import (
    foreign_addresses_without_country,
    obsolete_countries,
    us_addresses_without_state,
)
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.structure_places import structure


@rule(
    "R-OWN-6",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A report has one to ten reporting owners.",
    mend="Name at least one; file further complete reports for more than ten.",
    cites=specification("reportingOwner: 1 to 10"),
    basis="spec",
)
def one_to_ten_owners_report(report: Report) -> Iterator[Place]:
    """Number of reporting owners."""
    yield from structure(report, "R-OWN-6")


@rule(
    "R-OWN-8",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The state is not in the list of codes.",
    mend="Write EDGAR's two-character code of a state or territory; a place abroad goes to rptOwnerCountry.",
    cites=specification("reportingOwnerAddress: rptOwnerState, list of 56 codes"),
    basis="spec",
)
def state_is_a_code_of_the_united_states(report: Report) -> Iterator[Place]:
    """`rptOwnerState`: 56 codes or blank; before X0609 every place code (schema); there in a US address (EDGAR)."""
    yield from structure(report, "R-OWN-8")
    yield from us_addresses_without_state(report)


@rule(
    "R-OWN-9",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The country is not in the list of codes.",
    mend="Write EDGAR's two-character code, which is not that of ISO: X0 is the United Kingdom.",
    cites=specification("reportingOwnerAddress: rptOwnerCountry, list of 253 codes"),
    basis="spec",
)
def country_is_in_the_list(report: Report) -> Iterator[Place]:
    """`rptOwnerCountry`: 253 codes, 22 obsolete ones only for the schema; there in a foreign address (EDGAR)."""
    yield from structure(report, "R-OWN-9")
    yield from foreign_addresses_without_country(report)
    yield from obsolete_countries(report)


@rule(
    "R-OWN-13",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A part of a reporting owner is missing.",
    mend="Give reportingOwnerId with rptOwnerCik, and reportingOwnerRelationship.",
    cites=specification("reportingOwner: reportingOwnerId, reportingOwnerRelationship"),
    basis="spec",
)
def owner_has_its_parts(report: Report) -> Iterator[Place]:
    """The identity, the CIK in it, and the relationship of each owner."""
    yield from structure(report, "R-OWN-13")


@rule(
    "R-OWN-14",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A CCC does not have eight characters.",
    mend="Write the eight characters of the confirmation code; capitals and small letters differ.",
    cites=specification("reportingOwnerId: rptOwnerCcc"),
    basis="spec",
)
def ccc_has_eight_characters(report: Report) -> Iterator[Place]:
    """Characters of `rptOwnerCcc`, never shown."""
    yield from structure(report, "R-OWN-14")


@rule(
    "R-OWN-15",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The postal code holds a character that may not stand there.",
    mend="Use letters, digits, blanks, # and - only.",
    cites=specification("reportingOwnerAddress: rptOwnerZipCode"),
    basis="spec",
)
def postal_code_has_plain_characters(report: Report) -> Iterator[Place]:
    """Characters of `rptOwnerZipCode`."""
    yield from structure(report, "R-OWN-15")


@rule(
    "R-SIG-1",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A signature, its name or its date is missing, or there are more than ten.",
    mend="Give each signature a name of 1 to 255 characters and a date.",
    cites=specification("ownerSignature: 1 to 10"),
    basis="spec",
)
def one_to_ten_signatures_with_name_and_date(report: Report) -> Iterator[Place]:
    """Number of signatures, and the two parts of each."""
    yield from structure(report, "R-SIG-1")
