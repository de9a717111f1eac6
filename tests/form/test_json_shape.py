"""The JSON of a document, key by key, and JSON from outside that is not it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.ownership_xml import read_ownership_xml
from section16.errors import SourceError
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.json_shape import from_json, to_json
from section16.form.rows import DerivativeTable, NonDerivativeHolding, NonDerivativeTable

Json = dict[str, Any]


def shape_of(inside: str) -> Json:
    """The JSON of a root with this inside, as another program would get it."""
    document = read_ownership_xml(f"<ownershipDocument>{inside}</ownershipDocument>".encode())
    shape: Json = json.loads(json.dumps(to_json(document)))
    assert from_json(shape) == document
    return shape


def cell_shape(inside: str) -> Any:
    row = f"<nonDerivativeHolding>{inside}</nonDerivativeHolding>"
    (line,) = shape_of(f"<nonDerivativeTable>{row}</nonDerivativeTable>")["non_derivative_table"]
    assert line.pop("kind") == "holding"
    return line


def test_a_document_key_by_key() -> None:
    assert shape_of(
        "<schemaVersion>X0508</schemaVersion><documentType>4</documentType><periodOfReport>2022-09-01-05:00</periodOfReport>"
        "<issuer><issuerCik>0000000001</issuerCik><issuerTradingSymbol/></issuer>"
        "<reportingOwner><reportingOwnerId><rptOwnerCik>2</rptOwnerCik></reportingOwnerId><reportingOwnerAddress>"
        "<rptOwnerNonUSAddressFlag>true</rptOwnerNonUSAddressFlag><rptOwnerStreet1></rptOwnerStreet1>"
        "</reportingOwnerAddress><reportingOwnerRelationship/></reportingOwner>"
        "<aff10b5One>0</aff10b5One>"
        "<nonDerivativeTable><nonDerivativeHolding/><nonDerivativeTransaction>"
        "<transactionCoding><transactionCode>S</transactionCode><equitySwapInvolved>0</equitySwapInvolved>"
        "<footnoteId id='F2'/><footnoteId id='F1'/></transactionCoding>"
        "<transactionAmounts><transactionShares><value>13334.00</value><footnoteId id='F1'/></transactionShares>"
        "</transactionAmounts></nonDerivativeTransaction></nonDerivativeTable><derivativeTable/>"
        "<footnotes><footnote id='F1'>a</footnote><footnote>b</footnote></footnotes><remarks></remarks>"
        "<ownerSignature><signatureDate>soon</signatureDate></ownerSignature>"
    ) == {
        "schema_version": "X0508",
        "document_type": "4",
        "period_of_report": "2022-09-01-05:00",
        "issuer": {"issuer_cik": "0000000001", "issuer_trading_symbol": ""},
        "reporting_owner": [
            {
                "reporting_owner_id": {"rpt_owner_cik": "2"},
                "reporting_owner_address": {"rpt_owner_non_us_address_flag": "true", "rpt_owner_street1": ""},
                "reporting_owner_relationship": {},
            }
        ],
        "aff10b5_one": "0",
        "non_derivative_table": [
            {"kind": "holding"},
            {
                "kind": "transaction",
                "transaction_coding": {
                    "transaction_code": "S",
                    "equity_swap_involved": "0",
                    "footnotes": ["F2", "F1"],
                },
                "transaction_amounts": {"transaction_shares": {"value": "13334.00", "footnotes": ["F1"]}},
            },
        ],
        "derivative_table": [],
        "footnotes": [{"id": "F1", "text": "a"}, {"text": "b"}],
        "remarks": "",
        "owner_signature": [{"signature_date": "soon"}],
    }


@pytest.mark.parametrize(
    ("inside", "shape"),
    [
        ("", {}),
        ("<securityTitle/>", {"security_title": {}}),
        ("<securityTitle></securityTitle>", {"security_title": {}}),
        ("<securityTitle><value/></securityTitle>", {"security_title": {"value": ""}}),
        ("<securityTitle><value> </value></securityTitle>", {"security_title": {"value": " "}}),
        ("<securityTitle><footnoteId id='F1'/></securityTitle>", {"security_title": {"footnotes": ["F1"]}}),
        (
            "<securityTitle><value/><footnoteId id='F1'/></securityTitle>",
            {"security_title": {"value": "", "footnotes": ["F1"]}},
        ),
        (
            "<transactionCoding/><ownershipNature><natureOfOwnership><value>n/a</value></natureOfOwnership></ownershipNature>",
            {"transaction_coding": {}, "ownership_nature": {"nature_of_ownership": {"value": "n/a"}}},
        ),
    ],
)
def test_absent_empty_blank_and_footnote_only_differ(inside: str, shape: Json) -> None:
    assert cell_shape(inside) == shape


def test_an_empty_table_is_a_list_and_an_absent_one_has_no_key() -> None:
    assert shape_of("") == {}
    assert shape_of("<nonDerivativeTable/><footnotes> </footnotes>") == {"non_derivative_table": [], "footnotes": []}


def test_what_the_form_does_not_know_stands_in_its_own_keys() -> None:
    assert shape_of("<remarks>r</remarks><!-- c --><new a='1'/>stray<documentType>4</documentType>") == {
        "document_type": "4",
        "remarks": "r",
        "_other": [
            {"at": 1, "xml": "<!-- c -->"},
            {"at": 2, "xml": '<new a="1"/>'},
            {"at": 3, "xml": "stray"},
        ],
        "_order": ["remarks", "documentType"],
    }
    assert shape_of("<issuer b='x'/>") == {"issuer": {"_attributes": {"b": "x"}}}
    assert cell_shape("<securityTitle a='1'><footnoteId id='F1'/><value>x</value><new/></securityTitle>") == {
        "security_title": {
            "value": "x",
            "footnotes": ["F1"],
            "_attributes": {"a": "1"},
            "_other": [{"at": 2, "xml": "<new/>"}],
            "_order": ["footnoteId", "value"],
        }
    }
    assert shape_of("<remarks>10<!-- x -->00</remarks>") == {
        "remarks": "1000",
        "_other": [{"at": 0, "xml": "<remarks>10<!-- x -->00</remarks>", "of": "remarks"}],
    }


def test_a_table_is_a_list_so_the_object_around_it_holds_what_is_unknown_in_it() -> None:
    assert shape_of(
        "<new/><derivativeTable a='1'><!-- c --></derivativeTable>"
        "<footnotes><footnote id='F1'><b>x</b></footnote></footnotes>"
    ) == {
        "derivative_table": [],
        "footnotes": [{"id": "F1", "text": "x"}],
        "_attributes": {"derivativeTable/@a": "1"},
        "_other": [
            {"at": 0, "xml": "<new/>"},
            {"at": 0, "xml": "<!-- c -->", "in": "derivativeTable"},
            {"at": 0, "xml": '<footnote id="F1"><b>x</b></footnote>', "in": "footnotes", "of": "footnote"},
        ],
    }


def test_what_stands_around_the_root_has_keys_of_its_own() -> None:
    document = read_ownership_xml(b"<!-- a --><ownershipDocument/><?b c?>")
    assert to_json(document) == {"_prolog": ["<!-- a -->"], "_epilog": ["<?b c?>"]}
    assert from_json(to_json(document)) == document


def test_values_are_read_again_from_their_texts() -> None:
    document = from_json(
        {"period_of_report": "2022-09-01Z", "aff10b5_one": "yes", "non_derivative_table": [{"kind": "holding"}]}
    )
    assert str(document.period_of_report and document.period_of_report.value) == "2022-09-01"
    assert document.aff10b5_one == Plain(value=None, text="yes")
    assert document.non_derivative_table == NonDerivativeTable(rows=(NonDerivativeHolding(),))


def test_reading_leaves_the_json_as_it_was(shape: Json) -> None:
    before = copy.deepcopy(shape)
    from_json(shape)
    assert shape == before


@pytest.fixture
def shape() -> Json:
    """JSON in which everything stands that can."""
    extra = Extra(attributes=(("a", "1"),), other=(Other(at=0, xml="<b/>"),), order=("remarks", "documentType"))
    inner = Extra(attributes=(("a", "1"),), other=(Other(at=0, xml="<b/>"),))
    cell = Noted(value="x", text="x", footnotes=("F1",), extra=inner)
    return to_json(
        OwnershipDocument(
            document_type="4",
            non_derivative_table=NonDerivativeTable(rows=(NonDerivativeHolding(title=cell, extra=inner),), extra=inner),
            derivative_table=DerivativeTable(),
            footnotes=Footnotes(rows=(Footnote(id="F1", text="t"),)),
            remarks="r",
            extra=extra,
            prolog=("<!-- p -->",),
        )
    )


def refused(value: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        from_json(value)
    assert caught.value.code == "JSON_INVALID"
    assert len(str(caught.value)) <= 300
    assert str(caught.value).isprintable()
    return caught.value


def change(key: str, value: object) -> Callable[[Json], None]:
    """A change of one key, given by its path with dots."""

    def apply(shape: Json) -> None:
        place: Any = shape
        *way, last = [int(part) if part.isdigit() else part for part in key.split("/")]
        for part in way:
            place = place[part]
        place[last] = value

    return apply


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("nonsense", "x", "document"),
        ("issuer", "x", "document.issuer"),
        ("issuer", {"cik": "1"}, "document.issuer"),
        ("issuer", {"issuer_cik": 1}, "document.issuer.issuer_cik"),
        ("issuer", [], "document.issuer"),
        ("document_type", 4, "document.document_type"),
        ("document_type", None, "document.document_type"),
        ("remarks", True, "document.remarks"),
        ("period_of_report", {"value": "2022-09-01"}, "document.period_of_report"),
        ("reporting_owner", {}, "document.reporting_owner"),
        ("reporting_owner", [{}, "x"], "document.reporting_owner[1]"),
        ("non_derivative_table", {}, "document.non_derivative_table"),
        ("non_derivative_table", None, "document.non_derivative_table"),
        ("non_derivative_table/0/kind", "sale", "document.non_derivative_table[0].kind"),
        ("non_derivative_table/0/kind", ["holding"], "document.non_derivative_table[0].kind"),
        ("non_derivative_table/0", {}, "document.non_derivative_table[0].kind"),
        ("non_derivative_table/0/transaction_date", {}, "document.non_derivative_table[0]"),
        ("non_derivative_table/0/security_title", "x", "document.non_derivative_table[0].security_title"),
        ("non_derivative_table/0/security_title/value", 1, "document.non_derivative_table[0].security_title.value"),
        ("non_derivative_table/0/security_title/value", None, "document.non_derivative_table[0].security_title.value"),
        (
            "non_derivative_table/0/security_title/footnotes",
            "F1",
            "document.non_derivative_table[0].security_title.footnotes",
        ),
        (
            "non_derivative_table/0/security_title/footnotes",
            ["F1", 2],
            "document.non_derivative_table[0].security_title.footnotes[1]",
        ),
        ("non_derivative_table/0/security_title/note", "F1", "document.non_derivative_table[0].security_title"),
        ("footnotes/0/text", None, "document.footnotes[0].text"),
        ("footnotes/0/id", 1, "document.footnotes[0].id"),
        ("footnotes/0/more", "x", "document.footnotes[0]"),
        ("footnotes/0", {"id": "F1"}, "document.footnotes[0].text"),
        ("footnotes/0", "x", "document.footnotes[0]"),
        ("_other", {}, "document._other"),
        ("_other/0", "x", "document._other[0]"),
        ("_other/0/at", -1, "document._other[0].at"),
        ("_other/0/at", 10**40, "document._other[0].at"),
        ("_other/0/at", True, "document._other[0].at"),
        ("_other/0/at", 1.0, "document._other[0].at"),
        ("_other/0/at", "1", "document._other[0].at"),
        ("_other/0/xml", None, "document._other[0].xml"),
        ("_other/0/in", "issuer", "document"),
        ("_other/0/in", None, "document._other[0].in"),
        ("_other/0/of", "nonsense", "document._other[0].of"),
        ("_other/0/of", 1, "document._other[0].of"),
        ("_other/0/note", "x", "document._other[0]"),
        ("_attributes", [], "document._attributes"),
        ("_attributes/a", 1, "document._attributes.a"),
        ("_attributes/issuer/@a", "1", "document"),
        ("_order", "remarks", "document._order"),
        ("_order", None, "document._order"),
        ("_order", ["remarks", 1], "document._order[1]"),
        ("_order", ["nonsense"], "document._order"),
        ("_prolog", "<!-- -->", "document._prolog"),
        ("_prolog", [1], "document._prolog[0]"),
        ("_epilog", [None], "document._epilog[0]"),
        ("__proto__", {}, "document"),
    ],
)
def test_json_that_is_not_the_shape_is_refused_with_its_path(shape: Json, key: str, value: object, path: str) -> None:
    if key == "_attributes/issuer/@a":
        shape["_attributes"]["issuer/@a"] = value
    else:
        change(key, value)(shape)
    assert refused(shape).path == path


def test_what_stands_in_a_table_that_is_not_there_is_refused(shape: Json) -> None:
    del shape["non_derivative_table"]
    assert "nonDerivativeTable" in refused(shape).message


@pytest.mark.parametrize("value", [None, "x", 1, 1.5, True, [], [{}], 10**400, float("nan")])
def test_what_is_no_object_is_refused(value: object) -> None:
    assert refused(value).path == "document"


def test_deep_and_long_values_are_refused_without_being_repeated() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for value in (
        deep,
        {"remarks": deep},
        {"issuer": {"issuer_cik": deep}},
        {"x" * 10_000_000: 1},
        {"remarks": 10**5000},
    ):
        assert len(str(refused(value))) <= 300
    assert "\x1b" not in str(refused({"\x1b[31m\u202e": 1}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *("issuer", "issuer_cik", "footnotes", "id", "text", "remarks", "_other", "_order"),
                        *("_attributes", "at", "xml", "non_derivative_table", "kind", "security_title", "value"),
                        *("reporting_owner", "in", "of", "_prolog"),
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_document_or_refused(value: object) -> None:
    try:
        document = from_json(value)
    except SourceError:
        refused(value)
    else:
        assert from_json(to_json(document)) == document
