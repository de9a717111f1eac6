"""A document as EDGAR wants to receive it: nothing that EDGAR inserts, identifiers and codes filled in.

Official text: EDGAR Ownership XML Technical Specification 5.5, what EDGAR inserts into or removes from a submitted
document. Nothing is assumed silently: each assumption is reported and has to be confirmed before filing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from section16.codes import place
from section16.codes.places import PlaceKind
from section16.errors import UsageError, excerpt
from section16.form.cells import Plain
from section16.form.document import Issuer, OwnershipDocument, ReportingOwner, ReportingOwnerAddress, ReportingOwnerId
from section16.form.field_table import Kind, plan
from section16.identifiers import ccc as ccc_codes
from section16.identifiers import cik as ciks

_FORMS_WITH_PLAN_BOX = ("4", "5")


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a filer adds to a document: identifiers where it has none, and answers where it is silent.

    `cccs` maps a CIK without leading zeros to its confirmation code. `plan_box` answers `aff10b5One`, `non_us` answers
    `rptOwnerNonUSAddressFlag`; None assumes no.
    """

    issuer_cik: str | None = None
    owner_ciks: Sequence[str] = ()
    cccs: Mapping[str, str] = {}
    plan_box: bool | None = None
    non_us: bool | None = None

    def __repr__(self) -> str:
        """Show whose codes are known, not the codes."""
        return f"Answers(issuer_cik={self.issuer_cik!r}, owner_ciks={self.owner_ciks!r}, cccs of {sorted(self.cccs)})"


def for_submission(document: OwnershipDocument, answers: Answers) -> tuple[OwnershipDocument, tuple[str, ...]]:
    """Return the document as EDGAR wants to receive it, and what was assumed or left out, a line each.

    Raises UsageError if more owners' CIKs are given than there are owners, or a CIK contradicts the document's, and
    IdentifierError for a CIK or CCC that is none.
    """
    said: list[str] = []
    bare = _without_inserted(document)
    owners = bare.reporting_owners
    if len(answers.owner_ciks) > len(owners):
        message = f"{len(answers.owner_ciks)} owner CIKs are given for {len(owners)} reporting owners"
        raise UsageError("USAGE", message, mend="Give one --owner-cik for each owner, in their order")
    given = [*answers.owner_ciks, *[None] * len(owners)]
    changed = msgspec.structs.replace(
        bare,
        issuer=_issuer(bare.issuer, answers, said),
        reporting_owners=tuple(
            [_owner(owner, at, given[at - 1], answers, said) for at, owner in enumerate(owners, start=1)]
        ),
        aff10b5_one=_plan_box(bare, answers, said),
    )
    return changed, tuple(said)


def _without_inserted(record: Any) -> Any:
    """The record without what EDGAR inserts, here and in the groups below."""
    changes: dict[str, Any] = {}
    for field in plan(type(record)).fields:
        value = getattr(record, field.attribute)
        if value is None:
            continue
        if field.item.inserted:
            changes[field.attribute] = None
        elif field.kind is Kind.GROUP:
            changes[field.attribute] = _without_inserted(value)
        elif field.kind is Kind.GROUPS:
            changes[field.attribute] = tuple([_without_inserted(one) for one in value])
    return msgspec.structs.replace(record, **changes)


def _cik(existing: str | None, given: str | None, whose: str) -> str | None:
    if given is None:
        return existing
    wanted = ciks.validate(given)
    if existing and existing.strip() and ciks.compact(existing) != wanted:
        message = f"the CIK {excerpt(given)} given for {whose} is not the document's {excerpt(existing)}"
        raise UsageError("USAGE", message, mend="Leave the option out to keep the document's")
    return existing if existing and existing.strip() else wanted


def _issuer(issuer: Issuer | None, answers: Answers, said: list[str]) -> Issuer | None:
    known = issuer or Issuer()
    cik = _cik(known.cik, answers.issuer_cik, "the issuer")
    if not cik:
        said.append("missing: the issuer's CIK (give --issuer-cik)")
    return msgspec.structs.replace(known, cik=cik) if issuer or cik else None


def _owner(owner: ReportingOwner, at: int, given: str | None, answers: Answers, said: list[str]) -> ReportingOwner:
    known = owner.id or ReportingOwnerId()
    cik = _cik(known.cik, given, f"reporting owner {at}")
    if not cik:
        said.append(f"missing: the CIK of reporting owner {at} (give --owner-cik)")
    given_code = answers.cccs.get(ciks.compact(cik)) if cik and ciks.is_valid(cik) else None
    ccc = given_code or (known.ccc or "").strip() or None
    if ccc is None:
        said.append(f"left out: the CCC of reporting owner {at}, which EDGAR needs (SECTION16_CCC_<CIK> or --ccc-file)")
    else:
        ccc = ccc_codes.validate(ccc)
    identity = msgspec.structs.replace(known, cik=cik, ccc=ccc)
    return msgspec.structs.replace(owner, id=identity, address=_address(owner.address, at, answers, said))


def _address(
    address: ReportingOwnerAddress | None, at: int, answers: Answers, said: list[str]
) -> ReportingOwnerAddress | None:
    if address is None or address.non_us is not None:
        return address
    flag = _answer(answers.non_us, f"rptOwnerNonUSAddressFlag of reporting owner {at}", "--non-us", said)
    state = (address.state or "").strip()
    if state and not ((known := place(state)) and known.kind is PlaceKind.US):
        said.append(
            f"to mend before filing: rptOwnerState of reporting owner {at} is '{excerpt(state)}'; "
            "since March 2026 a place outside the US stands in rptOwnerCountry, with the non-US flag"
        )
    return msgspec.structs.replace(address, non_us=flag)


def _plan_box(document: OwnershipDocument, answers: Answers, said: list[str]) -> Plain[bool] | None:
    if document.form == "3":
        return None
    if document.aff10b5_one is not None or document.form not in _FORMS_WITH_PLAN_BOX:
        return document.aff10b5_one
    return _answer(answers.plan_box, "aff10b5One", "--10b5-1", said)


def _answer(given: bool | None, element: str, option: str, said: list[str]) -> Plain[bool]:  # noqa: FBT001
    if given is None:
        said.append(f"assumed, confirm before filing: {element} is 0 ({option} yes|no answers it)")
    return Plain(value=bool(given), text="1" if given else "0")
