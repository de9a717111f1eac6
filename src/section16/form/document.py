"""The ownership document: Forms 3, 4, 5 and their amendments as one frozen record.

Official text: EDGAR Ownership XML Technical Specification 5.5, the root element `ownershipDocument` and its
header groups. A document may be wrong, and is held all the same: nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

import msgspec

from section16.form.cells import Extra, Other, Plain
from section16.form.field_table import Item
from section16.form.rows import (
    DerivativeHolding,
    DerivativeSecurity,
    DerivativeTable,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeSecurity,
    NonDerivativeTable,
    NonDerivativeTransaction,
)

_RELATIONSHIP = {"3": "4", "4": "5", "5": "5"}
_BOX_1 = {"3": "1", "4": "1", "5": "1"}
_ISSUER = {"3": "3", "4": "2", "5": "2"}
_ADDRESS_2026 = "X0609"
_CIK = "[0-9]+"


class Issuer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The issuer: box 2 of Forms 4 and 5, box 3 of Form 3."""

    element: ClassVar[str] = "issuer"

    cik: Annotated[str | None, Item("issuerCik", _ISSUER, need="3 4 5", limit=10, least=1, pattern=_CIK)] = None
    name: Annotated[str | None, Item("issuerName", _ISSUER, limit=150, inserted=True)] = None
    trading_symbol: Annotated[str | None, Item("issuerTradingSymbol", _ISSUER, need="3 4 5", limit=10, least=1)] = None
    foreign_trading_symbol: Annotated[
        str | None,
        Item("issuerForeignTradingSymbol", {"3": "3a", "4": "2a", "5": "2a"}, limit=14, since=_ADDRESS_2026),
    ] = None
    extra: Extra | None = None


