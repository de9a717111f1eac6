"""Structure of the header, and what holds everywhere: presence, order, types, lengths.

The facts stand in the field table; each rule here names one kind of them. Official text: EDGAR Ownership XML Technical
Specification 5.5 and its schemas.
"""

from __future__ import annotations

from collections.abc import Iterator

from section16.findings import Severity, Source
from section16.rules.citations import specification
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.structure_places import structure


@rule(
    "R-HDR-1",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="An element that the form needs is missing, doubled or out of order.",
    mend="Fill in what is missing, keep one of what is doubled, and put the elements into the official order.",
    cites=specification("ownershipDocument: elements and their order"),
    basis="spec",
)
def elements_stand_once_and_in_order(report: Report) -> Iterator[Place]:
    """Mandatory elements without a rule of their own; elements twice; order, anywhere in the document."""
    yield from structure(report, "R-HDR-1")


@rule(
    "R-HDR-4",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="This form has no such element.",
    mend="Remove the element, or correct its name: names are case-sensitive.",
    cites=specification("ownershipDocument: elements by submission type"),
    basis="spec",
)
def elements_exist_on_the_form(report: Report) -> Iterator[Place]:
    """Unknown elements, elements of other forms, tables, lines or editions, markup inside a text."""
    yield from structure(report, "R-HDR-4")


@rule(
    "R-HDR-5",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="3/A 4/A 5/A",
    says="An amendment has no date of the original report.",
    mend="Write the day on which the original report was filed into dateOfOriginalSubmission.",
    cites=specification("ownershipDocument: dateOfOriginalSubmission"),
    basis="spec",
)
def amendment_names_its_original(report: Report) -> Iterator[Place]:
    """`dateOfOriginalSubmission` on 3/A, 4/A and 5/A."""
    yield from structure(report, "R-HDR-5")


@rule(
    "R-HDR-6",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A date, number, or yes or no is there but empty.",
    mend="Fill it in, or leave the element out; where a footnote may stand alone, leave out value.",
    cites=specification("booleans, dates and decimals are never empty"),
    basis="spec",
)
def dates_numbers_and_yes_no_are_not_empty(report: Report) -> Iterator[Place]:
    """Blank texts of these three kinds, in the header and in the tables."""
    yield from structure(report, "R-HDR-6")


@rule(
    "R-HDR-8",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="The 10b5-1 box is not answered.",
    mend="Write aff10b5One behind the reporting owners: 1 if a transaction was made under such a plan, else 0.",
    cites=specification("ownershipDocument: aff10b5One"),
    basis="spec",
)
def plan_box_is_answered(report: Report) -> Iterator[Place]:
    """`aff10b5One` on Forms 4 and 5, since schema version X0407."""
    yield from structure(report, "R-HDR-8")


@rule(
    "R-HDR-11",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The trading symbol is missing, empty or longer than ten characters.",
    mend="Write the symbol, at most ten characters; NONE if the issuer has none.",
    cites=specification("issuer: issuerTradingSymbol"),
    basis="spec",
)
def issuer_has_a_symbol(report: Report) -> Iterator[Place]:
    """`issuerTradingSymbol`: 1 to 10 characters."""
    yield from structure(report, "R-HDR-11")


@rule(
    "R-HDR-12",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A text is longer than allowed; blanks around it count.",
    mend="Shorten it, and remove blanks before and behind it.",
    cites=specification("maximum lengths"),
    basis="spec",
)
def texts_are_not_too_long(report: Report) -> Iterator[Place]:
    """Characters of every text without a rule of its own."""
    yield from structure(report, "R-HDR-12")


@rule(
    "R-HDR-15",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A number is not one that EDGAR takes: 0 to 999,999,999,999.9999, four digits after the point.",
    mend="Write digits and one period only: no comma, sign, currency mark or exponent.",
    cites=specification("decimal: digits and one period, at most 16 digits, 4 after the point"),
    basis="spec",
)
def numbers_are_within_bounds(report: Report) -> Iterator[Place]:
    """Facets of the schema: what xs:decimal reads, from 0 up, 12 digits before the point and 4 behind."""
    yield from structure(report, "R-HDR-15")


@rule(
    "R-HDR-16",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The document type is none of 3, 3/A, 4, 4/A, 5 and 5/A.",
    mend="Write one of the six, without blanks.",
    cites=specification("ownershipDocument: documentType"),
    basis="spec",
)
def document_is_one_of_six_types(report: Report) -> Iterator[Place]:
    """`documentType` against the six types, each of which has a schema of its own."""
    yield from structure(report, "R-HDR-16")


@rule(
    "R-HDR-17",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The schema version does not have five characters.",
    mend="Leave schemaVersion out: EDGAR inserts it.",
    cites=specification("ownershipDocument: schemaVersion"),
    basis="spec",
)
def schema_version_has_five_characters(report: Report) -> Iterator[Place]:
    """Characters of `schemaVersion`."""
    yield from structure(report, "R-HDR-17")


@rule(
    "R-HDR-18",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A CIK has other characters than digits, or not one to ten of them.",
    mend="Write the digits only; leading zeros may be left out.",
    cites=specification("issuerCik, rptOwnerCik: 1 to 10 digits"),
    basis="spec",
    aliases="DQ-CIK",
)
def ciks_are_digits(report: Report) -> Iterator[Place]:
    """`issuerCik` and every `rptOwnerCik`."""
    yield from structure(report, "R-HDR-18")


@rule(
    "R-HDR-19",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="An attribute or namespace stands where the form has none.",
    mend="Remove it: only footnote and footnoteId have an attribute, id.",
    cites=specification("no namespace; attribute id of footnote and footnoteId"),
    basis="spec",
)
def elements_have_no_attributes_of_their_own(report: Report) -> Iterator[Place]:
    """Attributes and namespaces, declared prefixes and schema locations aside."""
    yield from structure(report, "R-HDR-19")


@rule(
    "R-HDR-20",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="Text stands between elements.",
    mend="Move it into the element it belongs to, or remove it.",
    cites=specification("ownershipDocument: elements and their order"),
    basis="spec",
)
def no_text_stands_between_elements(report: Report) -> Iterator[Place]:
    """Text in elements that hold elements, and anything inside a footnoteId, blanks among it."""
    yield from structure(report, "R-HDR-20")


@rule(
    "R-HDR-21",
    Severity.WARN,
    Source.SCHEMA,
    says="There are blanks around a date.",
    mend="Write the date without blanks: they count towards its length.",
    cites=specification("layout: start tag, value and end tag on one line"),
    basis="seen",
)
def dates_have_no_blanks_around_them(report: Report) -> Iterator[Place]:
    """A readable date with blanks around it; XML Schema folds them, some of its programs refuse them."""
    yield from structure(report, "R-HDR-21")


@rule(
    "R-HDR-22",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A date is not a day of the calendar, or an answer is neither yes nor no.",
    mend="Write dates as YYYY-MM-DD, yes as 1 or true, no as 0 or false.",
    cites=specification("boolean: 1, true, 0, false; date: YYYY-MM-DD"),
    basis="spec",
    aliases="DQ-BOOL",
)
def dates_are_days_and_answers_yes_or_no(report: Report) -> Iterator[Place]:
    """Texts that xs:date and xs:boolean do not read."""
    yield from structure(report, "R-HDR-22")
