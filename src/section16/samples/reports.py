"""A report before it is filed, and the document that EDGAR publishes of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from section16.codes import place as official_place
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
from section16.samples.editions import (
    FOREIGN_SINCE,
    NO_SECURITIES_SINCE,
    PLAN_BOX_SINCE,
    TABLES_SINCE,
    schema_version,
)
from section16.samples.form_rows import Speller
from section16.samples.insiders import Boxes, Insider
from section16.samples.lines import Line
from section16.samples.people import Person

_INSERTED: Final = ("0", "1")
"""How EDGAR spells what it inserts itself."""


class Report(msgspec.Struct, kw_only=True):
    """One report on its way. `form` is `3`, `4` or `5`; an amendment has `amends`.

    `signed_on` and `accepted_at` (Eastern time) are set when it is filed, `accession` when it is published. `by_plan`
    says that sales were under a 10b5-1 plan that the box asks for. The last three make a faulty document: another
    symbol, a footnote that nothing refers to, a reference to a footnote that is not there.
    """

    insider: Insider
    form: str
    period: date
    one: list[Line]
    two: list[Line]
    exit: bool = False
    by_plan: bool = False
    remarks: str = ""
    exhibit: bool = False
    amends: Report | None = None
    faults: tuple[str, ...] = ()
    signed_on: date = date.min
    accepted_at: datetime = datetime.min  # noqa: DTZ901 - stands for none yet
    accession: str = ""
    symbol: str | None = None
    spare_footnote: str | None = None
    dangling: bool = False

    @property
    def filed_on(self) -> date:
        """The filing date: whatever is accepted until 22:00 Eastern counts for the day."""
        return self.accepted_at.date()

    @property
    def form_type(self) -> str:
        """`4`, or `4/A` for an amendment."""
        return f"{self.form}/A" if self.amends else self.form

    @property
    def lines(self) -> list[Line]:
        """The lines of both tables, in order."""
        return [*self.one, *self.two]


def make_document(report: Report) -> OwnershipDocument:
    """Return the report as EDGAR publishes it on its filing day: inserted elements in, confirmation codes out."""
    insider, form, filed_on = report.insider, report.form, report.filed_on
    habits = insider.habits
    in_tables = filed_on >= TABLES_SINCE
    speller = Speller(habits, in_tables=in_tables)
    one = tuple([speller.non_derivative(line) for line in report.one])
    two = tuple([speller.derivative(line, on_form_3=form == "3") for line in report.two])
    if report.dangling and one:
        title = one[0].title
        lost = (
            msgspec.structs.replace(title, footnotes=(*title.footnotes, speller.explanation.next_id)) if title else None
        )
        one = (msgspec.structs.replace(one[0], title=lost), *one[1:])
    return OwnershipDocument(
        schema_version=schema_version(form, filed_on),
        document_type=report.form_type,
        period_of_report=_day(report.period),
        date_of_original_submission=_day(report.amends.filed_on) if report.amends else None,
        no_securities_owned=_inserted(not report.lines) if form == "3" and filed_on >= NO_SECURITIES_SINCE else None,
        not_subject_to_section16=_exit_box(report),
        form3_holdings_reported=_inserted(any(line.form_type == "3" for line in report.lines)) if form == "5" else None,
        form4_transactions_reported=_inserted(any(line.form_type == "4" for line in report.lines))
        if form == "5"
        else None,
        issuer=_issuer(report),
        reporting_owners=_owners(insider, filed_on),
        aff10b5_one=_yes_or_no(report.by_plan, habits.truth) if form != "3" and filed_on >= PLAN_BOX_SINCE else None,
        non_derivative_securities=() if in_tables else one,  # type: ignore[arg-type]
        derivative_securities=() if in_tables else two,  # type: ignore[arg-type]
        non_derivative_table=NonDerivativeTable(rows=one) if in_tables and (one or habits.blank_tables) else None,
        derivative_table=DerivativeTable(rows=two) if in_tables and (two or habits.blank_tables) else None,
        footnotes=_footnotes(report, speller),
        remarks=report.remarks or ("" if habits.blank_remarks else None),
        signatures=_signatures(report),
    )


def _day(day: date) -> Plain[date]:
    return Plain(value=day, text=day.isoformat())


_SPELLED: Final = {
    (answer, text): Plain[bool](value=answer, text=text)
    for answer, texts in ((False, ("0", "false")), (True, ("1", "true")))
    for text in texts
}


def _yes_or_no(answer: bool, spelled: tuple[str, str]) -> Plain[bool]:  # noqa: FBT001 - the answer is the point
    return _SPELLED[answer, spelled[answer]]


def _inserted(answer: bool) -> Plain[bool]:  # noqa: FBT001 - the answer is the point
    return _SPELLED[answer, _INSERTED[answer]]


def _exit_box(report: Report) -> Plain[bool] | None:
    habits = report.insider.habits
    if report.form == "3" or not (report.exit or habits.exit_box):
        return None
    return _yes_or_no(report.exit, habits.truth)


def _issuer(report: Report) -> Issuer:
    company = report.insider.company
    return Issuer(
        cik=company.cik,
        name=company.name,
        trading_symbol=report.symbol or company.symbol,
        foreign_trading_symbol=(company.foreign_symbol or "") if report.filed_on >= FOREIGN_SINCE else None,
    )


def _owners(insider: Insider, filed_on: date) -> tuple[ReportingOwner, ...]:
    """Return the owners' records, made once for the time before the addresses of 2026 and once for after."""
    recent = filed_on >= FOREIGN_SINCE
    if recent not in insider.spelled_owners:
        insider.spelled_owners[recent] = tuple(
            [
                ReportingOwner(
                    id=ReportingOwnerId(cik=person.cik, name=person.name),
                    address=_address(person, insider, recent=recent),
                    relationship=_relationship(boxes, insider),
                )
                for person, boxes in zip(insider.people, insider.boxes, strict=True)
            ]
        )
    return insider.spelled_owners[recent]


