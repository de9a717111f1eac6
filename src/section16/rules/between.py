"""Reports judged by earlier ones: of any number of filings, each against those before it.

Only what EDGAR published counts as earlier; a draft is judged by the published reports before it. Filings come in any
order to `check_between`, and in the order of `order_of` to `Between`, which keeps no filing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from section16.findings import Finding
from section16.identifiers import cik
from section16.positions import Split
from section16.reading import Filing
from section16.rules.catalogue import rules
from section16.rules.checking import findings_of, report_of
from section16.rules.history import History, owners_of
from section16.rules.report import Report
from section16.rules.transactions import folded_words


def order_of(filing: Filing) -> tuple[str, str, str]:
    """What to sort filings by: the day filed or else last signed, the acceptance time, the accession number."""
    report = report_of(filing)
    day = _day(report)
    accepted = filing.accepted_at.isoformat() if filing.accepted_at else ""
    return day.isoformat() if day else "", accepted, filing.accession or ""


def check_between(filings: Iterable[Filing], splits: Sequence[Split] = ()) -> Iterator[tuple[int, list[Finding]]]:
    """Yield the position among `filings` and the findings of each that has any, oldest filing first.

    `splits` are those known, in any order. All filings are held to bring them in order; `Between` takes them one by one
    from who has them in order.
    """
    given = list(filings)
    between = Between(splits)
    for position in sorted(range(len(given)), key=lambda each: order_of(given[each])):
        found = between.add(given[position])
        if found:
            yield position, found


class Between:
    """Filings in order of `order_of`, one after another. What is kept grows with open lines, not with filings."""

    def __init__(self, splits: Sequence[Split] = ()) -> None:
        """Begin with no report. `splits` are those known, in any order."""
        self._splits = tuple(sorted(splits, key=lambda split: (split.day, split.factor)))
        self._rules = [rule for rule in rules() if rule.between]
        self._pairs: dict[tuple[str, frozenset[str]], History] = {}
        self._since: dict[str, date] = {}
        self._names: dict[tuple[str, str], str] = {}

    def add(self, filing: Filing) -> list[Finding]:
        """Take the next filing; return what is wrong with it, given the ones before it."""
        report = report_of(filing)
        day, issuer, owners = _day(report), _issuer(report), owners_of(report)
        if day is None or not issuer or not owners:
            return []
        since = self._since.setdefault(issuer, day) if not report.submitted else self._since.get(issuer, day)
        history = self._pairs.get((issuer, owners)) or History(since, self._splits)
        history.namesakes = tuple(self._namesakes(report, issuer))
        report.earlier = history
        found = findings_of(report, self._rules)
        if not report.submitted:
            history.add(report, day)
            self._pairs[issuer, owners] = history
        return found

    def _namesakes(self, report: Report, issuer: str) -> Iterator[str]:
        """CIKs under which owners of the same names reported before at the issuer, another CIK each."""
        for owner in report.owners:
            name, number = folded_words(owner.record.name or ""), cik.compact(owner.record.cik or "")
            if not name or not number:
                continue
            known = self._names.get((issuer, name))
            if known is not None and known != number:
                yield known
            if not report.submitted:
                self._names[issuer, name] = number


def _day(report: Report) -> date | None:
    """When it was filed; of what doesn't say, when it was signed."""
    return report.filed_on or report.signed_on


def _issuer(report: Report) -> str:
    issuer = report.document.issuer
    return cik.compact(issuer.cik) if issuer and issuer.cik else ""
