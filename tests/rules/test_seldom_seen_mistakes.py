"""Mistakes that the filings at hand don't hold: written out by hand, each beside what looks like it and is sound."""

from __future__ import annotations

from importlib.resources import files

import pytest

import section16

EXAMPLES = files("section16.rules") / "examples"
FOOTNOTE = '<footnoteId id="F1"/>'
PLAN = "Sold under a Rule 10b5-1 trading plan adopted on {day}."


def cell(name: str, value: str, *, noted: bool = False) -> str:
    return f"<{name}><value>{value}</value>{FOOTNOTE if noted else ''}</{name}>"


def coding(code: str, kind: str) -> str:
    inside = f"<transactionFormType>{kind}</transactionFormType><transactionCode>{code}</transactionCode>"
    return f"<transactionCoding>{inside}<equitySwapInvolved>0</equitySwapInvolved></transactionCoding>"


def ownership(nature: str) -> str:
    held = cell("directOrIndirectOwnership", "I" if nature else "D")
    return f"<ownershipNature>{held}{cell('natureOfOwnership', nature) if nature else ''}</ownershipNature>"


def trade(  # noqa: PLR0913 - the columns of the form
    code: str,
    letter: str,
    *,
    amount: str = "1200",
    price: str = "41.25",
    owned: str = "8800",
    day: str = "2026-05-12",
    kind: str = "4",
    title: str = "Class A Common Stock",
    nature: str = "",
    noted: bool = False,
) -> str:
    """A transaction line of Table I; `noted` puts a reference to F1 beside the price."""
    amounts = cell("transactionShares", amount) + cell("transactionPricePerShare", price, noted=noted)
    amounts += cell("transactionAcquiredDisposedCode", letter)
    after = f"<postTransactionAmounts>{cell('sharesOwnedFollowingTransaction', owned)}</postTransactionAmounts>"
    return (
        f"<nonDerivativeTransaction>{cell('securityTitle', title)}{cell('transactionDate', day)}{coding(code, kind)}"
        f"<transactionAmounts>{amounts}</transactionAmounts>{after}{ownership(nature)}</nonDerivativeTransaction>"
    )


def option(  # noqa: PLR0913 - the columns of the form
    code: str,
    letter: str,
    *,
    amount: str = "1200",
    strike: str = "20",
    price: str = "0",
    day: str = "2026-05-12",
    first: str = "2025-01-02",
    last: str = "2032-01-02",
    title: str = "Employee Stock Option (right to buy)",
) -> str:
    """A transaction line of Table II."""
    amounts = cell("transactionShares", amount) + cell("transactionPricePerShare", price)
    amounts += cell("transactionAcquiredDisposedCode", letter)
    under = cell("underlyingSecurityTitle", "Class A Common Stock") + cell("underlyingSecurityShares", amount)
    after = f"<postTransactionAmounts>{cell('sharesOwnedFollowingTransaction', '3000')}</postTransactionAmounts>"
    return (
        f"<derivativeTransaction>{cell('securityTitle', title)}{cell('conversionOrExercisePrice', strike)}"
        f"{cell('transactionDate', day)}{coding(code, '4')}<transactionAmounts>{amounts}</transactionAmounts>"
        f"{cell('exerciseDate', first)}{cell('expirationDate', last)}<underlyingSecurity>{under}</underlyingSecurity>"
        f"{after}{ownership('')}</derivativeTransaction>"
    )


