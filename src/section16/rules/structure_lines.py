"""Structure of the lines of Tables I and II, as the field table has it."""

from __future__ import annotations

from collections.abc import Iterator

from section16.findings import Severity, Source
from section16.rules.citations import specification
from section16.rules.edgar_lines import unfit_timeliness
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.structure_places import structure


@rule(
    "R-ROW-1",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A table has more than 30 lines.",
    mend="File further complete reports for the rest, and say in the remarks which part each is.",
    cites=specification("nonDerivativeTable, derivativeTable: at most 30 lines"),
    basis="spec",
)
def tables_have_thirty_lines_at_most(report: Report) -> Iterator[Place]:
    """Lines of each table, transactions and holdings together."""
    yield from structure(report, "R-ROW-1")


@rule(
    "R-ROW-2",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="3 3/A",
    says="Form 3 reports a transaction.",
    mend="Report what is held; transactions go on Form 4 or 5.",
    cites=specification("Form 3: holdings only"),
    basis="spec",
)
def form_3_has_holdings_only(report: Report) -> Iterator[Place]:
    """Lines of both tables on Forms 3 and 3/A."""
    yield from structure(report, "R-ROW-2")


@rule(
    "R-ROW-3",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="The form type of the line is wrong.",
    mend="Write 4 or 5 on a transaction; on a holding of Form 5 write 3 or nothing, and no code.",
    cites=specification("transactionCoding: transactionFormType"),
    basis="spec",
)
def form_type_of_a_line_fits_its_kind(report: Report) -> Iterator[Place]:
    """`transactionFormType`: 4 or 5; on a holding 3 or empty, and nothing else in the coding."""
    yield from structure(report, "R-ROW-3")


@rule(
    "R-ROW-4",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="The transaction code is missing or none of the eighteen.",
    mend="Write one of A C D E F G H I J L M O P S U W X Z; K is said by equitySwapInvolved, V by form type 5.",
    cites=specification("transactionCoding: transactionCode"),
    basis="spec",
    aliases="DQ-CODE-UNKNOWN",
)
def code_is_one_of_eighteen(report: Report) -> Iterator[Place]:
    """`transactionCode` of every coding."""
    yield from structure(report, "R-ROW-4")


@rule(
    "R-ROW-5",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="The line does not say whether an equity swap is involved.",
    mend="Write equitySwapInvolved: 1 if code K applies, else 0.",
    cites=specification("transactionCoding: equitySwapInvolved"),
    basis="spec",
)
def equity_swap_is_answered(report: Report) -> Iterator[Place]:
    """`equitySwapInvolved` of every coding."""
    yield from structure(report, "R-ROW-5")


@rule(
    "R-ROW-6",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="A transaction of Table I has no number of shares.",
    mend="Give transactionShares with a value; a total value or a footnote alone is not enough there.",
    cites=specification("nonDerivativeTransaction: transactionShares"),
    basis="spec",
)
def table_one_gives_a_number_of_shares(report: Report) -> Iterator[Place]:
    """`transactionShares` with a value; no `transactionTotalValue` in Table I."""
    yield from structure(report, "R-ROW-6")


@rule(
    "R-ROW-7",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="A transaction of Table II gives neither shares nor a total value, or both.",
    mend="Give one of transactionShares and transactionTotalValue, with a value.",
    cites=specification("derivativeTransaction: transactionShares or transactionTotalValue"),
    basis="spec",
)
def table_two_gives_shares_or_a_total_value(report: Report) -> Iterator[Place]:
    """Exactly one of the two in Table II."""
    yield from structure(report, "R-ROW-7")


@rule(
    "R-ROW-8",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The amount owned is missing, or given in shares and in dollars.",
    mend="Give one of sharesOwnedFollowingTransaction and valueOwnedFollowingTransaction, with a value.",
    cites=specification("postTransactionAmounts: exactly one of two"),
    basis="spec",
)
def amount_owned_is_shares_or_a_value(report: Report) -> Iterator[Place]:
    """Exactly one of the two, with a value."""
    yield from structure(report, "R-ROW-8")


@rule(
    "R-ROW-10",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A column has neither a value nor a footnote.",
    mend="Give the value, or a footnote that explains why there is none.",
    cites=specification("price, conversion price, exercise and expiration date, underlying amount: value or footnote"),
    basis="spec",
)
def value_or_footnote_is_given(report: Report) -> Iterator[Place]:
    """The six columns in which a footnote may stand in place of the value."""
    yield from structure(report, "R-ROW-10")


@rule(
    "R-ROW-13",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The title of a security is missing, empty or longer than 60 characters.",
    mend="Write a title of 1 to 60 characters; details go into a footnote.",
    cites=specification("securityTitle, underlyingSecurityTitle"),
    basis="spec",
)
def titles_have_1_to_60_characters(report: Report) -> Iterator[Place]:
    """Both kinds of title; a footnote alone is not enough."""
    yield from structure(report, "R-ROW-13")


@rule(
    "R-ROW-15",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The line does not say A or D, or D or I.",
    mend="Write A (acquired) or D (disposed of) beside the amount, and D (direct) or I (indirect) as ownership form.",
    cites=specification("transactionAcquiredDisposedCode, directOrIndirectOwnership"),
    basis="spec",
)
def a_or_d_and_d_or_i_are_given(report: Report) -> Iterator[Place]:
    """The two codes, in capitals, without blanks."""
    yield from structure(report, "R-ROW-15")


@rule(
    "R-ROW-16",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A column has no value where a footnote cannot stand in its place.",
    mend="Give the value; the footnote may stay beside it.",
    cites=specification("elements whose value is mandatory"),
    basis="spec",
)
def value_is_given_where_a_footnote_is_not_enough(report: Report) -> Iterator[Place]:
    """A cell without `value`: transaction date, nature of ownership and others without a rule of their own."""
    yield from structure(report, "R-ROW-16")


@rule(
    "R-ROW-17",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="A part of the line is missing.",
    mend="Fill in the column.",
    cites=specification("lines of Tables I and II: mandatory elements"),
    basis="spec",
)
def line_has_all_its_parts(report: Report) -> Iterator[Place]:
    """Elements and groups of a line without a rule of their own."""
    yield from structure(report, "R-ROW-17")


@rule(
    "R-ROW-18",
    Severity.SUSPEND,
    Source.SCHEMA,
    says="The underlying amount is given in shares and in dollars.",
    mend="Keep one of underlyingSecurityShares and underlyingSecurityValue.",
    cites=specification("underlyingSecurity: one of shares and value"),
    basis="spec",
)
def underlying_amount_is_given_once(report: Report) -> Iterator[Place]:
    """Not both of the two."""
    yield from structure(report, "R-ROW-18")


@rule(
    "R-TIM",
    Severity.SUSPEND,
    Source.SCHEMA,
    on="4 4/A 5 5/A",
    says="The timeliness is neither E, L nor empty.",
    mend="Write E (early, Form 4) or L (late, Form 5), or leave it empty.",
    cites=specification("transactionTimeliness"),
    basis="spec",
)
def timeliness_is_early_late_or_empty(report: Report) -> Iterator[Place]:
    """The choice list (schema), and which of them the form takes (EDGAR)."""
    yield from structure(report, "R-TIM")
    yield from unfit_timeliness(report)
