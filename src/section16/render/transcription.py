"""From printed form to document: what stands in a box or column goes back into the element that was printed there.

A transcription is as the form reads: an unmarked box is absent and a marked one `1`, thousands separators and `$` go,
dates become ISO, what is no number or date stays as it is. What a form does not print is absent, and said in notes.
Source of the marks beside a code: EDGAR Ownership XML Technical Specification 5.5, 3.3 and stylesheets 3_X07 to 5_X09.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from section16.codes.places import PlaceKind, places
from section16.findings import Finding
from section16.form.cells import Plain
from section16.form.document import (
    Footnote,
    Footnotes,
    Issuer,
    OwnershipDocument,
    OwnerSignature,
    ReportingOwner,
    ReportingOwnerAddress,
    ReportingOwnerId,
    ReportingOwnerRelationship,
)
from section16.form.rows import DerivativeTable, NonDerivativeTable
from section16.render.parties import UNITED_STATES
from section16.render.picture import PictureNote, picture_note
from section16.render.printed import PrintedForm, PrintedIssuer, PrintedOwner, PrintedRelationship
from section16.render.transcribed_rows import derivative_row, footnote_id, non_derivative_row, read_printed_date

_MARKED: Final = Plain(value=True, text="1")
_NOT_MARKED: Final = Plain(value=False, text="0")


def transcribe(form: PrintedForm) -> tuple[OwnershipDocument, tuple[Finding, ...]]:
    """Return the document that a printed form shows, and notes about what it does not show."""
    amended = "/A" if form.amendment_date else ""
    named = form.name.removeprefix("FORM").strip()
    document = OwnershipDocument(
        document_type=f"{form.form}{amended}" if form.name == form.layout.name else named.removeprefix("?") or None,
        period_of_report=_day(form.period),
        date_of_original_submission=_day(form.amendment_date),
        no_securities_owned=_box(form.no_securities_owned),
        not_subject_to_section16=_box(form.exit_box),
        form3_holdings_reported=_box(form.form3_holdings),
        form4_transactions_reported=_box(form.form4_transactions),
        issuer=_issuer(form.issuer),
        reporting_owners=tuple(_owner(owner, first=index == 0) for index, owner in enumerate(form.owners)),
        aff10b5_one=_box(form.plan),
        non_derivative_table=_table_one(form),
        derivative_table=_table_two(form),
        footnotes=_footnotes(form),
        remarks=form.remarks,
        signatures=tuple(
            OwnerSignature(name=signature.name or None, date=_day(signature.date)) for signature in form.signatures
        ),
    )
    return document, tuple(_notes(form))


def _notes(form: PrintedForm) -> Iterator[Finding]:
    yield picture_note(PictureNote.NOT_PRINTED, "The form")
    if not form.issuer.cik:
        yield picture_note(PictureNote.ISSUER_CIK, form.layout.issuer)
    for index, owner in enumerate(form.owners, start=1):
        where = f"Box 1, reporting person {index}"
        if not owner.cik:
            yield picture_note(PictureNote.OWNER_CIK, where)
        if owner.country and _country_code(owner.country) is None:
            yield picture_note(PictureNote.COUNTRY, where, said=owner.country)
    if form.joint:
        yield picture_note(PictureNote.FURTHER_OWNERS, form.layout.relationship)


def _day(text: str) -> Plain[date] | None:
    if not text:
        return None
    day, written = read_printed_date(text)
    return Plain(value=day, text=written)


def _box(marked: bool | None) -> Plain[bool] | None:  # noqa: FBT001 - the field of the form as it stands
    return _MARKED if marked else None


def _issuer(issuer: PrintedIssuer) -> Issuer | None:
    if issuer == PrintedIssuer():
        return None
    return Issuer(
        cik=issuer.cik or None,
        name=issuer.name or None,
        trading_symbol=issuer.symbol or None,
        foreign_trading_symbol=issuer.foreign_symbol or None,
    )


def _owner(owner: PrintedOwner, *, first: bool) -> ReportingOwner:
    return ReportingOwner(
        id=ReportingOwnerId(cik=owner.cik or None, name=owner.name or None) if owner.cik or owner.name else None,
        address=_address(owner),
        relationship=_relationship(owner.relationship) if first else None,
    )


def _relationship(relationship: PrintedRelationship) -> ReportingOwnerRelationship:
    return ReportingOwnerRelationship(
        is_director=_box(relationship.director),
        is_officer=_box(relationship.officer),
        is_ten_percent_owner=_box(relationship.ten_percent),
        is_other=_box(relationship.other),
        officer_title=relationship.officer_title or None,
        other_text=relationship.other_text or None,
    )


def _address(owner: PrintedOwner) -> ReportingOwnerAddress | None:
    """The address; outside the United States, told by its country or by a state in words, since March 2026."""
    abroad = owner.country not in {"", UNITED_STATES}
    in_words = abroad or len(owner.state) > _STATE_CODE
    address = ReportingOwnerAddress(
        non_us=_MARKED if abroad else _NOT_MARKED if owner.country else None,
        street1=owner.street1 or None,
        street2=owner.street2 or None,
        city=owner.city or None,
        non_us_state=owner.state or None if in_words else None,
        state=None if in_words else owner.state or None,
        country=_country_code(owner.country) or owner.country if abroad else None,
        zip_code=owner.zip_code or None,
    )
    return None if address == ReportingOwnerAddress() else address


_STATE_CODE: Final = 2


def _country_code(name: str) -> str | None:
    """Return the code of a country printed by its name in capitals, or by its code; `None` for an unknown one."""
    return _country_codes().get(name.upper())


@cache
def _country_codes() -> dict[str, str]:
    """Codes by name in capitals and by themselves; where two places share a name, the one in use goes before."""
    known = sorted(places().values(), key=lambda place: place.kind is not PlaceKind.OBSOLETE)
    names = {place.name.upper(): place.code for place in known}
    return {**{place.code: place.code for place in known}, **names}


def _table_one(form: PrintedForm) -> NonDerivativeTable | None:
    rows = tuple(non_derivative_row(row, form.table1.layout, form.form) for row in form.table1.rows)
    return NonDerivativeTable(rows=rows) if rows else None


def _table_two(form: PrintedForm) -> DerivativeTable | None:
    rows = tuple(derivative_row(row, form.table2.layout, form.form) for row in form.table2.rows)
    return DerivativeTable(rows=rows) if rows else None


def _footnotes(form: PrintedForm) -> Footnotes | None:
    if not form.footnotes:
        return None
    return Footnotes(
        rows=tuple(
            Footnote(id=footnote_id(note.number) if note.number else None, text=note.text) for note in form.footnotes
        )
    )