def report(  # noqa: PLR0913 - the boxes of the form
    one: str = "",
    two: str = "",
    *,
    form: str = "4",
    period: str = "2026-05-12",
    signed: str = "2026-05-13",
    original: str = "",
    box: str = "0",
    tie: str = "<isDirector>1</isDirector>",
    footnote: str = "",
    remarks: str = "",
) -> str:
    """A published report of a fictional director, in the edition of 2026."""
    original = f"<dateOfOriginalSubmission>{original}</dateOfOriginalSubmission>" if original else ""
    tables = f"<nonDerivativeTable>{one}</nonDerivativeTable>" if one else ""
    tables += f"<derivativeTable>{two}</derivativeTable>" if two else ""
    tables += f'<footnotes><footnote id="F1">{footnote}</footnote></footnotes>' if footnote else ""
    plan_box = f"<aff10b5One>{box}</aff10b5One>" if not form.startswith("3") else ""
    return (
        f"<ownershipDocument><schemaVersion>X0609</schemaVersion><documentType>{form}</documentType>"
        f"<periodOfReport>{period}</periodOfReport>{original}<issuer><issuerCik>0009990077</issuerCik>"
        "<issuerName>HARBOR LAMP CO</issuerName><issuerTradingSymbol>HRBL</issuerTradingSymbol></issuer>"
        "<reportingOwner><reportingOwnerId><rptOwnerCik>0009990088</rptOwnerCik><rptOwnerName>QUILL R</rptOwnerName>"
        f"</reportingOwnerId><reportingOwnerRelationship>{tie}</reportingOwnerRelationship></reportingOwner>{plan_box}"
        f"{tables}{f'<remarks>{remarks}</remarks>' if remarks else ''}<ownerSignature>"
        f"<signatureName>/s/ Rowan Quill</signatureName><signatureDate>{signed}</signatureDate></ownerSignature>"
        "</ownershipDocument>"
    )


def broken(text: str) -> set[str]:
    return {one.rule for one in section16.check(section16.read(text.encode()))}


