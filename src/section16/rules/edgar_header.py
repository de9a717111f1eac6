"""EDGAR's business rules for the header: what it inserts itself, the period, a transaction to report.

Not judged: whether the issuer's CIK is an issuer's (R-HDR-10), which only EDGAR's directory can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from section16.findings import Severity, Source
from section16.form.cells import Plain
from section16.form.document import Issuer, OwnershipDocument, ReportingOwnerAddress, ReportingOwnerId
from section16.form.field_table import Field, plan
from section16.form.rows import is_transaction
from section16.reading import SourceKind
from section16.reading.printed_place import box_place, sentence_start
from section16.rules.citations import specification
from section16.rules.report import CURRENT_SCHEMA, Report
from section16.rules.rule import Place, rule
from section16.rules.unread import holds_unread

_VERSION: Final = "schemaVersion"


def _inserted(record: type) -> tuple[Field, ...]:
    """The fields that EDGAR fills in, the schema version aside."""
    return tuple(field for field in plan(record).fields if field.item.inserted and field.name != _VERSION)


_OF_DOCUMENT: Final = _inserted(OwnershipDocument)
_OF_ISSUER: Final = _inserted(Issuer)
_OF_OWNER: Final = (
    ("id", "reportingOwnerId", _inserted(ReportingOwnerId)),
    ("address", "reportingOwnerAddress", _inserted(ReportingOwnerAddress)),
)


@rule(
    "R-HDR-2",
    Severity.WARN,
    Source.EDGAR,
    says="EDGAR writes the schema version itself: it warns, and replaces the value.",
    mend="Leave schemaVersion out.",
    cites=specification("ownership document: schemaVersion"),
    basis="spec",
    submitted=True,
)
def schema_version_is_left_to_edgar(report: Report) -> Iterator[Place]:
    """A version sent gives one warning, a wrong one a second."""
    sent = (report.document.schema_version or "").strip()
    if not sent:
        return
    yield report.box("schema_version")
    if report.form != "3" and sent != CURRENT_SCHEMA:
        message = f"The schema version {sent[:10]!r} is not the current one, {CURRENT_SCHEMA}: a second warning."
        yield report.box("schema_version", message=message)


@rule(
    "R-HDR-3",
    Severity.WARN,
    Source.EDGAR,
    says="EDGAR fills this element in itself: it warns, and throws the value away.",
    mend="Leave the element out.",
    cites=specification("elements that are not applicable to a filer's document"),
    basis="spec",
    submitted=True,
)
def inserted_elements_are_left_to_edgar(report: Report) -> Iterator[Place]:
    """Names, descriptions and marks that EDGAR inserts, and the 10b5-1 box on Form 3.

    The printed form shows the names: in one written as Markdown they stay, and its XML for sending has none.
    """
    if report.filing.kind is SourceKind.MARKDOWN:
        return
    document = report.document
    for field in _given(document, _OF_DOCUMENT):
        yield report.box(field.attribute)
    if report.form == "3" and document.aff10b5_one is not None and document.aff10b5_one.text.strip():
        yield report.box("aff10b5_one", message="Form 3 has no 10b5-1 box; the value is not applicable there.")
    if document.issuer:
        for field in _given(document.issuer, _OF_ISSUER):
            where = sentence_start(box_place(report.form, field))
            yield Place(where, f"ownershipDocument/issuer/{field.name}")
    for owner in report.owners:
        for attribute, element, fields in _OF_OWNER:
            record = getattr(owner.record, attribute)
            for field in _given(record, fields) if record else ():
                yield report.owner(owner, element, field.name)


def _given(record: Any, fields: Sequence[Field]) -> Iterator[Field]:
    """Those of the fields that have a value."""
    for field in fields:
        value = getattr(record, field.attribute)
        if value is not None and (value.text if isinstance(value, Plain) else value).strip():
            yield field


@rule(
    "R-HDR-7",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The period of report lies after the day of filing.",
    mend="Correct the date; a report can be filed once its date has come.",
    cites=specification("ownership document: periodOfReport"),
    basis="seen",
)
def period_is_not_in_the_future(report: Report) -> Iterator[Place]:
    """Period of report against the filing date; of what is still to be sent, against the day it is judged on."""
    period, day = report.document.period_of_report, report.filed_on or report.as_of
    if period and period.value and day and period.value > day:
        yield report.box(
            "period_of_report", message=f"The period of report, {period.value}, lies after the day of filing, {day}."
        )


@rule(
    "R-HDR-9",
    Severity.SUSPEND,
    Source.EDGAR,
    says="The report has no transaction, and the exit box is not checked.",
    mend="Report a transaction in Table I or II, or check the box that says the person is no longer subject to "
    "Section 16 (notSubjectToSection16).",
    cites=specification("Forms 4 and 5: at least one transaction unless notSubjectToSection16 is true"),
    basis="spec",
    on="4 4/A 5 5/A",
)
def report_has_something_to_report(report: Report) -> Iterator[Place]:
    """No line at all in either table, none that could not be read, and no exit; an unreadable answer is R-HDR-22's."""
    document = report.document
    exit_box = document.not_subject_to_section16
    if report.lines or exit_box or (exit_box is not None and exit_box.value is None and exit_box.text.strip()):
        return
    parts = (document, document.non_derivative_table, document.derivative_table)
    if not any(holds_unread(part) for part in parts):
        yield Place("Tables I and II", "ownershipDocument/nonDerivativeTable")


@rule(
    "R-HDR-14",
    Severity.NOTE,
    Source.EDGAR,
    says="The report has holdings but no transaction, and the exit box is not checked. The specification asks for a "
    "transaction in one place, for a transaction or holding in another; EDGAR is seen to take it.",
    mend="Report the transaction, or check the exit box if the person left; else leave it as it is.",
    cites=specification("Forms 4 and 5: at least one transaction unless notSubjectToSection16 is true"),
    basis="seen",
    on="4 4/A 5 5/A",
)
def report_has_a_transaction(report: Report) -> Iterator[Place]:
    """Holdings only; late holdings of Form 3 on a Form 5 are what that form is for."""
    if not report.lines or report.document.not_subject_to_section16:
        return
    for line in report.lines:
        if is_transaction(line.record) or (line.record.coding and line.record.coding.form_type):
            return
    yield Place("Tables I and II", report.lines[0].path)
