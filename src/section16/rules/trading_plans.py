"""The 10b5-1 box, the plan's adoption date, and what the footnotes say about it.

Official texts: Form 4, General Instruction 10; Rule 10b5-1(c)(1); Release 33-11138 (box since 1 April 2023, conditions
for plans adopted since 27 February 2023).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from section16 import law
from section16.findings import Severity, Source
from section16.rules.report import Report
from section16.rules.rule import Place, rule

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = (
    rf"(?:(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<year>\d{{4}})"
    r"|(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4}))"
)
_ADOPTED: Final = re.compile(
    r"10b-?5-1(?:(?!expir)[^.;]){0,80}?"
    r"(?:adopt\w*|enter\w* into|establish\w*|dated|date of|approved|executed|effective|as of|on)"
    rf"(?:(?!expir)[^.;]){{0,80}}?{_DAY}"
    rf"|adopted(?: by [^.;]{{0,60}}?)? (?:on|as of|effective)? ?{_DAY.replace('?P<', '?P<x')}"
)
_ANY_DATE: Final = re.compile(
    rf"(?:{'|'.join(_MONTHS)})[a-z]*\.? ?(?:\d{{1,2}}(?:st|nd|rd|th)?,? ?)?(?:of )?,? ?\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:day )?(?:of )?[a-z]{3,9},? \d{4}"
)
_DENIED: Final = re.compile(r"\bnot? (?:[a-z]+ ){0,6}(?:rule )?10b-?5-1|other than[^.]{0,40}10b-?5-1|terminat|cancel")
_ADOPTION: Final = re.compile(r"adopt|enter\w* into|establish|dated|date of|approved|effective|as of")
"""Words of a sentence that tells of a plan's beginning; "sold under a 10b5-1 plan on" tells of a trade."""
_COOLING_OFF: Final = 90
_BOX: Final = ("Form 4, General Instruction 10", "Release 33-11138")


def _box_exists(report: Report) -> bool:
    """Whether the report comes after the box was introduced, as far as its dates tell."""
    handed_in = report.filed_on or report.signed_on
    return handed_in is None or handed_in >= law.effective("plan_box").since


def _adopted(report: Report) -> date | None:
    """The one adoption date that the footnotes give; None if there is none or more than one."""
    if "10b" not in report.words:
        return None
    words = report.words
    found = {
        day
        for match in _ADOPTED.finditer(words)
        if _ADOPTION.search(words, _sentence_start(words, match.start()), match.end())
        and (day := _date(match)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _sentence_start(words: str, position: int) -> int:
    return max(words.rfind(end, 0, position) for end in (". ", ";", "\n")) + 1


def _date(match: re.Match[str]) -> date | None:
    said = {name.removeprefix("x"): value for name, value in match.groupdict().items() if value}
    try:
        if "month" in said:
            return date(int(said["year"]), _MONTHS.index(said["month"]) + 1, int(said["day"]))
        return date(int(said["y"]), int(said["m"]), int(said["d"]))
    except (ValueError, KeyError):
        return None


@rule(
    "L-52",
    Severity.LAW,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The 10b5-1 box is ticked, but no footnote gives the date on which the plan was adopted.",
    mend="Say in a footnote or in the remarks when the plan was adopted.",
    cites=_BOX,
    basis="rule",
)
def a_ticked_plan_box_comes_with_the_adoption_date(report: Report) -> Iterator[Place]:
    """Reports whose footnotes and remarks hold no date at all, in any spelling."""
    if report.document.aff10b5_one and not _ANY_DATE.search(report.words):
        yield report.box("aff10b5_one")


@rule(
    "L-87",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="A footnote speaks of a 10b5-1 plan adopted since 27 February 2023, but the box isn't ticked.",
    mend="Tick the 10b5-1 box if a reported transaction was made under the plan.",
    cites=_BOX,
    basis="rule",
)
def a_plan_in_a_footnote_ticks_the_box(report: Report) -> Iterator[Place]:
    """Reports since the box exists with an adoption date that the new conditions govern."""
    box = report.document.aff10b5_one
    if box or (box is not None and box.value is None and box.text.strip()) or not _box_exists(report):
        return
    adopted = report.once(_adopted)
    if adopted is None or adopted < law.effective("plan_conditions").since or _DENIED.search(report.words):
        return
    if any(
        line.code in {"P", "S", "G"} or line.day for line in report.transactions if line.day and line.day >= adopted
    ):
        said = f"A footnote speaks of a 10b5-1 plan adopted on {adopted}, but the box isn't ticked."
        yield report.box("aff10b5_one", message=said)


@rule(
    "L-88",
    Severity.ODD,
    Source.LIKELY,
    on="4 4/A 5 5/A",
    says="The plan was adopted after the trade it is said to have governed.",
    mend="Check the adoption date in the footnote, and the dates of the transactions.",
    cites="Rule 10b5-1(c)(1)",
    basis="rule",
)
def a_plan_is_adopted_before_its_trades(report: Report) -> Iterator[Place]:
    """Sales and purchases before the one adoption date given, where every one of them is."""
    adopted = report.once(_adopted)
    trades = [line for line in report.transactions if line.code in {"P", "S"} and line.day] if adopted else []
    if adopted and trades and all(line.day < adopted for line in trades if line.day):
        said = f"The plan was adopted on {adopted} according to a footnote; the line is of {trades[0].day}."
        yield report.column(trades[0].part, "transactionDate", message=said)


@rule(
    "L-89",
    Severity.ODD,
    Source.LAW,
    on="4 4/A 5 5/A",
    says="The trade comes less than 90 days after its plan was adopted.",
    mend="Check the adoption date: directors and officers wait 90 days at least before the first trade.",
    cites=("Rule 10b5-1(c)(1)(ii)(B)", "Release 33-11138"),
    basis="guide",
)
def a_plan_s_first_trade_waits_90_days(report: Report) -> Iterator[Place]:
    """Directors and officers, plans adopted since the condition holds, the first sale or purchase."""
    adopted = report.once(_adopted)
    if adopted is None or adopted < law.effective("plan_cooling_off").since or not _insider(report):
        return
    trades = [line for line in report.transactions if line.code in {"P", "S"} and line.day and line.day >= adopted]
    for line in trades[:1]:
        waited = (line.day - adopted).days if line.day else _COOLING_OFF
        if waited < _COOLING_OFF and "10b5-1" in report.explains(line.part):
            said = f"The plan was adopted on {adopted}, {waited} days before the trade of {line.day}."
            yield report.column(line.part, "transactionDate", message=said)


def _insider(report: Report) -> bool:
    ties = [owner.record.relationship for owner in report.owners]
    return any(tie and (tie.is_director or tie.is_officer) for tie in ties)
