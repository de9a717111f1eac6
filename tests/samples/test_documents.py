"""Each document on its own: as EDGAR would publish it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from section16.edgar.ownership_xml import write_ownership_xml
from section16.edgar.submission_text import read_submission_text
from section16.form.cells import Noted, Plain
from section16.form.document import OwnershipDocument
from section16.form.rows import DerivativeTransaction, NonDerivativeTransaction
from section16.samples import Sample, sample_bytes

FORMS = ("3", "3/A", "4", "4/A", "5", "5/A")
SPOILED = {"missing-footnote", "unreferenced-footnote"}


def test_what_is_written_reads_back_equal(published: list[tuple[Sample, OwnershipDocument]]) -> None:
    for sample, document in published:
        assert document == sample.document


def test_the_submission_carries_the_header_facts_and_exhibits(filings: list[Sample]) -> None:
    exhibits = 0
    for sample in filings[:500]:
        text = read_submission_text(sample_bytes(sample, "submission"))
        assert (text.accession, text.form_type) == (sample.accession, sample.form)
        assert (text.filed_on, text.accepted_at) == (sample.filed_on, sample.accepted_at)
        assert sample.document.period_of_report is not None
        assert text.period == sample.document.period_of_report.value
        assert text.filers == sample.filers
        assert text.attachments == sample.attachments
        assert text.notes == ()
        exhibits += len(text.attachments)
    assert exhibits > 10


def schema(folder: Path, form: str) -> etree.XMLSchema:
    name = f"ownership{form.replace('/', '')}Document.xsd.xml"
    return etree.XMLSchema(etree.parse(folder / name))


def as_of_2026(document: OwnershipDocument) -> OwnershipDocument:
    """The document with the one element that older editions lack, and without the one code that only they allow."""
    owners = tuple(
        msgspec.structs.replace(owner, address=msgspec.structs.replace(owner.address, state=""))
        if owner.address and owner.address.state_description
        else owner
        for owner in document.reporting_owners
    )
    box = document.aff10b5_one if document.form == "3" else document.aff10b5_one or Plain(value=False, text="0")
    return msgspec.structs.replace(document, reporting_owners=owners, aff10b5_one=box)


@pytest.mark.parametrize("form", FORMS)
def test_documents_are_valid_by_the_secs_schemas(form: str, filings: list[Sample], schemas: Path) -> None:
    judge, judged = schema(schemas, form), 0
    for sample in filings:
        document = sample.document
        current = document.schema_version == "X0609" or form in {"3", "3/A"}
        if sample.form != form or document.schema_version == "X0101" or SPOILED & set(sample.faults):
            continue
        if current or judged < 40:
            abroad = any(owner.address and owner.address.state_description for owner in document.reporting_owners)
            since_2026 = document.schema_version in {"X0609", "X0307"}
            as_it_stands = since_2026 or (current and not abroad)
            tree = etree.fromstring(write_ownership_xml(document if as_it_stands else as_of_2026(document)))
            judge.assertValid(tree)
            judged += 1
    assert judged > (0 if form.startswith("5") else 10)


def test_every_line_keeps_edgars_rules(filings: list[Sample]) -> None:
    for sample in filings:
        document = sample.document
        rows = (*document.table_one, *document.table_two)
        assert len(document.table_one) <= 30
        assert len(document.table_two) <= 30
        assert 1 <= len(document.reporting_owners) <= 10
        if document.form != "3":
            told = any(row.kind == "transaction" for row in rows)
            assert told or document.not_subject_to_section16
        for row in rows:
            ownership = row.ownership
            assert ownership is not None
            assert ownership.direct_or_indirect is not None
            indirect = ownership.direct_or_indirect.value == "I"
            assert indirect == bool(ownership.nature and ownership.nature.text)
            assert 1 <= len(row.title.text or "") <= 60 if row.title else False
            if ownership.nature:
                assert len(ownership.nature.text or "") <= 100


def test_owners_have_a_relationship_an_address_and_texts_that_fit(filings: list[Sample]) -> None:
    for sample in filings:
        for owner in sample.document.reporting_owners:
            boxes, address = owner.relationship, owner.address
            assert boxes is not None
            assert address is not None
            assert boxes.is_director or boxes.is_officer or boxes.is_ten_percent_owner or boxes.is_other
            assert bool(boxes.is_officer) == bool(boxes.officer_title)
            assert bool(boxes.is_other) == bool(boxes.other_text)
            assert len(boxes.officer_title or "") <= 30
            assert len(boxes.other_text or "") <= 30
            assert len(address.street1 or "") <= 40
            assert len(address.street2 or "") <= 40
            assert len(address.city or "") <= 30
            assert len(address.zip_code or "") <= 10
            assert address.state or address.country
        texts = [signature.name or "" for signature in sample.document.signatures]
        assert len(texts) >= len(sample.document.reporting_owners)
        assert all(1 <= len(text) <= 255 for text in texts)


def test_footnotes_are_few_short_and_numbered_as_they_are_met(filings: list[Sample]) -> None:
    for sample in filings:
        footnotes = sample.document.footnotes.rows if sample.document.footnotes else ()
        assert [footnote.id for footnote in footnotes] == [f"F{number}" for number in range(1, len(footnotes) + 1)]
        assert len(footnotes) <= 99
        assert all(0 < len(footnote.text) <= 1_000 for footnote in footnotes)
        assert len({footnote.text for footnote in footnotes}) == len(footnotes)
        assert len(sample.document.remarks or "") <= 2_000


def coded(document: OwnershipDocument) -> list[NonDerivativeTransaction | DerivativeTransaction]:
    rows = (*document.table_one, *document.table_two)
    return [row for row in rows if isinstance(row, NonDerivativeTransaction | DerivativeTransaction)]


def test_what_needs_an_explanation_has_one(filings: list[Sample]) -> None:
    for sample in filings:
        for row in coded(sample.document):
            assert row.coding is not None
            assert row.amounts is not None
            assert row.coding.code not in {"J", "I", "W"} or row.coding.footnotes
            price: Noted[object] | None = row.amounts.price_per_share or row.amounts.transaction_value  # type: ignore[assignment]
            assert price is not None
            assert price.text or price.footnotes
            if row.coding.code in {"P", "S"}:
                assert price.value


def test_only_officers_and_directors_have_dealings_exempt_under_rule_16b_3(filings: list[Sample]) -> None:
    for sample in filings:
        boxes = [owner.relationship for owner in sample.document.reporting_owners]
        if any(box and (box.is_director or box.is_officer) for box in boxes):
            continue
        assert {row.coding.code for row in coded(sample.document) if row.coding}.isdisjoint(set("AFIM"))


def test_the_plan_box_is_checked_with_the_day_of_adoption_told(filings: list[Sample]) -> None:
    checked = 0
    for sample in filings:
        document = sample.document
        assert (document.aff10b5_one is not None) == (document.form != "3" and sample.filed_on >= date(2023, 3, 20))
        if document.aff10b5_one:
            checked += 1
            assert any("10b5-1" in text and "adopted" in text for text in document.footnote_texts.values())
            assert sample.filed_on >= date(2023, 4, 1)
    assert checked > 50


def test_gifts_are_early_on_form_4_until_they_became_due_there(filings: list[Sample]) -> None:
    given: Counter[bool] = Counter()
    for sample in filings:
        for row in coded(sample.document):
            if row.coding and row.coding.code == "G" and row.transaction_date and row.transaction_date.value:
                away = row.amounts is not None and row.amounts.acquired_disposed is not None
                away = away and row.amounts.acquired_disposed.value == "D"  # type: ignore[union-attr]
                due_on_4 = away and row.transaction_date.value >= date(2023, 2, 27)
                assert row.coding.form_type == ("4" if due_on_4 else "5")
                assert not due_on_4 or sample.form.startswith("4")
                given[due_on_4] += 1
    assert min(given[True], given[False]) > 10


def test_timeliness_is_written_only_where_the_form_allows_it(filings: list[Sample]) -> None:
    for sample in filings:
        for row in coded(sample.document):
            said = row.timeliness.value if row.timeliness else None
            form_type = row.coding.form_type if row.coding else None
            assert said in ({None, "E"} if sample.form[0] == "4" else {None, "L"})
            assert said != "E" or form_type == "5"


def test_elements_of_2026_stand_from_the_day_they_began(filings: list[Sample]) -> None:
    foreign = 0
    for sample in filings:
        recent = sample.filed_on >= date(2026, 3, 18)
        issuer = sample.document.issuer
        assert issuer is not None
        assert (issuer.foreign_trading_symbol is not None) == recent
        foreign += bool(issuer.foreign_trading_symbol)
        for owner in sample.document.reporting_owners:
            address = owner.address
            assert address is not None
            assert (address.non_us is not None) == recent
            assert (address.country is not None) == bool(recent and address.state_description)
    assert foreign > 0
