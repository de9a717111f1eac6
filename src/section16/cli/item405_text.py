"""The answers of `item405` as tables, drafted words and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import msgspec

from section16.cli.exits import say
from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_json, write_out
from section16.compliance.item_405 import Item405
from section16.compliance.item_405_reports import LateReport, When
from section16.compliance.item_405_words import item_405_words
from section16.compliance.year_end import YearEnd
from section16.compliance.year_end_statement import no_form_5_statement
from section16.errors import visible

_PERSONS: Final = ("Person", "CIK", "Late reports", "Late transactions", "Known failures")
_SOURCES: Final = ("Person", "Accession", "Form", "Filed", "Line", "Code", "Traded", "Due", "Days late", "Why")
_OPEN: Final = ("Person", "Accession", "Form", "Filed", "Line", "Could not be judged, because")
_FORM_5: Final = ("Person", "CIK", "Form 5", "Candidates", "Reported already", "Filed")
_CANDIDATES: Final = ("Person", "Date", "Code", "A/D", "Amount", "Security", "Why")
_LONGEST_ID: Final = 20
"""Characters of an accession number; of a digest, its beginning is shown."""
_NUMBERS: Final = frozenset(
    {"Late reports", "Late transactions", "Days late", "Candidates", "Reported already", "Amount"}
)


def print_405(table: Item405, *, as_json: bool, as_text: bool) -> None:
    """Print the table of late reports, its JSON or the drafted words."""
    for said in table.assumptions:
        say(f"assumed: {visible(said)}")
    for said in table.warnings:
        say(f"warning: {visible(said)}")
    words = item_405_words(table)
    if as_json:
        write_json(_as_json(table, words))
        return
    if table.caption is None:
        found = f"none found late in {_reviewed(table)}"
        say(f"{found}: nothing to say, so the caption is left out" if not table.not_judged else found)
    if as_text:
        if table.not_judged:
            several = len({one.report.accession for one in table.not_judged})
            say(f"{several} report{'s' * (several > 1)} could not be judged: the table says which and why")
        write_out(joined([words] if words else []))
        return
    write_out(joined(_table(table)))


def _as_json(table: Item405, words: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(table)
    facts["issuer"] = {"cik": table.issuer, "name": facts.pop("issuer_name")}
    return facts | {"text": words}


def _reviewed(table: Item405) -> str:
    """How many reports of how many persons were looked at."""
    reports = f"{table.reviewed:,} report{'s' * (table.reviewed != 1)}"
    return f"{reports} of {table.people:,} person{'s' * (table.people != 1)}"


def _table(table: Item405) -> Iterator[str]:
    year = table.fiscal_year
    yield f"Item 405, {visible(table.issuer_name or table.issuer)}, fiscal year {year.first} to {year.last}"
    yield f"reviewed: {_reviewed(table)}"
    if table.persons:
        yield ""
        rows = [
            (
                visible(one.name),
                one.cik,
                str(one.late_reports),
                str(one.late_transactions),
                visible("; ".join(one.known_failures)),
            )
            for one in table.persons
        ]
        yield from plain_table(_PERSONS, rows, right=_NUMBERS)
    sources = [row for one in table.persons for report in one.sources for row in _rows(one.name, report)]
    if sources:
        yield ""
        yield from plain_table(_SOURCES, sources, right=_NUMBERS)
    if table.not_judged:
        yield ""
        open_ = [(*head[:5], head[-1]) for one in table.not_judged for head in _rows(one.name, one.report)]
        yield from plain_table(_OPEN, open_)


def _rows(name: str, report: LateReport) -> Iterator[tuple[str, ...]]:
    for line in report.lines:
        why = [line.why, *line.notes, *report.notes]
        if line.when is When.EARLIER:
            why.append("due in an earlier fiscal year")
        yield (
            visible(name),
            report.accession[:_LONGEST_ID],
            report.document_type,
            _day(report.filed_on),
            line.place or "the report",
            line.code,
            _day(line.traded),
            _day(line.due),
            "" if line.late_days is None else str(line.late_days),
            visible("; ".join(why)),
        )


def _day(day: date | None) -> str:
    return "" if day is None else str(day)


def print_form_5(answer: YearEnd, *, as_json: bool, as_text: bool) -> None:
    """Print who owes a Form 5, its JSON or the statements."""
    for said in answer.assumptions:
        say(f"assumed: {visible(said)}")
    for said in answer.warnings:
        say(f"warning: {visible(said)}")
    statements = {one.cik or one.name: no_form_5_statement(answer, one) for one in answer.persons}
    if as_json:
        facts: dict[str, Any] = msgspec.to_builtins(answer)
        facts["issuer"] = {"cik": answer.issuer, "name": facts.pop("issuer_name")}
        for person in facts["persons"]:
            person["statement"] = statements[person["cik"] or person["name"]]
        write_json(facts)
    elif as_text:
        write_out(
            joined(["\n\n\n".join(text for text in statements.values() if text)] if any(statements.values()) else [])
        )
    else:
        write_out(joined(_form_5_table(answer)))


def _form_5_table(answer: YearEnd) -> Iterator[str]:
    year = answer.fiscal_year
    yield f"Form 5, {visible(answer.issuer_name or answer.issuer)}, fiscal year {year.first} to {year.last}"
    yield f"due {answer.due}, 22:00 Eastern, where one is due"
    rows = [
        (
            visible(one.name),
            one.cik,
            one.form_5,
            str(len(one.candidates)),
            str(len(one.reported)),
            one.filed or "",
        )
        for one in answer.persons
    ]
    if rows:
        yield ""
        yield from plain_table(_FORM_5, rows, right=_NUMBERS)
    candidates = [
        (
            visible(one.name),
            str(entry.event.day),
            entry.event.code,
            entry.event.direction or "",
            "" if entry.event.shares is None else f"{entry.event.shares:,f}",
            visible(entry.event.security),
            entry.why + ("; of an earlier fiscal year" if entry.earlier_year else ""),
        )
        for one in answer.persons
        for entry in one.candidates
    ]
    if candidates:
        yield ""
        yield from plain_table(_CANDIDATES, candidates, right=_NUMBERS)
