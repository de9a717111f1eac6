"""The law in dates: the SEC's business days, when reports are due, since when a rule holds. Data with citations.

What judges a report by them is in `rules`; engines over many reports are elsewhere. Official texts: Exchange Act
s. 16(a), 17 CFR 240.0-2, 240.0-3, 240.16a-3, 17 CFR 232.13, Forms 3, 4 and 5 with their instructions.
"""

from section16.law.business_days import (
    add_business_days,
    business_day,
    business_days_after,
    calendar_warning,
    closing,
    covered,
    filing_day,
    next_business_day,
    roll,
)
from section16.law.deadlines import Due, effective, form_3_due, form_4_due, form_5_due, latest_deemed_date

__all__ = [
    "Due",
    "add_business_days",
    "business_day",
    "business_days_after",
    "calendar_warning",
    "closing",
    "covered",
    "effective",
    "filing_day",
    "form_3_due",
    "form_4_due",
    "form_5_due",
    "latest_deemed_date",
    "next_business_day",
    "roll",
]