SOUND = {
    "a sale": report(trade("S", "D")),
    "a gift received, of nothing paid": report(trade("G", "A", price="0", kind="5")),
    "an exercise at its price": report(trade("M", "A", price="20", owned="10000"), option("M", "D")),
    "a grant of options": report(two=option("A", "A", first="2027-05-12")),
    "a small acquisition": report(trade("L", "A", amount="200", price="49.99", kind="5")),
    "a distribution with its footnote": report(trade("J", "D", noted=True), footnote="Distribution to partners."),
    "two sales of one day, each with its balance": report(trade("S", "D", owned="10000") + trade("S", "D")),
    "an amendment on the day of the original": report(
        trade("S", "D"), form="4/A", original="2026-05-13", remarks="Corrects the price."
    ),
    "a Form 3 on the tenth day": report(form="3", period="2026-05-01", signed="2026-05-11"),
    "a Form 5 in time": report(
        trade("W", "A", price="0", day="2025-06-03", kind="5"), form="5", period="2025-12-31", signed="2026-02-13"
    ),
    "a late gift on a Form 5": report(
        trade("G", "D", price="0", day="2025-06-03"), form="5", period="2025-12-31", signed="2026-02-13"
    ),
    "a plan that waited": report(trade("S", "D", noted=True), box="1", footnote=PLAN.format(day="January 5, 2026")),
    "a plan's dates in another order": report(
        trade("S", "D", noted=True), box="1", footnote=PLAN.format(day="5 January 2026")
    ),
    "held by a direct subsidiary": report(trade("S", "D", nature="By direct subsidiary")),
    "a title of one who was an officer": report(
        trade("S", "D"),
        tie="<isOther>1</isOther><officerTitle>CFO</officerTitle><otherText>Adviser to the issuer</otherText>",
        remarks="Left the board on 1 May 2026.",
    ),
    "units whose title speaks of options": report(
        trade("A", "A", price="0", title="Common Stock issued upon exercise of stock options")
    ),
    "a call closed": report(two=option("P", "A", price="1.1", title="Call option (obligation to sell)")),
    "a placeholder where no date applies": report(
        trade("M", "A", price="20", owned="10000"), option("M", "D", first="1988-08-08", last="1988-08-08")
    ),
    "sold under a plan on a day that is not its own": report(
        trade("S", "D", noted=True),
        box="1",
        footnote="Plan dated in January. The sale was made pursuant to a Rule 10b5-1 trading plan on May 12, 2026.",
    ),
    "the second of two reports": report(trade("S", "D"), period="2026-05-11", remarks="Form 2 of 2."),
    "one J line described, one like it beside": report(
        trade("J", "D", owned="10000", noted=True) + trade("J", "D"), footnote="Distribution to partners."
    ),
    "the dearest stock there is": report(trade("S", "D", price="741000", amount="120")).replace("HRBL", "BRK.A"),
    "a forward sold": report(two=option("S", "A", price="1.1", title="Prepaid variable forward contract")),
    "a bought swap that closes one": report(two=option("P", "A", price="1.1", title="Total return swap")),
    "dividends reinvested, on Form 5": report(
        trade("A", "A", day="2025-06-03", kind="5", noted=True),
        form="5",
        period="2025-12-31",
        signed="2026-02-13",
        footnote="Shares acquired through dividend reinvestment.",
    ),
}
MISTAKEN = {
    "L-04": report(trade("S", "D", amount="0", owned="10000")),
    "L-06": report(trade("P", "A", owned="120")),
    "L-12": report(trade("M", "A", price="22", owned="10000"), option("M", "D")),
    "L-16": report(trade("L", "A", amount="300", price="49.99", kind="5")),
    "L-17": report(
        trade("G", "D", price="0", day="2025-06-03", kind="5"), form="5", period="2025-12-31", signed="2026-02-13"
    ),
    "L-123": report(
        trade("M", "A", price="20", owned="10000") + trade("F", "D", amount="1700", owned="8300"), option("M", "D")
    ),
    "L-18": report(trade("J", "D")),
    "L-20": report(trade("A", "A", price="0", title="Employee Stock Options (right to buy)")),
    "L-21": report(two=option("A", "A", strike="1", title="Restricted Stock Units")),
    "L-31": report(trade("S", "D", owned="10000") + trade("S", "D", day="2025-05-12", kind="5")),
    "L-56": report(trade("S", "D"), form="4/A", original="2026-06-13", remarks="Corrects the price."),
    "L-57": report(trade("S", "D") + trade("S", "D")),
    "L-71": report(form="3", period="2026-05-01", signed="2026-05-12"),
    "L-72": report(
        trade("W", "A", price="0", day="2025-06-03", kind="5"), form="5", period="2025-12-31", signed="2026-02-18"
    ),
    "L-75": report(two=option("A", "A", first="2033-01-02")),
    "L-79": report(trade("S", "D", kind="5")),
    "L-81": report(trade("S", "D", day="2025-06-03", kind="5"), form="5", period="2025-12-31", signed="2026-02-13"),
    "L-88": report(trade("S", "D", noted=True), box="1", footnote=PLAN.format(day="June 5, 2026")),
    "L-89": report(trade("S", "D", noted=True), box="1", footnote=PLAN.format(day="March 5, 2026")),
    "L-94": report(trade("S", "D", nature="Direct")),
    "L-95": report(
        trade("S", "D"), tie="<isDirector>1</isDirector><officerTitle>Chief Financial Officer</officerTitle>"
    ),
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_is_sound_has_no_finding(text: str) -> None:
    assert broken(text) <= {"L-80"}


@pytest.mark.parametrize(("rule", "text"), MISTAKEN.items(), ids=MISTAKEN)
def test_the_mistake_is_found_and_nothing_else(rule: str, text: str) -> None:
    beside = {"L-31": {"L-79"}, "L-57": {"L-01"}}.get(rule, set())
    assert rule in broken(text)
    assert broken(text) <= {rule} | beside


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("2025-12-31", set[str]()),
        ("2025-12-27", set[str]()),  # a year of 52 weeks
        ("2026-01-03", set[str]()),
        ("2025-09-30", {"L-37"}),
        ("2025-06-03", {"L-37"}),
    ],
)
def test_the_header_knows_the_fiscal_year(said: str, rules: set[str]) -> None:
    text = (EXAMPLES / "L-37" / "pass.txt").read_text(encoding="utf-8")
    found = broken(text.replace(">2025-12-31<", f">{said}<"))
    assert found & {"L-37"} == rules


def test_a_form_5_with_the_day_of_a_transaction_is_not_called_late() -> None:
    day = report(trade("W", "A", price="0", day="2025-06-12", kind="5"), form="5", period="2025-06-12")
    month_end = report(trade("W", "A", price="0", day="2025-06-12", kind="5"), form="5", period="2025-06-30")
    assert "L-72" not in broken(day)
    assert "L-72" in broken(month_end)


