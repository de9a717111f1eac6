"""`section16 item405`: who reported late in a fiscal year, and what is owed on Form 5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import inputs_of, is_no_filing, read_input
from section16.cli.law_inputs import calendar_with
from section16.cli.plain_table import plain_table
from section16.cli.standard_output import joined, write_json, write_out
from section16.cli.table_text import read_text
from section16.compliance.fiscal_year import FiscalYear, fiscal_year
from section16.compliance.item_405 import Item405, KnownFailure, item_405
from section16.compliance.item_405_reports import LateReport, When
from section16.compliance.item_405_words import item_405_words
from section16.compliance.year_end import YearEnd, year_end
from section16.compliance.year_end_events import Event, read_events
from section16.compliance.year_end_statement import no_form_5_statement
from section16.errors import Section16Error, UsageError, excerpt, visible
from section16.identifiers import cik, ticker
from section16.law.fiscal_years import month_and_day
from section16.reading import Filing

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


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says; texts as typed."""

    year: int
    sources: Sequence[str]
    year_end: str | None = None
    known_failures: Sequence[str] = ()
    form_5: bool = False
    events: str | None = None
    closings: str | None = None


def item405(issuer: str, options: Options, *, as_json: bool, as_text: bool, quiet: bool) -> Exit:
    """Print the table, its JSON or the drafted words. Raises Section16Error."""
    if not options.sources:
        raise UsageError("USAGE", "there are no reports to look at", mend="Give --from and files or folders of reports")
    wanted = _wanted(issuer)
    events = _events(options)
    if events is None:
        return Exit.UNREADABLE
    filings, failed = _filings(options.sources, wanted)
    if not filings and failed and not events:
        return code_of(failed[0])
    year = _year(options, filings, quiet=quiet)
    if not filings:
        say(f"no report of {visible(issuer)} among the sources")
    calendar = calendar_with(options.closings)
    if options.form_5:
        _print_form_5(year_end(filings, year, events, calendar=calendar), as_json=as_json, as_text=as_text)
    else:
        failures = [_failure(text) for text in options.known_failures]
        _print_405(item_405(filings, year, failures, calendar=calendar), as_json=as_json, as_text=as_text)
    return Exit.FOUND if failed else Exit.DONE


def _wanted(issuer: str) -> str:
    """A CIK without zeros, or a trading symbol. Raises UsageError for what is neither."""
    if cik.is_valid(issuer):
        return cik.compact(issuer)
    if ticker.is_valid(issuer):
        return ticker.compact(issuer)
    message = f"'{excerpt(issuer)}' is neither a CIK nor a trading symbol"
    raise UsageError("USAGE", message, mend="Give the issuer first: section16 item405 LNQY --year 2025 --from DIR")


def _filings(sources: Sequence[str], wanted: str) -> tuple[list[Filing], list[Section16Error]]:
    """The issuer's reports among the sources, and what could not be read. Raises UsageError for an ambiguous symbol."""
    found: list[Filing] = []
    failed: list[Section16Error] = []
    for source in inputs_of(sources):
        try:
            filing = read_input(source)
        except Section16Error as error:
            if not is_no_filing(source, error):
                failed.append(error)
                complain(error, source.path)
            continue
        if _is_of(filing, wanted):
            found.append(filing)
    issuers = sorted(
        {cik.compact(one.document.issuer.cik) for one in found if one.document.issuer and one.document.issuer.cik}
    )
    if len(issuers) > 1:
        message = f"{wanted} is the symbol of several issuers: {', '.join(issuers)}"
        raise UsageError("USAGE", message, mend="Give the issuer's CIK")
    return found, failed


def _is_of(filing: Filing, wanted: str) -> bool:
    issuer = filing.document.issuer
    if issuer is None:
        return False
    if wanted.isdecimal():
        return bool(issuer.cik) and cik.compact(issuer.cik or "") == wanted
    return wanted in ticker.symbols(issuer.trading_symbol or "")


def _year(options: Options, filings: Sequence[Filing], *, quiet: bool) -> FiscalYear:
    """The fiscal year asked for; its end as told, else as the reports' headers say, else 31 December."""
    if options.year_end is not None:
        known = month_and_day(options.year_end)
        if known is None:
            message = f"--fiscal-year-end '{excerpt(options.year_end)}' is no month and day"
            raise UsageError("USAGE", message, mend="Give MM-DD, such as 12-31")
        return fiscal_year(options.year, *known)
    headers = {filer.fiscal_year_end for one in filings for filer in one.filers if filer.role == "issuer"}
    ends = {end for end in map(month_and_day, headers) if end is not None}
    end = ends.pop() if len(ends) == 1 else (12, 31)
    if not quiet and end != (12, 31):
        say(f"the fiscal year ends on {end[0]:02}-{end[1]:02}, as the headers of the reports say")
    elif not quiet and not headers - {None}:
        say("assumed: the fiscal year ends on 12-31; --fiscal-year-end says otherwise")
    elif ends:
        say("warning: the headers of the reports name several fiscal year ends; 12-31 is taken (--fiscal-year-end)")
    return fiscal_year(options.year, *end)


def _events(options: Options) -> list[Event] | None:
    """Events of the file; None where cells of it cannot be read, each said. Raises SourceError."""
    if options.events is None:
        return []
    if not options.form_5:
        raise UsageError("USAGE", "--events goes with --form5")
    table = read_events(read_text(options.events))
    for fault in table.faults:
        complain(fault, options.events)
    if table.unused:
        say(f"columns not used: {visible(', '.join(table.unused))}")
    return None if table.faults else list(table.events)


def _failure(text: str) -> KnownFailure:
    """`PERSON: WHAT`, the person a CIK or a name. Raises UsageError."""
    who, _, what = (part.strip() for part in text.partition(":"))
    if not who or not what:
        message = f"--known-failure '{excerpt(text)}' does not say who failed to file what"
        raise UsageError("USAGE", message, mend='Give PERSON: WHAT, such as "1234567: Form 3"')
    return KnownFailure(cik=cik.compact(who), what=what) if cik.is_valid(who) else KnownFailure(name=who, what=what)


def _print_405(table: Item405, *, as_json: bool, as_text: bool) -> None:
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


def _print_form_5(answer: YearEnd, *, as_json: bool, as_text: bool) -> None:
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