class ReportingOwnerId(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who reports: CIK, name as EDGAR has it, and the confirmation code, which only submitted documents carry."""

    element: ClassVar[str] = "reportingOwnerId"

    cik: Annotated[str | None, Item("rptOwnerCik", _BOX_1, need="3 4 5", limit=10, least=1, pattern=_CIK)] = None
    ccc: Annotated[str | None, Item("rptOwnerCcc", {"3": "", "4": "", "5": ""}, limit=8, least=8)] = None
    name: Annotated[str | None, Item("rptOwnerName", _BOX_1, limit=150, inserted=True)] = None
    extra: Extra | None = None

    def __repr__(self) -> str:
        ccc = None if self.ccc is None else "***"
        return f"ReportingOwnerId(cik={self.cik!r}, ccc={ccc!r}, name={self.name!r}, extra={self.extra!r})"


class ReportingOwnerAddress(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The address in box 1. Before March 2026 `state` also held Canadian and foreign codes."""

    element: ClassVar[str] = "reportingOwnerAddress"

    non_us: Annotated[
        Plain[bool] | None, Item("rptOwnerNonUSAddressFlag", {"3": "", "4": "", "5": ""}, since=_ADDRESS_2026)
    ] = None
    street1: Annotated[str | None, Item("rptOwnerStreet1", _BOX_1, limit=40)] = None
    street2: Annotated[str | None, Item("rptOwnerStreet2", _BOX_1, limit=40)] = None
    city: Annotated[str | None, Item("rptOwnerCity", _BOX_1, limit=30)] = None
    non_us_state: Annotated[str | None, Item("rptOwnerNonUSStateTerritory", _BOX_1, limit=40, since=_ADDRESS_2026)] = (
        None
    )
    state: Annotated[str | None, Item("rptOwnerState", _BOX_1, limit=2, places="us")] = None
    country: Annotated[str | None, Item("rptOwnerCountry", _BOX_1, limit=2, places="foreign", since=_ADDRESS_2026)] = (
        None
    )
    zip_code: Annotated[str | None, Item("rptOwnerZipCode", _BOX_1, limit=10, pattern="[0-9A-Za-z #-]*")] = None
    state_description: Annotated[
        str | None, Item("rptOwnerStateDescription", {"3": "", "4": "", "5": ""}, limit=50, inserted=True)
    ] = None
    good_address: Annotated[
        Plain[bool] | None, Item("rptOwnerGoodAddress", {"3": "", "4": "", "5": ""}, inserted=True)
    ] = None
    extra: Extra | None = None


class ReportingOwnerRelationship(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Relationship of the reporting person to the issuer: box 5 of Forms 4 and 5, box 4 of Form 3."""

    element: ClassVar[str] = "reportingOwnerRelationship"

    is_director: Annotated[Plain[bool] | None, Item("isDirector", _RELATIONSHIP)] = None
    is_officer: Annotated[Plain[bool] | None, Item("isOfficer", _RELATIONSHIP)] = None
    is_ten_percent_owner: Annotated[Plain[bool] | None, Item("isTenPercentOwner", _RELATIONSHIP)] = None
    is_other: Annotated[Plain[bool] | None, Item("isOther", _RELATIONSHIP)] = None
    officer_title: Annotated[str | None, Item("officerTitle", _RELATIONSHIP, limit=30)] = None
    other_text: Annotated[str | None, Item("otherText", _RELATIONSHIP, limit=30)] = None
    extra: Extra | None = None


class ReportingOwner(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One reporting person: identity, address, relationship."""

    element: ClassVar[str] = "reportingOwner"

    id: Annotated[ReportingOwnerId | None, Item("reportingOwnerId", _BOX_1, need="3 4 5")] = None
    address: Annotated[ReportingOwnerAddress | None, Item("reportingOwnerAddress", _BOX_1)] = None
    relationship: Annotated[
        ReportingOwnerRelationship | None, Item("reportingOwnerRelationship", _RELATIONSHIP, need="3 4 5")
    ] = None
    extra: Extra | None = None

    @property
    def cik(self) -> str | None:
        """CIK as filed, 10 digits in what EDGAR publishes."""
        return self.id.cik if self.id else None

    @property
    def name(self) -> str | None:
        """Name as EDGAR has it, mostly LAST FIRST MIDDLE."""
        return self.id.name if self.id else None


class Footnote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One footnote of the explanation of responses: id (`F1`) and text."""

    element: ClassVar[str] = "footnote"

    id: str | None = None
    text: str = ""


class Footnotes(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The footnotes, in the order of the file; may be empty."""

    element: ClassVar[str] = "footnotes"

    rows: tuple[Footnote, ...] = ()
    extra: Extra | None = None


class OwnerSignature(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One signature with its date. Signatures are not tied to owners."""

    element: ClassVar[str] = "ownerSignature"

    name: Annotated[
        str | None, Item("signatureName", {"3": "**", "4": "**", "5": "**"}, need="3 4 5", limit=255, least=1)
    ] = None
    date: Annotated[
        Plain[date] | None, Item("signatureDate", {"3": "Date", "4": "Date", "5": "Date"}, need="3 4 5")
    ] = None
    extra: Extra | None = None


class OwnershipDocument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A Form 3, 4 or 5, or an amendment of one, as filed.

    `prolog` and `epilog` hold comments and processing instructions outside the root element.
    """

    element: ClassVar[str] = "ownershipDocument"

    schema_version: Annotated[
        str | None, Item("schemaVersion", {"3": "", "4": "", "5": ""}, limit=5, least=5, inserted=True)
    ] = None
    document_type: Annotated[
        str | None,
        Item(
            "documentType",
            {"3": "Form", "4": "Form", "5": "Form"},
            need="3 4 5",
            choices=("3", "3/A", "4", "4/A", "5", "5/A"),
        ),
    ] = None
    period_of_report: Annotated[
        Plain[date] | None, Item("periodOfReport", {"3": "2", "4": "3", "5": "3"}, need="3 4 5")
    ] = None
    date_of_original_submission: Annotated[
        Plain[date] | None,
        Item("dateOfOriginalSubmission", {"3": "5", "4": "4", "5": "4"}, need="3/A 4/A 5/A", amends=True),
    ] = None
    no_securities_owned: Annotated[
        Plain[bool] | None, Item("noSecuritiesOwned", {"3": "Explanation"}, inserted=True, since="X0206")
    ] = None
    not_subject_to_section16: Annotated[
        Plain[bool] | None, Item("notSubjectToSection16", {"4": "Exit box", "5": "Exit box"})
    ] = None
    form3_holdings_reported: Annotated[
        Plain[bool] | None, Item("form3HoldingsReported", {"5": "Form 3 Holdings Reported"}, inserted=True)
    ] = None
    form4_transactions_reported: Annotated[
        Plain[bool] | None, Item("form4TransactionsReported", {"5": "Form 4 Transactions Reported"}, inserted=True)
    ] = None
    issuer: Annotated[Issuer | None, Item("issuer", _ISSUER, need="3 4 5")] = None
    reporting_owners: Annotated[tuple[ReportingOwner, ...], Item("reportingOwner", _BOX_1, need="3 4 5", most=10)] = ()
    aff10b5_one: Annotated[
        Plain[bool] | None,
        Item("aff10b5One", {"3": "", "4": "10b5-1 box", "5": "10b5-1 box"}, need="4 5", since="X0407"),
    ] = None
    non_derivative_securities: Annotated[
        tuple[NonDerivativeSecurity, ...],
        Item("nonDerivativeSecurity", {"3": "Table I", "4": "Table I", "5": "Table I"}, since="X0101", until="X0101"),
    ] = ()
    derivative_securities: Annotated[
        tuple[DerivativeSecurity, ...],
        Item("derivativeSecurity", {"3": "Table II", "4": "Table II", "5": "Table II"}, since="X0101", until="X0101"),
    ] = ()
    non_derivative_table: Annotated[
        NonDerivativeTable | None,
        Item("nonDerivativeTable", {"3": "Table I", "4": "Table I", "5": "Table I"}, most=30),
    ] = None
    derivative_table: Annotated[
        DerivativeTable | None,
        Item("derivativeTable", {"3": "Table II", "4": "Table II", "5": "Table II"}, most=30),
    ] = None
    footnotes: Annotated[
        Footnotes | None, Item("footnotes", {"3": "Explanation", "4": "Explanation", "5": "Explanation"}, most=99)
    ] = None
    remarks: Annotated[str | None, Item("remarks", {"3": "Remarks", "4": "Remarks", "5": "Remarks"}, limit=2000)] = None
    signatures: Annotated[
        tuple[OwnerSignature, ...], Item("ownerSignature", {"3": "**", "4": "**", "5": "**"}, need="3 4 5", most=10)
    ] = ()
    extra: Extra | None = None
    prolog: tuple[str, ...] = ()
    epilog: tuple[str, ...] = ()

    @property
    def form(self) -> str | None:
        """`3`, `4` or `5` without the amendment mark; `None` if the document doesn't say."""
        kind = (self.document_type or "").strip().removesuffix("/A")
        return kind if kind in {"3", "4", "5"} else None

    @property
    def is_amendment(self) -> bool:
        """Whether the document type ends in /A."""
        return (self.document_type or "").strip().endswith("/A")

    @property
    def table_one(self) -> tuple[NonDerivativeTransaction | NonDerivativeHolding, ...]:
        """Lines of Table I in document order, from whichever shape the edition has."""
        rows = self.non_derivative_table.rows if self.non_derivative_table else ()
        return (*self.non_derivative_securities, *rows)

    @property
    def table_two(self) -> tuple[DerivativeTransaction | DerivativeHolding, ...]:
        """Lines of Table II in document order, from whichever shape the edition has."""
        rows = self.derivative_table.rows if self.derivative_table else ()
        return (*self.derivative_securities, *rows)

    @property
    def footnote_texts(self) -> Mapping[str, str]:
        """Footnote texts by id; the first stands where an id is doubled."""
        texts: dict[str, str] = {}
        for footnote in self.footnotes.rows if self.footnotes else ():
            if footnote.id is not None:
                texts.setdefault(footnote.id, footnote.text)
        return texts


__all__ = [
    "Footnote",
    "Footnotes",
    "Issuer",
    "Other",
    "OwnerSignature",
    "OwnershipDocument",
    "ReportingOwner",
    "ReportingOwnerAddress",
    "ReportingOwnerId",
    "ReportingOwnerRelationship",
]
