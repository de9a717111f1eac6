"""Histories of some fictional companies' insiders, told filing by filing in the order of acceptance.

A block is a handful of companies in a few years of time. Insiders join, report first on Form 3 and then what they do;
the next thing happens after the last report of it is filed, so what they own adds up from report to report. Deadlines:
two business days for Form 4 (Rule 16a-3(g)), ten days for Form 3, 45 days after the fiscal year for Form 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import Final

import msgspec

from section16.edgar.sgml_header import EASTERN
from section16.samples.amendments import LIKELY, amended, first_filed
from section16.samples.beginnings import due_on, first_report
from section16.samples.chance import Chance, Mix
from section16.samples.companies import Company, make_company
from section16.samples.faults import DUPLICATE, LATE, draw_fault, spoil
from section16.samples.insiders import Insider, make_insider
from section16.samples.next_reports import form_5, list_holdings, next_form_4
from section16.samples.open_days import FIRST_DAY, LAST_DAY, open_days
from section16.samples.people import Person
from section16.samples.reports import Report

COMPANIES: Final = 3
"""Companies in a block."""
_OWNERS: Final = 1_000
"""Numbers of reporting owners set aside for a block, more than it can need."""
_JOINING_DAYS: Final = 700
_KNOWN_ELSEWHERE: Final = 0.05
_ON_A_VEST_DAY: Final = 0.3
_SOON: Final = timedelta(days=46)
_FORM_5: Final = 0.0022
_YEARS: Final = Mix(
    [
        (2003, 5), (2004, 3), (2005, 3), (2006, 3), (2007, 3), (2008, 3), (2009, 3), (2010, 3), (2011, 4), (2012, 4),
        (2013, 4), (2014, 4), (2015, 4), (2016, 4), (2017, 4), (2018, 4), (2019, 5), (2020, 5), (2021, 7), (2022, 8),
        (2023, 8), (2024, 6), (2025, 4),
    ]
)  # fmt: skip
"""The years in which blocks begin: all since 2003, the recent ones more often."""
_LAST_HOUR: Final = 21
_OPEN_LATE_SINCE: Final = date(2003, 6, 30)
"""The day since which what is accepted until 22:00 counts for the day; before it was 17:30 (17 CFR 232.13(a))."""
_HOURS: Final = Mix([((6, 9), 3), ((9, 16), 20), ((16, 19), 60), ((19, 22), 17)])


class _Coming(msgspec.Struct, kw_only=True):
    """What an insider does next: `fiscal_year_end` is set where it is a Form 5."""

    insider: Insider
    earliest: date
    fiscal_year_end: date | None = None
    has_begun: bool = True


class History:
    """One block: its companies and insiders, what comes next, and what is filed but not yet published."""

    def __init__(self, seed: int, block: int) -> None:
        """Found the companies of a block and let their insiders join over the first years."""
        self._chance = Chance(seed, "block", block)
        self._coming: list[tuple[date, int, _Coming]] = []
        self._filed: list[tuple[datetime, int, Report]] = []
        self._turn = 0
        self._known: list[Person] = []
        self._numbers = iter(range(block * _OWNERS, (block + 1) * _OWNERS, 10))
        year = self._chance.drawn(_YEARS)
        founded = max(date(year, self._chance.between(1, 12), 1), FIRST_DAY)
        for number in range(COMPANIES):
            self._found(make_company(block * COMPANIES + number, founded, self._chance), founded)

    def _found(self, company: Company, founded: date) -> None:
        """Let a company's insiders join, here and there one who reports on another company of the block already."""
        chance, elsewhere = self._chance, list(self._known)
        window = min(_JOINING_DAYS, (LAST_DAY - founded).days - 60)
        for _ in range(chance.between(3, 10)):
            known = None
            if elsewhere and company.foreign_symbol is None and chance.happens(_KNOWN_ELSEWHERE):
                known = elsewhere.pop()
            joined = founded + timedelta(days=chance.below(window))
            insider = make_insider(company, next(self._numbers), joined, chance, known=known)
            insider.joined = open_days().busy_from(insider.joined)
            days = (LAST_DAY - insider.joined).days - 40
            insider.every_days = max(min(insider.every_days, days // (insider.reports_left + 1)), 4)
            if known is None and not insider.is_group:
                self._known.append(insider.leads)
            self._expect(insider.joined, _Coming(insider=insider, earliest=insider.joined, has_begun=False))

    def published(self) -> Iterator[Report]:
        """Yield the block's reports in the order of acceptance, dates and all but the accession number set."""
        while self._coming:
            day, _, coming = heappop(self._coming)
            while self._filed and self._filed[0][0].date() < day:
                yield heappop(self._filed)[2]
            self._happen(day, coming)
        while self._filed:
            yield heappop(self._filed)[2]

    def _expect(self, day: date, coming: _Coming) -> None:
        self._turn += 1
        heappush(self._coming, (day, self._turn, coming))

    def _file(self, report: Report) -> None:
        self._turn += 1
        heappush(self._filed, (report.accepted_at, self._turn, report))

    def _happen(self, day: date, coming: _Coming) -> None:
        """Let what comes next come: a report or two, and what follows them."""
        insider, chance = coming.insider, self._chance
        if not coming.has_begun:
            report: Report | None = first_report(insider, chance)
        elif coming.fiscal_year_end is not None:
            report = form_5(insider, coming.earliest, coming.fiscal_year_end, chance)
        else:
            insider.company.trade_on(chance)
            report = next_form_4(insider, day, chance)
            insider.reports_left -= 1
        last = self._conclude(report, day) if report is not None else day
        if insider.reports_left > 0:
            self._plan(insider, last)

    def _plan(self, insider: Insider, last: date) -> None:
        """Plan the next report after the last one was filed: rarely a Form 5, else a Form 4, if there is time."""
        chance, company = self._chance, insider.company
        year_end = company.year_end(last.year + (last > company.year_end(last.year)))
        wait = (year_end - last).days
        if chance.happens(_FORM_5) and wait > 20:  # noqa: PLR2004 - room for a transaction before the year ends
            day = open_days().busy_from(year_end + timedelta(days=chance.between(15, 36)))
            coming = _Coming(insider=insider, earliest=last + timedelta(days=1), fiscal_year_end=year_end)
        else:
            day = last + timedelta(days=1 + chance.below(2 * insider.every_days))
            vest_day = company.next_vest_day(day)
            soon = vest_day - day < _SOON
            day = vest_day if soon and chance.happens(_ON_A_VEST_DAY) else open_days().busy_from(day)
            coming = _Coming(insider=insider, earliest=day)
        if day <= LAST_DAY - timedelta(days=14):
            self._expect(day, coming)

    def _conclude(self, report: Report, day: date) -> date:
        """File a report, with a fault or an amendment if it shall have one; return the day of the last filing."""
        chance = self._chance
        fault = draw_fault(chance) if not report.faults else None
        self._accept(report, day, late=fault == LATE)
        list_holdings(report, chance)
        if fault is None and not report.faults and chance.happens(LIKELY[report.form]):
            return self._amend(report)
        if fault not in {None, LATE, DUPLICATE}:
            spoil(report, str(fault), chance)
        self._file(report)
        if fault != DUPLICATE or report.filed_on >= LAST_DAY:
            return report.filed_on
        again = msgspec.structs.replace(report, faults=(DUPLICATE,))
        again.accepted_at = report.accepted_at + timedelta(minutes=chance.between(2, 9), seconds=chance.below(60))
        self._file(again)
        return again.filed_on

    def _amend(self, report: Report) -> date:
        """File the report with a mistake, and some days later the amendment."""
        chance = self._chance
        made = first_filed(report, chance)
        later = open_days().busy_from(report.filed_on + timedelta(days=chance.between(1, 40)))
        if made is None or later > LAST_DAY:
            self._file(report)
            return report.filed_on
        original, what = made
        self._file(original)
        correction = amended(original, report, what, chance)
        correction.accepted_at = self._moment(later, 6)
        correction.signed_on = later
        self._file(correction)
        return later

    def _accept(self, report: Report, day: date, *, late: bool) -> None:
        """Set when a report is signed and accepted: in time, or well after it was due."""
        chance, calendar = self._chance, open_days()
        if report.form == "4":
            traded = [line.deemed_on or line.traded_on or day for line in report.lines] or [day]
            first, last = min(traded), max(traded)
            due = calendar.after(first, 2)
        else:
            first = last = day
            due = due_on(day) if report.form == "3" else day
        overdue = calendar.busy_from(due + timedelta(days=chance.between(10, 150)))
        owed = report.form == "3" or (report.form == "4" and bool(report.lines))
        if late and owed and overdue <= LAST_DAY:
            filed_on = overdue
            report.faults = (LATE,)
        else:
            spare = (due - last).days
            filed_on = calendar.busy_until(
                due if chance.happens(0.62) else last + timedelta(days=chance.below(spare + 1))
            )
            filed_on = max(filed_on, last)
        report.accepted_at = self._moment(filed_on, 16 if filed_on == last and report.form == "4" else 6)
        day_before = calendar.busy_until(filed_on - timedelta(days=1))
        report.signed_on = day_before if day_before >= last and chance.happens(0.12) else filed_on

    def _moment(self, day: date, earliest: int) -> datetime:
        """Return a time of day when EDGAR is open, from a full hour on, mostly after the market closes.

        The last ten minutes before 22:00 stay free for a report that is filed again.
        """
        chance = self._chance
        since, until = chance.drawn(_HOURS)
        hour = max(chance.between(since, until - 1), earliest)
        if day < _OPEN_LATE_SINCE:
            hour = min(hour, 16)
        minute = chance.below(60 if hour < _LAST_HOUR else 50)
        return datetime(day.year, day.month, day.day, hour, minute, chance.below(60), tzinfo=EASTERN)
