"""Transaction codes against direction, table, form and the footnote they need.

Official texts: Form 4, General Instruction 8 (codes) and 4(a); Rule 16a-3(f) and (g); Release 33-11138 (gifts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from section16 import law
from section16.codes import transaction_code
from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.transactions import SMALL_ACQUISITION, Transaction

_DIRECTION: Final = {"P": "A", "A": "A", "L": "A", "S": "D", "F": "D", "U": "D", "D": "D"}
_VERB: Final = {"A": "acquires", "D": "disposes of"}
_OPTIONS: Final = ("call", "put", "obligation", "contract", "forward", "swap", "short")
"""Words of a title of Table II by which buying may close, and selling open, a position."""
_EXERCISES: Final = frozenset({"M", "C", "X", "O"})
_NEVER_EARLY: Final = frozenset({"P", "S", "F", "M", "C", "X", "O", "U"})
_FROM_THE_ISSUER: Final = frozenset({"A", "D", "F", "I", "M"})
_EXPLAINED: Final = frozenset({"I", "K", "H", "E", "Z"})
_EXEMPT: Final = re.compile(
    r"reinvest|dividend|401\(k\)|(?:savings|thrift|retirement|purchase) plan|exempt|16a-11|16b-3\(c\)"
)
"""Words of footnotes on lines that no Form 4 was due for."""
_NEVER_ZERO: Final = frozenset({"P", "S", "F", "M"})
_MAY_BE_ZERO: Final = frozenset({"J", "K", "E", "H"})
_CODES: Final = "Form 4, General Instruction 8"


def _code(report: Report, line: Transaction, message: str) -> Place:
    return report.column(line.part, "transactionCoding", "transactionCode", message=message)


@rule(
    "L-10",
    Severity.LAW,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The code and the A/D column contradict each other.",
    mend="Correct the code in column 3 (Table II: 4), or A or D in column 4 (Table II: 5).",
    cites=_CODES,
    basis="guide",
    aliases="DQ-CODE-AD",
)
def the_code_agrees_with_acquired_or_disposed(report: Report) -> Iterator[Place]:
    """P, A and L acquire; S, F, U and D dispose of. The other codes go either way."""
    for line in report.transactions:
        expected = _DIRECTION.get(line.code)
        if expected and line.direction and line.direction != expected and not _written_option(line):
            said = f"Code {line.code} {_VERB[expected]} securities, but the line says {line.direction}."
            yield report.column(line.part, "transactionAmounts", "transactionAcquiredDisposedCode", message=said)


def _written_option(line: Transaction) -> bool:
    return line.table == "II" and any(word in line.security.title for word in _OPTIONS)


@rule(
    "L-77",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="An exercise or conversion has the direction of the other table.",
    mend="Table I says A (the stock comes in), Table II D (the derivative security goes); correct the A/D column.",
    cites=_CODES,
    basis="guide",
)
def an_exercise_acquires_in_table_one_and_disposes_in_table_two(report: Report) -> Iterator[Place]:
    """Codes M, C, X and O where no line of the table has the other side: units may be converted within a table.

    In Table I only into another class: a line of the same title is shares withheld, which is code F.
    """
    exercises = [line for line in report.transactions if line.code in _EXERCISES]
    for line in exercises:
        expected = "A" if line.table == "I" else "D"
        if line.direction and line.direction != expected and not _other_side(line, exercises):
            said = f"Code {line.code} in Table {line.table} mostly says {expected}; the line says {line.direction}."
            yield report.column(line.part, "transactionAmounts", "transactionAcquiredDisposedCode", message=said)


def _other_side(line: Transaction, exercises: list[Transaction]) -> bool:
    """Whether a line of the table has the other letter, or Table I doesn't move at all, or a put is exercised."""
    opposite = {other.table for other in exercises if other.direction != line.direction}
    if line.table == "I":
        title = line.security.title
        others = [other for other in exercises if other.table == "I" and other.direction != line.direction]
        return any(other.security.title != title for other in others) or any(
            "put" in other.security.title for other in exercises
        )
    same = {other.table for other in exercises if other.direction == line.direction}
    return "II" in opposite or "I" not in same


@rule(
    "L-78",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The code speaks of derivative securities, but the line stands in Table I.",
    mend="Report the line in Table II, or correct the code.",
    cites=_CODES,
    basis="guide",
)
def the_code_belongs_to_the_table(report: Report) -> Iterator[Place]:
    """E and H: expiration of derivative positions."""
    for line in report.transactions:
        code = transaction_code(line.code)
        if code is not None and line.table not in code.tables:
            yield _code(report, line, f"Code {line.code} is for Table II: {code.meaning[0].lower()}{code.meaning[1:]}.")


