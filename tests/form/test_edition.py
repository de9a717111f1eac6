"""Schema versions and days to the look of the printed form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from section16.form.cells import Plain
from section16.form.document import (
    Issuer,
    OwnershipDocument,
    OwnerSignature,
    ReportingOwner,
    ReportingOwnerAddress,
)
from section16.form.edition import Look, edition_look, look_of, look_of_day, look_of_version, plain_look


def plain_day(text: str) -> Plain[date]:
    return Plain(value=date.fromisoformat(text), text=text)


@pytest.mark.parametrize(
    ("version", "of_form_4", "of_form_3"),
    [
        ("X0101", "2003", "2003"),
        ("X0201", "2003", "2003"),
        ("X0202", "2003", "2003"),
        ("X0206", "2003", "2003"),
        ("X0306", "2003", "2026-03"),
        ("X0307", "2003", "2026-03"),
        ("X0407", "2023-03", "2026-03"),
        ("X0508", "2023-07", "2026-03"),
        ("X0609", "2026-03", "2026-03"),
        ("X0710", "2026-03", "2026-03"),
    ],
)
def test_looks_by_schema_version(version: str, of_form_4: str, of_form_3: str) -> None:
    assert look_of_version(version, "3") == of_form_3
    for form in ("4", "5", None):
        assert look_of_version(version, form) == of_form_4
    document = OwnershipDocument(schema_version=f" {version}\n", document_type="3/A")
    assert look_of(document, filed_on=date(2005, 1, 1)) == of_form_3


@pytest.mark.parametrize(
    "version", ["", "X", "X03", "x0306", "X03060", "0306", "X030\uff16", "X030a", "2003", "X0306 X0407"]
)
def test_what_is_no_schema_version_has_no_look(version: str) -> None:
    assert look_of_version(version, "4") is None


@pytest.mark.parametrize(
    ("day", "of_form_4", "of_form_3"),
    [
        ("2003-05-05", "2003", "2003"),
        ("2023-03-19", "2003", "2003"),
        ("2023-03-20", "2023-03", "2003"),
        ("2023-07-16", "2023-03", "2003"),
        ("2023-07-17", "2023-07", "2003"),
        ("2026-03-17", "2023-07", "2003"),
        ("2026-03-18", "2026-03", "2026-03"),
    ],
)
def test_looks_by_day(day: str, of_form_4: str, of_form_3: str) -> None:
    assert look_of_day(date.fromisoformat(day), "4") == of_form_4
    assert look_of_day(date.fromisoformat(day), "5") == of_form_4
    assert look_of_day(date.fromisoformat(day), "3") == of_form_3


def test_without_a_version_the_elements_of_2026_decide_before_any_day() -> None:
    early = date(2010, 1, 1)
    issuer = Issuer(foreign_trading_symbol="")
    assert look_of(OwnershipDocument(document_type="4", issuer=issuer), filed_on=early) is Look.Y2026_03
    for address in (
        ReportingOwnerAddress(non_us=Plain(value=False, text="0")),
        ReportingOwnerAddress(non_us_state=""),
        ReportingOwnerAddress(country="A6"),
    ):
        owners = (ReportingOwner(), ReportingOwner(address=address))
        assert look_of(OwnershipDocument(document_type="3", reporting_owners=owners), filed_on=early) is Look.Y2026_03
    old = OwnershipDocument(
        issuer=Issuer(cik="1"), reporting_owners=(ReportingOwner(address=ReportingOwnerAddress(city="X")),)
    )
    assert look_of(old, filed_on=early) is Look.Y2003


def test_then_the_filing_day_the_last_signature_and_the_period_decide() -> None:
    signatures = (
        OwnerSignature(date=plain_day("2023-07-18")),
        OwnerSignature(date=Plain(value=None, text="soon")),
        OwnerSignature(date=plain_day("2023-05-01")),
        OwnerSignature(),
    )
    document = OwnershipDocument(document_type="4", period_of_report=plain_day("2020-01-01"), signatures=signatures)
    assert look_of(document, filed_on=date(2026, 4, 1)) is Look.Y2026_03
    assert look_of(document) is Look.Y2023_07
    unsigned = OwnershipDocument(
        document_type="4", period_of_report=plain_day("2023-04-01"), signatures=signatures[1:2]
    )
    assert look_of(unsigned) is Look.Y2023_03
    unreadable = OwnershipDocument(schema_version="X1", document_type="4", period_of_report=plain_day("2004-01-01"))
    assert look_of(unreadable) is Look.Y2003


def test_a_document_that_says_nothing_has_the_newest_look() -> None:
    assert look_of(OwnershipDocument()) is Look.Y2026_03
    assert look_of(OwnershipDocument(period_of_report=Plain(value=None, text="?"))) is Look.Y2026_03


@pytest.mark.parametrize(
    ("edition", "form", "look"),
    [
        ("2003", "4", "2003"),
        ("2023-03", "4", "2023-03"),
        ("2023-07", None, "2023-07"),
        ("2023-03", "3", "2003"),
        ("2023-07", "3", "2003"),
        ("2026-03", "3", "2026-03"),
        ("X0508", "4", "2023-07"),
        ("X0206", "3", "2003"),
    ],
)
def test_an_edition_is_named_by_a_look_or_a_version(edition: str, form: str | None, look: str) -> None:
    assert edition_look(edition, form) == look


@pytest.mark.parametrize("edition", ["", "2024", "2023", "current", "X9", "y2003", "Y2003"])
def test_other_editions_are_none(edition: str) -> None:
    assert edition_look(edition, "4") is None


def test_form_3_never_has_a_look_of_2023() -> None:
    day = date(2003, 1, 1)
    while day < date(2026, 12, 31):
        assert look_of_day(day, "3") in {Look.Y2003, Look.Y2026_03}
        day += timedelta(days=7)
    assert {plain_look(look, "3") for look in Look} == {Look.Y2003, Look.Y2026_03}
