"""The JSON Schema takes every document's JSON and no other shape, as an independent reader of schemas sees it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from section16.edgar.ownership_xml import read_ownership_xml
from section16.errors import SourceError
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.field_table import Field, Kind, plan
from section16.form.json_schema import json_schema
from section16.form.json_shape import from_json, to_json
from section16.reading.filing_json import filing_schema, filing_to_json
from section16.reading.sources import read

FACTS: dict[str, Any] = {
    "$ref": "#/$defs/Facts",
    "$defs": {"Facts": {"type": "object", "properties": {"accession": {"type": "string"}}, "required": ["accession"]}},
}
VALIDATOR = Draft202012Validator(json_schema(FACTS))
REPORT = b"""<ownershipDocument>
<schemaVersion>X0508</schemaVersion><documentType>4</documentType>
<issuer><issuerCik>0000000016</issuerCik><desk>7</desk></issuer>
<reportingOwner><reportingOwnerId><rptOwnerCik>0000000017</rptOwnerCik></reportingOwnerId></reportingOwner>
<nonDerivativeTable>
<nonDerivativeTransaction><securityTitle><value>Common</value><footnoteId id="F1"/></securityTitle>
<transactionAmounts><transactionShares><value>many</value></transactionShares></transactionAmounts>
</nonDerivativeTransaction>
<nonDerivativeHolding><securityTitle/></nonDerivativeHolding><odd/>
</nonDerivativeTable>
<footnotes><footnote id="F1">Note.</footnote></footnotes>
</ownershipDocument>"""


def whole(document: OwnershipDocument) -> dict[str, Any]:
    return {
        "schema": 1,
        "form": document.form,
        "edition": document.schema_version,
        "look": "2003",
        "document": to_json(document),
        "filing": None,
    }


def report() -> dict[str, Any]:
    return whole(read_ownership_xml(REPORT))


def leaf(field: Field) -> st.SearchStrategy[Any]:
    texts = st.text(max_size=5)
    if field.kind is Kind.TEXT:
        return texts
    if field.kind is Kind.PLAIN:
        return texts.map(lambda text: Plain(value=field.read(text), text=text))
    return st.builds(Noted, text=st.none() | texts, footnotes=st.tuples() | st.tuples(texts), extra=extras(["value"]))


def extras(names: list[str]) -> st.SearchStrategy[Extra | None]:
    other = st.builds(Other, at=st.integers(0, 9), xml=st.text(max_size=5), of=st.none() | st.sampled_from(names))
    some = st.builds(
        Extra,
        attributes=st.tuples() | st.tuples(st.tuples(st.text(max_size=5), st.text(max_size=5))),
        other=st.tuples() | st.tuples(other),
        order=st.none() | st.tuples(st.sampled_from(names)),
    )
    return st.none() | some


@st.composite
def records(draw: st.DrawFn, record: type) -> Any:
    fields = plan(record).fields
    values: dict[str, Any] = {"extra": draw(extras([field.name for field in fields]))}
    for field in fields:
        if not draw(st.booleans()):
            continue
        if field.kind is Kind.NOTES:
            values[field.attribute] = tuple(draw(st.lists(st.text(max_size=5), max_size=2)))
        elif field.kind is Kind.GROUP:
            values[field.attribute] = draw(records(field.records[0]))
        elif field.kind is Kind.GROUPS:
            values[field.attribute] = tuple(draw(st.lists(records(field.records[0]), max_size=2)))
        elif field.kind is Kind.ROWS:
            assert field.table is not None
            values[field.attribute] = field.table(rows=draw(lines(field)), extra=draw(extras(["footnote"])))
        else:
            values[field.attribute] = draw(leaf(field))
    return record(**values)


def lines(field: Field) -> st.SearchStrategy[tuple[Any, ...]]:
    if field.table is Footnotes:
        one: st.SearchStrategy[Any] = st.builds(Footnote, id=st.none() | st.text(max_size=5), text=st.text(max_size=5))
    else:
        one = st.one_of([records(record) for record in field.records])
    return st.lists(one, max_size=2).map(tuple)


@given(records(OwnershipDocument))
@settings(max_examples=40)
def test_any_document_a_program_can_make_validates(document: OwnershipDocument) -> None:
    VALIDATOR.validate(whole(document))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema(FACTS))
    Draft202012Validator.check_schema(filing_schema())


def test_real_filings_validate(corpus: Path) -> None:
    validator = Draft202012Validator(filing_schema())
    paths = sorted((corpus / "xml").glob("*.xml"))[::25]
    paths += sorted((corpus / "xml-abridged").glob("*.xml"))
    paths += sorted((corpus / "submissions").rglob("*.txt"))[:20]
    assert paths
    for path in paths:
        value = msgspec.json.decode(msgspec.json.encode(filing_to_json(read(path))))
        assert validator.is_valid(value), path


def change(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A function that puts `value` at a path of keys and positions."""

    def apply(report: dict[str, Any]) -> None:
        inner: Any = report
        *steps, last = path.split(".")
        for step in steps:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if isinstance(inner, list):
            inner[int(last)] = value
        else:
            inner[last] = value

    return apply


