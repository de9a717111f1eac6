"""Item 405 of Regulation S-K: who reported late in a fiscal year, how many reports, how many transactions.

Official text: 17 CFR 229.405. Reports and transactions are counted apart, for each reporting person; a person is an
owner's CIK, and each person of a joint report is named. Whether something came late is `lateness`; what could not be
judged is listed as such and never counted as in time. The words of the disclosure are `item_405_words`.

What belongs to a year: what was due in it, what was to stand on its Form 5, and what was due in earlier years but was
filed in this one or later. What was due after the year's end belongs to the next. One exercise or conversion that
stands in both tables is one transaction. A line that an amendment adds late is a late transaction; a correction is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from section16 import law
from section16.compliance.fiscal_year import FiscalYear
from section16.compliance.item_405_reports import BOTH_TABLES, LateReport, When, late_report, open_report
from section16.compliance.lateness import ReportLateness, lateness_of
from section16.edgar.containers import Filer
from section16.positions import Status, applied
from section16.positions.reports import distinct
from section16.reading.filing import Filing

CAPTION: Final = "Delinquent Section 16(a) Reports"
_ISSUER: Final = "issuer"
_BY_HEADER: Final = "the fiscal year ends as the header"
"""How `lateness` says whence it has the end of the fiscal year; here it was told."""


class KnownFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is known to be owed and was never filed; the person by CIK, name or both."""

    cik: str = ""
    name: str = ""
    what: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A reporting person with what has to be said of him.

    `of_earlier_years` are those of the late reports that hold only what was due in earlier fiscal years.
    """

    cik: str
    name: str
    late_reports: int
    late_transactions: int
    of_earlier_years: int
    known_failures: tuple[str, ...]
    sources: tuple[LateReport, ...]

    @property
    def is_named(self) -> bool:
        """Whether the disclosure names him."""
        return bool(self.late_reports or self.known_failures)


class Unjudged(msgspec.Struct, frozen=True, kw_only=True):
    """A report of which it could not be said whether it came in time."""

    cik: str
    name: str
    report: LateReport


class Item405(msgspec.Struct, frozen=True, kw_only=True):
    """The table of one issuer and fiscal year.

    `caption` is None where nothing has to be said: then the caption is left out. `reviewed` counts the reports looked
    at, `people` the persons in them.
    """

    issuer: str
    issuer_name: str
    fiscal_year: FiscalYear
    caption: str | None
    persons: tuple[Person, ...]
    not_judged: tuple[Unjudged, ...]
    reviewed: int
    people: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def item_405(
    filings: Iterable[Filing],
    year: FiscalYear,
    known_failures: Sequence[KnownFailure] = (),
    *,
    calendar: law.Calendar | None = None,
) -> Item405:
    """The Item 405 table of an issuer's reports; all filings must be of one issuer. Their order makes no difference."""
    calendar = calendar or law.sec_calendar()
    all_ = list(filings)
    given = list(_judged([filing for _, filing in distinct(all_)], year, calendar))
    names = _names(given)
    sources: dict[str, list[LateReport]] = {}
    unjudged: list[Unjudged] = []
    for one in given:
        late, open_ = late_report(one, year, calendar), open_report(one, year, calendar)
        if late is not None:
            for owner in one.report.owners:
                sources.setdefault(owner, []).append(late)
        if open_ is not None:
            unjudged += [Unjudged(cik=owner, name=names[owner], report=open_) for owner in one.report.owners]
    persons = tuple(_persons(sources, known_failures, names))
    return Item405(
        issuer=given[-1].report.issuer if given else "",
        issuer_name=next((one.report.issuer_name for one in reversed(given) if one.report.issuer_name), ""),
        fiscal_year=year,
        caption=CAPTION if persons else None,
        persons=persons,
        not_judged=tuple(unjudged),
        reviewed=len(given),
        people=len(names),
        assumptions=_assumptions(given, persons),
        warnings=(
            *_nameless(all_),
            *sorted({words for one in given for words in one.warnings if late_report(one, year, calendar)}),
        ),
    )


def _judged(filings: Iterable[Filing], year: FiscalYear, calendar: law.Calendar) -> Iterator[ReportLateness]:
    """Reports with their lateness, without the lines that an amendment withdrew: they report nothing that happened."""
    given = [_ending(filing, f"{year.last:%m%d}") for filing in filings]
    gone = {(one.line.report.id, one.line.place) for one in applied(given) if one.status is Status.WITHDRAWN}
    for one in lateness_of(given, calendar=calendar):
        kept = tuple(line for line in one.lines if (one.report.id, line.place) not in gone)
        yield msgspec.structs.replace(one, lines=kept)


def _ending(filing: Filing, end: str) -> Filing:
    """A filing with the end of the issuer's fiscal years as told: headers have none, or today's."""
    others = tuple(one for one in filing.filers if one.role != _ISSUER)
    issuers = tuple(one for one in filing.filers if one.role == _ISSUER) or (Filer(role=_ISSUER),)
    told = tuple(msgspec.structs.replace(one, fiscal_year_end=end) for one in issuers)
    return msgspec.structs.replace(filing, filers=(*told, *others))


def _names(given: Iterable[ReportLateness]) -> dict[str, str]:
    """Names by CIK, as the latest report has them."""
    return {
        owner: name or owner
        for one in given
        for owner, name in zip(one.report.owners, one.report.owner_names, strict=True)
    }


def _nameless(filings: Sequence[Filing]) -> Iterator[str]:
    """Reports that are nobody's by CIK are left out."""
    count = sum(not any(owner.cik for owner in one.document.reporting_owners) for one in filings)
    if count:
        yield f"{count} report{'s' * (count > 1)} without a reporting owner's CIK left out"


def _persons(
    sources: dict[str, list[LateReport]], failures: Sequence[KnownFailure], names: dict[str, str]
) -> Iterator[Person]:
    """Persons to be named, by name."""
    known: dict[str, list[str]] = {}
    called: dict[str, str] = dict(names)
    for failure in failures:
        cik = failure.cik or next((one for one, name in names.items() if _same(name, failure.name)), "")
        key = cik or failure.name
        known.setdefault(key, []).append(failure.what)
        called.setdefault(key, failure.name or cik)
    for key in sorted({*sources, *known}, key=lambda one: (called[one], one)):
        reports = tuple(sources.get(key, ()))
        yield Person(
            cik=key if key.isdecimal() else "",
            name=called[key],
            late_reports=len(reports),
            late_transactions=sum(report.transactions for report in reports),
            of_earlier_years=sum(all(line.when is When.EARLIER for line in report.lines) for report in reports),
            known_failures=tuple(dict.fromkeys(known.get(key, ()))),
            sources=reports,
        )


def _same(name: str, other: str) -> bool:
    return bool(other) and name.casefold().split() == other.casefold().split()


def _assumptions(given: Sequence[ReportLateness], persons: Sequence[Person]) -> tuple[str, ...]:
    said = ["the reports given are all that were filed: nothing is known of others"]
    said += sorted({words for one in given for words in one.assumptions if not words.startswith(_BY_HEADER)})
    lines = [line for person in persons for report in person.sources for line in report.lines]
    if any(line.code in BOTH_TABLES for line in lines):
        said.append("an exercise or conversion that stands in both tables is counted as one transaction (practice)")
    if any(line.when is When.EARLIER for line in lines):
        said.append("no earlier disclosure named what was due in earlier years")
    return tuple(said)
