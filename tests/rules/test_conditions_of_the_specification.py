"""The conditions cm(1) to cm(11), o(1) and (*) of the specification, 3.2, each on every form that has the element."""

from __future__ import annotations

import re

import pytest

import section16
from section16.findings import Severity
from section16.rules import check
from structure_documents import FORMS, full

WITH_TRANSACTIONS = ("4", "4/A", "5", "5/A")
BOXES = "<isDirector>1</isDirector><isOfficer>true</isOfficer>"
NO_BOXES = "<isDirector>0</isDirector><isOfficer>false</isOfficer>"
OTHER = ("<isOther>false</isOther>", "<isOther>1</isOther>")
TOTAL = r"<transactionTotalValue>.*?</transactionTotalValue>"
SHARES = "<transactionShares><value>1</value></transactionShares>"
NATURE = r"<natureOfOwnership>.*?</natureOfOwnership>"
UNDERLYING = r"<underlyingSecurity(Shares|Value)>.*?</underlyingSecurity\1>"
OWNED = r"<(shares|value)OwnedFollowingTransaction>.*?</\1OwnedFollowingTransaction>"
BOTH_OWNED = "".join(
    f"<{kind}OwnedFollowingTransaction><value>1</value></{kind}OwnedFollowingTransaction>"
    for kind in ("shares", "value")
)
BOTH_UNDERLYING = "".join(
    f"<underlyingSecurity{kind}><value>1</value></underlyingSecurity{kind}>" for kind in ("Shares", "Value")
)
CONDITIONS: list[tuple[str, str, str, str, tuple[str, ...]]] = [
    ("cm(1)", "R-OWN-1", BOXES, NO_BOXES, FORMS),
    ("cm(2)", "R-OWN-2", "<officerTitle>CFO</officerTitle>", "", FORMS),
    ("cm(2)", "R-OWN-2", "<officerTitle>CFO</officerTitle>", "<officerTitle> </officerTitle>", FORMS),
    ("cm(3)", "R-OWN-3", *OTHER, FORMS),
    ("cm(4)", "R-ROW-7", TOTAL, "", WITH_TRANSACTIONS),
    ("cm(4)", "R-ROW-7", TOTAL, rf"{SHARES}\g<0>", WITH_TRANSACTIONS),
    ("cm(5)", "R-ROW-11", "<value>I</value>", "<value>D</value>", FORMS),
    ("cm(5)", "R-ROW-12", NATURE, "", FORMS),
    ("cm(5)", "R-ROW-12", NATURE, "<natureOfOwnership><value></value></natureOfOwnership>", FORMS),
    ("cm(6)", "R-ROW-9", UNDERLYING, "", FORMS),
    ("cm(6)", "R-ROW-18", UNDERLYING, BOTH_UNDERLYING, FORMS),
    ("cm(7)", "R-ROW-8", OWNED, "", FORMS),
    ("cm(7)", "R-ROW-8", OWNED, BOTH_OWNED, FORMS),
    ("cm(8)", "R-ROW-10", r"<exerciseDate>.*?</exerciseDate>", "<exerciseDate></exerciseDate>", FORMS),
    (
        "cm(8)",
        "R-ROW-10",
        r"<transactionPricePerShare>.*?</transactionPricePerShare>",
        "<transactionPricePerShare></transactionPricePerShare>",
        WITH_TRANSACTIONS,
    ),
    (
        "cm(8)",
        "R-ROW-10",
        r"<conversionOrExercisePrice>.*?</conversionOrExercisePrice>",
        "<conversionOrExercisePrice></conversionOrExercisePrice>",
        FORMS,
    ),
    ("cm(8)", "R-ROW-10", UNDERLYING, r"<underlyingSecurity\1></underlyingSecurity\1>", FORMS),
    ("cm(9)", "R-OWN-7", "<rptOwnerNonUSAddressFlag>0</rptOwnerNonUSAddressFlag>", "", FORMS),
    ("cm(10)", "R-OWN-9", "<rptOwnerCountry>A6</rptOwnerCountry>", "", FORMS),
    ("cm(11)", "R-OWN-8", "<rptOwnerState>NY</rptOwnerState>", "<rptOwnerState></rptOwnerState>", FORMS),
    ("o(1)", "R-OWN-4", r"<rptOwnerCcc>.*?</rptOwnerCcc>", "", FORMS),
]


def refused_for(document: str) -> set[str]:
    """The rules by which EDGAR would suspend the document if it were sent."""
    found = check(section16.read(document.encode()), as_="submission", edition="current")
    return {one.rule for one in found if one.severity is Severity.SUSPEND}


@pytest.mark.parametrize(
    ("form", "rule", "old", "new"),
    [
        pytest.param(form, rule, old, new, id=f"{name}-{number}-{form}")
        for number, (name, rule, old, new, forms) in enumerate(CONDITIONS)
        for form in forms
    ],
)
def test_a_condition_broken_is_refused_under_its_rule(form: str, rule: str, old: str, new: str) -> None:
    sound = full(form).decode()
    broken, changes = re.subn(old, new, sound, flags=re.DOTALL)
    assert changes
    assert rule not in refused_for(sound)
    assert rule in refused_for(broken)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", ["nonDerivative", "derivative"])
@pytest.mark.parametrize(("lines", "refused"), [(30, False), (31, True)])
def test_a_table_has_thirty_lines_and_no_more(form: str, table: str, lines: int, *, refused: bool) -> None:
    sound = full(form).decode()
    holding = re.search(rf"<{table}Holding>.*?</{table}Holding>", sound, re.DOTALL)
    there = len(re.findall(rf"<{table}(?:Holding|Transaction)>", sound))
    assert holding is not None
    document = sound.replace(holding[0], holding[0] * (lines - there + 1), 1)
    assert ("R-ROW-1" in refused_for(document)) is refused
