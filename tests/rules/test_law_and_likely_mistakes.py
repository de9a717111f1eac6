"""Where the rules of the law and of experience speak, and where they hold their tongue."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

import section16
from section16.findings import Finding, Severity

EXAMPLES = files("section16.rules") / "examples"


def example(rule: str, which: str = "pass", *changes: tuple[str, str]) -> str:
    """An example of a rule with some texts replaced, everywhere they stand."""
    file = next(file for file in (EXAMPLES / rule).iterdir() if file.name.startswith(which))
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def findings(text: str, as_of: date | None = None, as_: str | None = None) -> list[Finding]:
    return section16.check(section16.read(text.encode()), as_of=as_of, as_=as_)


def rules_broken(text: str, as_of: date | None = None, as_: str | None = None) -> list[str]:
    return [finding.rule for finding in findings(text, as_of, as_)]


def message(text: str, rule: str) -> str:
    return next(finding.message for finding in findings(text) if finding.rule == rule)


def traded_on(day: str) -> tuple[str, str]:
    return "2026-04-14", day


# Lateness


def test_a_late_report_says_when_it_was_due_and_how_late_it_is() -> None:
    said = message(example("L-32", "fail"), "L-32")

    due = "The transaction of 2026-04-14 was due on 2026-04-16"
    assert said == f"{due}; the report was signed on 2026-04-20, 2 business days late."


def test_each_day_is_late_once() -> None:
    text = example("L-03", "pass", ("2026-04-15", "2026-04-20"))

    assert rules_broken(text) == ["L-32"]


def test_a_report_to_be_sent_is_judged_by_the_day_of_sending() -> None:
    assert rules_broken(example("L-32"), date(2026, 4, 16), "submission").count("L-32") == 0
    assert rules_broken(example("L-32"), date(2026, 4, 17), "submission").count("L-32") == 1


def test_what_may_wait_for_form_5_is_not_late() -> None:
    late = ("2026-04-15", "2026-05-20")

    assert rules_broken(example("L-80", "pass", late)) == []


def test_a_small_purchase_may_have_been_deferred() -> None:
    change = [(">S<", ">P<"), ("Code><value>D<", "Code><value>A<"), ("2026-04-15", "2026-05-20")]

    assert rules_broken(example("L-32", "pass", *change)) == ["L-32"]
    assert rules_broken(example("L-32", "pass", *change, (">1000<", ">100<"))) == []


def test_a_deemed_date_moves_the_due_day() -> None:
    assert rules_broken(example("L-70")) == []
    assert rules_broken(example("L-70", "fail")) == ["L-70"]


def test_a_year_that_the_footnotes_name_is_meant() -> None:
    text = example("AN-DATE-YEAR", "fail", ("</nonDerivativeTable>", "</nonDerivativeTable>"))
    told = text.replace("    <ownerSignature>", "    <remarks>Late for April 2025.</remarks>\n    <ownerSignature>", 1)

    assert rules_broken(text) == ["AN-DATE-YEAR"]
    assert rules_broken(told) == ["L-32"]


def test_days_outside_the_calendar_are_not_judged() -> None:
    assert "L-32" not in rules_broken(example("L-32", "pass", traded_on("1999-04-14")))
    assert "L-32" not in rules_broken(example("L-32", "pass", ("2026-04-15", "9999-12-31")))


# Codes


@pytest.mark.parametrize(
    ("code", "wrong"), [("P", "D"), ("A", "D"), ("L", "D"), ("S", "A"), ("F", "A"), ("U", "A"), ("D", "A")]
)
def test_a_code_with_a_direction_of_its_own_keeps_it(code: str, wrong: str) -> None:
    text = example("L-10", "pass", ("Code>S<", f"Code>{code}<"), ("Code><value>D<", f"Code><value>{wrong}<"))

    assert "L-10" in rules_broken(text)


@pytest.mark.parametrize("code", ["G", "I", "J", "W", "Z"])
def test_a_code_that_goes_either_way_has_no_wrong_direction(code: str) -> None:
    text = example("L-10", "pass", ("Code>S<", f"Code>{code}<"), ("Code><value>D<", "Code><value>A<"))

    assert "L-10" not in rules_broken(text)


def test_buying_back_a_written_call_disposes_of_nothing_wrong() -> None:
    bought = ("Code>E<", "Code>P<")

    assert "L-10" not in rules_broken(example("L-78", "pass", bought))
    assert "L-10" in rules_broken(example("L-78", "pass", bought, ("Call Option (Obligation to Sell)", "Warrant")))


def test_an_exercise_into_another_unit_moves_within_table_two() -> None:
    line = re.search(r" *<derivativeTransaction>.*?</derivativeTransaction>\n", example("L-77"), re.DOTALL)
    assert line is not None
    deferred = line[0].replace("<value>D</value></transactionAcq", "<value>A</value></transactionAcq")
    text = example("L-77").replace(line[0], line[0] + deferred)

    assert "L-77" not in rules_broken(text)


@pytest.mark.parametrize(("day", "late"), [("2023-02-26", 0), ("2023-02-27", 1)])
def test_gifts_given_went_on_form_5_until_february_2023(day: str, late: int) -> None:
    assert rules_broken(example("L-17", "fail", ("2025-06-03", day))).count("L-17") == late


def test_a_remark_describes_a_code_j() -> None:
    told = ("    <ownerSignature>", "    <remarks>Distributed to the partners.</remarks>\n    <ownerSignature>")

    assert "L-18" not in rules_broken(example("L-18", "fail", told))


# Plans


@pytest.mark.parametrize(
    "told",
    ["on June 3, 2025", "in June 2025", "on 6/3/2025", "on 2025-06-03", "on the 3rd day of June, 2025", "06-03-25"],
)
def test_an_adoption_date_in_any_spelling_will_do(told: str) -> None:
    assert "L-52" not in rules_broken(example("L-52", "pass", ("on December 1, 2025", told)))


def test_a_plan_of_before_february_2023_ticks_no_box() -> None:
    assert "L-87" not in rules_broken(example("L-87", "fail", ("December 1, 2025", "February 26, 2023")))


def test_the_day_a_plan_expires_is_not_the_day_it_was_adopted() -> None:
    text = example("L-88", "fail", ("adopted on December 1, 2026", "that expires on December 1, 2026"))

    assert "L-88" not in rules_broken(text)


def test_a_ten_percent_owner_need_not_wait_90_days() -> None:
    role = "<isOfficer>1</isOfficer>", "<isTenPercentOwner>1</isTenPercentOwner>"

    assert "L-89" in rules_broken(example("L-89", "fail"))
    assert "L-89" not in rules_broken(example("L-89", "fail", role))


# Balances


def tally(*balances: str) -> str:
    """Sales of 1000 and 400 and then 400 each, with these balances."""
    first, second = re.findall(
        r" *<nonDerivativeTransaction>.*?</nonDerivativeTransaction>\n", example("L-01"), re.DOTALL
    )
    lines = [(first if number == 0 else second) for number in range(len(balances))]
    owned = [
        line.replace("<value>5000<" if number == 0 else "<value>4600<", f"<value>{balance}<")
        for number, (line, balance) in enumerate(zip(lines, balances, strict=True))
    ]
    return example("L-01").replace(first + second, "".join(owned))


@pytest.mark.parametrize(
    "balances",
    [
        ("5000", "4600", "4200"),
        ("4200", "5600", "5200"),
        ("5000", "4600.5", "4200"),
        ("0", "0", "0"),
    ],
)
def test_balances_that_add_up_in_some_order_are_fine(balances: tuple[str, ...]) -> None:
    assert "L-01" not in rules_broken(tally(*balances))


def test_a_broken_balance_shows_the_sum() -> None:
    said = message(tally("5000", "4900", "4500"), "L-01")

    assert said == "5000 owned after Table I line 1, less 400, is 4600; the line says 4900."


def test_one_balance_on_every_line_is_said_once() -> None:
    text = tally("4200", "4200", "4200")

    assert rules_broken(text).count("L-01") == 1
    assert message(text, "L-01") == "All 3 lines of this security show 4200 owned, whatever they report."


def test_a_footnote_beside_a_balance_explains_it() -> None:
    noted = tally("5000", "4900").replace("4900</value>", '4900</value><footnoteId id="F1"/>')
    noted = noted.replace(
        "    <ownerSignature>",
        '    <footnotes>\n<footnote id="F1">Includes a split.</footnote></footnotes>\n    <ownerSignature>',
    )

    assert "L-01" not in rules_broken(noted)


def test_swapped_letters_are_told_from_wrong_sums() -> None:
    broken = rules_broken(example("L-03", "fail"))

    assert "L-03" in broken
    assert "L-01" not in broken


# Prices


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("ranging from $66.50 to $67.20", None),
        ("ranging from $66.50 to $67.20, inclusive, not $1.00", None),
        ("between $66.50 and 67.20", None),
        ("from $66.50 per share to $67.50 per share", None),
        ("from $66.50 to $67.51", "L-85"),
        ("ranging from $60.00 to $60.90", "L-07"),
    ],
)
def test_the_range_of_an_average_is_read_from_its_footnote(told: str, rule: str | None) -> None:
    broken = rules_broken(example("L-07", "pass", ("ranging from $66.50 to $67.20", told)))

    assert broken == ([rule] if rule else [])


def test_a_footnote_may_list_each_price_instead_of_a_range() -> None:
    listed = "100 securities at $66.80 and 900 securities at $66.91"

    assert "L-53" not in rules_broken(example("L-53", "pass", ("at prices ranging from $66.50 to $67.20", listed)))


def test_a_price_of_nothing_with_its_footnote_is_explained() -> None:
    noted = example("L-53", "pass", (">66.9<", ">0<"))

    assert "L-22" not in rules_broken(noted)


# Dates


def test_a_line_reported_early_may_come_before_box_3() -> None:
    early = ("2026-04-14</value></transactionDate>", "2026-04-02</value></transactionDate>")
    text = example("L-80", "pass", early)

    assert "L-34" in rules_broken(text)
    both = example("L-03", "pass").replace("2026-04-14</value>", "2026-04-02</value>", 1)
    assert "L-34" in rules_broken(both)
    assert "L-34" not in rules_broken(both.replace("FormType>4<", "FormType>5<", 1).replace("Code>S<", "Code>G<", 1))


def test_an_amendment_may_leave_the_earliest_line_out() -> None:
    amended = ("<periodOfReport>2026-04-14", "<periodOfReport>2026-04-10")

    assert "L-34" not in rules_broken(example("L-56", "pass", amended))


def test_a_deemed_date_comes_at_most_three_business_days_after_the_trade() -> None:
    assert "L-33" not in rules_broken(example("L-33", "pass", ("2026-04-15</value>", "2026-04-17</value>")))
    assert "L-33" in rules_broken(example("L-33", "pass", ("2026-04-15</value>", "2026-04-20</value>")))


# Who and what


@pytest.mark.parametrize(
    ("title", "derivative"),
    [
        ("Stock Option (Right to Buy)", True),
        ("Warrant", True),
        ("Common Stock", False),
        ("Units of one share and one warrant", False),
        ("Common Stock upon exercise of warrants", False),
    ],
)
def test_a_derivative_security_is_known_by_its_title(title: str, *, derivative: bool) -> None:
    text = example("L-20", "fail", ("Stock Option (Right to Buy)", title))

    assert ("L-20" in rules_broken(text)) is derivative


def test_class_b_stock_may_be_a_derivative_security() -> None:
    assert "L-93" not in rules_broken(
        example(
            "L-93",
            "fail",
            (
                "<value>Common Stock</value></securityTitle>\n            <conversion",
                "<value>Class B Common Stock</value></securityTitle>\n            <conversion",
            ),
        )
    )


def test_one_signature_may_stand_for_others() -> None:
    for name in ("/s/ Pat Example, for itself and as manager", "/s/ Pat Example, attorney-in-fact"):
        assert "L-44" not in rules_broken(example("L-44", "fail", ("/s/ Pat Example", name)))


def test_a_report_alone_may_have_its_signatures_in_an_exhibit() -> None:
    text = example("L-44", "fail")
    alone = text[text.index("<?xml") : text.index("</XML>")]

    assert "L-44" in rules_broken(text)
    assert "L-44" not in rules_broken(alone)


@pytest.mark.parametrize(
    ("told", "private"),
    [
        ("217-555-0143", True),
        ("(217) 555-0143", True),
        ("123-45-6789", True),
        ("pat@example.com", True),
        ("file no. 333-251641", False),
        ("$1,234.5678 and 12-31-2025", False),
    ],
)
def test_private_data_is_known_by_its_shape(told: str, *, private: bool) -> None:
    text = example("L-58", "pass", ("the corporate secretary", told))

    assert ("L-58" in rules_broken(text)) is private


def test_two_children_may_hold_alike() -> None:
    indirect = (
        "<value>D</value></directOrIndirectOwnership>",
        "<value>I</value></directOrIndirectOwnership><natureOfOwnership><value>By child</value></natureOfOwnership>",
    )

    assert "L-57" in rules_broken(example("L-57", "fail"))
    assert "L-57" not in rules_broken(example("L-57", "fail", indirect))
    assert "L-99" not in rules_broken(example("L-99", "fail", indirect))


def test_what_rests_on_memory_alone_is_never_called_a_breach() -> None:
    from section16.rules.catalogue import rules  # noqa: PLC0415 - the only test that asks the catalogue

    from_memory = [rule for rule in rules() if rule.basis == "memory"]

    assert from_memory
    assert all(rule.severity.gravity <= Severity.ODD.gravity for rule in from_memory)
