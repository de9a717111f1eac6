"""The Item 405 disclosure drafted as text, to stand in a proxy statement or annual report.

Official text: 17 CFR 229.405(a): the caption, each person, the number of late reports, the number of transactions not
reported on a timely basis, known failures to file. The caption is left out where nothing has to be said.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from section16.compliance.item_405 import Item405, Person
from section16.compliance.item_405_reports import LateReport

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def item_405_words(table: Item405) -> str | None:
    """The caption and the paragraphs below it; None where nothing has to be said."""
    if table.caption is None:
        return None
    end = f"{table.fiscal_year.last:%B} {table.fiscal_year.last.day}, {table.fiscal_year.last.year}"
    company = table.issuer_name or "the Company"
    opening = (
        "Section 16(a) of the Securities Exchange Act of 1934 requires the directors and officers of "
        f"{company}, and beneficial owners of more than ten percent of a registered class of its equity securities, to "
        "file reports of ownership and changes in ownership with the Securities and Exchange Commission. Based solely "
        "on a review of the reports filed electronically with the Commission during and with respect to the fiscal "
        f"year ended {end} [and written representations from reporting persons that no other reports were required], "
        "the following persons did not file on a timely basis reports required by Section 16(a) during that fiscal "
        "year or prior fiscal years:"
    )
    return "\n\n".join([table.caption, opening, *(_sentence(person) for person in table.persons)])


def _sentence(person: Person) -> str:
    parts = []
    if person.late_reports:
        parts.append(f"filed {_reports(person)}")
    parts += [f"failed to file {_what(failure)}" for failure in person.known_failures]
    return f"{person.name} {', and '.join(parts)}."


def _what(failure: str) -> str:
    """A form with its article, as `a Form 3`."""
    return f"a {failure}" if failure.casefold().startswith("form ") else failure


def _reports(person: Person) -> str:
    count = Counter(_form(report) for report in person.sources)
    forms = " and ".join(f"{_number(count[form])} {_forms(form, count[form])}" for form in sorted(count))
    late = f"{_number(person.late_reports)} late report{'s' * (person.late_reports != 1)} ({forms})"
    late += _earlier(person.of_earlier_years, person.late_reports)
    if not person.late_transactions:
        return late
    one = person.late_transactions == 1
    said = f"{_number(person.late_transactions)} transaction{'s' * (not one)} that {'was' if one else 'were'}"
    return f"{late}, covering {said} not reported on a timely basis"


def _earlier(count: int, of: int) -> str:
    """Which of the late reports were due before the fiscal year."""
    if not count:
        return ""
    years = "a prior fiscal year" if count == 1 else "prior fiscal years"
    if count == of:
        return f", due in {years}"
    return f", {_number(count)} of which {'was' if count == 1 else 'were'} due in {years}"


def _form(report: LateReport) -> str:
    kind = report.document_type
    return f"amended Form {kind.removesuffix('/A')}" if kind.endswith("/A") else f"Form {kind}"


def _forms(form: str, count: int) -> str:
    """`Form 4`, and of several `Forms 4`."""
    return form if count == 1 else form.replace("Form ", "Forms ")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
