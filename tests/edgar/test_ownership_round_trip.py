"""Any document at all, whatever strings XML can hold: written and read it is the same, through JSON as well."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from section16.edgar.careful_reader import read_careful
from section16.edgar.compiled_reader import Unusual, read_usual
from section16.edgar.ownership_xml import read_ownership_xml, write_ownership_xml
from section16.edgar.safe_xml import parse
from section16.errors import SourceError
from section16.form.cells import Extra, Noted, Other, Plain
from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan
from section16.form.json_shape import from_json, to_json

CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\ufffe\uffff",
    include_characters="\t\n\r\x7f\x85",
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "0", "0.00", "13334.00", "1", "true", "2024-05-13", "2024-05-13-05:00", "]]>", "&amp;", "<a>"]
    ),
    st.text(CHARACTERS, max_size=12),
)
NAMES = st.sampled_from(["a", "nil", "xml:lang", "data-x", "\xe9", "A.b_c"])
ATTRIBUTES = st.lists(st.tuples(NAMES, TEXTS), max_size=2, unique_by=lambda pair: pair[0]).map(tuple)
PIECES = st.sampled_from(
    [
        *("<new/>", '<new a="1"><b>x</b> </new>', "<!-- c -->", "<!-- \xe9 -->", "<?p q?>", "<new>\xe9&lt;</new>"),
        *('<p:new xmlns:p="urn:x" p:a="1"/>', '<new xmlns="urn:x"/>', '<footnoteId a="1"/>', "<securityTitles/>"),
    ]
)
STRAYS = st.sampled_from(["stray", "a &amp; b", "\xe9", "x&#13;y"])


@st.composite
def beyond(draw: st.DrawFn, children: int, *, order: tuple[str, ...] | None = None) -> Extra | None:
    """What a record of so many known children holds beyond the official form, as a reader would hold it."""
    others: list[Other] = []
    for at in range(children + 3):
        if not draw(st.booleans()) or at > children + len(others):
            continue
        beside_text = bool(others) and others[-1].at == at - 1 and not others[-1].xml.startswith("<")
        others.append(Other(at=at, xml=draw(PIECES if beside_text else st.one_of(PIECES, STRAYS))))
    extra = Extra(attributes=draw(ATTRIBUTES), other=tuple(others), order=order)
    return extra if extra != Extra() else None


@st.composite
def cells(draw: st.DrawFn, field: Field) -> Noted[Any]:
    text = draw(st.none() | TEXTS)
    notes = draw(st.lists(st.sampled_from(["F1", "F2", "", '\xe9 &<"']), max_size=2).map(tuple))
    order = None
    if text is not None and notes and draw(st.booleans()):
        order = ("footnoteId", "value", *["footnoteId"] * (len(notes) - 1))
    extra = (
        draw(st.none() | beyond((text is not None) + len(notes), order=order)) if order is None else Extra(order=order)
    )
    value = None if text is None else field.read(text)
    return Noted(value=value, text=text, footnotes=notes, extra=extra)


@st.composite
def tables(draw: st.DrawFn, field: Field) -> Any:
    assert field.table is not None
    lines = st.builds(Footnote, id=st.none() | TEXTS, text=TEXTS)
    if field.records != (Footnote,):
        lines = st.one_of([records(record) for record in field.records])
    rows = draw(st.lists(lines, max_size=2).map(tuple))
    return field.table(rows=rows, extra=draw(st.none() | beyond(len(rows))))


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Values of a field that is there."""
    if field.kind is Kind.TEXT:
        return TEXTS
    if field.kind is Kind.PLAIN:
        return TEXTS.map(lambda text: Plain(value=field.read(text), text=text))
    if field.kind is Kind.CELL:
        return cells(field)
    if field.kind is Kind.NOTES:
        return st.lists(st.sampled_from(["F1", "F2"]), max_size=2).map(tuple)
    if field.kind is Kind.GROUP:
        return records(field.records[0])
    if field.kind is Kind.GROUPS:
        return st.lists(records(field.records[0]), max_size=2).map(tuple)
    return tables(field)


@st.composite
def records(draw: st.DrawFn, record: type) -> Any:
    """A record with some of its fields, and now and then things in it that no form has."""
    fields = plan(record).fields
    chosen = draw(st.sets(st.integers(0, len(fields) - 1), max_size=4))
    values = {fields[number].attribute: draw(value_of(fields[number])) for number in sorted(chosen)}
    children = sum(len(value) if isinstance(value, tuple) else value is not None for value in values.values())
    return record(**values, extra=draw(st.none() | beyond(children)))


@st.composite
def documents(draw: st.DrawFn) -> OwnershipDocument:
    document = draw(records(OwnershipDocument))
    outside = st.lists(st.sampled_from(["<!-- c -->", "<?p q?>", "<!-- \xe9 -->"]), max_size=2).map(tuple)
    values = {name: getattr(document, name) for name in document.__struct_fields__}
    return OwnershipDocument(**values | {"prolog": draw(outside), "epilog": draw(outside)})


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_document_written_and_read_is_the_same(document: OwnershipDocument) -> None:
    written = write_ownership_xml(document)
    assert read_ownership_xml(written) == document
    assert read_careful(parse(written)) == document
    assert write_ownership_xml(read_ownership_xml(written)) == written


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_document_comes_back_from_json(document: OwnershipDocument) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(records(OwnershipDocument))
def test_written_documents_are_read_alike_by_both_readers(document: OwnershipDocument) -> None:
    written = write_ownership_xml(document)
    try:
        quick = read_usual(written)
    except Unusual:
        return
    assert quick == document


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_written_or_refused(text: str, other: str) -> None:
    document = OwnershipDocument(
        remarks=text, prolog=(), extra=Extra(attributes=((other, text),), other=(Other(at=0, xml=other),))
    )
    try:
        written = write_ownership_xml(document)
    except SourceError:
        return
    assert read_ownership_xml(written).remarks == text
