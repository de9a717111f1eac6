"""The field table and the plans compiled from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec
import pytest

from section16.form.cells import Extra
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.field_table import Field, Item, Kind, extra_of, plan, snake_case
from section16.form.rows import DerivativeHolding, DerivativeTable, NonDerivativeTransaction


def every_field(record: type = OwnershipDocument) -> Iterator[tuple[type, Field]]:
    """The fields of the document and of all records in it."""
    for field in plan(record).fields:
        yield record, field
        for inner in field.records:
            if inner is not Footnote:
                yield from every_field(inner)


RECORDS = list(dict.fromkeys(record for record, _ in every_field()))
FIELDS = list({(record.__name__, field.name): field for record, field in every_field()}.values())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("rptOwnerNonUSAddressFlag", "rpt_owner_non_us_address_flag"),
        ("issuerCik", "issuer_cik"),
        ("aff10b5One", "aff10b5_one"),
        ("notSubjectToSection16", "not_subject_to_section16"),
        ("form3HoldingsReported", "form3_holdings_reported"),
        ("rptOwnerStreet1", "rpt_owner_street1"),
        ("rptOwnerNonUSStateTerritory", "rpt_owner_non_us_state_territory"),
        ("remarks", "remarks"),
        ("id", "id"),
    ],
)
def test_keys_are_the_xml_names_in_snake_case(name: str, key: str) -> None:
    assert snake_case(name) == key


def test_every_key_of_the_json_is_its_element_in_snake_case() -> None:
    for field in FIELDS:
        assert field.key == ("footnotes" if field.kind is Kind.NOTES else snake_case(field.name))


def test_a_record_has_no_two_fields_of_one_name_or_key() -> None:
    for record in RECORDS:
        fields = plan(record).fields
        assert len({field.name for field in fields}) == len({field.key for field in fields}) == len(fields)
        assert not any(field.key.startswith("_") for field in fields)


def test_every_field_but_extra_is_in_the_plan() -> None:
    beside = {"extra", "prolog", "epilog"}
    for record in RECORDS:
        attributes = {field.name for field in msgspec.structs.fields(record)}
        assert {field.attribute for field in plan(record).fields} == attributes - beside


def test_kinds_follow_from_the_annotations() -> None:
    fields = plan(OwnershipDocument).by_name
    assert fields["documentType"].kind is Kind.TEXT
    assert (fields["periodOfReport"].kind, fields["periodOfReport"].value_type) == (Kind.PLAIN, date)
    assert (fields["aff10b5One"].kind, fields["aff10b5One"].value_type) == (Kind.PLAIN, bool)
    assert fields["issuer"].kind is Kind.GROUP
    assert fields["reportingOwner"].kind is Kind.GROUPS
    assert (fields["footnotes"].kind, fields["footnotes"].table) == (Kind.ROWS, Footnotes)
    assert fields["derivativeTable"].table is DerivativeTable
    assert DerivativeHolding in fields["derivativeTable"].records
    row = plan(NonDerivativeTransaction).by_name
    assert (row["securityTitle"].kind, row["securityTitle"].value_type) == (Kind.CELL, str)
    assert row["transactionDate"].value_type is date
    amounts = plan(row["transactionAmounts"].records[0]).by_name
    assert amounts["transactionShares"].value_type is Decimal
    assert plan(row["transactionCoding"].records[0]).by_name["footnoteId"].kind is Kind.NOTES


def test_plans_state_the_official_order() -> None:
    fields = plan(OwnershipDocument)
    assert [field.name for field in fields.fields][:3] == ["schemaVersion", "documentType", "periodOfReport"]
    assert [fields.position[field.name] for field in fields.fields] == list(range(len(fields.fields)))
    assert plan(OwnershipDocument) is fields


def test_every_field_names_its_forms_and_versions_properly() -> None:
    for field in FIELDS:
        item = field.item
        assert item.on
        assert set(item.on) <= {"3", "4", "5"}
        assert set(item.need.split()) <= {"3", "4", "5", "3/A", "4/A", "5/A"}
        assert re.fullmatch("X0[1-6]0[0-9]", item.since)
        assert item.until is None or item.since <= item.until
        assert item.limit is None or item.limit >= item.least


def test_either_groups_have_two_members_each() -> None:
    for record in RECORDS:
        groups = [field.item.either for field in plan(record).fields if field.item.either]
        assert all(groups.count(group) == 2 for group in groups)


def test_names_are_those_of_the_official_schemas(schemas: Path) -> None:
    official = "".join(path.read_text(encoding="utf-8") for path in sorted(schemas.glob("ownership*.xsd.xml")))
    named = set(re.findall(r'<(?:xs|xsd):element\s[^>]*?name="(\w+)"', official))
    today = [field for field in FIELDS if field.item.until is None]
    ours = {field.name for field in today} | {plan(record).element for field in today for record in field.records}
    ours.add(OwnershipDocument.element)
    assert named <= ours | {"value", "footnote", "footnoteId"}
    assert ours - named == set()


def test_an_annotation_that_is_no_shape_is_refused() -> None:
    class Odd(msgspec.Struct, frozen=True, kw_only=True):
        element: ClassVar[str] = "odd"

        number: Annotated[int | None, Item("number", {"4": ""})] = None

    with pytest.raises(TypeError, match="number"):
        plan(Odd)


def test_what_is_beyond_the_form_is_at_hand() -> None:
    extra = Extra(order=("remarks",))
    assert extra_of(OwnershipDocument(extra=extra)) is extra
    assert extra_of(OwnershipDocument()) is None
