"""The written representation that no Form 5 is due, drafted for a person to sign.

Official text: Item 405(b)(2) of Regulation S-K: with it the issuer need not take silence for a failure to file. It is
the person's statement, not ours: it is drafted where nothing for a Form 5 was found in what was given.
"""

from __future__ import annotations

from datetime import date

from section16.compliance.year_end import PersonYearEnd, YearEnd


def no_form_5_statement(year: YearEnd, person: PersonYearEnd) -> str | None:
    """The statement; None where a Form 5 is due, may be due, or was filed."""
    if person.form_5 != "none found":
        return None
    company = year.issuer_name or "the Company"
    end = _long(year.fiscal_year.last)
    reviewed = (
        "I am, or was during that fiscal year, subject to Section 16 of the Securities Exchange Act of 1934 with "
        f"respect to {company}. I have reviewed my transactions and holdings in its equity securities, including "
        "those that I own indirectly. For the purposes of Item 405(b)(2) of Regulation S-K I represent that no "
        f"Form 5 is required to be filed by me for the fiscal year ended {end}: every transaction and holding that is "
        "reportable on Form 5 has been reported on a Form 3, 4 or 5 already, or there was none."
    )
    relied = f"Unless I tell you otherwise by {_long(year.due)}, the last day for such a Form 5, you may rely on this."
    heading = f"To: {company}\nRe: No Form 5 due for the fiscal year ended {end}"
    signed = f"Signed: ______________________   {person.name}\nDate:   ______________________"
    return f"{heading}\n\n{reviewed}\n\n{relied}\n\n{signed}"


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