def test_units_at_nothing_are_let_be() -> None:
    assert broken(report(two=option("A", "A", strike="0", title="Restricted Stock Units"))) == set()


@pytest.mark.parametrize("code", ["M", "C", "X"])
def test_what_an_exercise_brings_may_be_gone_at_once(code: str) -> None:
    assert "L-06" not in broken(report(trade(code, "A", owned="0")))


EXERCISE = trade("M", "A", price="20", owned="10000")
WITHHELD = trade("F", "D", amount="1700", owned="8300")


@pytest.mark.parametrize(
    "text",
    [
        report(WITHHELD),
        report(EXERCISE + trade("F", "D", owned="8800"), option("M", "D")),
        report(trade("A", "A", price="0", owned="10000") + WITHHELD),
        report(EXERCISE + trade("A", "A", amount="600", price="0", owned="10600") + WITHHELD, option("M", "D")),
        report(EXERCISE + trade("F", "D", amount="1700", day="2026-05-13"), option("M", "D")),
        report(EXERCISE + trade("F", "D", amount="1700", title="Class B Common Stock"), option("M", "D")),
        report(EXERCISE + trade("F", "D", amount="1700", noted=True), option("M", "D"), footnote="Two awards vested."),
        report(EXERCISE + WITHHELD, option("M", "D"), remarks="Shares of restricted stock vested, too."),
        report(EXERCISE + trade("F", "A", amount="1700"), option("M", "D")),
    ],
    ids=[
        "restricted stock vests without a line",
        "all of it",
        "beside a grant only",
        "of a grant, too",
        "of another day",
        "of another class",
        "explained",
        "restricted stock in the remarks",
        "a letter that is wrong already",
    ],
)
def test_what_may_be_withheld_of_something_else_is_let_be(text: str) -> None:
    assert "L-123" not in broken(text)


@pytest.mark.parametrize("code", ["M", "X", "O", "C"])
def test_more_withheld_than_came_in_is_said_once(code: str) -> None:
    two = trade("F", "D", amount="700", owned="9300") + trade("F", "D", amount="600", owned="8700")
    text = report(trade(code, "A", price="20", owned="10000") + two, option(code, "D"))
    said = [one.message for one in section16.check(section16.read(text.encode())) if one.rule == "L-123"]
    assert len(said) == 1
    assert said[0].startswith("1300 withheld of 1200 that came in on 2026-05-12.")


def joint(one: str, owners: int = 2) -> str:
    """The report with more owners, each under a number of its own."""
    text = report(one, tie="<isTenPercentOwner>1</isTenPercentOwner>", footnote="Held by Harbor Fund LP.")
    start, end = text.index("<reportingOwner>"), text.index("</reportingOwner>") + len("</reportingOwner>")
    each = [text[start:end].replace("9990088", f"99901{number:02}") for number in range(owners)]
    return text[:start] + "".join(each) + text[end:]


FUND = "By Harbor Fund LP"
NOTED = trade("S", "D", nature="See footnote").replace(
    "<value>See footnote</value>", f"<value>See footnote</value>{FOOTNOTE}"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (joint(trade("S", "D") + trade("S", "D", nature=FUND)), True),
        (joint(trade("S", "D", nature="See footnote") + NOTED), True),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND), owners=1), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND, owned="9900")), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND, amount="1300")), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND, price="41.26")), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND, day="2026-05-11")), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND, title="Class B Common Stock")), False),
        (joint(trade("S", "D") + trade("S", "D")), False),
        (joint(trade("S", "D", nature="By Trust for Ann") + trade("S", "D", nature="By Trust for Ben")), False),
        (joint(trade("S", "D") + trade("S", "D", nature=FUND) + NOTED), False),
    ],
    ids=[
        "direct and through the fund",
        "told apart by a footnote",
        "one owner",
        "another balance",
        "another amount",
        "another price",
        "another day",
        "another class",
        "held alike",
        "two trusts",
        "more lines than owners",
    ],
)
def test_a_position_that_two_owners_report_is_one(text: str, *, found: bool) -> None:
    assert ("L-45" in broken(text)) is found