@rule(
    "L-79",
    Severity.ODD,
    Source.LAW,
    on="4 4/A",
    says="The line is marked as reported early (V), but its code is due on Form 4.",
    mend="Set the form type of the line to 4, which takes the V away.",
    cites=("Rule 16a-3(g)(1)", _CODES),
    basis="guide",
)
def only_what_is_due_on_form_5_is_marked_early(report: Report) -> Iterator[Place]:
    """Codes whose lines are always due on Form 4, with form type 5; awards of some plans may indeed be early."""
    for line in report.transactions:
        if line.form_type == "5" and line.code in _NEVER_EARLY and not _small(line):
            said = f"Code {line.code} is due on Form 4 within two business days; a V (form type 5) isn't for it."
            yield report.column(line.part, "transactionCoding", "transactionFormType", message=said)


def _small(line: Transaction) -> bool:
    """Whether it may be a small acquisition (Rule 16a-6), which needn't come on Form 4, under a wrong code."""
    return line.code == "P" and line.worth is not None and line.worth <= SMALL_ACQUISITION


def _due(line: Transaction) -> str:
    code = transaction_code(line.code)
    return code.due_on(line.day) if code is not None and line.day is not None else ""


@rule(
    "L-80",
    Severity.NOTE,
    Source.LAW,
    on="4 4/A",
    says="A transaction that may wait for Form 5 isn't marked as reported early.",
    mend="Set the form type of the line to 5, which prints V in column 3 (Table II: 4).",
    cites=("Rule 16a-3(f)(1)", _CODES),
    basis="guide",
)
def what_may_wait_for_form_5_is_marked_early(report: Report) -> Iterator[Place]:
    """Codes due on Form 5, with form type 4 on a Form 4."""
    for line in report.transactions:
        if line.form_type == "4" and line.code in {"G", "W", "Z"} and _due_on_form_5(line):
            said = f"Code {line.code} ({'acquired' if line.direction == 'A' else 'disposed of'}) is due on Form 5."
            yield report.column(line.part, "transactionCoding", "transactionFormType", message=said)


def _due_on_form_5(line: Transaction) -> bool:
    if line.code == "G" and line.day is not None and line.day >= law.effective("gift_dispositions_on_form_4").since:
        return line.direction == "A"
    return _due(line)[:1] == "5"


@rule(
    "L-81",
    Severity.ODD,
    Source.LAW,
    on="5 5/A",
    says="The transaction was due on a Form 4, but the line calls it one of Form 5.",
    mend="Set the form type of the line to 4: it is then shown as a late Form 4 transaction.",
    cites=("Rule 16a-3(f)(1)", "Rule 16a-3(g)(1)"),
    basis="guide",
)
def a_form_5_calls_late_form_4_transactions_so(report: Report) -> Iterator[Place]:
    """Form type 5 with a code that is due on Form 4; gifts are L-17's, and plans have exemptions of their own."""
    for line in report.transactions:
        if line.form_type != "5" or line.code == "G" or _small(line) or _EXEMPT.search(report.explains(line.part)):
            continue
        if _due(line)[:1] == "4":
            said = f"Code {line.code} of {line.day} was due on a Form 4; form type 5 says it was due on Form 5."
            yield report.column(line.part, "transactionCoding", "transactionFormType", message=said)


@rule(
    "L-17",
    Severity.LAW,
    Source.LAW,
    on="5 5/A",
    says="A gift given on or after 27 February 2023 is due on Form 4.",
    mend="Report it on a Form 4 within two business days; if that is past, set the form type of the line to 4.",
    cites=("Rule 16a-3(g)(1)", "Release 33-11138"),
    basis="rule",
)
def a_gift_given_is_reported_on_form_4(report: Report) -> Iterator[Place]:
    """Dispositions by gift on Form 5, called due there."""
    since = law.effective("gift_dispositions_on_form_4").since
    for line in report.transactions:
        if line.code == "G" and line.direction == "D" and line.form_type == "5" and line.day and line.day >= since:
            yield _code(report, line, f"The gift of {line.day} was due on Form 4 within two business days.")


