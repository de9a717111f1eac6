"""Any document, drawn as Markdown and read back, is the same as printed, whatever its words look like."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from section16.form.cells import Noted, Plain
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
from section16.form.edition import Look
from section16.form.rows import (
    DerivativeHolding,
    DerivativeTable,
    DerivativeTransaction,
    NonDerivativeHolding,
    NonDerivativeTable,
    NonDerivativeTransaction,
    OwnershipNature,
    PostTransactionAmounts,
    TransactionAmounts,
    TransactionCoding,
    UnderlyingSecurity,
)
from section16.render.as_printed import as_printed_differences
from section16.render.markdown import markdown
from section16.render.print_form import print_form
from section16.render.read_markdown import looks_like_form_markdown, read_markdown

HOSTILE = (
    *(
        "|",
        "a | b",
        "\\",
        "\\|",
        "a\\",
        "<br>",
        "<script>alert(1)</script>",
        "`",
        "```",
        "**",
        "**bold**",
        "_x_",
        "~~x~~",
    ),
    *("&lt;", "&amp;lt;", "&#124;", "&", "&copy", "<sup>(1)</sup>", "(1)", "[x]", "[ ]", "[a](http://b)", "![a](b)"),
    *(
        "a\nb",
        "\r\n",
        "\t",
        "\u00a0",
        "\u202e",
        "\u2028",
        "\u0085",
        "é",
        "\U0001d49c",
        "$5",
        "\\$5",
        "1. one",
        "1) one",
        "- a",
        "# a",
    ),
    *(
        "Remarks:",
        "**Remarks:**",
        "Explanation of Responses:",
        "** Signature of Reporting Person Date",
        "/s/ A 09/02/2022",
    ),
    *("09/02/2022", "1/2/2022", "(Street)", "(City) (State) (Zip)", "(Last) (First) (Middle)", "(Country)", "<hr/>"),
    *(
        "1. Name and Address of Reporting Person*",
        "Other (specify below)",
        "Director",
        "&ensp;",
        "|--|--|",
        "No securities",
    ),
    *(
        "<u>a</u>",
        "http://www.example.com",
        "www.example.com",
        "X",
        "---",
        "===",
        ":--",
        "> a",
        "+ a",
        "<!-- -->",
        "V",
        "K/4",
    ),
    *(
        "No securities are beneficially owned.",
        "Table I - Non-Derivative",
        "2. Issuer Name and Ticker or Trading Symbol",
    ),
)

letters = st.characters(
    exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if n not in {9, 10, 13}]
)
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(letters.filter(lambda c: c not in "\ufffe\uffff"), max_size=12),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
)
maybe_words = st.none() | words
marks = st.lists(st.integers(1, 99).map(lambda n: f"F{n}"), max_size=3).map(tuple)
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))
amounts = st.decimals(0, 10**9, places=4).map(lambda value: f"{value:f}")


def _noted(values: st.SearchStrategy[Any], text: Any = str) -> st.SearchStrategy[Noted[Any] | None]:
    return st.none() | st.builds(
        lambda value, notes: Noted(value=value, text=None if value is None else text(value), footnotes=notes),
        st.none() | values,
        marks,
    )


def _plain_texts(values: st.SearchStrategy[str]) -> st.SearchStrategy[Noted[str] | None]:
    return _noted(values)


dates = _noted(days, date.isoformat)
numbers = st.none() | st.builds(
    lambda text, notes: Noted(value=Decimal(text), text=text, footnotes=notes), amounts, marks
)
texts = _plain_texts(words)
plain_dates = st.none() | days.map(lambda day: Plain(value=day, text=day.isoformat()))
boxes = st.sampled_from(
    [None, Plain(value=False, text="0"), Plain(value=True, text="1"), Plain(value=True, text="true")]
)


def either(first: str, second: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda name, value: {name: value}, st.sampled_from([first, second]), numbers)


def _either_with_value(record: type, first: str, second: str, **others: st.SearchStrategy[Any]) -> Any:
    """Either of two alternatives; a value in dollars has its number, since a lone footnote mark tells nothing of it."""

    def build(which: dict[str, Any], rest: dict[str, Any]) -> Any:
        return record(**which, **rest)

    return st.builds(build, either(first, second), st.fixed_dictionaries(others))


natures = st.none() | st.builds(OwnershipNature, direct_or_indirect=texts, nature=texts)
owned = st.none() | _either_with_value(PostTransactionAmounts, "shares_owned", "value_owned")
underlyings = st.none() | _either_with_value(UnderlyingSecurity, "shares", "value", title=texts)
codings = st.builds(
    TransactionCoding,
    form_type=st.sampled_from(["4", "5"]),
    code=st.sampled_from("ACDEFGHIJLMOPSUWXZ"),
    equity_swap=boxes,
    footnotes=marks,
)
late_holdings = st.none() | st.builds(TransactionCoding, form_type=st.sampled_from([None, "3"]), footnotes=marks)
timeliness = st.sampled_from([None, Noted(), Noted(value="E", text="E"), Noted(value="L", text="L")])
table_one_rows = st.one_of(
    st.builds(NonDerivativeHolding, title=texts, coding=late_holdings, owned_after=owned, ownership=natures),
    st.builds(
        NonDerivativeTransaction,
        title=texts,
        transaction_date=dates,
        deemed_execution_date=dates,
        coding=codings,
        timeliness=timeliness,
        amounts=st.none()
        | st.builds(TransactionAmounts, shares=numbers, price_per_share=numbers, acquired_disposed=texts),
        owned_after=owned,
        ownership=natures,
    ),
)
directions = st.sampled_from([Noted(value="A", text="A"), Noted(value="D", text="D")])
quantities = st.builds(
    lambda name, text, notes: {name: Noted(value=Decimal(text), text=text, footnotes=notes)},
    st.sampled_from(["shares", "total_value"]),
    amounts,
    marks,
)
table_two_rows = st.one_of(
    st.builds(
        DerivativeHolding,
        title=texts,
        coding=late_holdings,
        conversion_or_exercise_price=numbers,
        exercise_date=dates,
        expiration_date=dates,
        underlying=underlyings,
        owned_after=owned,
        ownership=natures,
    ),
    st.builds(
        DerivativeTransaction,
        title=texts,
        conversion_or_exercise_price=numbers,
        transaction_date=dates,
        deemed_execution_date=dates,
        coding=codings,
        timeliness=timeliness,
        amounts=st.builds(
            lambda quantity, price, direction: TransactionAmounts(
                **quantity, price_per_share=price, acquired_disposed=direction
            ),
            quantities,
            numbers,
            directions,
        ),
        exercise_date=dates,
        expiration_date=dates,
        underlying=underlyings,
        owned_after=owned,
        ownership=natures,
    ),
)
addresses = st.none() | st.one_of(
    st.builds(
        ReportingOwnerAddress,
        street1=maybe_words,
        street2=maybe_words,
        city=maybe_words,
        state=st.sampled_from([None, "CA", "NY", "A6", "K3", "zz", "1"]),
        zip_code=maybe_words | st.sampled_from(["94404", "M5J 2T3", "1012 CA", "CA"]),
    ),
    st.builds(
        ReportingOwnerAddress,
        non_us=st.just(Plain(value=True, text="true")),
        street1=maybe_words,
        city=maybe_words,
        non_us_state=maybe_words,
        country=st.sampled_from(["F5", "A6", "X0", "L3"]),
        zip_code=maybe_words,
    ),
)
relationships = st.builds(
    ReportingOwnerRelationship,
    is_director=boxes,
    is_officer=boxes,
    is_ten_percent_owner=boxes,
    is_other=boxes,
    officer_title=maybe_words,
    other_text=maybe_words,
)
owners = st.builds(
    ReportingOwner,
    id=st.builds(ReportingOwnerId, name=maybe_words),
    address=addresses,
    relationship=st.none() | relationships,
)
footnotes = st.lists(st.tuples(st.integers(1, 99), words), max_size=4).map(
    lambda notes: Footnotes(rows=tuple(Footnote(id=f"F{number}", text=text) for number, text in notes))
)
documents = st.builds(
    OwnershipDocument,
    document_type=st.sampled_from(["4", "5"]),
    period_of_report=plain_dates,
    not_subject_to_section16=boxes,
    issuer=st.builds(
        Issuer,
        name=maybe_words,
        trading_symbol=maybe_words,
        foreign_trading_symbol=maybe_words,
    ),
    reporting_owners=st.lists(owners, min_size=1, max_size=3).map(tuple),
    aff10b5_one=boxes,
    non_derivative_table=st.lists(table_one_rows, max_size=3).map(lambda rows: NonDerivativeTable(rows=tuple(rows))),
    derivative_table=st.lists(table_two_rows, max_size=3).map(lambda rows: DerivativeTable(rows=tuple(rows))),
    footnotes=st.none() | footnotes,
    remarks=maybe_words,
    signatures=st.lists(st.builds(OwnerSignature, name=maybe_words, date=plain_dates), min_size=1, max_size=3).map(
        tuple
    ),
)
form_3_documents = documents.map(
    lambda document: msgspec.structs.replace(
        document,
        document_type="3",
        not_subject_to_section16=None,
        aff10b5_one=None,
        no_securities_owned=document.not_subject_to_section16,
        non_derivative_table=NonDerivativeTable(
            rows=tuple(msgspec.structs.replace(row, coding=None) for row in document.table_one if row.kind == "holding")
        ),
        derivative_table=DerivativeTable(
            rows=tuple(
                msgspec.structs.replace(row, coding=None, owned_after=None)
                for row in document.table_two
                if row.kind == "holding"
            )
        ),
    )
)


def as_before_2026(document: OwnershipDocument, look: Look) -> OwnershipDocument:
    """The document without what its look cannot print."""
    issuer = document.issuer and msgspec.structs.replace(document.issuer, foreign_trading_symbol=None)
    owners_then = tuple(
        msgspec.structs.replace(owner, address=None) if owner.address and owner.address.country else owner
        for owner in document.reporting_owners
    )
    plan = None if look is Look.Y2003 else document.aff10b5_one
    return msgspec.structs.replace(document, issuer=issuer, reporting_owners=owners_then, aff10b5_one=plan)


def check(document: OwnershipDocument, look: Look) -> None:
    drawn = markdown(print_form(document, look))
    assert looks_like_form_markdown(drawn.encode())
    picture = read_markdown(drawn)
    assert as_printed_differences(document, picture.document, ciks=False) == ()
    assert markdown(print_form(picture.document, picture.look)) == drawn


@settings(max_examples=60)
@given(documents)
def test_any_document_reads_back_from_its_markdown(document: OwnershipDocument) -> None:
    check(document, Look.Y2026_03)


@settings(max_examples=30)
@given(form_3_documents)
def test_any_form_3_reads_back_from_its_markdown(document: OwnershipDocument) -> None:
    check(document, Look.Y2026_03)


@settings(max_examples=30)
@given(documents, st.sampled_from([Look.Y2003, Look.Y2023_03, Look.Y2023_07]))
def test_any_document_reads_back_in_the_looks_before_2026(document: OwnershipDocument, look: Look) -> None:
    check(as_before_2026(document, look), look)
