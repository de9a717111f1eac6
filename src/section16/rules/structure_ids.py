"""Which rule of the catalogue a fault of structure breaks, by the kind of fault and the element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from section16.rules.structure_values import (
    BLANKS_AROUND,
    CHOICE,
    EMPTY,
    LENGTH,
    NOT_A_NUMBER,
    NOT_A_VALUE,
    PATTERN,
)

MISSING, NO_VALUE, NOTHING, EITHER = "missing", "no value", "neither value nor footnote", "either"
NOT_HERE, UNKNOWN, DOUBLED, ORDER = "not here", "unknown", "doubled", "order"
ATTRIBUTE, STRAY_TEXT, TOO_MANY = "attribute", "stray text", "too many"
BARE, CROWDED_NOTES, NOTE_ID, NOTE_TWICE, DANGLING = "bare", "crowded notes", "note id", "note twice", "dangling"

_BY_KIND: Final[Mapping[str, str]] = {
    MISSING: "R-HDR-1",
    ORDER: "R-HDR-1",
    DOUBLED: "R-HDR-1",
    NOT_HERE: "R-HDR-4",
    UNKNOWN: "R-HDR-4",
    EMPTY: "R-HDR-6",
    LENGTH: "R-HDR-12",
    NOT_A_VALUE: "R-HDR-22",
    NOT_A_NUMBER: "R-HDR-15",
    PATTERN: "R-HDR-18",
    ATTRIBUTE: "R-HDR-19",
    STRAY_TEXT: "R-HDR-20",
    BLANKS_AROUND: "R-HDR-21",
    NOTHING: "R-ROW-10",
    NO_VALUE: "R-ROW-16",
    TOO_MANY: "R-ROW-1",
    BARE: "R-FN-9",
    CROWDED_NOTES: "R-FN-8",
    NOTE_ID: "R-FN-1",
    NOTE_TWICE: "R-FN-2",
    DANGLING: "R-FN-3",
}
_IN_LINES: Final[Mapping[str, str]] = {MISSING: "R-ROW-17"}

_TITLE: Final[Mapping[str, str]] = dict.fromkeys((MISSING, NO_VALUE, LENGTH), "R-ROW-13")
_CODE: Final[Mapping[str, str]] = dict.fromkeys((MISSING, NO_VALUE, CHOICE), "R-ROW-15")
_OWNED: Final[Mapping[str, str]] = dict.fromkeys((MISSING, NO_VALUE, EITHER), "R-ROW-8")
_VALUE_OR_NOTE: Final[Mapping[str, str]] = {MISSING: "R-ROW-10"}
_OWNER_PART: Final[Mapping[str, str]] = {MISSING: "R-OWN-13"}
_SIGNED: Final[Mapping[str, str]] = dict.fromkeys((MISSING, LENGTH, TOO_MANY), "R-SIG-1")
_CIK: Final[Mapping[str, str]] = dict.fromkeys((LENGTH, PATTERN), "R-HDR-18")

_BY_ELEMENT: Final[Mapping[str, Mapping[str, str]]] = {
    "schemaVersion": {LENGTH: "R-HDR-17"},
    "documentType": {CHOICE: "R-HDR-16"},
    "dateOfOriginalSubmission": {MISSING: "R-HDR-5"},
    "aff10b5One": {MISSING: "R-HDR-8"},
    "issuerCik": _CIK,
    "issuerTradingSymbol": {MISSING: "R-HDR-11", LENGTH: "R-HDR-11"},
    "reportingOwner": {MISSING: "R-OWN-6", TOO_MANY: "R-OWN-6"},
    "reportingOwnerId": _OWNER_PART,
    "reportingOwnerRelationship": _OWNER_PART,
    "rptOwnerCik": {**_CIK, **_OWNER_PART},
    "rptOwnerCcc": {LENGTH: "R-OWN-14"},
    "rptOwnerState": {CHOICE: "R-OWN-8"},
    "rptOwnerCountry": {CHOICE: "R-OWN-9"},
    "rptOwnerZipCode": {PATTERN: "R-OWN-15"},
    "nonDerivativeTransaction": {NOT_HERE: "R-ROW-2"},
    "derivativeTransaction": {NOT_HERE: "R-ROW-2"},
    "securityTitle": _TITLE,
    "underlyingSecurityTitle": _TITLE,
    "transactionFormType": {MISSING: "R-ROW-3", CHOICE: "R-ROW-3"},
    "transactionCode": {MISSING: "R-ROW-4", CHOICE: "R-ROW-4", NOT_HERE: "R-ROW-3"},
    "equitySwapInvolved": {MISSING: "R-ROW-5", NOT_HERE: "R-ROW-3"},
    "transactionTimeliness": {CHOICE: "R-TIM"},
    "transactionShares": {MISSING: "R-ROW-6", NO_VALUE: "R-ROW-6", EITHER: "R-ROW-7"},
    "transactionTotalValue": {NO_VALUE: "R-ROW-7", NOT_HERE: "R-ROW-6"},
    "transactionPricePerShare": _VALUE_OR_NOTE,
    "transactionAcquiredDisposedCode": _CODE,
    "conversionOrExercisePrice": _VALUE_OR_NOTE,
    "exerciseDate": _VALUE_OR_NOTE,
    "expirationDate": _VALUE_OR_NOTE,
    "underlyingSecurityShares": {EITHER: "R-ROW-18"},
    "sharesOwnedFollowingTransaction": _OWNED,
    "valueOwnedFollowingTransaction": _OWNED,
    "directOrIndirectOwnership": _CODE,
    "footnotes": {TOO_MANY: "R-FN-6"},
    "footnote": {TOO_MANY: "R-FN-6"},
    "ownerSignature": _SIGNED,
    "signatureName": _SIGNED,
    "signatureDate": _SIGNED,
}


def rule_id(kind: str, element: str, *, in_table: bool) -> str:
    """The rule that a fault of a kind breaks at an element."""
    special = _BY_ELEMENT.get(element, {}).get(kind)
    if special is not None:
        return special
    return (_IN_LINES.get(kind) if in_table else None) or _BY_KIND[kind]


def all_ids() -> frozenset[str]:
    """Every rule that a fault of structure can break."""
    return frozenset(_BY_KIND.values()) | {one for ids in (_IN_LINES, *_BY_ELEMENT.values()) for one in ids.values()}