@rule(
    "L-82",
    Severity.ODD,
    Source.LAW,
    on="4 4/A",
    says="A gift given on or after 27 February 2023 isn't reported early: it is due on Form 4.",
    mend="Set the form type of the line to 4, which takes the V away.",
    cites=("Rule 16a-3(g)(1)", "Release 33-11138"),
    basis="rule",
)
def a_gift_given_is_not_marked_early(report: Report) -> Iterator[Place]:
    """Dispositions by gift on Form 4 with form type 5, once everyone agrees on the date the rule began."""
    since = law.effective("plan_box").since
    for line in report.transactions:
        if line.code == "G" and line.direction == "D" and line.form_type == "5" and line.day and line.day >= since:
            said = f"The gift of {line.day} was due on Form 4; the line is marked as reported early (V)."
            yield report.column(line.part, "transactionCoding", "transactionFormType", message=said)


@rule(
    "L-18",
    Severity.LAW,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="Code J needs a footnote that says what happened.",
    mend="Describe the transaction in a footnote and refer to it from the code.",
    cites=_CODES,
    basis="guide",
    aliases="DQ-J-NO-FOOTNOTE",
)
def another_kind_of_transaction_is_described(report: Report) -> Iterator[Place]:
    """J lines that refer to no footnote, where no other J line does and the remarks say nothing either."""
    others = [line for line in report.transactions if line.code == "J"]
    if report.remarks or any(report.explains(line.part).strip() for line in others):
        return
    for line in others:
        yield _code(report, line, "Code J says only 'other': no footnote of the line says what happened.")


@rule(
    "L-83",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The code is rare and usually explained in a footnote.",
    mend="Say in a footnote of the line what happened.",
    cites=_CODES,
    basis="guide",
)
def a_rare_code_is_explained(report: Report) -> Iterator[Place]:
    """I, H, E and Z, and equity swaps, with no footnote at all."""
    if report.remarks:
        return
    for line in report.transactions:
        swap = line.part.record.coding.equity_swap if line.part.record.coding else None
        if (line.code in _EXPLAINED or swap) and not report.explains(line.part).strip():
            yield _code(report, line, f"Code {line.code}{'/K' if swap else ''} stands without a footnote.")


@rule(
    "L-14",
    Severity.NOTE,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The code is for officers and directors, but the person is only a ten-percent owner.",
    mend="Use P, S, C, X or J for what a mere ten-percent owner does, or say in a footnote why Rule 16b-3 applies.",
    cites=("Rule 16b-3(a)", "Huppe v. WPCS, 670 F.3d 214 (2d Cir. 2012)"),
    basis="rule",
)
def a_mere_ten_percent_owner_has_no_dealings_under_rule_16b_3(report: Report) -> Iterator[Place]:
    """A, D, F, I and M where no owner is director, officer or other."""
    ties = [owner.record.relationship for owner in report.owners]
    if not ties or not all(tie and tie.is_ten_percent_owner for tie in ties):
        return
    if any(tie.is_director or tie.is_officer or tie.is_other for tie in ties):
        return
    for line in report.transactions:
        if line.code in _FROM_THE_ISSUER:
            yield _code(
                report, line, f"Code {line.code} rests on Rule 16b-3, which a mere ten-percent owner can't use."
            )


@rule(
    "L-16",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="A small acquisition is worth more than $10,000.",
    mend="Check amount and price; over $10,000 in six months it is no small acquisition: use P.",
    cites="Rule 16a-6",
    basis="rule",
)
def a_small_acquisition_is_small(report: Report) -> Iterator[Place]:
    """Each L line by itself; what came before is unknown."""
    for line in report.transactions:
        if line.code == "L" and line.worth is not None and line.worth > SMALL_ACQUISITION:
            yield _code(report, line, f"{line.shares} at {line.price} are {line.worth:,.2f} dollars.")


@rule(
    "L-04",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The amount is zero.",
    mend="Enter the number of securities in column 4 (Table II: 5), or take the line out.",
    cites="Experience: a transaction moves something",
    basis="derived",
)
def a_transaction_moves_something(report: Report) -> Iterator[Place]:
    """P, S, F and M lines of nothing; those of most other codes, where no footnote says why."""
    for line in report.transactions:
        if line.shares is None or line.shares or line.code in _MAY_BE_ZERO:
            continue
        amounts = line.part.record.amounts
        if line.code in _NEVER_ZERO or not (amounts and amounts.shares and amounts.shares.footnotes):
            yield report.column(line.part, "transactionAmounts", "transactionShares")
