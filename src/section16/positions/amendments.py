"""Amendments applied to their originals: which lines are in force, and what became of the others.

An amendment need not restate the form; it may carry only the changed line, only holdings, or only a footnote (Forms 3,
4 and 5, box "if amendment, date of original filed"). So an original's line that the amendment doesn't repeat stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from section16.positions.applied import Applied, Status
from section16.positions.events import events_once, without_repeats
from section16.positions.lines import Line, ReportFacts, lines_of
from section16.positions.matched_lines import matched_lines, says_the_same
from section16.positions.reports import distinct
from section16.reading.filing import Filing

_SIGNED_BEFORE: Final = timedelta(days=5)
"""How long before its filing a report may be signed, where only the signature is at hand."""
_IN_ERROR: Final = re.compile(
    r"(?:reported|included|listed|filed|disclosed|shown) (?:\w+ ){0,4}?"
    r"(?:in error|erroneously|inadvertently|by mistake)"
    r"|(?:erroneously|inadvertently|mistakenly) (?:reported|included|listed|filed|disclosed)\b"
    r"|should not have been (?:reported|included|filed|listed)"
    r"|(?:did not|never) (?:occur|take place)|(?:is|are) (?:hereby )?withdrawn"
)
_A_LINE_IN_ERROR: Final = re.compile(
    r"\b(?:line|row|entry|transaction|sale|purchase|gift|grant|disposition|acquisition)s? (?:\w+ ){0,6}?"
    r"(?:(?:was|were|is|are|been) (?:(?:reported|included|listed|filed) in error|"
    r"(?:erroneously|inadvertently|mistakenly) (?:reported|included|listed|filed)|withdrawn)"
    r"|should not have been (?:reported|included|filed|listed)"
    r"|(?:did not|never) (?:occur|take place))"
)
"""Where an amendment also corrects figures, only words about a line as a whole withdraw one."""
_SEVERAL: Final = re.compile(r"\b(?:lines|transactions|rows|entries|form|report|filing|all)\b")


class _Family:
    """An original and its amendments: the entries that are in force so far."""

    def __init__(self, report: ReportFacts, entries: list[Applied]) -> None:
        self.report = report
        self.entries = entries


def applied(filings: Iterable[Filing]) -> list[Applied]:
    """Every line of the filings with what amendments made of it, by day traded and then in the order of filing."""
    return applied_lines((report, lines_of(filing, report), _words(filing)) for report, filing in distinct(filings))


def in_force(filings: Iterable[Filing]) -> list[Applied]:
    """The lines that count: not superseded, restated or withdrawn, each event of an unmatched amendment once."""
    return [one for one in applied(filings) if one.counts]


def applied_lines(reports: Iterable[tuple[ReportFacts, Sequence[Line], str]]) -> list[Applied]:
    """As `applied`, of distinct reports in order, each with its lines and its footnotes and remarks as one text."""
    given = list(reports)
    families: dict[str, list[tuple[ReportFacts, _Family]]] = defaultdict(list)
    settled: list[_Family] = []
    for report, lines, _ in given:
        if not report.is_amendment:
            stays = [Applied(line=line, status=Status.STAYS, counts=True, original=report) for line in lines]
            family = _Family(report, stays)
            families[report.issuer].append((report, family))
            settled.append(family)
    for report, lines, words in given:
        if report.is_amendment:
            original, why = _original_of(report, families[report.issuer])
            if original is None:
                original = _Family(report, [_unmatched(line, why) for line in lines])
                settled.append(original)
            else:
                original.entries = _amended(original, lines, words)
            families[report.issuer].append((report, original))
    entries = sorted([one for family in settled for one in family.entries], key=lambda one: one.line.order)
    return events_once(without_repeats(entries))


def _words(filing: Filing) -> str:
    document = filing.document
    if not document.is_amendment:
        return ""
    return " ".join("\n".join([*document.footnote_texts.values(), document.remarks or ""]).lower().split())


def _unmatched(line: Line, why: str) -> Applied:
    status = Status.AMENDMENT_UNMATCHED
    return Applied(line=line, status=status, counts=True, original=line.report, why=why)


def _original_of(report: ReportFacts, families: Sequence[tuple[ReportFacts, _Family]]) -> tuple[_Family | None, str]:
    """The family that an amendment belongs to, or None and why not.

    Same issuer, an owner in common, filed on the stated date, of the same period. Of several the one of the same form;
    an earlier amendment only where no original fits.
    """
    if report.original_filed_on is None:
        return None, "The amendment doesn't give the date of its original."
    fitting = [(each, family) for each, family in families if _may_be_original(each, report)]
    for chosen in (
        [family for each, family in fitting if not each.is_amendment],
        [family for each, family in fitting if not each.is_amendment and each.form == report.form],
        [family for each, family in fitting if each.is_amendment],
    ):
        found = {id(family): family for family in chosen}
        if len(found) == 1:
            return next(iter(found.values())), ""
    if fitting:
        return None, f"Several reports were filed on {report.original_filed_on} for this period."
    return None, f"No report of this period filed on {report.original_filed_on} is at hand."


def _may_be_original(each: ReportFacts, amendment: ReportFacts) -> bool:
    day = amendment.original_filed_on
    if day is None or set(each.owners).isdisjoint(amendment.owners):
        return False
    if each.period and amendment.period and each.period != amendment.period:
        return False
    if each.filed_on is not None:
        return each.filed_on == day
    return each.signed_on is not None and timedelta() <= day - each.signed_on <= _SIGNED_BEFORE


def _amended(family: _Family, lines: Sequence[Line], words: str) -> list[Applied]:
    """The entries of a family after one more amendment."""
    entries, report = family.entries, family.report
    standing = [at for at, one in enumerate(entries) if one.counts]
    pairs = matched_lines([entries[at].line for at in standing], lines)
    result = list(entries)
    corrects = False
    for amended, line in enumerate(lines):
        if amended not in pairs:
            result.append(Applied(line=line, status=Status.ADDED, counts=True, original=report))
            continue
        before = entries[standing[pairs[amended]]]
        if says_the_same(before.line, line):
            restates = Status.RESTATES
            result.append(Applied(line=line, status=restates, counts=False, original=report, other=before.line))
        else:
            corrects = True
            result[standing[pairs[amended]]] = replace(before, status=Status.SUPERSEDED, counts=False, other=line)
            supersedes = Status.SUPERSEDES
            result.append(Applied(line=line, status=supersedes, counts=True, original=report, other=before.line))
    used = set(pairs.values())
    left = [at for index, at in enumerate(standing) if index not in used and entries[at].line.kind == "transaction"]
    for at in left if _withdraws(len(left), words, corrects=corrects) else ():
        why = "The amendment leaves it out and says that it was reported in error."
        result[at] = replace(entries[at], status=Status.WITHDRAWN, counts=False, why=why)
    return result


def _withdraws(missing: int, words: str, *, corrects: bool) -> bool:
    """Whether an amendment withdraws the transactions that it leaves out.

    The one left out, if a footnote says so and all others are restated; several only if it speaks of several.
    """
    said = (_A_LINE_IN_ERROR if corrects else _IN_ERROR).search(words)
    if said is None:
        return False
    about = words[words.rfind(". ", 0, said.start()) + 1 : said.end()]
    return missing == 1 or _SEVERAL.search(about) is not None
