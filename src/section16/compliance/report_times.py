"""When a report was filed, and what is said of one part of it: the records that `lateness` is made of."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from section16 import law
from section16.law import Calendar, LineDue, Timeliness
from section16.positions.lines import ReportFacts
from section16.reading.filing import Filing

FiledBasis = Literal["header", "acceptance", "signature"]


class LineLateness(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of one line; `place` is "" for the report as a whole.

    `due` is the due day used, `latest` the last one possible where a fact is missing. `mark` is the filer's own: `E`
    (early), `L` (late) or "". `late_days` counts business days, `late_calendar_days` all days; 0 when on time.
    """

    place: str
    state: Timeliness
    why: str
    cites: str
    form: str | None = None
    code: str = ""
    traded: date | None = None
    deemed: date | None = None
    due: date | None = None
    latest: date | None = None
    late_days: int | None = None
    late_calendar_days: int | None = None
    mark: str = ""
    disagrees: bool = False
    assumed_year_end: bool = False
    notes: tuple[str, ...] = ()


class ReportTimes(msgspec.Struct, frozen=True, kw_only=True):
    """A report and when it was filed."""

    filing: Filing
    report: ReportFacts
    filed: date | None
    basis: FiledBasis | None
    foreign: bool
    calendar: Calendar

    @property
    def header_year_end(self) -> str | None:
        """The end of the issuer's fiscal year in the header, `MMDD`."""
        return next((filer.fiscal_year_end for filer in self.filing.filers if filer.role == "issuer"), None)

    def judge(self, due: LineDue) -> tuple[Timeliness, str]:
        """In time or not, and why; a signature only proves that a report was not filed before it."""
        if self.filed is None or not law.countable(self.filed):
            return Timeliness.UNKNOWN, "the filing date isn't known"
        state = due.judge(self.filed)
        if state is Timeliness.ON_TIME and due.owed and self.basis == "signature":
            return Timeliness.UNKNOWN, f"signed by then; the filing date isn't known ({due.why})"
        return state, due.why

    def days(self, state: Timeliness, due: date | None) -> tuple[int | None, int | None]:
        """Business days and calendar days after the due day; 0 when on time, None when it can't be said."""
        if state is Timeliness.ON_TIME:
            return 0, 0
        if state is Timeliness.UNKNOWN or due is None or self.filed is None:
            return None, None
        return self.calendar.business_days_after(due, self.filed), (self.filed - due).days

    def line(
        self, earliest: date | None, latest: date | None, why: str, *, cites: str = "", owed: bool = True
    ) -> LineLateness:
        """What is to be said of the report as a whole."""
        due = LineDue(form=self.report.form, earliest=earliest, latest=latest, why=why, cites=cites, owed=owed)
        state, said = self.judge(due)
        days, calendar_days = self.days(state, latest)
        return LineLateness(
            place="",
            state=state,
            why=said,
            cites=cites,
            form=self.report.form,
            due=latest,
            latest=latest,
            late_days=days,
            late_calendar_days=calendar_days,
        )