def _address(person: Person, insider: Insider, *, recent: bool) -> ReportingOwnerAddress:
    """Return the address; since March 2026 a country has its own element, before it stood in the state's."""
    place, abroad = person.place, person.place.province is not None
    official = official_place(place.code)
    described = official.name.upper() if abroad and official else ""
    return ReportingOwnerAddress(
        non_us=_SPELLED[abroad, "true" if abroad else "false"] if recent else None,
        street1=person.street1,
        street2=person.street2 or ("" if insider.sign_variant % 2 else None),
        city=place.city,
        non_us_state=place.province or None if recent else None,
        state=None if recent and abroad else place.code,
        country=place.code if recent and abroad else None,
        zip_code=person.postal_code,
        state_description=described,
    )


def _relationship(boxes: Boxes, insider: Insider) -> ReportingOwnerRelationship:
    habits = insider.habits
    checked = (boxes.director, boxes.officer, boxes.ten_percent, boxes.other)
    director, officer, ten_percent, other = [
        _yes_or_no(one, habits.truth) if one or habits.every_box else None for one in checked
    ]
    blank = "" if habits.blank_titles else None
    return ReportingOwnerRelationship(
        is_director=director,
        is_officer=officer,
        is_ten_percent_owner=ten_percent,
        is_other=other,
        officer_title=boxes.title or blank,
        other_text=boxes.other_text or blank,
    )


def _footnotes(report: Report, speller: Speller) -> Footnotes | None:
    footnotes = speller.explanation.footnotes()
    if report.spare_footnote:
        spare = Footnote(id=speller.explanation.next_id, text=report.spare_footnote)
        footnotes = Footnotes(rows=(*footnotes.rows, spare))
    return footnotes if footnotes.rows or report.insider.habits.blank_footnotes else None


def _signatures(report: Report) -> tuple[OwnerSignature, ...]:
    """Return a signature for each owner; a group's manager signs for all its entities."""
    insider = report.insider
    day = _day(report.signed_on)
    return tuple([OwnerSignature(name=_signature(person, insider), date=day) for person in insider.people])


def _signature(person: Person, insider: Insider) -> str:
    mark = "/s/ " if insider.signs_with_mark else ""
    if insider.is_group:
        manager = insider.people[-1].spoken
        return f"{person.name}, by {mark}{manager}, Authorized Signatory" if person.is_entity else f"{mark}{manager}"
    if insider.attorney is None:
        return f"{mark}{person.spoken}"
    signer = f"{mark}{insider.attorney}"
    return (
        f"{signer}, Attorney-in-Fact for {person.spoken}",
        f"{signer}, Attorney-in-Fact",
        f"{signer}, by power of attorney",
        f"{person.spoken}, by {signer}, attorney-in-fact",
    )[insider.sign_variant]
