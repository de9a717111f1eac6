"""The law in dates: the SEC's business days, when reports are due, since when a rule holds. Data with citations.

What judges a report by them is in `rules` and `compliance`. Official texts: Exchange Act s. 16, 17 CFR 240.0-2,
240.0-3, 240.16a-3, 240.16a-6, 17 CFR 232.13, Forms 3, 4 and 5 with their instructions.
"""

from section16.law.added_closings import closings_from_toml
from section16.law.business_days import (
    EASTERN,
    Calendar,
    ClosedDay,
    add_business_days,
    business_day,
    business_days_after,
    calendar_warning,
    closing,
    countable,
    covered,
    filing_day,
    next_business_day,
    roll,
    sec_calendar,
)
from section16.law.calendar_table import Basis, Closing, HalfDay
from section16.law.deadlines import (
    Due,
    effective,
    execution,
    form_3_due,
    form_4_due,
    form_5_due,
    latest_deemed_date,
    limit,
)
from section16.law.line_due import LONGEST_YEAR, LineDue, LineFacts, Timeliness, likely_year, line_due, owed_form
from section16.law.small_acquisitions import Dealing, Waiting, waiting

__all__ = [
    "EASTERN",
    "LONGEST_YEAR",
    "Basis",
    "Calendar",
    "ClosedDay",
    "Closing",
    "Dealing",
    "Due",
    "HalfDay",
    "LineDue",
    "LineFacts",
    "Timeliness",
    "Waiting",
    "add_business_days",
    "business_day",
    "business_days_after",
    "calendar_warning",
    "closing",
    "closings_from_toml",
    "countable",
    "covered",
    "effective",
    "execution",
    "filing_day",
    "form_3_due",
    "form_4_due",
    "form_5_due",
    "latest_deemed_date",
    "likely_year",
    "limit",
    "line_due",
    "next_business_day",
    "owed_form",
    "roll",
    "sec_calendar",
    "waiting",
]