TABLE = "document.non_derivative_table"
SHARES = f"{TABLE}.0.transaction_amounts.transaction_shares"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 2),
        ("form", "4/A"),
        ("look", "2004"),
        ("document", None),
        ("extra", 1),
        ("filing", {"accession": 7}),
        ("document.unknown_key", "x"),
        ("document.remarks", None),
        ("document.remarks", {"value": "x"}),
        ("document.document_type", 4),
        ("document.reporting_owner", {}),
        ("document.reporting_owner.0.kind", "transaction"),
        ("document.footnotes", {"F1": "x"}),
        ("document.footnotes.0.text", None),
        ("document.footnotes.0.value", "x"),
        ("document._other.0.in", "issuer"),
        ("document._other.0.at", -1),
        ("document._order", ["document_type"]),
        ("document._attributes", {"a": 1}),
        ("document.issuer._other.0.in", "nonDerivativeTable"),
        (f"{TABLE}.0.kind", "grant"),
        (f"{TABLE}.1.transaction_amounts", {}),
        (SHARES, "13334.00"),
        (f"{SHARES}.value", 13334),
        (f"{SHARES}.value", None),
        (f"{SHARES}.footnotes", "F1"),
        (f"{SHARES}.unit", "x"),
    ],
)
def test_a_wrong_shape_neither_validates_nor_reads(path: str, value: Any) -> None:
    given = report()
    VALIDATOR.validate(given)
    wrong = copy.deepcopy(given)
    change(path, value)(wrong)
    assert not VALIDATOR.is_valid(wrong)
    if path.startswith("document"):
        with pytest.raises(SourceError):
            from_json(wrong["document"])


@pytest.mark.parametrize("key", ["schema", "form", "edition", "look", "document", "filing"])
def test_all_six_keys_are_demanded(key: str) -> None:
    given = report()
    del given[key]
    assert not VALIDATOR.is_valid(given)


def test_a_line_says_whether_it_is_a_transaction_or_a_holding() -> None:
    given = report()
    del given["document"]["non_derivative_table"][0]["kind"]
    assert not VALIDATOR.is_valid(given)


def test_the_filing_is_checked_by_the_schema_handed_in() -> None:
    given = report()
    change("filing", {"accession": "0000000016-26-000001"})(given)
    VALIDATOR.validate(given)


def test_two_definitions_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Issuer"):
        json_schema({"$defs": {"Issuer": {}}})


def test_descriptions_state_the_facts_of_the_form() -> None:
    definitions = json_schema(FACTS)["$defs"]
    issuer = definitions["Issuer"]["properties"]
    assert issuer["issuer_name"]["description"] == (
        "XML element issuerName. Form 3: 3. Forms 4 and 5: 2. At most 150 characters. "
        "Filled in by EDGAR, not by filers."
    )
    assert "Since schema version X0609." in issuer["issuer_foreign_trading_symbol"]["description"]
    amounts = definitions["TransactionAmounts"]["properties"]
    assert "Only in schema version X0101." in amounts["transaction_value"]["description"]
    assert "Either this or transaction_total_value." in amounts["transaction_shares"]["description"]
    assert "One of A or D." in amounts["transaction_acquired_disposed_code"]["description"]
    assert definitions["Issuer"]["description"].startswith("The issuer: box 2")


def test_every_cell_has_the_definition_of_its_type() -> None:
    definitions = json_schema(FACTS)["$defs"]
    for value_type, name in {Decimal: "NumberCell", date: "DateCell", str: "TextCell"}.items():
        assert definitions[name]["properties"]["value"]["type"] == "string", value_type
