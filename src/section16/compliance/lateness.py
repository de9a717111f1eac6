"""Whether a filed report, and each of its lines, came in time: late, on time, or not to be said and why.

Official texts: Exchange Act s. 16(a)(2), Rules 16a-3(f) and (g), 16a-6, 17 CFR 232.13(a). A report is late if any of
its lines is; Item 405 of Regulation S-K counts both apart. When a line was due is `section16.law.line_due`,
the same fact that the rules of `check` use. A line that an amendment adds runs from its own date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from section16 import law
from section16.compliance.due_dates_form_3 import ASSUMED
from section16.compliance.lateness_lines import line_lateness, worst
from section16.compliance.report_times import FiledBasis, LineLateness, ReportTimes
from section16.form.document import OwnershipDocument
from section16.law import Calendar, Timeliness
from section16.law.fiscal_years import may_be_year_end
from section16.positions import Applied, applied, lines_of
from section16.positions.lines import ReportFacts, report_facts
from section16.reading.filing import Filing

_FOREIGN_ROLE: Final = "a mere ten-percent owner of a foreign private issuer owes no report"


class ReportLateness(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of one report.

    `filed` is the day it counts as filed: of the header, else by the acceptance time, else (a lower bound) the last
    signature's; `filed_basis` says which. `due` is the due day of the report where it has one of its own (Forms 3 and
    5), else the earliest of its late lines, else of all. `late_days` counts business days, `late_calendar_days` all,
    of the line that is latest; 0 when on time, None when it can't be said. `disagrees`: a line bears a mark of the
    filer that contradicts us.
    """

    report: ReportFacts
    state: Timeliness
    why: str
    filed: date | None
    filed_basis: FiledBasis | None
    accepted_at: datetime | None
    due: date | None
    late_days: int | None
    late_calendar_days: int | None
    lines: tuple[LineLateness, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def late(self) -> bool | None:
        """True, False, or None where it can't be said."""
        return {Timeliness.LATE: True, Timeliness.ON_TIME: False}.get(self.state)

    @property
    def disagrees(self) -> bool:
        """Whether a mark of the filer contradicts us."""
        return any(line.disagrees for line in self.lines)


def lateness(
    filing: Filing, *, foreign: bool | None = None, first_registration: bool = False, calendar: Calendar | None = None
) -> ReportLateness:
    """Judge one report by itself; of an amendment, whose original isn't at hand, little can be said.

    `foreign` says whether the issuer is a foreign private issuer (None: if it has a foreign trading symbol);
    `first_registration` that the event of a Form 3 is the issuer's first registration.
    """
    return _judged(filing, report_facts(filing), None, calendar, foreign=foreign, first_registration=first_registration)


def lateness_of(
    filings: Iterable[Filing], *, foreign: bool | None = None, calendar: Calendar | None = None
) -> list[ReportLateness]:
    """Judge reports together, in their order: lines of amendments by their originals, if these are among them."""
    given = list(filings)
    became = {(one.line.report.id, one.line.path): one for one in applied(given)}
    return [_judged(filing, report_facts(filing), became, calendar, foreign=foreign) for filing in given]


def _judged(
    filing: Filing,
    report: ReportFacts,
    became: dict[tuple[str, str], Applied] | None,
    calendar: Calendar | None,
    *,
    foreign: bool | None,
    first_registration: bool = False,
) -> ReportLateness:
    calendar = calendar or law.sec_calendar()
    filed, basis = filed_on(filing, report, calendar)
    abroad = _may_be_foreign(filing.document) if foreign is None else foreign
    times = ReportTimes(filing=filing, report=report, filed=filed, basis=basis, foreign=abroad, calendar=calendar)
    judged = _whole(times, first_registration=first_registration)
    lines = [
        line_lateness(times, line, lines, None if became is None else became.get((report.id, line.path)))
        for lines in [lines_of(filing, report)]
        for line in lines
        if line.kind == "transaction" or line.form_type == "3" or _marked_as_form_3(line.record)
    ]
    parts = [*([] if judged is None else [judged]), *lines]
    return _together(times, judged, lines, parts)


def _marked_as_form_3(row: object) -> bool:
    coding = getattr(row, "coding", None)
    return (getattr(coding, "form_type", None) or "").strip() == "3"


def filed_on(filing: Filing, report: ReportFacts, calendar: Calendar) -> tuple[date | None, FiledBasis | None]:
    """The day a report counts as filed, and whence it is known; the last signature is a lower bound."""
    if filing.filed_on is not None:
        return filing.filed_on, "header"
    if filing.accepted_at is not None:
        return calendar.filing_day(filing.accepted_at), "acceptance"
    return (report.signed_on, "signature") if report.signed_on else (None, None)


def _may_be_foreign(document: OwnershipDocument) -> bool:
    return bool(document.issuer and (document.issuer.foreign_trading_symbol or "").strip())


def _whole(times: ReportTimes, *, first_registration: bool) -> LineLateness | None:
    """The report as such: Form 3 from its event, Form 5 from the fiscal year end; Form 4 has no due day of its own."""
    report, calendar = times.report, times.calendar
    if report.form not in {"3", "5"} or report.is_amendment:
        return None
    if report.period is None or not law.countable(report.period):
        return times.line(None, None, f"the report gives no {'event' if report.form == '3' else 'fiscal year end'}")
    if report.form == "5":
        if not may_be_year_end(report.period, times.header_year_end):
            said = f"box 3 says {report.period}, which is no end of the issuer's fiscal year"
            return times.line(None, None, said, cites="Rule 16a-3(f)(1)")
        due = law.form_5_due(report.period, calendar=calendar)
        said = f"45 days after the fiscal year end of {report.period}"
        return times.line(due, due, said, cites=law.limit("form_5", report.period).cites)
    if first_registration:
        said = f"the issuer's first registration on {report.period}"
        cites = law.limit("first_registration", report.period).cites
        return times.line(report.period, report.period, said, cites=cites)
    if times.foreign and _mere_ten_percent(times.filing.document):
        return times.line(None, None, _FOREIGN_ROLE, cites="Rule 16a-2; Release 34-104903", owed=False)
    due = law.form_3_due(report.period, foreign=times.foreign, calendar=calendar)
    said, cites = f"ten days after the event of {report.period}", law.limit("form_3", report.period).cites
    first = law.effective("foreign_insiders")
    if times.foreign and due == first.since:
        said, cites = f"insiders of foreign private issuers report from {first.since} on", first.cites
    return times.line(due, due, said, cites=cites)


def _mere_ten_percent(document: OwnershipDocument) -> bool:
    ties = [owner.relationship for owner in document.reporting_owners if owner.relationship]
    others = any(tie.is_director or tie.is_officer or tie.is_other for tie in ties)
    return bool(ties) and not others and all(tie.is_ten_percent_owner for tie in ties)


def _together(
    times: ReportTimes, whole: LineLateness | None, lines: Sequence[LineLateness], parts: Sequence[LineLateness]
) -> ReportLateness:
    report = times.report
    state, why = worst(parts)
    if not parts:
        state, why = _nothing_dated(report)
    late = [part for part in parts if part.state is Timeliness.LATE]
    dues = [part.due for part in (late or parts) if part.due is not None]
    due = whole.due if whole is not None and whole in (late or parts) else min(dues, default=None)
    longest = max(late, key=lambda part: part.late_days or 0, default=None)
    return ReportLateness(
        report=report,
        state=state,
        why=why,
        filed=times.filed,
        filed_basis=times.basis,
        accepted_at=times.filing.accepted_at,
        due=due,
        late_days=0 if state is Timeliness.ON_TIME else longest.late_days if longest else None,
        late_calendar_days=0 if state is Timeliness.ON_TIME else longest.late_calendar_days if longest else None,
        lines=tuple(lines),
        assumptions=_assumptions(times, whole, lines),
        warnings=_warnings(times, [part.due for part in parts if part.due]),
    )


def _nothing_dated(report: ReportFacts) -> tuple[Timeliness, str]:
    """Of a report without a line that has a due day."""
    if report.is_amendment:
        return Timeliness.ON_TIME, "the amendment reports no transaction; corrections have no due day"
    return Timeliness.ON_TIME, "the report has no transaction that was due"


def _assumptions(times: ReportTimes, whole: LineLateness | None, lines: Sequence[LineLateness]) -> tuple[str, ...]:
    said = []
    if whole is not None and times.report.form == "3" and whole.state is Timeliness.ON_TIME and whole.due is not None:
        said.append(ASSUMED)
    if times.basis == "signature":
        said.append("the filing date isn't known; the last signature is the earliest day it can have been filed")
    if any(line.form == "5" and line.assumed_year_end for line in lines):
        said.append("the fiscal year ends as the header of the filing says today")
    return tuple(said)


def _warnings(times: ReportTimes, dues: Sequence[date]) -> tuple[str, ...]:
    """What the calendar is unsure of, and the staff's relief for those who waited for a Form ID in spring 2026."""
    days = [day for day in (*dues, times.filed) if day is not None and law.countable(day)]
    said = times.calendar.warnings(min(days), max(days)) if days else ()
    first, last = law.effective("foreign_insiders_enacted").since, law.effective("foreign_insiders").since
    relief = law.effective("foreign_relief_ends")
    if times.filed is None or times.filed > relief.since:
        return said
    if any(first <= due <= last and times.filed > due for due in dues):
        said += (f"no enforcement recommended if it is late only for a pending Form ID ({relief.cites})",)
    return said
